"""Files of before joblib 0.10 and of numpy that must be refused."""
import struct

from assemble import HERE, assemble, dtype, named, pairs
from invalid import refuse
from invalid_arrays import OBJECTS
from invalid_compressed import zf

P4 = ("PROTO", 4)
HEADER = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }"


def npy(header=HEADER, data=bytes(16), version=b"\1\0", size=None):
    """A file of numpy, with a header as it is given."""
    header = header if isinstance(header, bytes) else header.encode("latin1")
    form = "<H" if version[:1] == b"\1" else "<I"
    return b"\x93NUMPY" + version + struct.pack(form, len(header) if size is None else size) + (
        header + data)


def changed(old, new):
    """The header with a part replaced."""
    assert old in HEADER
    return HEADER.replace(old, new)


def wrapper(filename, name="NDArrayWrapper", leave=None, subclass=None, **more):
    """A wrapper of before 0.10 up to its BUILD, without it."""
    items = [("filename", filename), ("subclass", subclass or named("numpy", "ndarray")),
             ("allow_mmap", True)] + list(more.items())
    return named("joblib.numpy_pickle", name) + ["EMPTY_TUPLE", "NEWOBJ", "EMPTY_DICT", pairs(
        item for item in items if item[0] != leave)]


# name, status, file, offset, description. Offsets: 10 bytes before the header, then its faults.
FILES = [
    ("magic-cut", "TRUNCATED", b"\x93NUM", 0, "The file ends in the magic"),
    ("version-cut", "TRUNCATED", b"\x93NUMPY\1", 0, "The file ends in the version"),
    ("version-4", "UNSUPPORTED", npy(version=b"\4\0"), 0, "Version 4"),
    ("version-1-1", "UNSUPPORTED", npy(version=b"\1\1"), 0, "Version 1.1"),
    ("size-cut", "TRUNCATED", b"\x93NUMPY\1\0v", 8, "The file ends in the size of the header"),
    ("header-cut", "TRUNCATED", npy(data=b"", size=118), 10, "The file ends in the header"),
    ("header-large", "LIMIT", npy(version=b"\2\0", size=1 << 31), 12, "A header of 2 GiB"),
    ("header-empty", "ARRAY", npy(""), 10, "No header"),
    ("header-list", "ARRAY", npy("[]"), 10, "A header that is a list"),
    ("header-open", "ARRAY", npy(HEADER[:-1]), 10 + len(HEADER) - 1, "A dict that is not closed"),
    ("header-goes-on", "ARRAY", npy(HEADER + " x"), 10 + len(HEADER) + 1, "Text behind the dict"),
    ("header-call", "ARRAY", npy(changed("(2,)", "f(2)")), 10 + HEADER.index("(2"),
     "A call in the header"),
    ("key-twice", "ARRAY", npy(changed("'shape'", "'descr'")), 10 + HEADER.index(" (2"),
     "One key twice"),
    ("key-unknown", "ARRAY", npy(changed("'shape'", "'shapE'")), 10 + HEADER.index(" (2"),
     "An unknown key"),
    ("key-absent", "ARRAY", npy("{'descr': '<f8', 'shape': (2,)}"), 41, "No fortran_order"),
    ("order-number", "ARRAY", npy(changed("False", "0    ")), 10 + HEADER.index("False"),
     "fortran_order is a number"),
    ("descr-unknown", "ARRAY", npy(changed("<f8", "<z8")), 10 + HEADER.index(", 'fortran"),
     "No such element type"),
    ("descr-open", "ARRAY", npy("{'descr': '<f8"), 24, "Text that is not closed"),
    ("descr-empty-list", "ARRAY", npy(changed("'<f8'", "[]")), 21, "A record without fields"),
    ("descr-tuple", "ARRAY", npy(changed("'<f8'", "('<f8', (2,))")), 20, "A tuple as type"),
    ("descr-field-open", "ARRAY", npy(changed("'<f8'", "[('a', '<f8']")), 32,
     "A field that is not closed"),
    ("descr-name-empty", "ARRAY", npy(changed("'<f8'", "[('', '<f8')]")), 32,
     "A field of numbers without a name"),
    ("descr-name-twice", "ARRAY", npy(changed("'<f8'", "[('a', '<f4'), ('a', '<f4')]")), 48,
     "One name twice"),
    ("descr-name-utf8", "ARRAY", npy(b"{'descr': [('\xff', '<f4')", version=b"\3\0"), 27,
     "A name that is not UTF-8"),
    ("descr-deep", "LIMIT", npy("{'descr': " + "[('a', " * 17), 20 + 7 * 16 + 1,
     "Seventeen records in one another"),
    ("shape-number", "ARRAY", npy(changed("(2,)", "2")), 10 + HEADER.index("(2"),
     "A shape that is a number"),
    ("shape-brackets", "ARRAY", npy(changed("(2,)", "(2)")), 10 + HEADER.index("(2") + 3,
     "A number in brackets is no tuple"),
    ("shape-negative", "ARRAY", npy(changed("(2,)", "(-2,)")), 10 + HEADER.index("(2") + 1,
     "A negative dimension"),
    ("shape-too-large", "ARRAY", npy(changed("(2,)", "(9223372036854775808,)")),
     10 + HEADER.index("(2") + 20, "A dimension of 2^63"),
    ("shape-overflow", "ARRAY", npy(changed("(2,)", "(4294967296, 4294967296)")),
     10 + len(HEADER) + 20, "Dimensions that overflow"),
    ("shape-65", "LIMIT", npy(changed("(2,)", "(" + "1," * 65 + ")")),
     10 + HEADER.index("(2") + 1 + 2 * 64, "65 dimensions"),
    ("data-cut", "TRUNCATED", npy(data=bytes(15)), 10 + len(HEADER), "15 bytes of 16"),
    ("data-none", "TRUNCATED", npy(changed("(2,)", "(1048576,)"), b""), 10 + len(HEADER) + 6,
     "8 MiB claimed, none there"),
    ("trailing", "TRAILING", npy(data=bytes(17)), 10 + len(HEADER) + 16, "One byte too many"),
    ("objects-not-array", "ARRAY", npy(changed("<f8", "|O"), b"\x80\2N."), 10 + len(HEADER) - 1,
     "A pickle of None for an array of objects"),
    ("objects-cut", "TRUNCATED", npy(changed("<f8", "|O"), b"\x80\2N"), 10 + len(HEADER) - 1 + 3,
     "A pickle without STOP"),
]

