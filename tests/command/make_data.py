"""Makes data/: what joblib, numpy and scikit-learn write, for the tests of the command.

Run it with joblib 1.6.0, numpy 2.5 and scikit-learn 1.9 on Python 3.13.
"""
import csv
import os
import sys
import types
import warnings

import joblib
import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import Binarizer, StandardScaler
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")
NAMES = ["width", "height", "weight, in kg"]


def path(name):
    return os.path.join(HERE, name)


def labels(*items):
    array = np.empty(len(items), object)
    array[:] = items
    return array


def object_arrays():
    a, word = "a", "".join(["wo", "rd"])
    mixed = labels(word, a, "|", "", word, "", None, True, False, 0, 255, 256, 65535, 65536,
                   -1, 2**31 - 1, 2**31, -2**31, -2**31 - 1, 2**40, -2**40, 2**63 - 1,
                   -2**63, 1.5,
                   "\u00e9", "\u00e9", "\u0416", "x" * 300, a, "a" + word)
    yield "objects-mixed", mixed
    yield "objects-one", labels(word)
    yield "objects-none", labels()
    yield "objects-matrix", labels(*"abcdef").reshape(3, 2)
    for count in (1000, 1001, 2001):
        yield "objects-%d" % count, labels(*[i % 7 for i in range(count)])
    yield "objects-long", labels(*["label %d %s" % (i, "." * 130) for i in range(480)])


def plain_arrays():
    yield "text", np.array(["a", "b\u00e9", ""])
    yield "bytes", np.array([b"a", b"long"])
    yield "bool", np.array([[True], [False]])
    yield "int16", np.arange(6, dtype="i2").reshape(2, 3)
    yield "float32-fortran", np.asfortranarray(np.arange(6, dtype="f4").reshape(2, 3))
    yield "zero-dimensions", np.array(1.5)
    yield "three-dimensions", np.arange(8.0).reshape(2, 2, 2)
    yield "four-dimensions", np.arange(4.0).reshape(2, 1, 2, 1)
    yield "empty", np.zeros((0, 3))
    yield "text-wide", np.array(["x" * 70])


def array_lists():
    yield "list-90", [np.array([float(i)]) for i in range(90)]
    yield "list-mixed", [np.arange(2.0), np.arange(2), np.arange(2.0), np.array([True])]
    yield "list-one", [np.arange(3.0)]


def documents():
    shared, big = [1, [2]], bytearray(b"\x00ab")
    loop = {"a": 1}
    loop["self"] = loop
    joblib.dump({"first": shared, "again": shared, "loop": loop, ("a", 1): big, "same": big,
                 "many": [[i] for i in range(13)], "numbers": list(range(100)),
                 "empty": [[], (), {}, set(), ""], "deep": [[[[[["end"]]]]]],
                 "escape": "\x1b[31mred\u202e", "long": "x" * 100, "int": 7**60,
                 "call": np.dtype("f4"), "scalar": np.float32(0.1), "class": complex,
                 "record": np.array([(1, 2.5, b"s")], "i4,f8,S3"), "set": {3},
                 "dates": np.array(["2020-01-01", "NaT"], "M8[D]"), "one": (1,),
                 "tuples": ((["x"],),) * 2, "complex": 1 - 2j,
                 "tree": unknown_class()()}, path("document.joblib"))
    joblib.dump([1], path("list.joblib"), compress=3)


def cell(value):
    value = value.item() if isinstance(value, np.generic) else value
    return repr(value) if isinstance(value, float) else str(value)


