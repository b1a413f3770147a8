# -*- coding: utf-8 -*-
"""Plain values of Python 3, at protocols 2 to 5."""
import collections
import pickle
import struct
import sys


def nan(payload):
    return struct.unpack(">d", struct.pack(">Q", payload))[0]


def self_list():
    value = [1]
    value.append(value)
    return value


def self_dict():
    value = {"a": 1}
    value["self"] = value
    return value


def tuple_in_itself():
    inner = []
    value = (1, inner)
    inner.append(value)
    return value


class Holder:
    pass


def frozenset_in_itself():
    holder = Holder()
    value = frozenset([holder])
    holder.set = value
    return value


def shared():
    inner, table, members = [1], {"k": 2}, {3}
    return [inner, table, members, inner, table, members, (inner,), {"inner": inner}]


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


Point = collections.namedtuple("Point", "x y")

VALUES = [
    ("none", None, "None", "values.md#none"),
    ("true", True, "True", "values.md#bool"),
    ("false", False, "False", "values.md#bool"),
    ("int-edges", [0, 1, -1, 255, 256, 65535, 65536, 2**31 - 1, -2**31],
     "Integers at the edges of BININT1, BININT2 and BININT", "values.md#int"),
    ("int-big", [2**31, -2**31 - 1, 2**63, -2**63, 2**64, 2**64 - 1, 10**30, -10**30, 127, 128,
                 -128, -129, 32767, -32768], "Integers that need LONG1", "pickle.md#long1"),
    ("int-255-bytes", [1 << 2030, -(1 << 2030)], "Integers near the end of LONG1's range",
     "pickle.md#long1"),
    ("int-long4", [1 << 2040, -(1 << 2047), -(1 << 2048)],
     "Integers of 256 bytes and more: LONG4", "pickle.md#long4"),
    ("float", [0.0, -0.0, 1.5, -2.25, 1e308, 5e-324, 0.1], "Finite floats", "values.md#float"),
    ("float-special", [float("inf"), float("-inf"), float("nan"), nan(0x7ff8000000000abc),
                       nan(0xfff8000000000000)], "Infinities and NaNs with their bits",
     "values.md#float"),
    ("complex", [1 + 2j, complex(-0.0, float("inf"))], "Complex numbers, made by a call",
     "values.md#complex"),
    ("text", [u"", u"a", u"caf\xe9", u"\u4f60\u597d", u"\U0001f600", u'"\\/\b\f\n\r\t\x7f\x1f'],
     "Text: empty, ASCII, two, three and four bytes a character", "values.md#text"),
    ("text-nul", [u"a\0b", u"\0"], "NUL inside text", "values.md#text"),
    ("text-surrogate", [u"\ud800", u"a\udfffb"], "Lone surrogates", "values.md#surrogates"),
    ("text-long", [u"x" * 255, u"y" * 256, u"\xe9" * 128], "Text of 255 and 256 bytes",
     "pickle.md#binunicode"),
    ("bytes", [b"", b"a", bytes(bytearray(range(256)))], "Byte strings", "values.md#bytes"),
    ("bytearray", [bytearray(b""), bytearray(b"\0\xff"), bytearray(300)], "Byte arrays",
     "values.md#bytearray"),
    ("tuples", [(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), ((),)], "Tuples of 0 to 4 items",
     "values.md#tuple"),
    ("lists", [[], [1], [1, 2], [[]], [[1], [2, [3]]]], "Lists of lists", "values.md#list"),
    ("dicts", [{}, {"a": 1}, {"b": 1, "a": 2}, {1: {2: {3: 4}}}],
     "Dicts keep the order of insertion", "values.md#dict"),
    ("dict-keys", {None: 0, True: 1, 2: 2, 3.5: 3, u"t": 4, b"b": 5, (1, u"x"): 6,
                   frozenset([7]): 7}, "Keys of every hashable kind", "values.md#dict-keys"),
    ("dict-nan-keys", {nan(0x7ff8000000000000): 1, nan(0x7ff8000000000001): 2},
     "Two NaN keys stay apart", "values.md#dict-keys"),
    ("sets", [set(), {1}, {3, 1, 2}, {u"a"}], "Sets", "values.md#set"),
    ("frozensets", [frozenset(), frozenset([1]), frozenset([frozenset([1, 2]), 3])],
     "Frozensets, nested", "values.md#frozenset"),
    ("shared", shared(), "Shared list, dict and set", "values.md#identity"),
    ("cycle-list", self_list(), "A list that holds itself", "values.md#cycles"),
    ("cycle-dict", self_dict(), "A dict that holds itself", "values.md#cycles"),
    ("cycle-tuple", tuple_in_itself(), "A tuple that holds itself through a list",
     "values.md#cycles"),
    ("list-1001", list(range(1001)), "A list one longer than a batch", "pickle.md#batches"),
    ("list-2000", [None] * 2000, "A list of two full batches", "pickle.md#batches"),
    ("dict-1001", dict((i, None) for i in range(1001)), "A dict one longer than a batch",
     "pickle.md#batches"),
    ("set-1001", set(range(1001)), "A set one longer than a batch", "pickle.md#batches"),
    ("memo-300", [[i] for i in range(300)] * 2, "More than 256 memo entries: LONG_BINGET",
     "pickle.md#memo"),
    ("nested-100", nested(100), "100 lists in one another", "values.md#depth"),
    ("global", [len, dict, collections.OrderedDict, ValueError], "Functions and classes",
     "pickle.md#globals"),
    ("ordered-dict", collections.OrderedDict([("b", 1), ("a", [2])]),
     "OrderedDict: REDUCE and SETITEMS", "pickle.md#objects"),
    ("default-dict", collections.defaultdict(list, {"a": [1]}),
     "defaultdict: a call with an argument, and entries", "pickle.md#objects"),
    ("counter", collections.Counter("aab"), "Counter: a call with a dict", "pickle.md#objects"),
    ("deque", collections.deque([1, 2], 5), "deque: a call, and items", "pickle.md#objects"),
    ("slice-range", [slice(1, None, 2), range(3)], "slice and range stay objects",
     "pickle.md#objects"),
    ("exception", ValueError("x", 1), "An exception: a call", "pickle.md#objects"),
    ("cycle-frozenset", frozenset_in_itself(), "A frozenset that holds itself through an object",
     "values.md#cycles"),
]
FRAMES = [("text-70000", u"z" * 70000), ("bytes-70000", b"z" * 70000)]
LEVELS = [i * i % 97 for i in range(400)] + ["%d,%d" % (i % 7, i % 11) for i in range(200)]


