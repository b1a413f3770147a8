"""Dummy estimators."""
import numpy as np
from sklearn.dummy import DummyClassifier, DummyRegressor

from data import INPUTS, TARGETS, TRAIN
from inference import Family, build, words

# name, class, parameters, target
ROWS = [
    ("most-frequent", DummyClassifier, dict(strategy="most_frequent"), "multi"),
    ("most-frequent-text", DummyClassifier, dict(strategy="most_frequent"), "text"),
    ("most-frequent-outputs", DummyClassifier, dict(strategy="most_frequent"), "outputs"),
    ("prior", DummyClassifier, dict(strategy="prior"), "labels"),
    ("prior-text", DummyClassifier, dict(strategy="prior"), "text2"),
    ("prior-object", DummyClassifier, dict(strategy="prior"), "object"),
    ("prior-outputs", DummyClassifier, dict(strategy="prior"), "outputs"),
    ("constant", DummyClassifier, dict(strategy="constant", constant=1), "multi"),
    ("constant-text", DummyClassifier, dict(strategy="constant", constant=u"yes"), "text2"),
    ("constant-outputs", DummyClassifier, dict(strategy="constant", constant=[2, 0]), "outputs"),
    ("mean", DummyRegressor, dict(strategy="mean"), "real"),
    ("mean-outputs", DummyRegressor, dict(strategy="mean"), "reals"),
    ("median", DummyRegressor, dict(strategy="median"), "real"),
    ("median-outputs", DummyRegressor, dict(strategy="median"), "reals"),
    ("quantile", DummyRegressor, dict(strategy="quantile", quantile=0.3), "real"),
    ("quantile-outputs", DummyRegressor, dict(strategy="quantile", quantile=0.9), "reals"),
    ("regressor-constant", DummyRegressor, dict(strategy="constant", constant=2.5), "real"),
    ("regressor-constant-outputs", DummyRegressor,
     dict(strategy="constant", constant=[1.5, -2.0]), "reals"),
]


LONG = np.array([u"no", u"yes " * 100])
# name, parameters, target
CONSTANT_ROWS = [
    ("constant-array", dict(constant=np.array([2], dtype="i4")), TARGETS["multi"]),
    ("constant-array-text", dict(constant=np.array([u"no"])), TARGETS["text2"]),
    ("constant-array-outputs", dict(constant=np.array([1, 0], dtype="i2")), TARGETS["outputs"]),
    ("constant-float", dict(constant=1.0), TARGETS["multi"]),
    ("constant-text-long", dict(constant=LONG[1]), LONG[TARGETS["binary"]]),
]
# name, constant: at the end, as the codec of a model follows from the number of those before it
REGRESSOR_ROWS = [
    ("regressor-constant-int", 3),
    ("regressor-constant-float32", np.array([2.5], dtype="f4")),
]


# By the newest release only: the result of a regressor has the type of its constant.
CONSTANT_TYPES = [(code, -3) for code in ("i1", "i2", "i4", "i8", "f2")] + [
    (code, 200) for code in ("u1", "u2", "u4", "u8")]


def make(writer):
    family = Family(writer, "dummy")
    for name, cls, params, target in ROWS:
        family.case(name, lambda: build(cls, params).fit(TRAIN, TARGETS[target]),
                    INPUTS["float64"], "%s, target %s" % (words(cls, params), target))
    for name, params, y in CONSTANT_ROWS:
        params["strategy"] = "constant"
        family.case(name, lambda: build(DummyClassifier, params).fit(TRAIN, y),
                    INPUTS["float64"], "DummyClassifier with another type of constant")
    for name, constant in REGRESSOR_ROWS:
        params = dict(strategy="constant", constant=constant)
        family.case(name, lambda: build(DummyRegressor, params).fit(TRAIN, TARGETS["real"]),
                    INPUTS["float64"], "DummyRegressor with another type of constant")
    for code, number in CONSTANT_TYPES if writer.environment == "py3.13-sklearn1.9" else ():
        constant = np.array([number], dtype=code)
        family.case("regressor-constant-%s" % constant.dtype,
                    lambda: DummyRegressor(strategy="constant", constant=constant).fit(
                        TRAIN, TARGETS["real"]),
                    INPUTS["float64"], "DummyRegressor with a constant of the type " + code)
