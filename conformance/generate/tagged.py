"""Recorded values as tagged JSON: every value is an object with one tag."""
import base64
import json
import struct

from records import (Array, Dtype, Global, Instance, OrderedFrozenSet, OrderedSet, Py2Str,
                     Scalar)

SHARED = (list, dict, OrderedSet, bytearray, Array, Instance)


def text64(data):
    return base64.b64encode(data).decode("ascii")


def bits(number):
    return struct.pack(">d", number).hex()


def dtype_tag(dtype):
    if dtype.subdtype:
        base, shape = dtype.subdtype
        return {"base": dtype_tag(base), "shape": [str(size) for size in shape]}
    if not dtype.names:
        return dtype.str
    fields = [[name, dtype_tag(dtype.fields[name][0]), str(dtype.fields[name][1])]
              for name in dtype.names]
    return {"fields": fields, "itemsize": str(dtype.itemsize)}


SIMPLE = [
    (bool, lambda v: {"bool": v}),
    (int, lambda v: {"int": str(v)}),
    (float, lambda v: {"float": bits(v)}),
    (complex, lambda v: {"complex": [bits(v.real), bits(v.imag)]}),
    (str, lambda v: {"str": v}),
    (Py2Str, lambda v: {"py2str": text64(v)}),
    (bytes, lambda v: {"bytes": text64(v)}),
    (bytearray, lambda v: {"bytearray": text64(v)}),
    (Global, lambda v: {"global": [v.module, v.name]}),
    (Dtype, lambda v: {"dtype": dtype_tag(v.value)}),
    (Scalar, lambda v: {"scalar": {"dtype": dtype_tag(v.dtype), "data": text64(v.data)}}),
]


class Tagger:
    """Two walks in printed order: the first finds shared nodes, the second prints."""
    shared_types = SHARED

    def __init__(self, value):
        self.seen, self.shared, self.ids = set(), set(), {}
        self.printing = False
        self.visit(value)
        self.printing = True
        self.result = self.visit(value)

    def visit(self, value):
        if value is None:
            return {"none": True}
        if not isinstance(value, self.shared_types):
            return self.content(value)
        key = id(value)
        if not self.printing:
            self.shared |= {key} & self.seen
            if key not in self.seen:
                self.seen.add(key)
                self.content(value)
        elif key in self.ids:
            return {"ref": self.ids[key]}
        else:
            return self.first_visit(value)

    def first_visit(self, value):
        head = {}
        if id(value) in self.shared:
            self.ids[id(value)] = head["id"] = str(len(self.ids) + 1)
        head.update(self.content(value))
        return head

    def content(self, value):
        for kind, make in SIMPLE:
            if isinstance(value, kind):
                return make(value)
        if isinstance(value, (tuple, list)):
            return {type(value).__name__: self.many(value)}
        if isinstance(value, OrderedSet):
            return {"set": self.many(value.members)}
        if isinstance(value, OrderedFrozenSet):
            return {"frozenset": self.many(value.members)}
        if isinstance(value, dict):
            return {"dict": self.pairs(value.items())}
        return self.array(value) if isinstance(value, Array) else self.instance(value)

    def many(self, values):
        return [self.visit(value) for value in values]

    def pairs(self, items):
        return [[self.visit(key), self.visit(value)] for key, value in items]

    def array(self, value):
        tag = {"dtype": dtype_tag(value.dtype), "shape": [str(n) for n in value.shape],
               "order": value.order}
        if value.items is None:
            tag["data"] = text64(value.data)
        else:
            tag["items"] = self.many(value.items)
        if value.matrix:
            tag["subclass"] = "matrix"
        return {"ndarray": tag}

    def instance(self, value):
        tag = {"class": self.visit(value.cls), "form": value.form,
               "args": self.many(value.args)}
        for key, make in [("kwargs", self.visit), ("state", self.visit),
                          ("items", self.many), ("entries", self.pairs)]:
            if key in value.extra:
                tag[key] = make(value.extra[key])
        return {"object": tag}


def tagged(value):
    return Tagger(value).result


def canonical(value):
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
