"""Makes the vectors and vectors/INDEX.

Usage: make.py [--check] [MODULE ...]      without modules: all of them

Each module runs in its environments and writes into a fresh folder; the newest environment then
writes the expectations. The result goes over conformance/vectors. With --check nothing is
written there: new and present files are compared, but those of modules that train models only
where they are named: check_models.py checks these. An environment that is missing is named, and
its vectors stay as they are. Runs with the standard library of Python 3.9 or newer.
"""
import filecmp
import glob
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import environments  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
VECTORS = os.path.join(os.path.dirname(HERE), "vectors")
NEWEST = "py3.13-sklearn1.9"
NAMES = [row["name"] for row in environments.rows()]
SKLEARN = [name for name in NAMES if "sklearn" in name]
OLD = ["py2.7-joblib0.8", "py3.6-joblib0.9"]
PANDAS = [name for name in NAMES if "pandas" in name]
RELEASES = [name for name in NAMES if "-release" in name]
RUNS = [
    ("values", [NEWEST, "py3.6-sklearn0.20", "py3.8-sklearn1.0", "py3.11-sklearn1.4"]),
    ("objects", [NEWEST, "py3.8-sklearn0.24", "py2.7-sklearn0.18"]),
    ("arrays", [name for name in NAMES if name not in OLD + PANDAS + RELEASES]),
    ("dtypes", [NEWEST, "py3.6-joblib0.10", "py2.7-sklearn0.18"]),
    ("compressed", [NEWEST, "py3.8-sklearn1.0", "py3.6-sklearn0.20", "py3.6-joblib0.10",
                    "py2.7-sklearn0.18"] + OLD),
    ("python2", ["py2.7-sklearn0.18"]),
    ("estimators", SKLEARN),
    ("protocols", [NEWEST, "py2.7-sklearn0.18", "py3.6-joblib0.10", "py2.7-joblib0.14",
                   "py3.8-sklearn0.24", "py3.11-sklearn1.4"]),
    ("handmade", [NEWEST]),
    ("handmade_text", [NEWEST]),
    ("handmade_keys", [NEWEST]),
    ("audits", [NEWEST]),
    ("invalid", [NEWEST]),
    ("invalid_stack", [NEWEST]),
    ("invalid_text", [NEWEST]),
    ("invalid_arrays", [NEWEST]),
    ("invalid_files", [NEWEST]),
    ("invalid_compressed", [NEWEST]),
    ("linear", SKLEARN),
    ("trees", SKLEARN),
    ("preprocessing", SKLEARN),
    ("pipelines", SKLEARN),
    ("dummies", SKLEARN),
    ("legacy", ["py2.7-joblib0.8", "py3.6-joblib0.9"]),
    ("releases", RELEASES),
    ("npy", [NEWEST, "py2.7-joblib0.8"]),
    ("invalid_legacy", [NEWEST]),
    ("views", [NEWEST, "py2.7-sklearn0.18", "py3.6-sklearn0.20", "py3.8-sklearn1.0",
               "py3.9-sklearn1.2", "py3.11-sklearn1.4"]),
    ("pandas_frames", PANDAS),
]
# Training gives other last bits on another processor.
TRAINED = {"estimators", "linear", "trees", "preprocessing", "pipelines", "dummies"}

# Stands in the name of a file that belongs to the main file of a case: CASE.joblib_01.npy.
COMPANION = ".joblib_"


def run_environment(out, name, modules):
    """Runs the modules in one environment. False when the environment is not there.

    Each has a process of its own, so that no tag depends on what another imported.
    """
    python = environments.interpreter(name)
    if python is None:
        print("%s: not present, left out (environments.py makes it)" % name)
        return False
    settings = dict(os.environ, PYTHONHASHSEED="0", OMP_NUM_THREADS="1", PYTHONWARNINGS="ignore",
                    OPENBLAS_NUM_THREADS="1", PYTHONDONTWRITEBYTECODE="1")
    print("%s: %s" % (name, " ".join(modules)), flush=True)
    for module in modules:
        subprocess.check_call([python, os.path.join(HERE, "writer.py"), out, name, module],
                              env=settings)
    return True


