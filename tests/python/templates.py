"""Models made from the numbers of fitted ones: real scikit-learn must load and run them alike.

Usage: templates.py TOOL ENVIRONMENT_PYTHON...

TOOL is build/PRESET/tests/template/template_models. For each interpreter: fits estimators on
small random data (--fit), lets TOOL make the models again from their coefficients, classes and
nodes alone, and loads and runs these (--check). They must not warn of what the fitted models,
dumped and loaded, do not warn of, and all methods must give the same, to the last bit. Exit status
1 if anything differs. Python 3.6 or newer.
"""
import os
import pickle
import subprocess
import sys
import tempfile
import warnings

METHODS = ("predict", "predict_proba", "predict_log_proba", "decision_function", "transform",
           "inverse_transform")


def attributes(estimator, *names):
    return {name: getattr(estimator, name) for name in names}


def parameters(estimator):
    """The parameters that are not the defaults."""
    defaults = type(estimator)().get_params(deep=False)
    given = estimator.get_params(deep=False)
    return {k: v for k, v in given.items() if repr(v) != repr(defaults[k])
            and not hasattr(v, "get_params")}


def names_of(estimator):
    names = getattr(estimator, "feature_names_in_", None)
    return {} if names is None else {"feature_names_in_": list(names)}


def tree_numbers(estimator):
    tree = estimator.tree_
    found = attributes(tree, "children_left", "children_right", "feature", "threshold", "value",
                       "impurity", "n_node_samples", "weighted_n_node_samples")
    if "missing_go_to_left" in tree.__getstate__()["nodes"].dtype.names:
        found["missing_go_to_left"] = tree.__getstate__()["nodes"]["missing_go_to_left"]
    found["n_features_in_"] = tree.n_features
    found["max_features_"] = int(estimator.max_features_)
    return found


def tree_classifier(estimator):
    found = tree_numbers(estimator)
    found["classes_"] = estimator.classes_
    return found


def forest(estimator):
    found = {"estimators_": [describe(tree) for tree in estimator.estimators_]}
    if hasattr(estimator, "classes_"):
        found["classes_"] = estimator.classes_
    return found


def neighbors(estimator):
    found = attributes(estimator, "classes_", "_y", "_fit_X")
    return found


def bayes(estimator):
    found = attributes(estimator, "classes_", "theta_", "class_prior_")
    found["var_"] = estimator.var_ if hasattr(estimator, "var_") else estimator.sigma_
    return found


def imputer(estimator):
    found = attributes(estimator, "statistics_")
    if getattr(estimator, "indicator_", None) is not None:
        found["indicator_features"] = estimator.indicator_.features_
    return found


def encoder(estimator):
    return {"categories_": [list(column.tolist()) for column in estimator.categories_]}


def columns(estimator):
    import numpy
    count = getattr(estimator, "n_features_in_", getattr(estimator, "_n_features", None))
    found = {"n_features_in_": int(count)}
    if isinstance(estimator.remainder, str):
        found["remainder"] = estimator.remainder
    found["sparse_output_"] = bool(estimator.sparse_output_)
    names = getattr(estimator, "names_for_test", None)
    if names is not None:
        found["feature_names_in_"] = list(names)
    found.update(names_of(estimator))
    assert isinstance(numpy.int64(1), numpy.integer)
    return found


NUMBERS = {
    "LinearRegression": lambda e: attributes(e, "coef_", "intercept_"),
    "Ridge": lambda e: attributes(e, "coef_", "intercept_"),
    "LogisticRegression": lambda e: attributes(e, "coef_", "intercept_", "classes_"),
    "SGDClassifier": lambda e: attributes(e, "coef_", "intercept_", "classes_"),
    "StandardScaler": lambda e: attributes(e, "mean_", "scale_"),
    "MinMaxScaler": lambda e: attributes(e, "data_min_", "data_max_"),
    "OneHotEncoder": encoder,
    "SimpleImputer": imputer,
    "PCA": lambda e: attributes(e, "components_", "mean_", "explained_variance_"),
    "KMeans": lambda e: attributes(e, "cluster_centers_"),
    "GaussianNB": bayes,
    "KNeighborsClassifier": neighbors,
    "DecisionTreeClassifier": tree_classifier,
    "DecisionTreeRegressor": tree_numbers,
    "RandomForestClassifier": forest,
    "RandomForestRegressor": forest,
    "MLPClassifier": lambda e: attributes(e, "coefs_", "intercepts_", "classes_"),
    "MLPRegressor": lambda e: attributes(e, "coefs_", "intercepts_"),
    "Pipeline": lambda e: {},
    "ColumnTransformer": columns,
}


