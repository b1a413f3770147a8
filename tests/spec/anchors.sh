#!/bin/sh
# anchors.sh ROOT: every section of the spec that vectors, code or the spec itself cite exists.
set -eu
cd "$1"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Each file, and each anchor in it: explicit ids, and headings as GitHub names them.
find spec -name '*.md' | sed 's|^spec/||' | LC_ALL=C sort | while read -r file; do
    echo "$file"
    awk -v file="$file" '
        { line = $0
          while (match(line, /<a id="[^"]*"/)) {
              print file "#" substr(line, RSTART + 7, RLENGTH - 8)
              line = substr(line, RSTART + RLENGTH)
          } }
        /^#+ / {
            slug = tolower($0); sub(/^#+ +/, "", slug)
            gsub(/[^a-z0-9_ -]/, "", slug); gsub(/ /, "-", slug)
            print file "#" slug
        }' "spec/$file"
done >"$folder/there"

LC_ALL=C sort "$folder/there" | uniq -d | sed 's|^|two anchors |' >"$folder/faults"

{
    find conformance/vectors -name '*.json' -exec sed -n 's|^ *"spec": *"\([^"]*\)".*|\1|p' {} + |
        tr ' ' '\n'
    find core tests conformance bindings -type f \
        \( -name '*.[chi]' -o -name '*.def' -o -name '*.py' -o -name '*.md' -o -name '*.sh' \) \
        -exec sed -n 's|.*spec/\([a-z0-9_/]*\.md\(#[a-z0-9-]*\)\{0,1\}\).*|\1|p' {} +
    # Links inside the spec, from the folder of their file.
    grep -ro ']([a-z0-9_./]*\(#[a-z0-9-]*\)\{0,1\})' spec | awk -F'[:]' '
        { folder = $1; sub(/^spec\//, "", folder); file = folder; sub(/[^\/]*$/, "", folder)
          link = substr($2, 3, length($2) - 3)
          if (link ~ /^#/) { print file link; next }
          while (sub(/^\.\.\//, "", link)) sub(/[^\/]*\/$/, "", folder)
          print folder link }'
} | LC_ALL=C sort -u >"$folder/cited"

awk 'NR == FNR { there[$0]; next } !($0 in there) { print "no anchor " $0 }' \
    "$folder/there" "$folder/cited" >>"$folder/faults"

cat "$folder/faults"
echo "$(wc -l <"$folder/cited") cited, $(wc -l <"$folder/faults") faults"
[ ! -s "$folder/faults" ] && [ "$(wc -l <"$folder/cited")" -gt 100 ]
