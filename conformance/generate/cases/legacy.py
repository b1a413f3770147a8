# -*- coding: utf-8 -*-
"""Values of joblib before 0.10: each array stands in a file beside the main one."""
import numpy as np

from arrays import INNER, NODE_OLD, count, filled, objects, same_twice

VALUES = [
    ("array", count("<f8"), "One array, in a file of its own"),
    ("several", [count("<i4"), u"between", {u"a": count("|u1", (3,)), u"b": (count("<f4"), None)}],
     "Three arrays, and values between them"),
    ("f-order", np.asfortranarray(count("<f8")), "Fortran order"),
    ("strided", count("<f8", (4, 6))[::2, ::3], "A view with strides: written in C order"),
    ("big-endian", count(">i2"), "Big endian"),
    ("0-d", [np.array(2.5)], "No dimensions"),
    ("empty", np.zeros((3, 0), "<i4"), "No items"),
    ("struct", filled(NODE_OLD, 2), "Structs of numbers"),
    ("struct-nested", filled([("a", INNER), ("b", "|S3"), ("c", "<M8[ms]")], 2),
     "A struct in a struct, a sub-array, bytes and a date"),
    ("text", np.array([u"", u"ab", u"\xe9\u4f60"]), "Fixed-width text"),
    ("dates", np.array(["2001-02-03", "NaT"], "M8[D]"), "Dates"),
    ("objects", objects(1, u"a", None, [2], 3.5), "Objects: a pickle in the other file"),
    ("objects-2d", objects(1, u"a", None, [2], 3.5, False).reshape(2, 3),
     "Objects in two dimensions"),
    ("matrix", np.matrix([[1, 2], [3, 4]]), "A matrix"),
    ("same-twice", same_twice(), "One array met three times is written three times"),
]


def make(writer):
    for name, value, description in VALUES:
        writer.dump_files("legacy/%s-%s" % (name, writer.release()), value, description,
                          "legacy.md#companions")
