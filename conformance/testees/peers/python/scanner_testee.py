"""A testee for scanners of pickles, which answers `audit`.

Usage: scanner_testee.py NAME [COMMAND]

NAME is picklescan, fickling or modelscan, each a package of this Python, or libjoblib, whose
COMMAND is asked. Nothing is loaded: all four read opcodes.
"""
import contextlib
import importlib.metadata
import io
import json
import logging
import subprocess
import sys

FLAGGED, UNKNOWN, PASSED, UNREAD = "dangerous", "unknown", "clean", "incomplete"


def ask_libjoblib(path):
    status = subprocess.run([sys.argv[2], "audit", path], stdout=subprocess.DEVNULL,
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


SCANNERS = {"libjoblib": ask_libjoblib, "picklescan": ask_picklescan, "fickling": ask_fickling,
            "modelscan": ask_modelscan}


def version(name):
    if name == "libjoblib":
        text = subprocess.run([sys.argv[2], "version"], stdout=subprocess.PIPE).stdout.decode()
        return text.split("\n")[0].split()[-1]
    return importlib.metadata.version(name)


def main(name):
    logging.disable(logging.CRITICAL)
    hello = {"name": name, "version": version(name), "level": 1, "operations": ["audit"],
             "capabilities": [], "lacks": ["names"]}
    for line in sys.stdin:
        words = line.rstrip("\n").split("\t")
        answer = hello
        if words[0] != "hello 1":
            with contextlib.redirect_stdout(io.StringIO()), \
                    contextlib.redirect_stderr(io.StringIO()):
                answer = {"id": words[0], "audit": {"outcome": SCANNERS[name](words[2])}}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
