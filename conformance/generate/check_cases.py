"""Checks every case of vectors/: form, values, INDEX, repeats. Prints "N passed, N failed".

Usage: check_cases.py [VECTORS]        runs with the standard library of Python 3.9 or newer
"""
import hashlib
import json
import os
import re
import sys

sys.dont_write_bytecode = True
import environments  # noqa: E402
import make  # noqa: E402
from check_frames import check_frame  # noqa: E402
from check_values import Values, require  # noqa: E402
from check_views import check_views  # noqa: E402

KEYS = ["description", "spec", "tags", "level", "need", "made_by", "deterministic", "view",
        "frame", "expect"]
TAGS = ["python", "numpy", "joblib", "also", "sklearn", "pandas", "protocol", "codec",
        "companions"]
STATUSES = ("TRUNCATED CORRUPT TRAILING LIMIT SYNTAX STACK MEMO TYPE ARRAY UNSUPPORTED "
            "FORBIDDEN NOT_FOUND").split()
METHODS = ["predict", "predict_proba", "predict_log_proba", "decision_function", "transform"]
OUTCOMES = ["clean", "unknown", "incomplete", "dangerous"]
ENVIRONMENTS = {row["name"]: row for row in environments.rows()}
LIMIT = 60 << 20
# Names that a system has no file for, whatever stands behind the dot.
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def in_order(found, order):
    return list(found) == [key for key in order if key in found]


def check_name(name):
    """A name on every system: also where case is not told apart, and where paths are short."""
    require(re.fullmatch(r"[a-z0-9._/-]+", name), "letters of the name")
    require(len(name) <= 100, "length of the name")
    require(not any(map(RESERVED.match, name.split("/"))), "a name of a device")


def check_provenance(case):
    """A script and an environment that are here, and the versions of what wrote the file."""
    script, environment = case["made_by"].split(" in ")
    require(environment in make.NAMES, "no environment %s" % environment)
    require(environment in dict(make.RUNS).get(script[:-len(".py")], ()), "no run makes it")
    row = ENVIRONMENTS[environment]
    for tag, column in (("joblib", "joblib"), ("numpy", "numpy"), ("sklearn", "scikit-learn")):
        # sklearn.externals has a joblib of its own.
        free = row[column] in ("*", "-") or "externals" in case["description"]
        require(free or case["tags"].get(tag, row[column]) == row[column],
                "tag %s of %s" % (tag, environment))


def check_header(case, text):
    """Keys, their order, and one line for each."""
    require(in_order(case, KEYS), "keys %s" % list(case))
    require(set(KEYS) - set(case) <= {"deterministic", "view", "frame"}, "missing keys")
    lines = text.split("\n")
    require(len(lines) == len(case) + 3 and lines[0] == "{" and lines[-2:] == ["}", ""], "lines")
    require(case["description"].strip(), "description")
    require(all("#" in anchor for anchor in case["spec"].split(" ")), "spec")
    require(in_order(case["tags"], TAGS), "tags %s" % list(case["tags"]))
    require(case["level"] in (1, 2, 3), "level")
    require(case["need"] in ("required", "recommended"), "need")
    require(case.get("deterministic", False) is False, "deterministic is written only as false")


def canonical(value):
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def check_valid(expect, text):
    Values(expect["value"])
    line = '"expect": {"value": %s}\n}\n' % canonical(expect["value"])
    require(list(expect) == ["value"] and text.endswith(line), "not canonical")


def check_invalid(expect, data):
    require(list(expect) == ["status", "offset", "file_offset"], "keys of expect")
    require(expect["status"] in STATUSES, "status %s" % expect["status"])
    for key in ("offset", "file_offset"):
        require(expect[key] is None or isinstance(expect[key], int), key)
    require(expect["file_offset"] is None or expect["file_offset"] <= len(data), "file_offset")


def check_audit(expect):
    require(list(expect) == ["audit"], "keys of expect")
    require(list(expect["audit"]) == ["outcomes", "dangerous"], "keys of an audit")
    outcomes, names = expect["audit"]["outcomes"], expect["audit"]["dangerous"]
    require(outcomes and set(outcomes) <= set(OUTCOMES), "outcomes")
    require(("dangerous" in outcomes) == bool(names), "dangerous names")


def check_inference(expect):
    require(list(expect) == ["input", "methods"], "keys of expect")
    require(expect["input"] in ("dense", "csr"), "input")
    require(expect["methods"] and in_order(expect["methods"], METHODS), "methods")
    for method in expect["methods"].values():
        bound = method.get("bound", [])
        require(in_order(method, ["compare", "outputs", "bound"]), "keys of a method")
        require(method["compare"] == ("bound" if bound else "exact"), "compare")
        require(method["outputs"] and len(bound) in (0, len(method["outputs"])), "outputs")
        for value in method["outputs"] + bound:
            Values(value)
        for output, limit in zip(method["outputs"], bound):
            require(output["ndarray"]["shape"] == limit["ndarray"]["shape"], "shape of a bound")


def check_case(folder, name, data_file, case_file):
    """Checks one case. Returns the digest of its bytes, for the search of repeats."""
    with open(os.path.join(folder, data_file), "rb") as stream:
        data = stream.read()
    with open(os.path.join(folder, case_file), encoding="ascii", newline="") as stream:
        text = stream.read()
    case = json.loads(text)
    check_name(name)
    check_header(case, text)
    check_provenance(case)
    if name.startswith("valid/"):
        check_valid(case["expect"], text)
        if "view" in case:
            check_views(case["view"], case["expect"]["value"])
        if "frame" in case:
            check_frame(case["frame"])
    elif name.startswith("invalid/"):
        check_invalid(case["expect"], data)
    elif name.startswith("audit/"):
        check_audit(case["expect"])
    else:
        check_inference(case["expect"])
        with open(os.path.join(folder, os.path.dirname(data_file), "input.joblib"), "rb") as rows:
            data += rows.read()
        return hashlib.sha256(data).hexdigest()
    return hashlib.sha256(make.bytes_of(os.path.join(folder, data_file))).hexdigest()


def check_index(folder):
    """INDEX has the lines that make.py would write."""
    with open(os.path.join(folder, "INDEX"), encoding="ascii") as index:
        require(index.read() == make.index_text(folder), "INDEX is not what the files give")


def total_size(folder):
    return sum(os.path.getsize(os.path.join(folder, path)) for path in make.files_below(folder))


def main(words):
    folder = words[0] if words else make.VECTORS
    failures, seen, cases = [], {}, make.cases_below(folder)
    for name, data_file, case_file in cases:
        try:
            digest = check_case(folder, name, data_file, case_file)
            require(digest not in seen, "the same bytes as %s" % seen.get(digest))
            seen[digest] = name
        except (ValueError, KeyError, OSError, TypeError, IndexError) as error:
            failures.append("%s: %s" % (name, error))
    try:
        check_index(folder)
        require(total_size(folder) < LIMIT, "more than 60 MB")
    except (ValueError, OSError) as error:
        failures.append("vectors: %s" % error)
    for failure in failures:
        print(failure)
    print("%d passed, %d failed" % (len(cases) + 1 - len(failures), len(failures)))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
