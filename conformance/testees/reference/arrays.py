"""numpy's arrays and scalars, in the forms that pickles have for them."""
import itertools

from dtypes import is_none, items_of, product, sizes
from values import Value, add_members, container, is_integer, name_of, nest, require

# spec/ndarray.md#names
MULTIARRAY = ("numpy.core.multiarray", "numpy._core.multiarray",
              "numpy.core._multiarray_umath", "numpy._core._multiarray_umath")
NUMERIC = ("numpy.core.numeric", "numpy._core.numeric")
BUFFERS = ("bytes", "bytearray", "py2str")
# spec/ndarray.md#subclass
CLASSES = {("numpy", "ndarray"): None, ("numpy", "matrix"): "matrix",
           ("numpy.matrixlib.defmatrix", "matrix"): "matrix", ("numpy", "memmap"): None,
           ("numpy.core.memmap", "memmap"): None, ("numpy._core.memmap", "memmap"): None}
# spec/ndarray.md#wrapper, spec/legacy.md#companions
WRAPPERS = ("joblib.numpy_pickle", "sklearn.externals.joblib.numpy_pickle")
KEYS = ("subclass", "shape", "order", "dtype", "allow_mmap", "numpy_array_alignment_bytes")


class Array:
    """An array: bytes as they are stored, or objects."""

    def __init__(self, dtype, shape, order, data, subclass=None):
        # spec/ndarray.md#order
        both = 0 in shape or sum(size != 1 for size in shape) < 2
        self.dtype, self.shape, self.order = dtype, shape, "C" if both else order
        self.data, self.subclass = data, subclass


def byte_size(dtype, shape):
    # spec/ndarray.md#data
    extent = product(tuple(size for size in shape if size))
    require(dtype.size * extent < 1 << 63, "ARRAY")
    require(dtype.size or product(shape) < 1 << 31, "ARRAY")
    return dtype.size * product(shape)


def text_encoded(machine, callee, arguments):
    # spec/values.md#calls
    if len(arguments.data) != 2 or not is_latin(arguments):
        return None
    return Value("bytes", latin(arguments.data[0].data))


def is_latin(arguments):
    text, encoding = arguments.data
    return text.kind == "str" and name_of(encoding) in ("latin1", "latin-1", "iso-8859-1")


def latin(text):
    require(all(ord(letter) < 256 for letter in text), "TYPE")
    return text.encode("latin-1")


def byte_string(machine, callee, arguments):
    # spec/values.md#calls
    kind, items = callee.data[1], arguments.data
    depth = 0 if kind == "bytearray" else -1
    if not items:
        return Value(kind, b"", depth)
    if len(items) == 1 and items[0].kind in ("bytes", "py2str"):
        return Value(kind, items[0].data, depth)
    if kind == "bytearray" and len(items) == 2 and is_latin(arguments):
        return Value(kind, latin(items[0].data), depth)
    return None


def complex_number(machine, callee, arguments):
    # spec/values.md#calls
    if len(arguments.data) != 2 or any(item.kind != "float" for item in arguments.data):
        return None
    return Value("complex", tuple(item.data for item in arguments.data))


def collection(machine, callee, arguments):
    # spec/values.md#calls
    items = arguments.data
    if len(items) > 1 or items and items[0].kind not in ("list", "tuple"):
        return None
    members = list(items[0].data) if items else []
    result = container(callee.data[1], {}, members)
    add_members(machine.keys, result.data, members)
    return result


def reconstructor(machine, callee, arguments):
    # spec/values.md#calls
    items = arguments.data
    if len(items) != 3 or items[0].kind not in ("global", "object") or not is_none(items[2]):
        return None
    base = items[1].data if items[1].kind == "global" else None
    if base not in (("builtins", "object"), ("__builtin__", "object")):
        return None
    machine.instance("reconstructor", items[0], ())
    return machine.stack.pop()


def scalar(machine, callee, arguments):
    # spec/ndarray.md#scalar
    if len(arguments.data) != 2:
        return None
    dtype, data = arguments.data
    require(dtype.kind == "dtype", "ARRAY")
    if dtype.data.objects:
        return None
    require(data.kind in BUFFERS and len(data.data) == dtype.data.size, "ARRAY")
    dtype.used = True
    return Value("scalar", (dtype.data, data.data))


def from_buffer(machine, callee, arguments):
    # spec/ndarray.md#frombuffer
    items = items_of(arguments, 4, 5)
    data, dtype, shape, order = items[0], items[1], sizes(items[2]), name_of(items[3])
    require(data.kind in BUFFERS and dtype.kind == "dtype" and not dtype.data.objects, "ARRAY")
    require(order in ("C", "F") or order == "K" and len(items) == 5, "ARRAY")
    require(len(data.data) == byte_size(dtype.data, shape), "ARRAY")
    dtype.used = True
    if order != "K":
        return Value("ndarray", Array(dtype.data, shape, order, data.data), 0)
    axes = sizes(items[4])
    require(sorted(axes) == list(range(len(shape))), "ARRAY")
    return Value("ndarray", moved(dtype.data, shape, axes, data.data), 0)


def steps(shape):
    """How many elements stand between two along each axis, in C order."""
    result, step = [], 1
    for size in reversed(shape):
        result.insert(0, step)
        step *= size
    return result


