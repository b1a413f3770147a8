"""Valid pickles that picklers seldom or never write, assembled byte for byte."""
import zlib

from assemble import assemble, call, dtype, named, pairs, text, whole, wrapper

P2, P3, P4, P5 = [("PROTO", n) for n in (2, 3, 4, 5)]


OBJECTS = dtype("O8", (3, "|", None, None, None, -1, -1, 63))


def one_object(parts):
    """An array of one object, as numpy pickles it."""
    return call("numpy.core.multiarray", "_reconstruct", named("numpy", "ndarray"), (0,), b"b") + [
        whole((1, (1,), OBJECTS, False, ["EMPTY_LIST", parts, "APPEND"])), "BUILD"]


def sub_array(shape):
    """The dtype of three integers."""
    return dtype("V12", (3, "|", [whole((dtype("i4", (3, "<", None, None, None, -1, -1, 0)), shape))],
                         None, None, 12, 4, 0))


def memo_laughs(levels):
    """Lists that hold the list before them ten times, by the memo."""
    parts = ["EMPTY_LIST", "MEMOIZE"]
    for level in range(levels):
        parts += ["POP", "EMPTY_LIST", "MEMOIZE", "MARK", [("BINGET", level)] * 10, "APPENDS"]
    return parts


ROWS = [
    ("pickle2/long1-empty", [P2, ("LONG1", (0, b"")), "STOP"], "LONG1 of no bytes is 0"),
    ("pickle2/long1-not-minimal", [P2, ("LONG1", b"\1\0\0\0"), "STOP"],
     "LONG1 with more bytes than it needs"),
    ("pickle2/long1-255-bytes", [P2, ("LONG1", b"\x5a" * 255), "STOP"], "The longest LONG1"),
    ("pickle2/long4-small", [P2, ("LONG4", b"\xff\xff"), "STOP"], "LONG4 with the value -1"),
    ("pickle2/long4-empty", [P2, ("LONG4", (0, b"")), "STOP"], "LONG4 of no bytes is 0"),
    ("pickle2/binint-small", [P2, ("BININT", 5), "STOP"], "BININT where BININT1 would do"),
    ("pickle2/binunicode-empty", [P2, ("BINUNICODE", ""), "STOP"], "BINUNICODE of no bytes"),
    ("pickle2/long-binput", [P2, "EMPTY_LIST", ("LONG_BINPUT", 7), ("LONG_BINGET", 7), "TUPLE2",
                             "STOP"], "LONG_BINPUT and LONG_BINGET with a small index"),
    ("pickle2/long-binput-last", [P2, "EMPTY_LIST", ("LONG_BINPUT", 0xffffffff), "POP",
                                  ("LONG_BINGET", 0xffffffff), "STOP"], "The largest memo index"),
    ("pickle2/memo-far-apart", [P2, "EMPTY_LIST", "MARK", [
        [("BININT1", i), ("LONG_BINPUT", (i + 1) << 20)] for i in range(40)], [
            ("LONG_BINGET", (i + 1) << 20) for i in range(40)], "APPENDS", "STOP"],
     "Forty memo indices, far from one another"),
    ("pickle2/binput-twice", [P2, ("BININT1", 1), ("BINPUT", 0), ("BININT1", 2), ("BINPUT", 0),
                              ("BINGET", 0), "TUPLE3", "STOP"], "A memo entry is replaced"),
    ("pickle2/pop", [P2, "NONE", ("BININT1", 1), "POP", "STOP"], "POP drops a value"),
    ("pickle2/pop-mark", [P2, "NONE", "MARK", ("BININT1", 1), ("BININT1", 2), "POP_MARK", "STOP"],
     "POP_MARK drops values and the mark"),
    ("pickle2/pop-of-mark", [P2, "NONE", "MARK", "POP", "STOP"], "POP drops a mark"),
    ("pickle2/dup", [P2, "EMPTY_LIST", "DUP", "TUPLE2", "STOP"], "DUP makes a shared list"),
    ("pickle2/list-and-dict", [P2, "MARK", "MARK", ("BININT1", 1), "LIST", "MARK",
                               ("BINUNICODE", "k"), "NONE", "DICT", "TUPLE", "STOP"],
     "LIST and DICT of what follows a mark"),
    ("pickle2/marks-empty", [P2, "MARK", "LIST", "MARK", "DICT", "MARK", "TUPLE", "TUPLE3",
                             "STOP"], "Marks with nothing after them"),
    ("pickle2/appends-empty", [P2, "EMPTY_LIST", "MARK", "APPENDS", "STOP"], "APPENDS of nothing"),
    ("pickle2/setitems-empty", [P2, "EMPTY_DICT", "MARK", "SETITEMS", "STOP"],
     "SETITEMS of nothing"),
    ("pickle2/dict-equal-keys", [P2, "EMPTY_DICT", "MARK", ("BININT1", 1), ("BINUNICODE", "a"),
                                 "NEWTRUE", ("BINUNICODE", "b"), ("BINFLOAT", 1.0),
                                 ("BINUNICODE", "c"), "SETITEMS", "STOP"],
     "1, True and 1.0 are one key: the first key stays, the last value wins"),
    ("pickle2/dict-key-twice", [P2, "EMPTY_DICT", ("BINUNICODE", "a"), ("BININT1", 1), "SETITEM",
                                ("BINUNICODE", "b"), "NONE", "SETITEM", ("BINUNICODE", "a"),
                                ("BININT1", 2), "SETITEM", "STOP"], "A key is set again"),
    ("pickle2/binstring", [P2, ("BINSTRING", b"a\xff\0"), ("SHORT_BINSTRING", b""), "TUPLE2",
                           "STOP"], "Byte strings of Python 2"),
    ("pickle2/global-not-ascii", [P2, ("GLOBAL", ("m\xe9", "\xe9t\xe9")), "STOP"],
     "A global with names that are not ASCII"),
    ("pickle2/setitem-append", [P2, "EMPTY_LIST", "NONE", "APPEND", "EMPTY_DICT", "NONE", "NONE",
                                "SETITEM", "TUPLE2", "STOP"], "APPEND and SETITEM alone"),
    ("pickle3/binbytes-small", [P3, ("BINBYTES", b"ab"), "STOP"], "BINBYTES of two bytes"),
    ("pickle4/binbytes8", [P4, ("BINBYTES8", b"ab"), "STOP"], "BINBYTES8 of two bytes"),
    ("pickle4/binunicode8", [P4, ("BINUNICODE8", "\u4f60"), "STOP"], "BINUNICODE8"),
    ("pickle4/frames", [P4, ("FRAME", 2), ("BININT1", 1), ("FRAME", 4), ("BININT1", 2), "TUPLE2",
                        "STOP"], "Two frames"),
    ("pickle4/no-frame", [P4, ("BININT1", 1), "STOP"], "Protocol 4 without a frame"),
    ("pickle4/frame-then-bare", [P4, ("FRAME", 2), ("BININT1", 1), "NONE", "TUPLE2", "STOP"],
     "Opcodes after a frame, outside of any frame"),
    ("pickle4/memoize-after-binput", [P4, ("BININT1", 1), ("BINPUT", 5), ("BININT1", 2),
                                      "MEMOIZE", ("BINGET", 1), "TUPLE3", "STOP"],
     "MEMOIZE takes the number of entries as its index"),
    ("pickle4/set-repeats", [P4, "EMPTY_SET", "MARK", ("BININT1", 2), ("BININT1", 1), "NEWTRUE",
                             ("BININT1", 2), "ADDITEMS", "STOP"], "Equal members of a set"),
    ("pickle4/frozenset-empty", [P4, "MARK", "FROZENSET", "STOP"], "FROZENSET of nothing"),
    ("pickle4/stack-global-memo", [P4, text("math"), "MEMOIZE", text("pi"), "MEMOIZE", "POP",
                                   "POP", ("BINGET", 0), ("BINGET", 1), "STACK_GLOBAL", "STOP"],
     "STACK_GLOBAL with names from the memo"),
    ("pickle4/newobj-ex", [P4, named("m", "C"), whole((1,)), "EMPTY_DICT", pairs([("k", 2)]),
                           "NEWOBJ_EX", "STOP"], "NEWOBJ_EX with keywords"),
    ("pickle4/class-not-global", [P4, call("m", "make_class"), "EMPTY_TUPLE", "REDUCE", "STOP"],
     "A call of what a call returned"),
    ("pickle5/bytearray8", [P5, ("BYTEARRAY8", b"ab"), "DUP", "TUPLE2", "STOP"],
     "BYTEARRAY8, shared"),
    ("ndarray/no-alignment-key", [P4, wrapper(leave="numpy_array_alignment_bytes"), "BUILD",
                                  bytes(range(16)), "STOP"], "A wrapper as before joblib 1.2"),
    ("ndarray/alignment-none", [P4, wrapper(numpy_array_alignment_bytes=None), "BUILD",
                                bytes(range(16)), "STOP"], "Alignment None: no padding"),
    ("ndarray/padding-other-length", [P4, wrapper(), "BUILD", b"\2\xff\xff", bytes(range(16)),
                                      "STOP"], "A padding that does not align"),
    ("ndarray/scalar-big-endian", [P4, call("numpy.core.multiarray", "scalar", dtype(
        "f8", (3, ">", None, None, None, -1, -1, 0)), b"\x3f\xf0\0\0\0\0\0\0"), "STOP"],
     "A big-endian scalar"),
    ("ndarray/names-multiarray-umath", [P4, "EMPTY_LIST", "MARK", [
        [call(core + "._multiarray_umath", "scalar", dtype(), b"\0\0\0\0\0\0\xf0\x3f"),
         call(core + "._multiarray_umath", "_reconstruct", named("numpy", "ndarray"), (0,), b"b"),
         whole((1, (2,), dtype(), False, bytes(range(16)))), "BUILD"]
        for core in ("numpy.core", "numpy._core")], "APPENDS", "STOP"],
     "Scalars and arrays by the names of the module that defines their makers"),
    ("pickle2/binfloat-signalling", [P2, ("BINFLOAT", float("inf")), b"G\x7f\xf0" + bytes(5)
                                     + b"\1", "TUPLE2", "STOP"],
     "A NaN that signals, beside infinity"),
    ("pickle2/build-states", [P2, "EMPTY_LIST", "MARK", [
        [("GLOBAL", ("m", "C")), "EMPTY_TUPLE", "NEWOBJ", state, "BUILD"] for state in (
            "NONE", ("BININT1", 5), ["EMPTY_TUPLE", "TUPLE1"],
            ["EMPTY_DICT", ("BININT1", 1), "NONE", "SETITEM"])],
        ("GLOBAL", ("m", "C")), "EMPTY_TUPLE", "NEWOBJ", ("BINPUT", 0), ("BINGET", 0), "BUILD",
        "APPENDS", "STOP"], "Any value may be a state, the object itself too"),
    ("pickle3/python2-names", [P3, "EMPTY_LIST", "MARK", [
        [("GLOBAL", (module, name)), "EMPTY_LIST", ("BININT1", 1), "APPEND", "TUPLE1", "REDUCE"]
        for module, name in (("__builtin__", "set"), ("builtins", "set"))], "APPENDS", "STOP"],
     "Names of Python 2 in protocol 3"),
    ("ndarray/inner-wrapper", [P4, wrapper(dtype=OBJECTS, shape=(1,), allow_mmap=False), "BUILD",
                               P4, one_object(wrapper() + ["BUILD"]), "STOP", "STOP"],
     "A wrapper within an array of objects has no bytes behind it"),
    ("ndarray/unknown-key", [P4, wrapper(order=[text("C"), text("other"), "NONE"]), "BUILD",
                             b"\1\xff" + bytes(range(16)), "STOP"], "A key that nothing reads"),
    ("ndarray/bool-other-bytes", [P4, wrapper(dtype=dtype("b1", (
        3, "|", None, None, None, -1, -1, 0)), shape=(5,)), "BUILD", b"\1\xff\0\1\2\x80\xff",
        "STOP"], "Bools that are neither 0 nor 1"),
    ("pickle4/calls-with-sizes", [P4, "EMPTY_LIST", "MARK", [call("builtins", name, 1 << 30) for name in (
        "bytes", "bytearray", "range", "list")], "APPENDS", "STOP"],
     "Calls that would make a GiB from a number"),
    ("pickle2/reconstructor-base", [P2, ("GLOBAL", ("copyreg", "_reconstructor")), whole((
        [("GLOBAL", ("m", "C"))], [("GLOBAL", ("os", "system"))], ["NONE"])), "REDUCE", "STOP"],
     "A base other than object"),
    ("plain-array/dtype-question", [P4, dtype("?", (3, "|", None, None, None, -1, -1, 0)), "STOP"],
     "A dtype of bools by the text ?"),
    ("plain-array/sub-array-number", [P4, sub_array(3), "STOP"],
     "A sub-array whose shape is a number"),
    ("pickle4/bytes-of-bytes", [P4, call("builtins", "bytes", b"ab"), "STOP"],
     "A call of bytes with bytes"),
    ("pickle4/encode-utf-8", [P4, call("_codecs", "encode", "a", "utf-8"), "STOP"],
     "A call of encode that no pickler writes stays an object"),
    ("hostile/list-laughs", [P4, memo_laughs(30), "STOP"],
     "Thirty levels of lists, each ten times the one before"),
]
HOSTILE = [
    ("os-system", "os", "system", "echo"), ("posix-system", "posix", "system", "echo"),
    ("builtins-eval", "builtins", "eval", "1"), ("builtins-exec", "builtins", "exec", "1"),
    ("python2-eval", "__builtin__", "eval", "1"), ("subprocess", "subprocess", "Popen", "echo"),
    ("pickle-loads", "pickle", "loads", b"\x80\x02N."), ("numpy-load", "numpy", "load", "x"),
    ("joblib-load", "joblib", "load", "x"), ("getattr", "builtins", "getattr", "x", "y"),
    ("import-module", "importlib", "import_module", "os"), ("dotted", "builtins", "str.upper", "x"),
    ("runpy", "runpy", "run_path", "x"), ("look-alike", "\u0455klearn.svm", "SVC"),
    ("open", "io", "open", "x", "w"), ("near-builder", "numpy.core.multiarray", "fromstring", "x"),
]


