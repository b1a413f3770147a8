"""Asks scikit-learn again what the models of vectors/inference give, each in its own release.

Usage: check_models.py [ENVIRONMENT ...]      without environments: all that are there

Each model and its input are loaded by joblib. What is exact must be the same again; the rest must
be within its bound, because sums differ between processors. Prints "N passed, N failed".
Works in Python 2.7 and 3.6 or newer. The models are ours: nothing else is loaded.
"""
from __future__ import print_function

import base64
import glob
import io
import json
import os
import subprocess
import sys
import warnings

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
INFERENCE = os.path.join(os.path.dirname(HERE), "vectors", "inference")
EXPECTED = "expected.json"


def read_case(folder):
    with io.open(os.path.join(folder, EXPECTED), encoding="ascii") as stream:
        return json.load(stream)


def folders_of(environment):
    """The cases that an environment made."""
    paths = glob.glob(os.path.join(INFERENCE, "*", "*", EXPECTED))
    return sorted(folder for folder in map(os.path.dirname, paths)
                  if read_case(folder)["made_by"].endswith(" in " + environment))


def to_numpy(array):
    import numpy
    data = numpy.frombuffer(base64.b64decode(array["data"]), dtype=str(array["dtype"]))
    return data.reshape([int(size) for size in array["shape"]])


def is_near(expected, found, bound):
    import numpy
    one, other, limit = (to_numpy(value["ndarray"]) for value in (expected, found, bound))
    if one.shape != other.shape or one.dtype != other.dtype:
        return False
    with numpy.errstate(invalid="ignore"):
        near = (one == other) | (abs(one - other) <= limit) | ((one != one) & (other != other))
    return near.all()


def find_difference(expected, found):
    """The method that gives something else, or None."""
    if sorted(expected) != sorted(found):
        return "the methods are %s" % sorted(found)
    for method, want in expected.items():
        have = found[method]["outputs"]
        bounds = want.get("bound")
        if len(have) != len(want["outputs"]):
            return method
        if not bounds and have != want["outputs"]:
            return method
        if bounds and not all(map(is_near, want["outputs"], have, bounds)):
            return method
    return None


def check_environment(environment):
    """Runs inside the environment. Returns the number of failures."""
    sys.path[:0] = [HERE, os.path.join(HERE, "models")]
    import joblib
    import inference
    warnings.simplefilter("ignore")
    folders, bad = folders_of(environment), 0
    for folder in folders:
        model, rows = (joblib.load(os.path.join(folder, name + ".joblib"))
                       for name in ("model", "input"))
        # Through JSON, so that both sides have the same types.
        found = json.loads(json.dumps(inference.expectation(model, rows)["methods"]))
        difference = find_difference(read_case(folder)["expect"]["methods"], found)
        if difference:
            print("%s: %s" % (os.path.relpath(folder, INFERENCE), difference))
            bad += 1
    print("%s: %d passed, %d failed" % (environment, len(folders) - bad, bad))
    return bad


def run_environment(name):
    """Its exit status, or None where the environment is not there."""
    import environments
    python = environments.interpreter(name)
    if python is None:
        print("%s: not present, left out (environments.py makes it)" % name)
        return None
    sys.stdout.flush()
    settings = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1",
                    PYTHONWARNINGS="ignore", PYTHONDONTWRITEBYTECODE="1")
    return subprocess.call([python, os.path.abspath(__file__), "--inside", name], env=settings)


def main(words):
    if words[:1] == ["--inside"]:
        return 1 if check_environment(words[1]) else 0
    import make
    done = [run_environment(name) for name in words or make.SKLEARN]
    return 1 if any(done) or all(status is None for status in done) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
