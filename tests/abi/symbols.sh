#!/bin/sh
# symbols.sh LIST SHARED STATIC CC FLAG...: the shared library exports the names of LIST, the
# headers declare the same, and all global names of the static library have the prefix.
set -eu
export LC_ALL=C
list=$1 shared=$2 static=$3
shift 3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

# compare NAME: the names on standard input must be those of the list.
compare() {
    if ! diff "$list" - >"$folder/difference"; then
        echo "$1 differ from joblib.symbols (<):"
        cat "$folder/difference"
        return 1
    fi
}

sort -u -c "$list" || failed=1

nm -D --defined-only "$shared" | awk '$2 != "A" {sub("@.*", "", $3); print $3}' | sort |
    compare "exports of the library" || failed=1

echo '#include "joblib.h"' >"$folder/all.c"
"$@" -E -P "$folder/all.c" | grep -o 'joblib_[a-z0-9_]*(' | tr -d '(' | sort -u |
    compare "functions of the headers" || failed=1

if nm -g --defined-only "$static" | awk 'NF == 3 {print $3}' | grep -v '^joblib_'; then
    echo "global names of the static library lack the prefix joblib_"
    failed=1
fi
exit $failed
