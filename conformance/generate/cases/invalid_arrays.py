"""Arrays, dtypes and scalars that must be refused, and wrappers that joblib never writes."""
from assemble import HERE, assemble, call, dtype, named, text, whole, wrapper
from invalid import refuse

P4, DATA = ("PROTO", 4), b"\1\xff" + bytes(range(16))
HUGE = 1 << 62
OBJECTS = dtype("O8", (3, "|", None, None, None, -1, -1, 63))
RECORD = named("numpy", "record")
STRINGS = call("numpy._core._internal", "_convert_to_stringdtype_kwargs", 1)
MULTI, NUMERIC = "numpy._core.multiarray", "numpy._core.numeric"


def struct(names, fields, itemsize, flags=0, align=1, version=3):
    """The dtype of a struct: fields as (name, dtype, offset)."""
    parts = ["EMPTY_DICT", "MARK"]
    for name, kind, offset in fields:
        parts += [text(name), whole((kind, offset))]
    state = (version, "|", None, names, parts + ["SETITEMS"], itemsize, align, flags)
    return dtype("V%d" % itemsize, state)


def nested_struct(levels):
    """A record with a record in it, and so on; the innermost holds a float."""
    kind = dtype()
    for _ in range(levels):
        kind = struct(("a",), [("a", kind, 0)], 8)
    return kind


def subarray(base, shape):
    """The dtype of a field that holds several of `base`, up to its BUILD."""
    return dtype("V8", (3, "|", whole((base, whole(shape))), None, None, 8, 1, 0))


def rebuilt(shape=(0,), state=(1, (2,), dtype(), False, bytes(16))):
    """_reconstruct up to its BUILD, without it."""
    return call(MULTI, "_reconstruct", named("numpy", "ndarray"), shape, b"b") + [whole(state)]


def inner(array_shape, items):
    """The nested pickle of an object array, at protocol 4."""
    state = (1, array_shape, OBJECTS, False, ["EMPTY_LIST", "MARK", items, "APPENDS"])
    return [P4, rebuilt(state=state), "BUILD", "STOP"]


def object_wrapper(**changes):
    return wrapper(dtype=OBJECTS, allow_mmap=changes.pop("allow_mmap", False), **changes)


# What the state of a wrapper may not be: name, changes, description. All fail at BUILD.
WRAPPERS = [
    ("shape-overflow", dict(shape=(HUGE,)), "2^62 items of 8 bytes"),
    ("shape-wraps", dict(shape=(1 << 32, 1 << 32)), "A product of dimensions that wraps to 0"),
    ("shape-zero-times-huge", dict(shape=(0, HUGE)), "A dimension of 2^62 beside one of 0"),
    ("shape-negative", dict(shape=(-1,)), "A negative dimension"),
    ("shape-two-negative", dict(shape=(-1, -2)), "Negative dimensions with a positive product"),
    ("shape-int", dict(shape=2), "A shape that is an integer"),
    ("shape-text", dict(shape="2"), "A shape that is text"),
    ("shape-none", dict(shape=None), "A shape that is None"),
    ("shape-list", dict(shape=["EMPTY_LIST", ("BININT1", 2), "APPEND"]), "A shape that is a list"),
    ("shape-of-text", dict(shape=("2",)), "A dimension that is text"),
    ("shape-of-bool", dict(shape=(True,)), "A dimension that is a bool"),
    ("shape-nested", dict(shape=((2,),)), "A dimension that is a tuple"),
    ("order-k", dict(order="K"), "An order that is neither C nor F"),
    ("order-none", dict(order=None), "An order that is None"),
    ("dtype-none", dict(dtype=None), "A dtype that is None"),
    ("dtype-text", dict(dtype="f8"), "A dtype that is text"),
    ("alignment-17", dict(numpy_array_alignment_bytes=17), "An alignment of 17"),
    ("alignment-text", dict(numpy_array_alignment_bytes="z"), "An alignment that is text"),
    ("alignment-negative", dict(numpy_array_alignment_bytes=-1), "A negative alignment"),
    ("order-a", dict(order="A"), "An order that a caller may ask numpy for"),
    ("order-number", dict(order=5), "An order that is a number"),
    ("shape-float", dict(shape=[("BINFLOAT", 2.0)]), "A shape that is a float"),
    ("shape-true", dict(shape=True), "A shape that is a bool"),
    ("dtype-class", dict(dtype=named("numpy", "float64")), "A dtype that is a class"),
    ("alignment-2-63", dict(numpy_array_alignment_bytes=1 << 63), "An alignment of 2^63"),
    ("alignment-8", dict(numpy_array_alignment_bytes=8), "An alignment of 8"),
    ("no-bytes-2-31", dict(dtype=dtype("V0"), shape=(1 << 31,)), "2^31 items of no bytes"),
    ("key-twice", dict(order=["NONE", text("order"), text("C")]), "A key that stands twice"),
    ("objects-mmap", dict(dtype=OBJECTS), "allow_mmap for an object array"),
    ("strings-mmap", dict(dtype=STRINGS), "allow_mmap for strings of any length"),
    ("dtype-object", dict(dtype=call("m", "n", 1)), "A dtype that is an object"),
] + [("no-" + key.replace("_", "-"), dict(leave=key), "No %s in the state" % key)
     for key in ("subclass", "shape", "order", "dtype")]

