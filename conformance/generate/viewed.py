"""What a view must say of an object, from the object itself. Runs in Python 2.7 and 3.6 or newer.

Numbers are text. Values inside are tagged as in tagged.py; only the few kinds below are used.
"""
import binascii
import collections
import copy
import datetime
import decimal
import fractions
import functools
import pickle
import struct
import uuid

import numpy

try:
    import copyreg
except ImportError:
    import copy_reg as copyreg
try:
    import pathlib
except ImportError:
    pathlib = None

TEXT = type(u"")
RANGE = type(range(1)) if not isinstance(range(1), list) else xrange  # noqa: F821


def tag(value):
    """A plain value as tagged JSON."""
    if value is None:
        return {"none": True}
    if isinstance(value, (TEXT, str)):
        return {"str": value}
    if isinstance(value, int) or type(value).__name__ == "long":
        return {"int": "%d" % value}
    return {"global": [value.__module__, value.__name__]}


def pairs(mapping):
    return [[tag(key), tag(item)] for key, item in mapping.items()]


def view_mapping(value):
    view = {"view": "mapping", "entries": pairs(value)}
    if getattr(value, "default_factory", None) is not None:
        view["factory"] = tag(value.default_factory)
    return view


def view_sequence(value):
    view = {"view": "sequence", "items": [tag(item) for item in value]}
    if value.maxlen is not None:
        view["maximum"] = "%d" % value.maxlen
    return view


def view_fraction(value):
    view = {"view": "fraction", "text": str(value)}
    if max(abs(value.numerator), value.denominator) < 2 ** 63:
        view["numbers"] = ["%d" % value.numerator, "%d" % value.denominator]
    return view


def as_text(kind):
    return lambda value: {"view": kind, "text": TEXT(value)}


def moment(kind, names):
    """A view of date, time or datetime: what it does not have is 0."""
    everything = "year month day hour minute second microsecond fold".split()

    def view(value):
        found = {"view": kind, "text": value.isoformat(),
                 "numbers": ["%d" % (getattr(value, name, 0) if name in names else 0)
                             for name in everything]}
        if getattr(value, "tzinfo", None) is not None:
            found["zone"] = view_timezone(value.tzinfo)
        return found
    return view


DATE = "year month day".split()
TIME = "hour minute second microsecond fold".split()


def view_duration(value):
    return {"view": "duration", "text": str(value),
            "numbers": ["%d" % number for number in (value.days, value.seconds,
                                                     value.microseconds)]}


def view_timezone(value):
    offset = value.utcoffset(None)
    micro = (offset.days * 86400 + offset.seconds) * 1000000 + offset.microseconds
    return {"view": "timezone", "text": str(value), "numbers": ["%d" % micro]}


def view_slice(value):
    return {"view": "slice", "items": [tag(value.start), tag(value.stop), tag(value.step)]}


def view_range(value):
    """xrange of Python 2 tells its numbers nowhere else."""
    return {"view": "range", "items": [tag(number) for number in value.__reduce__()[1]]}


def view_function(value):
    name = getattr(value, "__qualname__", value.__name__)
    module = getattr(value, "__module__", None) or value.__self__.__module__
    return {"view": "function", "text": "%s.%s" % (module, name)}


def view_ufunc(value):
    """The pickler looks for the module. Older numpy writes a call, newer the name alone."""
    reduced = copyreg.dispatch_table[numpy.ufunc](value)
    called = isinstance(reduced, tuple)
    module, name = reduced[1] if called else (pickle.whichmodule(value, reduced), reduced)
    return {"view": "ufunc" if called else "function", "text": "%s.%s" % (module, name)}


def view_partial(value):
    return {"view": "partial", "function": tag(value.func),
            "items": [tag(item) for item in value.args],
            "entries": pairs(value.keywords or {})}


def view_random(value):
    """The state is (name, key, position, ...) for MT19937 by RandomState, else a dict."""
    state = value.get_state() if hasattr(value, "get_state") else value
    if isinstance(state, tuple):
        name, key, position = state[:3]
    else:
        state = state if isinstance(state, dict) else getattr(value, "bit_generator", value).state
        name, key = state["bit_generator"], state["state"].get("key")
        position = state["state"].get("pos")
    view = {"view": "random", "name": name}
    if name == "MT19937":
        view["numbers"] = ["%d" % position, "%d" % int(key.astype("u8").sum())]
    return view


def bits(number):
    return binascii.hexlify(struct.pack(">d", number)).decode("ascii")


def elements(value):
    """The stored elements in their order: coordinates, and the bits of a double."""
    if value.format == "coo":
        axes = value.coords if hasattr(value, "coords") else (value.row, value.col)
    else:
        lines = numpy.repeat(numpy.arange(len(value.indptr) - 1), numpy.diff(value.indptr))
        axes = [lines, value.indices[:len(lines)]]
        axes = axes[::-1] if value.format == "csc" else axes[-len(value.shape):]
    return [["%d" % axis[i] for axis in axes] + [bits(value.data[i])]
            for i in range(len(axes[0]))]


def view_sparse(value):
    """scipy keeps the answers about order on the object, so a copy is asked."""
    view = {"view": "sparse", "name": value.format, "shape": ["%d" % n for n in value.shape],
            "dtype": value.data.dtype.str, "elements": elements(value),
            "is_array": not type(value).__name__.endswith("_matrix")}
    if value.format != "coo":
        asked = copy.deepcopy(value)
        view["is_sorted"] = bool(asked.has_sorted_indices)
        view["is_canonical"] = bool(asked.has_canonical_format)
    return view


VIEWS = [
    (collections.OrderedDict, view_mapping), (collections.Counter, view_mapping),
    (collections.defaultdict, view_mapping), (collections.deque, view_sequence),
    (fractions.Fraction, view_fraction), (decimal.Decimal, as_text("decimal")),
    (datetime.datetime, moment("datetime", DATE + TIME)), (datetime.date, moment("date", DATE)),
    (datetime.time, moment("time", TIME)), (datetime.timedelta, view_duration),
    (uuid.UUID, as_text("uuid")), (slice, view_slice), (RANGE, view_range),
    (functools.partial, view_partial), (numpy.random.RandomState, view_random),
    (numpy.ufunc, view_ufunc), (dict, view_mapping),
]
if hasattr(datetime, "timezone"):
    VIEWS += [(datetime.timezone, view_timezone), (collections.UserDict, view_mapping)]
if pathlib:
    VIEWS += [(pathlib.PurePath, as_text("path"))]
if hasattr(numpy.random, "Generator"):
    VIEWS += [(numpy.random.Generator, view_random), (numpy.random.PCG64, view_random),
              (numpy.random.MT19937, view_random), (numpy.random.Philox, view_random)]


def viewed(value):
    """The view of an object. What is known by its name alone is a function."""
    for kind, view in VIEWS:
        if isinstance(value, kind):
            return view(value)
    if hasattr(value, "format") and hasattr(value, "nnz"):
        return view_sparse(value)
    return view_function(value)
