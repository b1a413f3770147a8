"""Changes single bytes of vectors, and compares the command with Python's two unpicklers.

Usage: changed_bytes.py COMMAND SEED COUNT [WORD]

Runs in the newest environment of conformance/generate. Each of COUNT rounds changes one byte of an
uncompressed valid vector, whose name contains WORD if it is given. What the command reads, joblib's
unpickler must read with the same value; what it refuses may be anything. The C unpickler must read
it too, as far as it comes without a name: it is given none, and plain values are compared. Nothing
that a file names is run: see conformance/generate/recorder.py. Exit status 1 if anything differs.
"""
import _pickle
import io
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
CONFORMANCE = os.path.join(HERE, "..", "..", "conformance")
sys.path.insert(0, os.path.join(CONFORMANCE, "generate"))
sys.dont_write_bytecode = True
from builders import CallRefused  # noqa: E402
from containers import codec_of  # noqa: E402
from recorder import record  # noqa: E402
from tagged import canonical, tagged  # noqa: E402


def vectors(word):
    """The bytes of the small vectors that are not compressed, by name."""
    folder = os.path.join(CONFORMANCE, "vectors")
    with open(os.path.join(folder, "INDEX")) as index:
        names = [line.split("\t")[0] for line in index if line.startswith("valid/")]
    for name in names:
        if word not in name:
            continue
        with open(os.path.join(folder, name + ".joblib"), "rb") as stream:
            data = stream.read()
        if codec_of(data) == "raw" and len(data) < 2000:
            yield name, data


def change(rng, data):
    """A byte replaced: by any other, or by one with a single bit turned."""
    at = rng.randrange(len(data))
    byte = rng.randrange(256) if rng.random() < 0.5 else data[at] ^ 1 << rng.randrange(8)
    return data[:at] + bytes([byte]) + data[at + 1:], at


def too_long(*_):
    raise TimeoutError


def python_value(data):
    """The tagged value, or why Python refuses; None for what is not compared.

    That is what takes more than two seconds, and a call that the file asks for and that Python
    itself would refuse.
    """
    signal.setitimer(signal.ITIMER_REAL, 2)
    try:
        value, rest, _ = record(data)
        return canonical(tagged(value)) if rest == 0 else "bytes follow"
    except (TimeoutError, CallRefused):
        return None
    except Exception as error:
        return "%s: %s" % (type(error).__name__, error)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


class NamesAsked(Exception):
    """The C unpickler came to a name."""


class Nameless(_pickle.Unpickler):
    def find_class(self, module, name):
        raise NamesAsked


def c_value(data):
    """What the C unpickler makes of it, without names; None for what is not compared."""
    try:
        value = Nameless(io.BytesIO(data), encoding="bytes").load()
        return canonical(tagged(value))
    except (NamesAsked, MemoryError, AttributeError, RecursionError):
        return None  # also sets, which have no order here, and memo numbers that are too large
    except Exception as error:
        return "%s: %s" % (type(error).__name__, error)


def command_value(command, path):
    """The tagged value, or None where the command refuses."""
    done = subprocess.run([command, "show", "--json", path], capture_output=True, timeout=60)
    if done.returncode not in (0, 1):
        raise SystemExit("exit status %d for %s" % (done.returncode, path))
    return done.stdout.decode("ascii").strip() if done.returncode == 0 else None


def differs(found, data):
    """Another value of joblib's unpickler or the C one, or None."""
    expected = python_value(data)
    if expected is not None and found != expected:
        return expected
    expected = c_value(data)
    plain = found.replace('{"py2str":', '{"bytes":')
    return expected if expected is not None and plain != expected else None


def show(name, at, found, expected):
    print("%s, byte %d:\n  command %.300s\n  Python  %.300s" % (name, at, found, expected))


def main(command, seed, count, word=""):
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    signal.signal(signal.SIGALRM, too_long)
    warnings.simplefilter("ignore")
    rng, files, read, differ = random.Random(int(seed)), list(vectors(word)), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "changed.joblib")
        for _ in range(int(count)):
            name, data = rng.choice(files)
            data, at = change(rng, data)
            with open(path, "wb") as stream:
                stream.write(data)
            found = command_value(command, path)
            if found is None:
                continue
            read += 1
            expected = differs(found, data)
            if expected is not None:
                differ += 1
                show(name, at, found, expected)
    print("%s changed files, %d read, %d differ" % (count, read, differ))
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
