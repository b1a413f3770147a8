"""A value as tagged JSON, one line without spaces (conformance/schema)."""
import base64
import json

from values import SHARED, Fault, Value

# A tuple is written each time it is met; what is shared without end must end.
MAX_VISITS = 5_000_000


def dump(item):
    return json.dumps(item, separators=(",", ":"))


def coded(data):
    return base64.b64encode(data).decode("ascii")


def listed(values):
    parts = ["["]
    for value in values:
        parts += (",", value) if len(parts) > 1 else (value,)
    return parts + ["]"]


def paired(pairs):
    parts = ["["]
    for key, value in pairs:
        parts += ([","] if len(parts) > 1 else []) + ["[", key, ",", value, "]"]
    return parts + ["]"]


def array(item):
    head = dump({"dtype": item.dtype.tagged(), "shape": [str(size) for size in item.shape],
                 "order": item.order})[:-1]
    tail = ',"subclass":"matrix"}' if item.subclass else "}"
    if item.dtype.kind == "O":
        return [head, ',"items":', *listed(item.data), tail]
    return [head, ',"data":', dump(coded(item.data)), tail]


def instance(parts):
    result = ['{"class":', parts["class"], ',"form":', dump(parts["form"]), ',"args":']
    result += listed(parts["args"])
    for key in ("kwargs", "state"):
        if parts[key] is not None:
            result += [f',"{key}":', parts[key]]
    if parts["items"]:
        result += [',"items":', *listed(parts["items"])]
    if parts["entries"]:
        result += [',"entries":', *paired(parts["entries"].values())]
    return result + ["}"]


CONTENT = {
    "none": lambda data: ["true"], "bool": lambda data: [dump(data)],
    "int": lambda data: [dump(str(data))], "float": lambda data: [dump(data.hex())],
    "complex": lambda data: [dump([part.hex() for part in data])], "str": lambda data: [dump(data)],
    "bytes": lambda data: [dump(coded(data))], "bytearray": lambda data: [dump(coded(data))],
    "py2str": lambda data: [dump(coded(data))], "list": listed, "tuple": listed,
    "set": lambda data: listed(data.values()), "frozenset": lambda data: listed(data.values()),
    "dict": lambda data: paired(data.values()), "ndarray": array,
    "dtype": lambda data: [dump(data.tagged())],
    "scalar": lambda data: [dump({"dtype": data[0].tagged(), "data": coded(data[1])})],
    "global": lambda data: [dump(data)], "object": instance}


def written(root):
    """The text. It keeps a stack of its own, so no depth of values ends it."""
    out, waiting, places, visits = [], [root], {}, 0
    while waiting:
        item = waiting.pop()
        if not isinstance(item, Value):
            out.append(item)
            continue
        visits += 1
        if visits > MAX_VISITS:
            raise Fault("LIMIT")
        if item.kind in SHARED and item in places:
            places[item].append(len(out))
            out.append("")
            continue
        out.append("{")
        if item.kind in SHARED:
            places[item] = [len(out)]
            out.append("")
        out.append(f'"{item.kind}":')
        waiting.append("}")
        waiting.extend(reversed(CONTENT[item.kind](item.data)))
    number_shared(out, [slots for slots in places.values() if len(slots) > 1])
    return "".join(out)


def number_shared(out, shared):
    for number, (first, *later) in enumerate(shared, 1):
        out[first] = f'"id":"{number}",'
        for slot in later:
            out[slot] = f'{{"ref":"{number}"}}'
