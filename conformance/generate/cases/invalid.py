"""Pickles that must be refused: arguments, memo, frames, kinds of values, limits.

A row: name, status, parts (HERE stands before the opcode that fails), description.
"""
from assemble import HERE, assemble, call, named, text, whole

P2, P3, P4, P5 = [("PROTO", n) for n in (2, 3, 4, 5)]
ONE, LIST = ("BININT1", 1), "EMPTY_LIST"

CLASS = named("m", "C")
ROWS = [
    ("stack/left-over", "STACK", [P2, ONE, ONE, HERE, "STOP"], "A value below the result"),
    ("stack/left-over-mark", "STACK", [P2, "MARK", ONE, HERE, "STOP"], "A mark below the result"),
    ("stack/setitems-odd", "STACK", [P2, "EMPTY_DICT", "MARK", ONE, HERE, "SETITEMS", "STOP"],
     "SETITEMS of one value"),
    ("stack/dict-odd", "STACK", [P2, "MARK", ONE, HERE, "DICT", "STOP"], "DICT of one value"),
    ("truncated/no-stop", "TRUNCATED", [P2, ONE, HERE], "No STOP"),
    ("truncated/protocol-only", "TRUNCATED", [P2, HERE], "Only PROTO"),
    ("truncated/frame-without-end", "TRUNCATED", [P4, ("FRAME", 9), ONE, HERE],
     "The input ends inside a frame, between opcodes"),
    ("syntax/opcode-0", "SYNTAX", [P2, HERE, b"\0", "STOP"], "No opcode has the byte 0"),
    ("syntax/opcode-255", "SYNTAX", [P2, HERE, b"\xff", "STOP"], "No opcode has the byte 255"),
    ("syntax/opcode-127", "SYNTAX", [P2, HERE, b"\x7f", "STOP"], "No opcode has the byte 127"),
    ("syntax/long4-negative", "SYNTAX", [P2, HERE, ("LONG4", (-1, b"")), "STOP"],
     "LONG4 with a negative length"),
    ("syntax/binstring-negative", "SYNTAX", [P2, HERE, ("BINSTRING", (-1, b"")), "STOP"],
     "BINSTRING with a negative length"),
    ("syntax/protocol-twice", "SYNTAX", [P2, HERE, P2, ONE, "STOP"], "PROTO again"),
    ("syntax/protocol-in-middle", "SYNTAX", [P2, LIST, ONE, HERE, P2, "APPEND", "STOP"],
     "PROTO between other opcodes"),
    ("syntax/protocol-late", "SYNTAX", ["NONE", HERE, P2, "STOP"], "PROTO that is not the first"),
    ("syntax/frame-in-protocol-2", "SYNTAX", [P2, HERE, ("FRAME", 3), ONE, "STOP"],
     "FRAME is newer than the protocol"),
    ("syntax/memoize-in-protocol-3", "SYNTAX", [P3, ONE, HERE, "MEMOIZE", "STOP"],
     "MEMOIZE is newer than the protocol"),
    ("syntax/bytearray8-in-protocol-4", "SYNTAX", [P4, HERE, ("BYTEARRAY8", b"a"), "STOP"],
     "BYTEARRAY8 is newer than the protocol"),
    ("syntax/utf8-ff", "SYNTAX", [P2, HERE, ("BINUNICODE", b"a\xff"), "STOP"], "Not UTF-8"),
    ("syntax/utf8-overlong", "SYNTAX", [P2, HERE, ("BINUNICODE", b"\xc0\x80"), "STOP"],
     "NUL in two bytes"),
    ("syntax/utf8-overlong-3", "SYNTAX", [P2, HERE, ("BINUNICODE", b"\xe0\x9f\xbf"), "STOP"],
     "A character of two bytes in three"),
    ("syntax/utf8-overlong-4", "SYNTAX", [P2, HERE, ("BINUNICODE", b"\xf0\x8f\xbf\xbf"), "STOP"],
     "A character of three bytes in four"),
    ("syntax/utf8-cut", "SYNTAX", [P4, HERE, ("SHORT_BINUNICODE", b"\xe4\xbd"), "STOP"],
     "A character without its last byte"),
    ("syntax/utf8-too-large", "SYNTAX", [P4, HERE, ("SHORT_BINUNICODE", b"\xf4\x90\x80\x80"),
                                         "STOP"], "A character above U+10FFFF"),
    ("syntax/bytearray8-without-proto", "SYNTAX", [HERE, ("BYTEARRAY8", b"a"), "STOP"],
     "BYTEARRAY8 in protocol 0"),
    ("syntax/global-no-module", "SYNTAX", [P2, HERE, ("GLOBAL", ("", "n")), "STOP"],
     "GLOBAL of an empty module"),
    ("syntax/global-no-name", "SYNTAX", [P2, HERE, ("GLOBAL", ("m", "")), "STOP"],
     "GLOBAL of an empty name"),
    ("syntax/global-blank", "SYNTAX", [P2, HERE, ("GLOBAL", ("m ", "n")), "STOP"],
     "A blank behind the module"),
    ("syntax/global-crlf", "SYNTAX", [P2, HERE, ("GLOBAL", ("m\r", "n\r")), "STOP"],
     "GLOBAL with lines that end with CR LF"),
    ("syntax/stack-global-no-name", "SYNTAX", [P4, text("m"), text(""), HERE, "STACK_GLOBAL",
                                               "STOP"], "STACK_GLOBAL of an empty name"),
    ("syntax/stack-global-newline", "SYNTAX", [P4, text("m"), text("n\nx"), HERE, "STACK_GLOBAL",
                                               "STOP"], "A name with a line end"),
    ("syntax/global-not-utf8", "SYNTAX", [P2, HERE, b"cm\xff\nn\n", "STOP"],
     "A module name that is not UTF-8"),
    ("truncated/binbytes-3gib", "TRUNCATED", [P3, HERE, ("BINBYTES", (3 << 30, b"abc"))],
     "A claim of 3 GiB with 3 bytes"),
    ("truncated/binbytes8-2-40", "TRUNCATED", [P4, HERE, ("BINBYTES8", (1 << 40, b"abc"))],
     "A claim of 2^40 bytes"),
] + [("truncated/%s-2-%d" % (opcode.lower(), bits), "TRUNCATED",
      [P5, HERE, (opcode, ((1 << bits) - (bits == 64), b"abc"))],
      "A claim of 2^%d bytes%s" % (bits, " less one" * (bits == 64)))
     for opcode in ("BINBYTES8", "BINUNICODE8", "BYTEARRAY8") for bits in (62, 63, 64)] + [
    ("truncated/long4-2gib", "TRUNCATED", [P2, HERE, ("LONG4", (0x7fffffff, b"abc"))],
     "An integer of 2 GiB with 3 bytes"),
    ("unsupported/protocol-6", "UNSUPPORTED", [HERE, ("PROTO", 6), "NONE", "STOP"], "PROTO 6"),
    ("unsupported/protocol-255", "UNSUPPORTED", [HERE, ("PROTO", 255), "NONE", "STOP"],
     "PROTO 255"),
    ("unsupported/persid", "UNSUPPORTED", [P2, HERE, ("PERSID", "1"), "STOP"], "PERSID"),
    ("unsupported/binpersid", "UNSUPPORTED", [P2, ONE, HERE, "BINPERSID", "STOP"], "BINPERSID"),
    ("unsupported/ext1", "UNSUPPORTED", [P2, HERE, ("EXT1", 1), "STOP"], "EXT1"),
    ("unsupported/ext2", "UNSUPPORTED", [P2, HERE, ("EXT2", 1), "STOP"], "EXT2"),
    ("unsupported/ext4", "UNSUPPORTED", [P2, HERE, ("EXT4", 1), "STOP"], "EXT4"),
    ("unsupported/ext1-0", "UNSUPPORTED", [P2, HERE, ("EXT1", 0), "STOP"], "EXT1 of the code 0"),
    ("unsupported/ext4-negative", "UNSUPPORTED", [P2, HERE, ("EXT4", -1), "STOP"],
     "EXT4 of a negative code"),
    ("unsupported/ext4-cut", "UNSUPPORTED", [P2, HERE, b"\x84\1"], "EXT4 with a byte of its code"),
    ("unsupported/persid-without-end", "UNSUPPORTED", [P2, HERE, b"P1"],
     "PERSID without an end of the line"),
    ("unsupported/binpersid-on-0", "UNSUPPORTED", [P2, HERE, "BINPERSID", "STOP"],
     "BINPERSID of nothing"),
    ("unsupported/next-buffer", "UNSUPPORTED", [P5, HERE, "NEXT_BUFFER", "STOP"], "NEXT_BUFFER"),
    ("memo/binget-unset", "MEMO", [P2, ONE, ("BINPUT", 0), "POP", HERE, ("BINGET", 1), "STOP"],
     "BINGET of an index that was not set"),
    ("memo/long-binget-unset", "MEMO", [P2, HERE, ("LONG_BINGET", 70000), "STOP"],
     "LONG_BINGET of an index that was not set"),
    ("memo/long-binget-last", "MEMO", [P2, HERE, ("LONG_BINGET", 0xffffffff), "STOP"],
     "LONG_BINGET of the largest index"),
    ("frame/longer-than-input", "SYNTAX", [P4, ("FRAME", 100), ONE, "STOP"],
     "STOP stands before the end of the frame, and the input ends there"),
    ("frame/argument-cut", "SYNTAX", [P4, ("FRAME", 2), HERE, ("BININT2", 1), "STOP"],
     "The frame ends inside an argument"),
    ("frame/argument-outside", "SYNTAX", [P4, ("FRAME", 1), HERE, ("BININT2", 1), "STOP"],
     "The frame ends between an opcode and its argument"),
    ("frame/in-frame", "SYNTAX", [P4, ("FRAME", 12), HERE, ("FRAME", 3), ONE, "STOP"],
     "A frame inside a frame"),
    ("frame/empty", "SYNTAX", [P4, HERE, ("FRAME", 0), ONE, "STOP"], "A frame of no bytes"),
    ("frame/size-2-63", "TRUNCATED", [P4, ("FRAME", 1 << 63), ONE, HERE],
     "A frame of 2^63 bytes, none of which is STOP"),
    ("frame/size-2-64", "TRUNCATED", [P4, HERE, ("FRAME", (1 << 64) - 1), ONE],
     "A frame of 2^64 - 1 bytes"),
    ("frame/size-2-63-stop", "SYNTAX", [P4, ("FRAME", 1 << 63), ONE, "STOP"],
     "STOP in a frame of 2^63 bytes"),
    ("frame/left-over", "TRAILING", [P4, ("FRAME", 4), ONE, "STOP", HERE, "NONE"],
     "Bytes of the frame after STOP"),
    ("type/stack-global-int", "TYPE", [P4, ONE, ONE, HERE, "STACK_GLOBAL", "STOP"],
     "STACK_GLOBAL of integers"),
    ("type/stack-global-bytes", "TYPE", [P4, ("SHORT_BINBYTES", b"m"), ("SHORT_BINBYTES", b"n"),
                                         HERE, "STACK_GLOBAL", "STOP"], "STACK_GLOBAL of bytes"),
    ("type/stack-global-python2", "TYPE",
     [P4, ("SHORT_BINSTRING", b"m"), ("SHORT_BINSTRING", b"n"), HERE, "STACK_GLOBAL", "STOP"],
     "STACK_GLOBAL of strings of Python 2, which are text only in an encoding"),
    ("type/reduce-int", "TYPE", [P4, ONE, "EMPTY_TUPLE", HERE, "REDUCE", "STOP"],
     "An integer is called"),
    ("type/reduce-list-arguments", "TYPE", [P4, CLASS, LIST, HERE, "REDUCE", "STOP"],
     "The arguments are a list"),
    ("type/reduce-none-arguments", "TYPE", [P4, CLASS, "NONE", HERE, "REDUCE", "STOP"],
     "The arguments are None"),
    ("type/reduce-list-called", "TYPE", [P4, LIST, "EMPTY_TUPLE", HERE, "REDUCE", "STOP"],
     "A list is called"),
    ("type/newobj-ex-arguments", "TYPE", [P4, CLASS, LIST, "EMPTY_DICT", HERE, "NEWOBJ_EX",
                                          "STOP"], "The arguments are a list"),
    ("type/newobj-int", "TYPE", [P4, ONE, "EMPTY_TUPLE", HERE, "NEWOBJ", "STOP"],
     "The class is an integer"),
    ("type/newobj-list-arguments", "TYPE", [P4, CLASS, LIST, HERE, "NEWOBJ", "STOP"],
     "The arguments are a list"),
    ("type/newobj-ex-keywords", "TYPE", [P4, CLASS, "EMPTY_TUPLE", LIST, HERE, "NEWOBJ_EX",
                                         "STOP"], "The keywords are a list"),
    ("type/build-twice", "TYPE", [P4, CLASS, "EMPTY_TUPLE", "NEWOBJ", "EMPTY_DICT", "BUILD",
                                  "EMPTY_DICT", HERE, "BUILD", "STOP"], "A second state"),
    ("type/append-to-dict", "TYPE", [P2, "EMPTY_DICT", ONE, HERE, "APPEND", "STOP"],
     "APPEND to a dict"),
    ("type/appends-to-tuple", "TYPE", [P2, "EMPTY_TUPLE", "MARK", ONE, HERE, "APPENDS", "STOP"],
     "APPENDS to a tuple"),
    ("type/setitem-on-list", "TYPE", [P2, LIST, ONE, ONE, HERE, "SETITEM", "STOP"],
     "SETITEM on a list"),
    ("type/setitems-on-none", "TYPE", [P2, "NONE", "MARK", ONE, ONE, HERE, "SETITEMS", "STOP"],
     "SETITEMS on None"),
    ("type/additems-to-list", "TYPE", [P4, LIST, "MARK", ONE, HERE, "ADDITEMS", "STOP"],
     "ADDITEMS to a list"),
]
ROWS += [("type/build-" + name, "TYPE", [P4, part, "EMPTY_DICT", HERE, "BUILD", "STOP"],
          "A state for a plain value") for name, part in [
              ("int", ONE), ("list", LIST), ("text", text("a")), ("tuple", "EMPTY_TUPLE"),
              ("none", "NONE"), ("global", CLASS)]]
