"""Redumps: a testee loads a file and writes its value again, byte for byte where it can."""

import json
import os
import shutil
import tempfile

from compare import find_difference, shorten, to_text
from forms import reduced
from testee import Failure

# How a vector of REDUMP may be refused.
REFUSALS = ("UNSUPPORTED", "UNSUPPORTED_BUILD")

FLOAT, NAN = '"float":"', "7ff8000000000000"

SKIPPED = object()


def read_exceptions(vectors):
    """Vectors that no settings give again: REDUMP has name, what differs and the reason."""
    with open(os.path.join(vectors, "REDUMP"), encoding="ascii") as file:
        return {line.split("\t", 1)[0] for line in file if not line.startswith("#")}


def find_first_byte(one, other):
    """Where two files differ first; None if they do not."""
    with open(one, "rb") as left, open(other, "rb") as right:
        expected, found = left.read(), right.read()
    if expected == found:
        return None
    return next((at for at, pair in enumerate(zip(expected, found)) if pair[0] != pair[1]),
                min(len(expected), len(found)))


class Redumper:
    """The files that a testee writes, in a folder that lives as long as this."""

    def __init__(self, testee, vectors, judge=None):
        self.testee, self.judge = testee, judge
        self.exceptions = read_exceptions(vectors)
        self.count = 0

    def __enter__(self):
        self.folder = tempfile.mkdtemp()
        return self

    def __exit__(self, *_):
        # A testee that hangs may hold a file, which some systems then keep.
        shutil.rmtree(self.folder, ignore_errors=True)

    def next_path(self):
        """A name of its own for each file: an earlier one may still be held."""
        self.count += 1
        return os.path.join(self.folder, "%d.joblib" % self.count)

    def compare(self, case, words, answer):
        """What is wrong with an answer, and with the file that was written; None if nothing is."""
        _, source, written = words
        is_exception = case.vector(source) in self.exceptions
        if "error" in answer:
            return self.compare_refusal(is_exception, source, answer["error"])
        if answer.get("redump") != "written":
            return "no redump: %s" % shorten(answer)
        if not os.path.exists(written):
            return "nothing was written"
        offset = find_first_byte(source, written)
        if offset is None:
            return None
        if "bytes" in self.testee.hello["capabilities"] and not is_exception:
            return "the bytes differ from %d on" % offset
        return self.compare_values(case, source, written)

    def compare_refusal(self, is_exception, source, error):
        """Nobody need write what runs code in Python, or in forms that no longer are written."""
        status = error.get("status")
        if status in REFUSALS and is_exception:
            return None
        if status == "FORBIDDEN" and "audit" in self.testee.hello["operations"]:
            audit = self.testee.ask(["audit", source]).get("audit", {})
            if audit.get("outcome") == "dangerous":
                return None
        return "an error: %s" % shorten(error)

    def compare_values(self, case, source, written):
        for judge in [self.judge, self.testee] if self.judge else [self.testee]:
            difference = compare_loads(judge, case.expect.get("value"), source, written)
            if difference is not SKIPPED:
                return difference
        return "what was written is skipped"


def load(judge, path):
    answer = judge.ask(["load", path])
    if "skipped" in answer:
        return SKIPPED
    if "value" not in answer:
        raise Failure("what was written is no file for %s: %s"
                      % (judge.hello["name"], shorten(answer.get("error"))))
    return answer["value"]


def compare_loads(judge, expected, source, written):
    """The value of the case, or what the same reader makes of the source."""
    found = load(judge, written)
    if found is SKIPPED:
        return SKIPPED
    if expected is None:
        expected = load(judge, source)
    lacks = judge.hello.get("lacks", ())
    return find_difference(unsign_nans(reduced(expected, lacks)),
                           unsign_nans(reduced(found, lacks)), "written value")


def unsign_nan(text):
    """The text behind the 16 digits of a float stays."""
    is_nan = text[0] in "7f" and text[1:3] == "ff" and text[3:16].strip("0")
    return NAN + text[16:] if is_nan else text


def unsign_nans(value):
    """Protocol 0 writes nan, whatever its bits."""
    before, *floats = to_text(value).split(FLOAT)
    return json.loads(FLOAT.join([before] + [unsign_nan(text) for text in floats]))
