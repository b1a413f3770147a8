"""The testee for joblib itself, of any release from 0.6 on, in Python 2.7 or 3.

It calls joblib.load(). Names of a file find stand-ins (standins.py), and files of the areas `audit`
and `hostile` are refused. Methods of models are called in the environments that have scikit-learn.
"""
import json
import os
import sys
import warnings

warnings.simplefilter("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.setrecursionlimit(100000)

import joblib  # noqa: E402
import joblib.numpy_pickle  # noqa: E402
import numpy  # noqa: E402

import standins  # noqa: E402
import values  # noqa: E402

NEVER = ("audit", "hostile")
PYTHON2 = sys.version_info[0] == 2
# numpy reads arrays of objects in npy files with pickle.
MODULES = ("joblib.numpy_pickle", "joblib.numpy_pickle_compat", "numpy.lib._format_impl",
           "numpy.lib.format")
UNPICKLERS = ("NumpyUnpickler", "ZipNumpyUnpickler")
# The modules of codecs, where joblib does not say which it knows: before 0.12.
NEEDS = {"zlib": "zlib", "gzip": "gzip", "bz2": "bz2", "xz": "lzma", "lzma": "lzma"}
STARTS = ((b"\x93NUMPY", "npy"), (b"\x28\xb5\x2f\xfd", "zstd"), (b"\x04\x22\x4d\x18", "lz4"),
          (b"\xfd7zXZ", "xz"), (b"\x5d\x00\x00", "lzma"), (b"\x1f\x8b", "gzip"), (b"BZh", "bz2"),
          (b"x", "zlib"))
# What a release says of files that it does not read, and the word for `skipped`.
ERRORS = (("generated with python 2", "python2-files"), ("unsupported pickle protocol", "protocol"))


def hello():
    operations = ["load", "redump"]
    try:
        import sklearn
        operations.append("predict")
    except ImportError:
        sklearn = None
    version = "%s, Python %d.%d, numpy %s" % ((joblib.__version__,) + sys.version_info[:2]
                                              + (numpy.__version__,))
    if sklearn:
        version += ", scikit-learn " + sklearn.__version__
    return {"name": "joblib", "version": version, "level": 3, "operations": operations,
            "capabilities": ["companions"] + codecs(), "lacks": lacks()}


def codecs():
    """Those that this release knows and this Python has."""
    if not hasattr(joblib, "numpy_pickle_utils"):
        return ["zf"]
    known = getattr(joblib.numpy_pickle_utils, "_COMPRESSORS", NEEDS)
    return ["zf"] + sorted(name for name in known if is_here(NEEDS.get(name, name)))


def is_here(module):
    try:
        __import__(module)
    except ImportError:
        return False
    return True


def lacks():
    words = ["set-order", "byte-order", "padding"]
    if PYTHON2:
        words += ["order", "py2str"]
    # With it joblib gives an array back its class.
    return words if hasattr(numpy.ndarray, "__array_prepare__") else words + ["matrix"]


class Unfit(Exception):
    """A file that this release is not asked about: the argument is the word for `skipped`."""


class Guard(object):
    """Puts a guard on joblib's unpicklers, and on what joblib and numpy take for pickle."""

    def __init__(self):
        self.names = None
        shim = standins.GuardedPickle(lambda: self.names)
        for name in MODULES:
            module = sys.modules.get(name)
            if module is None:
                continue
            for unpickler in UNPICKLERS:
                if hasattr(module, unpickler):
                    standins.guard(getattr(module, unpickler), lambda: self.names)
            if not PYTHON2 and hasattr(module, "Unpickler"):
                module.Unpickler = shim.unpickler
            module.pickle = shim

    def load(self, path, names):
        self.names = names
        return joblib.load(path, **OPTIONS)


def options():
    """Arrays stay in the byte order of the file, where a release can do that."""
    code = joblib.load.__code__
    known = "ensure_native_byte_order" in code.co_varnames[:code.co_argcount]
    return {"ensure_native_byte_order": False} if known else {}


OPTIONS = options()


def has_small_window(head):
    """zlib with a window below 32 KiB, by its header; pickles may begin with ( and X."""
    first, second = bytearray(head[:2].ljust(2, b"\0"))
    return first & 15 == 8 and first < 0x78 and first not in (0x28, 0x58) and \
        (first * 256 + second) % 31 == 0


def check_form(path):
    """joblib reads neither npy files nor zstd nor small windows, and old releases few codecs."""
    with open(path, "rb") as stream:
        head = stream.read(6)
    for start, word in STARTS:
        if head.startswith(start) and word not in codecs():
            raise Unfit(word)
    if has_small_window(head):
        raise Unfit("zlib-window")


def load(guard, path):
    check_form(path)
    names = standins.Names(joblib)
    return '"value":' + values.to_text(guard.load(path, names), names)


def predict(guard, model, source, method):
    names = standins.RealClasses()
    estimator, data = guard.load(model, names), guard.load(source, names)
    return '"outputs":' + values.outputs_text(getattr(estimator, method)(data))


def settings(path):
    """The codec and the protocol of a file, as far as this release takes them."""
    with open(path, "rb") as stream:
        head = stream.read(6)
    codec = [word for start, word in STARTS + ((b"ZF", "zf"),)
             if head.startswith(start)]
    if not codec:
        found = {"protocol": ord(head[1:2]) if head.startswith(b"\x80") else 0}
    else:
        found = {"compress": 3 if codec[0] in ("zf", "zlib") else (codec[0], 3)}
    code = joblib.dump.__code__
    return {key: value for key, value in found.items()
            if key in code.co_varnames[:code.co_argcount]}


def redump(guard, path, target):
    check_form(path)
    with warnings.catch_warnings():
        warnings.filterwarnings("error", "Trying to unpickle")
        try:
            value = guard.load(path, standins.RealClasses(same_names=True))
        except UserWarning:
            raise Unfit("another scikit-learn")
    joblib.dump(value, target, **settings(path))
    return '"redump":"written"'


OPERATIONS = {"load": load, "predict": predict, "redump": redump}


def answer(guard, words):
    if any(area in words[2].split(os.sep) for area in NEVER):
        return '"skipped":"hostile"'
    try:
        return OPERATIONS[words[1]](guard, *words[2:])
    except (Unfit, standins.Unfit) as unfit:
        return '"skipped":' + json.dumps(str(unfit))
    except Exception as error:
        status = "%s: %s" % (type(error).__name__, str(error)[:200])
        for text, word in ERRORS:
            if text in status:
                return '"skipped":' + json.dumps(word)
        return '"error":' + json.dumps({"status": status, "offset": None, "file_offset": None})


def main():
    guard = Guard()
    put = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print is no answer
    for line in iter(sys.stdin.readline, ""):
        words = line.rstrip("\n").split("\t")
        put.write(json.dumps(hello()) if words[0] == "hello 1" else
                  '{"id":"%s",%s}' % (words[0], answer(guard, words)))
        put.write("\n")
        put.flush()


if __name__ == "__main__":
    main()
