"""npy files, and the files that joblib before 0.10 kept beside the main one."""
import os
import re
import stat

import arrays
from containers import Source
from dtypes import MAX_DIMENSIONS, MAX_LEVELS, UNITS, items_of, named, product, record, sizes, \
    subarray
from values import Fault, Value, is_integer, name_of, require

MAGIC = b"\x93NUMPY"
# spec/legacy.md#npy
MAX_HEADER = 65536
TOKENS = re.compile(rb"(?:([\[\](){}:,])|(True|False)|([0-9]+)L?"
                    rb"|'((?:[^'\\]|\\['\"\\])*)'|\"((?:[^\"\\]|\\['\"\\])*)\"|$)")
BLANKS = re.compile(rb"[ \t\r\n]*")
DATES = re.compile(r"([<>=]?)([Mm]8)\[([1-9][0-9]*)?([A-Za-z]+)\]", re.A)


class Header:
    """The header of a npy file, read from left to right (spec/legacy.md#npy)."""

    def __init__(self, data, at, encoding):
        self.data, self.at, self.encoding, self.start = data, 0, encoding, at
        self.next()

    def next(self):
        self.behind = self.at
        self.begin = BLANKS.match(self.data, self.at).end()
        self.token = TOKENS.match(self.data, self.begin)
        if not self.token:
            if self.data[self.begin] in b"'\"":
                self.begin = len(self.data)
            self.fail()
        self.at = self.token.end()

    def fail(self, status="ARRAY"):
        raise Fault(status, self.start + self.begin, self.start + self.begin)

    def wrong(self, status="ARRAY"):
        """What was read means nothing: spec/legacy.md#npy-errors"""
        raise Fault(status, self.start + self.behind, self.start + self.behind)

    def mark(self):
        return self.token.group(1)

    def expect(self, mark):
        if self.mark() != mark:
            self.fail()
        self.next()

    def text(self):
        data = self.token.group(4) if self.token.group(4) is not None else self.token.group(5)
        if data is None:
            self.fail()
        self.next()
        try:
            return re.sub(rb"\\(.)", rb"\1", data).decode(self.encoding)
        except UnicodeDecodeError:
            return self.wrong()

    def number(self):
        digits = self.token.group(3)
        if not digits:
            self.fail()
        self.next()
        if len(digits) > 19 or int(digits) >= 1 << 63:
            self.wrong()
        return int(digits)

    def sequence(self, end, item, most=None):
        """Items with commas between them, and perhaps one behind the last."""
        values = []
        while self.mark() != end:
            if len(values) == most:
                self.wrong("LIMIT")
            values.append(item())
            if self.mark() != b",":
                break
            self.next()
            if len(values) == 1 and self.mark() == end:
                self.expect(end)
                return values, True
        self.expect(end)
        return values, len(values) != 1

    def shape(self):
        self.expect(b"(")
        values, is_tuple = self.sequence(b")", self.number, MAX_DIMENSIONS)
        if not is_tuple:
            self.fail()
        return tuple(values)

    # spec/legacy.md#descr
    def descr(self, level=0):
        if self.mark() != b"[":
            return self.plain()
        self.next()
        if level >= MAX_LEVELS:
            self.wrong("LIMIT")
        if self.mark() == b"]":
            self.fail()
        rows, _ = self.sequence(b"]", lambda: self.field(level + 1))
        fields, at = [], 0
        for name, item in rows:
            if name:
                fields.append((name, item, at))
            at += item.size
        return record(tuple(fields), at)

    def plain(self):
        text = self.text()
        match = DATES.fullmatch(text)
        if not match:
            return named(text)
        require(match.group(4) in UNITS, "ARRAY")
        result = named(match.group(1) + match.group(2))
        result.unit = f"[{match.group(3) or ''}{match.group(4)}]".replace("[1" + match.group(4), "["
                                                                         + match.group(4))
        return result

    def field(self, level):
        self.expect(b"(")
        name = self.name()
        self.expect(b",")
        item = self.descr(level)
        if self.mark() == b",":
            self.next()
            if self.mark() == b"(":
                item = subarray(item, self.shape())
            elif self.token.group(3):
                item = subarray(item, (self.number(),))
            if self.mark() == b",":
                self.next()
        self.expect(b")")
        if not name and (item.kind != "V" or item.base or item.fields is not None):
            self.wrong()
        return name, item

    def name(self):
        if self.mark() != b"(":
            return self.text()
        self.next()
        self.text()
        self.expect(b",")
        name = self.text()
        self.expect(b")")
        return name

    def flag(self):
        word = self.token.group(2)
        if not word:
            self.fail()
        self.next()
        return word == b"True"

    def read(self):
        found = {}
        readers = {"descr": self.descr, "fortran_order": self.flag, "shape": self.shape}
        self.expect(b"{")

        def entry():
            key = self.text()
            self.expect(b":")
            if key not in readers or key in found:
                self.wrong()
            found[key] = readers[key]()

        self.sequence(b"}", entry)
        if self.token.group().strip() or self.at < len(self.data) or len(found) != 3:
            self.fail()
        return found["descr"], found["shape"], found["fortran_order"]