def generate(out, wanted):
    """Fills the folder `out` with cases. Returns the (module, environment) pairs that ran."""
    done = set()
    for name in NAMES:
        modules = [module for module, names in RUNS
                   if name in names and (not wanted or module in wanted)]
        if modules and run_environment(out, name, modules):
            done |= {(module + ".py", name) for module in modules}
    subprocess.check_call([environments.interpreter(NEWEST), os.path.join(HERE, "expect.py"), out],
                          env=dict(os.environ, PYTHONDONTWRITEBYTECODE="1"))
    os.remove(os.path.join(out, "manifest"))
    return done


def files_below(folder):
    found = [path for kind in ("valid", "invalid", "inference", "audit")
             for path in glob.glob(os.path.join(folder, kind, "**", "*.*"), recursive=True)]
    return sorted(os.path.relpath(path, folder) for path in found if os.path.isfile(path))


def read_case(path):
    with open(path, encoding="ascii") as case:
        return json.load(case)


def case_of(path):
    """(name, joblib file, case file) of any file of a case."""
    folder, base = os.path.split(path)
    if base in ("model.joblib", "input.joblib", "expected.json"):
        return folder, folder + "/model.joblib", folder + "/expected.json"
    stem = path.split(COMPANION)[0] if COMPANION in path else os.path.splitext(path)[0]
    return stem, stem + ".joblib", stem + ".json"


def cases_below(folder):
    return sorted(set(case_of(path) for path in files_below(folder)))


def remove_stale(done, fresh):
    """Removes cases that the modules that ran no longer make."""
    for name, _, case in cases_below(VECTORS):
        path = os.path.join(VECTORS, case)
        if case in fresh or not os.path.exists(path):
            continue
        if tuple(read_case(path)["made_by"].split(" in ")) in done:
            stem = os.path.join(VECTORS, name)
            for old in glob.glob(stem + ".*") + glob.glob(os.path.join(stem, "*")):
                os.remove(old)
            if os.path.isdir(stem):
                os.rmdir(stem)


def bytes_of(path):
    """The bytes of a main file and, behind them, those of its companions by their names."""
    data = b""
    for part in [path] + sorted(glob.glob(glob.escape(path) + "_*")):
        with open(part, "rb") as stream:
            data += stream.read()
    return data


def index_text(folder):
    """A line for each case: name, tags, digest of its file and companions."""
    lines = []
    for name, data, case in cases_below(folder):
        case = read_case(os.path.join(folder, case))
        tags = ["level%d" % case["level"], case["need"]]
        tags += ["%s=%s" % item for item in case["tags"].items()]
        digest = hashlib.sha256(bytes_of(os.path.join(folder, data))).hexdigest()
        lines.append("%s\t%s\t%s\n" % (name, ",".join(tags), digest))
    return "".join(lines)


def write_index():
    with open(os.path.join(VECTORS, "INDEX"), "w", encoding="ascii") as index:
        index.write(index_text(VECTORS))


def compare(out):
    """Prints the files that differ from the vectors. Returns how many."""
    bad = 0
    for path in files_below(out):
        old = os.path.join(VECTORS, path)
        case = read_case(os.path.join(out, case_of(path)[2]))
        same = os.path.exists(old) and filecmp.cmp(os.path.join(out, path), old, False)
        if case.get("deterministic", True) and not same:
            print("differs: " + path)
            bad += 1
    return bad


def main(words):
    check, wanted = "--check" in words, [word for word in words if not word.startswith("-")]
    if check and not wanted:
        wanted = [module for module, _ in RUNS if module not in TRAINED]
    made = tempfile.mkdtemp(prefix="vectors-")
    out = os.path.join(made, "vectors")  # with the usual permissions, which are copied
    os.mkdir(out)
    try:
        done = generate(out, wanted)
        if check:
            bad, count = compare(out), len(cases_below(out))
            print("%d cases made again, %d files differ" % (count, bad))
            return 1 if bad or not count else 0
        remove_stale(done, set(files_below(out)))
        shutil.copytree(out, VECTORS, dirs_exist_ok=True)
        write_index()
    finally:
        shutil.rmtree(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
