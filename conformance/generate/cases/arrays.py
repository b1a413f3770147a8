"""Arrays as joblib writes them: a wrapper, then bytes; and by plain pickle."""
import pickle
import sys

import numpy as np

PYTHON2 = sys.version_info[0] == 2
NODE_OLD = np.dtype([("left_child", "<i8"), ("right_child", "<i8"), ("feature", "<i8"),
                     ("threshold", "<f8"), ("impurity", "<f8"), ("n_node_samples", "<i8"),
                     ("weighted_n_node_samples", "<f8")])
NODE_NEW = np.dtype({"names": list(NODE_OLD.names) + ["missing_go_to_left"],
                     "formats": ["<i8"] * 3 + ["<f8"] * 2 + ["<i8", "<f8", "u1"],
                     "offsets": list(range(0, 57, 8)), "itemsize": 64})
INNER = np.dtype([("x", "<f4"), ("y", "<i2", (2,))])


def count(dtype, shape=(2, 3)):
    """0, 1, 2, ... as an array of a dtype."""
    return np.arange(int(np.prod(shape))).astype(dtype).reshape(shape)


def objects(*items):
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return array


def filled(dtype, size):
    """A structured array with a different byte everywhere."""
    dtype = np.dtype(dtype)
    raw = np.arange(size * dtype.itemsize, dtype="u1") % 251
    return np.frombuffer(raw.tobytes(), dtype).copy()


def same_twice():
    array = count("<f8", (2,))
    return [array, array, {"again": array}]


SIMPLE = ["|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8",
          "<f16", "<c8", "<c16", "<c32", ">i2", ">i4", ">i8", ">u2", ">u4", ">u8", ">f2", ">f4",
          ">f8", ">c8", ">c16"]
LAYOUTS = [
    ("c-order", count("<f8"), "C order"),
    ("f-order", np.asfortranarray(count("<f8")), "Fortran order"),
    ("f-order-3d", np.asfortranarray(count("<i4", (2, 3, 4))), "Fortran order, 3-d"),
    ("strided", count("<f8", (4, 6))[::2, ::3], "A view with strides: written in C order"),
    ("permuted", count("<i2", (2, 3, 4)).transpose(1, 0, 2), "Neither C nor F: in C order"),
    ("0-d", np.array(2.5), "No dimensions"),
    ("empty", np.zeros((0,)), "No items"),
    ("empty-2d", np.zeros((3, 0), "<i4"), "No items, two dimensions"),
    ("one-column", count("<f8", (3, 1)), "C and F at once: written as C"),
    ("1-d-padding", [count("|u1", (n,)) for n in range(1, 20)],
     "Nineteen arrays of bytes: every padding length"),
    ("same-twice", same_twice(), "One array met three times is written three times"),
    ("in-containers", {"a": [count("<i4", (2,))], "b": (count("|u1", (3,)), "after")},
     "Arrays inside a dict, a list and a tuple, with values after them"),
]
KINDS = [
    ("text", np.array([u"", u"ab", u"\xe9\u4f60"]), "Fixed-width text"),
    ("bytes", np.array([b"", b"ab", b"\xff\x01"]), "Fixed-width byte strings"),
    ("void", np.frombuffer(b"abcdefgh", "V4"), "Raw data"),
    ("datetime", np.array(["2020-01-02", "NaT"], "M8[D]"), "Dates in days"),
    ("datetime-25us", np.array([1, 2], "M8[25us]"), "Dates in steps of 25 microseconds"),
    ("timedelta", np.array([1, -2], "m8[ns]"), "Time spans"),
    ("big-endian-text", np.array([u"ab"], ">U2"), "Big-endian text"),
    ("struct-packed", filled([("a", "|u1"), ("b", "<f8")], 2), "A packed struct"),
    ("struct-aligned", np.zeros(2, np.dtype([("a", "|u1"), ("b", "<f8")], align=True)),
     "An aligned struct, with padding"),
    ("struct-nested", filled([("a", INNER), ("b", "<u2")], 2), "A struct in a struct"),
    ("struct-subarray", filled([("m", "<f4", (2, 3)), ("n", "|S3")], 2), "Sub-arrays in a struct"),
    ("struct-big-endian", filled([("a", ">i4"), ("b", "<i4")], 2), "Mixed byte orders"),
    ("struct-2d", filled([("a", "<i4"), ("b", "<i4")], 6).reshape(2, 3), "A 2-d struct array"),
    ("tree-nodes-56", filled(NODE_OLD, 3), "Nodes of a tree before scikit-learn 1.3"),
    ("tree-nodes-64", filled(NODE_NEW, 3), "Nodes of a tree since scikit-learn 1.3"),
    ("objects", objects(1, u"a", None, [2], 3.5), "An object array: a nested pickle"),
    ("objects-2d", np.array([[1, None], [u"x", (2,)]], dtype=object), "A 2-d object array"),
    ("objects-f-order", np.asfortranarray(np.array([[1, None], [u"x", 2]], dtype=object)),
     "An object array in Fortran order: items in C order"),
    ("objects-empty", np.empty((0,), object), "An object array without items"),
    ("objects-arrays", objects(count("<f8", (2,)), count("|u1", (3,))), "Arrays in an object array"),
    ("objects-nested", objects(objects(1, u"in"), objects(None, objects(2))),
     "Object arrays in an object array"),
    ("objects-1001", np.array(list(range(1001)), dtype=object), "A nested list of 1,001 items"),
    ("objects-shared", objects(*([[1]] * 3)), "One list three times in an object array"),
    ("objects-then-values", [objects(1, 2), u"after", objects(3)],
     "Values after a nested pickle"),
    ("matrix", np.matrix([[1, 2], [3, 4]]), "numpy.matrix"),
    ("masked", np.ma.array([1.0, 2.0], mask=[0, 1]), "A masked array stays an object"),
    ("scalars", [np.bool_(True), np.int8(-1), np.uint64(2**63), np.float16(1.5), np.float64(2.5),
                 np.complex64(1 + 2j), np.datetime64("2020-01-01"), np.float32(0.1)],
     "Scalars of numpy"),
    ("scalar-text", [np.str_(u"ab"), np.bytes_(b"cd")] if not PYTHON2 else [np.unicode_(u"ab")],
     "Scalars of text and bytes"),
    ("scalar-struct", filled([("a", "<i4"), ("b", "|S2")], 1)[0], "A scalar of a struct"),
    ("dtypes", [np.dtype(code) for code in ("f8", ">i4", "|b1", "U5", "S3", "V4", "M8[ns]", "O")],
     "dtypes as values"),
    ("dtype-structs", [NODE_OLD, NODE_NEW, INNER, np.dtype([("a", INNER)]),
                       np.dtype((np.int32, (2, 2)))], "Structured dtypes as values"),
    ("dtype-types", [np.float64, np.int32, np.ndarray], "Types of numpy: globals"),
    ("scalar-keys", {np.int64(1): u"a", np.float64(2.5): u"b"}, "Scalars as keys of a dict"),
]
PLAIN = [("f8", count("<f8")), ("f-order", np.asfortranarray(count("<f8"))),
         ("struct", filled(NODE_OLD, 2)), ("text", np.array([u"ab"])), ("0-d", np.array(1)),
         ("empty", np.zeros((2, 0))), ("strided", count("<i4", (6,))[::2]),
         ("permuted", count("<i2", (2, 3, 2)).transpose(1, 0, 2)), ("objects", objects(1, [2])),
         ("big-endian", count(">i4")), ("shared", same_twice()), ("bool", count("|b1"))]
