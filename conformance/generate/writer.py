"""Writes the files of cases and a manifest line for each. Runs inside an environment.

Usage: writer.py OUT ENVIRONMENT MODULE      the module has make(writer)
Works in Python 2.7 and 3.6 or newer.
"""
from __future__ import print_function

import glob
import importlib
import io
import json
import os
import sys

import joblib
import numpy

from containers import codec_of

HERE = os.path.dirname(os.path.abspath(__file__))


def versions():
    """The tags that name what wrote a file."""
    found = {"python": "%d.%d" % sys.version_info[:2], "numpy": numpy.__version__,
             "joblib": joblib.__version__}
    if "sklearn" in sys.modules:
        found["sklearn"] = sys.modules["sklearn"].__version__
    return found


def protocol_of(data):
    """The protocol that PROTO declares; expect.py finds what the opcodes tell without one."""
    return str(bytearray(data)[1]) if data[:1] == b"\x80" else "0"


class Writer(object):
    def __init__(self, out, environment, module):
        self.out, self.environment, self.module = out, environment, module + ".py"
        self.manifest = io.open(os.path.join(out, "manifest"), "a", encoding="ascii")

    def python2(self):
        return "-py2.7" if sys.version_info[0] == 2 else ""

    def suffix(self):
        """The end of the name of a case that depends on scikit-learn."""
        return self.environment.split("-")[1] + self.python2()

    def release(self):
        """The end of the name of a case that depends on joblib."""
        return "joblib" + ".".join(joblib.__version__.split(".")[:2]) + self.python2()

    def path(self, name):
        path = os.path.join(self.out, *name.split("/"))
        if not os.path.isdir(os.path.dirname(path)):
            os.makedirs(os.path.dirname(path))
        return path

    def note(self, name, description, spec, **more):
        """Adds the manifest line of a case."""
        row = {"name": name, "description": description, "spec": spec, "need": "required",
               "made_by": "%s in %s" % (self.module, self.environment), "tags": {}}
        row["tags"].update(more.pop("tags", {}))
        row.update(more)
        if row.get("deterministic"):
            del row["deterministic"]
        self.manifest.write(json.dumps(row).encode().decode("ascii") + u"\n")

    def dump(self, name, value, description, spec, protocol=None, compress=0, **more):
        """A valid case that joblib.dump writes."""
        name = "valid/" + name
        path = self.path(name + ".joblib")
        joblib.dump(value, path, compress=compress, protocol=protocol)
        with open(path, "rb") as stream:
            codec = codec_of(stream.read())
        buffer = io.BytesIO()
        joblib.dump(value, buffer, protocol=protocol)
        tags = dict(versions(), protocol=protocol_of(buffer.getvalue()), codec=codec)
        tags.update(more.pop("tags", {}))
        self.note(name, description, spec, tags=tags, **more)

    def dump_files(self, name, value, description, spec, **options):
        """A valid case by any joblib: before 0.10 it writes a file for each array too."""
        name = "valid/" + name
        path = self.path(name + ".joblib")
        joblib.dump(value, path, **options)
        with open(path, "rb") as stream:
            tags = dict(versions(), codec=codec_of(stream.read()))
        companions = glob.glob(path + "_*")
        for companion in [path for path in companions if os.path.getsize(path) == 0]:
            os.remove(companion)  # of an array that could not be written so
            companions.remove(companion)
        if companions:
            tags["companions"] = str(len(companions))
        self.note(name, description, spec, tags=tags)

    def raw(self, name, data, description, spec, codec="raw", protocol=None, **more):
        """A valid case whose bytes are given; codec and protocol describe them."""
        name = "valid/" + name
        self.bytes(name + ".joblib", data)
        tags = {"codec": codec, "protocol": protocol or protocol_of(data)}
        tags.update(more.pop("tags", {}))
        self.note(name, description, spec, tags=tags, **more)

    def bytes(self, name, data):
        with open(self.path(name), "wb") as stream:
            stream.write(data)


def main(out, environment, module):
    sys.path[:0] = [HERE, os.path.join(HERE, "cases"), os.path.join(HERE, "models")]
    importlib.import_module(module).make(Writer(out, environment, module))


if __name__ == "__main__":
    main(*sys.argv[1:])
