"""What a pickle can hold. Sections are those of spec/."""
import struct

MAX_DEPTH = 1000  # safety.md section 2
UNHASHABLE = "list dict set bytearray ndarray".split()  # values.md section 5
NUMBERS = dict(zip("b1 i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8 c8 c16".split(),
                   "? b h i q B H I Q e f d 2f 2d".split()))  # ndarray.md section 3.1

class Fault(Exception):
    """An input that is refused: status, offset, offset in the file (safety.md section 4)."""

def require(condition, status, *offsets):
    if not condition: raise Fault(status, *offsets)

class Value:
    """A value: kind, data, how deep it nests, number as a key, note for BUILD (values.md)."""
    def __init__(self, kind, data):
        self.kind, self.data, self.depth, self.key, self.note = kind, data, -1, None, None
    def nest(self, children):  # safety.md section 2
        self.depth = max([self.depth, 0] + [child.depth + 1 for child in children])
        require(self.depth <= MAX_DEPTH, "LIMIT")
        return self

def name_of(value):  # python2.md section 1: text where a name is wanted, else None
    if value.kind == "py2str" and max(value.data, default=0) < 128:
        return value.data.decode("ascii")
    return value.data if value.kind == "str" else None

# What else the words of a pattern can say of a value.
TESTS = {"any": lambda value: True, "name": lambda value: name_of(value) is not None,
         "latin": lambda value: name_of(value) in ("latin1", "latin-1", "iso-8859-1"),
         "base": lambda value: value.data in (("builtins", "object"), ("__builtin__", "object")),
         "record": lambda value: value.data in (
             ("numpy", "record"), ("numpy.core.records", "record"))}

def matches(items, pattern):
    """Whether items are as the words of a pattern, which are kinds or TESTS."""
    words = pattern.split()
    return len(items) == len(words) and all(
        item.kind in word.split("|") or word in TESTS and TESTS[word](item)
        for item, word in zip(items, words))
def data_of(value, word):
    """What a part of an array holds, which must be as the word of a pattern (ndarray.md)."""
    require(matches([value], word), "ARRAY")
    if value.kind == "dtype": value.note = value.note or "used"  # ndarray.md section 7, rule 6
    return name_of(value) if word == "name" else value.data
def parts_of(value, *patterns):
    """What the items of a tuple hold that fits one of the patterns; for "any" the items."""
    items = data_of(value, "tuple")
    words = next((pattern.split() for pattern in patterns if matches(items, pattern)), None)
    require(words is not None, "ARRAY")
    return [item if word == "any" else data_of(item, word) for item, word in zip(items, words)]
def number_of(value):  # values.md section 5: the number that a key is, else None
    if value.kind in ("int", "bool"): return value.data
    layout, data = {"float": ">d", "complex": ">2d"}.get(value.kind), value.data
    if value.kind == "scalar":
        dtype, data = value.data["dtype"], value.data["data"]
        layout = NUMBERS.get(f"{dtype.kind}{dtype.size}")
        layout = layout and dtype.order.replace("|", "<") + layout
    parts = struct.unpack(layout, data) if layout else (None,)
    number = complex(*parts) if len(parts) > 1 else parts[0]
    return number if number == number else None

class Keys(dict):
    """Numbers of the words that stand for keys. Equal keys have equal numbers."""
    def number(self, value):
        if value.key is None or value.kind in UNHASHABLE:
            value.key = self.setdefault(self.words(value)[0], len(self))
        return value.key
    def words(self, value):  # values.md section 5: what stands for it, then for what equals it
        require(value.kind not in UNHASHABLE, "TYPE")
        data, text, number = value.data, name_of(value), number_of(value)
        if value.kind == "tuple":  # It nests MAX_DEPTH times at most, so this ends.
            return [("tuple", *map(self.number, data))]
        if value.kind == "py2str":
            return [("py2str", data if text is None else text), ("str", text), ("bytes", data)]
        if value.kind == "bytes":
            return [("bytes", data), ("py2str", data), ("py2str", data.decode("latin-1"))]
        if value.kind in ("str", "global"): return [(value.kind, data), ("py2str", data)]
        return [value if number is None else ("number", number)]
    def add(self, table, kind, items):  # an entry: first key, last value, how often set before
        step = 2 if kind == "dict" else 1
        for key, item in zip(items[::step], items[step - 1::step]):
            numbers = [self.number(key), *map(self.get, self.words(key))]
            place = next((number for number in numbers if number in table), numbers[0])
            entry = table.setdefault(place, [key, item, -1])
            entry[1:] = item, entry[2] + 1
