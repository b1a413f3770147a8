"""The files that joblib before 0.10 kept beside the main one."""
import os
import re
import stat

import npy
from arrays import Array, byte_size, state_of, subclass_of
from containers import Source
from dtypes import items_of, sizes
from values import Fault, Value, require


def content(machine, keys):
    # spec/legacy.md#names
    value = keys["filename"]
    name = value.data.encode("utf-8", "surrogatepass") if value.kind == "str" else value.data
    require(0 < len(name) < 256 and not re.search(rb"[/\\\0]|^\.\.?$|^[A-Za-z]:", name),
            "FORBIDDEN")
    path = os.path.join(os.fsencode(machine.folder), name)
    try:
        require(stat.S_ISREG(os.lstat(path).st_mode), "IO")
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise Fault("NOT_FOUND" if isinstance(error, FileNotFoundError) else "IO") from error


def whole(data, codec, read):
    # spec/legacy.md#names: the offset is that of the BUILD
    try:
        source = Source(data, codec)
        value, end = read(source)
        source.finish(end)
        return value
    except Fault as fault:
        raise Fault(fault.status) from fault


def checked(state):
    # spec/legacy.md#companions
    keys = state_of(state)
    require("filename" in keys and keys["filename"].kind in ("str", "py2str"), "ARRAY")
    require("allow_mmap" not in keys or keys["allow_mmap"].kind == "bool", "ARRAY")
    return keys


def array_beside(machine, state):
    # spec/legacy.md#npy-companions
    keys = checked(state)
    subclass = subclass_of(keys.get("subclass"))
    return whole(content(machine, keys), "raw",
                 lambda source: npy.read(source, machine.nested, subclass))


def bytes_beside(machine, state):
    # spec/legacy.md#z-companions
    keys = checked(state)
    require("init_args" in keys and "state" in keys, "ARRAY")
    subclass = subclass_of(items_of(keys["init_args"], 3)[0])
    _, shape, dtype, fortran = items_of(keys["state"], 4)
    require(dtype.kind == "dtype" and not dtype.data.objects, "ARRAY")
    require(fortran.kind in ("bool", "int"), "ARRAY")
    shape, order, dtype.used = sizes(shape), "F" if fortran.data else "C", True
    size, data = byte_size(dtype.data, shape), content(machine, keys)
    require(len(data) > 1, "TRUNCATED")
    require(data[:2] == b"ZF", "ARRAY")

    def read(source):
        if not source.fill(size):
            raise source.fault or Fault("TRUNCATED")
        array = Array(dtype.data, shape, order, bytes(source.buffer[:size]), subclass)
        return Value("ndarray", array, 0), size

    return whole(data, "ZF", read)
