"""Which lines of the library the vectors reach: line_coverage.py SOURCE BUILD

Builds the preset `coverage` in BUILD, runs the tests that read vectors as they are, and nothing
that was cut, changed or made by hand, and prints a table. Needs gcc, its gcov, and cmake.

A line is left out where only a failing allocation leads to it: a statement that calls one of
NO_MEMORY, the label before it, and what comes before it in a block of its own.
"""
import collections
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys

PROGRAMS = ["valid", "invalid", "audit", "elements", "as_tagged", "inference", "same", "rewrite"]
# Folder of core/src, and the least percentage of its lines.
FOLDERS = {"array": 95, "codec": 95, "dump": 0, "joblib": 95, "pickle": 95}
NO_MEMORY = re.compile(r"\b(joblib_base__set_no_memory|joblib_base__arena_fail"
                       r"|joblib_pickle__exhausted)\(")


def run(words, **options):
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    if done.returncode != 0:
        sys.exit("%s\n%s: status %d" % (done.stdout.decode("utf-8", "replace"), words,
                                         done.returncode))


def build(source, where):
    targets = ["test_conformance_" + name for name in PROGRAMS]
    run(["cmake", "--preset", "coverage", "-B", where], cwd=source)
    run(["cmake", "--build", where, "-j", str(os.cpu_count()), "--target"] + targets)


def run_programs(source, where, counts):
    """Every program adds to the counters below `counts`, which is new."""
    shutil.rmtree(counts, ignore_errors=True)
    environment = dict(os.environ, GCOV_PREFIX=counts)
    for name in PROGRAMS:
        run([os.path.join(where, "tests", "test_conformance_" + name)], env=environment,
            cwd=os.path.join(source, "conformance", "vectors"))


def find_notes(where):
    """What gcc noted of each source of the library: the .gcno files."""
    for folder, _, names in os.walk(os.path.join(where, "core")):
        for name in names:
            if name.endswith(".gcno"):
                yield os.path.join(folder, name)


def read_gcov(note, counts):
    """File below core/src, line and count, of one object."""
    folder = counts + os.path.dirname(note)
    os.makedirs(folder, exist_ok=True)
    shutil.copy(note, folder)
    done = subprocess.run(["gcov", "--json-format", "--stdout", os.path.basename(note)],
                          cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    for text in done.stdout.splitlines():
        for entry in json.loads(text.decode("utf-8"))["files"]:
            name = os.path.normpath(entry["file"]).replace(os.sep, "/")
            before, found, name = name.rpartition("core/src/")
            for line in entry["lines"] if found else []:
                yield name, line["line_number"], line["count"]


def gather(where, counts):
    """Counts by file and line. A header's are those of all objects together."""
    lines = collections.defaultdict(lambda: collections.defaultdict(int))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for found in pool.map(lambda note: list(read_gcov(note, counts)), find_notes(where)):
            for name, number, count in found:
                lines[name][number] += count
    return lines


# Lines that only a failing allocation reaches; numbers count from 0 here.

def without_comments(text):
    return re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment.group().count("\n"), text,
                  flags=re.DOTALL)


def indent(line):
    return len(line) - len(line.lstrip())


def ends_statement(line):
    return line.rstrip().endswith((";", "{", "}", ":")) or not line.strip()


def statement_at(lines, at):
    """The first and the last line of the statement that line `at` belongs to."""
    first = last = at
    while first > 0 and not ends_statement(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and not ends_statement(lines[last]):
        last += 1
    return first, last


def before_in_block(lines, first):
    """What stands before a statement in its block, unless that is a function's; and labels."""
    while first > 0 and re.match(r"\s+(case .*|default):$", lines[first - 1]):
        first -= 1
        yield first
    deep = indent(lines[first])
    while deep > 4 and first > 0 and indent(lines[first - 1]) >= deep:
        first -= 1
        yield first


def no_memory_lines(text):
    lines = without_comments(text).split("\n")
    found = set()
    for at, line in enumerate(lines):
        if not NO_MEMORY.search(line):
            continue
        first, last = statement_at(lines, at)
        found.update(range(first, last + 1))
        if lines[first].lstrip().startswith("return"):
            found.update(before_in_block(lines, first))
    return {number + 1 for number in found}


# The report

def as_ranges(numbers, known):
    """Lines as ranges, which lines without code do not end."""
    ranges = []
    order = {number: place for place, number in enumerate(sorted(known))}
    for number in sorted(numbers):
        if ranges and order[number] == order[ranges[-1][1]] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ["%d" % a if a == b else "%d-%d" % (a, b) for a, b in ranges]


def measure(source, lines):
    """For each folder: lines, covered, left out, and the uncovered ranges of its files."""
    table = {folder: [0, 0, 0, []] for folder in FOLDERS}
    for name in sorted(lines):
        row = table.get(name.split("/")[0])
        if row is None:
            continue
        with open(os.path.join(source, "core", "src", name), encoding="utf-8") as file:
            excused = no_memory_lines(file.read())
        missed = {number for number, count in lines[name].items() if count == 0}
        left_out = missed & excused
        row[0] += len(lines[name]) - len(left_out)
        row[1] += len(lines[name]) - len(missed)
        row[2] += len(left_out)
        row[3] += ["%s:%s" % (name, part) for part in as_ranges(missed - excused, lines[name])]
    return table


def report(table):
    """Prints the table; whether every folder has its percentage."""
    good = True
    print("%-8s %6s %8s %8s %8s %9s" % ("folder", "lines", "covered", "percent", "at least",
                                        "left out"))
    for folder, (total, covered, left_out, _) in sorted(table.items()):
        percent = 100.0 * covered / total if total else 0.0
        good = good and percent >= FOLDERS[folder]
        print("%-8s %6d %8d %8.2f %8d %9d" % (folder, total, covered, percent, FOLDERS[folder],
                                              left_out))
    print("\nleft out: only a failing allocation leads there\nnot covered:")
    for _, row in sorted(table.items()):
        for part in row[3]:
            print("  " + part)
    return good


def main():
    source, where = (os.path.realpath(word) for word in sys.argv[1:3])
    counts = os.path.join(where, "counts")
    build(source, where)
    run_programs(source, where, counts)
    if not report(measure(source, gather(where, counts))):
        sys.exit("the vectors reach too few lines: add vectors, or remove what none can reach")


if __name__ == "__main__":
    main()
