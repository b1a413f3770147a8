"""The pictures of bytes in the spec are those of the vectors that they name.

Usage: pictures.py ROOT        runs with the standard library of Python 3.9 or newer

A picture is the block of code behind a line `<!-- picture valid/AREA/CASE -->`. A suffix, such as
_01.npy, names a companion. Its rows are an offset in hexadecimal, bytes, and a meaning, with two
blanks or more between; a byte is two digits, printable bytes may stand in quotes. Rows follow each
other byte by byte, to the end of the file; a row `...` stands for bytes that are left out.
"""
import glob
import os
import re
import sys

COMMENT = re.compile(r"<!-- picture (\S+?)(_\d\d\.npy)? -->")
ROW = re.compile(r'    ([0-9a-f]+)  ((?:(?:[0-9a-f]{2}|"[^"]+")(?: |(?=  )|$))+)(?:  .*)?$')
TOKEN = re.compile(r'[0-9a-f]{2}|"[^"]+"')
PAGES = {"container.md", "compression.md", "pickle.md", "ndarray.md", "legacy.md", "python2.md"}


def bytes_of(column):
    data = b""
    for token in TOKEN.findall(column):
        data += token[1:-1].encode("ascii") if token[0] == '"' else bytes.fromhex(token)
    return data


def faults_of(rows, data):
    """What is wrong with the rows of a picture."""
    at = 0
    for row in rows:
        if row.strip() == "...":
            at = None
            continue
        match = ROW.match(row)
        if not match:
            yield "no row of a picture: " + row.strip()
            return
        offset, expected = int(match.group(1), 16), bytes_of(match.group(2))
        if at is not None and offset != at:
            yield "%x follows, not %x" % (at, offset)
        if data[offset:offset + len(expected)] != expected:
            yield "at %x stands %s" % (offset, data[offset:offset + len(expected)].hex(" "))
        at = offset + len(expected)
    if at is not None and at != len(data):
        yield "ends at %x, the file at %x" % (at, len(data))


def pictures_of(text):
    """(name, companion or "", rows) of each picture of a page."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        match = COMMENT.search(line)
        if match:
            rows, at = [], number + 1
            while at < len(lines) and (lines[at].startswith("    ") or not (lines[at] or rows)):
                rows += [lines[at]] if lines[at] else []
                at += 1
            yield match.group(1), match.group(2) or "", rows


def main(root):
    faults, pages, count = [], set(), 0
    for path in sorted(glob.glob(os.path.join(root, "spec", "**", "*.md"), recursive=True)):
        with open(path, encoding="utf-8") as stream:
            text = stream.read()
        for name, companion, rows in pictures_of(text):
            file = os.path.join(root, "conformance", "vectors", name + ".joblib" + companion)
            count += 1
            pages.add(os.path.relpath(path, os.path.join(root, "spec")))
            if not os.path.exists(file) or not rows:
                faults.append("%s: no such vector, or no rows" % name)
                continue
            with open(file, "rb") as stream:
                faults += ["%s%s: %s" % (name, companion, one)
                           for one in faults_of(rows, stream.read())]
    faults += ["no picture in " + page for page in sorted(PAGES - pages)]
    print("\n".join(faults + ["%d pictures, %d faults" % (count, len(faults))]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
