"""npy files: one array behind a header of text."""
import re

from arrays import Array, byte_size, is_objects
from dtypes import MAX_DIMENSIONS, MAX_LEVELS, named, record, subarray
from values import Fault, Value, require

MAGIC = b"\x93NUMPY"
# spec/legacy.md#npy
MAX_HEADER = 65536
BLANKS = re.compile(rb"[ \t\r\n]*")
TOKENS = re.compile(rb"([\[\](){}:,])|(True|False)|([0-9]+)L?|"
                    rb"'((?:[^'\\]|\\['\"\\])*)'|\"((?:[^\"\\]|\\['\"\\])*)\"|")


class Header:
    """A header, read from left to right (spec/legacy.md#npy)."""

    def __init__(self, data, encoding):
        self.data, self.encoding, self.at = data, encoding, 0
        self.next()

    def next(self):
        self.behind, self.begin = self.at, BLANKS.match(self.data, self.at).end()
        self.token = TOKENS.match(self.data, self.begin)
        self.mark, self.at = self.token.group(1), self.token.end()

    # spec/legacy.md#npy-errors
    def need(self, condition, at=None, status="ARRAY"):
        if not condition:
            raise Fault(status, self.begin if at is None else at)

    def skip(self, mark):
        self.need(self.mark == mark)
        self.next()

    def skipped(self, mark):
        found = self.mark == mark
        if found:
            self.next()
        return found

    def text(self):
        data = self.token.group(4) if self.token.group(4) is not None else self.token.group(5)
        quoted = self.data[self.begin:self.begin + 1] in (b"'", b'"')
        self.need(data is not None, len(self.data) if quoted else None)
        self.next()
        try:
            return re.sub(rb"\\(.)", rb"\1", data, flags=re.S).decode(self.encoding)
        except UnicodeDecodeError:
            return self.need(False, self.behind)

    def number(self):
        digits = self.token.group(3)
        self.need(digits)
        self.next()
        self.need(len(digits) < 20 and int(digits) < 1 << 63, self.behind)
        return int(digits)

    def items(self, end, item, most=MAX_HEADER):
        """Items with commas between them, perhaps one behind the last; whether any had one."""
        values, comma = [], False
        while self.mark != end:
            self.need(len(values) < most, self.behind, "LIMIT")
            values.append(item())
            if not self.skipped(b","):
                break
            comma = True
        self.skip(end)
        return values, comma

    def shape(self):
        self.skip(b"(")
        values, comma = self.items(b")", self.number, MAX_DIMENSIONS)
        self.need(comma or not values)
        return tuple(values)

    # spec/legacy.md#descr
    def descr(self, level=0):
        if not self.skipped(b"["):
            return named(self.text())
        self.need(level < MAX_LEVELS, self.behind, "LIMIT")
        self.need(self.mark != b"]")
        fields, at = [], 0
        for name, item in self.items(b"]", lambda: self.field(level + 1))[0]:
            fields += [(name, item, at)] if name else []
            at += item.size
        return record(tuple(fields), at)

    def field(self, level):
        self.skip(b"(")
        name = self.name()
        self.skip(b",")
        item = self.descr(level)
        if self.skipped(b",") and self.mark != b")":
            item = subarray(item, (self.number(),) if self.token.group(3) else self.shape())
            self.skipped(b",")
        self.skip(b")")
        raw = item.kind == "V" and not item.base and item.fields is None
        self.need(name or raw, self.behind)
        return name, item

    def name(self):
        if not self.skipped(b"("):
            return self.text()
        self.text()
        self.skip(b",")
        name = self.text()
        self.skip(b")")
        return name

    def flag(self):
        word = self.token.group(2)
        self.need(word)
        self.next()
        return word == b"True"

    def read(self):
        found = {}
        readers = {"descr": self.descr, "fortran_order": self.flag, "shape": self.shape}

        def entry():
            key = self.text()
            self.need(self.mark == b":")
            self.need(key in readers and key not in found, self.at)
            self.next()
            found[key] = readers[key]()

        self.skip(b"{")
        self.items(b"}", entry)
        self.need(self.begin == len(self.data) and len(found) == 3)
        return found["descr"], found["shape"], "F" if found["fortran_order"] else "C"


def read(source, nested, subclass=None):
    """The array of a npy file, and where it ends."""
    # spec/legacy.md#npy
    data = source.buffer
    if not data.startswith(MAGIC[:len(data)]):
        raise Fault("ARRAY", 0, 0)
    if len(data) > 7 and (data[6] not in (1, 2, 3) or data[7]):
        raise Fault("UNSUPPORTED", 0, 0)
    begin = 12 if data[6:7] in (b"\2", b"\3") else 10
    end = begin + int.from_bytes(data[8:begin], "little")
    if len(data) >= begin and end - begin > MAX_HEADER:
        raise Fault("LIMIT", begin, begin)
    if len(data) < max(begin, end):
        cut = 0 if len(data) < 8 else 8 if len(data) < begin else begin
        raise Fault("TRUNCATED", cut, cut)
    header = Header(data[begin:end], "utf-8" if data[6] == 3 else "latin-1")
    try:
        dtype, shape, order = header.read()
    except Fault as fault:
        at = begin + (header.behind if fault.offset is None else fault.offset)
        raise Fault(fault.status, at, at) from fault
    try:
        size = byte_size(dtype, shape)
        if dtype.objects:
            # spec/legacy.md#npy-objects
            value, behind = nested(source, end)
            require(is_objects(value, shape), "ARRAY")
            return value, behind
        require(source.fill(end + size), "TRUNCATED")
    except Fault as fault:
        raise fault.at(end, end)
    array = Array(dtype, shape, order, bytes(data[end:end + size]), subclass)
    return Value("ndarray", array, 0), end + size