# name, status, file name, description: names that lead elsewhere, or nowhere
NAMES = [
    ("name-absolute", "FORBIDDEN", "/etc/passwd", "An absolute path"),
    ("name-parent", "FORBIDDEN", "../x.npy", "A path into another folder"),
    ("name-dots", "FORBIDDEN", "..", "The folder above"),
    ("name-dot", "FORBIDDEN", ".", "The folder itself"),
    ("name-below", "FORBIDDEN", "a/x.npy", "A path into a folder below"),
    ("name-backslash", "FORBIDDEN", "a\\x.npy", "A path of Windows"),
    ("name-drive", "FORBIDDEN", "C:x.npy", "A drive of Windows"),
    ("name-nul", "FORBIDDEN", "a\0.npy", "A name with a NUL"),
    ("name-empty", "FORBIDDEN", "", "A name without letters"),
    ("name-long", "FORBIDDEN", [("BINUNICODE", "a" * 256)], "A name of 256 bytes"),
    ("name-none", "ARRAY", None, "A name that is None"),
    ("name-bytes", "ARRAY", b"x.npy", "A name that is bytes"),
    ("missing", "NOT_FOUND", "missing.joblib_01.npy", "A file that is not there"),
]
# name, status, companion, description: companions that are no such array
COMPANIONS = [
    ("empty", "TRUNCATED", b"", "An empty companion"),
    ("pickle", "ARRAY", b"\x80\2N." * 3, "A companion that is a pickle"),
    ("header", "ARRAY", npy(changed("<f8", "<z8")), "A companion with a wrong header"),
    ("data-cut", "TRUNCATED", npy(data=bytes(15)), "A companion that is cut"),
    ("trailing", "TRAILING", npy(data=bytes(17)), "A companion with one byte too many"),
    ("wrapper-inside", "ARRAY", npy(changed("<f8", "|O"), assemble(
        P4, wrapper("x.npy"), "BUILD", "STOP")[0]), "A wrapper within a companion's pickle"),
]
STATES = [
    ("no-filename", "ARRAY", dict(leave="filename"), "No file name in the state"),
    ("no-subclass", "ARRAY", dict(leave="subclass"), "No subclass in the state"),
    ("subclass-os-system", "FORBIDDEN", dict(subclass=named("os", "system")),
     "A subclass that is a function"),
]
Z_STATES = [
    ("z-no-init-args", "ARRAY", dict(state=(1, (2,), None, False)), "No init_args in the state"),
    ("z-state-short", "ARRAY", dict(init_args=(named("numpy", "ndarray"), (0,), b"b"),
                                    state=(1, (2,))), "A state of two"),
    ("z-class", "FORBIDDEN", dict(init_args=(named("os", "system"), (0,), b"b"),
                                  state=(1, (2,))), "A class that is a function"),
]
# name, status, companion, description: all for an array of two doubles
Z_COMPANIONS = [
    ("z-empty", "TRUNCATED", b"", "An empty companion"),
    ("z-npy", "ARRAY", npy(), "A companion that is a npy file"),
    ("z-zlib", "ARRAY", zf(bytes(16))[21:], "A companion of zlib without the header of ZF"),
    ("z-short", "TRUNCATED", zf(bytes(15)), "15 bytes of 16"),
    ("z-long", "TRAILING", zf(bytes(17)), "One byte too many"),
    ("z-cut", "TRUNCATED", zf(bytes(16))[:-1], "A companion that is cut"),
    ("z-checksum", "CORRUPT", zf(bytes(16))[:-1] + b"\0", "A wrong checksum"),
    ("z-size", "CORRUPT", zf(bytes(16), 17), "A size that is not that of the bytes"),
]


