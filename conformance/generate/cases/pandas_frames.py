# -*- coding: utf-8 -*-
"""Frames, series, indexes and arrays of pandas, with what pandas says they hold."""
import pickle

import numpy as np
import pandas as pd

from frames import frame

WORDS = [u"a", u"caf\xe9", None, u"", u"\u4f60\U0001f600", u"a"]
DAYS = np.array(["2001-02-03", "2001-02-04T05:06:07.123456789", "NaT", "1969-12-31",
                 "2262-01-01", "2020-02-29"], "M8[ns]")
SPANS = np.array([86400 * 10 ** 9, -1, "NaT", 0, 45296000000789, 5], "m8[ns]")
FLOATS = [0.5, -0.0, np.nan, np.inf, 1e300, 5e-324]
VERSION = tuple(int(part) for part in pd.__version__.split(".")[:2])
TIDY = {"dtype": object}


def text():
    return pd.Series(WORDS, dtype=object)


def dates(zone=None):
    times = pd.Series(DAYS)
    return times if zone is None else times.dt.tz_localize("UTC").dt.tz_convert(zone)


def category(values=(u"b", u"a", None, u"b", u"c", u"a"), **options):
    return pd.Series(pd.Categorical(list(values), **options))


def mixed():
    return pd.DataFrame({u"i": np.arange(6), u"f": FLOATS, u"t": text(), u"d": dates(),
                         u"b": [True, False] * 3, u"c": category(), u"g": np.arange(6) / 4,
                         u"s": SPANS},
                        columns=list(u"iftdbcgs"))


def numbers():
    kinds = ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8", "c16", "?", "f4", "i4"]
    return pd.DataFrame({number: np.array([0, 1, 3, 100, 7], kind)
                         for number, kind in enumerate(kinds)})


def repeated_names():
    made = pd.DataFrame([[1, 2.5, u"x"], [2, 3.5, None]])
    made.columns = [u"a", u"b", u"a"]
    return made


def inserted():
    """Columns that pandas has not merged into blocks, and one in the middle."""
    made = pd.DataFrame(np.arange(12.0).reshape(4, 3), columns=list(u"abc"))
    made[u"d"] = [9.5, 8.5, 7.5, 6.5]
    made.insert(1, u"e", [1, 2, 3, 4])
    made.insert(0, u"f", [u"x", None, u"y", u"z"])
    return made


def two_levels(names=(u"outer", None)):
    return pd.MultiIndex.from_tuples([(u"a", 1), (u"a", 2), (u"b", 1), (u"c", 3)], names=names)


def with_levels():
    return pd.DataFrame(np.arange(16).reshape(4, 4), two_levels(), two_levels((None, u"n")))


def odd_objects():
    values = [1, 2.5, u"x", None, np.nan, True, b"bytes", [1], pd.NaT, np.int32(5)]
    return pd.DataFrame({u"o": pd.Series(values, dtype=object)})


def categories():
    return pd.DataFrame({u"words": category(), u"ordered": category(ordered=True),
                         u"numbers": category([3, 1, 2, 3, None, 1]),
                         u"dates": pd.Series(pd.Categorical(dates())),
                         u"unused": category([u"a"] * 6, categories=[u"z", u"a"])},
                        columns=[u"words", u"ordered", u"numbers", u"dates", u"unused"])


def spans():
    return pd.DataFrame({u"utc": dates("UTC"), u"zone": dates("Europe/Berlin"),
                         u"naive": dates(), u"span": SPANS},
                        columns=[u"utc", u"zone", u"naive", u"span"])


def labelled(index):
    return pd.DataFrame({u"v": np.arange(len(index))}, index=index)


