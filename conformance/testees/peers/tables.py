"""The tables of conformance/README.md, between two comments."""
import collections
import datetime
import json
import os
import re

from report import count_all, count_by_area
from run import FAILED

BEGIN, END = "<!-- made by testees/peers/run.py -->", "<!-- end of what run.py made -->"
VECTORS = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__)))), "vectors")
WORDS = {"dangerous": "flagged", "unknown": "unknown", "clean": "passed", "incomplete": "not read"}
MOST_REASONS = 6


def row(cells):
    return "| %s |" % " | ".join(str(cell) for cell in cells)


def table(head, rows):
    return [row(head), "|" + "---|" * len(head)] + [row(cells) for cells in rows]


def listed(words):
    return ", ".join(words) or "-"


def summary(runs):
    rows = []
    for run in runs:
        if run.hello is None:
            rows.append([run.peer.name, run.peer.language, "not installed"] + ["-"] * 7)
            continue
        hello = run.hello
        rows.append([run.peer.name, run.peer.language, hello["version"],
                     listed(hello["operations"]), hello["level"], listed(hello["capabilities"]),
                     listed(hello.get("lacks", [])), *count_all(run.results)])
    return table(["implementation", "language", "version", "operations", "level", "capabilities",
                  "lacks", "passed", "failed", "skipped"], rows)


def by_area(runs):
    """Passed, failed and skipped of each area."""
    runs = [run for run in runs if run.hello]
    counts = [{area: numbers for area, *numbers in count_by_area(run.results)} for run in runs]
    areas = sorted({area for count in counts for area in count})
    rows = [["`%s`" % area] + ["%d, %d, %d" % tuple(count[area]) if area in count else "-"
                               for count in counts] for area in areas]
    return table(["area"] + [run.peer.name for run in runs], rows)


def unescaped(text):
    """What a JSON text says, as far as it is printable; a long one was cut somewhere."""
    try:
        text = json.loads('"%s"' % re.sub(r"(\\u?[0-9a-f]{0,3})?\.\.\.$", "...", text))
    except ValueError:
        pass
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def reason(detail):
    """The kind of a failure: its text without what is of one case."""
    found = re.search(r'"status":\s*"((?:[^"\\]|\\.)*)', detail)
    if found:
        return re.sub(r"\d+", "N", unescaped(found.group(1)))
    detail = re.sub(r"(\.\w+|\[\d+\])+", "", detail)
    return re.sub(r'is "?.*', "differs", detail) if " is " in detail else detail


def reasons(runs):
    lines = []
    for run in runs:
        kinds = collections.defaultdict(list)
        for result in run.results:
            if result.outcome == FAILED:
                kinds[reason(result.detail)].append(result.case.name)
        known = sorted(kinds.items(), key=lambda item: -len(item[1]))
        for text, names in known[:MOST_REASONS]:
            text = text.replace("|", "\\|").replace("`", "'")[:90].strip()
            lines.append([run.peer.name, len(names), "`%s`" % text, "`%s`" % names[0]])
    return table(["implementation", "failed", "what was answered", "one of the cases"], lines)


def scan_counts(groups, answers):
    lines = []
    for at, (title, files) in enumerate(groups):
        lines += ["", *table(["%s, %d" % (title, len(files)), *WORDS.values()], [
            [name] + [found[at].count(word) for word in WORDS] for name, found in answers])]
    return lines


def scan_rows(groups, answers):
    """The hostile files that not all scanners flag."""
    lines = []
    for at, path in enumerate(groups[0][1]):
        found = [answer[0][at] for _, answer in answers]
        if set(found) != {"dangerous"}:
            case = os.path.relpath(path, VECTORS)[:-len(".joblib")]
            lines.append(["`%s`" % case] + [WORDS[word] for word in found])
    return table(["file"] + [name for name, _ in answers], lines)


def write(path, groups, counted):
    joblibs, others, scanners = groups
    lines = [BEGIN, "%s." % datetime.date.today().isoformat(), "",
             *summary(joblibs + others + scanners), "",
             "Passed, failed and skipped of each area, for releases of joblib:", "",
             *by_area(joblibs), "", "For the others:", "", *by_area(others), "",
             "The reasons that most failures have:", "", *reasons(joblibs + others), "",
             "Scanners about hostile files and models:", *scan_counts(*counted), "",
             "Hostile files that not all of them flag:", "", *scan_rows(*counted), END]
    with open(path, encoding="utf-8") as file:
        text = file.read()
    begin, end = text.index(BEGIN), text.index(END) + len(END)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text[:begin] + "\n".join(lines) + text[end:])