def parts_of(estimator):
    """The steps or transformers, described; None for estimators without."""
    if hasattr(estimator, "steps"):
        return [[name, describe(step), None] for name, step in estimator.steps]
    if hasattr(estimator, "transformers_"):
        fitted = {part[0]: part[1] for part in estimator.transformers_}
        given = [(name, part if isinstance(part, str) else fitted[name], where)
                 for name, part, where in estimator.transformers]
        return [[name, describe(part), list(where)] for name, part, where in given]
    return None


def describe(estimator):
    """What TOOL makes an estimator from: plain dicts, lists, texts, numbers and arrays."""
    import sklearn
    if isinstance(estimator, str):
        return estimator
    name = type(estimator).__name__
    numbers = {} if parts_of(estimator) is not None else parameters(estimator)
    if name != "Pipeline":
        numbers.update(names_of(estimator))
    numbers.update(NUMBERS[name](estimator))
    return {"class": name, "version": sklearn.__version__, "set": numbers,
            "parts": parts_of(estimator)}


def linear_cases(X, y, numbers):
    from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge, SGDClassifier
    import numpy
    texts = numpy.array(["ant", "bee", "c\u00e9cidie"])[y]
    yield LinearRegression().fit(X, numbers), X
    yield LinearRegression().fit(X, numpy.array([numbers, -numbers]).T), X
    yield LinearRegression(fit_intercept=False).fit(X, numbers), X
    yield Ridge(alpha=0.5).fit(X, numbers), X
    yield LogisticRegression().fit(X, y), X
    yield LogisticRegression(C=3.0, max_iter=200).fit(X, texts), X
    yield LogisticRegression().fit(X, y > 0), X
    yield SGDClassifier(max_iter=50, tol=1e-3).fit(X, texts), X
    yield SGDClassifier(loss="modified_huber", max_iter=50, tol=1e-3).fit(X, y % 2), X
    yield LogisticRegression().fit(X.astype("f4"), y), X


def point_cases(X, y, numbers):
    from sklearn.cluster import KMeans
    from sklearn.decomposition import PCA
    from sklearn.naive_bayes import GaussianNB
    from sklearn.neighbors import KNeighborsClassifier
    yield PCA().fit(X), X
    yield PCA(n_components=2, whiten=True).fit(X), X
    yield KMeans(n_clusters=3, n_init=2).fit(X), X
    yield GaussianNB().fit(X, y), X
    yield KNeighborsClassifier(algorithm="brute").fit(X, y), X
    yield KNeighborsClassifier(n_neighbors=3, p=1, weights="distance").fit(X, y + 5), X
    yield KNeighborsClassifier(n_neighbors=3, p=3).fit(X, y), X


def transformer_cases(X, y, numbers):
    import numpy
    from sklearn import __version__
    from sklearn.impute import SimpleImputer
    from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, StandardScaler
    holes = X.copy()
    holes[::4, 1] = numpy.nan
    texts = numpy.array([["a", "red"], ["c", "blue"], ["b", "red"]], dtype=object)
    yield StandardScaler().fit(X), X
    yield StandardScaler(with_mean=False).fit(X), X
    yield MinMaxScaler().fit(X), X
    yield MinMaxScaler(feature_range=(-1, 2)).fit(X), X
    yield OneHotEncoder().fit(texts), texts
    yield OneHotEncoder(handle_unknown="ignore").fit(texts), texts.astype("U")
    yield OneHotEncoder(categories="auto").fit(numpy.array([[1.5, 2], [3, 4]])), \
        numpy.array([[3, 2], [1.5, 4]])
    yield SimpleImputer().fit(holes), holes
    yield SimpleImputer(strategy="most_frequent").fit(texts), texts
    if not __version__.startswith("0.20."):
        yield SimpleImputer(strategy="median", add_indicator=True).fit(holes), holes
        yield OneHotEncoder(drop="first").fit(texts), texts


