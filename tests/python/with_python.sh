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
row=$(sed -n 2p "$root/conformance/generate/environments.tsv")
name=$(echo "$row" | cut -f 1) version=$(echo "$row" | cut -f 2)
python=${LIBJOBLIB_ENVIRONMENTS:-$HOME/.cache/libjoblib/environments}/$name/bin/python

# make_environment PYTHON: what it says stands in $folder.log.
make_environment() {
    command -v "$1" && "$1" -m venv --clear "$folder" &&
        "$folder/bin/python" -m pip install -r "$root/conformance/requirements.txt" &&
        touch "$folder/complete"
}

if [ ! -x "$python" ]; then
    python=$folder/bin/python
    if [ ! -e "$folder/complete" ] && ! make_environment "python$version" >"$folder.log" 2>&1 &&
        ! make_environment python3 >"$folder.log" 2>&1; then
        echo "skipped: there is no $name, and none could be made, see $folder.log"
        exit 77
    fi
fi
exec "$python" "$@"
