# -*- coding: utf-8 -*-
"""Element types that arrays.py has not: what numpy writes, byte order by byte order."""
import sys

import numpy as np

from arrays import INNER, count, filled, objects

PYTHON2 = sys.version_info[0] == 2
DATES = ["Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as", "generic", "25s"]


def dates(kind, unit, order="<"):
    """The dates 1, -2 and none, by their integers."""
    code = "%s%s8" % (order, kind) + ("" if unit == "generic" else "[%s]" % unit)
    return np.array([1, -2, -2**63], "i8").astype(order + "i8").view(code)


def long_doubles():
    """Numbers at the edges of double, and at half a step beyond."""
    one, step = np.longdouble(1), np.ldexp(np.longdouble(1), -53)
    whole = [0, 1, -1.5, 2**63, np.inf, -np.inf, np.nan, np.finfo("f8").max, np.finfo("f8").tiny]
    ties = [one + step, one + 3 * step, one + step + np.ldexp(one, -63), -one - step]
    small = [np.ldexp(one, -1074), np.ldexp(one, -1075), np.ldexp(3 * one, -1075),
             np.ldexp(one + np.ldexp(one, -63), -1075), np.ldexp(one, -1076),
             np.ldexp(one + step * 2048, -1022), np.ldexp(one - step, -1022)]
    wide = [np.finfo(np.longdouble).max, np.finfo(np.longdouble).tiny, -np.ldexp(one, -16445),
            np.ldexp(2 - step, 1023), np.ldexp(2 - step - np.ldexp(one, -62), 1023), -0.0,
            np.ldexp(one, 1024)]
    return np.array(whole + ties + small + wide, np.longdouble)


def zeroed(array):
    """The same with zeros in the bytes that no long double of x86 has."""
    copy = array.copy()
    copy.view("u1").reshape(-1, 16)[:, 10:] = 0
    return copy


def long_double_rows():
    numbers = zeroed(long_doubles())
    with np.errstate(all="ignore"):
        doubles = numbers.astype("<f8")
    yield "longdouble", {"longdouble": numbers, "float64": doubles}, "Long doubles, and as double"
    yield "longdouble-scalar", [numbers[1], numbers[9]], "Scalars of long doubles"
    pair = zeroed(np.array([1, 2, -3], "<f16")[:2]).view("<c32")
    yield "longdouble-complex", pair, "A complex number of two long doubles"
    yield "longdouble-big", [numbers.byteswap().view(">f16"), pair.byteswap().view(">c32")], (
        "Long doubles turned around: no numbers")


def complex_scalars():
    """Scalars of numpy, each with the complex number of Python beside it."""
    made = [np.complex64(1 + 2j), np.complex128(-0.5j), np.complex64(complex("inf")),
            zeroed(np.array([1.5, 0.25], np.longdouble)).view("<c32")[0]]
    return [(scalar, complex(scalar)) for scalar in made]


def union():
    return np.array([1, 2], "<i4").view(np.dtype(("<i4", [("low", "<i2"), ("high", "<i2")])))


# Names of files where M, for months, would be m, for minutes.
LONG = {"Y": "years", "M": "months", "W": "weeks", "D": "days"}

