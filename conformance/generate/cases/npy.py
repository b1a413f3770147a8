# -*- coding: utf-8 -*-
"""Files of numpy alone, which are read as the array that they hold."""
import io
import sys

import numpy as np

from arrays import INNER, NODE_NEW, count, filled, objects

PYTHON2 = sys.version_info[0] == 2

# name, array, version, description
FILES = [
    ("version-1", count("<f8"), (1, 0), "Version 1"),
    ("version-2", count("<f8"), (2, 0), "Version 2: the size of the header in four bytes"),
    ("f-order", np.asfortranarray(count("<f8")), (1, 0), "Fortran order"),
    ("0-d", np.array(2.5), (1, 0), "No dimensions"),
    ("empty", np.zeros((0, 2)), (1, 0), "No items"),
    ("struct", filled([("a", INNER), ("b", "|S3"), ("c", "<m8[s]")], 2), (1, 0),
     "A struct in a struct, a sub-array, bytes and a duration"),
    ("struct-padded", filled(NODE_NEW, 2), (1, 0), "Padding: a field without name"),
    ("objects", objects(1, u"a", None, [2], 3.5), (1, 0), "Objects: a pickle"),
    ("text", np.array([u"", u"ab", u"\xe9\u4f60"]), (1, 0), "Fixed-width text"),
]
if not PYTHON2:
    FILES += [
        ("struct-latin1", filled([(u"\xe9", "<f4")], 1), (1, 0), "A name of Latin-1"),
        ("struct-utf8", filled([(u"\u4f60", "<f4")], 1), (3, 0), "Version 3: a name of UTF-8"),
        ("struct-quotes", filled([(u"a'\"\\", "<f4")], 1), (1, 0), "A name with quotes"),
        ("struct-title", filled([((u"title", u"name"), "<f4")], 1), (1, 0), "A field with a title"),
        ("struct-deep", filled([("a", [("b", [("c", "<i2"), ("d", "|u1")], (2,)), ("e", "|V3")])], 2),
         (1, 0), "Structs in structs, and raw bytes"),
    ]
# name, header, data, description: what other programs write
WRITTEN = [
    ("header-tight", b"{'descr':'<f8','fortran_order':False,'shape':(1,)}", bytes(8),
     "A header without a blank"),
    ("header-order", b"{'shape': (2L, 2L), 'fortran_order': True, 'descr': \"=i2\"}\n", bytes(range(8)),
     "Keys in another order, long integers of Python 2"),
    ("header-sub-array-number",
     b"{'descr': [('a', '<i2', 3)], 'fortran_order': False, 'shape': (1,)}\n", bytes(range(6)),
     "A sub-array whose shape is a number"),
    ("header-sub-array-0-d",
     b"{'descr': [('a', '<i2', ())], 'fortran_order': False, 'shape': (2,)}\n", bytes(range(4)),
     "A sub-array without dimensions"),
]


def note(writer, name, data, description, tags):
    writer.bytes("valid/npy/%s.joblib" % name, data)
    writer.note("valid/npy/" + name, description, "legacy.md#npy", tags=dict(tags, codec="raw"))


def make(writer):
    tags = {"python": "%d.%d" % sys.version_info[:2], "numpy": np.__version__}
    for name, array, version, description in FILES:
        stream = io.BytesIO()
        np.lib.format.write_array(stream, array, version)
        note(writer, name + writer.python2(), stream.getvalue(), description, tags)
    for name, header, data, description in [] if PYTHON2 else WRITTEN:
        head = b"\x93NUMPY\1\0" + bytes([len(header), 0]) + header
        note(writer, name, head + data, description, {})