FRAMES = [
    ("mixed", mixed, "Columns of eight kinds"),
    ("numbers", numbers, "Columns of every number"),
    ("one-column", lambda: pd.DataFrame({u"a": [1, 2, 3]}), "One column"),
    ("empty", pd.DataFrame, "No rows and no columns"),
    ("no-rows", lambda: mixed().iloc[:0], "No rows"),
    ("no-columns", lambda: mixed()[[]], "No columns"),
    ("sliced", lambda: mixed().iloc[1:5:2, ::-2], "Every second row, columns turned around"),
    ("reversed", lambda: numbers().iloc[::-1], "Rows turned around: strides below 0"),
    ("transposed", lambda: pd.DataFrame(np.arange(6.0).reshape(3, 2)).T, "A transposed block"),
    ("repeated-names", repeated_names, "Two columns of one name"),
    ("inserted", inserted, "Blocks of one column each, in another order than the columns"),
    ("levels", with_levels, "Several levels in rows and columns"),
    ("objects", odd_objects, "A column of any objects"),
    ("categories", categories, "Categories of text, numbers and dates"),
    ("dates", spans, "Dates with and without zone, and durations"),
    ("index-dates", lambda: labelled(pd.date_range("2001-01-01", periods=3, tz="UTC")),
     "Rows by dates"),
    ("index-words", lambda: labelled(pd.Index([u"x", u"y", u"z"], name=u"key", **TIDY)),
     "Rows by words"),
    ("index-categories", lambda: labelled(pd.CategoricalIndex([u"x", u"y", u"x"])),
     "Rows by categories"),
]
SERIES = [
    ("ints", lambda: pd.Series([3, 1, 2], name=u"n"), "Integers, with a name"),
    ("words", text, "Text, without a name"),
    ("dates", lambda: dates("UTC"), "Dates of a zone"),
    ("category", category, "A category"),
    ("empty", lambda: pd.Series([], dtype="f8"), "No values"),
    ("column", lambda: numbers()[9], "A column of a frame"),
    ("spans", lambda: pd.Series(SPANS), "Durations"),
]
INDEXES = [
    ("words", lambda: pd.Index([u"a", u"b", None], name=u"n", **TIDY), "Text"),
    ("ints", lambda: pd.Index([3, 1, 2]), "Integers"),
    ("floats", lambda: pd.Index([0.5, np.nan]), "Floats"),
    ("range", lambda: pd.RangeIndex(7, 1, -2, name=u"r"), "A range"),
    ("dates", lambda: pd.date_range("2001-01-01", periods=3, freq="D"), "Dates of a frequency"),
    ("zone", lambda: pd.date_range("2001-03-25", periods=2, tz="Europe/Berlin"), "Dates of a zone"),
    ("spans", lambda: pd.to_timedelta(SPANS[:2]), "Durations"),
    ("periods", lambda: pd.period_range("2001-01", periods=3, freq="M"), "Periods"),
    ("levels", lambda: two_levels(), "Two levels"),
    ("levels-missing", lambda: pd.MultiIndex.from_arrays([[u"a", None], [1.5, 2.5]]),
     "A level with a missing label"),
    ("category", lambda: pd.CategoricalIndex([u"b", u"a", u"b"], ordered=True), "Categories"),
    ("intervals", lambda: pd.interval_range(0, 3), "Intervals"),
    ("bools", lambda: pd.Index([True, False]), "Bools"),
]
ARRAYS = [("categorical", lambda: pd.Categorical([u"b", None, u"a"]), "A Categorical")]


def nullable():
    made = pd.DataFrame({u"i": pd.array([1, None, 3], "Int64"),
                         u"u": pd.array([1, None, 255], "UInt8")})
    if VERSION >= (1, 0):
        made[u"b"] = pd.array([True, None, False], "boolean")
        made[u"s"] = pd.array([u"x", None, u"\xe9"], "string")
    if VERSION >= (1, 2):
        made[u"f"] = pd.array([0.5, None, 2.5], "Float64")
    return made


def periods():
    months = pd.period_range("2001-01", periods=3, freq="M")
    return pd.DataFrame({u"p": months, u"v": pd.interval_range(0, 3),
                         u"w": pd.arrays.IntervalArray.from_tuples(
                             [(0.5, 1.5), (1.5, 2.5), (3.5, 4.0)], closed="both")})


def described():
    made = pd.DataFrame({u"a": [1, 2]})
    made.attrs[u"unit"] = u"m"
    return made


LATER = [
    ((0, 24), "nullable", nullable, "Numbers, bools and text with masks"),
    ((0, 25), "periods", periods, "Periods and intervals as columns"),
    ((0, 24), "array-nullable", lambda: pd.array([1, None], "Int64"), "An array with a mask"),
    ((0, 24), "sparse", lambda: pd.DataFrame({u"s": pd.arrays.SparseArray([0, 0, 1]), u"a": 1}),
     "A sparse column, which is not decoded, beside another"),
    ((1, 0), "attrs", described, "A frame with attributes of its own"),
    ((1, 0), "array-string", lambda: pd.array([u"x", None], "string"), "An array of text"),
    ((1, 0), "array-dates", lambda: dates("UTC").array, "An array of dates"),
    ((2, 0), "units", lambda: pd.DataFrame({unit: dates().astype("M8[%s]" % unit)
                                            for unit in ("s", "ms", "us", "ns")}),
     "Dates of every unit"),
]


