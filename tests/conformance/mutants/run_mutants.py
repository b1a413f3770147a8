"""Checks that the conformance suite catches readers and predictors that are wrong.

    python3 run_mutants.py [options] SOURCE [WORK]

SOURCE is the root of the repository, WORK a folder for a copy of the sources and its build. Each
row of mutants.tsv is a patch to the sources of the library. The C testee with that patch must fail
a case of each of its areas, and pass all cases elsewhere. The exit status is 0 if that is so for
all of them, 1 if not, 2 where something could not be built or run, and 77 where this machine lacks
a codec, so that cases are skipped. Nothing but Python's standard library and CMake is needed.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import subprocess
import sys

from building import Broken, Build
from patches import Stale
from table import QUICK_OPERATIONS, REDUMP, check_mutants, in_area, read_mutants

LACKS_CODEC = 77  # the exit status that ctest takes for skipped


class Incomplete(Exception):
    """A library that lacks codecs: its cases are skipped, and catch nothing."""


def run_cases(words, testee, operations):
    """The results of all cases, as the runner's JSON has them."""
    report = testee + ".json"
    command = [sys.executable, "-B", os.path.join(words.source, "conformance", "runner"),
               "--strict", "--timeout", "20", "--vectors",
               os.path.join(words.source, "conformance", "vectors"), "--json", report]
    for operation in operations:
        command += ["--operation", operation]
    found = subprocess.run(command + ['"%s"' % testee], stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE)
    if found.returncode not in (0, 1):
        raise Broken("the runner ended with %d: %s" % (found.returncode, found.stderr.decode()))
    with open(report, encoding="utf-8") as file:
        results = json.load(file)["runs"][0]["results"]
    os.remove(report)
    os.remove(testee)
    return results


def find_failed(results):
    return [result for result in results if result["outcome"] == "failed" and not result["known"]]


def name_result(result):
    return "%s %s: %s" % (result["case"], result["what"], result["detail"])


def count_by_area(results):
    """A line for each area with failures: how many of how many, and the first."""
    total = collections.Counter(result["area"] for result in results)
    failed = {}
    for result in find_failed(results):
        failed.setdefault(result["area"], []).append(result)
    return ["%4d of %4d  %s" % (len(found), total[area], name_result(found[0]))
            for area, found in failed.items()]


def key_of(result):
    return result["case"], result["what"]


def judge(mutant, results):
    """Whether a mutant was caught where it must be and nowhere else, and that in words."""
    inside, outside = [], []
    for result in find_failed(results):
        is_inside = any(in_area(result, area) for area in mutant.areas)
        (inside if is_inside else outside).append(result)
    silent = [area for area in mutant.areas
              if not any(in_area(result, area) for result in inside)]
    if silent:
        return False, "not caught in %s" % ", ".join(silent)
    if outside:
        return False, "also fails %d cases elsewhere, first %s" % (len(outside),
                                                                   name_result(outside[0]))
    return True, "caught by %d in %s, first %s" % (len(inside), ", ".join(mutant.areas),
                                                   name_result(inside[0]))


def run_original(words, build):
    """Cases that fail without a patch: conformance.c tells of these, and they catch nothing."""
    results = run_cases(words, build.make("original"), QUICK_OPERATIONS + [REDUMP])
    failed = find_failed(results)
    skipped = [result for result in results if result["outcome"] == "skipped"]
    if skipped:
        raise Incomplete("%d cases are skipped, first %s" %
                         (len(skipped), name_result(skipped[0])))
    if failed:
        print("not counted: %d cases fail without a patch, first %s" %
              (len(failed), name_result(failed[0])), flush=True)
    return {key_of(result) for result in failed}


def show(mutant, future, ignored, details):
    try:
        results = [result for result in future.result() if key_of(result) not in ignored]
    except Broken as broken:
        print("BROKEN  %s: %s" % (mutant.name, broken), flush=True)
        return False
    caught, says = judge(mutant, results)
    print("%s  %s (%s): %s" % ("caught" if caught else "MISSED", mutant.name,
                               mutant.description, says), flush=True)
    for line in count_by_area(results) if details else []:
        print("    " + line)
    return caught


def start(words, build, pool, mutant):
    """The results of a mutant, or why there are none, some time later."""
    try:
        made = build.make_mutant(mutant)
    except Broken as broken:
        failed = concurrent.futures.Future()
        failed.set_exception(broken)
        return failed
    return pool.submit(run_cases, words, made, mutant.operations())


def run_mutants(words, mutants):
    """Builds one mutant while others run; how many were caught."""
    build, caught, running = Build(words), 0, collections.deque()
    ignored = run_original(words, build)
    with concurrent.futures.ThreadPoolExecutor(words.jobs) as pool:
        for mutant in mutants:
            running.append((mutant, start(words, build, pool, mutant)))
            while running and running[0][1].done():
                caught += show(*running.popleft(), ignored, words.details)
        caught += sum(show(mutant, future, ignored, words.details)
                      for mutant, future in running)
    return caught


def read_words():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", metavar="SOURCE")
    parser.add_argument("work", metavar="WORK", nargs="?")
    parser.add_argument("--check", action="store_true",
                        help="only whether all patches still apply")
    parser.add_argument("--only", action="append", metavar="NAME", help="may be repeated")
    parser.add_argument("--details", action="store_true", help="each area with failures")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument("--cmake", default="cmake", metavar="PROGRAM")
    parser.add_argument("--generator", default="Ninja", metavar="NAME")
    parser.add_argument("--define", action="append", default=[], metavar="NAME=VALUE",
                        help="a setting of CMake; may be repeated")
    words = parser.parse_args()
    if not words.work and not words.check:
        parser.error("WORK is missing")
    words.source = os.path.abspath(words.source)
    return words


def main():
    words = read_words()
    mutants = read_mutants()
    if words.check:
        return 0 if check_mutants(words.source, mutants) else 1
    if words.only:
        mutants = [mutant for mutant in mutants if mutant.name in words.only]
    try:
        caught = run_mutants(words, mutants)
    except (Broken, Stale) as error:
        print(error, file=sys.stderr)
        return 2
    except Incomplete as error:
        print(error, file=sys.stderr)
        return LACKS_CODEC
    print("mutation score: %d of %d" % (caught, len(mutants)))
    return 0 if caught == len(mutants) and mutants else 1


if __name__ == "__main__":
    sys.exit(main())
