"""Absolute error bounds of linear scores and of what is computed from them.

A score of k terms: (k + 2) * 2^-52 * (|b| + sum |x_j w_j|), with 2^-23 for float32 sums, and
twice that, for scikit-learn's own sum has the same error. Probabilities: that error through the
sigmoid or softmax, plus 4 ULP. Logarithms of exact probabilities: 2 ULP.
"""
import numpy as np
import scipy.sparse as sp


def dense(matrix):
    return matrix.toarray() if sp.issparse(matrix) else np.asarray(matrix)


def unit(X, coef):
    """The rounding unit of the sums: of float32 only when both sides are narrow."""
    return 2.0 ** -23 if np.result_type(X.dtype, coef.dtype) == np.float32 else 2.0 ** -52


def ulp(values):
    return np.spacing(np.abs(values)).astype("f8")


def score(model, X):
    """The bound of X w + b, as a matrix of rows by outputs."""
    coef = dense(model.coef_)
    eps = unit(X, coef)
    coef = np.atleast_2d(coef).astype("f8")
    size = np.abs(dense(X).astype("f8")).dot(np.abs(coef).T) + np.abs(model.intercept_)
    return 2 * (coef.shape[1] + 2) * eps * size


def like(bound, values):
    return bound.reshape(np.shape(values))


def probabilities(model, X, proba, scores, softmax):
    """The bound of predict_proba, from the bound of the scores."""
    eps, error, scores = unit(X, dense(model.coef_)), score(model, X), np.asarray(scores, "f8")
    last = 4 * eps * np.maximum(proba, 0)
    if scores.ndim == 1:
        factor = 2 if softmax else 1
        slope = proba[:, :1] * proba[:, 1:] * np.expm1(factor * error)
        return np.zeros_like(proba) + slope + 4 * eps * proba.max(axis=1, keepdims=True)
    if softmax:
        top = scores.max(axis=1, keepdims=True)
        error = error + error.max(axis=1, keepdims=True) + eps * (top - scores)
        relative = error
    else:
        single = 1 / (1 + np.exp(-scores))
        relative = (1 - single) * np.expm1(error) + 4 * eps
    mean = (proba * relative).sum(axis=1, keepdims=True)
    return proba * np.expm1(relative + mean + proba.shape[1] * eps) + last


def logarithms(model, X, proba, bound):
    """The bound of log(p) when p has an error: none where that is as large as p."""
    eps = unit(X, dense(model.coef_))
    relative = np.where(bound < proba, bound / (proba - bound), np.inf)
    return relative + 4 * eps * np.abs(np.log(proba))


def exact_logarithms(logs):
    """2 ULP; log(0) is exact."""
    with np.errstate(invalid="ignore"):
        return np.where(np.isinf(logs), 0.0, 2 * ulp(np.where(np.isinf(logs), 1, logs)))


def clear_labels(scores, bound):
    """True when no row is as near to another label as its error."""
    if scores.ndim == 1:
        return bool((np.abs(scores) > bound.ravel()).all())
    ordered = np.sort(scores, axis=1)
    return bool((ordered[:, -1] - ordered[:, -2] > 2 * bound.max(axis=1)).all())
