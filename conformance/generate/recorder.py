"""Reads a joblib file with joblib's own unpickler and runs nothing that the file names.

find_class returns an inert Global for every name. Calls, states and items are recorded. Only
dtypes, arrays, scalars and the builtin containers are made, by numpy and by joblib.
"""
import io
import os
import pickle
import pickletools

import numpy
from joblib.numpy_pickle import NumpyArrayWrapper, NumpyUnpickler
from numpy.lib import _format_impl

from builders import NUMPY_MODULES, build, make_array
from containers import decode, decode_zf
from records import (Array, Global, Instance, OrderedFrozenSet, OrderedSet, Py2Str, is_decoded,
                     real, same_items)

WRAPPERS = [("joblib.numpy_pickle", "NumpyArrayWrapper"),
            ("sklearn.externals.joblib.numpy_pickle", "NumpyArrayWrapper")]
ARRAY_CLASSES = [("numpy", "ndarray"), ("numpy", "matrix"), ("numpy", "memmap"),
                 ("numpy.matrixlib.defmatrix", "matrix")]


COMPANIONS = [(module, name) for module, _ in WRAPPERS
              for name in ("NDArrayWrapper", "ZNDArrayWrapper")]
NPY = b"\x93NUMPY"


def is_object(value):
    return isinstance(value, Global) and value.name == "object" and value.module in (
        "builtins", "__builtin__")


class PendingWrapper:
    """A NumpyArrayWrapper between NEWOBJ and BUILD."""


class PendingCompanion(PendingWrapper):
    """A NDArrayWrapper or ZNDArrayWrapper between NEWOBJ and BUILD."""


def read_npy(stream, subclass):
    """The array of a npy file: its header read by numpy, its bytes kept."""
    version = _format_impl.read_magic(stream)
    shape, fortran, dtype = _format_impl._read_array_header(stream, version)
    if dtype.hasobject:
        array = Recorder(stream, nested=True).load()
        array.matrix = subclass.name == "matrix"
        assert array.shape == shape and not stream.read()
        return array
    array, data, order = Array(subclass), stream.read(), "F" if fortran else "C"
    stream.seek(0)
    assert same_items(numpy.load(stream, allow_pickle=False), data, dtype, shape, order)
    array.fill(dtype, shape, order, data=data)
    return array


