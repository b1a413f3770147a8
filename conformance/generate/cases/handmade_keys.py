"""Dicts whose pickles have equal keys: no picklers write them, but any program can.

Each pair of keys was looked at with real Python and numpy: what they find equal is one key.
"""
import struct

from assemble import assemble, call, dtype

P4 = ("PROTO", 4)
MULTI = "numpy._core.multiarray"
LARGEST = 1.7976931348623157e308


def number(value):
    if isinstance(value, complex):
        return call("builtins", "complex", [("BINFLOAT", value.real)], [("BINFLOAT", value.imag)])
    return ("BINFLOAT", value) if isinstance(value, float) else ("LONG1", value)


def scalar(code, data, order="<"):
    """A scalar of numpy: its type, its bytes."""
    return call(MULTI, "scalar", dtype(code, (3, order, None, None, None, -1, -1, 0)), data)


def complexes(code, order, *parts):
    return scalar("c%d" % (2 * struct.calcsize(code)), struct.pack(order + code * 2, *parts), order)


def keyed(keys):
    """A dict with these keys, and their places as values."""
    pairs = [[key, ("BININT1", place)] for place, key in enumerate(keys)]
    return [P4, "EMPTY_DICT", "MARK", pairs, "SETITEMS", "STOP"]


LARGE = [1e30, int(1e30), int(1e30) + 1, -1e30, -int(1e30), 2.0 ** 63, 2 ** 63, -2.0 ** 63, -2 ** 63,
         LARGEST, int(LARGEST), -LARGEST, -int(LARGEST), -2.0 ** 64, -2 ** 64, 2.0 ** 64, 2 ** 64,
         complex(1e30, 0), complex(1e30, 1), complex(1e30, 1)]
COMPLEX = [number(1), complexes("f", "<", 1, 0), complexes("d", "<", 1, 0), number(complex(1, 0)),
           complexes("d", ">", 1, 0), number(complex(1, 2)), complexes("f", "<", 1, 2),
           complexes("d", ">", 1, 2), complexes("d", "<", -0.0, 2), number(complex(0, 2)),
           complexes("f", "<", 1.5, 0), number(1.5)]
UNSIGNED = [scalar("u8", b"\xff" * 8), number(2 ** 64 - 1), number(2.0 ** 64), number(-1),
            scalar("i8", b"\xff" * 8), scalar("u8", b"\x80" + bytes(7), ">"), number(2.0 ** 63),
            number(2 ** 63), scalar("f4", struct.pack("<f", 2.0 ** 100)), number(2 ** 100)]
ROWS = [
    ("pickle4/dict-equal-keys-large", keyed([number(one) for one in LARGE]),
     "Floats and integers beyond 64 bits of one value are one key"),
    ("pickle4/dict-equal-keys-two", keyed([number(1e30), number(int(1e30))]),
     "A float and the integer of its value"),
    ("pickle4/dict-equal-keys-tuples", keyed([[number(one), "TUPLE1"] for one in (
        1e30, int(1e30), complex(1, 0), 1)]), "Tuples of numbers that are equal"),
    ("ndarray/scalar-keys-complex", keyed(COMPLEX), "Complex scalars equal numbers of one value"),
    ("ndarray/scalar-keys-unsigned", keyed(UNSIGNED),
     "Unsigned scalars beyond 63 bits equal integers and floats of one value"),
]


def make(writer):
    for name, parts, description in ROWS:
        writer.raw(name, assemble(*parts)[0], description, "values.md#dict-keys")
