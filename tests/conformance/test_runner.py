"""The runner of the conformance kit: it passes right answers, and sees each kind of wrong one.

    python3 test_runner.py CONFORMANCE
"""

import ast
import glob
import html.parser
import json
import os
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

CONFORMANCE = sys.argv.pop(1)
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(CONFORMANCE, "runner"))

import testee  # noqa: E402
from forms import reduced  # noqa: E402

# Of the standard library, on every system.
MODULES = {"argparse", "base64", "html", "json", "os", "queue", "shlex", "shutil", "struct",
           "subprocess", "sys", "tempfile", "threading", "time", "xml"}
FEW = ["--case", "valid/pickle4/shared", "--case", "invalid/gzip/size-wrong",
       "--case", "audit/alias-module"]


def run(fault, *words):
    """Exit status, output and diagnostics of the runner with one oracle."""
    command = '"%s" "%s" %s' % (sys.executable, os.path.join(HERE, "oracle.py"), fault)
    found = subprocess.run([sys.executable, os.path.join(CONFORMANCE, "runner"), *words, command],
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return found.returncode, found.stdout.decode(), found.stderr.decode()


class Page(html.parser.HTMLParser):
    """Checks that tags close in order, and keeps the text."""

    VOID = {"meta"}

    def __init__(self, text):
        super().__init__()
        self.open, self.text = [], ""
        self.feed(text)
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, tag

    def handle_data(self, data):
        self.text += data + " "


class Runner(unittest.TestCase):
    def check_failed(self, fault, reason, *words):
        status, out, _ = run(fault, *FEW, *words)
        self.assertEqual(status, 1, out)
        self.assertIn(reason, out)
        self.assertIn("0 passed, 4 failed, 0 skipped", out)

    def test_passes_right_answers_to_every_case(self):
        status, out, _ = run("")
        self.assertEqual(status, 0, out[-1000:])
        self.assertIn(" 0 failed, 0 skipped", out)
        with open(os.path.join(CONFORMANCE, "vectors", "INDEX")) as file:
            cases = len(file.readlines())
        self.assertGreaterEqual(int(out.splitlines()[-1].split()[0]), cases)

    def test_sees_what_is_wrong(self):
        self.check_failed("crash", "ended with status 3")
        self.check_failed("sleep", "no answer within 0.5 s", "--timeout", "0.5")
        self.check_failed("no-json", "no JSON: ")
        self.check_failed("other-id", "has the id '0'")
        self.check_failed("other-value", "value has the keys int, expected list")
        self.check_failed("wrong-form", "value is 5, expected")
        self.check_failed("skips-declared", "skipped for lz4, which the testee declares")

    def test_sees_offsets_and_the_order_of_keys(self):
        status, out, _ = run("other-offset", "--area", "invalid/gzip")
        self.assertEqual(status, 1)
        self.assertIn("file_offset 123456, expected", out)
        status, out, _ = run("other-order", "--case", "valid/pickle4/cycle-list")
        self.assertEqual(status, 1)
        self.assertIn("value has the keys", out)

    def test_sees_a_number_beyond_its_bound(self):
        status, out, _ = run("other-value", "--area", "inference/linear")
        self.assertEqual(status, 1)
        self.assertIn("0 outputs, expected 1", out)

    def test_is_strict_where_it_is_told(self):
        rows = [("blanks", "valid/pickle4/shared", "not the canonical one"),
                ("other-status", "invalid/gzip/size-wrong", "status SYNTAX, expected CORRUPT"),
                ("no-offset", "invalid/gzip/size-wrong", "file_offset None, expected 50"),
                ("skips-undeclared", "valid/pickle4/shared", "0 passed, 0 failed, 2 skipped")]
        for fault, case, says in rows:
            self.assertEqual(run(fault, "--case", case)[0], 0)
            status, out, _ = run(fault, "--case", case, "--strict")
            self.assertEqual(status, 1)
            self.assertIn(says, out)
        self.assertEqual(run("", *FEW, "--strict")[0], 0)

    def check_redump(self, fault, case, expected, says=""):
        status, out, _ = run(fault, "--case", case)
        self.assertEqual(status, expected, fault + out)
        self.assertIn(says, out)

    def test_sees_what_is_wrong_with_a_redump(self):
        plain, exception = "valid/pickle4/shared", "valid/bz2/two-streams"
        self.check_redump("writes-nothing", plain, 1, "redump: nothing was written")
        self.check_redump("other-bytes", plain, 1, "redump: the bytes differ from ")
        self.check_redump("other-bytes no-bytes", plain, 0)
        self.check_redump("other-bytes", exception, 0)
        for case, faults in ((plain, " no-bytes"), (exception, "")):
            self.check_redump("cannot-read" + faults, case, 1, "is no file for oracle: ")
            self.check_redump("other-written" + faults, case, 1, "written value has the keys int")
        self.check_redump("cannot-write", plain, 1, 'redump: an error: {"status":"UNSUPPORTED"}')
        self.check_redump("cannot-write", exception, 0)
        self.check_redump("refuses", plain, 1, 'redump: an error: {"status":"FORBIDDEN"}')
        self.check_redump("finds-danger", plain, 0)

    def test_compares_redumps_of_models(self):
        case = "inference/linear/logistic-labels-text-sklearn1.9"
        self.check_redump("other-bytes", case, 1, "redump model: the bytes differ")
        self.check_redump("other-bytes no-bytes", case, 0)
        self.check_redump("cannot-read no-bytes", case, 1, "redump input: what was written is no")

    def test_lets_a_judge_load_what_was_written(self):
        oracle = os.path.join(HERE, "oracle.py")
        judge = '"%s" "%s" other-value' % (sys.executable, oracle)
        words = ["--case", "valid/pickle4/shared", "--judge", judge]
        self.assertEqual(run("", *words)[0], 0)
        status, out, _ = run("other-bytes no-bytes", *words)
        self.assertEqual(status, 1)
        self.assertIn("written value has the keys int", out)

    def test_counts_what_is_skipped(self):
        status, out, _ = run("skips-undeclared", *FEW)
        self.assertEqual(status, 0)
        self.assertIn("0 passed, 0 failed, 4 skipped", out)

    def test_leaves_out_what_a_testee_lacks(self):
        rows = [("copies", "valid/pickle4/shared"), ("no-order", "valid/pickle4/dict-keys"),
                ("no-order", "valid/pickle2/set-1001"), ("no-tuples", "valid/pickle4/frames"),
                ("one-number", "valid/pickle2/binint-small")]
        for fault, case in rows:
            status, out, _ = run(fault, "--case", case)
            self.assertEqual(status, 0, out)
            self.assertIn("2 passed, 0 failed", out)
            self.assertIn("1 passed, 1 failed", run("silent-" + fault, "--case", case)[1])
            self.assertEqual(run(fault, "--case", case, "--strict")[0], 1)
        self.assertIn("1 failed", run("no-order", "--case", "valid/pickle4/shared")[1])

    def test_knows_forms_of_arrays(self):
        struct = {"fields": [["a", "|u1", "0"], ["b", {"base": "<i2", "shape": ["2"]}, "2"]],
                  "itemsize": "8"}
        rows = [("padding", {"dtype": struct, "data": "AQIDBAUGBwg="},
                 {"dtype": struct, "data": "AQADBAUGAAA="}),
                ("byte-order", {"dtype": ">i2", "data": "AQIDBA=="},
                 {"dtype": "<i2", "data": "AgEEAw=="}),
                ("byte-order", {"dtype": ">c8", "data": "AQIDBAUGBwg="},
                 {"dtype": "<c8", "data": "BAMCAQgHBgU="}),
                ("byte-order", {"dtype": ">U1", "data": "AAAAQQ=="},
                 {"dtype": "<U1", "data": "QQAAAA=="}),
                ("byte-order", {"dtype": ">M8[25us]", "data": "AAAAAAAAAAE="},
                 {"dtype": "<M8[25us]", "data": "AQAAAAAAAAA="}),
                ("matrix", {"dtype": "<i2", "subclass": "matrix"}, {"dtype": "<i2"}),
                ("order", {"dtype": ">i2"}, {"dtype": ">i2"})]
        for lacks, value, form in rows:
            self.assertEqual(reduced({"ndarray": value}, [lacks]), {"ndarray": form})
        self.assertEqual(reduced({"py2str": "YQ=="}, ["py2str-text"]), {"str": "a"})
        self.assertEqual(reduced({"py2str": "/w=="}, ["py2str-text"]), {"py2str": "/w=="})
        self.assertEqual(reduced({"py2str": "/w=="}, ["py2str"]), {"bytes": "/w=="})

    def test_does_not_ask_for_what_a_testee_lacks(self):
        for fault, case in (("copies", "valid/pickle4/cycle-list"),
                            ("no-objects", "valid/objects/cyclic-protocol2-joblib1.6")):
            self.assertIn("0 passed, 0 failed, 2 skipped", run(fault, "--case", case)[1])
        self.assertIn("lacks what is not known: such", run("no-such")[2])

    def test_refuses_what_is_no_testee(self):
        status, _, err = run("no-hello", *FEW)
        self.assertEqual(status, 2)
        self.assertIn("no JSON", err)
        found = subprocess.run([sys.executable, os.path.join(CONFORMANCE, "runner"), "./no-such"],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual(found.returncode, 2)
        self.assertIn(b"cannot be started", found.stderr)

    def test_keeps_known_failures(self):
        with tempfile.TemporaryDirectory() as folder:
            words = [*FEW, "--known", folder]
            self.assertEqual(run("other-value", *words, "--fix")[0], 0)
            self.assertEqual(run("other-value", *words)[0], 0)
            status, out, _ = run("", *words)
            self.assertEqual(status, 1)
            self.assertIn("passed, but among the known failures: valid/pickle4/shared", out)

    def test_asks_only_the_testees_that_are_wanted(self):
        status, out, _ = run("", *FEW, "--testee", "oracle")
        self.assertEqual(status, 0, out)
        status, _, err = run("", *FEW, "--testee", "other")
        self.assertEqual((status, err.strip()), (2, "no testee of that name"))

    def test_runs_on_every_system(self):
        words = testee.split_words('"C:\\Program Files\\r.exe" --x', "win32")
        self.assertEqual(words, '"C:\\Program Files\\r.exe" --x')
        self.assertEqual(testee.split_words("'a b' c", "linux"), ["a b", "c"])
        files = glob.glob(os.path.join(CONFORMANCE, "runner", "*.py"))
        own = {os.path.splitext(os.path.basename(path))[0] for path in files}
        for path in files:
            with open(path, encoding="utf-8") as file:
                tree = ast.parse(file.read())
            for node in ast.walk(tree):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else \
                    [node.module] if isinstance(node, ast.ImportFrom) else []
                used = {name.split(".")[0] for name in names}
                self.assertLessEqual(used, MODULES | own, path)

    def test_writes_reports(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "report.")
            status, _, _ = run("other-value", *FEW, "--json", path + "json", "--junit",
                               path + "xml", "--html", path + "html")
            self.assertEqual(status, 1)
            with open(path + "json") as file:
                runs = json.load(file)["runs"]
            self.assertEqual(runs[0]["counts"], {"passed": 0, "failed": 4, "skipped": 0})
            suite = xml.etree.ElementTree.parse(path + "xml").getroot()[0]
            self.assertEqual(suite.attrib["failures"], "4")
            with open(path + "html", encoding="utf-8") as file:
                page = Page(file.read())
            self.assertIn("0 of 2", page.text)
            self.assertIn("valid/pickle4/shared", page.text)


if __name__ == "__main__":
    unittest.main()