def tree_cases(X, y, numbers):
    import numpy
    from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
    texts = numpy.array(["no", "perhaps", "yes"])[y]
    yield DecisionTreeClassifier(max_depth=4).fit(X, y), X
    yield DecisionTreeClassifier().fit(X, texts), X
    yield DecisionTreeRegressor(max_depth=4).fit(X, numbers), X
    yield DecisionTreeRegressor().fit(X, numpy.array([numbers, -numbers]).T), X
    yield RandomForestClassifier(n_estimators=5).fit(X, texts), X
    yield RandomForestRegressor(n_estimators=5, max_depth=3).fit(X, numbers), X


def network_cases(X, y, numbers):
    import numpy
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    yield MLPClassifier(hidden_layer_sizes=(5, 3), max_iter=30).fit(X, y), X
    yield MLPClassifier(hidden_layer_sizes=(5,), activation="tanh", max_iter=30).fit(
        X, numpy.array(["a", "b"])[y % 2]), X
    yield MLPRegressor(hidden_layer_sizes=(4,), max_iter=30).fit(X, numbers), X
    yield MLPRegressor(hidden_layer_sizes=(), max_iter=30).fit(X, numbers), X


def composed_cases(X, y, numbers):
    from sklearn.compose import ColumnTransformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, StandardScaler
    yield Pipeline([("scale", StandardScaler()), ("model", LogisticRegression())]).fit(X, y), X
    mixed = X.copy()
    mixed[:, 3] = y
    for rest in ("drop", "passthrough"):
        split = ColumnTransformer([("a", StandardScaler(), [0, 2]),
                                   ("b", OneHotEncoder(categories="auto"), [3])], remainder=rest)
        yield split.fit(mixed), mixed
    split = ColumnTransformer([("kept", "passthrough", [1]), ("left", "drop", [2])],
                              remainder="passthrough").fit(X)
    yield split, X
    whole = Pipeline([("split", ColumnTransformer([("a", MinMaxScaler(), [0, 1, 2, 3])])),
                      ("model", LogisticRegression())])
    yield whole.fit(X, y), X


def frame_cases(X, y, numbers):
    """With names of columns, where pandas is at hand."""
    try:
        import pandas
    except ImportError:
        return
    from sklearn.compose import ColumnTransformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler
    frame = pandas.DataFrame(X, columns=list("wxyz"))
    frame["kind"] = [("red", "green", "blue")[i % 3] for i in range(len(X))]
    parts = [("n", StandardScaler(), ["w", "x"]), ("k", OneHotEncoder(), ["kind"])]
    for rest in ("drop", "passthrough"):
        split = ColumnTransformer(parts, remainder=rest).fit(frame)
        split.names_for_test = list(frame.columns)
        yield split, frame
    yield StandardScaler().fit(frame[["w", "x"]]), frame[["w", "x"]]
    yield LogisticRegression().fit(frame[["w", "x"]], y), frame[["w", "x"]]
    if hasattr(StandardScaler().fit(frame[["w", "x"]]), "feature_names_in_"):
        whole = Pipeline([("split", ColumnTransformer(parts)), ("model", LogisticRegression())])
        yield whole.fit(frame, y), frame


def all_cases():
    import numpy
    rng = numpy.random.RandomState(7)
    X, y = rng.rand(40, 4), numpy.arange(40) % 3
    X[:, 0] += y
    numbers = X.dot([1.0, 2.0, 3.0, 4.0]) + rng.rand(40)
    for group in (linear_cases, point_cases, transformer_cases, tree_cases, network_cases,
                  composed_cases, frame_cases):
        for case in group(X, y, numbers):
            yield case