def moved(dtype, shape, axes, data):
    # spec/ndarray.md#frombuffer
    old = steps(shape)
    shape, step = tuple(shape[axis] for axis in axes), [old[axis] for axis in axes]
    places = itertools.product(*(range(size) for size in shape))
    starts = (dtype.size * sum(map(int.__mul__, place, step)) for place in places)
    return Array(dtype, shape, "C", b"".join(data[at:at + dtype.size] for at in starts))


def reconstruct(machine, callee, arguments):
    # spec/ndarray.md#reconstruct
    items = arguments.data
    if not items or items[0].kind != "global":
        return None
    if items[0].data[1] == "memmap" or items[0].data not in CLASSES:
        return None
    require(len(items) == 3 and items[1].kind == "tuple", "ARRAY")
    require([size.data for size in items[1].data if is_integer(size)] == [0], "ARRAY")
    require(len(items[1].data) == 1, "ARRAY")
    machine.instance("reduce", callee, items).role = "array"
    return machine.stack.pop()


def reconstructed(value, state):
    """BUILD on what _reconstruct made: spec/ndarray.md#reconstruct. False: it stays an object."""
    items = items_of(state, 5)
    shape, dtype, fortran, data = sizes(items[1]), items[2], items[3], items[4]
    if dtype.kind == "object" or dtype.kind == "dtype" and opaque(dtype.data):
        return False
    require(dtype.kind == "dtype" and fortran.kind in ("bool", "int"), "ARRAY")
    size = byte_size(dtype.data, shape)
    if dtype.data.kind == "O":
        require(data.kind == "list" and len(data.data) == product(shape), "ARRAY")
        children = data.data
    else:
        require(data.kind in BUFFERS and len(data.data) == size, "ARRAY")
        children = ()
    dtype.used, order = True, "F" if fortran.data else "C"
    subclass = CLASSES[value.data["args"][0].data]
    value.kind, value.role = "ndarray", None
    value.data = Array(dtype.data, shape, order, data.data, subclass)
    nest(value, *children)
    return True


def opaque(dtype):
    # spec/ndarray.md#inner
    return dtype.objects and dtype.kind != "O"


def state_of(state):
    """The keys of a wrapper's state by name: spec/ndarray.md#wrapper"""
    require(state.kind == "dict", "ARRAY")
    return {name_of(key): value for key, value in state.data.values()}


def subclass_of(value):
    # spec/ndarray.md#subclass
    require(value is not None, "ARRAY")
    require(value.kind == "global" and value.data in CLASSES, "FORBIDDEN")
    return CLASSES[value.data]


def wrapped(machine, state):
    """BUILD on joblib's wrapper: spec/ndarray.md#wrapper"""
    keys = state_of(state)
    require(not any(key in KEYS for key in state.role or ()), "ARRAY")
    require(all(key in keys for key in KEYS[:4]), "ARRAY")
    subclass = subclass_of(keys["subclass"])
    shape, order, dtype = sizes(keys["shape"]), name_of(keys["order"]), keys["dtype"]
    strings = dtype.kind == "object" and dtype.role == "strings"
    require(order in ("C", "F") and (strings or dtype.kind == "dtype"), "ARRAY")
    mapped, align = keys.get("allow_mmap"), keys.get("numpy_array_alignment_bytes")
    require(mapped is None or mapped.kind == "bool", "ARRAY")
    padded = align is not None and not is_none(align)
    require(not padded or is_integer(align) and align.data == 16, "ARRAY")
    machine.leave_frame()
    dtype.used, objects = True, strings or dtype.data.objects
    require(not objects or mapped is None or not mapped.data, "ARRAY")
    if strings or opaque(dtype.data):
        # spec/ndarray.md#strings, spec/ndarray.md#inner
        return behind(machine, lambda value: value.kind == "object")
    size = byte_size(dtype.data, shape)
    if objects:
        # spec/ndarray.md#inner
        return behind(machine, lambda value: is_objects(value, shape))
    if padded:
        # spec/ndarray.md#padding
        count = machine.take(1)[0]
        require(1 <= count <= 16 and machine.take(count) == b"\xff" * count, "ARRAY")
    return Value("ndarray", Array(dtype.data, shape, order, machine.take(size), subclass), 0)


def behind(machine, fits):
    # spec/ndarray.md#inner
    value, machine.at = machine.nested()
    require(fits(value), "ARRAY")
    return value


def is_objects(value, shape):
    if value.kind != "ndarray":
        return False
    return value.data.dtype.kind == "O" and value.data.shape == shape


def named(modules, calls):
    return {(module, name): call for module in modules for name, call in calls.items()}


# spec/values.md#calls, spec/ndarray.md#names
CALLS = {
    ("_codecs", "encode"): text_encoded,
    **named(("builtins", "__builtin__"), {
        "bytes": byte_string, "bytearray": byte_string, "complex": complex_number,
        "set": collection, "frozenset": collection}),
    **named(("copyreg", "copy_reg"), {"_reconstructor": reconstructor}),
    **named(MULTIARRAY, {"scalar": scalar, "_reconstruct": reconstruct}),
    **named(NUMERIC, {"_frombuffer": from_buffer})}
