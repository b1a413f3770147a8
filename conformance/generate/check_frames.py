"""Checks expected frames by the rules of schema/frame.schema.json, in plain Python."""
from check_values import keys_of, require, size_text

KINDS = ("unknown number range datetime timedelta period text object category "
         "interval").split()
CELLS = ("missing", "bool", "int", "float", "str", "bytes", "py2str", "other")
PARTS = {"category": ("ordered", "categories"), "interval": ("closed", "left", "right")}


def check_cell(cell):
    require(len(cell) == 1 and next(iter(cell)) in CELLS, "a cell: %s" % cell)


def check_column(column):
    parts = PARTS.get(column["kind"], ())
    keys_of(column, ("kind", "dtype", "count"), ("name", "cells") + parts)
    require(column["kind"] in KINDS and column["dtype"], "kind or dtype of a column")
    count = 0 if column["kind"] in ("unknown", "interval") else size_text(column["count"])
    require(len(column["cells"]) == count, "%d cells" % len(column["cells"]))
    for cell in column["cells"] + ([column["name"]] if "name" in column else []):
        check_cell(cell)
    for part in ("categories", "left", "right"):
        if part in column:
            check_column(column[part])


def check_frame(frame):
    keys_of(frame, ("rows", "index", "labels", "columns"))
    for column in frame["index"] + frame["columns"]:
        require(column["count"] == frame["rows"], "a column of %s cells" % column["count"])
    for column in frame["index"] + frame["labels"] + frame["columns"]:
        check_column(column)
    for level in frame["labels"]:
        require(size_text(level["count"]) == len(frame["columns"]), "labels")
