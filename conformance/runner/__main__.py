"""Checks readers of joblib files against the vectors.

    python3 runner [options] COMMAND...

Each COMMAND starts a testee, a program that reads requests and answers them: README.md has the
protocol. The exit status is 0 if all required cases passed, 1 if not, 2 for wrong use and for a
testee that cannot be started. Nothing but the standard library of Python 3.6 or newer is needed.
"""

import argparse
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from cases import read_cases  # noqa: E402
from html_report import write_html  # noqa: E402
from redump import Redumper  # noqa: E402
from report import put_text, write_json, write_junit  # noqa: E402
from run import PASSED, mark_known, read_known, run_cases, write_known  # noqa: E402
from testee import Failure, Testee  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
KIT = os.path.dirname(HERE)


def find_vectors():
    """Inside the package where it is installed, else beside it."""
    inside = os.path.join(HERE, "vectors")
    return inside if os.path.exists(inside) else os.path.join(KIT, "vectors")


def read_version():
    """That of the archive; the source has none."""
    path = os.path.join(HERE, "VERSION")
    if not os.path.exists(path):
        return "unreleased"
    with open(path, encoding="ascii") as file:
        return file.read().strip()


def read_words(words):
    parser = argparse.ArgumentParser(
        prog="runner", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="python3 runner [options] COMMAND...")
    parser.add_argument("commands", nargs="+", metavar="COMMAND",
                        help="how a testee is started, with its words, as one word")
    parser.add_argument("--version", action="version", version=read_version())
    parser.add_argument("--vectors", default=find_vectors(), metavar="FOLDER",
                        help="the folder that has INDEX")
    parser.add_argument("--level", type=int, choices=(1, 2, 3),
                        help="no cases above it; else those of the testee's level")
    parser.add_argument("--area", action="append", default=[], metavar="AREA",
                        help="only this area, as valid/zlib, zlib or invalid; may be repeated")
    parser.add_argument("--testee", action="append", default=[], metavar="NAME",
                        help="only testees that give this name; may be repeated")
    parser.add_argument("--case", action="append", default=[], metavar="NAME",
                        help="only this case; may be repeated")
    parser.add_argument("--operation", action="append", default=[], metavar="NAME",
                        help="only requests of this operation, as load; may be repeated")
    parser.add_argument("--strict", action="store_true",
                        help="values as canonical text, statuses and offsets exactly, and "
                             "recommended cases too")
    parser.add_argument("--judge", metavar="COMMAND",
                        help="another testee, which loads what a testee wrote again; "
                             "else the testee itself does")
    parser.add_argument("--timeout", type=float, default=30, metavar="SECONDS",
                        help="for one answer (default 30)")
    parser.add_argument("--known", metavar="FOLDER", default=os.path.join(KIT, "known_failures"),
                        help="a folder with NAME.txt: cases that the testee NAME may fail")
    parser.add_argument("--fix", action="store_true",
                        help="write what failed to the known failures")
    parser.add_argument("--json", metavar="FILE", help="write the results as JSON")
    parser.add_argument("--junit", metavar="FILE", help="write the results as JUnit XML")
    parser.add_argument("--html", metavar="FILE", help="write a page with the results")
    return parser.parse_args(words)


def show_progress(name, count):
    """Counts on a terminal, at each hundredth case."""
    def progress(done, failed):
        if sys.stderr.isatty() and (done % 100 == 0 or done == count):
            end = "\n" if done == count else ""
            sys.stderr.write("\r%s: %d of %d cases, %d failed%s" % (name, done, count, failed, end))
            sys.stderr.flush()
    return progress


def check_testee(words, command):
    """Runs one testee; its handshake, its results and whether that is a success.

    None for one that is not among those that are wanted.
    """
    testee = Testee(command, words.timeout)
    hello = testee.hello
    if words.testee and hello["name"] not in words.testee:
        testee.stop()
        return None
    level = hello["level"] if words.level is None else words.level
    cases = read_cases(words.vectors, level, words.area, words.case)
    if words.operation:
        hello["operations"] = [name for name in hello["operations"] if name in words.operation]
    known = os.path.join(words.known, hello["name"] + ".txt")
    progress = show_progress(hello["name"], len(cases))
    judge = Testee(words.judge, words.timeout) if words.judge else None
    with Redumper(testee, words.vectors, judge) as redumper:
        results = run_cases(testee, cases, redumper, words.strict, progress)
    testee.stop()
    if judge:
        judge.stop()
    if words.fix:
        write_known(known, results)
    wrong = mark_known(results, read_known(known))
    put_text(hello, results, wrong, print)
    fine = not wrong and not any(result.counts_against(words.strict) for result in results)
    proves = any(result.outcome == PASSED for result in results) if words.strict else bool(results)
    return hello, results, fine and proves


def main(words):
    words = read_words(words)
    runs, fine = [], True
    for command in words.commands:
        try:
            run = check_testee(words, command)
        except Failure as failure:
            print("%s: %s" % (command, failure), file=sys.stderr)
            return 2
        except OSError as error:
            print(error, file=sys.stderr)
            return 2
        if run:
            runs.append(run[:2])
            fine = fine and run[2]
    if not runs:
        print("no testee of that name", file=sys.stderr)
        return 2
    for path, write in ((words.json, write_json), (words.junit, write_junit),
                        (words.html, write_html)):
        if path:
            write(path, runs, read_version())
    return 0 if fine else 1


def start():
    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    start()
