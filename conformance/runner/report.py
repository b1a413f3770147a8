"""What came of a run, as text, JSON and JUnit XML."""

import json
from xml.sax.saxutils import quoteattr

from run import FAILED, PASSED, SKIPPED

OUTCOMES = (PASSED, FAILED, SKIPPED)


def count_by_area(results):
    """(area, passed, failed, skipped) for each area, in the order of the run."""
    counts = {}
    for result in results:
        row = counts.setdefault(result.case.area, dict.fromkeys(OUTCOMES, 0))
        row[result.outcome] += 1
    return [(area, row[PASSED], row[FAILED], row[SKIPPED]) for area, row in counts.items()]


def count_all(results):
    return tuple(sum(result.outcome == outcome for result in results) for outcome in OUTCOMES)


def put_text(hello, results, wrong, put):
    for result in results:
        if result.outcome == FAILED:
            mark = " (known)" if result.known else "" if result.case.required else " (recommended)"
            put("failed %s%s: %s" % (result.name, mark, result.detail))
    for name in wrong:
        put("passed, but among the known failures: %s" % name)
    put("")
    put("%-28s %8s %8s %8s" % (("%s %s" % (hello["name"], hello["version"]),) + OUTCOMES))
    for row in count_by_area(results):
        put("%-28s %8d %8d %8d" % row)
    put("%d passed, %d failed, %d skipped" % count_all(results))


def to_json(runs, version):
    """All of the runs: a list with a testee, its results and its counts."""
    return {"format": "1", "suite": version, "runs": [{
        "testee": hello,
        "counts": dict(zip(OUTCOMES, count_all(results))),
        "results": [{
            "case": result.case.name, "what": result.what, "area": result.case.area,
            "level": result.case.level, "required": result.case.required,
            "outcome": result.outcome, "known": result.known, "detail": result.detail,
            "seconds": round(result.seconds, 6),
        } for result in results],
    } for hello, results in runs]}


def write_json(path, runs, version):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(to_json(runs, version), file, indent=1)
        file.write("\n")


def write_junit(path, runs, version):
    with open(path, "w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name=%s>\n'
                   % quoteattr("joblib-conformance " + version))
        for hello, results in runs:
            _, failed, skipped = count_all(results)
            file.write('<testsuite name=%s tests="%d" failures="%d" skipped="%d">\n' % (
                quoteattr(hello["name"]), len(results), failed, skipped))
            for result in results:
                write_junit_case(file, result)
            file.write("</testsuite>\n")
        file.write("</testsuites>\n")


def write_junit_case(file, result):
    head = '<testcase classname=%s name=%s time="%.6f"' % (
        quoteattr(result.case.area), quoteattr(result.name), result.seconds)
    inside = {PASSED: "", SKIPPED: "<skipped message=%s/>", FAILED: "<failure message=%s/>"}
    text = inside[result.outcome]
    if not text:
        file.write(head + "/>\n")
        return
    file.write("%s>%s</testcase>\n" % (head, text % quoteattr(printable(result.detail))))


def printable(text):
    """XML has no control characters."""
    return "".join(c if c >= " " else "\\x%02x" % ord(c) for c in text)
