"""A testee that answers from the files of the cases, or wrongly in the way its argument says.

It proves nothing of a reader: test_runner.py asks the runner whether it sees what is wrong.
"""

import json
import os
import shutil
import struct
import sys
import time

HELLO = {"name": "oracle", "version": "1", "level": 3,
         "operations": ["load", "audit", "predict", "redump"],
         "capabilities": ["lz4", "bytes"]}
# The sources of the files that it wrote.
written = {}
REFUSALS = {"cannot-write": "UNSUPPORTED", "refuses": "FORBIDDEN", "finds-danger": "FORBIDDEN"}


# Faults of a testee whose library does not keep something, and says so.
LACKS = {"copies": ["identity"], "no-order": ["order", "set-order"], "one-number": ["int"],
         "no-tuples": ["tuple"], "no-objects": ["objects"], "no-such": ["such"]}


def read_expect(path, name):
    with open(os.path.join(path, name) if name else path, encoding="ascii") as file:
        return json.load(file)["expect"]


def is_case(path):
    return os.path.exists(path[:-len(".joblib")] + ".json")


def redump(fault, source, path):
    """Copies the source, or writes it wrongly."""
    if fault == "writes-nothing":
        return {"redump": "written"}
    if fault in REFUSALS:
        return {"error": {"status": REFUSALS[fault]}}
    shutil.copyfile(source, path)
    written[path] = source
    if fault in ("other-bytes", "cannot-read", "other-written"):
        with open(path, "ab") as file:
            file.write(b"\0")
    return {"redump": "written"}


def answer_other(fault, path):
    """Loads what is no vector of a valid case: it wrote that itself, or has no idea."""
    if fault == "cannot-read":
        return {"error": {"status": "TRAILING"}}
    if fault == "other-written" or not is_case(written.get(path, path)):
        return {"value": {"int": "5"}}
    return answer_right("load", [written[path]])


def answer_right(operation, words):
    path = words[0]
    if operation == "predict":
        method = read_expect(os.path.dirname(path), "expected.json")["methods"][words[2]]
        return {"outputs": method["outputs"]}
    expect = read_expect(path[:-len(".joblib")] + ".json", None)
    if "value" in expect:
        return {"value": expect["value"]}
    if "audit" in expect:
        return {"audit": {"outcome": expect["audit"]["outcomes"][0],
                          "dangerous": expect["audit"].get("dangerous", [])}}
    return {"error": expect}


def copied(value, nodes=None):
    """A value whose shared nodes are written out."""
    nodes = {} if nodes is None else nodes
    if isinstance(value, list):
        return [copied(item, nodes) for item in value]
    if not isinstance(value, dict):
        return value
    if "ref" in value:
        return nodes[value["ref"]]
    made = {key: copied(item, nodes) for key, item in value.items() if key != "id"}
    if "id" in value:
        nodes[value["id"]] = made
    return made


def reversed_pairs(value):
    return {tag: content[::-1] for tag, content in value.items()}


def as_lists(value):
    return json.loads(json.dumps(value).replace('"tuple"', '"list"'))


def as_floats(value):
    return {"float": struct.pack(">d", float(value["int"])).hex()} if "int" in value else value


CHANGES = {"copies": copied, "no-order": reversed_pairs, "no-tuples": as_lists,
           "one-number": as_floats}


def answer(fault, operation, words):
    if operation == "load" and not is_case(words[0]):
        return answer_other(fault, words[0])
    if operation == "audit" and fault == "finds-danger":
        return {"audit": {"outcome": "dangerous", "dangerous": []}}
    right = redump(fault, *words) if operation == "redump" else answer_right(operation, words)
    if fault == "crash":
        os._exit(3)
    if fault == "sleep":
        time.sleep(60)
    if fault == "skips-undeclared":
        return {"skipped": "bz2"}
    if fault == "skips-declared":
        return {"skipped": "lz4"}
    if fault == "other-value":
        return {"value": {"int": "5"}, "outputs": [], "error": {"status": "IO", "offset": 1}}
    if fault == "other-order":
        return {"value": dict(reversed(list(right.get("value", {}).items())))}
    if fault == "other-offset" and "error" in right:
        return {"error": dict(right["error"], offset=123456, file_offset=123456)}
    if fault == "other-status" and "error" in right:
        return {"error": dict(right["error"], status="SYNTAX")}
    if fault == "no-offset" and "error" in right:
        return {"error": {"status": right["error"]["status"]}}
    if fault in CHANGES and "value" in right:
        return {"value": CHANGES[fault](right["value"])}
    if fault == "wrong-form":
        return {"value": 5, "error": 5, "outputs": 5, "audit": 5, "redump": 5}
    return right


def hello(fault, faults):
    """With the fault silent- before it, the testee does not say what it lacks."""
    found = dict(HELLO, lacks=LACKS[fault]) if fault in LACKS else HELLO
    return dict(found, capabilities=["lz4"]) if "no-bytes" in faults else found


def main(fault, *faults):
    for line in sys.stdin:
        words = line.rstrip("\n").split("\t")
        if words[0].startswith("hello"):
            print("hello" if fault == "no-hello" else json.dumps(hello(fault, faults)), flush=True)
            continue
        found = dict({"id": "0" if fault == "other-id" else words[0]},
                     **answer(fault.replace("silent-", ""), words[1], words[2:]))
        separators = (", ", ": ") if fault == "blanks" else (",", ":")
        text = json.dumps(found, separators=separators)
        print("{" if fault == "no-json" else text, flush=True)


if __name__ == "__main__":
    main(*(sys.argv[1:] or [""]))
