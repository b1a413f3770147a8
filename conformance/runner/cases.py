"""The cases: what INDEX lists, and what the file of each case says."""

import json
import os

# A case of another kind has one file, CASE.joblib.
MODEL_FILE = "model.joblib"
INPUT_FILE = "input.joblib"


class Case:
    """One line of INDEX; its file is read when it is asked for."""

    def __init__(self, root, name):
        self.name = name
        self.kind, rest = name.split("/", 1)
        self.area = self.kind if "/" not in rest else self.kind + "/" + rest.split("/", 1)[0]
        self.folder = os.path.join(root, *name.split("/"))
        expected = os.path.join(self.folder, "expected.json")
        with open(expected if self.kind == "inference" else self.folder + ".json",
                  encoding="ascii") as file:
            self.text = json.load(file)
        self.level = self.text["level"]
        self.required = self.text["need"] == "required"
        self.expect = self.text["expect"]
        # What is written of it is not asked for: a judge might load that, and run it.
        self.is_hostile = "hostile" in name

    def path(self):
        """The vector, or the model of an inference case."""
        return os.path.join(self.folder, MODEL_FILE) if self.kind == "inference" \
            else self.folder + ".joblib"

    def requests(self):
        """(what it asks, words of the request) for each request of the case."""
        if self.kind == "inference":
            source = os.path.join(self.folder, INPUT_FILE)
            return [(method, ["predict", self.path(), source, method])
                    for method in self.expect["methods"]] + [
                        ("redump model", ["redump", self.path()]),
                        ("redump input", ["redump", source])]
        if self.kind == "valid" and not self.is_hostile:
            return [("load", ["load", self.path()]), ("redump", ["redump", self.path()])]
        operation = "audit" if self.kind == "audit" else "load"
        return [(operation, [operation, self.path()])]

    def vector(self, path):
        """The name of one of its files, as REDUMP has it."""
        if self.kind == "inference":
            return self.name + "/" + os.path.basename(path)[:-len(".joblib")]
        return self.name


def read_cases(vectors, level=3, areas=(), names=()):
    """All cases up to a level, or those whose area or name begins with one of the words."""
    cases = []
    with open(os.path.join(vectors, "INDEX"), encoding="ascii") as file:
        for line in file:
            name = line.split("\t", 1)[0]
            if areas and not any(in_area(name, area) for area in areas):
                continue
            if names and name not in names:
                continue
            case = Case(vectors, name)
            if case.level <= level:
                cases.append(case)
    return cases


def in_area(name, area):
    """valid/zlib is in valid, in valid/zlib, and in zlib."""
    parts = name.split("/")
    wanted = area.strip("/").split("/")
    return parts[:len(wanted)] == wanted or parts[1:1 + len(wanted)] == wanted
