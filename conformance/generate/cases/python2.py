# -*- coding: utf-8 -*-
"""Values of Python 2: byte strings, long integers, old names. Runs in Python 2."""
import collections
import pickle

import numpy as np


class OldStyle:
    def __init__(self):
        self.a = 1


VALUES = [
    ("str", ["", "a", "x" * 255, "x" * 256], "Byte strings: SHORT_BINSTRING and BINSTRING"),
    ("str-not-ascii", ["\xe9", "caf\xc3\xa9", "".join(map(chr, range(256)))],
     "Byte strings that are not ASCII"),
    ("unicode", [u"", u"caf\xe9", u"\U0001f600", u"\ud800"], "Text"),
    ("str-and-unicode", {"a": u"a", u"b": "b"}, "Byte strings beside text"),
    ("long", [0L, 1L, -1L, 2L**31, 2L**70, -2L**2040, 2L**2100], "Long integers"),
    ("int", [0, -1, 2**31 - 1, -2**31, 2**31, 2**62], "Plain integers"),
    ("bytearray", bytearray(b"\x00\xff"), "A byte array: a call"),
    ("set", [set([1, 2]), frozenset([3])], "Sets: calls"),
    ("complex", 1 + 2j, "A complex number: a call"),
    ("ordered-dict", collections.OrderedDict([("b", 1), ("a", 2)]), "OrderedDict"),
    ("default-dict", collections.defaultdict(list, a=[1]), "defaultdict"),
    ("globals", [len, dict, object, collections.OrderedDict], "Names in Python 2's modules"),
    ("xrange", xrange(3), "xrange: a call"),
    ("exception", ValueError("x"), "An exception"),
    ("list-1001", range(1001), "A list one longer than a batch"),
    ("bool", [True, False, None], "NEWTRUE and NEWFALSE"),
    ("array-str", np.array(["ab", "c"]), "An array of byte strings"),
    ("array-objects", np.array(["ab", u"c", 1L, None], dtype=object),
     "An object array with byte strings"),
    ("scalar", [np.float64(1.5), np.int32(3), np.bool_(True)], "Scalars of numpy"),
]
C_PICKLER = [("list-1001", range(1001)), ("dict", {"a": [1, 2]}), ("unicode", u"\ud800\xe9")]


def make(writer):
    for name, value, description in VALUES:
        writer.dump("python2/%s-%s" % (name, writer.release()), value, description,
                    "python2.md#strings")
    try:
        import cPickle
    except ImportError:
        return
    for name, value in C_PICKLER:
        writer.raw("python2/%s-cpickle" % name, cPickle.dumps(value, 2),
                   "A value by cPickle", "python2.md#strings", tags={"python": "2.7"})
