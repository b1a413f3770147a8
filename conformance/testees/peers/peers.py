"""The other implementations: what each is, how it is started, and which cases it is asked."""
import os

import install

HERE = os.path.dirname(os.path.abspath(__file__))
GO = ["github.com/kisielk/og-rek@v1.3.0", "github.com/nlpodyssey/gopickle@v0.2.0"]
RUST = ["serde-pickle@1.2.0"]
NODE = ["pickleparser@0.2.1"]
JAVA = ["net.razorvine:pickle:1.5", "org.jpmml:pmml-python:1.3.19"]
SCANNERS = ["picklescan==1.0.5", "fickling==0.1.12", "modelscan==0.8.8"]
JOBLIBS = ["py2.7-release0.8.4", "py2.7-sklearn0.18", "py3.6-sklearn0.18", "py3.7-sklearn0.22",
           "py3.8-sklearn1.0", "py3.9-sklearn1.2", "py3.11-sklearn1.4", "py3.12-sklearn1.6",
           "py3.13-sklearn1.9"]
# Hostile files are for those that load nothing.
NEVER_LOADED = "valid/hostile"


def script(name):
    return os.path.join(HERE, "python", name)


def after(package, mark):
    return package.split(mark)[-1].lstrip("v")


class Peer:
    """One implementation. `command` installs it and gives the words that start its testee."""

    def __init__(self, name, language, command):
        self.name, self.language, self.command = name, language, command

    def fits(self, case, hello):
        return case.kind == "valid" and case.area != NEVER_LOADED


class Joblib(Peer):
    """A release of joblib: asked for files of its own and of earlier releases."""

    def __init__(self, environment):
        row = next(row for row in install.environments.rows() if row["name"] == environment)
        python = (install.environments.base_of(row) or row)["python"]
        self.has = {"joblib": row["joblib"], "sklearn": row["scikit-learn"], "python": python}
        Peer.__init__(self, "joblib %s, Python %s" % (row["joblib"], python), "Python", lambda: [
            install.python(environment), "-B", script("joblib_testee.py")])

    def fits(self, case, hello):
        tags = case.text["tags"]
        if case.kind == "inference":
            return all(tags[key] == self.has[key] for key in ("sklearn", "python"))
        old = self.has["python"].startswith("2.") and tags.get("python", "2").startswith("3.")
        later = numbers(tags.get("joblib", "0")) > numbers(self.has["joblib"])
        return Peer.fits(self, case, hello) and not old and not later


class Scanner(Peer):
    def fits(self, case, hello):
        return case.kind == "audit"


def numbers(version):
    return tuple(int(part) for part in version.split(".")[:3] if part.isdigit())


def readers():
    rows = [("og-rek", "Go", lambda: [install.go(GO), "og-rek", after(GO[0], "@")]),
            ("gopickle", "Go", lambda: [install.go(GO), "gopickle", after(GO[1], "@")]),
            ("serde-pickle", "Rust", lambda: [install.rust(RUST), after(RUST[0], "@")]),
            ("pickleparser", "JavaScript", lambda: ["node", install.node(NODE)]),
            ("net.razorvine:pickle", "Java", lambda: java("razorvine", JAVA[0])),
            ("org.jpmml:pmml-python", "Java", lambda: java("jpmml", JAVA[1]))]
    return [Joblib(name) for name in JOBLIBS], [Peer(*row) for row in rows]


def java(name, package):
    return ["java", "-cp", install.java(JAVA), "Testee", name, after(package, ":")]


def scanners(command):
    rows = [package.split("==")[0] for package in SCANNERS]
    return [Scanner("libjoblib", "C", lambda: [
        install.scanners(SCANNERS), script("scanner_testee.py"), "libjoblib", command])] + [
        Scanner(name, "Python", lambda name=name: [
            install.scanners(SCANNERS), script("scanner_testee.py"), name]) for name in rows]
