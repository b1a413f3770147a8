"""numpy's dtypes, arrays and scalars in the forms that pickles have, and joblib's wrapper."""
import itertools
import re
from functools import reduce
from operator import mul
from values import Value, data_of, matches, name_of, parts_of, require

# safety.md section 2
MAX_ITEM, MAX_DIMENSIONS, MAX_FIELDS, MAX_LEVELS = (1 << 31) - 1, 64, 4096, 16
SIZES = {"b": (1,), "i": (1, 2, 4, 8), "u": (1, 2, 4, 8), "f": (2, 4, 8, 12, 16),
         "c": (8, 16, 24, 32), "M": (8,), "m": (8,), "O": (4, 8)}  # ndarray.md section 3.1
UNITS = "Y M W D h m s ms us ns ps fs as generic".split()
TEXT = re.compile(r"([<>=|]?)([biufcSUVOMm])([0-9]{1,10})?(?:\[([1-9][0-9]{0,9})?([A-Za-z]+)\])?",
                  re.A)
# ndarray.md section 7: what BUILD gets, and the unit of dates
STATE = "any name any none|tuple none|dict int int int"
UNIT = "str|bytes|py2str int int any"
ARRAYS = (("numpy", "ndarray"), ("numpy", "matrix"), ("numpy.matrixlib.defmatrix", "matrix"))
MAPPED = (("numpy", "memmap"), ("numpy.core.memmap", "memmap"), ("numpy._core.memmap", "memmap"))
KEYS = ("subclass", "shape", "order", "dtype", "allow_mmap", "numpy_array_alignment_bytes")
FALSE, NONE, BUFFER = Value("bool", False), Value("none", None), "bytes|bytearray|py2str"
STRINGS = ("numpy._core._internal", "_convert_to_stringdtype_kwargs")  # ndarray.md section 4.1

