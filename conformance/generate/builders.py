"""The builders that become plain values: arrays, dtypes and the builtin containers."""
import numpy

from records import (Array, Dtype, Global, OrderedFrozenSet, OrderedSet, Scalar, real)


def make_array(subclass, shape, typecode):
    assert tuple(shape) == (0,)
    array = Array(subclass)
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


def to_bytes(text="", encoding="latin1"):
    return text.encode(encoding.decode() if isinstance(encoding, bytes) else encoding)


def to_bytearray(data=b"", encoding="latin1"):
    return bytearray(data if isinstance(data, bytes) else to_bytes(data, encoding))


def to_dtype(code, align=False, copy=False):
    if isinstance(code, Global) and (code.module, code.name) == ("numpy", "record"):
        code = numpy.record
    return Dtype(numpy.dtype(real(code), bool(align), True))


BUILTINS = {"set": OrderedSet, "frozenset": OrderedFrozenSet, "complex": complex,
            "bytes": to_bytes, "bytearray": to_bytearray}
NUMPY = {"_frombuffer": from_buffer, "scalar": Scalar}
NUMPY_MODULES = [prefix + suffix for prefix in ("numpy.core.", "numpy._core.")
                 for suffix in ("multiarray", "_multiarray_umath", "numeric")]


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
