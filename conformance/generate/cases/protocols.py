# -*- coding: utf-8 -*-
"""Values, arrays, objects and estimators at protocols 0 and 1. Runs in Python 2 and 3."""
import pickle
import sys

import numpy as np

PYTHON2 = sys.version_info[0] == 2


class OldStyle:
    """In Python 2 an old-style class: INST or OBJ. In Python 3 a call of _reconstructor."""

    def __init__(self, *args):
        self.a = 1


class OldStyleArguments(OldStyle):
    def __getinitargs__(self):
        return (1, "two")


class OldStyleState(OldStyle):
    def __getstate__(self):
        return [1]

    def __setstate__(self, state):
        pass


def same_instance():
    value = OldStyle()
    value.me = value
    return [value, value]


OLD_STYLE = [
    ("old-style", OldStyle(), "An instance of an old-style class"),
    ("old-style-arguments", OldStyleArguments(1, "two"), "__getinitargs__"),
    ("old-style-state", OldStyleState(), "A state that is a list"),
    ("old-style-shared", same_instance(), "An instance that holds itself, met twice"),
    ("old-style-class", OldStyle, "An old-style class: a global"),
]
FLOATS = [0.1, 1e300, 5e-324, -0.0, 1 / 3.0, 1e22, 1.7976931348623157e308, float("inf"),
          float("-inf"), float("nan"), 123456789012345678.0]
TEXTS = [u"", u"a\\b", u"\\u0041", u"caf\xe9", u"\u4f60", u"\U0001f600", u"\ud800", u"\0\n\r\x1a\x7f",
         u"x" * 300]
STRINGS = ["", "a'b", 'a"b', "a'\"b", "\\", "\\x41", "\n\r\t\0\x7f", "".join(map(chr, range(256))),
           "x" * 300]
PLAIN = [("floats", FLOATS, "Floats as text"), ("texts", TEXTS, "Text as lines, with escapes"),
         ("integers", [0, 1, 2, -1, 2**31, -2**31 - 1, 2**63, -2**63, 10**100, -10**4299],
          "Integers as text"),
         ("bools", [True, False, None, 1, 0], "Bools are INT 01 and 00")]
if PYTHON2:
    PLAIN += [("strings", STRINGS, "Byte strings as lines in quotes"),
              ("bytearray", bytearray(b"\0\xff"), "A byte array: a call")] + OLD_STYLE

# Classes with __slots__ cannot be pickled by protocols 0 and 1.
NOT_PICKLED = ("slots", "slots-and-dict", "newargs-ex", "method-name")
ARRAYS = ("c-order", "f-order-3d", "1-d-padding", "same-twice", "in-containers", "struct-aligned",
          "text", "bytes", "datetime", "objects", "objects-nested", "objects-then-values",
          "matrix", "masked", "scalars", "scalar-struct", "dtypes", "dtype-structs")
FEW_ARRAYS = ("1-d-padding", "in-containers", "objects-nested", "struct-aligned", "matrix", "scalars")
ESTIMATORS = ("logistic", "pipeline", "tree", "forest", "with-meta")
FULL = ("py3.13-sklearn1.9", "py2.7-sklearn0.18")


def dump_all(writer, protocol, area, rows, spec=None):
    """Rows of name, value, description and perhaps the part of the spec, by joblib.dump."""
    for row in rows:
        writer.dump("protocol%d/%s-%s-%s" % (protocol, area, row[0], writer.release()), row[1],
                    "%s, protocol %d" % (row[2], protocol), spec or row[3], protocol=protocol)


def value_rows():
    import values
    skip = ("text-long", "list-2000", "memo-300", "nested-100", "set-1001", "dict-1001")
    return [row for row in values.VALUES if row[0] not in skip]


def object_rows():
    import objects
    skip = NOT_PICKLED + (objects.SKIP_PYTHON2 if PYTHON2 else ())
    return [row for row in objects.OBJECTS if row[0] not in skip]


def array_rows(names):
    import arrays
    return [row for row in arrays.LAYOUTS + arrays.KINDS if row[0] in names]


def make_estimators(writer, protocol):
    import estimators
    for name, maker, description, same in estimators.ROWS:
        if name in ESTIMATORS:
            more = {} if same else {"deterministic": False}
            writer.dump("protocol%d/%s-%s" % (protocol, name, writer.suffix()), maker(),
                        "%s, protocol %d" % (description, protocol), "values.md#objects",
                        protocol=protocol, **more)


def make_by_c(writer, protocol):
    """The same by the C pickler, which memoizes otherwise."""
    name = "cPickle" if PYTHON2 else "_pickle"
    try:
        pickler = __import__(name)
    except ImportError:
        return
    plain = [("objects", np.array([1, u"a", None], dtype=object), "An array of objects")]
    for row in PLAIN + plain:
        writer.raw("protocol%d/%s-cpickle-%s" % (protocol, row[0], writer.release()),
                   pickler.dumps(row[1], protocol), "%s, by the C pickler" % row[2],
                   "pickle.md#text",
                   tags={"python": "%d.%d" % sys.version_info[:2], "numpy": np.__version__})


def make(writer):
    full = writer.environment in FULL
    for protocol in (0, 1):
        dump_all(writer, protocol, "value", PLAIN, "pickle.md#text")
        dump_all(writer, protocol, "array", array_rows(ARRAYS if full else FEW_ARRAYS),
                 "ndarray.md#wrapper")
        if full:
            dump_all(writer, protocol, "object", object_rows(), "values.md#objects")
            make_by_c(writer, protocol)
        if "sklearn" in writer.environment:
            make_estimators(writer, protocol)
    if writer.environment == FULL[0]:
        for protocol in (0, 1):
            dump_all(writer, protocol, "value", value_rows())
    if PYTHON2:
        dump_all(writer, 2, "object", OLD_STYLE, "values.md#objects")
    for codec, compress in [("zlib", 3), ("gzip", ("gzip", 3))]:
        writer.dump("protocol0/%s-%s" % (codec, writer.release()), [1.5, u"a", np.arange(3)],
                    "Behind " + codec, "container.md#" + codec, protocol=0, compress=compress)