def run_all(model, X):
    """What every method of a model gives, made dense; what cannot run is left out."""
    import numpy
    results = {}
    for method in METHODS:
        call = getattr(model, method, None)
        if call is None:
            continue
        try:
            with numpy.errstate(all="ignore"):  # the logarithm of 0
                result = call(results["transform"]) if method.startswith("inverse") else call(X)
        except (AttributeError, KeyError):
            continue
        except ValueError:
            if not method.startswith("inverse"):
                raise
            continue
        results[method] = result.toarray() if hasattr(result, "toarray") else result
    return results


def load_and_run(path, X):
    """A model, what its methods give, and the set of warnings that this took."""
    import joblib
    joblib.load(path)  # what is imported now warns of other things than the model
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        model = joblib.load(path)
        results = run_all(model, X)
        repr(model)
    return model, results, set(str(warning.message) for warning in caught)


def fit(folder):
    import joblib
    warnings.simplefilter("ignore")
    with open(os.path.join(folder, "names"), "w") as names:
        for number, (model, X) in enumerate(all_cases()):
            path = os.path.join(folder, "%03d" % number)
            joblib.dump(describe(model), path + ".spec")
            joblib.dump(model, path + ".original")
            with open(path + ".X", "wb") as stream:
                pickle.dump(X, stream)
            names.write("%s\n" % type(model).__name__)


def same(found, wanted):
    import numpy
    found, wanted = numpy.asarray(found), numpy.asarray(wanted)
    if found.shape != wanted.shape or found.dtype.kind != wanted.dtype.kind:
        return False
    differs = found != wanted
    if wanted.dtype.kind == "f":
        differs &= (found == found) | (wanted == wanted)
    return not differs.any()


def check_case(path, name):
    """Yields what is wrong with one model."""
    with open(path + ".X", "rb") as stream:
        X = pickle.load(stream)
    _, wanted, usual = load_and_run(path + ".original", X)
    model, found, warned = load_and_run(path + ".joblib", X)
    for warning in sorted(warned - usual):
        yield warning
    if type(model).__name__ != name:
        yield "is a %s" % type(model).__name__
    if sorted(found) != sorted(wanted):
        yield "has %s, expected %s" % (sorted(found), sorted(wanted))
    for method in sorted(set(found) & set(wanted)):
        if not same(found[method], wanted[method]):
            yield "%s differs" % method


def check(folder):
    import sklearn
    warnings.simplefilter("ignore")
    failed, methods = 0, 0
    with open(os.path.join(folder, "names")) as stream:
        names = stream.read().split()
    for number, name in enumerate(names):
        path = os.path.join(folder, "%03d" % number)
        try:
            found = list(check_case(path, name))
        except Exception as error:  # whatever scikit-learn says of the model
            found = ["%s: %s" % (type(error).__name__, error)]
        for what in found:
            print("%s %d %s: %s" % (sklearn.__version__, number, name, what))
        failed += bool(found)
    print("scikit-learn %s: %d models, %d failed" % (sklearn.__version__, len(names), failed))
    return failed > 0


def make_models(tool, folder):
    """Lets the tool make each model. Returns how many it refused."""
    refused = 0
    for name in sorted(os.listdir(folder)):
        if name.endswith(".spec"):
            spec = os.path.join(folder, name)
            refused += subprocess.call([tool, spec, spec[:-5] + ".joblib"]) != 0
    return refused


def main(words):
    if words[0] == "--fit":
        return fit(words[1])
    if words[0] == "--check":
        return check(words[1])
    failed = 0
    for python in words[1:]:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.check_call([python, os.path.abspath(__file__), "--fit", folder])
            failed += make_models(words[0], folder)
            failed += subprocess.call([python, os.path.abspath(__file__), "--check", folder])
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
