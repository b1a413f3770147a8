#!/bin/sh
# readme.sh SOURCE FOLDER LIBRARY CC FLAG...: each block ```c with a `main` in the READMEs is a
# program; it must compile without a warning and succeed in the folder of the vectors.
set -eu
source=$1 folder=$2 library=$3
shift 3

passed=0
for readme in README.md core/README.md; do
    prefix=$folder/$(echo "$readme" | tr / _)
    rm -f "$prefix".*
    awk -v prefix="$prefix" '
        /^```c$/ { file = prefix "." ++count ".c"; next }
        /^```/ { file = "" }
        file { print >file }' "$source/$readme"
    for program in "$prefix".*.c; do
        [ -e "$program" ] && grep -q 'int main' "$program" || continue
        echo "$readme: $(basename "$program")"
        "$@" -std=c99 -Wall -Wextra -Wpedantic -Werror "$program" "$library" \
            -Wl,-rpath,"$(dirname "$library")" -o "${program%.c}"
        "${program%.c}"
        passed=$((passed + 1))
    done
done
echo "$passed passed"
[ "$passed" -gt 0 ]