class Recorder(NumpyUnpickler):
    dispatch = NumpyUnpickler.dispatch.copy()

    def __init__(self, stream, nested=False, folder=None):
        NumpyUnpickler.__init__(self, "", stream, ensure_native_byte_order=False)
        self.globals, self.nested, self.folder, self.binary = {}, nested, folder, False

    def find_class(self, module, name):
        return self.globals.setdefault((module, name), Global(module, name))

    def call(self, function, args):
        if not isinstance(function, Global):
            return Instance(function, "reduce", args)
        name = (function.module, function.name)
        if name[0] in ("copyreg", "copy_reg") and name[1] == "_reconstructor":
            return self.reconstructor(function, args)
        if name[0] in NUMPY_MODULES and name[1] == "_reconstruct":
            cls = args[0]
            if isinstance(cls, Global) and (cls.module, cls.name) in ARRAY_CLASSES:
                return make_array(*args, function=function)
        made = build(function, args)
        return Instance(function, "reduce", args) if made is None else made

    def reconstructor(self, function, args):
        if len(args) == 3 and is_object(args[1]) and args[2] is None:
            return self.new(args[0], (), "reconstructor")
        return Instance(function, "reduce", args)

    def new(self, cls, args, form, **extra):
        known = isinstance(cls, Global) and (cls.module, cls.name)
        # Python's own unpickler reads nested pickles: to it a wrapper is an object like any other.
        if known in WRAPPERS and not self.nested:
            return PendingWrapper()
        if known in COMPANIONS and self.folder:
            return PendingCompanion()
        return Instance(cls, form, args, **extra)

    def load_reduce(self):
        args = self.stack.pop()
        self.stack[-1] = self.call(self.stack[-1], args)

    def load_newobj(self):
        args = self.stack.pop()
        self.stack[-1] = self.new(self.stack[-1], args, "newobj")

    def load_newobj_ex(self):
        kwargs = self.stack.pop()
        args = self.stack.pop()
        self.stack[-1] = self.new(self.stack[-1], args, "newobj_ex", kwargs=kwargs)

    def load_build(self):
        state = self.stack.pop()
        if isinstance(self.stack[-1], PendingCompanion):
            self.stack[-1] = self.read_companion({real(k): v for k, v in state.items()})
        elif isinstance(self.stack[-1], PendingWrapper):
            self.stack[-1] = self.read_wrapped({real(k): v for k, v in state.items()})
        else:
            self.stack[-1].build(state)

    def read_companion(self, state):
        """The array of a companion: a npy file, or its bytes behind ZF."""
        name = real(state["filename"])
        assert name == os.path.basename(name)
        with open(os.path.join(self.folder, name), "rb") as companion:
            if "subclass" in state:
                return read_npy(companion, state["subclass"])
            array = make_array(*state["init_args"])
            array.build(state["state"] + (decode_zf(companion.read()),))
            return array

    def read_wrapped(self, state):
        """The array after a wrapper: read by joblib, kept as the bytes of the file."""
        array, dtype, stream = Array(state["subclass"]), state["dtype"], self.file_handle
        shape, order = tuple(state["shape"]), real(state["order"])
        if not is_decoded(dtype) or dtype.value.hasobject:
            inner = Recorder(stream, nested=True).load()
            assert isinstance(inner, Instance) or inner.shape == shape
            return inner
        dtype = dtype.value
        wrapper = NumpyArrayWrapper(numpy.ndarray, shape, order, dtype)
        wrapper.numpy_array_alignment_bytes = state.get("numpy_array_alignment_bytes")
        read = wrapper.read(self, False)
        end = stream.tell()
        stream.seek(end - read.nbytes)
        data = stream.read(read.nbytes)
        assert end == stream.tell() and same_items(read, data, dtype, shape, order)
        array.fill(dtype, shape, order, data=data)
        return array

    def _decode_string(self, value):
        """The str of Python 2: STRING, BINSTRING, SHORT_BINSTRING."""
        return Py2Str(value)

    def _instantiate(self, klass, args):
        """INST and OBJ."""
        if isinstance(klass, Global) and (klass.module, klass.name) in WRAPPERS:
            raise ValueError("a wrapper by INST or OBJ")
        self.append(Instance(klass, "instance", args))

    def load_frozenset(self):
        members = self.pop_mark()
        self.append(OrderedFrozenSet(members))

    dispatch[pickle.REDUCE[0]] = load_reduce
    dispatch[pickle.NEWOBJ[0]] = load_newobj
    dispatch[pickle.NEWOBJ_EX[0]] = load_newobj_ex
    dispatch[pickle.BUILD[0]] = load_build
    dispatch[pickle.EMPTY_SET[0]] = lambda self: self.append(OrderedSet())
    dispatch[pickle.FROZENSET[0]] = load_frozenset


def noting(load):
    """The function of an opcode of protocol 1, which tells it from protocol 0."""
    def load_binary(recorder):
        recorder.binary = True
        load(recorder)
    return load_binary


for opcode in pickletools.opcodes:
    if opcode.proto == 1:
        Recorder.dispatch[ord(opcode.code)] = noting(Recorder.dispatch[ord(opcode.code)])


def record(data, folder=None):
    """The recorded value of a file, the number of bytes after it, and its protocol.

    `folder` has its companions: arrays that joblib before 0.10 wrote to files of their own.
    """
    stream = io.BytesIO(decode(data))
    if data.startswith(NPY):
        return read_npy(stream, Global("numpy", "ndarray")), 0, 0
    recorder = Recorder(stream, folder=folder)
    value = recorder.load()
    protocol = recorder.proto or int(recorder.binary and stream.getvalue()[:1] != pickle.PROTO)
    return value, len(stream.getvalue()) - stream.tell(), protocol
