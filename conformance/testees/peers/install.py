"""Installs other implementations from their registries, each into a folder of a cache.

The folder is $LIBJOBLIB_PEERS, or ~/.cache/libjoblib/peers. A list of versions in it tells what
is installed; programs are built again at each run.
"""
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "generate"))
import environments  # noqa: E402

POM = """<project><modelVersion>4.0.0</modelVersion><groupId>peers</groupId>
<artifactId>peers</artifactId><version>1</version><dependencies>%s</dependencies></project>
"""
DEPENDENCY = ("<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>"
              "</dependency>")


def root():
    default = os.path.join(os.path.expanduser("~"), ".cache", "libjoblib", "peers")
    return os.environ.get("LIBJOBLIB_PEERS", default)


def run(words, folder):
    subprocess.run(words, cwd=folder, check=True, stdout=sys.stderr)


def prepared(name, packages, install):
    """The folder of a language; `install` fills an empty one when other packages are wanted."""
    folder, wanted = os.path.join(root(), name), "\n".join(packages)
    note = os.path.join(folder, "versions")
    if not os.path.exists(note) or open(note).read() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        install(folder)
        with open(note, "w") as file:
            file.write(wanted)
    return folder


def copy(language, folder):
    for name in os.listdir(os.path.join(HERE, language)):
        shutil.copy(os.path.join(HERE, language, name), folder)


def python(name):
    """The interpreter of an environment of the vectors' makers."""
    row = next(row for row in environments.rows() if row["name"] == name)
    if row["python"] in [base["name"] for base in environments.rows()]:
        python(row["python"])
    environments.make(row)
    return environments.interpreter(name)


def scanners(packages):
    def install(folder):
        run([environments.find_python("3.12"), "-m", "venv", "."], folder)
        run(["bin/python", "-m", "pip", "install", "-q"] + packages, folder)
    return os.path.join(prepared("scanners", packages, install), "bin", "python")


def go(packages):
    def install(folder):
        run(["go", "mod", "init", "peers"], folder)
        run(["go", "get"] + packages, folder)
    folder = prepared("go", packages, install)
    copy("go", folder)
    run(["go", "build", "-o", "testee", "."], folder)
    return os.path.join(folder, "testee")


def rust(packages):
    def install(folder):
        run(["cargo", "init", "-q", "--name", "testee", "--vcs", "none"], folder)
        run(["cargo", "add", "-q"] + packages, folder)
    folder = prepared("rust", packages, install)
    copy("rust", os.path.join(folder, "src"))
    run(["cargo", "build", "-q", "--release"], folder)
    return os.path.join(folder, "target", "release", "testee")


def node(packages):
    folder = prepared("node", packages, lambda folder: run(
        ["npm", "install", "--silent", "--no-fund", "--no-audit"] + packages, folder))
    copy("node", folder)
    return os.path.join(folder, "testee.js")


def java(packages):
    """The class path."""
    def install(folder):
        with open(os.path.join(folder, "pom.xml"), "w") as pom:
            pom.write(POM % "".join(DEPENDENCY % tuple(name.split(":")) for name in packages))
        run(["mvn", "-q", "dependency:copy-dependencies", "-DoutputDirectory=lib"], folder)
    folder = prepared("java", packages, install)
    sources = sorted(name for name in os.listdir(os.path.join(HERE, "java")))
    run(["javac", "-d", os.path.join(folder, "classes"), "-cp", os.path.join(folder, "lib", "*")]
        + sources, os.path.join(HERE, "java"))
    return os.path.join(folder, "classes") + os.pathsep + os.path.join(folder, "lib", "*")
