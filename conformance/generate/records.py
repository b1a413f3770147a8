"""Inert stand-ins for what a pickle names or builds, and the builders that become plain values."""
import numpy


class Py2Str(bytes):
    """The operand of STRING, BINSTRING or SHORT_BINSTRING."""


class Global:
    """A class or function, by the name in the file. It is never imported."""

    def __init__(self, module, name):
        self.module, self.name = module, name


class Instance:
    """What a call would have made: class, arguments, state, items and entries."""

    def __init__(self, cls, form, args, **extra):
        self.cls, self.form, self.args, self.extra = cls, form, args, extra

    def append(self, item):
        self.extra.setdefault("items", []).append(item)

    def __setitem__(self, key, value):
        self.extra.setdefault("entries", []).append((key, value))

    def build(self, state):
        if "state" in self.extra:
            raise ValueError("a second BUILD on one object")
        self.extra["state"] = state


class OrderedSet:
    """A set that keeps the order of the file."""

    def __init__(self, members=()):
        self.members = dict.fromkeys(members)

    def add(self, member):
        self.members.setdefault(member)


class OrderedFrozenSet:
    """A frozenset that keeps the order of the file."""

    def __init__(self, members=()):
        self.members = dict.fromkeys(members)

    def __hash__(self):
        return hash(frozenset(self.members))

    def __eq__(self, other):
        return isinstance(other, OrderedFrozenSet) and self.members == other.members


class Dtype:
    """A dtype under construction: real numpy reads its state."""

    def __init__(self, value):
        self.value = value

    def build(self, state):
        self.value.__setstate__(real(state))

    def __hash__(self):
        return hash(self.value)

    def __eq__(self, other):
        return isinstance(other, Dtype) and self.value == other.value


class Scalar:
    """A numpy scalar: its dtype and its bytes. Equality is that of the real scalar."""

    def __init__(self, dtype, data):
        self.dtype, self.data = dtype.value, data
        self.value = numpy.frombuffer(data, self.dtype, 1)[0]

    def __hash__(self):
        return hash(self.value)

    def __eq__(self, other):
        return self.value == (other.value if isinstance(other, Scalar) else other)


class Array:
    """An array: dtype, shape, order, and its bytes as stored or its items in C order."""

    def __init__(self, subclass, call=None):
        self.matrix, self.call = subclass.name == "matrix", call

    def fill(self, dtype, shape, order, data=None, items=None):
        self.dtype, self.shape, self.order = dtype, tuple(shape), order
        self.data, self.items = data, items

    def become_object(self, state):
        """An object takes the place of this array, which the memo may have already."""
        function, args = self.call
        self.__class__ = Instance
        self.__init__(function, "reduce", args)
        self.build(state)

    def build(self, state):
        """BUILD after _reconstruct. Real numpy reads the same state as a check."""
        _, shape, dtype, fortran, data = state
        if not is_decoded(dtype):
            return self.become_object(state)
        order = "F" if fortran else "C"
        if isinstance(data, list):
            return self.fill(dtype.value, shape, order, items=data)
        check = numpy.ndarray((0,))
        check.__setstate__((1, tuple(shape), dtype.value, bool(fortran), bytes(data)))
        assert same_items(check, data, dtype.value, tuple(shape), order)
        self.fill(dtype.value, shape, order, data=bytes(data))


def is_decoded(dtype):
    """Whether arrays of a dtype are arrays: not strings of any length, structs with objects."""
    return isinstance(dtype, Dtype) and (dtype.value.kind == "O" or not dtype.value.hasobject)


def same_items(array, data, dtype, shape, order):
    """True when the bytes `data` hold the items of `array`. Padding in structs is not compared."""
    if dtype.itemsize == 0:
        return not data and array.shape == shape
    copies = [numpy.zeros(shape, dtype) for _ in range(2)]
    copies[0][...] = array
    copies[1][...] = numpy.frombuffer(data, dtype).reshape(shape, order=order)
    return copies[0].tobytes() == copies[1].tobytes()


def real(value):
    """A dtype state as numpy wants it: real dtypes, text for names, dicts with text keys."""
    if isinstance(value, Dtype):
        return value.value
    if isinstance(value, Py2Str):
        return value.decode("latin1")
    if isinstance(value, tuple):
        return tuple(real(item) for item in value)
    if isinstance(value, dict):
        return {real(key): real(item) for key, item in value.items()}
    return value
