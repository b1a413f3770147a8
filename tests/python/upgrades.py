"""Models rewritten for other releases: scikit-learn of those must load and run them alike.

Usage: upgrades.py COMMAND ENVIRONMENT_PYTHON...
       upgrades.py COMMAND --environments NAME...    those of conformance/generate/environments.py
                                                     that are there; 77 for fewer than two

Each interpreter fits estimators on small random data and keeps what their methods give (--fit).
`COMMAND upgrade` rewrites all of them for the releases of all interpreters. Each of these loads
what was rewritten for it with warnings as errors, and runs it (--check): all methods that both
releases have must give the same: labels equal, numbers to the last bits. A refusal is counted and
must be in REFUSED. Exit status 1 if anything differs. Python 3.6 or newer.
"""
import json
import os
import subprocess
import sys
import tempfile
import warnings

import other_cases
import templates

# What may be refused: class of the model, or "" for any, and a part of the reason.
REFUSED = [
    ("", " has no upgrade rule"),
    ("", " in another way since scikit-learn "),
    ("IsolationForest", "nothing of IsolationForest tells _average_path_length_per_tree"),
    ("LogisticRegression", "one-vs-rest"),
    ("LogisticRegression", "softmax"),
    ("OneHotEncoder", "has no drop"),
    ("Pipeline", "one-vs-rest"),
    ("SimpleImputer", "has no add_indicator"),
]

# Classes without a rule, or without one to all releases.
WITHOUT = """AdaBoostClassifier CalibratedClassifierCV CategoricalNB GammaRegressor
    GradientBoostingClassifier GradientBoostingRegressor GridSearchCV LogisticRegressionCV
    MiniBatchKMeans NMF NearestCentroid PoissonRegressor QuantileRegressor
    RadiusNeighborsClassifier RandomizedSearchCV StackingClassifier StackingRegressor
    TweedieRegressor VotingRegressor IsolationForest LinearDiscriminantAnalysis
    QuantileTransformer""".split()

# Warnings of packages that are newer or older than their users, and of no model.
USUAL = ["Data with input dtype", "Setting the shape on a NumPy array", "`np\\.(int|float|bool|object)` is",
         "Unlike other reduction functions", "the matrix subclass is not the recommended way",
         "Class PassiveAggressive", "'flatten_transform' default value", "threshold_ attribute is"]

# What releases compute otherwise from the same state: class, method.
OTHERWISE = [
    ("AdaBoostClassifier", "decision_function"),
    ("NuSVC", "decision_function"),
    ("OneVsOneClassifier", "decision_function"),
    ("SVC", "decision_function"),
]

# How much numbers may differ: other libraries of linear algebra add up in another order.
TOLERANCE = 1e-12


def more_cases(X, y, numbers):
    import numpy
    from sklearn.compose import ColumnTransformer
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, StandardScaler
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
    yield KNeighborsClassifier(algorithm="kd_tree").fit(X, y), X
    yield KNeighborsClassifier(algorithm="ball_tree", metric="chebyshev").fit(X, y), X
    yield LogisticRegression(multi_class="ovr").fit(X, y) if takes(
        LogisticRegression, "multi_class") else LogisticRegression().fit(X, y), X
    yield LogisticRegression(solver="liblinear").fit(X, y % 2), X
    yield LogisticRegression(solver="lbfgs", C=0.5).fit(X, y), X
    yield DecisionTreeClassifier(max_depth=3).fit(X, numpy.array([y, y % 2]).T), X
    yield DecisionTreeClassifier(class_weight="balanced").fit(X, y), X
    yield DecisionTreeRegressor(criterion=absolute_error()).fit(X, numbers), X
    yield RandomForestClassifier(n_estimators=4, bootstrap=False, max_features=None).fit(X, y), X
    mask = numpy.array([True, False, True, False])
    split = ColumnTransformer([("a", StandardScaler(), slice(0, 2)), ("b", MinMaxScaler(), mask),
                               ("c", "passthrough", [3]), ("d", StandardScaler(), [-1])])
    yield split.fit(X), X
    texts = numpy.array([["a", "red"], ["c", "blue"], ["b", "red"], ["a", "blue"]] * 10,
                        dtype=object)
    mixed = numpy.concatenate([X.astype(object), texts], axis=1)
    deep = Pipeline([
        ("split", ColumnTransformer([
            ("numbers", Pipeline([("s", StandardScaler()), ("m", MinMaxScaler())]), [0, 1]),
            ("texts", OneHotEncoder(handle_unknown="ignore"), [4, 5])],
            remainder="drop")),
        ("forest", RandomForestClassifier(n_estimators=3, max_depth=4))])
    yield deep.fit(mixed, y), mixed


