"""Pickles that must be refused: cut arguments, too little on the stack, marks."""
from assemble import HERE, OPCODES, named, text
from invalid import make_rows

P2, P3, P4, P5 = [("PROTO", n) for n in (2, 3, 4, 5)]
ONE, LIST = ("BININT1", 1), "EMPTY_LIST"

# Opcodes with an argument, cut inside it: name, protocol, bytes of the argument that are there.
CUTS = [("PROTO", None, 0), ("BININT1", P2, 0), ("BININT2", P2, 1), ("BININT", P2, 3),
        ("LONG1", P2, b"\2\1"), ("LONG1", P2, 0), ("LONG4", P2, 2), ("LONG4", P2, b"\3\0\0\0\1"),
        ("BINFLOAT", P2, 7), ("SHORT_BINSTRING", P2, b"\3ab"), ("BINSTRING", P2, 3),
        ("BINSTRING", P2, b"\3\0\0\0ab"), ("BINUNICODE", P2, 2), ("BINUNICODE", P2, b"\3\0\0\0ab"),
        ("GLOBAL", P2, b""), ("GLOBAL", P2, b"module"), ("GLOBAL", P2, b"module\nname"),
        ("BINGET", P2, 0), ("LONG_BINGET", P2, 3), ("BINPUT", P2, 0), ("LONG_BINPUT", P2, 3),
        ("SHORT_BINBYTES", P3, 0), ("SHORT_BINBYTES", P3, b"\2a"), ("BINBYTES", P3, 3),
        ("BINBYTES", P3, b"\3\0\0\0ab"), ("SHORT_BINUNICODE", P4, b"\2a"),
        ("BINUNICODE8", P4, 7), ("BINUNICODE8", P4, b"\3" + bytes(7) + b"ab"), ("BINBYTES8", P4, 7),
        ("BINBYTES8", P4, b"\3" + bytes(7) + b"ab"), ("FRAME", P4, 7), ("BYTEARRAY8", P5, 7),
        ("BYTEARRAY8", P5, b"\3" + bytes(7) + b"ab")]

# Opcodes that find too little on the stack: opcode, then what stands below it.
LOW = [("STOP", []), ("POP", []), ("DUP", []), ("TUPLE1", []), ("TUPLE2", [ONE]),
       ("TUPLE3", [ONE, ONE]), ("APPEND", []), ("APPEND", [LIST]), ("SETITEM", []),
       ("SETITEM", ["EMPTY_DICT"]), ("SETITEM", ["EMPTY_DICT", ONE]), ("REDUCE", []),
       ("REDUCE", ["EMPTY_TUPLE"]), ("BUILD", []), ("BUILD", ["EMPTY_DICT"]), ("NEWOBJ", []),
       ("NEWOBJ", ["EMPTY_TUPLE"]), ("NEWOBJ_EX", []), ("NEWOBJ_EX", ["EMPTY_TUPLE", "EMPTY_DICT"]),
       ("STACK_GLOBAL", []), ("STACK_GLOBAL", [text("m")]), ("MEMOIZE", []),
       (("BINPUT", 0), []), (("LONG_BINPUT", 0), []), ("TUPLE", [ONE]), ("LIST", [ONE]),
       ("DICT", [ONE]), ("APPENDS", [LIST]), ("SETITEMS", ["EMPTY_DICT"]),
       ("ADDITEMS", ["EMPTY_SET"]), ("FROZENSET", [ONE]), ("POP_MARK", [ONE])]

# Opcodes that meet a mark where a value must be.
MARKED = [("STOP", [ONE, "MARK"]), ("DUP", [ONE, "MARK"]), ("TUPLE1", [ONE, "MARK"]),
          ("TUPLE2", [ONE, "MARK", ONE]), ("TUPLE3", [ONE, "MARK", ONE, ONE]),
          ("APPEND", [LIST, "MARK"]), ("APPEND", [LIST, "MARK", ONE]),
          ("SETITEM", ["EMPTY_DICT", "MARK", ONE, ONE]), ("MEMOIZE", [ONE, "MARK"]),
          (("BINPUT", 0), [ONE, "MARK"]), ("BUILD", [ONE, "MARK", "EMPTY_DICT"]),
          ("STACK_GLOBAL", [text("m"), "MARK", text("n")]), ("APPENDS", ["MARK", "MARK"]),
          ("SETITEMS", ["MARK", "MARK", ONE, ONE]), ("ADDITEMS", ["MARK", "MARK", ONE]),
          ("REDUCE", [named("m", "f"), "MARK", "EMPTY_TUPLE"]),
          ("NEWOBJ", [named("m", "C"), "MARK", "EMPTY_TUPLE"])]


def name_of(opcode):
    return (opcode[0] if isinstance(opcode, tuple) else opcode).lower().replace("_", "-")


def cut_rows():
    for opcode, protocol, there in CUTS:
        rest = bytes(there) if isinstance(there, int) else there
        parts = [protocol] if protocol else []
        yield ("truncated/%s-%d" % (name_of(opcode), len(rest)), "TRUNCATED",
               parts + [HERE, opcode if OPCODES[opcode].arg is None else OPCODES[
                   opcode].code.encode("latin1") + rest],
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
