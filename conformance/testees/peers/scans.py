"""What scanners of pickles say of hostile files and of models."""
import concurrent.futures
import glob
import os
import shlex
import subprocess
import sys
import tempfile

from cases import read_cases
from testee import Testee

HERE = os.path.dirname(os.path.abspath(__file__))
VECTORS = os.path.join(os.path.dirname(os.path.dirname(HERE)), "vectors")
NO_NAMES = "list-laughs"  # a bomb of references
MODELS = "py3.13-sklearn1.9"


def hostile_files():
    """Those of the audit whose only right outcome is dangerous, and valid ones with names."""
    cases = read_cases(VECTORS, areas=["audit", "valid/hostile"])
    return [case.path() for case in cases if NO_NAMES not in case.name and (
        case.kind == "valid" or case.expect["audit"]["outcomes"] == ["dangerous"])]


def joblib_models():
    return sorted(glob.glob(os.path.join(VECTORS, "inference", "*", "*", "model.joblib")))


def plain_models(folder):
    """Plain pickles of the estimators of the newest scikit-learn."""
    import install
    program = os.path.join(HERE, "python", "plain_models.py")
    subprocess.run([install.python(MODELS), program, folder], check=True, stdout=sys.stderr)
    return sorted(glob.glob(os.path.join(folder, "*.pkl")))


def ask(peer, groups):
    """The answers of one scanner to the files of each group."""
    testee = Testee(shlex.join(peer.command()), 120)
    answers = [[testee.ask(["audit", path])["audit"]["outcome"] for path in files]
               for files in groups]
    testee.stop()
    return "%s %s" % (peer.name, testee.hello["version"]), answers


def counted(scanners):
    """Titles and files of the groups, and for each scanner its name and its answers."""
    with tempfile.TemporaryDirectory() as folder:
        groups = [("hostile files", hostile_files()), ("models by joblib", joblib_models()),
                  ("models by pickle", plain_models(folder))]
        files = [group for _, group in groups]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            answers = list(pool.map(lambda peer: ask(peer, files), scanners))
        return groups, answers
