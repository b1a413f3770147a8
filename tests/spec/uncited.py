"""Which requirements of the spec no vector shows. Prints them and fails unless they are excused.

Usage: uncited.py ROOT        runs with the standard library of Python 3.9 or newer

A requirement is a paragraph, an item of a list or a table with "must" or a status, such as
`SYNTAX`. It has an anchor of its own, or that of the heading right before it. excused.tsv holds
anchors (or all of a file, `abi.md#*`) and what tests them instead.
"""
import glob
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ANCHOR = re.compile(r'<a id="([^"]*)"></a>')
ITEM = re.compile(r"\s*(- |\d+\. )")
# These speak about the spec itself, or repeat what it says.
NOT_NORMATIVE = ("README.md", "changes.md")


def statuses(root):
    with open(os.path.join(root, "core/src/base/status.def"), encoding="ascii") as table:
        return re.findall(r"^JOBLIB_X\(ERROR_(\w+)", table.read(), re.M)


def blocks_of(text):
    """The blocks of a page: headings, paragraphs, items and whole tables, without code."""
    block, kind = [], None
    for line in text.split("\n") + [""]:
        is_row = line.startswith("|")
        starts = not line.strip() or line.startswith("#") or ITEM.match(line) or (
            is_row and kind != "row")
        if starts and block:
            yield " ".join(block)
            block, kind = [], None
        if line.strip() and (block or not line.startswith("    ")):
            block, kind = block + [line], "row" if is_row else "text"


def scan(page, text, must):
    """(anchors, faults) of a page."""
    anchors, faults, heading = [], [], False
    for block in blocks_of(text):
        found = ANCHOR.findall(block)
        anchors += ["%s#%s" % (page, one) for one in found]
        bare = ANCHOR.sub("", block).strip()
        if bare.startswith("#") or not bare:
            heading = bool(found) or heading
            continue
        if must.search(bare) and not bare.startswith(("*Note:*", "|")) and not (found or heading):
            faults.append("%s: no anchor: %s" % (page, bare[:70]))
        heading = False
    return anchors, faults


def read_pages(root):
    must = re.compile(r"\bmust\b|`(?:%s)`" % "|".join(statuses(root)))
    anchors, faults = [], []
    for path in sorted(glob.glob(os.path.join(root, "spec/**/*.md"), recursive=True)):
        page = os.path.relpath(path, os.path.join(root, "spec"))
        if page in NOT_NORMATIVE:
            continue
        with open(path, encoding="utf-8") as stream:
            found = scan(page, stream.read(), must)
        anchors += found[0]
        faults += found[1]
    return anchors, faults


def cited_by_vectors(root):
    cited = set()
    for path in glob.glob(os.path.join(root, "conformance/vectors/**/*.json"), recursive=True):
        with open(path, encoding="ascii") as stream:
            case = stream.read(4096)
        found = re.search(r'^"spec": ("[^"]*")', case, re.M)
        cited |= set(json.loads(found.group(1)).split(" ")) if found else set()
    return cited


def excuses():
    with open(os.path.join(HERE, "excused.tsv"), encoding="ascii") as table:
        rows = [line.rstrip("\n").split("\t") for line in table if not line.startswith("#")]
    return dict(row for row in rows)


def excuse_of(anchor, excused):
    whole = anchor.split("#")[0] + "#*"
    return anchor if anchor in excused else whole if whole in excused else None


def main(root):
    anchors, faults = read_pages(root)
    cited, excused, used = cited_by_vectors(root), excuses(), set()
    for anchor in anchors:
        if anchor in cited:
            continue
        excuse = excuse_of(anchor, excused)
        used.add(excuse)
        if excuse is None:
            faults.append("no vector cites " + anchor)
    faults += ["excused without need: " + one for one in excused if one not in used]
    faults += ["no such test: " + path for reason in excused.values()
               for path in re.findall(r"tests/[\w/.]+", reason)
               if not os.path.exists(os.path.join(root, path))]
    print("\n".join(faults + ["%d anchors, %d cited, %d faults" % (
        len(anchors), len(cited & set(anchors)), len(faults))]))
    return 1 if faults or len(anchors) < 300 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
