"""Pickles that must be refused: cut arguments, too little on the stack, marks."""
import struct

from assemble import COUNTED, HERE, NUMBERS, OPCODES, named, text
from invalid import make_rows

P2, P3, P4, P5 = [("PROTO", n) for n in (2, 3, 4, 5)]
ONE, LIST = ("BININT1", 1), "EMPTY_LIST"

# Opcodes with an argument, by the protocol that has them. A line needs none.
PROTOCOLS = [(None, "PROTO"), (P2, "BININT BININT1 BININT2 LONG1 LONG4 BINFLOAT BINSTRING "
             "SHORT_BINSTRING BINUNICODE GLOBAL BINGET LONG_BINGET BINPUT LONG_BINPUT"),
             (P3, "BINBYTES SHORT_BINBYTES"),
             (P4, "SHORT_BINUNICODE BINUNICODE8 BINBYTES8 FRAME"), (P5, "BYTEARRAY8"),
             (None, "INT LONG FLOAT STRING UNICODE GET PUT INST")]
# What may be there of an argument that is text: nothing, a part, all but the end of the line.
LINES = {"INT": [b"", b"-", b"12"], "LONG": [b"", b"12", b"12L"], "FLOAT": [b"", b"1.", b"1.5"],
         "STRING": [b"", b"'", b"'ab", b"'abc'"], "UNICODE": [b"", b"a", b"\\u00e9"],
         "GET": [b"", b"0"], "PUT": [b"", b"0"],
         "GLOBAL": [b"", b"module", b"module\n", b"module\nname"],
         "INST": [b"", b"module", b"module\n", b"module\nname"]}
# What stands before an opcode of text.
BEFORE = {"PUT": [b"N"], "GET": [b"Np0\n"], "INST": [b"("]}

# Opcodes that find too little on the stack: opcode, then what stands below it.
LOW = [("STOP", []), ("POP", []), ("DUP", []), ("TUPLE1", []), ("TUPLE2", [ONE]),
       ("TUPLE3", [ONE, ONE]), ("APPEND", []), ("APPEND", [LIST]), ("SETITEM", []),
       ("SETITEM", ["EMPTY_DICT"]), ("SETITEM", ["EMPTY_DICT", ONE]), ("REDUCE", []),
       ("REDUCE", ["EMPTY_TUPLE"]), ("BUILD", []), ("BUILD", ["EMPTY_DICT"]), ("NEWOBJ", []),
       ("NEWOBJ", ["EMPTY_TUPLE"]), ("NEWOBJ_EX", []), ("NEWOBJ_EX", ["EMPTY_TUPLE", "EMPTY_DICT"]),
       ("STACK_GLOBAL", []), ("STACK_GLOBAL", [text("m")]), ("MEMOIZE", []),
       (("BINPUT", 0), []), (("LONG_BINPUT", 0), []), ("TUPLE", [ONE]), ("LIST", [ONE]),
       ("DICT", [ONE]), ("APPENDS", [LIST]), ("SETITEMS", ["EMPTY_DICT"]),
       ("ADDITEMS", ["EMPTY_SET"]), ("FROZENSET", [ONE]), ("POP_MARK", [ONE]),
       ("TUPLE2", []), ("TUPLE3", []), ("TUPLE3", [ONE]), ("NEWOBJ_EX", ["EMPTY_DICT"]),
       ("TUPLE", []), ("LIST", []), ("DICT", []), ("APPENDS", []), ("SETITEMS", []),
       ("ADDITEMS", []), ("FROZENSET", []), ("POP_MARK", []),
       (("PUT", "0"), []), ("OBJ", []), ("OBJ", [named("m", "C")]),
       (("INST", ("m", "C")), []), (("INST", ("m", "C")), [ONE])]