class Dtype:
    """An element type. Records and sub-arrays have a form, which is their JSON."""
    def __init__(self, kind, size, order="<", unit="", form=None, parts=()):
        self.kind, self.size, self.unit, self.form, self.record = kind, size, unit, form, False
        self.objects = kind == "O" or any(part.objects for part in parts)
        self.levels = max((part.levels + 1 for part in parts), default=0)
        require(self.levels <= MAX_LEVELS, "LIMIT")
        plain = kind in "SVO" or size == 1 and kind in "biu"  # ndarray.md section 7, rule 2
        require(size <= MAX_ITEM and (plain or order != "|"), "ARRAY")
        self.order = "|" if plain else order
    def tagged(self):
        size = {"U": self.size // 4, "O": ""}.get(self.kind, self.size)
        return self.form or f"{self.order}{self.kind}{size}{self.unit}"

def prod(sizes):
    return reduce(mul, sizes, 1)
def unit_of(kind, factor, unit):  # ndarray.md section 7, rule 5
    require(unit in UNITS and kind in "Mm" and 0 < factor < 1 << 31, "ARRAY")
    return "" if unit == "generic" else f"[{factor if factor > 1 else ''}{unit}]"
def named(text):  # ndarray.md section 7, rule 1
    match = TEXT.fullmatch(re.sub(r"^(.?)\?$", r"\1b1", text))
    require(match, "ARRAY")
    order, kind, size, factor, unit = match.groups()
    size = int(size or (8 if kind in "OMm" else 0))
    require(size in SIZES.get(kind, (size,)), "ARRAY")
    return Dtype(kind, size * 4 if kind == "U" else size, order.replace("=", "") or "<",
                 unit_of(kind, int(factor or 1), unit) if unit else "")
def subarray(base, shape):  # ndarray.md section 7, rule 4
    shape = shape_of(Value("tuple", [shape]) if shape.kind == "int" else shape)
    form = {"base": base, "shape": tuple(map(str, shape))}
    return Dtype("V", base.size * prod(shape), "|", "", form, [base]) if shape else base
def record(fields, size):  # ndarray.md section 7, rule 3
    require(len(fields) <= MAX_FIELDS, "LIMIT")
    require(len({name for name, _, _ in fields}) == len(fields), "ARRAY")
    end = 0
    for _, item, at in sorted(fields, key=lambda field: (field[2], field[1].size)):
        require(item.size == 0 and 0 <= at <= size or end <= at <= size - item.size, "ARRAY")
        end = max(end, at + item.size)
    form = {"fields": [(name, item, str(at)) for name, item, at in fields], "itemsize": str(size)}
    return Dtype("V", size, "|", "", form, [item for _, item, _ in fields])
def shape_of(value):  # ndarray.md section 1
    require(len(data_of(value, "tuple")) <= MAX_DIMENSIONS, "LIMIT")
    shape = tuple(data_of(size, "int") for size in value.data)
    require(min(shape, default=0) >= 0, "ARRAY")
    return shape
def fields_of(names, table):  # ndarray.md section 7, rule 3
    words = [data_of(name, "name") for name in names]
    known = {name_of(key): item for key, item, _ in table.values()}
    require(all(word in known for word in words), "ARRAY")
    return [(word, *parts_of(known[word], "dtype int", "dtype int any")[:2]) for word in words]

def build_dtype(value, state):  # ndarray.md section 7
    require(value.note != "built", "TYPE")
    version, order, base, names, table, size, alignment, flags, *metadata = parts_of(
        state, STATE, STATE + " any")
    old, unit = value.data, value.data.unit
    require(version.kind == "int" and version.data in (3, 4), "UNSUPPORTED")
    require((names is None) == (table is None), "ARRAY")
    require(order in ("<", ">", "=", "|") and alignment in (-1, 1, 2, 4, 8, 16, 32, 64) and
            (size >= 0 and names if old.record else size in (-1, old.size)), "ARRAY")
    if old.kind in "Mm" and metadata and metadata[0].kind != "none":
        _, date = parts_of(metadata[0], "dict|none any")
        name, factor, divisor, _ = parts_of(date, UNIT)
        require(divisor == 1, "ARRAY")
        unit = unit_of(old.kind, factor, name if isinstance(name, str) else name.decode("latin-1"))
    if names:
        value.data = record(fields_of(names, table), old.size if size == -1 else size)
    elif base.kind != "none":  # ndarray.md section 7, rule 4
        value.data = subarray(*parts_of(base, "dtype any"))
    else:
        kind = old.kind if names is None else "V"
        value.data = Dtype(kind, old.size, order.replace("=", old.order), unit)
    new = value.data  # ndarray.md section 7, rule 6: what was used before, or in itself, stays
    require(value.note is None and bool(flags & 3) == new.objects and
            (new.size == old.size or old.record), "ARRAY")
    value.note = "built"
    return value
def byte_size(dtype, shape):  # ndarray.md section 3, rule 3
    require(dtype.size * prod(filter(None, shape)) < 1 << 63 and
            (dtype.size or prod(shape) < 1 << 31), "ARRAY")
    return dtype.size * prod(shape)
def array(dtype, shape, data, order, subclass=None):  # ndarray.md section 3
    objects = dtype.kind == "O"
    require(len(data) == (prod(shape) if objects else byte_size(dtype, shape)), "ARRAY")
    order = "C" if 0 in shape or sum(size != 1 for size in shape) < 2 else order
    value = Value("ndarray", {"dtype": dtype, "shape": tuple(map(str, shape)), "order": order,
                              "items" if objects else "data": data, "subclass": subclass})
    return value.nest(data if objects else ())
def read_array(machine, dtype, shape, *order):
    return array(dtype, shape, machine.stream.take(byte_size(dtype, shape)), *order)
def nested_array(machine, shape):  # ndarray.md section 4: an array, or an object without shape
    value = type(machine)(machine.stream, machine).run()
    objects = value.kind == "ndarray" and "items" in value.data
    require(value.kind == "object" if shape is None else
            objects and value.data["shape"] == tuple(map(str, shape)), "ARRAY")
    return value
def state_of(value, *needed):  # ndarray.md section 1, rule 2; legacy.md section 1, rule 4
    state = {name_of(key): item for key, item, _ in data_of(value, "dict").values()}
    require(all(key in state for key in needed), "ARRAY")
    return state
def subclass_of(value):  # ndarray.md section 1.1
    require(value.kind == "global" and value.data in ARRAYS + MAPPED, "FORBIDDEN")
    return "matrix" if value.data[1] == "matrix" else None
def build_wrapper(machine, value):  # ndarray.md section 1
    state, entries = state_of(value, *KEYS[:4]), value.data.values()
    require(not any(again and name_of(key) in KEYS for key, _, again in entries), "ARRAY")
    subclass, shape = subclass_of(state["subclass"]), shape_of(state["shape"])
    order, dtype = data_of(state["order"], "name"), state["dtype"]
    strings = dtype.kind == "object" and dtype.data["class"].data == STRINGS
    dtype = Dtype("O", 8) if strings else data_of(dtype, "dtype")
    mapped = data_of(state.get("allow_mmap", FALSE), "bool")
    alignment = data_of(state.get("numpy_array_alignment_bytes", NONE), "none|int")
    require(order in ("C", "F") and alignment in (None, 16) and
            not (mapped and dtype.objects), "ARRAY")
    require(machine.stream.frame in (None, machine.stream.at), "SYNTAX")  # ndarray.md section 1.2
    machine.stream.frame = None
    if dtype.objects:  # ndarray.md section 4
        return nested_array(machine, None if strings or dtype.kind == "V" else shape)
    byte_size(dtype, shape)
    if alignment:  # ndarray.md section 2
        count = machine.stream.take(1)[0]
        require(1 <= count <= 16 and machine.stream.take(count) == b"\xff" * count, "ARRAY")
    return read_array(machine, dtype, shape, order, subclass)
def rebuild(value, state):  # ndarray.md section 5: BUILD, which may leave an object
    _, shape, dtype, fortran, data = parts_of(state, "any any any any any")
    shape = shape_of(shape)
    if dtype.kind == "object" or dtype.kind == "dtype" and dtype.data.kind == "V" \
            and dtype.data.objects:
        return False
    dtype, order = data_of(dtype, "dtype"), "F" if data_of(fortran, "bool|int") else "C"
    data = tuple(data_of(data, "list")) if dtype.kind == "O" else data_of(data, BUFFER)
    require(value.key is None, "TYPE")  # values.md section 5
    built = array(dtype, shape, data, order, subclass_of(value.data["args"][0]))
    value.kind, value.data, value.depth, value.note = "ndarray", built.data, built.depth, None
    return True
def call_reconstruct(machine, callee, arguments):  # ndarray.md section 5
    if not arguments.data or arguments.data[0].data not in ARRAYS: return None
    zero = parts_of(arguments, "global tuple any")[1]
    require([(size.kind, size.data) for size in zero] == [("int", 0)], "ARRAY")
    value = machine.instance("reduce", callee, arguments.data, arguments)
    value.note = "array"
    return value
def call_frombuffer(machine, callee, arguments):  # ndarray.md section 6
    pattern = BUFFER + " dtype any name"
    data, dtype, shape, order, *axes = parts_of(arguments, pattern, pattern + " any")
    shape = shape_of(shape)
    require(order in ("C", "F") or order == "K" and axes, "ARRAY")
    require(not dtype.objects and len(data) == byte_size(dtype, shape), "ARRAY")
    if order == "K":
        axes = shape_of(axes[0])
        require(sorted(axes) == list(range(len(shape))), "ARRAY")
        steps = [dtype.size * prod(shape[axis + 1:]) for axis in axes]
        shape = tuple(shape[axis] for axis in axes)
        places = itertools.product(*map(range, shape))
        starts = [sum(at * step for at, step in zip(place, steps)) for place in places]
        data = b"".join(data[start:start + dtype.size] for start in starts)
    return array(dtype, shape, data, order.replace("K", "C"))
def call_scalar(machine, callee, arguments):  # ndarray.md section 8
    items = arguments.data
    if len(items) != 2 or items[0].kind == "dtype" and items[0].data.objects: return None
    dtype, data = parts_of(arguments, "dtype " + BUFFER)
    require(len(data) == dtype.size, "ARRAY")
    return Value("scalar", {"dtype": dtype, "data": data})
def call_dtype(machine, callee, arguments):  # ndarray.md section 7
    if not (matches(arguments.data[:1], "name") or matches(arguments.data[:1], "record")):
        return None
    first, *_ = parts_of(arguments, "any", "any bool|int", "any bool|int bool|int")
    result = Dtype("V", 0) if first.kind == "global" else named(name_of(first))
    result.record = first.kind == "global"
    return Value("dtype", result)
def latin(name, text):
    require(max(text.data, default="") <= "\xff", "TYPE")
    return Value(name.replace("encode", "bytes"), text.data.encode("latin-1"))

# values.md section 3: names, their arguments, and what is made of them
PLAIN = (
    ("bytes bytearray", ("", "bytes|py2str"), lambda machine, name, data=Value("bytes", b""):
     Value(name, data.data)),
    ("bytearray encode", ("str latin",), lambda machine, name, text, _: latin(name, text)),
    ("complex", ("float float",), lambda machine, name, real, imaginary:
     Value(name, real.data + imaginary.data)),
    ("set frozenset", ("", "list|tuple"), lambda machine, name, items=Value("tuple", ()):
     machine.make(name, *items.data)[0]),
    ("_reconstructor", ("global|object base none",), lambda machine, name, callee, *_:
     machine.instance("reconstructor", callee, ())))

def call_plain(machine, callee, arguments):
    items, name = arguments.data, callee.data[1]
    return next((make(machine, name, *items) for names, patterns, make in PLAIN
                 if name in names.split() and any(matches(items, row) for row in patterns)), None)

MULTIARRAY = ("numpy.core.multiarray numpy._core.multiarray numpy.core._multiarray_umath "
              "numpy._core._multiarray_umath")
CALLS = {(module, name): call for modules, names, call in (
    ("_codecs", "encode", call_plain), ("copyreg copy_reg", "_reconstructor", call_plain),
    ("builtins __builtin__", "bytes bytearray complex set frozenset", call_plain),
    ("numpy.core.numeric numpy._core.numeric", "_frombuffer", call_frombuffer),
    ("numpy", "dtype", call_dtype), (MULTIARRAY, "scalar", call_scalar),
    (MULTIARRAY, "_reconstruct", call_reconstruct))
    for module in modules.split() for name in names.split()}
