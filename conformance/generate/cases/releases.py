# -*- coding: utf-8 -*-
"""One value by every release of joblib: every codec of the release, every protocol.

Each environment has one release, and they run in the order of their releases. What a later one
writes byte for byte alike is no case of its own: the first case has its release in `also`.
"""
import os
import pickle

import joblib
import numpy as np

from arrays import count, objects

VALUE = [
    {u"c": count("<f8"), u"f": np.asfortranarray(count("<i4"))},
    objects(1, u"a", None, [2.5]),
    [[], [1, [2, (3, [None, True])]]],
    (u"text \xe9", b"bytes", -1, 2 ** 70, 0.5),
]
RELEASE = tuple(int(part) for part in joblib.__version__.split("."))
OLD = [
    ("raw", {}, "Companions", "legacy.md#companions"),
    ("zf", {"compress": 3}, "ZF: arrays stand in the pickle", "legacy.md#z-companions"),
    ("zf-companions", {"compress": 3, "cache_size": 0}, "ZF, and companions of ZF",
     "legacy.md#z-companions"),
]
NEW = [("raw", {}, "No codec", "ndarray.md#wrapper")] + [
    (codec, {"compress": (codec, 3)}, "Behind " + codec,
     ("container.md#" if codec in ("zlib", "gzip") else "compression.md#") + codec)
    for codec in ("zlib", "gzip", "bz2", "xz", "lzma", "lz4")]


def supports(writer, **options):
    """Whether the release takes these options, on this Python."""
    path = writer.path("probe")
    try:
        joblib.dump(None, path, **options)
    except (TypeError, ValueError, NotImplementedError):
        return False
    finally:
        if os.path.exists(path):
            os.remove(path)
    return True


def make(writer):
    suffix = "joblib" + joblib.__version__ + writer.python2()
    for name, options, description, spec in NEW if RELEASE >= (0, 10) else OLD:
        # In Python 2 it writes the repr of the objects there, and cannot read it.
        value = VALUE[:1] + VALUE[2:] if name == "zf-companions" else VALUE
        if supports(writer, **options):
            writer.dump_files("releases/%s-%s" % (name, suffix), value, description, spec,
                              **options)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        if supports(writer, protocol=protocol):
            writer.dump_files("releases/protocol%d-%s" % (protocol, suffix), VALUE,
                              "Protocol %d" % protocol, "pickle.md#opcodes",
                              protocol=protocol)
