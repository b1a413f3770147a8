"""Writes inference cases: a fitted model, an input, and what scikit-learn returned.

A family is a table of rows (name, class, parameters, target, options). A row whose class,
parameter or data this scikit-learn refuses is left out, with a line that says so.
"""
from __future__ import print_function

import base64
import warnings
from collections import OrderedDict

import joblib
import numpy as np
import scipy.sparse as sp
import sklearn

import bounds
from writer import protocol_of, versions

METHODS = ("predict", "predict_proba", "predict_log_proba", "decision_function", "transform")
REFUSALS = (TypeError, ValueError, AttributeError, KeyError, NotImplementedError)
COMPRESS = [0, 3, ("gzip", 3), 0]
CODECS = {0: "raw", 3: "zlib", ("gzip", 3): "gzip"}


def item_tag(item):
    if isinstance(item, type(u"")):
        return {"str": item}
    return {"int": str(item)} if isinstance(item, (int, np.integer)) else {"str": str(item)}


def tag(array):
    """A dense array or a CSR matrix as a tagged value, in C order."""
    if sp.issparse(array):
        parts = [(name, tag(getattr(array, name))) for name in ("data", "indices", "indptr")]
        shape = [("shape", [str(size) for size in array.shape])]
        return {"csr": OrderedDict(shape + parts)}
    array = np.asarray(array)
    head = [("dtype", array.dtype.str), ("shape", [str(n) for n in array.shape]), ("order", "C")]
    if array.dtype == object:
        return {"ndarray": OrderedDict(head + [("items", [item_tag(x) for x in array.ravel()])])}
    data = base64.b64encode(array.tobytes("C")).decode("ascii")
    return {"ndarray": OrderedDict(head + [("data", data)])}


def known(cls, params):
    """The parameters that this release knows, of those that came and went.

    Without multi_class every model of several classes is multinomial.
    """
    names = cls._get_param_names()
    if "multi_class" not in names and params.get("multi_class", "multinomial") != "multinomial":
        raise ValueError("no multi_class in this release")
    gone = ("multi_class", "n_jobs")
    return dict((key, value) for key, value in params.items() if key in names or key not in gone)


def build(cls, params):
    return cls(**known(cls, params))


def words(cls, params):
    """The call that makes an estimator, for a description."""
    names = cls._get_param_names()
    pairs = ["%s=%s" % item for item in sorted(params.items())
             if item[0] in names and item[0] != "n_jobs"]
    return "%s(%s)" % (cls.__name__, ", ".join(pairs))


def last_step(model, X):
    """The final estimator of a pipeline and what reaches it."""
    while hasattr(model, "steps"):
        for _, step in model.steps[:-1]:
            if step is not None and step != "passthrough":
                X = step.transform(X)
        model = model.steps[-1][1]
    return model, X


def is_softmax(model):
    """True when predict_proba is a softmax of the scores, by the rules of each release.

    Before 0.20 a model with one row of coefficients takes the sigmoid, whatever multi_class.
    """
    kind = getattr(model, "multi_class", "deprecated")
    if kind == "deprecated":
        return model.classes_.size > 2
    if kind == "multinomial":
        old = tuple(int(n) for n in sklearn.__version__.split(".")[:2]) < (0, 20)
        return not (old and model.coef_.shape[0] == 1)
    return kind == "auto" and model.classes_.size > 2 and model.solver != "liblinear"


def rule(model, X, method, value, results):
    """The bound of one result, or None when it is exact."""
    model, X = last_step(model, X)
    if not hasattr(model, "coef_"):
        if method != "predict_log_proba":
            return None
        many = value if isinstance(value, list) else [value]
        return [bounds.exact_logarithms(item) for item in many]
    error = bounds.score(model, X)
    if method == "predict" and hasattr(model, "classes_"):
        assert bounds.clear_labels(results["decision_function"], error), "a row on the boundary"
        return None
    if method in ("predict", "decision_function"):
        return [bounds.like(error, value)]
    proba = results["predict_proba"].astype("f8")
    bound = bounds.probabilities(model, X, proba, results["decision_function"],
                                 is_softmax(model))
    return [bound] if method == "predict_proba" else [
        bounds.logarithms(model, X, proba, bound)]


def run_methods(model, X):
    """What each method returns. transform only where there is nothing to predict."""
    results = OrderedDict()
    for method in METHODS:
        if hasattr(model, method) and not (method == "transform" and results):
            results[method] = getattr(model, method)(X.copy())
    return results


def expectation(model, X):
    results = run_methods(model, X)
    methods = OrderedDict()
    for method, value in results.items():
        outputs = value if isinstance(value, list) else [value]
        bound = rule(model, X, method, value, results)
        entry = OrderedDict(compare="exact" if bound is None else "bound")
        entry["outputs"] = [tag(output) for output in outputs]
        if bound is not None:
            entry["bound"] = [tag(np.asarray(part, "f8")) for part in bound]
        methods[method] = entry
    head = [("input", "csr" if sp.issparse(X) else "dense"), ("methods", methods)]
    return OrderedDict(head)


class Family(object):
    def __init__(self, writer, family, deterministic=True):
        self.writer, self.family, self.count = writer, family, 0
        self.deterministic = deterministic

    def case(self, name, make, X, description, protocol=None):
        """Writes one case. make() returns the fitted model."""
        full = "inference/%s/%s-%s" % (self.family, name, self.writer.suffix())
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                with np.errstate(divide="ignore"):
                    model = make()
                    expect = expectation(model, X)
        except REFUSALS as error:
            print("left out: %s: %s" % (full, str(error).split("\n")[0][:90]))
            return
        compress = COMPRESS[self.count % len(COMPRESS)]
        self.count += 1
        joblib.dump(model, self.writer.path(full + "/model.joblib"), compress, protocol)
        joblib.dump(X, self.writer.path(full + "/input.joblib"))
        with open(self.writer.path(full + "/input.joblib"), "rb") as stream:
            default = protocol_of(stream.read(2))
        tags = dict(versions(), sklearn=sklearn.__version__, codec=CODECS[compress],
                    protocol=str(protocol or default))
        more = {} if self.deterministic else {"deterministic": False}
        self.writer.note(full, description, "estimators/%s.md#%s" % (self.family, name),
                         level=3, expect=expect, tags=tags, **more)