def takes(kind, parameter):
    """Whether a constructor has a parameter, and does not warn of it."""
    default = kind().get_params().get(parameter, "deprecated")
    return default != "deprecated"


def absolute_error():
    import sklearn
    old = sklearn.__version__.startswith("0.")
    return "mae" if old else "absolute_error"


def all_cases():
    import numpy
    rng = numpy.random.RandomState(7)
    X, y = rng.rand(40, 4), numpy.arange(40) % 3
    X[:, 0] += y
    numbers = X.dot([1.0, 2.0, 3.0, 4.0]) + rng.rand(40)
    for group in (templates.linear_cases, templates.point_cases, templates.transformer_cases,
                  templates.tree_cases, templates.network_cases, templates.composed_cases,
                  more_cases):
        for case in group(X, y, numbers):
            yield case
    for case in other_cases.cases():
        yield case


def plain(values):
    """An array or list as JSON keeps it: dtype and nested lists. Floats keep every bit."""
    import numpy
    if isinstance(values, list):
        return ["list", values]
    if values.dtype.kind == "O" or values.dtype.kind in "US":
        return [values.dtype.str, values.tolist()]
    wide = values.astype("f8" if values.dtype.kind == "f" else values.dtype)
    return [values.dtype.str, numpy.where(wide == wide, wide, 0).tolist(),
            numpy.argwhere(wide != wide).tolist()]


def array_of(kept):
    import numpy
    if kept[0] == "list":
        return kept[1]
    values = numpy.array(kept[1], dtype=kept[0])
    for place in kept[2] if len(kept) > 2 else []:
        values[tuple(place)] = numpy.nan
    return values


def fit(folder):
    import joblib
    import numpy
    import sklearn
    warnings.simplefilter("ignore")
    cases = []
    for number, (model, X) in enumerate(all_cases()):
        joblib.dump(model, os.path.join(folder, "%03d" % number))
        results = templates.run_all(model, X)
        kept = {method: [plain(numpy.asarray(part)) for part in
                         (found if isinstance(found, list) else [found])]
                for method, found in results.items()}
        cases.append([type(model).__name__, plain(X), kept])
    with open(os.path.join(folder, "cases"), "w") as stream:
        json.dump([sklearn.__version__, cases], stream)


def same(found, wanted):
    import numpy
    found = numpy.asarray(found)
    numeric = found.dtype.kind in "biuf" and wanted.dtype.kind in "biuf"
    if found.shape != wanted.shape or not (numeric or found.dtype.kind == wanted.dtype.kind):
        return "is %s %s, expected %s %s" % (found.dtype, found.shape, wanted.dtype, wanted.shape)
    if wanted.dtype.kind != "f" or found.dtype.kind != "f":
        return None if (found == wanted).all() else "differs"
    sizes = numpy.abs(numpy.where(numpy.isfinite(wanted), wanted, 0)).ravel()
    scale = max(sizes.tolist() + [1])
    equal = (found == wanted) | ((found != found) & (wanted != wanted))
    tolerance = TOLERANCE if wanted.dtype.itemsize == 8 else 1e-6
    with numpy.errstate(invalid="ignore"):
        equal |= numpy.abs(found - wanted) <= tolerance * scale
    return None if equal.all() else "differs"


