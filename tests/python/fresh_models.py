"""Fits new models with random data and parameters, and compares what the command predicts.

Usage: fresh_models.py COMMAND SEED COUNT

Runs in an environment of conformance/generate. NEWEST_PYTHON is the interpreter of the newest
one, needed where joblib is older than 1.2. With KEEP=FOLDER what differs is kept there.

Each round draws a class, parameters, a target and an input, dumps the fitted model with joblib,
runs `COMMAND predict` for each method and compares its output with scikit-learn's: labels, trees,
scalers and constants by their bits, the rest within the bound that the vectors use. A combination
that this scikit-learn refuses is drawn again. Exit status 1 if anything differs.
"""
from __future__ import print_function

import os
import shutil
import subprocess
import sys
import tempfile
import warnings

import joblib
import numpy as np
import scipy.sparse as sp
import sklearn

HERE = os.path.dirname(os.path.abspath(__file__))
GENERATE = os.path.join(HERE, "..", "..", "conformance", "generate")
sys.path[:0] = [GENERATE, os.path.join(GENERATE, "models")]
sys.dont_write_bytecode = True
import draw  # noqa: E402
from inference import REFUSALS, rule, run_methods  # noqa: E402

PROTOCOLS = [2, 2] if sys.version_info[0] == 2 else [None, 2, 3, 4]


def same(found, wanted):
    """Equal bits, but for NaN and for objects, which are compared as values.

    Bytes may differ in the size of their type: numpy before 1.17 made lists of them too wide.
    """
    if found.dtype.kind == "S":
        found = found.astype(wanted.dtype)
    if found.dtype != wanted.dtype or found.shape != wanted.shape:
        return False
    if wanted.dtype.kind in "fc":
        return bool(((found == wanted) | (np.isnan(found) & np.isnan(wanted))).all())
    return bool((found == wanted).all())


def compare(found, wanted, bound):
    """None, or what differs between two arrays or matrices."""
    if sp.issparse(wanted):
        return None if same(found, wanted.toarray()) else "the sparse matrices differ"
    if bound is None or same(found, wanted):
        return None if same(found, wanted) else "%s %s is not %s %s, or differs" % (
            found.dtype, found.shape, wanted.dtype, wanted.shape)
    if found.dtype != wanted.dtype or found.shape != wanted.shape:
        return "%s %s is not %s %s" % (found.dtype, found.shape, wanted.dtype, wanted.shape)
    with np.errstate(invalid="ignore"):
        excess = np.abs(found.astype("f8") - wanted) - bound
    bad = (excess > 0) & (found != wanted)
    return "%d numbers beyond the bound, by %g" % (bad.sum(), excess.max()) if bad.any() else None


def load_outputs(path):
    """The arrays of a file as joblib 1.2 and later write it, read by a joblib that can."""
    folder = path + ".parts"
    shutil.rmtree(folder, ignore_errors=True)
    os.mkdir(folder)
    newest = os.environ.get("NEWEST_PYTHON", sys.executable)
    subprocess.check_call([newest, os.path.join(HERE, "split_outputs.py"), path, folder],
                          env=dict(os.environ, PYTHONPATH=""))
    files = sorted(os.listdir(folder))
    return [read_part(os.path.join(folder, name)) for name in files]


def read_part(path):
    array = np.load(path)
    return array.astype(object) if path.endswith("object.npy") else array


def read_outputs(path, wanted):
    if path.endswith(".joblib"):
        return load_outputs(path)
    if path.endswith(".npy"):
        return [np.load(path)]
    return [np.loadtxt(path, delimiter=",", skiprows=1, ndmin=2).astype(wanted[0].dtype)]


def ending(wanted):
    """Of the file that can hold the outputs."""
    if sp.issparse(wanted[0]):
        return ".csv"
    return ".joblib" if len(wanted) > 1 or wanted[0].dtype == object else ".npy"


def run_command(command, folder, method, wanted):
    """The outputs of the command, as a list; or what it said when it failed."""
    out = os.path.join(folder, "y" + ending(wanted))
    words = [command, "predict", os.path.join(folder, "model.joblib"),
             os.path.join(folder, "X.joblib"), "--method", method, "--output", out]
    process = subprocess.Popen(words, stderr=subprocess.PIPE)
    said = process.communicate()[1]
    if process.returncode != 0:
        return said.decode("utf-8").strip()
    return read_outputs(out, wanted)


def bound_of(model, X, method, value, results):
    """The vectors' bounds; False where a row is too near to another label to tell."""
    try:
        with np.errstate(all="ignore"):
            return rule(model, X, method, value, results)
    except AssertionError:
        return False


def check(command, folder, model, X, results):
    """Compares all methods. Yields what differs."""
    for method, value in results.items():
        wanted = value if isinstance(value, list) else [value]
        bound = bound_of(model, X, method, value, results)
        if bound is False:
            continue
        found = run_command(command, folder, method, wanted)
        if not isinstance(found, list):
            yield "%s: %s" % (method, found)
            continue
        for i, array in enumerate(wanted):
            problem = compare(found[i], array, bound and bound[i])
            if problem:
                yield "%s, output %d: %s" % (method, i, problem)


def one_round(command, folder, rng):
    """Draws until a model can be fitted. Returns its name and what differs."""
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                name, model, X = draw.model(rng)
                with np.errstate(all="ignore"):
                    results = run_methods(model, X)
        except REFUSALS:
            continue
        compress = [0, 3, ("gzip", 1), 9][rng.randint(4)]
        joblib.dump(model, os.path.join(folder, "model.joblib"), compress,
                    PROTOCOLS[rng.randint(len(PROTOCOLS))])
        joblib.dump(X, os.path.join(folder, "X.joblib"))
        return name, list(check(command, folder, model, X, results)), len(results)


def main(command, seed, count):
    rng, seen, failures, methods = np.random.RandomState(int(seed)), {}, 0, 0
    folder = tempfile.mkdtemp()
    for number in range(int(count)):
        name, problems, ran = one_round(command, folder, rng)
        seen[name.split("(")[0]] = seen.get(name.split("(")[0], 0) + 1
        methods += ran
        for problem in problems:
            failures += 1
            print("round %d, %s: %s" % (number, name, problem))
        if problems and "KEEP" in os.environ:
            shutil.copytree(folder, os.path.join(os.environ["KEEP"], "%s-%s-%d" % (
                sklearn.__version__, seed, number)))
    shutil.rmtree(folder)
    print("scikit-learn %s: %d models, %d methods, %d differ; %s" % (
        sklearn.__version__, int(count), methods, failures,
        ", ".join("%s %d" % pair for pair in sorted(seen.items()))))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
