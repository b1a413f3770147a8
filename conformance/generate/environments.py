"""Makes the Python environments that write the vectors.

Usage: environments.py [--list] [NAME ...]      (all rows of environments.tsv without names)

An environment stands in $LIBJOBLIB_ENVIRONMENTS/NAME, or in
~/.cache/libjoblib/environments/NAME. A row whose Python is not here is left out, with a line
that says so. Runs with the standard library of Python 3.9 or newer.
"""
import glob
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGES = ("joblib", "numpy", "scipy", "scikit-learn")


def root():
    default = os.path.join(os.path.expanduser("~"), ".cache", "libjoblib", "environments")
    return os.environ.get("LIBJOBLIB_ENVIRONMENTS", default)


def rows():
    """The rows of environments.tsv, as dicts."""
    with open(os.path.join(HERE, "environments.tsv")) as table:
        lines = [line.rstrip("\n").split("\t") for line in table]
    return [dict(zip(lines[0], line + [""])) for line in lines[1:]]


def find_python(version):
    """The interpreter of a Python X.Y: from pyenv, else from PATH, else None."""
    pyenv = os.environ.get("PYENV_ROOT", os.path.join(os.path.expanduser("~"), ".pyenv"))
    found = sorted(glob.glob(os.path.join(pyenv, "versions", version + ".*", "bin", "python")))
    return found[-1] if found else shutil.which("python" + version)


def interpreter(name):
    """The Python of an environment, or None when the environment is not complete."""
    folder = os.path.join(root(), name)
    done = os.path.exists(os.path.join(folder, "complete"))
    return os.path.join(folder, "bin", "python") if done else None


def requirements(row):
    """What pip installs for a row: '-' leaves a package out, '*' takes any version."""
    pinned = [p if row[p] == "*" else p + "==" + row[p] for p in PACKAGES if row[p] != "-"]
    return pinned + row["also"].split()


def base_of(row):
    """The row under a row: its Python is the name of another environment. Else None."""
    found = [base for base in rows() if base["name"] == row["python"]]
    return found[0] if found else None


def make_site(python, folder, below):
    """A folder of packages and a shell wrapper that puts it before the folders `below`."""
    site, program = os.path.join(folder, "site"), os.path.join(folder, "bin", "python")
    os.makedirs(os.path.dirname(program))
    with open(program, "w") as wrapper:
        wrapper.write('#!/bin/sh\nPYTHONPATH="%s" exec "%s" "$@"\n'
                      % (":".join([site] + below), python))
    os.chmod(program, 0o755)
    return [python, "-m", "pip", "install", "--target", site]


def make_folder(python, folder, row):
    """A virtual environment; before Python 3, and on top of another one, a folder of packages.

    Returns the command that installs into it.
    """
    base = base_of(row)
    if base:
        below = os.path.join(root(), base["name"], "site")
        found = [below] if os.path.isdir(below) else []
        return make_site(python, folder, found) + ["--no-deps"]
    if row["python"].startswith("2."):
        return make_site(python, folder, [])
    subprocess.check_call([python, "-m", "venv", folder])
    return [os.path.join(folder, "bin", "python"), "-m", "pip", "install"]


def python_of(row):
    """The Python that a row is made with. None when it is not here."""
    base = base_of(row)
    if base is None or base["python"].startswith("2."):
        return find_python(base["python"] if base else row["python"])
    return interpreter(base["name"])


def make(row):
    """Makes one environment. Returns a word that says what happened."""
    if interpreter(row["name"]):
        return "present"
    python = python_of(row)
    if python is None:
        return "left out: Python %s not found" % row["python"]
    folder = os.path.join(root(), row["name"])
    shutil.rmtree(folder, ignore_errors=True)
    install = make_folder(python, folder, row)
    try:
        subprocess.check_call(install + ["-q", "--prefer-binary"] + requirements(row))
    except subprocess.CalledProcessError:
        return "failed"
    open(os.path.join(folder, "complete"), "w").close()
    return "made"


def main(words):
    wanted = [word for word in words if not word.startswith("-")]
    for row in rows():
        if wanted and row["name"] not in wanted:
            continue
        if "--list" in words:
            print("%s\t%s" % (row["name"], interpreter(row["name"]) or "missing"))
        else:
            print("%s\t%s" % (row["name"], make(row)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
