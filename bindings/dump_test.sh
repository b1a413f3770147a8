#!/bin/sh
# dump_test.sh JOBLIB FOLDER PROGRAM...
#
# Lets the example program `dump` of a language write a model and rows into FOLDER, and compares
# what it prints with what the command finds: numbers within 1e-12, all else equal. FOLDER is then
# read by tests/python/check_dumps.py.
set -eu

joblib=$1 folder=$2
shift 2
rm -rf "$folder"
mkdir -p "$folder"
"$@" "$folder/model.joblib" "$folder/rows.joblib" >"$folder/printed.csv"
"$joblib" audit "$folder/model.joblib"
"$joblib" predict "$folder/model.joblib" "$folder/rows.joblib" | tail -n +2 >"$folder/found.csv"

paste -d , "$folder/printed.csv" "$folder/found.csv" | awk -F , '
function differ(a, b) {
    if (a == b) return 0
    if (a + 0 != a || b + 0 != b) return 1
    return (a - b) ^ 2 > (1e-12 * (1 + (a < 0 ? -a : a))) ^ 2
}
NF % 2 { print "lines of different lengths: " $0; failed = 1 }
{ for (i = 1; i <= NF / 2; i++) if (differ($i, $(i + NF / 2))) { print $0; failed = 1 } }
END { if (NR == 0) print "nothing was printed"; exit failed || NR == 0 }'
