"""An assembler of pickle opcodes. It makes bytes; nothing is loaded or run.

assemble(("PROTO", 4), "EMPTY_LIST", HERE, "APPEND") returns the bytes and the offset of HERE
(None without it). A part is an opcode name, a pair (name, argument), bytes, or a list of parts.
Arguments with a length field take (claimed length, bytes), or only the value.
"""
import pickletools
import struct

HERE = object()
OPCODES = {opcode.name: opcode for opcode in pickletools.opcodes}
NUMBERS = {"uint1": "<B", "uint2": "<H", "int4": "<i", "uint4": "<I", "uint8": "<Q",
           "float8": ">d"}
COUNTED = {"string1": "<B", "string4": "<i", "bytes1": "<B", "bytes4": "<I", "bytes8": "<Q",
           "bytearray8": "<Q", "unicodestring1": "<B", "unicodestring4": "<I",
           "unicodestring8": "<Q", "long1": "<B", "long4": "<i"}


def data_of(kind, value):
    """The bytes of a counted argument."""
    if isinstance(value, bytes):
        return value
    if kind.startswith("long"):
        return value.to_bytes((value.bit_length() // 8) + 1 if value else 0, "little", signed=True)
    return value.encode("utf-8", "surrogatepass")


def argument(kind, value):
    if kind in NUMBERS:
        return struct.pack(NUMBERS[kind], value)
    if kind in COUNTED:
        size, data = value if isinstance(value, tuple) else (None, data_of(kind, value))
        return struct.pack(COUNTED[kind], len(data) if size is None else size) + data
    lines = value if isinstance(value, tuple) else (value,)
    return b"".join(line.encode("utf-8") + b"\n" for line in lines)


def encode(part):
    if isinstance(part, bytes):
        return part
    if isinstance(part, str):
        return OPCODES[part].code.encode("latin1")
    name, value = part
    return OPCODES[name].code.encode("latin1") + argument(OPCODES[name].arg.name, value)


def flat(parts):
    for part in parts:
        if isinstance(part, list):
            yield from flat(part)
        else:
            yield part


def assemble(*parts):
    data, offset = b"", None
    for part in flat(parts):
        if part is HERE:
            offset = len(data)
        else:
            data += encode(part)
    return data, offset


# Short forms for the tables of cases, at protocol 4.

def text(value):
    return ("SHORT_BINUNICODE", value)


def whole(value):
    """An integer, None, a bool, text, bytes, a tuple or a list of parts, as parts."""
    if value is None or isinstance(value, bool):
        return {None: "NONE", True: "NEWTRUE", False: "NEWFALSE"}[value]
    if isinstance(value, int):
        return ("BININT1", value) if 0 <= value < 256 else ("LONG1", value)
    if isinstance(value, (str, bytes)):
        return text(value) if isinstance(value, str) else ("SHORT_BINBYTES", value)
    if isinstance(value, tuple):
        return ["MARK"] + [whole(item) for item in value] + ["TUPLE"]
    return list(value)


def named(module, name):
    return [text(module), text(name), "STACK_GLOBAL"]


def call(module, name, *args):
    return named(module, name) + [whole(args), "REDUCE"]


def dtype(code="f8", state=(3, "<", None, None, None, -1, -1, 0)):
    return call("numpy", "dtype", code, False, True) + [whole(state), "BUILD"]


def pairs(items):
    return ["MARK"] + [part for key, value in items for part in (text(key), whole(value))] + [
        "SETITEMS"]


STATE = [("subclass", named("numpy", "ndarray")), ("shape", (2,)), ("order", "C"),
         ("dtype", dtype()), ("allow_mmap", True), ("numpy_array_alignment_bytes", 16)]


def wrapper(**changes):
    """A NumpyArrayWrapper up to its BUILD, without it. A change of `leave` drops a key."""
    leave = changes.pop("leave", None)
    items = [(key, changes.get(key, value)) for key, value in STATE if key != leave]
    return named("joblib.numpy_pickle", "NumpyArrayWrapper") + [
        "EMPTY_TUPLE", "NEWOBJ", "EMPTY_DICT", pairs(items)]
