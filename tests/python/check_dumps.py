"""check_dumps.py FOLDER...

Loads what the example programs `dump` wrote, with warnings as errors, and compares what
scikit-learn finds for the rows with what each program printed: numbers within 1e-12, labels equal.
"""
import os
import sys
import warnings

import joblib
import numpy


def run(folder):
    model = joblib.load(os.path.join(folder, "model.joblib"))
    rows = joblib.load(os.path.join(folder, "rows.joblib"))
    method = model.predict if hasattr(model, "predict") else model.transform
    return model, numpy.asarray(method(rows))


def compare(found, printed):
    words = [line.rstrip("\n").split(",") for line in printed]
    expected = numpy.array(words).reshape(found.shape)
    if found.dtype.kind in "US":
        return (found == expected).all()
    return numpy.allclose(found, expected.astype(float), rtol=1e-12, atol=1e-12)


def main(folders):
    warnings.simplefilter("error")
    failed = 0
    for folder in folders:
        model, found = run(folder)
        with open(os.path.join(folder, "printed.csv")) as printed:
            same = compare(found, printed)
        print("%s %s %s" % ("ok" if same else "FAILED", folder, model))
        failed += not same
    return failed or not folders


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