# What is large has zlib around it.
PACKED = [
    ("zlib/long4-of-70000-bytes", [P2, ("LONG4", b"\1" + bytes(69999)), "STOP"],
     "LONG4 of 70000 bytes, which are 1", "pickle.md#long4"),
    ("zlib/binstring-of-70000-bytes", [P2, ("BINSTRING", b"x" * 69999 + b"\xff"), "STOP"],
     "BINSTRING of 70000 bytes", "python2.md#strings"),
]


def make(writer):
    for name, parts, description, spec in PACKED:
        writer.raw(name, zlib.compress(assemble(*parts)[0], 3), description, spec, codec="zlib",
                   protocol="2")
    for name, parts, description in ROWS:
        writer.raw(name, assemble(*parts)[0], description, "pickle.md#opcodes")
    for name, module, function, *args in HOSTILE:
        parts = [P4, call(module, function, *args), "STOP"]
        writer.raw("hostile/" + name, assemble(*parts)[0],
                   "A call of %s.%s stays a node" % (module, function), "safety.md#inert")
        if module.isascii():
            parts = [P2, ("GLOBAL", (module, function)), whole(()), "NEWOBJ", "EMPTY_DICT",
                     "BUILD", "STOP"]
            writer.raw("hostile/%s-newobj" % name, assemble(*parts)[0],
                       "%s.%s as the class of an object" % (module, function), "safety.md#inert")