# Opcodes that meet a mark where a value must be.
MARKED = [("STOP", [ONE, "MARK"]), ("DUP", [ONE, "MARK"]), ("TUPLE1", [ONE, "MARK"]),
          ("TUPLE2", [ONE, "MARK", ONE]), ("TUPLE3", [ONE, "MARK", ONE, ONE]),
          ("APPEND", [LIST, "MARK"]), ("APPEND", [LIST, "MARK", ONE]),
          ("SETITEM", ["EMPTY_DICT", "MARK", ONE, ONE]), ("MEMOIZE", [ONE, "MARK"]),
          (("BINPUT", 0), [ONE, "MARK"]), ("BUILD", [ONE, "MARK", "EMPTY_DICT"]),
          ("STACK_GLOBAL", [text("m"), "MARK", text("n")]), ("APPENDS", ["MARK", "MARK"]),
          ("SETITEMS", ["MARK", "MARK", ONE, ONE]), ("ADDITEMS", ["MARK", "MARK", ONE]),
          ("REDUCE", [named("m", "f"), "MARK", "EMPTY_TUPLE"]),
          ("NEWOBJ", [named("m", "C"), "MARK", "EMPTY_TUPLE"]),
          ("TUPLE2", [ONE, "MARK"]), ("TUPLE3", [ONE, "MARK"]), ("TUPLE3", [ONE, "MARK", ONE]),
          ("SETITEM", ["EMPTY_DICT", "MARK"]), ("SETITEM", ["EMPTY_DICT", "MARK", ONE]),
          ("BUILD", [ONE, "MARK"]), ("REDUCE", [named("m", "f"), "MARK"]),
          ("NEWOBJ", [named("m", "C"), "MARK"]), ("NEWOBJ_EX", [named("m", "C"), "MARK"]),
          ("NEWOBJ_EX", [named("m", "C"), "MARK", "EMPTY_TUPLE"]),
          ("NEWOBJ_EX", [named("m", "C"), "MARK", "EMPTY_TUPLE", "EMPTY_DICT"]),
          ("STACK_GLOBAL", [text("m"), "MARK"]), (("LONG_BINPUT", 0), [ONE, "MARK"]),
          (("PUT", "0"), [ONE, "MARK"]),
          ("APPENDS", ["MARK"]), ("SETITEMS", ["MARK"]), ("ADDITEMS", ["MARK"]),
          ("OBJ", [ONE, "MARK"])]


def name_of(opcode):
    return (opcode[0] if isinstance(opcode, tuple) else opcode).lower().replace("_", "-")


def cuts_of(opcode):
    """What is left of the opcode's argument, in every way to cut it."""
    kind = OPCODES[opcode].arg.name
    if opcode in LINES:
        return LINES[opcode]
    if kind in NUMBERS:
        size = struct.calcsize(NUMBERS[kind])
        return [bytes(have) for have in sorted({0, size - 1})]
    size = struct.calcsize(COUNTED[kind])
    length = b"\3" + bytes(size - 1)
    return [bytes(have) for have in sorted({0, size - 1})] + [length, length + b"ab"]


def cut_rows():
    for protocol, opcodes in PROTOCOLS:
        for opcode in opcodes.split():
            before = ([protocol] if protocol else []) + BEFORE.get(opcode, [])
            for rest in cuts_of(opcode):
                yield ("truncated/%s-%d" % (name_of(opcode), len(rest)), "TRUNCATED",
                       before + [HERE, OPCODES[opcode].code.encode("latin1") + rest],
                       "%s with %d bytes after it" % (opcode, len(rest)))


def stack_rows():
    for opcode, below in LOW:
        yield ("stack/%s-on-%d" % (name_of(opcode), len(below)), "STACK",
               [P4] + below + [HERE, opcode, "STOP"], "Too little on the stack")
    for opcode, below in MARKED:
        yield ("stack/%s-mark-%d" % (name_of(opcode), len(below)), "STACK",
               [P4] + below + [HERE, opcode, "STOP"], "A mark where a value must be")


def make(writer):
    make_rows(writer, list(cut_rows()) + list(stack_rows()))