# States that a dtype refuses. All fail at the BUILD of the dtype.
DTYPES = [
    ("version-9", "UNSUPPORTED", "f8", (9, "<", None, None, None, -1, -1, 0)),
    ("state-short", "ARRAY", "f8", (3, "<", None)),
    ("byte-order", "ARRAY", "f8", (3, "?", None, None, None, -1, -1, 0)),
    ("itemsize-negative", "ARRAY", "f8", (3, "<", None, None, None, -8, -1, 0)),
    ("itemsize-lie", "ARRAY", "f8", (3, "<", None, None, None, 1 << 28, -1, 0)),
    ("flags-object", "ARRAY", "f8", (3, "<", None, None, None, -1, -1, 1)),
    ("flags-no-integer", "ARRAY", "f8", (3, "<", None, None, None, -1, -1, b"0")),
    ("version-negative", "UNSUPPORTED", "f8", (-1, "<", None, None, None, -1, -1, 0)),
    ("version-text", "UNSUPPORTED", "f8", ("3", "<", None, None, None, -1, -1, 0)),
    ("byte-order-empty", "ARRAY", "f8", (3, "", None, None, None, -1, -1, 0)),
    ("byte-order-long", "ARRAY", "f8", (3, "<>", None, None, None, -1, -1, 0)),
    ("date-unit", "ARRAY", "M8", (4, "<", None, None, None, -1, -1, 0,
                                   (["EMPTY_DICT"], (b"xs", 1, 1, 1)))),
    ("date-count", "ARRAY", "m8", (4, "<", None, None, None, -1, -1, 0,
                                    (["EMPTY_DICT"], (b"s", 0, 1, 1)))),
    ("date-state-short", "ARRAY", "m8", (4, "<", None, None, None, -1, -1, 0,
                                          (["EMPTY_DICT"], (b"s", 1)))),
    ("alignment-2-31", "ARRAY", "f8", (3, "<", None, None, None, -1, 1 << 31, 0)),
    ("date-divided", "ARRAY", "M8", (4, "<", None, None, None, -1, -1, 0,
                                      (["EMPTY_DICT"], (b"us", 25, 5, 1)))),
    ("record-no-names", "ARRAY", RECORD, (3, "|", None, None, None, 8, 1, 0)),
    ("record-no-size", "ARRAY", RECORD, (3, "|", None, ("a",), ["EMPTY_DICT"], -1, 1, 16)),
    ("fields-list", "ARRAY", "f8", (3, "<", None, None, ["EMPTY_LIST"], -1, -1, 0)),
    ("fields-no-names", "ARRAY", "V8", (3, "|", None, None, ["EMPTY_DICT"], 8, 1, 0)),
    ("fields-text", "ARRAY", "V8", (3, "|", None, None, "a", 8, 1, 0)),
    ("names-no-fields", "ARRAY", "V8", (3, "|", None, (), None, 8, 1, 0)),
    ("names-list", "ARRAY", "V8", (3, "|", None, ["EMPTY_LIST"], ["EMPTY_DICT"], 8, 1, 0)),
    ("subarray-fields", "ARRAY", "V8", (3, "|", (dtype(), (1,)), None, ["EMPTY_DICT"], 8, 1, 0)),
    ("date-number", "ARRAY", "M8", (4, "<", None, None, None, -1, -1, 0, 5)),
    ("date-dict", "ARRAY", "M8", (4, "<", None, None, None, -1, -1, 0, ["EMPTY_DICT"])),
    ("date-list", "ARRAY", "M8", (4, "<", None, None, None, -1, -1, 0,
                                  ["EMPTY_LIST", "MARK", "EMPTY_DICT", whole((b"s", 1, 1, 1)),
                                   "APPENDS"])),
    ("date-unit-list", "ARRAY", "M8", (4, "<", None, None, None, -1, -1, 0,
                                       (["EMPTY_DICT"], [
                                           "EMPTY_LIST", "MARK", whole(b"s"), whole(1), whole(1),
                                           whole(1), "APPENDS"]))),
    ("date-of-three", "ARRAY", "m8", (4, "<", None, None, None, -1, -1, 0,
                                      (["EMPTY_DICT"], (b"s", 1, 1, 1), 3))),
    ("flags-no-object", "ARRAY", "O8", (3, "|", None, None, None, -1, -1, 0)),
]
DTYPES += [("state-of-%d" % size, "ARRAY", "f8", ((3, "<") + (None,) * 18)[:size])
           for size in (0, 1, 2, 4, 10, 20)]