ROWS = [
    ("dates-%s" % LONG.get(unit, unit), [dates(kind, unit, order) for kind in "Mm" for order in "<>"],
     "Dates and time spans in " + unit) for unit in DATES
] + [
    ("text", [np.array([u"", u"ab", u"\xe9\u4f60\U0001f600"], order + "U3") for order in "<>"],
     "Text in both byte orders"),
    ("text-empty", np.array([u"", u""]), "Text without letters"),
    ("bytes-empty", np.array([b"", b""]), "Bytes without bytes"),
    # joblib divides by the item size, so it writes none of no bytes itself.
    ("no-size", objects(np.zeros(2, "S0"), np.zeros(3, "V0"), np.zeros(2, np.dtype([]))),
     "Items of no bytes"),
    ("void-empty", np.zeros((0,), "V3"), "No items of raw data"),
    ("bool-2d", np.asfortranarray(np.array([[True, False], [False, True]])), "Bools"),
    ("titles", filled(np.dtype({"names": ["a", "b"], "formats": ["<i4", "<f8"],
                                "titles": [u"a title", None]}), 2), "Fields with titles"),
    ("metadata", {u"a": np.array([1.5], np.dtype("<f8", metadata={"unit": "m"}))},
     "Metadata of numbers"),
    ("metadata-struct", np.zeros(2, np.dtype([("a", "<f8")], metadata={"a": 1})),
     "Metadata of a struct"),
    ("metadata-dates", dates("M", "ns").astype(np.dtype("M8[ns]", metadata={"a": 1})),
     "Metadata of dates"),
    ("struct-0-d", filled([("a", "<i4"), ("b", "|S2")], 1).reshape(()), "A struct, no dimensions"),
    ("struct-complex", filled([("a", ">c16"), ("b", "<c8"), ("c", "|b1")], 2), "Complex fields"),
    ("struct-text", np.array([(u"ab", b"c", 5)], [("t", ">U5"), ("s", "S2"), ("d", "<m8[25s]")]),
     "Text, bytes and a time span in a struct"),
    ("struct-sub-struct", filled([("a", INNER, (2, 2)), ("b", "|u1", (3,))], 2),
     "Sub-arrays of structs"),
    ("struct-big-endian", filled([("a", ">f4", (2,)), ("b", [("c", ">i2"), ("d", "<i4", (2,))]),
                                  ("e", ">c8")], 2),
     "Sub-arrays and structs in a struct, of both byte orders"),
    ("struct-aligned-nested", np.zeros(2, np.dtype([("a", "|u1"), ("b", np.dtype(
        [("x", "|u1"), ("y", "<f8")], align=True))], align=True)), "Aligned structs in another"),
    ("struct-gaps", np.zeros(2, np.dtype({"names": ["b", "a"], "formats": ["<i2", "<i4"],
                                          "offsets": [12, 4], "itemsize": 20})),
     "Fields out of order, with gaps"),
    ("union", union(), "Integers that are structs too"),
    ("record-type", filled([("a", "<i4"), ("b", "|S2")], 2).view(np.dtype(
        (np.record, [("a", "<i4"), ("b", "|S2")]))), "Structs of the type record"),
    ("record-scalar", filled([("a", "<i4"), ("b", "|S2")], 2).view(np.recarray)[0], "A record"),
    ("recarray", filled([("a", "<i4"), ("b", "|S2")], 2).view(np.recarray), "A recarray"),
    ("chararray", np.array([u"a", u"bc"]).view(np.char.chararray), "A chararray"),
    ("masked", np.ma.array(filled([("a", "<i4"), ("b", "<f4")], 2), mask=[(0, 1), (1, 0)]),
     "A masked array of structs"),
    ("struct-objects", np.array([(1, [u"a"]), (2, None)], [("a", "<i4"), ("o", "O")]),
     "Objects in structs: an inert object"),
    ("scalars", [np.int16(-2), np.uint8(3), np.float32(0.5), np.complex128(1 - 2j),
                 np.timedelta64(5, "25s"), np.datetime64("NaT"), np.void(b"abc"), np.bytes_(b"x"),
                 np.bool_(False)], "More scalars of numpy"),
    ("complex-scalars", complex_scalars(), "Complex scalars"),
    ("32-d", np.zeros((1,) * 32, "|i1"), "32 dimensions, the most of numpy 1"),
]


def new_rows():
    """What numpy has since 2.0."""
    # numpy 1.13 and 1.16 write the address of the object.
    scalar = np.array([(1, [u"a"])], [("a", "<i4"), ("o", "O")])[0]
    yield "struct-objects-scalar", scalar, "A struct that holds an object"
    yield "zero-times-large", np.zeros((0, 2**40), "<i2"), "A dimension of 0 and one of 2^40"
    yield "64-d", np.ones((1,) * 64, "<i2"), "64 dimensions"
    yield "64-d-f-order", np.asfortranarray(np.arange(6, dtype="<i2").reshape(
        (2, 3) + (1,) * 62)), "64 dimensions in Fortran order"
    text = np.array([u"a", u"", u"a longer text, not kept in place"], np.dtypes.StringDType())
    yield "strings", [text, u"after"], "Strings of any length: an inert object"
    yield "strings-empty", np.zeros((0, 2), np.dtypes.StringDType()), "No strings of any length"
    missing = np.array([u"a", None], np.dtypes.StringDType(na_object=None, coerce=False))
    yield "strings-missing", missing, "Strings of any length, one is missing"
    yield "strings-objects", objects(text, 1), "Strings of any length within an object array"
    yield "strings-dtype", np.dtypes.StringDType(), "The dtype alone"


def make(writer):
    rows = list(ROWS) + list(long_double_rows())
    if not PYTHON2:  # numpy takes byte strings only there, and Python 3 none but ASCII
        rows.append(("struct-latin", filled([(u"\xe9\u4f60", "<i4")], 1), "A name beyond ASCII"))
        rows.append(("struct-nul", filled([("a", "<i2"), ("a\0b", "<i4"), ("a\0c", "<f8")], 2),
                     "Names with a NUL, which differ behind it"))
    for name, value, description in rows + (list(new_rows()) if hasattr(np, "dtypes") else []):
        writer.dump("kinds/%s-%s" % (name, writer.release()), value, description,
                    "ndarray.md#kinds")