def npy(source, nested, subclass=None):
    """The array of a npy file, and where it ends: spec/legacy.md#npy"""
    data = source.buffer
    if data[:6] != MAGIC[:len(data)]:
        raise Fault("ARRAY", 0, 0)
    if len(data) > 7 and (data[6] not in (1, 2, 3) or data[7]):
        raise Fault("UNSUPPORTED", 0, 0)
    begin = 12 if data[6:7] in (b"\2", b"\3") else 10
    size = int.from_bytes(data[8:begin], "little")
    if len(data) >= begin and size > MAX_HEADER:
        raise Fault("LIMIT", begin, begin)
    at = begin + size
    if len(data) < max(at, begin):
        cut = 0 if len(data) < 8 else 8 if len(data) < begin else begin
        raise Fault("TRUNCATED", cut, cut)
    header = Header(data[begin:at], begin, "utf-8" if data[6] == 3 else "latin-1")
    try:
        dtype, shape, fortran = header.read()
    except Fault as fault:
        if fault.offset is None:
            fault.offset = fault.file_offset = begin + header.behind
        raise
    try:
        size = arrays.byte_size(dtype, shape)
        if dtype.objects:
            # spec/legacy.md#npy-objects
            value, end = nested(source, at)
            kind = value.data.dtype.kind if value.kind == "ndarray" else None
            require(kind == "O" and value.data.shape == shape, "ARRAY")
            return value, end
        require(len(data) - at >= size, "TRUNCATED")
    except Fault as fault:
        if fault.offset is None:
            fault.offset = fault.file_offset = at
        raise
    order, content = "F" if fortran else "C", data[at:at + size]
    return Value("ndarray", arrays.Array(dtype, shape, order, content, subclass), 0), at + size


def companion(machine, keys):
    # spec/legacy.md#names
    require("filename" in keys, "ARRAY")
    value = keys["filename"]
    require(value.kind in ("str", "py2str"), "ARRAY")
    name = value.data.encode("utf-8", "surrogatepass") if value.kind == "str" else value.data
    require(0 < len(name) < 256 and not re.search(rb"[/\\\0]|^\.\.?$|^[A-Za-z]:", name),
            "FORBIDDEN")
    return os.path.join(os.fsencode(machine.folder), name)


def content(path):
    # spec/legacy.md#names
    try:
        require(stat.S_ISREG(os.lstat(path).st_mode), "IO")
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        raise Fault("NOT_FOUND") from None
    except OSError:
        raise Fault("IO") from None


def beside(machine, path, codec, read):
    # spec/legacy.md#names
    try:
        source = Source(content(path), codec)
        value, end = read(source)
        source.finish(end)
        return value
    except Fault as fault:
        raise Fault(fault.status) from fault


def array_beside(machine, state):
    # spec/legacy.md#npy-companions
    keys = arrays.state_of(state)
    path = companion(machine, keys)
    subclass = arrays.subclass_of(keys.get("subclass"))
    mapped = keys.get("allow_mmap")
    require(mapped is None or mapped.kind == "bool", "ARRAY")
    return beside(machine, path, "raw", lambda source: npy(source, machine.nested_in, subclass))


def bytes_beside(machine, state):
    # spec/legacy.md#z-companions
    keys = arrays.state_of(state)
    require("init_args" in keys and "state" in keys, "ARRAY")
    subclass = arrays.subclass_of(items_of(keys["init_args"], 3)[0])
    _, shape, dtype, fortran = items_of(keys["state"], 4)
    require(dtype.kind == "dtype" and not dtype.data.objects, "ARRAY")
    require(fortran.kind in ("bool", "int"), "ARRAY")
    shape, order = sizes(shape), "F" if fortran.data else "C"
    size = arrays.byte_size(dtype.data, shape)
    path = companion(machine, keys)
    dtype.used = True

    def read(source):
        if not source.fill(size):
            raise source.fault or Fault("TRUNCATED")
        data = bytes(source.buffer[:size])
        return Value("ndarray", arrays.Array(dtype.data, shape, order, data, subclass), 0), size

    data = content(path)
    require(len(data) > 1, "TRUNCATED")
    require(data[:2] == b"ZF", "ARRAY")
    return beside(machine, path, "ZF", read)
