#!/bin/sh
# folders.sh SOURCE: every folder with more than one source file has a README, or the nearest one
# above names it. Every file of core/src and tests/support is named by the README of its folder
# or of the folder above: `x.c` stands for x.h and x.def too, `verb_*.c` for what it matches.
set -euf
cd "$1"
passed=0 failed=0

# quoted README...: the words between backticks, of those READMEs that exist.
quoted() { cat "$@" 2>/dev/null | awk -F '`' '{ for (i = 2; i <= NF; i += 2) print $i }'; }

fail() { echo "$1"; failed=$((failed + 1)); }

for folder in $(find . -path './build' -prune -o -path './.?*' -prune -o -type f \
        \( -name '*.[chi]' -o -name '*.lua' -o -name '*.rb' -o -name '*.go' -o -name '*.py' \) \
        -print | sed 's|/[^/]*$||' | LC_ALL=C sort | uniq -d); do
    above=$folder
    while [ ! -e "$above/README.md" ]; do above=${above%/*}; done
    if [ "$above" = "$folder" ] || quoted "$above/README.md" | grep -qx "${folder#"$above/"}/\{0,1\}"
    then passed=$((passed + 1)); else fail "$above/README.md does not name ${folder#./}"; fi
done

for file in $(find core/src tests/support -type f ! -name CMakeLists.txt ! -name README.md |
        LC_ALL=C sort); do
    folder=${file%/*} name=${file##*/} named=no
    for word in $(quoted "$folder/README.md" "${folder%/*}/README.md"); do
        case $word in [a-z]*.*) ;; *) continue ;; esac
        # shellcheck disable=SC2254  # a pattern
        case ${name%.*} in ${word%.*}) named=yes ;; esac
    done
    if [ $named = yes ]; then passed=$((passed + 1)); else fail "no README names $file"; fi
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
