"""Pipelines."""
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.tree import DecisionTreeRegressor

from data import INPUTS, TARGETS, TRAININGS
from inference import Family


def logistic():
    return LogisticRegression(solver="lbfgs")


def forest():
    return RandomForestClassifier(n_estimators=3, max_depth=3, random_state=0)


def nested():
    inner = Pipeline([("min_max", MinMaxScaler()), ("standard", StandardScaler())])
    return Pipeline([("inner", inner), ("logistic", logistic())])


def nested_last():
    last = Pipeline([("standard", StandardScaler()), ("ridge", Ridge())])
    return Pipeline([("min_max", MinMaxScaler()), ("last", last)])


def steps(*values):
    return lambda: Pipeline([("step%d" % i, value() if callable(value) else value)
                             for i, value in enumerate(values)])


# name, maker, target, input, training
ROWS = [
    ("scaler-logistic", steps(StandardScaler, logistic), "binary", "float64", "float64"),
    ("scaler-logistic-text", steps(StandardScaler, logistic), "text", "float64", "float64"),
    ("scaler-logistic-input-float32", steps(StandardScaler, logistic), "binary", "float32",
     "float64"),
    ("scaler-logistic-trained-float32", steps(StandardScaler, logistic), "binary", "float32",
     "float32"),
    ("scaler-logistic-input-int32", steps(StandardScaler, logistic), "binary", "int32",
     "float64"),
    ("scaler-logistic-csr", steps(lambda: StandardScaler(with_mean=False), logistic), "binary",
     "csr32", "csr"),
    ("scaler-ridge", steps(MinMaxScaler, Ridge), "real", "float64", "float64"),
    ("scaler-linear-outputs", steps(StandardScaler, LinearRegression), "reals", "float64",
     "float64"),
    ("scaler-forest", steps(StandardScaler, forest), "multi", "float64", "float64"),
    ("scaler-tree-regressor", steps(MinMaxScaler, lambda: DecisionTreeRegressor(
        max_depth=3, random_state=0)), "real", "float64", "float64"),
    ("scalers-only", steps(MinMaxScaler, StandardScaler), "real", "float64", "float64"),
    ("one-step", steps(logistic), "binary", "float64", "float64"),
    ("nested", nested, "binary", "float64", "float64"),
    ("nested-last", nested_last, "real", "float64", "float64"),
    ("passthrough-first", steps("passthrough", logistic), "binary", "float64", "float64"),
    ("passthrough-middle", steps(StandardScaler, "passthrough", logistic), "multi", "float64",
     "float64"),
    ("passthrough-last", steps(StandardScaler, "passthrough"), "real", "float64", "float64"),
    ("none-first", steps(None, logistic), "binary", "float64", "float64"),
    ("none-middle", steps(StandardScaler, None, Ridge), "real", "float64", "float64"),
    ("none-last", steps(StandardScaler, None), "real", "float64", "float64"),
    ("make-pipeline", lambda: make_pipeline(StandardScaler(), MinMaxScaler(), logistic()),
     "binary", "float64", "float64"),
    ("none-before-scaler", steps(None, StandardScaler, logistic), "binary", "float64", "float64"),
]
FORESTS = ("scaler-forest", "scaler-tree-regressor")


def make(writer):
    exact, loose = Family(writer, "pipeline"), Family(writer, "pipeline", deterministic=False)
    for name, maker, target, kind, training in ROWS:
        family = loose if name in FORESTS else exact
        family.case(name, lambda: maker().fit(TRAININGS[training], TARGETS[target]),
                    INPUTS[kind], "A pipeline, target %s, input %s" % (target, kind))
