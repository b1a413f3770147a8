"""Values that joblib loaded, as tagged JSON. Runs on Python 2.7 and 3."""
import os
import struct
import sys
from collections import OrderedDict

import numpy

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "..", "..", "..", "generate"))
from standins import (INTEGERS, TEXT, WRAPPERS, Callable, Meta, Py2Text, Record,  # noqa: E402
                      Unfit)
from tagged import Tagger, canonical, dtype_tag, text64  # noqa: E402

SHARED = (list, dict, set, bytearray, numpy.ndarray, Record)


def bits(number):
    return "%016x" % struct.unpack(">Q", struct.pack(">d", number))


def scalar_tag(value):
    if value.dtype.hasobject:
        raise Unfit("structs of objects")
    return {"scalar": OrderedDict([("dtype", dtype_tag(value.dtype)),
                                   ("data", text64(value.tobytes()))])}


# Before its bases: numpy's scalars are also floats, texts and so on.
SIMPLE = [
    (numpy.generic, scalar_tag),
    (bool, lambda v: {"bool": v}),
    (INTEGERS, lambda v: {"int": str(v)}),
    (float, lambda v: {"float": bits(v)}),
    (complex, lambda v: {"complex": [bits(v.real), bits(v.imag)]}),
    (Py2Text, lambda v: {"py2str": text64(v.encode("latin1"))}),
    (TEXT, lambda v: {"str": v}),
    (bytes, lambda v: {"bytes": text64(v)}),
    (bytearray, lambda v: {"bytearray": text64(bytes(v))}),
    (numpy.dtype, lambda v: {"dtype": dtype_tag(v)}),
]


class Values(Tagger):
    shared_types = SHARED

    def __init__(self, value, names):
        self.names = names
        Tagger.__init__(self, value)

    def content(self, value):
        for kind, make in SIMPLE:
            if isinstance(value, kind):
                return make(value)
        if isinstance(value, (Meta, Callable, type)):
            return {"global": list(self.names.words[id(value)])}
        for kind in (tuple, list, set, frozenset):
            if isinstance(value, kind):
                return {kind.__name__: self.many(value)}
        if isinstance(value, dict):
            return {"dict": self.pairs(value.items())}
        if type(value).__name__ in WRAPPERS:
            raise Unfit("wrappers as values")
        return self.array(value) if isinstance(value, numpy.ndarray) else self.record(value)

    def array(self, value):
        if value.dtype.hasobject and value.dtype.kind != "O":
            raise Unfit("structs of objects")
        fortran = value.flags.f_contiguous and not value.flags.c_contiguous
        tag = OrderedDict([("dtype", dtype_tag(value.dtype)),
                           ("shape", [str(n) for n in value.shape]),
                           ("order", "F" if fortran else "C")])
        if value.dtype.kind == "O":
            tag["items"] = self.many(numpy.asarray(value).ravel().tolist())
        else:
            tag["data"] = text64(value.tobytes("A" if fortran else "C"))
        if isinstance(value, numpy.matrix):
            tag["subclass"] = "matrix"
        return {"ndarray": tag}

    def record(self, value):
        parts = value.__dict__
        tag = OrderedDict()
        tag["class"], tag["form"] = self.visit(parts["cls"]), parts["form"]
        tag["args"] = self.many(parts["args"])
        for key, name, make in (("kwargs", "keywords", self.visit), ("state", "state", self.visit),
                                ("items", "items", self.many), ("entries", "entries", self.pairs)):
            if name in parts:
                tag[key] = make(parts[name])
        return {"object": tag}


def ordered(tree):
    """Tags whose keys have no order in Python 2: the id comes first."""
    if isinstance(tree, list):
        return [ordered(item) for item in tree]
    if not isinstance(tree, dict):
        return tree
    keys = tree if isinstance(tree, OrderedDict) else sorted(
        tree, key=lambda key: (key != "id", key))
    return OrderedDict((key, ordered(tree[key])) for key in keys)


def to_text(value, names):
    return canonical(ordered(Values(value, names).result))


def output_tag(output):
    """What a method of a model returned: an array or a CSR matrix."""
    if hasattr(output, "indptr"):
        parts = {name: output_tag(getattr(output, name)) for name in ("data", "indices", "indptr")}
        return {"csr": OrderedDict([("shape", [str(size) for size in output.shape])] + [
            (name, parts[name]) for name in ("data", "indices", "indptr")])}
    array = numpy.ascontiguousarray(output).reshape(numpy.shape(output))
    return {"ndarray": OrderedDict(
        [("dtype", array.dtype.str), ("shape", [str(n) for n in array.shape]), ("order", "C"),
         item_pair(array)])}


def item_pair(array):
    if array.dtype.kind == "O":
        return "items", [Values(item, None).result for item in array.ravel().tolist()]
    return "data", text64(array.tobytes("C"))


def outputs_text(outputs):
    many = outputs if isinstance(outputs, list) else [outputs]
    return canonical([output_tag(output) for output in many])
