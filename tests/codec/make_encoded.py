"""Writes encoded.tsv: what joblib's own file objects make of a pattern, written in pieces.

Usage: make_encoded.py >encoded.tsv       (any Python 3; needs the environments of
                                           conformance/generate/environments.tsv)
       make_encoded.py --rows CODEC ...   (inside an environment)

A row: codec, level (- for none given), pieces, size and CRC-32 of the file, and the releases of
joblib that give it. Pieces are sizes, 3x100 for three of 100 bytes.
"""
import binascii
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SETTINGS = [("zlib", None), ("zlib", 1), ("zlib", 6), ("zlib", 9), ("gzip", None), ("gzip", 1),
            ("gzip", 9), ("bz2", None), ("bz2", 1), ("xz", None), ("xz", 3), ("xz", 1),
            ("lzma", None), ("lzma", 3), ("lz4", None), ("lz4", 3), ("lz4", 9)]
PIECES = ["", "12", "2500x1000", "1000001x1", "3145851", "1048576,1048576,1", "1048575,2,1048577",
          "5,1048576,70000,2097152,3,1048575,2,900000", "100000,1048577,65536,1179648,1,1310720",
          "7,1048577,7,1245184,65529,1114112,30000,1500000"]
RUNS = [("py3.13-release1.6.0", ["zlib", "gzip", "bz2", "xz", "lzma", "lz4"]),
        ("py3.6-release1.1.1", ["zlib", "lz4"]), ("py3.6-release0.12.0", ["gzip", "xz", "lz4"]),
        ("py2.7-release0.11", ["zlib", "gzip"])]
MOST = 6000000
SLOW = 2200000


def pattern(size):
    """Two pages of noise of 16 symbols, then one that repeats an earlier place."""
    out, noise = bytearray(size), 1
    for i in range(size):
        if i // 4096 % 3 == 2:
            out[i] = out[i - 7000]
        else:
            noise = (noise * 1103515245 + 12345) & 0xffffffff
            out[i] = 0x41 + (noise >> 28)
    return bytes(out)


def sizes(pieces):
    """Yields the sizes of a text of pieces."""
    for part in pieces.split(",") if pieces else []:
        count, _, size = ("1x" + part if "x" not in part else part).partition("x")
        for _ in range(int(count)):
            yield int(size)


def encode(path, codec, level, data, pieces):
    """Writes as joblib.dump() does, with its pickler left out."""
    from joblib.numpy_pickle_utils import _write_fileobject
    at = 0
    with _write_fileobject(path, compress=(codec, level)) as stream:
        for size in sizes(pieces):
            stream.write(data[at:at + size])
            at += size
    with open(path, "rb") as stream:
        return stream.read()


def print_rows(codecs):
    """The rows of this interpreter, on standard output."""
    import joblib
    import tempfile
    data, path = pattern(MOST), os.path.join(tempfile.mkdtemp(), "file")
    early = tuple(int(part) for part in joblib.__version__.split(".")[:2]) < (0, 12)
    for codec, level in [row for row in SETTINGS if row[0] in codecs]:
        for pieces in PIECES:
            if codec != "lz4" and level and not pieces.startswith(("5,", "12")):
                continue
            if codec in ("bz2", "xz", "lzma") and sum(sizes(pieces)) > SLOW:
                continue
            if early and level is None:
                continue  # no level is no choice of those releases
            made = encode(path, codec, level, data, pieces)
            print("\t".join([codec, str(level or "-"), pieces or "-", str(len(made)),
                             "%08x" % (binascii.crc32(made) & 0xffffffff), joblib.__version__]))
    os.remove(path)


def main():
    sys.path.insert(0, os.path.join(HERE, "..", "..", "conformance", "generate"))
    from environments import interpreter
    releases = {}
    for name, codecs in RUNS:
        rows = subprocess.check_output([interpreter(name), __file__, "--rows"] + codecs)
        for line in rows.decode().splitlines():
            row, _, release = line.rpartition("\t")
            releases.setdefault(row, []).append(release)
    print("\t".join(["codec", "level", "pieces", "size", "crc32", "joblib"]))
    for row, found in releases.items():
        print(row + "\t" + " ".join(found))


if __name__ == "__main__":
    print_rows(sys.argv[2:]) if sys.argv[1:2] == ["--rows"] else main()
