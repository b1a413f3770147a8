#!/bin/sh
# layers.sh CORE: every include of a source must point to its own layer or to one below.
set -eu
cd "$1/src"

# Layer, then the layers right below it; what these may use is allowed too.
allowed='
base
io      base
codec   io
array   base
value   array
view    value
print   io view
pickle  io value
joblib  codec pickle array
builder joblib
template builder
audit   joblib
dump    audit
kernel  array
model   view kernel joblib
profile print dump model builder
command
'

find . -name '*.[ch]' -o -name '*.def' | sed 's|^\./||' | LC_ALL=C sort |
while read -r file; do
    sed -n 's|^ *# *include *"\([^"]*\)".*|\1|p' "$file" |
    while read -r include; do
        [ -e "../include/$include" ] || [ "$include" = joblib/version.h ] ||
            echo "$file $include"
    done
done |
awk -v allowed="$allowed" '
    BEGIN {
        count = split(allowed, lines, "\n")
        for (i = 1; i <= count; i++) {
            fields = split(lines[i], layer)
            if (!fields) continue
            below[layer[1], layer[1]] = known[layer[1]] = 1
            for (j = 2; j <= fields; j++) {
                for (k in known) if ((layer[j], k) in below) below[layer[1], k] = 1
                below[layer[1], layer[j]] = 1
            }
        }
    }
    {
        from = $1; sub("/.*", "", from)
        to = $2; sub("/.*", "", to)
        checked++
        if ((from, to) in below) next
        print "core/src/" $1 " must not include \"" $2 "\""
        failed++
    }
    END {
        print checked - failed " passed, " failed + 0 " failed"
        exit failed > 0 || checked == 0
    }'
