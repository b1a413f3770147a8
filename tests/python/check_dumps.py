"""check_dumps.py FOLDER...

Loads what the bindings wrote into folders, with warnings as errors.

Of a model in model.joblib, which the example programs `dump` make, scikit-learn must find for the
rows in rows.joblib what the program printed into printed.csv: numbers within 1e-12, labels equal.
A dict in values.joblib must be VALUES, with types and identities.
"""
import collections
import os
import sys
import warnings

import joblib
import numpy

VALUES = {
    "none": None,
    "truth": [True, False],
    "integers": [0, -1, -(2**63), 2**63 - 1, 10**30],
    "floats": [0.5, 1.0, -float("inf")],
    "complex": 1 - 2j,
    "texts": ["", "caf\u00e9", "a\0b", "\U0001f600"],
    "bytes": b"bytes",
    "nested": [[], {}, [[1]], {"a": {"b": 1}}],
    "tuple": (1, (), [2]),
    "sets": [{1, 2}, frozenset({"a"})],
    "keys": {1: "int", (1, 2): "tuple", None: "none"},
    "shared": [[1, 2], [1, 2]],
    "matrix": numpy.array([[1.0, 2.5, 3.0], [4.0, 5.0, 6.0]]),
    "counts": numpy.array([1, 2, 3], dtype="<i8"),
    "flags": numpy.array([True, False]),
    "labels": numpy.array(["\u00e9", "three"]),
    "objects": numpy.array(["a", 1, None], dtype=object),
    "scalar": numpy.float64(2.5),
    "object": [collections.Counter(), collections.Counter()],
}


def is_same(found, expected):
    """Equal, and of the same types all the way down."""
    if type(found) is not type(expected):
        return False
    if isinstance(expected, numpy.ndarray):
        return found.dtype == expected.dtype and numpy.array_equal(found, expected)
    if isinstance(expected, (list, tuple)):
        return len(found) == len(expected) and all(map(is_same, found, expected))
    if isinstance(expected, dict):
        return found.keys() == expected.keys() and all(
            is_same(found[key], expected[key]) for key in expected
        )
    return found == expected


def check_values(found):
    cycle = found.pop("cycle")
    wrong = [name for name in VALUES if not is_same(found.get(name), VALUES[name])]
    wrong += sorted(found.keys() - VALUES.keys())
    one_object = found["shared"][0] is found["shared"][1]
    one_object = one_object and found["object"][0] is found["object"][1]
    return wrong + ([] if one_object and cycle[0] is found else ["identity"])


def check_model(folder):
    model = joblib.load(os.path.join(folder, "model.joblib"))
    rows = joblib.load(os.path.join(folder, "rows.joblib"))
    found = (model.predict if hasattr(model, "predict") else model.transform)(rows)
    with open(os.path.join(folder, "printed.csv")) as printed:
        words = [line.rstrip("\n").split(",") for line in printed]
    expected = numpy.array(words).reshape(found.shape)
    if found.dtype.kind in "US":
        same = (found == expected).all()
    else:
        same = numpy.allclose(found, expected.astype(float), rtol=1e-12, atol=1e-12)
    return [] if same else [repr(model)]


def check(folder):
    wrong = check_model(folder)
    values = os.path.join(folder, "values.joblib")
    if os.path.exists(values):
        wrong += check_values(joblib.load(values))
    return wrong


def main(folders):
    warnings.simplefilter("error")
    failed = 0
    for folder in folders:
        wrong = check(folder)
        print("%s %s %s" % ("FAILED" if wrong else "ok", folder, ", ".join(wrong)))
        failed += bool(wrong)
    return failed or not folders


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
