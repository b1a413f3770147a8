"""Fitted estimators and what stands beside them in model files, as documents."""
import sys

import numpy as np
import scipy.sparse as sp
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeRegressor

X = np.random.RandomState(1).randn(30, 3)
Y = (X[:, 0] > 0).astype(int)


def logistic():
    return LogisticRegression(solver="liblinear", random_state=0)


def pipeline():
    steps = [("scale", StandardScaler()), ("logistic", logistic())]
    return Pipeline(steps).fit(X, np.array([u"no", u"yes"])[Y])


def matrices():
    dense = np.where(np.abs(X[:4]) > 0.7, X[:4], 0)
    return [kind(dense) for kind in (sp.csr_matrix, sp.csc_matrix, sp.coo_matrix, sp.lil_matrix,
                                     sp.dok_matrix, sp.dia_matrix, sp.bsr_matrix)]


# name, maker, description, the same bytes at every run
ROWS = [
    ("logistic", lambda: logistic().fit(X, Y), "A fitted LogisticRegression", True),
    ("logistic-unfitted", logistic, "A LogisticRegression before fit", True),
    ("pipeline", pipeline, "A fitted pipeline of two steps", True),
    ("tree", lambda: DecisionTreeRegressor(max_depth=2, random_state=0).fit(X, X[:, 1]),
     "A tree: the nodes are a structured array", False),
    ("forest", lambda: RandomForestClassifier(n_estimators=2, max_depth=2, random_state=0).fit(
        X, Y), "A forest: a list of trees that share a random state", False),
    ("sparse", matrices, "Sparse matrices of scipy", True),
    ("with-meta", lambda: {"model": logistic().fit(X, Y), "columns": ["a", "b", "c"],
                           "metrics": {"accuracy": np.float64(0.5)}},
     "A model in a dict, with names and numbers beside it", True),
]
COMPRESS = [0, 3, ("gzip", 3)]


def externals():
    """The joblib inside scikit-learn, where it is a copy of its own."""
    try:
        from sklearn.externals import joblib as inner
    except ImportError:
        return None
    return inner if inner.dump.__module__.startswith("sklearn.") else None


def make(writer):
    for i, (name, maker, description, same) in enumerate(ROWS):
        more = {} if same else {"deterministic": False}
        writer.dump("estimators/%s-%s" % (name, writer.suffix()), maker(), description,
                    "values.md#objects", compress=COMPRESS[i % 3], **more)
    inner = externals()
    if inner is not None:
        make_inner(writer, inner)


def make_inner(writer, inner):
    """The same by sklearn.externals.joblib: wrappers under its own module name."""
    for name, maker in [("logistic", ROWS[0][1]), ("objects", lambda: np.array([X, None, "a"][1:],
                                                                               dtype=object))]:
        path = "estimators/%s-externals-%s" % (name, writer.suffix())
        inner.dump(maker(), writer.path("valid/" + path + ".joblib"))
        with open(writer.path("valid/" + path + ".joblib"), "rb") as stream:
            data = stream.read()
        writer.raw(path, data, "Written by sklearn.externals.joblib", "values.md#objects",
                   tags={"joblib": inner.__version__, "sklearn": sys.modules["sklearn"].__version__,
                         "numpy": np.__version__, "python": "%d.%d" % sys.version_info[:2]})
