"""Which sentences of the spec a case cites beside its own: citations.tsv.

Usage: citations.py [--check]     puts them into the case files of vectors/, or compares

A row of citations.tsv is an anchor below spec/, a tab, and patterns of names of cases with a blank
between. Each pattern must fit a case. Only the line "spec" of a case file changes.
"""
import fnmatch
import io
import os
import re
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
START = '"spec": "'


def rows():
    with io.open(os.path.join(HERE, "citations.tsv"), encoding="ascii") as table:
        lines = [line.rstrip("\n").split("\t") for line in table if not line.startswith("#")]
    return [(anchor, patterns.split(" ")) for anchor, patterns in lines]


def matcher(patterns):
    return re.compile("|".join(fnmatch.translate(one) for one in patterns)).match


def rules():
    """The rows, with a function that tells whether a name fits."""
    return [(anchor, matcher(patterns)) for anchor, patterns in rows()]


def anchors_of(name, spec, table):
    """What a case cites: its own anchor first, then those of the table in its order."""
    found = spec.split(" ")[:1]
    for anchor, fits in table:
        if anchor not in found and fits(name):
            found.append(anchor)
    return " ".join(found)


def unused(names):
    """The patterns that fit no case."""
    return ["%s %s" % (anchor, one) for anchor, patterns in rows() for one in patterns
            if not fnmatch.filter(names, one)]


def with_citations(name, text, table):
    """The text of a case file with all that it cites."""
    begin = text.index(START) + len(START)
    end = text.index('"', begin)
    return text[:begin] + anchors_of(name, text[begin:end], table) + text[end:]


def main(words):
    import make
    table, cases, changed = rules(), make.cases_below(make.VECTORS), []
    for name, _, case in cases:
        path = os.path.join(make.VECTORS, case)
        with open(path, encoding="ascii", newline="\n") as stream:
            text = stream.read()
        fresh = with_citations(name, text, table)
        if fresh == text:
            continue
        changed.append(name)
        if "--check" not in words:
            with open(path, "w", encoding="ascii", newline="\n") as stream:
                stream.write(fresh)
    faults = ["fits no case: " + one for one in unused([name for name, _, _ in cases])]
    faults += ["cites otherwise: " + one for one in changed if "--check" in words]
    print("\n".join(faults + ["%d cases, %d changed" % (len(cases), len(changed))]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
