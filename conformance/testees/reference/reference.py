"""The testee: a line a request, a line of JSON an answer (README.md)."""
import os
import sys

import machine
import tagged
from containers import Missing, Source
from values import Fault

HELLO = {"name": "reference", "version": "1", "level": 2, "operations": ["load"],
         "capabilities": ["zlib", "gzip", "bz2", "xz", "lzma", "zf", "companions", "identity"]}


def load(path):
    with open(path, "rb") as file:
        source = Source(file.read())
    return machine.load(source, os.path.dirname(path) or ".")


def answer(words):
    name, operation, path = (words + ["", "", ""])[:3]
    head = tagged.dump({"id": name})[:-1]
    if operation != "load":
        return f'{head},"skipped":{tagged.dump(operation)}}}'
    try:
        machine.LIMITS.update(limits(words[3:]))
        return f'{head},"value":{tagged.written(load(path))}}}'
    except Missing as missing:
        return f'{head},"skipped":{tagged.dump(str(missing))}}}'
    except Fault as fault:
        error = {"status": fault.status, "offset": fault.offset, "file_offset": fault.file_offset}
    except OSError as failure:
        status = "NOT_FOUND" if isinstance(failure, FileNotFoundError) else "IO"
        error = {"status": status, "offset": None, "file_offset": None}
    return f'{head},"error":{tagged.dump(error)}}}'


def limits(settings):
    """key=value of the request; what is not told is the default."""
    known = [setting.partition("=") for setting in settings]
    return {**DEFAULTS, **{key: int(number) for key, _, number in known
                           if key in DEFAULTS and number.isdigit()}}


DEFAULTS = dict(machine.LIMITS)


def main():
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)
    for line in sys.stdin:
        words = line.rstrip("\n").split("\t")
        print(tagged.dump(HELLO) if words == ["hello 1"] else answer(words), flush=True)


if __name__ == "__main__":
    main()