def arrow_text():
    import pyarrow
    chunks = pyarrow.chunked_array([WORDS[:2], [], WORDS[2:]], pyarrow.string())
    array = pd.arrays.ArrowStringArray(chunks)
    return pd.DataFrame({u"chunks": array, u"sliced": pd.array([u"-"] + WORDS + [u"-"],
                                                               "string[pyarrow]")[1:-1]})


def arrow_types():
    import pyarrow as pa
    tables = [("i8", [1, None, -3]), ("u64", [1, 2, 2 ** 64 - 1]), ("f32", [0.5, None, 2]),
              ("f64", [0.5, float("nan"), None]), ("bool", [True, None, False]),
              ("str", [u"x", None, u"\xe9"]), ("large_string", [u"x", None, u"\xe9"]),
              ("ts", [1, None, -1]), ("zoned", [1, None, -1]), ("date32", [1, None, -1]),
              ("duration", [1, None, -1]), ("binary", [b"x", None, b"\xff"]),
              ("list", [[1], None, []])]
    types = {"i8": pa.int8(), "u64": pa.uint64(), "f32": pa.float32(), "f64": pa.float64(),
             "bool": pa.bool_(), "str": pa.string(), "large_string": pa.large_string(),
             "ts": pa.timestamp("us"), "zoned": pa.timestamp("ns", "UTC"),
             "date32": pa.date32(), "duration": pa.duration("s"), "binary": pa.binary(),
             "list": pa.list_(pa.int64())}
    return pd.DataFrame({name: pd.arrays.ArrowExtensionArray(pa.array(values, types[name]))
                         for name, values in tables})


def arrow_chunks():
    import pyarrow as pa
    parts = [pa.array([1, None, 3]), pa.array([], pa.int64()), pa.array([9, 4, None, 6])[1:]]
    flags = [pa.array([True] * 9 + [None, False])[8:], pa.array([False, None, True])]
    return pd.DataFrame({u"i": pd.arrays.ArrowExtensionArray(pa.chunked_array(parts)),
                         u"b": pd.arrays.ArrowExtensionArray(pa.chunked_array(flags))})


def plain_text():
    kinds = {u"python": pd.StringDtype("python", na_value=np.nan),
             u"arrow": pd.StringDtype("pyarrow", na_value=np.nan), u"nullable": "string"}
    return pd.DataFrame({name: pd.array(WORDS, kind) for name, kind in kinds.items()})


ARROW = [
    ((1, 5), "arrow-text", arrow_text, "Text by Arrow: chunks and a slice"),
    ((1, 5), "arrow-types", arrow_types, "Columns of Arrow's types"),
    ((1, 5), "arrow-chunks", arrow_chunks, "Numbers and bools of Arrow in chunks and slices"),
    ((1, 5), "array-arrow", lambda: pd.array([u"x", None], "string[pyarrow]"), "An Arrow array"),
    ((3, 0), "text", plain_text, "Text of pandas 3, kept by Python and by Arrow"),
]


# The newest pandas writes all cases, the others those whose form changed.
NEWEST = (3, 0)
EVERY = ["frame-mixed", "frame-categories", "frame-dates", "frame-levels", "frame-objects",
         "series-words", "index-zone", "index-periods", "index-intervals", "array-categorical",
         "nullable", "periods", "array-dates", "arrow-text", "arrow-types", "arrow-chunks"]


def put(writer, name, make, description, anchor):
    value = make()
    writer.dump("pandas/%s-%s%s" % (name, era(), writer.python2()), value, description,
                "pandas.md#" + anchor, frame=frame(value), tags={"pandas": pd.__version__})


def era():
    return "pandas%d.%d" % VERSION


def make(writer):
    tables = [("frame-", "frame", FRAMES), ("series-", "series", SERIES),
              ("index-", "index", INDEXES), ("array-", "categorical", ARRAYS)]
    rows = [((0, 20), prefix + name, made, description, anchor)
            for prefix, anchor, table in tables for name, made, description in table]
    rows += [row + ("arrays",) for row in LATER] + [row + ("arrow",) for row in ARROW]
    for since, name, made, description, anchor in rows:
        if VERSION >= since and (VERSION == NEWEST or name in EVERY):
            put(writer, name, made, description, anchor)
    for protocol in {(0, 20): [2], NEWEST: [2, 5]}.get(VERSION, []):
        value = mixed()
        writer.raw("pandas/pickle%d-%s" % (protocol, era()), pickle.dumps(value, protocol),
                   "A frame by pickle alone", "pandas.md#frame", frame=frame(value),
                   tags={"pandas": pd.__version__})
