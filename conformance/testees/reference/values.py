"""What a pickle can hold. Values refer to one another; nothing here walks them by recursion."""
import itertools
import struct


class Fault(Exception):
    """An input that is refused (spec/safety.md#errors)."""

    def __init__(self, status, offset=None, file_offset=None):
        super().__init__(status)
        self.status, self.offset, self.file_offset = status, offset, file_offset

    def at(self, offset, file_offset):
        """The same, with a place if it has none."""
        if self.offset is None:
            self.offset, self.file_offset = offset, file_offset
        return self


def require(condition, status):
    if not condition:
        raise Fault(status)


class Value:
    """A value: its kind is the tag of the schema (spec/values.md#kinds)."""

    __slots__ = ("kind", "data", "depth", "number", "used", "role")

    def __init__(self, kind, data, depth=-1):
        self.kind, self.data, self.depth = kind, data, depth
        self.number = self.role = None
        self.used = False


# spec/values.md#identity
SHARED = frozenset(("list", "dict", "set", "bytearray", "ndarray", "object"))
# spec/values.md#dict-keys
UNHASHABLE = frozenset(("list", "dict", "set", "bytearray", "ndarray"))
# spec/safety.md#limits
MAX_DEPTH = 1000


def nest(value, *children):
    # spec/safety.md#limits
    for child in children:
        if child.depth >= value.depth:
            value.depth = child.depth + 1
    require(value.depth <= MAX_DEPTH, "LIMIT")
    return value


def container(kind, data, children):
    return nest(Value(kind, data, 0), *children)


def name_of(value):
    """Text where a name is wanted (spec/python2.md#strings); else None."""
    if value.kind == "str":
        return value.data
    if value.kind == "py2str" and value.data.isascii():
        return value.data.decode("ascii")
    return None


def is_integer(value):
    return value.kind == "int"


SCALARS = {"b": "?", "i": "bhiq", "u": "BHIQ", "f": "efd", "c": "fd"}


def scalar_number(dtype, data):
    # spec/values.md#dict-keys
    if dtype.kind not in SCALARS or dtype.size > 16 or (dtype.kind, dtype.size) == ("f", 16):
        return None
    order = ">" if dtype.order == ">" else "<"
    if dtype.kind == "c":
        code = {8: "2f", 16: "2d"}[dtype.size]
        return complex(*struct.unpack(order + code, data))
    sizes = {"b": (1,), "f": (2, 4, 8)}.get(dtype.kind, (1, 2, 4, 8))
    if dtype.size not in sizes:
        return None
    return struct.unpack(order + SCALARS[dtype.kind][sizes.index(dtype.size)], data)[0]


def number_of(value):
    if value.kind in ("int", "bool"):
        return value.data
    if value.kind == "float":
        return struct.unpack(">d", value.data)[0]
    if value.kind == "complex":
        return complex(*struct.unpack(">dd", b"".join(value.data)))
    return scalar_number(*value.data) if value.kind == "scalar" else None


class Keys:
    """Numbers for keys that Python finds equal (spec/values.md#dict-keys)."""

    def __init__(self):
        # Keys that were no arrays yet.
        self.known, self.serial, self.arrays = {}, itertools.count(), []

    def intern(self, value, word):
        value.number = self.known.setdefault(word, len(self.known))

    def leaf(self, value):
        require(value.kind not in UNHASHABLE, "TYPE")
        number = number_of(value)
        if number is not None and number == number:
            self.intern(value, ("number", number))
        elif value.kind in ("str", "bytes", "py2str"):
            self.intern(value, (value.kind, value.data))
        elif value.kind == "global":
            self.intern(value, ("global",) + value.data)
        else:
            self.intern(value, ("itself", next(self.serial)))
            self.arrays += [value] if value.role == "array" else []

    def of(self, value):
        if value.number is not None and value.kind not in UNHASHABLE:
            return value.number
        # spec/values.md#depth
        waiting = [value]
        while waiting:
            top = waiting[-1]
            if top.kind != "tuple":
                self.leaf(top)
            else:
                missing = [item for item in top.data if item.number is None]
                if missing:
                    waiting.extend(missing)
                    continue
                self.intern(top, ("tuple",) + tuple(item.number for item in top.data))
            waiting.pop()
        return value.number


    def place(self, table, value):
        """The number of the key in a dict or set that equals a value; else its own."""
        # spec/values.md#dict-keys
        own, others = self.of(value), []
        if value.kind == "py2str":
            others = [("str", name_of(value)), ("bytes", value.data)]
        elif value.kind in ("str", "bytes"):
            text = value.data.encode() if value.kind == "str" and value.data.isascii() else None
            others = [("py2str", value.data if value.kind == "bytes" else text)]
        others = [self.known[word] for word in others if word in self.known]
        return next((number for number in [own] + others if number in table), own)


def add_pairs(keys, table, items):
    # spec/values.md#dict-keys
    again = []
    for key, value in zip(items[::2], items[1::2]):
        entry = table.setdefault(keys.place(table, key), [key, value])
        if entry[0] is not key or entry[1] is not value:
            again.append(name_of(key))
        entry[1] = value
    return again


def add_members(keys, table, items):
    for item in items:
        table.setdefault(keys.place(table, item), item)