def check_model(path, X, wanted):
    """Yields what is wrong with one model, loaded with warnings as errors."""
    import joblib
    import numpy
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        joblib.load(path)  # what is imported now warns of other things than the model
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for message in USUAL:
            warnings.filterwarnings("ignore", message)
        model = joblib.load(path)
        repr(model)
        results = templates.run_all(model, array_of(X))
    for method in sorted(set(results) & set(wanted)):
        if (type(model).__name__, method) in OTHERWISE:
            continue
        found = results[method] if isinstance(results[method], list) else [results[method]]
        for part, kept in zip(found, wanted[method]):
            what = same(part, array_of(kept))
            if what:
                yield "%s %s" % (method, what)
    if "predict" in wanted and "predict" not in results:
        yield "has no predict"
    if "transform" in wanted and "transform" not in results:
        yield "has no transform"


def check(target, folders):
    failed = passed = 0
    for folder in folders:
        with open(os.path.join(folder, "cases")) as stream:
            source, cases = json.load(stream)
        for number, (name, X, wanted) in enumerate(cases):
            path = os.path.join(folder, "%03d.%s" % (number, target))
            if not os.path.exists(path):
                continue
            try:
                wrong = list(check_model(path, X, wanted))
            except Exception as error:  # whatever scikit-learn says of the model
                wrong = ["%s: %s" % (type(error).__name__, error)]
            for what in wrong:
                print("%s -> %s, %d %s: %s" % (source, target, number, name, what))
            failed += bool(wrong)
            passed += not wrong
    print("scikit-learn %s: %d models load and run alike, %d do not" % (target, passed, failed))
    return failed > 0


def upgrade(command, folder, target):
    """Rewrites all models of a folder. Returns how many were refused, and how many wrongly."""
    with open(os.path.join(folder, "cases")) as stream:
        source, cases = json.load(stream)
    refused = wrong = 0
    for number, (name, _, _) in enumerate(cases):
        path = os.path.join(folder, "%03d" % number)
        call = subprocess.Popen([command, "upgrade", path, "%s.%s" % (path, target), "--to",
                                 target], stderr=subprocess.PIPE, universal_newlines=True)
        reason = call.communicate()[1].strip()
        if call.returncode == 0:
            continue
        refused += 1
        known = any((name if kind else "") == kind and word in reason and
                    (kind or name in WITHOUT) for kind, word in REFUSED)
        if not known or call.returncode != 1:
            print("%s -> %s, %d %s: %s" % (source, target, number, name, reason))
            wrong += 1
    return refused, wrong


def version_of(python):
    code = "import sklearn; print(sklearn.__version__)"
    return subprocess.check_output([python, "-c", code], universal_newlines=True).strip()


def environments(names):
    """The interpreters of those environments that are there."""
    home = os.path.join(os.path.expanduser("~"), ".cache", "libjoblib", "environments")
    root = os.environ.get("LIBJOBLIB_ENVIRONMENTS", home)
    paths = [os.path.join(root, name, "bin", "python") for name in names]
    return [path for path in paths if os.path.exists(path)]


def main(words):
    if words[0] == "--fit":
        return fit(words[1])
    if words[0] == "--check":
        return check(words[1], words[2:])
    pythons = words[1:] if words[1] != "--environments" else environments(words[2:])
    if len(pythons) < 2:
        print("skipped: fewer than two of the environments are there")
        return 77
    return int(run(words[0], pythons) > 0)


def run(command, pythons):
    """Everything; how much of it failed."""
    failed = 0
    versions = {python: version_of(python) for python in pythons}
    with tempfile.TemporaryDirectory() as root:
        folders = []
        for python in pythons:
            folders.append(os.path.join(root, versions[python]))
            os.mkdir(folders[-1])
            subprocess.check_call([python, os.path.abspath(__file__), "--fit", folders[-1]])
        for python in pythons:
            counts = [upgrade(command, folder, versions[python]) for folder in folders]
            failed += sum(wrong for _, wrong in counts)
            failed += subprocess.call([python, os.path.abspath(__file__), "--check",
                                       versions[python]] + folders)
            print("to %s: %d refused" % (versions[python], sum(count for count, _ in counts)))
            sys.stdout.flush()
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
