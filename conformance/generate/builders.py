"""The builders that become plain values: arrays, dtypes and the builtin containers."""
import numpy

from records import (Array, Dtype, Global, OrderedFrozenSet, OrderedSet, Py2Str, Scalar, real)


def make_array(subclass, shape, typecode, function=None):
    assert tuple(shape) == (0,)
    array = Array(subclass, (function, (subclass, shape, typecode)))
    array.fill(numpy.dtype("S1"), (0,), "C", data=b"")
    return array


def from_buffer(buffer, dtype, shape, order, axes=None):
    """_frombuffer; a layout that is neither C nor F (numpy 2.3) is written in C order."""
    array, data = Array(Global("numpy", "ndarray")), bytes(buffer)
    if axes is not None:
        view = numpy.frombuffer(data, dtype.value).reshape(shape).transpose(axes)
        shape, order, data = view.shape, "C", view.tobytes("C")
    array.fill(dtype.value, shape, order, data=data)
    return array


def make_scalar(dtype, data):
    return None if dtype.value.hasobject else Scalar(dtype, data)


def to_bytes(text="", encoding="latin1"):
    if isinstance(text, bytes):
        return bytes(text)
    return text.encode(encoding.decode() if isinstance(encoding, bytes) else encoding)


def to_bytearray(data=b"", encoding="latin1"):
    return bytearray(data if isinstance(data, bytes) else to_bytes(data, encoding))


def to_dtype(code, align=False, copy=False):
    if isinstance(code, Global) and (code.module, code.name) == ("numpy", "record"):
        code = numpy.record
    return Dtype(numpy.dtype(real(code), bool(align), True))


LATIN1 = [name for text in ("latin1", "latin-1", "iso-8859-1")
          for name in (text, text.encode("ascii"))]
BUILTINS = {"set": OrderedSet, "frozenset": OrderedFrozenSet, "complex": complex,
            "bytes": to_bytes, "bytearray": to_bytearray}
NUMPY = {"_frombuffer": from_buffer, "scalar": make_scalar}
NUMPY_MODULES = [prefix + suffix for prefix in ("numpy.core.", "numpy._core.")
                 for suffix in ("multiarray", "_multiarray_umath", "numeric")]


class CallRefused(Exception):
    """Python would refuse the call that a file asks for."""


def is_latin1(value):
    return isinstance(value, (str, Py2Str)) and value in LATIN1


def fits(name, args):
    """Whether a call of Python's own type makes a value: spec/values.md#calls."""
    kinds = [type(arg) for arg in args]
    if name == "complex":
        return kinds == [float, float]
    if name in ("set", "frozenset"):
        return kinds in ([], [list], [tuple])
    if len(args) == 2:
        return name in ("encode", "bytearray") and kinds[0] == str and is_latin1(args[1])
    return name != "encode" and kinds in ([], [bytes], [Py2Str])


def build(function, args):
    """The plain value that a call makes, or None."""
    plain = function.module in ("builtins", "__builtin__", "_codecs")
    make = builder(function)
    if make is None or (plain and not fits(function.name, args)):
        return None
    try:
        return make(*args)
    except Exception as error:
        raise CallRefused("%s: %s" % (type(error).__name__, error))


def builder(function):
    """The function that makes a plain value for a global, or None."""
    module, name = function.module, function.name
    if module in ("builtins", "__builtin__"):
        return BUILTINS.get(name)
    if module in NUMPY_MODULES:
        return NUMPY.get(name)
    if (module, name) == ("_codecs", "encode"):
        return to_bytes
    return to_dtype if (module, name) == ("numpy", "dtype") else None
