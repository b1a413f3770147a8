"""Answers against expectations. Each function returns None, or what is wrong in words."""

import base64
import json
import struct

from forms import reduced

# An error is right if its status is of the same family: readers tell them apart differently.
FAMILIES = {
    "TRUNCATED": "cut",
    "CORRUPT": "damaged", "SYNTAX": "damaged", "STACK": "damaged", "MEMO": "damaged",
    "TYPE": "damaged", "ARRAY": "damaged", "TRAILING": "damaged", "TEXT": "damaged",
    "NOT_JOBLIB": "foreign", "FORMAT": "foreign",
    "UNSUPPORTED": "unsupported", "UNSUPPORTED_BUILD": "unsupported",
    "LIMIT": "limit",
    "NOT_FOUND": "file", "IO": "file", "FORBIDDEN": "forbidden",
}


def to_text(value):
    """The canonical text of a tagged value: keys stay in their order."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def find_difference(expected, found, place="value"):
    """Where two tagged values differ first."""
    if type(expected) is not type(found):
        return "%s is %s, expected %s" % (place, shorten(found), shorten(expected))
    if isinstance(expected, list):
        for index, (one, other) in enumerate(zip(expected, found)):
            difference = find_difference(one, other, "%s[%d]" % (place, index))
            if difference:
                return difference
        if len(expected) != len(found):
            return "%s has %d items, expected %d" % (place, len(found), len(expected))
        return None
    if isinstance(expected, dict):
        if list(expected) != list(found):
            return "%s has the keys %s, expected %s" % (place, ", ".join(found) or "none",
                                                        ", ".join(expected) or "none")
        for key in expected:
            difference = find_difference(expected[key], found[key], "%s.%s" % (place, key))
            if difference:
                return difference
        return None
    return None if expected == found else \
        "%s is %s, expected %s" % (place, shorten(found), shorten(expected))


def shorten(value):
    text = to_text(value)
    return text if len(text) <= 100 else text[:97] + "..."


# Loading


def compare_value(expected, answer, lacks=()):
    if "value" not in answer:
        return "an error: %s" % shorten(answer.get("error"))
    if lacks:
        expected, answer = reduced(expected, lacks), {"value": reduced(answer["value"], lacks)}
    if to_text(answer["value"]) == to_text(expected):
        return None
    return find_difference(expected, answer["value"]) or "the texts of the values differ"


def compare_exact_error(expected, answer):
    """The status itself, and all offsets that are known."""
    error = answer.get("error")
    if not isinstance(error, dict):
        return "no error, expected %s" % expected["status"]
    for key in ("status", "offset", "file_offset"):
        if expected[key] is not None and error.get(key) != expected[key]:
            return "%s %s, expected %s" % (key, error.get(key), expected[key])
    return None


def compare_error(expected, answer):
    error = answer.get("error")
    if not isinstance(error, dict):
        return "no error, expected %s" % expected["status"]
    status = error.get("status")
    family = FAMILIES.get(expected["status"], expected["status"])
    if FAMILIES.get(status, status) != family:
        return "status %s, expected %s" % (status, expected["status"])
    for key in ("offset", "file_offset"):
        wanted, found = expected.get(key), error.get(key)
        if wanted is not None and found is not None and wanted != found:
            return "%s %s, expected %s" % (key, found, wanted)
    return None


# Auditing


def compare_audit(expected, answer, lacks=()):
    audit = answer.get("audit")
    if not isinstance(audit, dict):
        return "no audit: %s" % shorten(answer)
    if audit.get("outcome") not in expected["outcomes"]:
        return "%s, expected %s" % (audit.get("outcome"), " or ".join(expected["outcomes"]))
    wanted = expected.get("dangerous") if audit.get("outcome") == "dangerous" else None
    wanted = None if "names" in lacks else wanted
    if wanted is not None and sorted(audit.get("dangerous", [])) != sorted(wanted):
        return "dangerous are %s, expected %s" % (audit.get("dangerous"), wanted)
    return None


# Predicting

FLOATS = {"<f8": "d", "<f4": "f", "<f2": "e"}
INDICES = {"<i4": "i", "<i8": "q"}


def read_numbers(array, forms=FLOATS):
    data = base64.b64decode(array["data"])
    form = forms[array["dtype"]]
    return struct.unpack("<%d%s" % (len(data) // struct.calcsize(form), form), data)


def is_near(expected, found, bound):
    both_nan = expected != expected and found != found
    return both_nan or expected == found or abs(expected - found) <= bound


def compare_floats(expected, found, bounds):
    limits = read_numbers(bounds) if bounds else None
    for index, pair in enumerate(zip(read_numbers(expected), read_numbers(found))):
        bound = limits[index] if limits else 0
        if not is_near(pair[0], pair[1], bound):
            return "element %d is %r, expected %r within %g" % (index, pair[1], pair[0], bound)
    return None


def widen_indices(sparse):
    """Numbers instead of arrays: which width the indices have depends on scipy's version."""
    wide = dict(sparse["csr"])
    for key in ("indices", "indptr"):
        array = dict(wide[key]["ndarray"])
        array["data"] = [str(number) for number in read_numbers(array, INDICES)]
        del array["dtype"]
        wide[key] = array
    return wide


def compare_output(expected, found, bounds):
    if isinstance(found, dict) and "csr" in expected and "csr" in found:
        return find_difference(widen_indices(expected), widen_indices(found), "output.csr")
    if not isinstance(found, dict) or "ndarray" not in expected or "ndarray" not in found:
        return find_difference(expected, found, "output")
    one, other = expected["ndarray"], found["ndarray"]
    if one["dtype"] not in FLOATS:
        return find_difference(expected, found, "output")
    for key in ("dtype", "shape", "order"):
        if one[key] != other.get(key):
            return "%s %s, expected %s" % (key, other.get(key), one[key])
    return compare_floats(one, other, bounds["ndarray"] if bounds else None)


def compare_outputs(expected, answer):
    outputs = answer.get("outputs")
    if not isinstance(outputs, list):
        return "no outputs: %s" % shorten(answer.get("error"))
    if len(outputs) != len(expected["outputs"]):
        return "%d outputs, expected %d" % (len(outputs), len(expected["outputs"]))
    bounds = expected.get("bound") or [None] * len(outputs)
    for triple in zip(expected["outputs"], outputs, bounds):
        difference = compare_output(*triple)
        if difference:
            return difference
    return None


def compare(case, what, answer, strict=False, lacks=()):
    """What is wrong with an answer to the request `what` of a case."""
    if case.kind == "valid":
        return compare_value(case.expect["value"], answer, lacks)
    if case.kind == "invalid":
        return (compare_exact_error if strict else compare_error)(case.expect, answer)
    if case.kind == "audit":
        return compare_audit(case.expect["audit"], answer, lacks)
    return compare_outputs(case.expect["methods"][what], answer)
