"""The portable profile: what plain Python of its range makes of files that conform.

Usage: portable.py COMMAND VECTORS --environments NAME...
       those of conformance/generate/environments.py that are there; 77 for fewer than two

Each interpreter dumps the values of VALUES and fitted models with plain joblib (--make).
`COMMAND convert --profile portable` must convert all of them and refuse those of REFUSED, without a
file. All interpreters load, with warnings as errors, the converted values and every vector that
`COMMAND check --profile portable` accepts (--load), and must find the same in each; a model is
loaded where its release is, and must predict as it did (--run). Exit status 1 if anything differs.
"""
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import warnings

import upgrades

# Rules of spec/profile.md that a value breaks: by expression.
REFUSED = {
    "dtypes": "numpy.array(['2020-01-01'], dtype='M8[D]')",
    "integers": "2 ** 63",
    "unicode": "'\\ud800'",
    "objects": "numpy.array([[1], [2, 3]], dtype=object)",
    "records": "numpy.zeros(2, dtype=[('a', 'i4'), ('b', 'f8')])",
    "arrays": "numpy.array([[1.0]]).view(numpy.matrix)",
    "names": "slice(1, 2)",
    "nesting": "cycle()",
    "estimators": "StandardScaler()",
}


# What numpy 2.5 says of each array that joblib loads.
JOBLIBS_OWN = "Setting the shape on a NumPy array"


def values():
    import collections
    import numpy
    yield None
    yield [True, False, 0, -1, 2 ** 63 - 1, -2 ** 63, 0.1, float("inf"), 1 + 2j, "", "é€\U0001f600\x00",
           b"\x00\xff", bytearray(b"ab"), (), (1,), {1: "a", "b": [2.5], None: ()}, {1, 2},
           frozenset(["x"]), collections.OrderedDict([("b", 1), ("a", 2)])]
    shared = [1, 2]
    yield {"a": shared, "b": shared}
    for word in "b1 i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8 c8 c16".split():
        numbers = numpy.arange(6).astype(word).reshape(2, 3)
        yield [numbers, numpy.asfortranarray(numbers), numbers[0, 1], numbers[:0],
               numpy.dtype(word)]
    yield numpy.array(["a", "bcé"]), numpy.array([b"a", b"bc"]), numpy.str_("x"), numpy.bytes_(b"y")
    yield numpy.array(["a", None, 1, 2.5, True], dtype=object)
    yield [numpy.float32, numpy.float64, numpy.int32, numpy.int64]
    yield numpy.zeros((1,) * 32)


def models():
    import numpy
    from sklearn.dummy import DummyClassifier, DummyRegressor
    from sklearn.ensemble import (ExtraTreesClassifier, ExtraTreesRegressor,
                                  RandomForestClassifier, RandomForestRegressor)
    from sklearn.linear_model import (LinearRegression, LogisticRegression, Ridge, RidgeClassifier)
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import MinMaxScaler, StandardScaler
    from sklearn.tree import (DecisionTreeClassifier, DecisionTreeRegressor, ExtraTreeClassifier,
                              ExtraTreeRegressor)
    rng = numpy.random.RandomState(3)
    X = rng.rand(30, 3)
    words = numpy.array(["a", "b", "c"] * 10)
    for target in (words, words.astype(object), numpy.arange(30) % 3):
        yield DummyClassifier(strategy="prior").fit(X, target), X
        for kind in (RidgeClassifier, LogisticRegression, DecisionTreeClassifier,
                     ExtraTreeClassifier):
            yield kind().fit(X, target), X
        for kind in (RandomForestClassifier, ExtraTreesClassifier):
            yield kind(n_estimators=3, random_state=1).fit(X, target), X
    numbers = rng.rand(30)
    for kind in (DummyRegressor, LinearRegression, Ridge, DecisionTreeRegressor, ExtraTreeRegressor):
        yield kind().fit(X, numbers), X
    for kind in (RandomForestRegressor, ExtraTreesRegressor):
        yield kind(n_estimators=3, random_state=1).fit(X, numbers), X
    yield StandardScaler().fit(X), X
    yield MinMaxScaler().fit(X), X
    yield Pipeline([("s", StandardScaler()), ("m", LogisticRegression())]).fit(X, words), X


