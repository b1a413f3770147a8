"""Linear models."""
import numpy as np
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge, RidgeClassifier

from data import INPUTS, TARGETS, TRAININGS
from inference import Family, build, words

BINARY = dict(solver="lbfgs")
MULTI = dict(solver="lbfgs", multi_class="multinomial")
OVR = dict(solver="liblinear", multi_class="ovr", random_state=0)
L1 = dict(solver="liblinear", penalty="l1", C=0.1, random_state=0)

# name, class, parameters, target, input (float64), training (float64), sparsify
ROWS = [
    ("logistic-binary", LogisticRegression, BINARY, "binary"),
    ("logistic-multinomial", LogisticRegression, MULTI, "multi"),
    ("logistic-binary-multinomial", LogisticRegression, MULTI, "binary"),
    ("logistic-ovr", LogisticRegression, OVR, "multi"),
    ("logistic-ovr-lbfgs", LogisticRegression, dict(solver="lbfgs", multi_class="ovr"), "multi"),
    ("logistic-auto", LogisticRegression, dict(solver="lbfgs", multi_class="auto"), "multi"),
    ("logistic-l1", LogisticRegression, L1, "binary"),
    ("logistic-l1-sparse", LogisticRegression, L1, "binary", "float64", "float64", True),
    ("logistic-l1-sparse-csr", LogisticRegression, L1, "binary", "csr32", "float64", True),
    ("logistic-multinomial-sparse", LogisticRegression, MULTI, "multi", "float64", "float64", True),
    ("logistic-no-intercept", LogisticRegression, dict(BINARY, fit_intercept=False), "binary"),
    ("logistic-no-intercept-multi", LogisticRegression, dict(MULTI, fit_intercept=False), "multi"),
    ("logistic-class-weight", LogisticRegression, dict(BINARY, class_weight="balanced"), "uneven"),
    ("logistic-elasticnet", LogisticRegression,
     dict(solver="saga", penalty="elasticnet", l1_ratio=0.5, random_state=0), "multi"),
    ("logistic-labels-int", LogisticRegression, MULTI, "labels"),
    ("logistic-labels-bool", LogisticRegression, BINARY, "bool"),
    ("logistic-labels-text", LogisticRegression, MULTI, "text"),
    ("logistic-labels-text-binary", LogisticRegression, BINARY, "text2"),
    ("logistic-labels-object", LogisticRegression, MULTI, "object"),
    ("logistic-labels-bytes", LogisticRegression, MULTI, "bytes"),
    ("logistic-labels-float", LogisticRegression, MULTI, "float"),
    ("logistic-trained-float32", LogisticRegression, MULTI, "multi", "float32", "float32"),
    ("logistic-trained-float32-input-float64", LogisticRegression, BINARY, "binary", "float64",
     "float32"),
    ("logistic-trained-float32-input-uint8", LogisticRegression, BINARY, "binary", "uint8",
     "float32"),
    ("linear-regression", LinearRegression, {}, "real"),
    ("linear-regression-outputs", LinearRegression, {}, "reals"),
    ("linear-regression-no-intercept", LinearRegression, dict(fit_intercept=False), "real"),
    ("linear-regression-outputs-no-intercept", LinearRegression, dict(fit_intercept=False),
     "reals"),
    ("linear-regression-positive", LinearRegression, dict(positive=True), "real"),
    ("linear-regression-trained-float32", LinearRegression, {}, "real", "float32", "float32"),
    ("linear-regression-csr", LinearRegression, {}, "real", "csr32", "csr"),
    ("ridge", Ridge, dict(alpha=0.5), "real"),
    ("ridge-outputs", Ridge, dict(alpha=np.array([0.1, 2.0])), "reals"),
    ("ridge-no-intercept", Ridge, dict(fit_intercept=False), "real"),
    ("ridge-csr", Ridge, dict(solver="sparse_cg"), "real", "csr64", "csr"),
    ("ridge-float32", Ridge, {}, "real", "float32", "float32"),
    ("ridge-classifier", RidgeClassifier, {}, "binary"),
    ("ridge-classifier-multi", RidgeClassifier, {}, "text"),
    ("ridge-classifier-multilabel", RidgeClassifier, {}, "multilabel"),
    ("ridge-classifier-csr", RidgeClassifier, dict(solver="sparse_cg"), "multi", "csr32", "csr"),
]
# The environments that run these too.
WIDE = ("py3.13-sklearn1.9", "py3.9-sklearn1.2", "py3.6-sklearn0.20", "py2.7-sklearn0.18")
WIDE_ROWS = [("logistic-solver-" + solver, LogisticRegression, dict(solver=solver, random_state=0),
              "binary") for solver in ("liblinear", "newton-cg", "newton-cholesky", "sag", "saga")]
WIDE_ROWS += [("logistic-multinomial-" + solver, LogisticRegression,
               dict(solver=solver, multi_class="multinomial", random_state=0), "multi")
              for solver in ("newton-cg", "newton-cholesky", "sag", "saga")]
WIDE_ROWS += [("logistic-input-" + kind, LogisticRegression, MULTI, "multi", kind)
              for kind in ("float32", "int64", "int32", "uint8", "bool", "f-order", "csr32",
                           "csr64", "one-row")]
WIDE_ROWS += [("linear-regression-input-" + kind, LinearRegression, {}, "reals", kind)
              for kind in ("float32", "int32", "f-order", "csr64")]


def fit(cls, params, target, training, sparsify):
    model = build(cls, params).fit(TRAININGS[training], TARGETS[target])
    return model.sparsify() if sparsify else model


def make(writer):
    exact, loose = Family(writer, "linear"), Family(writer, "linear", deterministic=False)
    for row in ROWS + (WIDE_ROWS if writer.environment in WIDE else []):
        name, cls, params, target, kind, training, sparsify = (
            row + ("float64", "float64", False)[len(row) - 4:])
        family = loose if params.get("solver") == "sparse_cg" else exact
        family.case(name, lambda: fit(cls, params, target, training, sparsify), INPUTS[kind],
                    "%s, target %s, input %s" % (words(cls, params), target, kind))