def put(writer, name, status, parts, description, companion=None):
    data, offset = assemble(P4, *parts)
    refuse(writer, "legacy/" + name, status, data, offset, description, "legacy.md#companions")
    if companion is not None:
        writer.bytes("invalid/legacy/%s.joblib_01.npy" % name, companion)


def make(writer):
    for name, status, data, offset, description in FILES:
        refuse(writer, "npy/" + name, status, data, offset, description, "legacy.md#npy")
    for name, status, filename, description in NAMES:
        put(writer, name, status, [wrapper(filename), HERE, "BUILD", "STOP"], description)
    for name, status, companion, description in COMPANIONS:
        name = "companion-" + name
        put(writer, name, status, [wrapper(name + ".joblib_01.npy"), HERE, "BUILD", "STOP"],
            description, companion)
    for name, status, changes, description in STATES:
        put(writer, name, status, [wrapper(name + ".joblib_01.npy", **changes), HERE, "BUILD",
                                   "STOP"], description, npy())
    for name, status, changes, description in Z_STATES:
        put(writer, name, status, [wrapper("x.npy.z", "ZNDArrayWrapper", **changes), HERE,
                                   "BUILD", "STOP"], description)
    for name, status, companion, description in Z_COMPANIONS:
        put(writer, name, status, [wrapper(name + ".joblib_01.npy", "ZNDArrayWrapper",
                                           init_args=(named("numpy", "ndarray"), (0,), b"b"),
                                           state=(1, (2,), dtype(), False)), HERE, "BUILD",
                                   "STOP"], description, companion)
    put(writer, "z-objects", "ARRAY", [wrapper("x.npy.z", "ZNDArrayWrapper",
                                               init_args=(named("numpy", "ndarray"), (0,), b"b"),
                                               state=(1, (2,), OBJECTS, False)), HERE, "BUILD",
                                       "STOP"], "A companion of bytes for an array of objects")
    put(writer, "build-twice", "ARRAY", [
        wrapper("build-twice.joblib_01.npy")[:5], ("BINPUT", 0),
        wrapper("build-twice.joblib_01.npy")[5:], "BUILD", ("BINGET", 0), "EMPTY_DICT", HERE,
        "BUILD", "TUPLE2", "STOP"], "A second BUILD on one wrapper", npy())
    put(writer, "by-reduce", "FORBIDDEN", [
        named("joblib.numpy_pickle", "NDArrayWrapper"), "EMPTY_TUPLE", HERE, "REDUCE", "STOP"],
        "A wrapper made by REDUCE")
