# -*- coding: utf-8 -*-
"""What a frame holds, by pandas itself: the key "frame" of a case. Python 2.7 and 3.6 or newer.

The keys are those of conformance/schema/frame.schema.json.
"""
import base64
import collections
import numbers
import struct

import numpy
import pandas

SPANS = [("datetime64", "datetime"), ("timedelta64", "timedelta"), ("timestamp", "datetime"),
         ("date32", "datetime"), ("date64", "datetime"), ("duration", "timedelta")]
KEYS = ("kind", "dtype", "count", "name", "cells", "ordered", "categories", "closed", "left",
        "right")
UNKNOWN = ("Sparse", "binary", "list")


def bits(number):
    return base64.b16encode(struct.pack(">d", number)).decode("ascii").lower()


def cell(value):
    """One value that is not missing; what a column does not decode is `other`."""
    if isinstance(value, (bool, numpy.bool_)):
        return {"bool": bool(value)}
    if isinstance(value, numbers.Integral):
        return {"int": str(int(value))}
    if isinstance(value, numbers.Real) and hasattr(value, "is_integer"):
        return {"float": bits(value)}
    if isinstance(value, (float, numpy.floating)):
        return {"float": bits(float(value))}
    if isinstance(value, bytes):
        tag = "py2str" if bytes is str else "bytes"
        return {tag: base64.b64encode(value).decode("ascii")}
    if isinstance(value, type(u"")):
        return {"str": value}
    return {"other": True}


def is_missing(values):
    return [bool(flag) for flag in numpy.atleast_1d(pandas.isnull(values))]


def cells(values, missing):
    return [{"missing": True} if flag else cell(value) for value, flag in zip(values, missing)]


def integers(values):
    """Dates and durations as the integers that are stored."""
    array = getattr(values, "array", values)
    if hasattr(array, "_pa_array") or hasattr(array, "_data") and "arrow" in str(values.dtype):
        chunks = getattr(array, "_pa_array", None) or array._data
        storage = "int32" if "date32" in str(chunks.type) else "int64"
        return [item or 0 for item in chunks.cast(storage).to_pylist()]
    return array.asi8 if hasattr(array, "asi8") else numpy.asarray(values.values).view("i8")


def kind_of(dtype):
    text = str(dtype)
    for start, kind in SPANS:
        if text.startswith(start):
            return kind
    if text.startswith(UNKNOWN):
        return "unknown"
    for start in ("period", "interval", "category"):
        if text.lower().startswith(start):
            return start
    if text.startswith(("string", "large_string", "str")):
        return "text"
    return "object" if text == "object" else "number"


def codes_of(codes):
    return [{"missing": True} if code < 0 else {"int": str(int(code))} for code in codes]


def parts_of_category(values):
    category = getattr(values, "cat", values)
    return {"cells": codes_of(category.codes), "ordered": bool(category.ordered),
            "categories": column(category.categories)}


def parts_of_interval(values):
    """Releases print the dtype with and without the closed ends: here always with them."""
    values = getattr(values, "array", values)
    left, right = pandas.Index(values.left), pandas.Index(values.right)
    return {"dtype": "interval[%s, %s]" % (left.dtype, values.closed), "cells": [],
            "closed": values.closed, "left": column(left), "right": column(right)}


def parts(values, kind):
    missing = is_missing(values)
    if kind == "category":
        return parts_of_category(values)
    if kind == "interval":
        return parts_of_interval(values)
    if kind == "unknown":
        return {"dtype": "unknown", "cells": []}
    if kind == "period":
        return {"cells": cells([getattr(item, "ordinal", 0) for item in values], missing)}
    if kind in ("datetime", "timedelta"):
        return {"cells": cells(integers(values), missing)}
    return {"cells": cells(list(values), missing)}


def column(values, **name):
    """A column of a Series, an Index or an extension array; `name` of an index level."""
    is_range = isinstance(values, pandas.RangeIndex)
    kind = "range" if is_range else kind_of(values.dtype)
    made = {"kind": kind, "dtype": str(values.dtype), "count": str(len(values))}
    made.update({key: cell(value) for key, value in name.items() if value is not None})
    made.update(parts(values, kind))
    return in_order(made)


def in_order(made):
    """The keys in the order of the schema; Python 2.7 has no order in a dict."""
    return collections.OrderedDict((key, made[key]) for key in KEYS if key in made)


def level(index, number):
    """A level of a MultiIndex: codes and categories, as a category column has them."""
    codes = getattr(index, "codes", None) or index.labels
    made = {"kind": "category", "dtype": "category", "count": str(len(index)),
            "cells": codes_of(codes[number]), "ordered": False,
            "categories": column(pandas.Index(index.levels[number]))}
    if index.names[number] is not None:
        made["name"] = cell(index.names[number])
    return in_order(made)


def levels(index):
    if not isinstance(index, pandas.MultiIndex):
        return [column(index, name=index.name)]
    return [level(index, number) for number in range(index.nlevels)]


def frame(value):
    """The frame of a DataFrame, Series, Index or array."""
    made = collections.OrderedDict([("rows", str(len(value))), ("index", []), ("labels", [])])
    if isinstance(value, pandas.DataFrame):
        made["index"], made["labels"] = levels(value.index), levels(value.columns)
        made["columns"] = [column(value.iloc[:, number]) for number in range(value.shape[1])]
    elif isinstance(value, pandas.Series):
        made["index"] = levels(value.index)
        made["columns"] = [column(value, name=value.name)]
    elif isinstance(value, pandas.Index):
        made["columns"] = levels(value)
    else:
        made["columns"] = [column(value)]
    return made
