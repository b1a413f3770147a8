"""Writes the .json beside each case: reads the manifest, records each valid file.

Usage: expect.py OUT        runs in the newest environment, with real joblib and numpy
"""
import glob
import json
import os
import sys

import citations
from recorder import record
from tagged import canonical, tagged

sys.setrecursionlimit(100000)
KEYS = ("description", "spec", "tags", "level", "need", "made_by", "deterministic", "view",
        "frame")
TAGS = ("python", "numpy", "joblib", "also", "sklearn", "pandas", "protocol", "codec",
        "companions")


def level_of(text):
    """1 plain values, 2 arrays, 3 models."""
    if '["sklearn' in text:
        return 3
    return 2 if any(tag in text for tag in ('{"ndarray":', '{"dtype":', '{"scalar":')) else 1


def case_text(row, expect):
    """The text of a case file: one key a line, the expectation last."""
    row["tags"] = {key: row["tags"][key] for key in TAGS if key in row["tags"]}
    texts = {key: canonical(row[key]) if key == "frame" else
             json.dumps(row[key], sort_keys=key == "view") for key in KEYS if key in row}
    lines = ["%s: %s" % (json.dumps(key), text) for key, text in texts.items()]
    return "{\n%s,\n%s: %s\n}\n" % (",\n".join(lines), '"expect"', expect)


def paths(out, name):
    """The data file and the case file of a case."""
    base = os.path.join(out, *name.split("/"))
    if name.startswith("inference/"):
        return os.path.join(base, "model.joblib"), os.path.join(base, "expected.json")
    return base + ".joblib", base + ".json"


def expectation(out, row):
    """The text of the expectation. A valid file is read here, the others state theirs."""
    if "expect" in row:
        return canonical(row["expect"])
    path = paths(out, row["name"])[0]
    with open(path, "rb") as stream:
        value, rest, protocol = record(stream.read(), os.path.dirname(path))
    assert rest == 0, "bytes after the end"
    row["tags"]["protocol"] = str(protocol)
    text = canonical(tagged(value))
    row.setdefault("level", level_of(text))
    return '{"value": %s}' % text


def key_of(path):
    """What makes a case another case: its bytes, but for its own name before companions."""
    companions = sorted(glob.glob(glob.escape(path) + "_*"))
    parts = []
    for part in [path] + companions:
        with open(part, "rb") as stream:
            parts.append(stream.read())
    if companions:
        name = os.path.basename(path)
        parts[0] = parts[0].replace(name.encode(), b"*" * len(name))
    return tuple(parts)


def note_release(first, later):
    """Names the release of joblib that wrote a repeat, in the case that stays."""
    releases = [first["tags"].get("joblib")] + first["tags"].get("also", "").split()
    release = later["tags"].get("joblib")
    if release and release not in releases and first["made_by"].startswith("releases.py"):
        first["tags"]["also"] = " ".join(releases[1:] + [release])


def without_repeats(out, rows):
    """The rows whose bytes no earlier row has. Files of the others are removed."""
    seen, kept = {}, []
    for row in rows:
        path = paths(out, row["name"])[0]
        first = seen.setdefault(key_of(path), row)
        if first is row or not row["name"].startswith("valid/"):
            kept.append(row)
            continue
        note_release(first, row)
        for repeat in [path] + glob.glob(glob.escape(path) + "_*"):
            os.remove(repeat)
    return kept


def main(out):
    with open(os.path.join(out, "manifest"), encoding="ascii") as manifest:
        rows = [json.loads(line) for line in manifest]
    rows, bad = without_repeats(out, rows), 0
    table = citations.rules()
    for row in rows:
        row["spec"] = citations.anchors_of(row["name"], row["spec"], table)
        try:
            text = case_text(row, expectation(out, row))
        except Exception as error:
            bad += 1
            print("%s: %s: %s" % (row["name"], type(error).__name__, error))
            continue
        with open(paths(out, row["name"])[1], "w", encoding="ascii") as case:
            case.write(text)
    print("%d cases, %d without an expectation" % (len(rows) - bad, bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