FULL = ("py3.13-sklearn1.9", "py3.6-joblib0.10", "py2.7-sklearn0.18")
SHORT = ("c-order", "f-order-3d", "1-d-padding", "objects-nested", "struct-packed", "matrix")
LAYOUT_NAMES = [row[0] for row in LAYOUTS]
LONG = ("<f16", "<c32")


def need(name):
    return "recommended" if name in LONG + ("permuted",) else "required"


def make(writer):
    full, suffix = writer.environment in FULL, writer.release()
    for code in SIMPLE if full else []:
        name = code.replace("<", "").replace("|", "").replace(">", "big-")
        writer.dump("dtype/%s-%s" % (name, suffix), count(code), "An array of " + code,
                    "ndarray.md#dtype", need=need(code), deterministic=code not in LONG)
    for name, value, description in LAYOUTS + KINDS:
        if full or name in SHORT:
            writer.dump("ndarray/%s-%s" % (name, suffix), value, description,
                        "ndarray.md#" + ("layout" if name in LAYOUT_NAMES else "kinds"),
                        need=need(name))
    if full:
        make_other(writer, suffix)


def make_other(writer, suffix):
    """Other codecs and protocols; arrays by plain pickle."""
    for codec, compress in [("zlib", 3), ("gzip", ("gzip", 3))]:
        for name, value in [("array", LAYOUTS[-1][1]), ("objects", KINDS[17][1])]:
            writer.dump("%s/%s-%s" % (codec, name, suffix), value, "Arrays behind " + codec,
                        "container.md#" + codec, compress=compress)
    highest = pickle.HIGHEST_PROTOCOL
    for protocol in range(2, highest + 1):
        for name, value in [("padding", LAYOUTS[9][1]), ("objects", KINDS[20][1])]:
            if protocol != getattr(pickle, "DEFAULT_PROTOCOL", 2):
                writer.dump("ndarray/%s-protocol%d-%s" % (name, protocol, suffix), value,
                            "Arrays at protocol %d" % protocol, "ndarray.md#wrapper",
                            protocol=protocol)
        for name, value in PLAIN:
            tags = {"numpy": np.__version__, "python": "%d.%d" % sys.version_info[:2]}
            writer.raw("plain-array/%s-protocol%d-%s" % (name, protocol, suffix),
                       pickle.dumps(value, protocol), "An array by plain pickle",
                       "ndarray.md#reconstruct", tags=tags, need=need(name))
