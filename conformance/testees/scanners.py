"""Compares what scanners of pickles say of the vectors, as a table in Markdown.

Usage: scanners.py JOBLIB PLAIN

JOBLIB is the command of this project, PLAIN a folder that plain_models.py filled.

Runs in a Python that has picklescan, fickling and modelscan. No file is loaded: all four read
opcodes. Hostile files are those of vectors/audit whose only right outcome is dangerous, and all
of vectors/valid/hostile that name something; benign ones are the models of vectors/inference and of PLAIN.
"""
import contextlib
import glob
import importlib.metadata
import io
import json
import logging
import os
import subprocess
import sys

VECTORS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "vectors")
ANSWERS = FLAGGED, UNKNOWN, PASSED, UNREAD = "flagged", "unknown", "passed", "not read"
NO_NAMES = "list-laughs"  # a bomb of references


def ask_joblib(command, path):
    status = subprocess.run([command, "audit", path], stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL).returncode
    return {0: PASSED, 1: UNREAD, 3: FLAGGED, 4: UNKNOWN}[status]


def ask_picklescan(path):
    from picklescan.scanner import scan_file_path
    result = scan_file_path(path)
    if result.issues_count:
        return FLAGGED
    if result.scan_err or not result.globals:
        return UNREAD
    words = {name.safety.value for name in result.globals}
    return UNKNOWN if "suspicious" in words else PASSED


def ask_fickling(path):
    """All that its command answers with another status than 0."""
    from fickling import analysis, fickle
    try:
        with open(path, "rb") as file:
            pickles = fickle.StackedPickle.load(file)
        safe = analysis.Severity.LIKELY_SAFE
        unsafe = [p for p in pickles if analysis.check_safety(p).severity > safe]
    except Exception:  # what it raises has no common class
        return UNREAD
    return FLAGGED if unsafe else PASSED


def ask_modelscan(path):
    from modelscan.modelscan import ModelScan
    result = ModelScan().scan(path)
    if result["summary"]["total_issues"]:
        return FLAGGED
    return UNREAD if result["errors"] or not result["summary"]["scanned"]["total_scanned"] \
        else PASSED


def read_outcomes(path):
    with open(path[:-len("joblib")] + "json") as case:
        return json.load(case)["expect"]["audit"]["outcomes"]


def hostile_files():
    audits = sorted(glob.glob(os.path.join(VECTORS, "audit", "*.joblib")))
    valid = sorted(glob.glob(os.path.join(VECTORS, "valid", "hostile", "*.joblib")))
    return [path for path in audits if read_outcomes(path) == ["dangerous"]] + [
        path for path in valid if NO_NAMES not in path]


def joblib_models():
    return sorted(glob.glob(os.path.join(VECTORS, "inference", "*", "*", "model.joblib")))


def plain_models(folder):
    return sorted(glob.glob(os.path.join(folder, "*.pkl")))


def ask_all(scanners, files):
    """What each scanner says of each file; what they print is theirs."""
    logging.disable(logging.CRITICAL)
    answers = []
    for path in files:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            answers.append([ask(path) for _, ask in scanners])
    return answers


def print_counts(title, scanners, answers):
    print("\n| %s, %d | %s |\n|---|---|---|---|---|" % (title, len(answers), " | ".join(ANSWERS)))
    for i, (name, _) in enumerate(scanners):
        column = [row[i] for row in answers]
        print("| %s | %s |" % (name, " | ".join(
            str(column.count(word)) for word in ANSWERS)))


def print_rows(scanners, files, answers):
    print("\n| file | %s |\n|---|%s" % (" | ".join(name for name, _ in scanners),
                                        "---|" * len(scanners)))
    for path, row in zip(files, answers):
        if set(row) != {FLAGGED}:
            case = os.path.relpath(path, VECTORS)[:-len(".joblib")]
            print("| `%s` | %s |" % (case, " | ".join(row)))


def main():
    scanners = [("libjoblib", lambda path: ask_joblib(sys.argv[1], path))]
    for name, ask in (("picklescan", ask_picklescan), ("fickling", ask_fickling),
                      ("modelscan", ask_modelscan)):
        scanners.append(("%s %s" % (name, importlib.metadata.version(name)), ask))
    hostile = hostile_files()
    answers = ask_all(scanners, hostile)
    print_counts("hostile files", scanners, answers)
    print_counts("models by joblib", scanners, ask_all(scanners, joblib_models()))
    print_counts("models by pickle", scanners, ask_all(scanners, plain_models(sys.argv[2])))
    print_rows(scanners, hostile, answers)


main()
