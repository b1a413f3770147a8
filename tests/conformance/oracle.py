"""A testee that answers from the files of the cases, or wrongly in the way its argument says.

It proves nothing of a reader: test_runner.py asks the runner whether it sees what is wrong.
"""

import json
import os
import sys
import time

HELLO = {"name": "oracle", "version": "1", "level": 3,
         "operations": ["load", "audit", "predict"], "capabilities": ["lz4"]}


def read_expect(path, name):
    with open(os.path.join(path, name) if name else path, encoding="ascii") as file:
        return json.load(file)["expect"]


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


def answer(fault, operation, words):
    right = answer_right(operation, words)
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
    if fault == "wrong-form":
        return {"value": 5, "error": 5, "outputs": 5, "audit": 5}
    return right


def main(fault):
    for line in sys.stdin:
        words = line.rstrip("\n").split("\t")
        if words[0].startswith("hello"):
            print("hello" if fault == "no-hello" else json.dumps(HELLO), flush=True)
            continue
        found = dict({"id": "0" if fault == "other-id" else words[0]},
                     **answer(fault, words[1], words[2:]))
        separators = (", ", ": ") if fault == "blanks" else (",", ":")
        text = json.dumps(found, separators=separators)
        print("{" if fault == "no-json" else text, flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