def cycle():
    value = []
    value.append(value)
    return value


def describe(value):
    """What a value is, to the last bit, as lists and texts; shared references too."""
    import numpy
    met = {}

    def tell(item):
        kind = type(item).__name__
        if isinstance(item, numpy.ndarray) and item.dtype.kind != "O":
            order = "F" if item.flags.f_contiguous and not item.flags.c_contiguous else "C"
            data = hashlib.sha256(item.tobytes()).hexdigest()
            return [kind, item.dtype.str, list(item.shape), order, data]
        if isinstance(item, numpy.generic):
            return ["scalar", item.dtype.str, item.tobytes().hex()]
        if isinstance(item, numpy.dtype):
            return ["dtype", item.str]
        if isinstance(item, type):
            return ["class", item.__module__, item.__name__]
        if isinstance(item, (list, dict, numpy.ndarray, set)):
            if id(item) in met:
                return ["again", met[id(item)]]
            met[id(item)] = len(met)
        if isinstance(item, dict):
            return [kind, [[tell(key), tell(part)] for key, part in item.items()]]
        if isinstance(item, (set, frozenset)):
            return [kind, sorted(map(repr, map(tell, item)))]
        if isinstance(item, numpy.ndarray):
            return [kind, "O", list(item.shape), [tell(part) for part in item.ravel().tolist()]]
        if isinstance(item, (list, tuple)):
            return [kind, [tell(part) for part in item]]
        if item is None or isinstance(item, (bool, int, float, complex, str, bytes, bytearray)):
            return [kind, repr(item)]
        raise ValueError("a value of type %s" % kind)

    return tell(value)


def results(model, X):
    import numpy
    found = {}
    for method in ("predict", "predict_proba", "decision_function", "transform"):
        if hasattr(model, method):
            found[method] = describe(numpy.asarray(getattr(model, method)(X)))
    return found


def make(folder):
    import joblib
    import numpy
    import sklearn
    warnings.simplefilter("ignore")
    kept = {"version": sklearn.__version__, "values": [], "models": []}
    for number, value in enumerate(values()):
        joblib.dump(value, os.path.join(folder, "value%02d" % number), protocol=2 + number % 4,
                    compress=["zlib", "gzip", "xz", 0][number % 4])
        kept["values"].append(describe(value))
    for number, (model, X) in enumerate(models()):
        joblib.dump(model, os.path.join(folder, "model%02d" % number))
        joblib.dump(X, os.path.join(folder, "rows"))
        kept["models"].append(results(model, X))
    scope = {"numpy": numpy, "cycle": cycle}
    from sklearn.preprocessing import StandardScaler
    scope["StandardScaler"] = StandardScaler
    for rule, text in REFUSED.items():
        joblib.dump(eval(text, scope), os.path.join(folder, "refused-" + rule))
    with open(os.path.join(folder, "kept"), "w") as stream:
        json.dump(kept, stream)


def load_strictly(path):
    import joblib
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", JOBLIBS_OWN)
        return joblib.load(path)


def load_all(listing):
    """Prints what each file of a list holds, or how it failed; `models` are only loaded."""
    import joblib
    import sklearn
    mark = "-sklearn%s/" % ".".join(sklearn.__version__.split(".")[:2])
    found = {}
    with open(listing) as stream:
        for level, path in json.load(stream):
            if level == 3 and mark not in path:
                continue
            try:
                value = load_strictly(path)
                found[path] = type(value).__name__ if level == 3 else describe(value)
            except Exception as error:  # whatever Python says of the file
                found[path] = "%s: %s" % (type(error).__name__, error)
                print("%s %s: %s" % (joblib.__version__, path, found[path]), file=sys.stderr)
    json.dump(found, sys.stdout)


