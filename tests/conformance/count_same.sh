#!/bin/sh
# count_same.sh JOBLIB FILE...: counts the files that `JOBLIB convert --same` writes again byte for
# byte, and names the others with the reason.
set -eu
joblib=$1
shift
out=$(mktemp)
trap 'rm -f "$out"' EXIT
same=0 inside=0 other=0
for file; do
    if reason=$("$joblib" convert --same "$file" "$out" 2>&1) && cmp -s "$file" "$out"; then
        same=$((same + 1))
        continue
    fi
    printf '%s\n' "$reason"
    case $reason in
    *"the same after decompression"*) inside=$((inside + 1)) ;;
    *) other=$((other + 1)) ;;
    esac
done
echo "$same same, $inside the same after decompression, $other other"
