#!/bin/sh
# statuses.sh ROOT: every status of status.def is expected by an invalid vector or by a test in C.
# A test counts where a statement that holds a CHECK, or a row of a table, names the status.
set -eu
cd "$1"

sed -n 's/^JOBLIB_X(ERROR_\([A-Z_]*\),.*/\1/p' core/src/base/status.def | {
    passed=0 failed=0
    expected=$(
        cat conformance/vectors/invalid/*/*.json |
            sed -n 's/.*"status": *"\([A-Z_]*\)".*/JOBLIB_ERROR_\1/p'
        # One statement or row a line; of these, those that check.
        find tests -name '*.c' ! -path 'tests/bench/*' -exec cat {} + |
            tr '\n' ' ' | tr ';{}' '\n\n\n' |
            grep -e CHECK -e '"[^"]*",' | grep -o 'JOBLIB_ERROR_[A-Z_]*'
    )
    while read -r status; do
        if echo "$expected" | grep -qx "JOBLIB_ERROR_$status"; then
            passed=$((passed + 1))
        else
            echo "no vector and no test expects JOBLIB_ERROR_$status"
            failed=$((failed + 1))
        fi
    done
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}
