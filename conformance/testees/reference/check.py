"""Gives the reference reader every vector of levels 1 and 2, and compares: check.py VECTORS."""
import json
import os
import subprocess
import sys

VALUE = '{"value": '
HERE = os.path.dirname(os.path.abspath(__file__))


def cases(vectors, folder):
    for area in sorted(os.listdir(os.path.join(vectors, folder))):
        path = os.path.join(vectors, folder, area)
        for name in sorted(os.listdir(path)):
            if name.endswith(".json"):
                with open(os.path.join(path, name), encoding="utf-8") as file:
                    text = file.read()
                if json.loads(text)["level"] <= 2:
                    yield f"{folder}/{area}/{name[:-5]}", text.split('"expect": ')[1][:-3]


def difference(expect, answer):
    """What is wrong with an answer; None if nothing is."""
    if expect.startswith(VALUE):
        # The id stands before the value, as the expectation has it but for one blank.
        same = answer.endswith(',"value":' + expect[len(VALUE):])
        return None if same else f"not the value: {answer[:300]}"
    error, expect = json.loads(answer).get("error"), json.loads(expect)
    if not error:
        return "a value, and must be refused"
    wrong = [key for key in ("status", "offset", "file_offset")
             if expect[key] is not None and error[key] != expect[key]]
    return f"{error}, not {expect}" if wrong else None


def main():
    vectors = sys.argv[1]
    names = [case for folder in ("valid", "invalid") for case in cases(vectors, folder)]
    lines = [f"{name}\tload\t{os.path.join(vectors, name)}.joblib\n" for name, _ in names]
    reader = subprocess.run([sys.executable, os.path.join(HERE, "reference.py")], check=False,
                            input="hello 1\n" + "".join(lines), stdout=subprocess.PIPE, text=True)
    hello, *answers = reader.stdout.splitlines()
    has = json.loads(hello)["capabilities"]
    passed = failed = skipped = 0
    for (name, expect), answer in zip(names, answers):
        if json.loads(answer).get("skipped", has[0]) not in has:
            skipped += 1
            continue
        wrong = difference(expect, answer)
        passed, failed = passed + (not wrong), failed + bool(wrong)
        if wrong:
            print(f"{name}: {wrong}")
    failed += len(names) - len(answers)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
