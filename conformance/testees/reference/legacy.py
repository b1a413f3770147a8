"""npy files, and the files that joblib before 0.10 kept beside the main one (legacy.md)."""
import ast
import os
import re
import stat
from itertools import accumulate
from arrays import (MAX_LEVELS, named, nested_array, read_array, record, shape_of, state_of,
                    subarray, subclass_of)
from containers import Stream
from values import Fault, Value, data_of, parts_of, require

MAGIC = b"\x93NUMPY"
MAX_HEADER = 65536  # legacy.md section 2
TOKEN = re.compile(rb"[ \t\r\n]+|[\[\](){}:,]|True|False|[0-9]+L?"
                   rb"|'(?:[^'\\\n]|\\['\"\\])*'|\"(?:[^\"\\\n]|\\['\"\\])*\"")

def literal(data, encoding):  # legacy.md section 2, rules 2, 3 and 5
    tokens = TOKEN.findall(data)
    require(b"".join(tokens) == data, "ARRAY")
    levels = accumulate((token == b"[") - (token == b"]") for token in tokens)
    require(max(levels, default=0) <= MAX_LEVELS, "LIMIT")  # legacy.md section 2.1, rule 4
    # Brackets keep Python from joining two texts; its integers have no L.
    parts = [b"(%s)" % token if token[-1:] in b"'\"" else token.rstrip(b"L") for token in tokens]
    try:
        header = ast.literal_eval(b"".join(parts).decode(encoding).strip())
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
        raise Fault("ARRAY") from None
    require(isinstance(header, dict) and tokens.count(b":") == 3 and
            set(header) == {"descr", "fortran_order", "shape"}, "ARRAY")
    return {key: value_of(item) for key, item in header.items()}
def value_of(item):
    nests = isinstance(item, (list, tuple))
    return Value(type(item).__name__, list(map(value_of, item)) if nests else item)
def dtype_of(value):  # legacy.md section 2.1
    if value.kind == "str": return named(value.data)
    require(data_of(value, "list"), "ARRAY")
    fields, at = [], 0
    for field in value.data:
        name, item, *shape = parts_of(field, "any any", "any any any")
        name = name if name.kind == "str" else parts_of(name, "str any")[1]
        item = dtype_of(item)
        item = subarray(item, shape[0]) if shape else item
        require(data_of(name, "str") or item.kind == "V" and not item.form, "ARRAY")
        fields += [(name.data, item, at)] if name.data else []
        at += item.size
    return record(fields, at)
def read_header(data, encoding):  # legacy.md section 2; where it is wrong is not told
    try:
        header = literal(data, encoding)
        order = "F" if data_of(header["fortran_order"], "bool") else "C"
        shape = shape_of(header["shape"])
        require(max(shape, default=0) < 1 << 63, "ARRAY")
        return dtype_of(header["descr"]), shape, order
    except Fault as fault:
        raise Fault(fault.args[0], None, None) from None
def is_npy(stream):
    return stream.raw and stream.decoded and MAGIC.startswith(stream.decoded[:6])
def read_npy(machine, subclass=None):  # legacy.md section 2
    stream = machine.stream
    require(is_npy(stream) or not stream.decoded, "ARRAY")
    version, minor = stream.take(8)[6:]
    require(version in (1, 2, 3) and minor == 0, "UNSUPPORTED")
    stream.opcode = stream.at
    size = int.from_bytes(stream.take(2 if version == 1 else 4), "little")
    stream.opcode = stream.at
    require(size <= MAX_HEADER, "LIMIT")
    dtype, shape, order = read_header(stream.take(size), "utf-8" if version == 3 else "latin-1")
    stream.opcode = stream.at
    if dtype.objects:  # legacy.md section 2.2
        return nested_array(machine, shape)
    return read_array(machine, dtype, shape, order, subclass)
def read_file(path, status_of=os.stat):
    try:
        require(stat.S_ISREG(status_of(path).st_mode), "IO")
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise Fault("NOT_FOUND" if isinstance(error, FileNotFoundError) else "IO") from None
def companion(machine, name, codec, read, *arguments):  # legacy.md section 1.1
    name = data_of(name, "str|py2str")
    name = name if isinstance(name, bytes) else name.encode("utf-8", "surrogatepass")
    good = 0 < len(name) < 256 and not re.search(rb"[/\\\0]|^\.\.?$|^[A-Za-z]:", name)
    require(good, "FORBIDDEN")
    data = read_file(os.path.join(os.fsencode(machine.folder), name), os.lstat)
    require(codec == "raw" or len(data) > 1, "TRUNCATED")  # legacy.md section 1.3
    require(codec == "raw" or data[:2] == b"ZF", "ARRAY")
    try:
        beside = type(machine)(Stream(data, codec), machine)
        value = read(beside, *arguments)
        beside.stream.end()
        return value
    except Fault as fault:  # legacy.md section 1.1, rule 5
        raise Fault(fault.args[0]) from None
def build_npy(machine, value):  # legacy.md section 1.2
    state = state_of(value, "filename", "subclass")
    require("allow_mmap" not in state or state["allow_mmap"].kind == "bool", "ARRAY")
    return companion(machine, state["filename"], "raw", read_npy, subclass_of(state["subclass"]))
def build_zf(machine, value):  # legacy.md section 1.3
    state = state_of(value, "filename", "init_args", "state")
    subclass = subclass_of(parts_of(state["init_args"], "any any any")[0])
    _, shape, dtype, fortran = parts_of(state["state"], "any any dtype bool|int")
    require(not dtype.objects, "ARRAY")
    return companion(machine, state["filename"], "zf", read_array, dtype, shape_of(shape),
                     "F" if fortran else "C", subclass)
