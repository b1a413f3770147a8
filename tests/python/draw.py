"""Random data sets, inputs and estimators of every class that the library runs."""
import numpy as np
import scipy.sparse as sp
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import (ExtraTreesClassifier, ExtraTreesRegressor, RandomForestClassifier,
                              RandomForestRegressor)
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge, RidgeClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.tree import (DecisionTreeClassifier, DecisionTreeRegressor, ExtraTreeClassifier,
                          ExtraTreeRegressor)

from inference import build


def pick(rng, choices):
    return choices[rng.randint(len(choices))]


def rows(rng, count, columns, shift, scale):
    return shift + scale * rng.randn(count, columns)


def sparse(X):
    return sp.csr_matrix(np.where(np.abs(X - X.mean(axis=0)) > X.std(axis=0) / 2, X, 0))


def convert(rng, X, allow_sparse, allow_missing):
    """X as one of the types that estimators take."""
    kind = pick(rng, ["f8", "f8", "f4", "f2", "i8", "i4", "i2", "u1", "bool", "fortran", "strided",
                      "big", "sparse", "missing"])
    if kind == "sparse":
        return sparse(X) if allow_sparse else X
    if kind == "missing":
        return np.where(rng.rand(*X.shape) < 0.2, np.nan, X) if allow_missing else X
    if kind == "fortran":
        return np.asfortranarray(X)
    if kind == "strided":
        return np.repeat(X, 2, axis=1)[:, ::2]
    if kind == "big":
        return X.astype(">f8")
    if kind == "bool":
        return X > X.mean()
    if kind == "u1":
        return np.clip(np.abs(X), 0, 255).astype("u1")
    return np.clip(X, -30000, 30000).astype(kind)


LABELS = [
    lambda n: np.arange(n), lambda n: np.arange(n) * 7 - 3, lambda n: np.arange(n) + 0.5,
    lambda n: np.arange(n).astype("i4"), lambda n: np.arange(n).astype("u1"),
    lambda n: np.array([u"a", u"bcd", u"\xe9\u4f60", u"\U0001f600 z", u"x y", u"zz"])[:n],
    lambda n: np.array([u"red", u"green", u"blue", u"cyan", u"pink", u"gold"], dtype=object)[:n],
    lambda n: np.array([b"r", b"green", b"blue", b"c", b"pi", b"gold"])[:n],
    lambda n: np.array([False, True]), lambda n: np.arange(n).astype("f4"),
]


def labels(rng, X, count):
    """A target of up to `count` classes that depends on X."""
    score = X.dot(rng.randn(X.shape[1])) + 0.3 * X.std() * rng.randn(len(X))
    classes = pick(rng, LABELS)(count)
    cuts = np.percentile(score, np.linspace(0, 100, len(classes) + 1)[1:-1])
    return classes[np.digitize(score, cuts)]


def numbers(rng, X):
    return X.dot(rng.randn(X.shape[1])) + rng.randn(len(X))


def target(rng, X, classifies, outputs):
    one = (lambda: labels(rng, X, rng.randint(2, 7))) if classifies else (lambda: numbers(rng, X))
    if outputs == 1:
        return one()
    parts = [one() for _ in range(outputs)]
    if len(set(part.dtype.kind for part in parts)) > 1:
        parts = [np.unique(part, return_inverse=True)[1] for part in parts]
    return np.column_stack(parts)


TREE = [("max_depth", [None, None, 3, 8]), ("min_samples_leaf", [1, 1, 5]),
        ("max_features", [None, "sqrt", 1]), ("max_leaf_nodes", [None, None, 12])]
FOREST = TREE + [("n_estimators", [1, 7, 25, 60]), ("bootstrap", [True, False]), ("n_jobs", [1])]
LOGISTIC = [("solver", ["lbfgs", "liblinear", "newton-cg", "sag", "saga", "newton-cholesky"]),
            ("multi_class", ["multinomial", "ovr", "auto"]), ("C", [0.01, 1.0, 100.0]),
            ("fit_intercept", [True, True, False]), ("penalty", ["l2", "l2", "l1"])]
RIDGE = [("alpha", [0.01, 1.0, 30.0]), ("fit_intercept", [True, True, False])]

# class, parameters, takes several outputs, takes sparse input, predicts labels
PREDICTORS = [
    (LogisticRegression, LOGISTIC, False, True, True),
    (LogisticRegression, LOGISTIC, False, True, True),
    (LinearRegression, [("fit_intercept", [True, False]), ("positive", [False, False, True])],
     True, True, False),
    (Ridge, RIDGE, True, True, False),
    (RidgeClassifier, RIDGE, False, True, True),
    (DecisionTreeClassifier, TREE + [("class_weight", [None, "balanced"])], True, False, True),
    (DecisionTreeRegressor, TREE, True, False, False),
    (ExtraTreeClassifier, TREE, True, False, True),
    (ExtraTreeRegressor, TREE, True, False, False),
    (RandomForestClassifier, FOREST + [("class_weight", [None, "balanced"])], True, False, True),
    (RandomForestRegressor, FOREST, True, False, False),
    (ExtraTreesClassifier, FOREST, True, False, True),
    (ExtraTreesRegressor, FOREST, True, False, False),
    (DummyClassifier, [("strategy", ["most_frequent", "prior"])], True, False, True),
    (DummyRegressor, [("strategy", ["mean", "median", "quantile"]), ("quantile", [0.1, 0.7])],
     True, False, False),
]
SCALERS = [
    (StandardScaler, [("with_mean", [True, False]), ("with_std", [True, True, False])]),
    (MinMaxScaler, [("feature_range", [(0, 1), (-1, 1), (2.5, 7)]), ("clip", [False, True])]),
]


def estimator(rng, cls, table):
    params = dict((name, pick(rng, choices)) for name, choices in table)
    if "random_state" in cls._get_param_names():
        params["random_state"] = rng.randint(1000)
    names = cls._get_param_names()
    return build(cls, dict((k, v) for k, v in params.items()
                           if k in names or k == "multi_class"))


def steps(rng):
    """None to three scalers, passed over or nested at times."""
    made = []
    for i in range(rng.randint(4)):
        step = estimator(rng, *pick(rng, SCALERS))
        if rng.rand() < 0.2:
            step = pick(rng, [None, "passthrough"])
        elif rng.rand() < 0.2:
            step = Pipeline([("inner", step)])
        made.append(("step%d" % i, step))
    return made


def model(rng):
    """A name, a fitted model and rows to predict."""
    columns, count = rng.randint(1, 31), rng.randint(40, 400)
    shift, scale = pick(rng, [0, 0, 5, -100]), pick(rng, [1, 1, 0.01, 50])
    X = rows(rng, count, columns, shift, scale)
    new = rows(rng, pick(rng, [1, 3, 40, 700]), columns, shift, 1.5 * scale)
    if rng.rand() < 0.2:
        scaler = estimator(rng, *pick(rng, SCALERS))
        train, test = convert(rng, X, True, True), convert(rng, new, True, True)
        return repr(scaler), scaler.fit(train), test
    cls, table, several, is_sparse, classifies = pick(rng, PREDICTORS)
    made, before = estimator(rng, cls, table), steps(rng) if rng.rand() < 0.4 else []
    y = target(rng, X, classifies, rng.randint(1, 4) if several else 1)
    missing = "Tree" in cls.__name__ or "Forest" in cls.__name__
    whole = Pipeline(before + [("last", made)]) if before else made
    train = convert(rng, X, is_sparse, missing) if rng.rand() < 0.5 else X
    return repr(whole).replace("\n", ""), whole.fit(train, y), convert(rng, new, is_sparse, missing)