F8, I4 = dtype(), dtype("i4")
RECURSIVE = struct(("a",), [("a", [("BINGET", 0)], 0)], 8)
STRUCTS = [
    ("field-outside", (("a",), [("a", F8, 65535)], 8), "A field beyond the item"),
    ("field-end-outside", (("a",), [("a", F8, 1)], 8), "A field that ends beyond the item"),
    ("field-negative", (("a",), [("a", F8, -1)], 8), "A negative offset"),
    ("field-overlap", (("a", "b"), [("a", F8, 0), ("b", I4, 4)], 16), "Fields that overlap"),
    ("names-more", (("a", "b"), [("a", F8, 0)], 8), "A name without a field"),
    ("names-twice", (("a", "a"), [("a", F8, 0)], 8), "One name twice"),
    ("field-object-flag", (("a",), [("a", OBJECTS, 0)], 8), "An object without the flag"),
    ("field-name-other", (("a",), [("b", F8, 0)], 8), "A field that has no name"),
    ("field-of-three", (("a",), [("a", F8, (0, 1))], 8), "An offset that is a tuple"),
    ("alignment-0", (("a",), [("a", F8, 0)], 8, 0, 0), "An alignment of 0"),
    ("struct-alignment-2-31", (("a",), [("a", F8, 0)], 8, 0, 1 << 31), "An alignment of 2^31"),
    ("alignment-3", (("a",), [("a", F8, 0)], 8, 0, 3), "An alignment of 3"),
]
ROWS = [
    ("data-cut", "TRUNCATED", [P4, wrapper(), "BUILD", DATA[:-4]], "Four bytes of data missing"),
    ("data-none", "TRUNCATED", [P4, wrapper(shape=(1 << 20,)), "BUILD", DATA],
     "8 MiB claimed, 16 bytes there"),
    ("padding-absent", "TRUNCATED", [P4, wrapper(), "BUILD"], "The input ends at the padding"),
    ("padding-cut", "TRUNCATED", [P4, wrapper(), "BUILD", b"\5\xff"], "A cut padding"),
    ("padding-0", "ARRAY", [P4, wrapper(), "BUILD", b"\0", DATA[2:], "STOP"], "Padding of 0"),
    ("padding-17", "ARRAY", [P4, wrapper(), "BUILD", b"\x11", b"\xff" * 17, DATA[2:], "STOP"],
     "Padding longer than the alignment"),
    ("padding-not-ff", "ARRAY", [P4, wrapper(), "BUILD", b"\2\xff\0", DATA[2:], "STOP"],
     "Padding that is not ff"),
    ("subclass-os-system", "FORBIDDEN", [P4, wrapper(subclass=named("os", "system")), HERE,
                                         "BUILD", DATA, "STOP"], "A subclass that is a function"),
    ("subclass-recarray", "FORBIDDEN", [P4, wrapper(subclass=named("numpy", "recarray")), HERE,
                                        "BUILD", DATA, "STOP"], "A subclass that is not wrapped"),
    ("wrapper-by-reduce", "FORBIDDEN", [P4, call("joblib.numpy_pickle", "NumpyArrayWrapper"),
                                        wrapper()[5:], "BUILD", DATA, "STOP"],
     "A wrapper made by REDUCE"),
    ("wrapper-without-build", "ARRAY", [P4, named("joblib.numpy_pickle", "NumpyArrayWrapper"),
                                        "EMPTY_TUPLE", "NEWOBJ", "STOP"], "A wrapper without a state"),
    ("build-on-array", "TYPE", [P4, wrapper(), "BUILD", DATA, "EMPTY_DICT", HERE, "BUILD",
                                "STOP"], "BUILD on the array"),
    ("inner-not-array", "ARRAY", [P4, object_wrapper(), "BUILD", P4, "NONE", "STOP", "STOP"],
     "The nested pickle is None"),
    ("inner-shape", "ARRAY", [P4, object_wrapper(), "BUILD", inner((1,), "NONE"), "STOP"],
     "The nested pickle has another shape"),
    ("data-2-39", "TRUNCATED", [P4, wrapper(shape=(1 << 36,)), HERE, "BUILD", DATA, "STOP"],
     "A claim of 512 GiB"),
    ("data-text-3gib", "TRUNCATED", [P4, wrapper(dtype=dtype("U268435456"), shape=(3,)), HERE,
                                     "BUILD", DATA, "STOP"], "Three texts of a GiB"),
    ("dtype-itself", "ARRAY", [P4, RECURSIVE[:5], ("BINPUT", 0), RECURSIVE[5:-1], HERE, "BUILD",
                               "STOP"], "A record that holds itself"),
    ("dtype-deep", "LIMIT", [P4, nested_struct(17)[:-1], HERE, "BUILD", "STOP"],
     "Seventeen records in one another"),
    ("dtype-in-use", "ARRAY", [P4, F8[:5], ("BINPUT", 0), "POP",
                               call(MULTI, "scalar", [("BINGET", 0)], bytes(8)), ("BINGET", 0),
                               F8[5:-1], HERE, "BUILD", "STOP"],
     "A state for a dtype that a scalar has"),
    ("dtype-subarray-overflow", "ARRAY", [P4, subarray(F8, (1 << 31, 1 << 31))[:-1], HERE,
                                          "BUILD", "STOP"], "Dimensions that overflow"),
    ("dtype-subarray-negative", "ARRAY", [P4, subarray(F8, (-1,))[:-1], HERE, "BUILD", "STOP"],
     "A negative dimension of a sub-array"),
    ("wrapper-dimensions-65", "LIMIT", [P4, wrapper(shape=(1,) * 65), HERE, "BUILD", DATA, "STOP"],
     "65 dimensions"),
    ("wrapper-build-twice", "ARRAY", [P4, wrapper()[:5], ("BINPUT", 0), wrapper()[5:], "BUILD",
                                      DATA, "POP", ("BINGET", 0), wrapper()[5:], HERE, "BUILD",
                                      DATA, "STOP"], "A wrapper from the memo gets a second state"),
    ("inner-empty", "TRUNCATED", [P4, object_wrapper(), "BUILD"], "No nested pickle"),
    ("wrapper-as-key", "TYPE", [P4, "EMPTY_DICT", wrapper(), "BUILD", DATA, "NONE", HERE, "SETITEM",
                           "STOP"], "An array as key of a dict"),
    ("wrapper-setitem", "TYPE", [P4, wrapper(), "BUILD", DATA, ("BININT1", 0), "NONE", HERE,
                                  "SETITEM", "STOP"], "SETITEM on an array"),
    ("wrapper-append", "TYPE", [P4, wrapper(), "BUILD", DATA, "NONE", HERE, "APPEND", "STOP"],
     "APPEND to an array"),
    ("wrapper-called", "TYPE", [P4, wrapper(), "BUILD", DATA, "EMPTY_TUPLE", HERE, "REDUCE", "STOP"],
     "An array is called"),
    ("inner-cut", "TRUNCATED", [P4, object_wrapper(), "BUILD", inner((2,), ["NONE"] * 2)[:-1]],
     "The nested pickle has no STOP"),
    ("inner-memo", "MEMO", [P4, object_wrapper(), "MEMOIZE", "BUILD", P4, HERE, ("BINGET", 0),
                            "STOP", "STOP"], "The nested pickle asks for an outer memo entry"),
    ("inner-list-short", "ARRAY", [P4, object_wrapper(), "BUILD", inner((2,), ["NONE"]), "STOP"],
     "Fewer objects than the shape has"),
    ("strings-array", "ARRAY", [P4, wrapper(dtype=STRINGS, allow_mmap=False), "BUILD",
                                inner((2,), ["NONE"] * 2), "STOP"],
     "An object array for strings of any length"),
    ("strings-cut", "TRUNCATED", [P4, wrapper(dtype=STRINGS, allow_mmap=False), "BUILD"],
     "Nothing behind the wrapper of strings of any length"),
    ("reconstruct-shape", "ARRAY", [P4, rebuilt(shape=(1 << 32,))[:-2], HERE, "REDUCE", "STOP"],
     "_reconstruct with a shape"),
    ("frame-past-build", "SYNTAX", None, "A frame that goes on after the BUILD of a wrapper"),
]
REBUILT = [
    ("bytes-short", (1, (2,), F8, False, bytes(15)), "Too few bytes"),
    ("bytes-long", (1, (2,), F8, False, bytes(17)), "Too many bytes"),
    ("shape-negative", (1, (-2,), F8, False, bytes(16)), "A negative dimension"),
    ("shape-overflow", (1, (HUGE, 8), F8, False, bytes(16)), "Dimensions that overflow"),
    ("fortran-text", (1, (2,), F8, "F", bytes(16)), "A Fortran flag that is text"),
    ("list-short", (1, (2,), OBJECTS, False, ["EMPTY_LIST", "NONE", "APPEND"]), "Too few objects"),
    ("list-long", (1, (0,), OBJECTS, False, ["EMPTY_LIST", "NONE", "APPEND"]), "Too many objects"),
    ("bytes-for-objects", (1, (2,), OBJECTS, False, bytes(16)), "Bytes for an object array"),
    ("text-for-bytes", (1, (2,), F8, False, "a" * 16), "Text for bytes"),
    ("state-short", (1, (2,), F8), "A state of three parts"),
]
CALLS = [
    ("scalar-short", MULTI, "scalar", (F8, bytes(7)), "A scalar of 7 bytes"),
    ("scalar-long", MULTI, "scalar", (F8, bytes(9)), "A scalar of 9 bytes"),
    ("frombuffer-short", NUMERIC, "_frombuffer", (bytes(15), F8, (2,), "C"), "15 bytes for 16"),
    ("frombuffer-order", NUMERIC, "_frombuffer", (bytes(16), F8, (2,), "X"), "An unknown order"),
    ("frombuffer-3-arguments", NUMERIC, "_frombuffer", (bytes(16), F8, (2,)), "Without the order"),
    ("frombuffer-6-arguments", NUMERIC, "_frombuffer", (bytes(16), F8, (2,), "C", None, None),
     "An argument too many"),
    ("frombuffer-axes-twice", NUMERIC, "_frombuffer",
     (bytes(16), F8, (1, 2), "K", (0, 0)), "An axis that is named twice"),
    ("frombuffer-axes-short", NUMERIC, "_frombuffer", (bytes(16), F8, (1, 2), "K", (0,)),
     "An axis that is not named"),
    ("dtype-align-text", "numpy", "dtype", ("f8", "x", True), "An alignment that is text"),
    ("dtype-code-long", "numpy", "dtype", ("f" * 255, False, True), "A type code of 255 letters"),
    ("dtype-code-empty", "numpy", "dtype", ("", False, True), "An empty type code"),
    ("dtype-code", "numpy", "dtype", ("zz", False, True), "An unknown type code"),
]


