#!/bin/sh
# with_python.sh FOLDER SCRIPT WORD...
#
# Runs a script with the newest environment of conformance/generate/environments.tsv: the one that
# environments.py made, else one that is made in FOLDER from conformance/requirements.txt. Where
# there is neither, the test is skipped.
set -eu

folder=$1
shift
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
environments=${LIBJOBLIB_ENVIRONMENTS:-$HOME/.cache/libjoblib/environments}
name=$(sed -n 2p "$root/conformance/generate/environments.tsv" | cut -f 1)
python=$environments/$name/bin/python

if [ ! -x "$python" ]; then
    python=$folder/bin/python
    if ! [ -e "$folder/complete" ]; then
        python3 -m venv "$folder" &&
            "$python" -m pip install -q -r "$root/conformance/requirements.txt" &&
            touch "$folder/complete" || {
            echo "skipped: no Python with joblib and scikit-learn, and none could be made"
            exit 77
        }
    fi
fi
exec "$python" "$@"
