"""Case files and the lines of a testee follow the schemas; what does not, is refused by them.

    python3 test_schemas.py CONFORMANCE [COMMAND...]      needs jsonschema

Each COMMAND is a testee, whose lines are checked for a case of each area.
"""

import glob
import json
import os
import sys
import tempfile
import threading
import unittest
import warnings

import jsonschema

CONFORMANCE, *COMMANDS = sys.argv[1:]
sys.path.insert(0, os.path.join(CONFORMANCE, "runner"))

from cases import read_cases  # noqa: E402
from testee import Testee  # noqa: E402

# Nothing is fetched: all schemas that are referred to are in the store.
BASE = "http://conformance/"
VECTORS = os.path.join(CONFORMANCE, "vectors")


def read_json(path):
    with open(path, encoding="ascii") as file:
        return json.load(file)


SCHEMAS = {os.path.basename(path): read_json(path)
           for path in glob.glob(os.path.join(CONFORMANCE, "schema", "*.json"))}


def make_validator(name):
    with warnings.catch_warnings():
        # The newer `referencing` is not in the jsonschema of Debian 12.
        warnings.simplefilter("ignore", DeprecationWarning)
        resolver = jsonschema.RefResolver(
            BASE + name, SCHEMAS[name],
            store={BASE + other: schema for other, schema in SCHEMAS.items()})
    return jsonschema.Draft202012Validator(SCHEMAS[name], resolver=resolver)


def explain(errors):
    return ["%s: %s" % ("/".join(map(str, error.absolute_path)), error.message[:300])
            for error in errors]


class Schemas(unittest.TestCase):
    def check(self, validator, document, name):
        self.assertEqual(explain(validator.iter_errors(document)), [], name)

    def test_are_schemas(self):
        self.assertGreaterEqual(len(SCHEMAS), 6)
        for schema in SCHEMAS.values():
            jsonschema.Draft202012Validator.check_schema(schema)

    def test_every_case_follows_them(self):
        validator, cases = make_validator("case.schema.json"), read_cases(VECTORS)
        self.assertGreater(len(cases), 4000)
        for case in cases:
            self.check(validator, case.text, case.name)

    def test_refuse_other_cases(self):
        validator = make_validator("case.schema.json")
        right = read_json(os.path.join(VECTORS, "valid", "pickle4", "shared.json"))
        self.check(validator, right, "shared")
        changes = [{"level": 4}, {"level": "1"}, {"need": "wanted"}, {"spec": "values"},
                   {"description": ""}, {"tags": {"ruby": "3"}}, {"deterministic": True},
                   {"author": "nobody"}, {"expect": {"value": {"int": 5}}},
                   {"expect": {"value": {"list": [], "tuple": []}}}, {"expect": {}},
                   {"expect": {"status": "BROKEN", "offset": 0, "file_offset": 0}},
                   {"expect": {"status": "STACK", "offset": -1, "file_offset": 0}}]
        for change in changes:
            self.assertFalse(validator.is_valid(dict(right, **change)), change)
        for key in right:
            less = {other: right[other] for other in right if other != key}
            self.assertFalse(validator.is_valid(less), "without " + key)

    def test_refuse_other_answers(self):
        validator = make_validator("answer.schema.json")
        self.check(validator, {"id": "1", "error": {"status": "IO", "offset": None}}, "error")
        for wrong in ({"id": 1, "skipped": "lz4"}, {"id": "1"}, {"skipped": "lz4"},
                      {"id": "1", "value": 5}, {"id": "1", "outputs": [5]},
                      {"id": "1", "audit": {"outcome": "fine"}},
                      {"id": "1", "skipped": "lz4", "redump": "written"},
                      {"name": "x", "version": "1", "level": 1, "operations": ["load"]}):
            self.assertFalse(validator.is_valid(wrong), wrong)

    def check_testee(self, validator, command, path):
        testee, areas = Testee(command, 30), {}
        self.check(validator, testee.hello, command)
        for case in read_cases(VECTORS, testee.hello["level"]):
            areas.setdefault(case.area, case)
        for case in areas.values():
            for _, words in case.requests():
                if words[0] in testee.hello["operations"]:
                    words = words + [path] if words[0] == "redump" else words
                    self.check(validator, testee.ask(words), case.name)
        testee.stop()

    def test_testees_follow_them(self):
        with tempfile.TemporaryDirectory() as folder:
            for command in COMMANDS:
                self.check_testee(make_validator("answer.schema.json"), command,
                                  os.path.join(folder, "out.joblib"))


def main(outcome):
    outcome.append(unittest.main(argv=sys.argv[:1], exit=False).result.wasSuccessful())


if __name__ == "__main__":
    # jsonschema calls itself for every level of a value, and some cases are deep.
    sys.setrecursionlimit(1000000)
    threading.stack_size(512 << 20)
    outcome = []
    thread = threading.Thread(target=main, args=(outcome,))
    thread.start()
    thread.join()
    sys.exit(0 if outcome == [True] else 1)