def rows():
    """Every case: name, status, parts, description."""
    for name, changes, description in WRAPPERS:
        yield "wrapper-" + name, "ARRAY", [P4, wrapper(**changes), HERE, "BUILD", DATA,
                                           "STOP"], description
    for name, status, code, state in DTYPES:
        yield "dtype-" + name, status, [P4, dtype(code, state)[:-1], HERE, "BUILD",
                                        "STOP"], "A state that a dtype cannot have"
    for name, arguments, description in STRUCTS:
        yield "dtype-" + name, "ARRAY", [P4, struct(*arguments)[:-1], HERE, "BUILD",
                                         "STOP"], description
    for name, state, description in REBUILT:
        yield "reconstruct-" + name, "ARRAY", [P4, rebuilt(state=state), HERE, "BUILD",
                                               "STOP"], description
    for name, module, function, arguments, description in CALLS:
        yield name, "ARRAY", [P4, call(module, function, *arguments)[:-1], HERE, "REDUCE",
                              "STOP"], description
    yield from ROWS


def frame_past_build():
    """A frame that covers the wrapper and an opcode after it; the data follow the frame."""
    body = assemble(wrapper(), "BUILD", ("BININT1", 7), "TUPLE2")[0]
    return [P4, ("FRAME", len(body)), body, DATA, "STOP"]


def make(writer):
    for name, status, parts, description in rows():
        data, offset = assemble(*(parts or frame_past_build()))
        refuse(writer, "ndarray/" + name, status, data, offset, description,
               "ndarray.md#" + name.split("-")[0])
