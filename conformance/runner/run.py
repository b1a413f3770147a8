"""Cases asked of a testee, one after the other."""

import os
import time

from compare import compare, to_text
from forms import unfit
from testee import Failure

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"


class Result:
    """What came of one request of a case."""

    def __init__(self, case, what, outcome, detail="", seconds=0.0):
        self.case, self.what, self.outcome = case, what, outcome
        self.detail, self.seconds = detail, seconds
        self.known = False  # an entry of the known failures

    @property
    def name(self):
        """The case; behind it the method or redump, where a case has several requests."""
        is_only = self.what in ("load", "audit")
        return self.case.name if is_only else "%s %s" % (self.case.name, self.what)

    def counts_against(self, strict):
        return self.outcome == FAILED and not self.known and (strict or self.case.required)


def ask(testee, case, what, words, strict, redumper):
    """The outcome of a request, and why it is that."""
    operation = words[0]
    if operation not in testee.hello["operations"]:
        return SKIPPED, "no operation " + operation
    lacks = () if strict else testee.hello.get("lacks", ())
    missing = unfit(case, lacks)
    if missing:
        return SKIPPED, "lacks " + missing
    if not os.path.exists(words[1]):
        return FAILED, "the vector is missing: " + words[1]
    is_redump = operation == "redump"
    try:
        if is_redump:
            words = words + [redumper.next_path()]
        answer = testee.ask(words)
        if "skipped" in answer:
            return judge_skipped(testee, answer["skipped"])
        difference = redumper.compare(case, words, answer) if is_redump \
            else compare(case, what, answer, strict, lacks)
    except Failure as failure:
        return FAILED, str(failure)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        return FAILED, "the answer has another form: %s: %s" % (type(error).__name__, error)
    if not difference and strict and "value" in answer and testee.text != to_text(answer):
        difference = "the text of the value is not the canonical one"
    return (FAILED, difference) if difference else (PASSED, "")


def judge_skipped(testee, capability):
    """A testee may skip what needs a capability that it did not declare."""
    if capability in testee.hello["capabilities"]:
        return FAILED, "skipped for %s, which the testee declares" % capability
    return SKIPPED, "no capability %s" % capability


def run_case(testee, case, strict, redumper):
    results = []
    for what, words in case.requests():
        begin = time.perf_counter()
        outcome, detail = ask(testee, case, what, words, strict, redumper)
        results.append(Result(case, what, outcome, detail, time.perf_counter() - begin))
    return results


def run_cases(testee, cases, redumper, strict=False, progress=lambda done, failed: None):
    results, failed = [], 0
    for done, case in enumerate(cases):
        found = run_case(testee, case, strict, redumper)
        failed += sum(result.outcome == FAILED for result in found)
        results += found
        progress(done + 1, failed)
    return results


# Known failures


def read_known(path):
    """Names of results that may fail: one a line, behind # the reason."""
    if path is None or not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        lines = [line.split("#", 1)[0].strip() for line in file]
    return [line for line in lines if line]


def mark_known(results, known):
    """Marks failures that are known. Returns the entries that are wrong: passed, or no result."""
    wrong, by_name = [], {result.name: result for result in results}
    for name in known:
        result = by_name.get(name)
        if result is None:
            continue
        if result.outcome == PASSED:
            wrong.append(name)
        result.known = result.outcome == FAILED
    return wrong


def write_known(path, results):
    with open(path, "w", encoding="utf-8") as file:
        for result in results:
            if result.outcome == FAILED:
                file.write("%s  # %s\n" % (result.name, result.detail.replace("\n", " ")))