def save_csv(name, header, rows):
    with open(path(name), "w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([[cell(value) for value in row] for row in rows])


def models():
    X = np.random.RandomState(0).uniform(-1, 1, (40, 3)).round(3)
    y = np.where(X[:, 0] > 0, np.where(X[:, 1] > 0, "big, tall", "big"), 'so "small"')
    tree = DecisionTreeClassifier(max_depth=3, random_state=0).fit(X, y)
    tree.feature_names_in_ = np.array(NAMES, object)
    joblib.dump(tree, path("tree.joblib"))
    rows = X[:12]
    joblib.dump(rows, path("rows.joblib"))
    np.save(path("rows.npy"), rows)
    save_csv("rows.csv", NAMES, rows)
    save_csv("rows-shuffled.csv", ["note", NAMES[2], NAMES[0], NAMES[1]],
             [["n", row[2], row[0], row[1]] for row in rows])
    with np.errstate(divide="ignore"):
        results = {"predict": tree.predict(rows), "predict_proba": tree.predict_proba(rows)}
    save_csv("tree-predict.csv", ["predict"], results["predict"].reshape(-1, 1))
    save_csv("tree-predict_proba.csv", tree.classes_, results["predict_proba"])
    for method, result in results.items():
        joblib.dump(result, path("tree-%s.joblib" % method))
        np.save(path("tree-%s.npy" % method), result)
    joblib.dump(dict(results, X=rows), path("tree-cases.joblib"))
    wrong = dict(X=rows, predict=results["predict"].copy(),
                 predict_proba=results["predict_proba"].copy())
    wrong["predict"][4] = "big"
    wrong["predict_proba"][7, 1] = np.nextafter(wrong["predict_proba"][7, 1], 2)
    joblib.dump(wrong, path("tree-cases-wrong.joblib"))
    other_models(X, y, rows)


def other_models(X, y, rows):
    objects = y.astype(object)
    two = np.stack([objects, np.where(X[:, 2] > 0, "up", "down").astype(object)], 1)
    both = DecisionTreeClassifier(max_depth=3, random_state=0).fit(X, two)
    joblib.dump(both, path("two.joblib"))
    proba = both.predict_proba(rows)
    joblib.dump(proba, path("two-predict_proba.joblib"))
    joblib.dump(both.predict(rows), path("two-predict.joblib"))
    header = ["target%d_%s" % (i, c) for i in (0, 1) for c in both.classes_[i]]
    save_csv("two-predict_proba.csv", header, np.concatenate(proba, 1))
    save_csv("two-predict.csv", ["target0", "target1"], both.predict(rows))
    joblib.dump({"X": rows, "predict": both.predict(rows), "predict_proba": proba},
                path("two-cases.joblib"))
    line = make_pipeline(StandardScaler(), LogisticRegression()).fit(X, y)
    joblib.dump(line, path("line.joblib"), compress=3)
    methods = ("predict", "predict_proba", "predict_log_proba", "decision_function")
    joblib.dump(dict({m: getattr(line, m)(rows) for m in methods}, X=rows),
                path("line-cases.joblib"))
    regressor = DecisionTreeRegressor(max_depth=2).fit(X, X[:, 0])
    joblib.dump(regressor, path("regressor.joblib"))
    save_csv("regressor-predict.csv", ["predict"], regressor.predict(rows).reshape(-1, 1))
    scaler = StandardScaler(with_mean=False).fit(X)
    joblib.dump(make_pipeline(scaler, unknown_class()()), path("unknown.joblib"))
    holder = unknown_class()()
    holder.template = Binarizer()
    holder.parts = {"known": scaler, "inner": [(3, Binarizer().fit(X))]}
    joblib.dump(holder, path("holder.joblib"))
    joblib.dump(scaler, path("scaler.joblib"))
    sparse = sp.csr_matrix(np.where(np.abs(rows) < 0.5, rows, 0))
    joblib.dump(sparse, path("sparse.joblib"))
    scaled = scaler.transform(sparse)
    save_csv("scaler-sparse.csv", ["transform%d" % i for i in range(3)], scaled.toarray())
    joblib.dump({"X": sparse, "transform": scaled}, path("scaler-cases.joblib"))


def unknown_class():
    """A class that no library knows."""
    module = sys.modules["unknown"] = types.ModuleType("unknown")
    module.Strange = type("Strange", (), {"__module__": "unknown"})
    return module.Strange


def main():
    os.makedirs(HERE, exist_ok=True)
    for make in (object_arrays, plain_arrays, array_lists):
        for name, value in make():
            joblib.dump(value, path("array-%s.joblib" % name))
            if make is plain_arrays:
                np.save(path("array-%s.npy" % name), value)
    documents()
    models()


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main()
