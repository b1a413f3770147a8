"""The testee: a line a request, a line of JSON an answer (conformance/README.md)."""
import base64
import json
import os
import sys
from arrays import Dtype
from containers import Stream
from legacy import is_npy, read_file, read_npy
from machine import Machine
from values import Fault, Value

HELLO = {"name": "reference", "version": "1", "level": 2, "operations": ["load"],
         "capabilities": ["zlib", "gzip", "bz2", "xz", "lzma", "zf", "companions", "identity"]}
SHARED = "list dict set bytearray ndarray object".split()  # values.md section 2

def present(parts):
    return {key: part for key, part in parts.items() if part not in (None, [])}
def entries_of(table):
    return [entry[:2] for entry in table.values()]

# What JSON has for the data of a kind, where that is not the data itself.
FORMS = {"none": lambda data: True, "int": str, "float": bytes.hex, "dict": entries_of,
         "complex": lambda data: [data[:8].hex(), data[8:].hex()], "ndarray": present,
         **dict.fromkeys(("set", "frozenset"), lambda table: [key for key, _, _ in table.values()]),
         "object": lambda parts: present({**parts, "entries": entries_of(parts["entries"])})}

def written(answer):
    """An answer in JSON. It is written twice: first to learn which values are met again."""
    visits, numbers = {}, {}
    def form(value):
        if not isinstance(value, Value):
            return value.tagged() if isinstance(value, Dtype) else base64.b64encode(value).decode()
        visits[value] = visits.get(value, 0) + 1
        head = {"id": numbers[value]} if value in numbers else {}
        if value.kind in SHARED and visits[value] > 1: return {"ref": numbers.get(value)}
        return {**head, value.kind: FORMS.get(value.kind, lambda data: data)(value.data)}
    for _ in range(2):
        visits.clear()
        line = json.dumps(answer, default=form, separators=(",", ":"), check_circular=False)
        shared = [value for value in visits if value.kind in SHARED and visits[value] > 1]
        numbers.update((value, str(number)) for number, value in enumerate(shared, 1))
    return line
def load(path):
    stream = Stream(read_file(path))
    machine = Machine(stream, None, os.path.dirname(path) or ".")
    try:
        value = read_npy(machine) if is_npy(stream) else machine.run()
        stream.end()
        return value
    except Fault as fault:  # safety.md section 4
        place = () if fault.args[1:] else stream.place(stream.opcode)
        raise Fault(*fault.args, *place) from None
def answer(number, operation, path=""):
    try:
        if operation != "load": raise NotImplementedError(operation)
        return written({"id": number, "value": load(path)})
    except NotImplementedError as missing:
        return written({"id": number, "skipped": missing.args[0]})
    except (Fault, RecursionError) as error:
        parts = error.args if isinstance(error, Fault) else ["LIMIT"]
        fault = dict(zip(("status", "offset", "file_offset"), parts))
        return written({"id": number, "error": fault})

if __name__ == "__main__":
    getattr(sys, "set_int_max_str_digits", abs)(0)
    sys.setrecursionlimit(12000)
    for request in sys.stdin:
        words = request.rstrip("\n").split("\t")
        print(answer(*words) if words[1:] else written(HELLO), flush=True)
