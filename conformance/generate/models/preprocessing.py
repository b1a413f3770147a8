"""Scalers."""
import numpy as np
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from data import INPUTS, TRAININGS
from inference import Family, build, words

# name, class, parameters, input, training
ROWS = [
    ("standard", StandardScaler, {}, "float64", "float64"),
    ("standard-no-mean", StandardScaler, dict(with_mean=False), "float64", "float64"),
    ("standard-no-std", StandardScaler, dict(with_std=False), "float64", "float64"),
    ("standard-neither", StandardScaler, dict(with_mean=False, with_std=False), "float64",
     "float64"),
    ("standard-constant-column", StandardScaler, {}, "float64", "constant"),
    ("standard-missing", StandardScaler, {}, "missing", "missing"),
    ("standard-csr", StandardScaler, dict(with_mean=False), "csr32", "csr"),
    ("standard-csr64", StandardScaler, dict(with_mean=False), "csr64", "csr"),
    ("standard-input-float32", StandardScaler, {}, "float32", "float32"),
    ("standard-trained-float64-input-float32", StandardScaler, {}, "float32", "float64"),
    ("standard-input-int64", StandardScaler, {}, "int64", "float64"),
    ("standard-input-int32", StandardScaler, {}, "int32", "float64"),
    ("standard-input-uint8", StandardScaler, {}, "uint8", "float64"),
    ("standard-input-bool", StandardScaler, {}, "bool", "float64"),
    ("standard-input-f-order", StandardScaler, {}, "f-order", "float64"),
    ("standard-one-row", StandardScaler, {}, "one-row", "float64"),
    ("min-max", MinMaxScaler, {}, "float64", "float64"),
    ("min-max-range", MinMaxScaler, dict(feature_range=(-2, 3)), "float64", "float64"),
    ("min-max-clip", MinMaxScaler, dict(clip=True), "float64", "float64"),
    ("min-max-clip-range", MinMaxScaler, dict(clip=True, feature_range=(-1, 1)), "float64",
     "float64"),
    ("min-max-constant-column", MinMaxScaler, {}, "float64", "constant"),
    ("min-max-missing", MinMaxScaler, {}, "missing", "missing"),
    ("min-max-input-float32", MinMaxScaler, {}, "float32", "float32"),
    ("min-max-clip-input-float32", MinMaxScaler, dict(clip=True), "float32", "float64"),
    ("min-max-input-int32", MinMaxScaler, {}, "int32", "float64"),
    ("min-max-input-f-order", MinMaxScaler, {}, "f-order", "float64"),
]
PARTIAL = [("standard", StandardScaler, "float64"), ("standard", StandardScaler, "missing")]


def partial(cls, training, parts):
    """A scaler fitted in parts."""
    model = cls()
    for part in np.array_split(TRAININGS[training], parts):
        model.partial_fit(part)
    return model


# By the newest release only: inputs that other rows have not, in float64 or as they are.
MORE_KINDS = ("int8", "int16", "uint16", "uint32", "uint64", "float16", "big-endian")


def make(writer):
    family = Family(writer, "preprocessing")
    for name, cls, params, kind, training in ROWS:
        family.case(name, lambda: build(cls, params).fit(TRAININGS[training]), INPUTS[kind],
                    "%s, trained on %s, input %s" % (words(cls, params), training, kind))
    for name, cls, training in PARTIAL:
        family.case("%s-partial-%s" % (name, training), lambda: partial(cls, training, 3),
                    INPUTS["float64"], "%s by partial_fit on %s" % (cls.__name__, training))
    for kind in MORE_KINDS if writer.environment == "py3.13-sklearn1.9" else ():
        family.case("standard-input-" + kind, lambda: StandardScaler().fit(TRAININGS["float64"]),
                    INPUTS[kind], "StandardScaler, trained on float64, input " + kind)
