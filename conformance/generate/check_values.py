"""Checks tagged values by the rules of schema/value.schema.json, in plain Python.

A check raises ValueError with what is wrong. Only the standard library is used.
"""
import base64
import binascii
import re

DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\Z")
SIMPLE_DTYPE = re.compile(r"[<>|]([biufcSUVO][0-9]*|[mM]8(\[[0-9]*[A-Za-z]+\])?)\Z")
FORMS = ("reduce", "newobj", "newobj_ex", "reconstructor", "instance")


def require(condition, message):
    if not condition:
        raise ValueError(message)


def size_text(text):
    require(isinstance(text, str) and DECIMAL.match(text) and text[0] != "-", "a size: %r" % text)
    return int(text)


def decoded(text):
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, ValueError, AttributeError):
        raise ValueError("base64: %r" % text)


def keys_of(tag, required, optional=()):
    """The keys stand in the order of the schema."""
    order = [key for key in required + tuple(optional) if key in tag]
    require(list(tag) == order and set(required) <= set(tag), "keys %s" % list(tag))


def dtype_size(dtype):
    """Checks a dtype and gives its size in bytes; None for objects."""
    if isinstance(dtype, str):
        require(SIMPLE_DTYPE.match(dtype), "dtype %r" % dtype)
        digits = re.match(r"[0-9]+", dtype[2:])
        size = int(digits.group()) if digits else 0
        return None if dtype[1] == "O" else size * (4 if dtype[1] == "U" else 1)
    if "base" in dtype:
        keys_of(dtype, ("base", "shape"))
        size = dtype_size(dtype["base"])
        return size and size * product(dtype["shape"])
    keys_of(dtype, ("fields", "itemsize"))
    for name, kind, offset in dtype["fields"]:
        require(isinstance(name, str), "a field's name")
        size = dtype_size(kind)
        require(size_text(offset) + (size or 8) <= size_text(dtype["itemsize"]), "a field's end")
    return size_text(dtype["itemsize"])


def product(shape):
    result = 1
    for size in shape:
        result *= size_text(size)
    return result


class Values:
    """Checks one value and counts the ids of shared nodes."""

    def __init__(self, value):
        self.ids, self.refs = 0, set()
        self.value(value)
        require(self.refs == set(range(1, self.ids + 1)), "an id without a ref")

    def value(self, tag):
        require(isinstance(tag, dict), "a bare JSON value: %r" % (tag,))
        names = [name for name in tag if name != "id"]
        require(len(names) == 1, "one tag: %s" % list(tag))
        check = getattr(self, "check_" + names[0], None)
        require(check is not None, "tag %s" % names[0])
        if "id" in tag:
            shared = ("list", "dict", "set", "bytearray", "ndarray", "object")
            self.ids += 1
            require(list(tag)[0] == "id" and names[0] in shared, "an id on %s" % names[0])
            require(tag["id"] == str(self.ids), "id %s, expected %d" % (tag["id"], self.ids))
        check(tag[names[0]])

    def many(self, values):
        require(isinstance(values, list), "a list")
        for value in values:
            self.value(value)

    def pairs(self, pairs):
        for pair in pairs:
            require(len(pair) == 2, "a pair")
            self.many(pair)

    check_list = check_tuple = check_set = check_frozenset = many
    check_dict = pairs

    def check_ref(self, text):
        require(1 <= size_text(text) <= self.ids, "ref %s before its id" % text)
        self.refs.add(int(text))

    def check_none(self, value):
        require(value is True, "none")

    def check_bool(self, value):
        require(isinstance(value, bool), "bool")

    def check_int(self, text):
        require(isinstance(text, str) and DECIMAL.match(text) and text != "-0", "int %r" % text)

    def check_float(self, text):
        require(re.match(r"[0-9a-f]{16}\Z", text), "float %r" % text)

    def check_complex(self, parts):
        require(len(parts) == 2, "complex")
        for part in parts:
            self.check_float(part)

    def check_str(self, text):
        require(isinstance(text, str), "str")

    def check_bytes(self, text):
        decoded(text)

    check_bytearray = check_py2str = check_bytes

    def check_global(self, names):
        require(len(names) == 2 and all(isinstance(name, str) for name in names), "global")

    def check_dtype(self, dtype):
        dtype_size(dtype)

    def check_scalar(self, tag):
        keys_of(tag, ("dtype", "data"))
        require(len(decoded(tag["data"])) == dtype_size(tag["dtype"]), "a scalar's size")

    def check_ndarray(self, tag):
        body = "items" if "items" in tag else "data"
        keys_of(tag, ("dtype", "shape", "order", body), ("subclass",))
        size, count = dtype_size(tag["dtype"]), product(tag["shape"])
        require(tag["order"] in ("C", "F"), "order")
        if body == "items":
            require(size is None and len(tag["items"]) == count, "items")
            self.many(tag["items"])
        else:
            require(len(decoded(tag["data"])) == count * size, "data of %d items" % count)

    def check_object(self, tag):
        keys_of(tag, ("class", "form", "args"), ("kwargs", "state", "items", "entries"))
        require(tag["form"] in FORMS, "form")
        self.value(tag["class"])
        self.many(tag["args"])
        for key in ("kwargs", "state"):
            if key in tag:
                self.value(tag[key])
        self.many(tag.get("items", []))
        self.pairs(tag.get("entries", []))

    def check_csr(self, tag):
        keys_of(tag, ("shape", "data", "indices", "indptr"))
        product(tag["shape"])
        for key in ("data", "indices", "indptr"):
            self.value(tag[key])