def run_models(folder):
    """How many models of a folder do not predict as they did before they were converted."""
    import joblib
    with open(os.path.join(folder, "kept")) as stream:
        kept = json.load(stream)
    X = joblib.load(os.path.join(folder, "rows"))
    wrong = 0
    for number, wanted in enumerate(kept["models"]):
        model = load_strictly(os.path.join(folder, "model%02d.portable" % number))
        if results(model, X) != wanted:
            print("scikit-learn %s: model %d predicts otherwise" % (kept["version"], number))
            wrong += 1
    print("scikit-learn %s: %d models run, %d otherwise" % (kept["version"], len(kept["models"]), wrong))
    return wrong > 0


def convert(command, folder):
    """Converts what Python made; how often that ended otherwise than it must."""
    wrong = 0
    for name in sorted(os.listdir(folder)):
        if name in ("kept", "rows"):
            continue
        path, out = os.path.join(folder, name), os.path.join(folder, name + ".portable")
        call = subprocess.run([command, "convert", path, out, "--profile", "portable"],
                              stderr=subprocess.PIPE, universal_newlines=True)
        rule = name[len("refused-"):] if name.startswith("refused-") else None
        good = (call.returncode == 0) if rule is None else (
            call.returncode == 1 and not os.path.exists(out) and ": %s: " % rule in call.stderr)
        if not good:
            print("%s: %s" % (path, call.stderr))
            wrong += 1
    return wrong


def accepted(command, folders):
    """Level and path of the files that conform."""
    call = subprocess.run([command, "check", "--profile", "portable"] + folders,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, universal_newlines=True)
    for line in call.stdout.splitlines():
        path, _, level = line.partition(", portable of level ")
        if level:
            yield int(level), path.split(": ok, ")[0]


def compare(command, vectors, pythons, root):
    """Everything; how much of it failed."""
    script, failed = os.path.abspath(__file__), 0
    folders = [os.path.join(root, str(number)) for number in range(len(pythons))]
    for python, folder in zip(pythons, folders):
        os.mkdir(folder)
        subprocess.check_call([python, script, "--make", folder])
        failed += convert(command, folder)
    listing = os.path.join(root, "listing")
    made = [os.path.join(folder, name) for folder in folders for name in sorted(os.listdir(folder))
            if name.startswith("value") and name.endswith(".portable")]
    files = list(accepted(command, [vectors] + made))
    with open(listing, "w") as stream:
        json.dump(files, stream)
    failed += sum(path not in [name for _, name in files] for path in made)
    found = [json.loads(subprocess.check_output([python, script, "--load", listing]).decode())
             for python in pythons]
    for level, path in files:
        told = [one[path] for one in found if path in one]
        if path in made:
            folder = os.path.dirname(path)
            with open(os.path.join(folder, "kept")) as stream:
                told.append(json.load(stream)["values"][int(os.path.basename(path)[5:7])])
        if any(one != told[0] for one in told) or (level < 3 and len(told) < len(pythons)) or (
                told and isinstance(told[0], str) and ":" in told[0]):
            print("%s: %s" % (path, told))
            failed += 1
    print("%d files conform, %d of them models" % (len(files), sum(one[0] == 3 for one in files)))
    return failed + sum(subprocess.call([python, script, "--run", folder])
                        for python, folder in zip(pythons, folders))


def main(words):
    if words[0] in ("--make", "--load", "--run"):
        return {"--make": make, "--load": load_all, "--run": run_models}[words[0]](words[1])
    pythons = upgrades.environments(words[3:])
    if len(pythons) < 2:
        print("skipped: fewer than two of the environments are there")
        return 77
    with tempfile.TemporaryDirectory() as root:
        failed = compare(words[0], words[1], pythons, root)
    print("%d failures" % failed)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