ROWS += [("type/key-" + name, "TYPE", [P5, "EMPTY_DICT", part, "NONE", HERE, "SETITEM", "STOP"],
          "A key that cannot be hashed") for name, part in [
              ("list", LIST), ("dict", "EMPTY_DICT"), ("set", "EMPTY_SET"),
              ("bytearray", ("BYTEARRAY8", b"")), ("tuple-of-list", [LIST, "TUPLE1"])]]
ROWS += [("type/key-in-frozenset", "TYPE", [P4, "MARK", "EMPTY_SET", HERE, "FROZENSET", "STOP"],
          "A set in a frozenset")]
ROWS += [("type/member-" + name, "TYPE", [P4, "EMPTY_SET", "MARK", part, HERE, "ADDITEMS", "STOP"],
          "A member that cannot be hashed") for name, part in [
              ("list", LIST), ("set", "EMPTY_SET")]]
ROWS += [
    ("limit/nested-lists", "LIMIT", [P2, [LIST] * 2000, ["APPEND"] * 1000, HERE, ["APPEND"] * 999, "STOP"],
     "2,000 lists in one another"),
    ("limit/nested-tuples", "LIMIT", [P2, "NONE", ["TUPLE1"] * 1001, HERE, ["TUPLE1"] * 999, "STOP"],
     "2,000 tuples in one another"),
    ("limit/global-513", "LIMIT", [P2, HERE, ("GLOBAL", ("m" * 513, "n")), "STOP"],
     "A module's name of 513 bytes"),
    ("limit/stack-global-513", "LIMIT", [P4, text("m"), ("BINUNICODE", "n" * 513), HERE,
                                         "STACK_GLOBAL", "STOP"], "A name of 513 bytes"),
    ("limit/nested-arrays", "LIMIT", None, "1,100 arrays of objects in one another"),
    ("limit/marks", "LIMIT", [P2, ["MARK"] * 1000, HERE, ["MARK"] * 1000, ["TUPLE"] * 2000, "STOP"],
     "2,000 open marks"),
]


