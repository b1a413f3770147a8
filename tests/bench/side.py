"""Measures Python and a program of this folder in turns, and prints a row of a table."""
import subprocess
import time

ROUNDS = 7


class Program:
    """A program that answers requests with seconds."""

    def __init__(self, *arguments, env=None):
        self.process = subprocess.Popen(arguments, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, env=env)

    def measure(self, request):
        self.process.stdin.write(request + '\n')
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        if self.process.wait() != 0:
            raise SystemExit('the program failed')


def repeat(call, least_seconds):
    """Seconds of one call, from at least `least_seconds` of them."""
    count, calls = 1, 0
    while True:
        start = time.perf_counter()
        for _ in range(count):
            calls += 1
            call(calls)
        seconds = time.perf_counter() - start
        if seconds >= least_seconds:
            return seconds / count
        count *= 2


def mean(call, afterwards=lambda result: None):
    """Seconds of one call, from calls within 0.2 s, at most 1,000.

    What is done with its result afterwards, and freeing it, is not counted."""
    total, calls = 0.0, 0
    while total < 0.2 and calls < 1000:
        start = time.perf_counter()
        result = call()
        total += time.perf_counter() - start
        calls += 1
        afterwards(result)
        del result
    return total / calls


def in_turns(measures, rounds=ROUNDS):
    """The median of each measure, when all are taken one after the other, in rounds."""
    seconds = [[measure() for measure in measures] for _ in range(rounds)]
    return [sorted(column)[rounds // 2] for column in zip(*seconds)]


def text(seconds):
    for unit, factor in (('s', 1), ('ms', 1e3), ('µs', 1e6)):
        if seconds * factor >= 1:
            break
    return '%.3g %s' % (seconds * factor, unit)


def cells(seconds):
    """Seconds of Python, and of each way to do the same, with the ratio."""
    python = seconds[0]
    return [text(python)] + ['%s (%.3gx)' % (text(own), python / own)
                             for own in seconds[1:]]


def row(name, *columns):
    print('| %s |' % ' | '.join((name,) + columns), flush=True)
