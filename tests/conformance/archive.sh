#!/bin/sh
# archive.sh CMAKE PYTHON CONFORMANCE VERSION FOLDER: the archive of the kit, unpacked in an empty
# folder, checks a testee with nothing but Python, and says which version it is.
set -eu
cmake=$1 python=$2 conformance=$3 version=$4 folder=$5
name=joblib-conformance-$version

fail() {
    echo "$1" >&2
    exit 1
}

rm -rf "$folder"
mkdir -p "$folder/empty"
"$cmake" "-DVERSION=$version" "-DFOLDER=$folder" -P "$conformance/archive.cmake"
cd "$folder/empty"
tar xzf "../$name.tar.gz"
[ "$(ls)" = "$name" ] || fail "it unpacks as: $(ls)"
cd "$name"

grep -q '^BSD 3-Clause' LICENSE || fail "no licence"
grep -q '^## Licence' README.md || fail "the guide does not tell the licence of the vectors"
[ "$("$python" -m runner --version)" = "$version" ] || fail "another version"
for file in spec/pickle.md schema/case.schema.json vectors/INDEX pyproject.toml; do
    [ -s "$file" ] || fail "no $file"
done
if find . -name __pycache__ -not -path './runner/*' -o -name '*.in' | grep .; then
    fail "files that do not belong there"
fi

reference="\"$python\" -B testees/reference/reference.py"
"$python" -B -m runner --level 2 --area gzip --area pickle4 --html page.html --json results.json \
    "$reference" >output || fail "$(cat output)"
tail -n 1 output
grep -q '^[1-9][0-9]* passed, 0 failed' output || fail "$(cat output)"
grep -q "\"suite\": \"$version\"" results.json || fail "the results do not tell the version"
[ -s page.html ] || fail "no page"
"$python" -B -m runner "$python -c 'print(1)'" 2>error && fail "takes what is no testee"
[ -s error ] || fail "no reason"
rm -rf "$folder"
