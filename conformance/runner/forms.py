"""What a testee's library does not keep, left out of both sides of a comparison.

A testee names it in the key `lacks` of its handshake. Each word of LOSSES is a function that writes
a tagged value without that; those of OTHERS stand for themselves: a case with objects is not asked,
and an audit's outcome is compared without the names.
"""

import base64
import json
import struct


OTHERS = ("objects", "names")
MOST_VISITS = 1000000


class Endless(Exception):
    """A value that has no end, or a very late one, when its references are written out."""


def rebuild(value, change):
    """A copy, from the leaves up; `change` gets each object of the JSON text."""
    if isinstance(value, list):
        return [rebuild(item, change) for item in value]
    if isinstance(value, dict):
        return change({key: rebuild(item, change) for key, item in value.items()})
    return value


def named(value, nodes):
    """Notes each node that has an id."""
    rebuild(value, lambda node: nodes.setdefault(node["id"], node) if "id" in node else node)
    return nodes


def without_identity(value):
    nodes, open_ids, visits = named(value, {}), [], [0]

    def expand(item):
        visits[0] += 1
        if visits[0] > MOST_VISITS:
            raise Endless()
        if isinstance(item, list):
            return [expand(part) for part in item]
        if not isinstance(item, dict):
            return item
        number = item.get("ref", item.get("id"))
        if number is None:
            return {key: expand(part) for key, part in item.items()}
        if number in open_ids:
            raise Endless()
        open_ids.append(number)
        found = {key: expand(part) for key, part in nodes[number].items() if key != "id"}
        open_ids.pop()
        return found

    return expand(value)


def key_of(value):
    return json.dumps(value, sort_keys=True)


def sorted_under(*tags):
    """Puts the members of sets or the pairs of dicts in the order of their texts."""
    def change(node):
        for tag in tags:
            if tag in node:
                node[tag] = sorted(node[tag], key=key_of)
        return node
    return lambda value: rebuild(value, change)


def renamed(tag, other, make=lambda content: content):
    def change(node):
        if tag not in node or isinstance(node[tag], dict):
            return node
        return {other if key == tag else key: make(item) if key == tag else item
                for key, item in node.items()}
    return lambda value: rebuild(value, change)


def as_text(node):
    """A library without strings of Python 2 can be right only where they are ASCII."""
    if "py2str" not in node:
        return node
    data = base64.b64decode(node["py2str"])
    return {"str": data.decode("ascii")} if max(data, default=0) < 128 else node


def to_bits(text):
    try:
        return struct.pack(">d", float(int(text))).hex()
    except OverflowError:
        return text


def swapped(dtype, data):
    """The bytes of numbers and texts that were stored with the high byte first."""
    size = int(dtype[2:].split("[")[0] or 1)
    width = {"c": size // 2, "U": 4}.get(dtype[1], size)
    data = base64.b64decode(data)
    parts = [data[at:at + width][::-1] for at in range(0, len(data), width or 1)]
    return base64.b64encode(b"".join(parts)).decode("ascii")


def little_endian(node):
    dtype = node.get("dtype")
    if not isinstance(dtype, str) or not dtype.startswith(">"):
        return node
    changed = dict(node, dtype="<" + dtype[1:])
    if "data" in node:
        changed["data"] = swapped(dtype, node["data"])
    return changed


def size_of(dtype):
    """Bytes of an element."""
    if isinstance(dtype, dict):
        if "fields" in dtype:
            return int(dtype["itemsize"])
        count = 1
        for size in dtype["shape"]:
            count *= int(size)
        return count * size_of(dtype["base"])
    if dtype[1] in "mM":
        return 8
    return int(dtype[2:]) * (4 if dtype[1] == "U" else 1)


def used_bytes(dtype):
    """For each byte of an element whether it belongs to a field."""
    if not isinstance(dtype, dict):
        return b"\xff" * size_of(dtype)
    if "fields" not in dtype:
        base = used_bytes(dtype["base"])
        return base * (size_of(dtype) // len(base) if base else 0)
    mask = bytearray(int(dtype["itemsize"]))
    for _, inner, offset in dtype["fields"]:
        part = used_bytes(inner)
        mask[int(offset):int(offset) + len(part)] = part
    return bytes(mask)


def without_padding(node):
    if not isinstance(node.get("dtype"), dict) or "data" not in node:
        return node
    mask, data = used_bytes(node["dtype"]), base64.b64decode(node["data"])
    kept = bytes(byte & mask[at % len(mask)] for at, byte in enumerate(data))
    return dict(node, data=base64.b64encode(kept).decode("ascii"))


def without_matrix(node):
    return {key: part for key, part in node.items() if key != "subclass"}


# In this order: what is sorted must be in its last form, and ids must be known.
LOSSES = {
    "identity": without_identity,
    "tuple": renamed("tuple", "list"),
    "frozenset": renamed("frozenset", "set"),
    "bytearray": renamed("bytearray", "bytes"),
    "py2str": renamed("py2str", "bytes"),
    "py2str-text": lambda value: rebuild(value, as_text),
    "int": renamed("int", "float", to_bits),
    "byte-order": lambda value: rebuild(value, little_endian),
    "padding": lambda value: rebuild(value, without_padding),
    "matrix": lambda value: rebuild(value, without_matrix),
    "order": sorted_under("dict", "entries"),
    "set-order": sorted_under("set", "frozenset"),
}


def reduced(value, lacks):
    for word, reduce in LOSSES.items():
        if word in lacks:
            value = reduce(value)
    return value


def has_objects(value):
    found = []
    rebuild(value, lambda node: found.append(node) if "object" in node or "global" in node
            else node)
    return bool(found)


def unfit(case, lacks):
    """Why a case is not asked of a testee, as one of the words of its `lacks`, or None."""
    if case.kind != "valid" or not lacks:
        return None
    value = case.expect["value"]
    if "objects" in lacks and has_objects(value):
        return "objects"
    if "identity" in lacks:
        try:
            without_identity(value)
        except Endless:
            return "identity"
    return None
