"""Tells what the state of each fitted estimator holds, for the tables of core/src/template.

Usage: templates.py >FACTS              inside an environment with scikit-learn 0.20 or newer
       templates.py --merge FACTS... >states.tsv

A line of FACTS is an estimator: class, version of scikit-learn, module, and the keys of its
state in order, each with `=` and the default of a parameter, or with `:` and the type of an
attribute. Spaces inside a value are left out. Versions that agree share a line in the merged
table, which tests/template/states.tsv is. Python 3.6 or newer.
"""
import inspect
import re
import sys
import warnings


def spell(value):
    """A value in Python's notation, without spaces."""
    if isinstance(value, type):
        return "%s.%s" % (value.__module__, value.__name__)
    return repr(value).replace(" ", "")


def type_of(value):
    """A type: builtin, class with module, scalar with dtype, array with dtype and dimensions."""
    import numpy
    if isinstance(value, numpy.ndarray):
        return "ndarray%s[%d]" % (value.dtype.str, value.ndim)
    if isinstance(value, numpy.generic):
        return "scalar" + value.dtype.str
    if isinstance(value, numpy.dtype):
        return "dtype"
    if isinstance(value, list) and value:
        return "list(%s)" % type_of(value[0])
    kind = type(value)
    plain = kind.__module__ == "builtins"
    return kind.__name__ if plain else "%s.%s" % (kind.__module__, kind.__name__)


def defaults_of(estimator):
    """The defaults of the parameters that the constructor has."""
    found = inspect.signature(type(estimator).__init__).parameters.values()
    return {p.name: p.default for p in found if p.name not in ("self", "args", "kwargs")}


def describe(estimator, name=None):
    """The line of a fitted estimator."""
    from sklearn import __version__
    defaults, words = defaults_of(estimator), []
    for key, value in estimator.__getstate__().items():
        if key == "_sklearn_version":
            continue
        if key in defaults and defaults[key] is not inspect.Parameter.empty:
            words.append("%s=%s" % (key, spell(defaults[key])))
        else:
            words.append("%s:%s" % (key, type_of(value)))
    kind = type(estimator)
    module = "sklearn" + kind.__module__.split("sklearn", 1)[1]
    return "\t".join([name or kind.__name__, __version__, module, " ".join(words)])


def linear_models(X, y, numbers):
    from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge, SGDClassifier
    yield LinearRegression().fit(X, numbers)
    yield Ridge().fit(X, numbers)
    yield LogisticRegression().fit(X, y)
    yield SGDClassifier().fit(X, y)


def neighbors_and_others(X, y, numbers):
    from sklearn.cluster import KMeans
    from sklearn.decomposition import PCA
    from sklearn.naive_bayes import GaussianNB
    from sklearn.neighbors import KNeighborsClassifier
    yield PCA(2).fit(X)
    yield KMeans(3).fit(X)
    yield GaussianNB().fit(X, y)
    yield KNeighborsClassifier(algorithm="brute").fit(X, y)


def transformers(X, y, numbers):
    import numpy
    from sklearn import __version__
    from sklearn.impute import MissingIndicator, SimpleImputer
    from sklearn.preprocessing import (FunctionTransformer, LabelBinarizer, MinMaxScaler,
                                       OneHotEncoder, StandardScaler)
    holes = X.copy()
    holes[0, 1] = numpy.nan
    texts = numpy.array([["a", "b"], ["c", "b"]], dtype=object)
    yield StandardScaler().fit(X)
    yield MinMaxScaler().fit(X)
    yield OneHotEncoder().fit(texts)
    yield SimpleImputer().fit(holes)
    if not __version__.startswith("0.20."):
        yield SimpleImputer(add_indicator=True).fit(holes).indicator_
    yield LabelBinarizer().fit(y)


def trees(X, y, numbers):
    from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
    yield DecisionTreeClassifier(max_depth=2).fit(X, y)
    yield DecisionTreeRegressor(max_depth=2).fit(X, numbers)
    yield RandomForestClassifier(n_estimators=2).fit(X, y)
    yield RandomForestRegressor(n_estimators=2).fit(X, numbers)


def networks(X, y, numbers):
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    yield MLPClassifier(hidden_layer_sizes=(3,), max_iter=5).fit(X, y)
    yield MLPRegressor(hidden_layer_sizes=(3,), max_iter=5).fit(X, numbers)


def compositions(X, y, numbers):
    from sklearn import __version__
    from sklearn.compose import ColumnTransformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import StandardScaler
    yield Pipeline([("a", StandardScaler()), ("b", LogisticRegression())]).fit(X, y)
    parts = ColumnTransformer([("a", StandardScaler(), [0, 1])], remainder="passthrough").fit(X)
    yield parts
    minor = tuple(int(word) for word in re.findall(r"\d+", __version__)[:2])
    if minor >= (1, 4):
        yield parts.named_transformers_["remainder"]
    elif minor >= (1, 2):
        yield parts._name_to_fitted_passthrough["remainder"]


def print_facts():
    import numpy
    rng = numpy.random.RandomState(0)
    X, y = rng.rand(30, 4), numpy.arange(30) % 3
    numbers = X.dot([1.0, 2.0, 3.0, 4.0]) + rng.rand(30)
    for group in (linear_models, neighbors_and_others, transformers, trees, networks,
                  compositions):
        for estimator in group(X, y, numbers):
            print(describe(estimator))


def version_key(text):
    return tuple(int(word) for word in re.findall(r"\d+", text)[:2])


def merge(paths):
    """Lines that agree but for the version, as one line with the first and the last version."""
    lines = []
    for path in paths:
        with open(path) as stream:
            lines += [line.rstrip("\n").split("\t") for line in stream]
    classes = list(dict.fromkeys(line[0] for line in lines))
    for name in classes:
        runs = []
        for line in sorted((x for x in lines if x[0] == name), key=lambda x: version_key(x[1])):
            minor = ".".join(line[1].split(".")[:2])
            if runs and runs[-1][2:] == line[2:]:
                runs[-1][1] = minor
            else:
                runs.append([minor, minor] + line[2:])
        for run in runs:
            print("\t".join([name] + run))


def main(words):
    warnings.simplefilter("ignore")
    if words and words[0] == "--merge":
        merge(words[1:])
    else:
        print_facts()


if __name__ == "__main__":
    main(sys.argv[1:])
