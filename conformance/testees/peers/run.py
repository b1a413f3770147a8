"""Asks other implementations the vectors, and writes what came of it into conformance/README.md.

Usage: run.py [--joblib COMMAND] [--keep] [--say] [NAME ...]

They are installed from their registries. A NAME is that of one implementation, or the beginning of
several; only with all of them the tables are written, and not with --keep. --say tells what failed
and why. COMMAND is the command of this project.
Runs with the standard library of Python 3.9 or newer; Go, Cargo, npm, Maven and a JDK do the rest.
"""
import argparse
import concurrent.futures
import os
import shlex
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
CONFORMANCE = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(CONFORMANCE, "runner"))

import peers  # noqa: E402
import scans  # noqa: E402
import tables  # noqa: E402
from cases import read_cases  # noqa: E402
from redump import Redumper  # noqa: E402
from run import FAILED, run_cases  # noqa: E402
from testee import Failure, Testee  # noqa: E402

VECTORS = os.path.join(CONFORMANCE, "vectors")
COMMAND = os.path.join(os.path.dirname(CONFORMANCE), "build", "release", "bin", "joblib")


class Run:
    """What came of one implementation; without a handshake it could not be installed."""

    def __init__(self, peer, hello=None, results=()):
        self.peer, self.hello, self.results = peer, hello, results


def started(peer):
    try:
        return Testee(shlex.join(peer.command()), 60)
    except (Failure, OSError, subprocess.CalledProcessError) as trouble:
        print("%s: %s" % (peer.name, trouble), file=sys.stderr)
        return None


def ask(peer, testee, cases):
    if testee is None:
        return Run(peer)
    wanted = [case for case in cases if case.level <= testee.hello["level"]
              and peer.fits(case, testee.hello)]
    declared = testee.hello
    # The tables are about reading: which bytes another release writes is not the question.
    testee.hello = dict(declared, operations=[word for word in declared["operations"]
                                              if word != "redump"])
    with Redumper(testee, VECTORS) as redumper:
        results = run_cases(testee, wanted, redumper)
    testee.stop()
    results = [result for result in results if not result.what.startswith("redump")]
    count = sum(result.outcome == FAILED for result in results)
    print("%s: %d results, %d failed" % (peer.name, len(results), count), file=sys.stderr)
    return Run(peer, declared, results)


def ask_all(found, cases):
    testees = [started(peer) for peer in found]  # one after the other: they share folders
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda pair: ask(*pair, cases), zip(found, testees)))


def say(runs):
    for run in runs:
        for result in run.results:
            if result.outcome == FAILED:
                print("%s: %s: %s" % (run.peer.name, result.name, result.detail))


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--joblib", default=COMMAND)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--say", action="store_true")
    parser.add_argument("names", nargs="*")
    words = parser.parse_args()
    wanted = [[peer for peer in group
               if not words.names or peer.name.startswith(tuple(words.names))]
              for group in (*peers.readers(), peers.scanners(words.joblib))]
    cases = read_cases(VECTORS)
    groups = [ask_all(group, cases) for group in wanted]
    if words.say:
        say(sum(groups, []))
    if words.names or words.keep:
        print("\n".join(tables.summary(sum(groups, []))))
        return
    counted = scans.counted([run.peer for run in groups[2]])
    tables.write(os.path.join(CONFORMANCE, "README.md"), groups, counted)


if __name__ == "__main__":
    main()