FRAMED = ("bytearray", "bytes", "sets", "frozensets", "shared", "list-1001", "dict-1001", "set-1001",
          "int-edges", "ordered-dict", "slice-range", "global", "dict-keys")
TEXTS = [u"%03d " % i * 30 for i in range(600)]


def make(writer):
    """Every value in the newest environment; elsewhere those that picklers write otherwise."""
    if sys.version_info < (3, 13):
        return make_by_release(writer)
    for protocol in (2, 3, 4, 5):
        for name, value, description, spec in VALUES:
            writer.dump("pickle%d/%s" % (protocol, name), value, description, spec,
                        protocol=protocol)
            if name in FRAMED:
                writer.raw("cpickle/%s-protocol%d" % (name, protocol),
                           pickle.dumps(value, protocol), description + ", by the C pickler",
                           spec, tags={"python": "3.13"})
    for name, value in FRAMES + [("texts-frames", TEXTS)]:
        writer.dump("pickle4/" + name, [1, value, 2], "More than one frame holds",
                    "pickle.md#frames", protocol=4)
        writer.raw("cpickle/" + name, pickle.dumps([1, value, 2], 4),
                   "More than one frame holds, by the C pickler", "pickle.md#frames",
                   tags={"python": "3.13"})
    make_compressed(writer)


def make_by_release(writer):
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        for name, value, description, spec in VALUES:
            if name in FRAMED:
                writer.dump("releases/%s-protocol%d-%s" % (name, protocol, writer.release()), value,
                            description, spec, protocol=protocol)


def make_compressed(writer):
    writer.dump("zlib/texts-40000", [u"%d" % i * 40000 for i in range(5)],
                "Texts of 200 kB together, in protocol 2", "pickle.md#binunicode",
                compress=3, protocol=2)
    for codec, compress in [("zlib", 3), ("gzip", ("gzip", 3))]:
        for name, value, description, spec in VALUES[:1] + VALUES[10:11] + VALUES[27:28]:
            writer.dump("%s/%s" % (codec, name), value, description, "container.md#" + codec,
                        compress=compress)
        for level in (1, 6, 9):
            writer.dump("%s/level-%d" % (codec, level), LEVELS, "Level %d" % level,
                        "container.md#" + codec, compress=(codec, level))
