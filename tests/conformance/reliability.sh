#!/bin/sh
# reliability.sh ROOT: every row of reliability.tsv stands once and is proved by what it names.
# A vector must exist and expect a status of the row; each status of a row without tests must be
# that of a vector; a test must be run in its file. A row that decides otherwise than the
# catalogue is in the table of spec/safety.md, and only such rows.
set -eu
cd "$1"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Vectors with the status that they expect.
{
    sed -n 's/^\(valid\/[^	]*\)	.*/vector \1 OK/p; s/^\(audit\/[^	]*\)	.*/vector \1 any/p' \
        conformance/vectors/INDEX
    find conformance/vectors/invalid -name '*.json' -exec awk '
        /"status":/ {
            name = FILENAME; sub(/^conformance\/vectors\//, "", name); sub(/\.json$/, "", name)
            sub(/.*"status": *"/, ""); sub(/".*/, ""); print "vector", name, $0
        }' {} +
    # Cases of tests; elsewhere, the functions of a program.
    grep -o '^ *RUN([a-z0-9_]*)' tests/*/test_*.c tests/*/heavy_*.c |
        sed 's/^\([^:]*\): *RUN(\(.*\))$/test \1:\2/'
    sed -n 's/^int main(.*/test tests\/abi\/reload.c:main/p' tests/abi/reload.c
    sed -n '/<a id="decisions">/,$ s/^| \([A-Z][0-9]*\) |.*/decision \1/p' spec/safety.md
} >"$folder/there"

awk -F '\t' '
    function fault(text) { print id ": " text; faults++ }

    function pad(number) { return number < 10 ? "0" number : number }

    # The rows of the catalogue: those on bindings, and on models of families that do
    # not run are not here.
    function expect_rows(section, first, last,   i) {
        for (i = first; i <= last; i++) wanted[section pad(i)] = 1
    }

    # "D01-D85" stands for 85 rows. Returns how many a row is.
    function count_rows(ids,   ends, i, first, last) {
        if (split(ids, ends, "-") == 1) ends[2] = ends[1]
        first = substr(ends[1], 2) + 0
        last = substr(ends[2], 2) + 0
        for (i = first; i <= last; i++) seen[substr(ids, 1, 1) pad(i)]++
        return last - first + 1
    }

    # Names with a star are patterns. Returns how many vectors there are.
    function check_vectors(name,   pattern, other, count) {
        pattern = name
        gsub(/[.]/, "[.]", pattern)
        gsub(/[*]/, "[^/]*", pattern)
        count = 0
        if (!index(name, "*")) {
            if (name in status) { count = 1; check_status(name) }
        } else for (other in status) if (other ~ "^" pattern "$") {
            count++
            check_status(other)
        }
        if (count == 0) fault("no vector " name)
        return count
    }

    function check_status(name) {
        if (status[name] == "any") return
        proved[status[name]] = 1
        if (!(status[name] in allowed)) fault(name " expects " status[name])
    }

    function check_row(   items, i, count, proofs, tests, vectors) {
        delete allowed
        delete proved
        count = split($3, items, ",")
        for (i = 1; i <= count; i++) allowed[items[i]] = 1
        proofs = split($4, items, " ")
        tests = vectors = 0
        for (i = 1; i <= proofs; i++) {
            if (items[i] !~ /^tests\//) vectors += check_vectors(items[i])
            else if (items[i] in test) tests++
            else fault("no case " items[i])
        }
        if (tests == 0 && vectors < rows) fault(vectors " vectors for " rows " rows")
        for (i in allowed) if (tests == 0 && !(i in proved)) fault("nothing expects " i)
    }

    BEGIN {
        expect_rows("A", 1, 20); expect_rows("B", 1, 24); expect_rows("C", 1, 37)
        expect_rows("D", 1, 166); expect_rows("E", 1, 29); expect_rows("F", 1, 30)
        expect_rows("G", 1, 26); expect_rows("H", 1, 15); expect_rows("I", 1, 40)
        expect_rows("J", 1, 23); expect_rows("K", 1, 8)
        expect_rows("L", 1, 10); expect_rows("L", 16, 20); expect_rows("L", 26, 26)
        expect_rows("L", 28, 32)
        expect_rows("M", 1, 14); expect_rows("N", 1, 27); expect_rows("O", 1, 9); expect_rows("O", 13, 14)
    }
    FILENAME != ARGV[2] {
        split($0, word, " ")
        if (word[1] == "vector") status[word[2]] = word[3]
        if (word[1] == "test") test[word[2]] = 1
        if (word[1] == "decision") decision[word[2]] = 1
        next
    }
    /^#/ { next }
    {
        id = $1
        rows = count_rows(id)
        checked += rows
        if (NF != 5) fault(NF " columns")
        else if ($5 ~ /^pending: ./ && $3 == "-" && $4 == "-") pending += rows
        else check_row()
        if (($5 == "decided") != (id in decision))
            fault($5 == "decided" ? "no decision in spec/safety.md" : "a decision in spec/safety.md")
        delete decision[id]
    }
    END {
        for (id in wanted) if (seen[id] != 1) fault("stands " seen[id] + 0 " times")
        for (id in seen) if (!(id in wanted)) fault("is no row")
        for (id in decision) fault("is decided in spec/safety.md, and no row")
        printf "%d rows, %d of them pending, %d faults\n", checked, pending, faults
        exit faults > 0 || checked == 0
    }' "$folder/there" tests/conformance/reliability.tsv
