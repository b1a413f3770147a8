"""numpy's types of elements."""
import re

from values import Fault, Value, is_integer, name_of, require

# spec/safety.md#limits
MAX_ITEM = (1 << 31) - 1
MAX_DIMENSIONS = 64
MAX_FIELDS = 4096
MAX_LEVELS = 16
# spec/ndarray.md#kinds
SIZES = {"b": (1,), "i": (1, 2, 4, 8), "u": (1, 2, 4, 8), "f": (2, 4, 8, 12, 16),
         "c": (8, 16, 24, 32), "M": (8,), "m": (8,), "O": (4, 8)}
UNITS = ("Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as", "generic")
TEXT = re.compile(r"([<>=|]?)([biufcSUVOMm])([0-9]{1,10})?(?:\[([1-9][0-9]*)?([A-Za-z]+)\])?", re.A)
RECORDS = ("numpy", "numpy.core.records")


class Dtype:
    """A type: plain, a sub-array with a base and a shape, or a record with fields."""

    def __init__(self, kind, size, order="<", text=None):
        self.kind, self.size, self.order, self.text = kind, size, order, text
        self.unit, self.base, self.shape, self.fields = "", None, (), None
        self.record, self.objects, self.levels = False, kind == "O", 0
        self.set_order(order)

    def set_order(self, order):
        # spec/ndarray.md#dtype
        if self.kind in "SVO" or self.size == 1 and self.kind in "biu":
            self.order = "|"
        else:
            require(order != "|", "ARRAY")
            self.order = order

    def tagged(self):
        if self.base:
            return {"base": self.base.tagged(), "shape": [str(size) for size in self.shape]}
        if self.fields is not None:
            fields = [[name, item.tagged(), str(at)] for name, item, at in self.fields]
            return {"fields": fields, "itemsize": str(self.size)}
        size = {"U": self.size // 4, "O": ""}.get(self.kind, self.size)
        return f"{self.order}{self.kind}{size}{self.unit}"


def named(text):
    # spec/ndarray.md#dtype
    if text in ("?",) or text[1:] == "?":
        text = text[:-1] + "b1"
    match = TEXT.fullmatch(text)
    require(match and (match.group(3) or match.group(2) in "SUVOMm"), "ARRAY")
    order, kind, _, factor, unit = match.groups()
    size = int(match.group(3) or (0 if kind in "SUV" else 8))
    require(unit is None or kind in "Mm" and unit in UNITS, "ARRAY")
    require(size in SIZES.get(kind, (size,)), "ARRAY")
    size *= 4 if kind == "U" else 1
    require(size <= MAX_ITEM, "ARRAY")
    result = Dtype(kind, size, "<" if order in ("", "=") else order)
    result.unit = "" if unit in (None, "generic") else bracketed(int(factor or 1), unit)
    return result


def bracketed(factor, unit):
    return f"[{factor if factor > 1 else ''}{unit}]"


def subarray(base, shape):
    # spec/ndarray.md#dtype
    require(len(shape) <= MAX_DIMENSIONS, "LIMIT")
    if not shape:
        return base
    result = Dtype("V", base.size * product(shape))
    require(result.size <= MAX_ITEM, "ARRAY")
    result.base, result.shape = base, shape
    return deeper(result, [base])


def deeper(result, parts):
    result.objects = any(part.objects for part in parts)
    result.levels = 1 + max((part.levels for part in parts), default=0)
    require(result.levels <= MAX_LEVELS, "LIMIT")
    return result


def product(shape):
    count = 1
    for size in shape:
        count *= size
        if count > 1 << 80:
            raise Fault("ARRAY")
    return count


def record(fields, size):
    # spec/ndarray.md#dtype
    require(len(fields) <= MAX_FIELDS, "LIMIT")
    require(len({name for name, _, _ in fields}) == len(fields), "ARRAY")
    end = 0
    for _, item, at in sorted(fields, key=lambda field: (field[2], field[1].size)):
        require(item.size == 0 and at <= size or end <= at and at + item.size <= size, "ARRAY")
        end = max(end, at + item.size)
    result = Dtype("V", size)
    result.fields = fields
    return deeper(result, [item for _, item, _ in fields])


def sizes(value):
    """The sizes of a shape."""
    require(value.kind == "tuple", "ARRAY")
    require(len(value.data) <= MAX_DIMENSIONS, "LIMIT")
    require(all(is_integer(size) and size.data >= 0 for size in value.data), "ARRAY")
    return tuple(size.data for size in value.data)


def is_none(value):
    return value.kind == "none"


def items_of(value, *counts):
    require(value.kind == "tuple" and len(value.data) in counts, "ARRAY")
    return value.data


def called(machine, callee, arguments):
    """numpy.dtype(text, align, copy): spec/ndarray.md#dtype"""
    if not arguments.data:
        return None
    first, text = arguments.data[0], name_of(arguments.data[0])
    if text is None:
        known = first.kind == "global" and first.data[1] == "record" and first.data[0] in RECORDS
        if not known:
            return None
        result = Dtype("V", 0)
        result.record = True
    else:
        result = named(text)
    flags = arguments.data[1:]
    require(len(flags) <= 2 and all(flag.kind in ("bool", "int") for flag in flags), "ARRAY")
    return Value("dtype", result, 0)


def field_of(entry):
    parts = items_of(entry, 2, 3)
    require(parts[0].kind == "dtype" and is_integer(parts[1]) and parts[1].data >= 0, "ARRAY")
    parts[0].used = True
    return parts[0].data, parts[1].data


def fields_of(names, table):
    # spec/ndarray.md#dtype-names
    require(is_none(names) == is_none(table), "ARRAY")
    if is_none(names):
        return ()
    require(names.kind == "tuple" and table.kind == "dict", "ARRAY")
    require(len(names.data) <= MAX_FIELDS, "LIMIT")
    words = [name_of(name) for name in names.data]
    require(None not in words, "ARRAY")
    known = {name_of(key): value for key, value in table.data.values()}
    require(all(word in known for word in words), "ARRAY")
    return tuple((word,) + field_of(known[word]) for word in words)


def unit_of(metadata):
    # spec/ndarray.md#dtype-unit
    parts = items_of(items_of(metadata, 2)[1], 4)
    name = parts[0].data if parts[0].kind != "bytes" else parts[0].data.decode("latin-1")
    name = name_of(parts[0]) or name
    require(parts[0].kind in ("str", "bytes", "py2str") and name in UNITS, "ARRAY")
    require(is_integer(parts[1]) and 1 <= parts[1].data < 1 << 31, "ARRAY")
    require(is_integer(parts[2]) and parts[2].data == 1, "ARRAY")
    return "" if name == "generic" else bracketed(parts[1].data, name)


def built(value, state):
    """BUILD on a dtype: spec/ndarray.md#dtype"""
    require(value.role is None, "TYPE")
    require(not value.used, "ARRAY")
    old, items = value.data, items_of(state, 8, 9)
    require(is_integer(items[0]) and items[0].data in (3, 4), "UNSUPPORTED")
    order = name_of(items[1])
    require(order in ("<", ">", "=", "|"), "ARRAY")
    require(all(is_integer(item) for item in items[5:8]), "ARRAY")
    size, alignment, flags = (item.data for item in items[5:8])
    require(size >= 0 if old.record else size in (-1, old.size), "ARRAY")
    require(alignment == -1 or alignment in (1, 2, 4, 8, 16, 32, 64), "ARRAY")
    fields = fields_of(items[3], items[4])
    require(bool(fields) or not old.record, "ARRAY")
    result = structured(items, old, fields, size) or old
    require(not value.used and bool(flags & 3) == result.objects, "ARRAY")
    if result is old:
        old.set_order(old.order if order == "=" else order)
    if old.kind in "Mm" and len(items) == 9 and not is_none(items[8]):
        old.unit = unit_of(items[8])
    value.data, value.role = result, "built"


def structured(items, old, fields, size):
    if fields:
        result = record(fields, old.size if size == -1 else size)
        result.record = old.record
        return result
    if is_none(items[2]):
        # spec/ndarray.md#dtype
        return None if is_none(items[3]) else Dtype("V", old.size)
    base, shape = items_of(items[2], 2)
    require(base.kind == "dtype", "ARRAY")
    base.used = True
    require(not is_integer(shape) or shape.data >= 0, "ARRAY")
    result = subarray(base.data, (shape.data,) if is_integer(shape) else sizes(shape))
    require(result.size == old.size, "ARRAY")
    return result