def refuse(writer, name, status, data, offset, description, spec, codec="raw", file_offset=None):
    """An invalid case."""
    where = offset if codec == "raw" else file_offset
    writer.bytes("invalid/%s.joblib" % name, data)
    level = 2 if name.startswith("ndarray/") else 1
    writer.note("invalid/" + name, description, spec, level=level, tags={"codec": codec},
                expect={"status": status, "offset": offset, "file_offset": where})


def make(writer):
    make_rows(writer, ROWS)


def nested_arrays(levels):
    """Arrays of one object each, as numpy pickles them; the innermost holds None."""
    core = "numpy._core.multiarray"
    kind = call("numpy", "dtype", "O8", False, True) + [
        whole((3, "|", None, None, None, -1, -1, 63)), "BUILD"]
    return [P4, named(core, "_reconstruct"), "MEMOIZE", "POP",
            whole((named("numpy", "ndarray"), (0,), b"b")), "MEMOIZE", "POP", kind, "MEMOIZE",
            "POP", "NONE", [
                ("BINPUT", 3), "POP", ("BINGET", 0), ("BINGET", 1), "REDUCE", "MARK", ONE, ONE,
                "TUPLE1", ("BINGET", 2), "NEWFALSE", LIST, ("BINGET", 3), "APPEND", "TUPLE",
                "BUILD"] * levels, "STOP"]


def make_rows(writer, rows):
    for name, status, parts, description in rows:
        data, offset = assemble(*(parts or nested_arrays(1100)))
        refuse(writer, name, status, data, offset, description,
               "pickle.md#" + name.split("/")[0])
