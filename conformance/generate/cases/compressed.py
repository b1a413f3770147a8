"""Files behind bz2, xz, lzma, lz4, zstd and ZF: by joblib, and in forms that it only reads."""
import os
import pickle
import sys

import joblib
import numpy as np

from containers import codec_of, decode_zf
from writer import protocol_of, versions

TEXT = u"a text of some length, twice: " * 2
OBJECTS = np.empty(2, dtype=object)
OBJECTS[:] = [u"in", [1]]
VALUES = [
    ("none", None, "None"),
    ("list", [list(range(101)), TEXT, 2.5], "A list and a text"),
    ("arrays", {"a": np.arange(6, dtype="<i4").reshape(2, 3), "b": [np.zeros((0, 2)), TEXT],
                "c": np.asfortranarray(np.arange(6.0).reshape(2, 3))}, "Arrays in containers"),
    ("objects", [OBJECTS, 1], "An array of objects"),
]
# More than a block of lz4, of zstd and of bz2 at level 1 holds.
BLOCKS = u"".join(u"%05d" % (i * i * i % 99991) for i in range(2000)) * 15


def released(writer):
    """The codecs that joblib writes in this environment, with levels."""
    if sys.version_info[0] == 2:
        return [("bz2", (1, 3, 9))]
    with_lz4 = writer.environment not in ("py3.6-joblib0.10",)
    return [("bz2", (1, 3, 9)), ("xz", (0, 3, 6)), ("lzma", (0, 3, 6))] + (
        [("lz4", (1, 3, 9))] if with_lz4 else [])


def make(writer):
    if tuple(int(part) for part in joblib.__version__.split(".")[:2]) < (0, 10):
        return make_old(writer)
    for codec, levels in released(writer):
        spec = "compression.md#" + codec
        for name, value, description in VALUES:
            writer.dump("%s/%s-%s" % (codec, name, writer.release()), value,
                        description + ", behind " + codec, spec, compress=(codec, levels[1]))
        for level in levels:
            writer.dump("%s/level-%d-%s" % (codec, level, writer.release()), [TEXT * 40, level],
                        "Level %d" % level, spec, compress=(codec, level))
    if sys.version_info >= (3, 13):
        make_forms(writer)


def make_old(writer):
    """ZF: joblib before 0.10 writes into files only."""
    path = os.path.join(writer.out, "old.pkl")
    for name, value, description in VALUES + [("texts", [TEXT * 40], "A longer text")]:
        joblib.dump(value, path, compress=3)
        with open(path, "rb") as stream:
            data = stream.read()
        assert codec_of(data) == "ZF" and len(os.listdir(writer.out)) > 0
        writer.raw("zf/%s-%s" % (name, writer.release()), data, description + ", behind ZF",
                   "compression.md#zf", codec="ZF", protocol=protocol_of(decode_zf(data)),
                   tags=versions())
        os.remove(path)


def make_forms(writer):
    """What the formats allow and joblib does not write, but reads (zstd: other programs)."""
    data = pickle.dumps([TEXT, list(range(100))], 4)
    cut = len(data) // 2
    for codec, name, content, description in forms(data, data[:cut], data[cut:],
                                                   pickle.dumps([BLOCKS, 1], 4)):
        page = "container.md#" if codec in ("zlib", "gzip") else "compression.md#"
        # What joblib itself does not read, a reader need not.
        more = {"need": "recommended"} if name.startswith("window-") else {}
        writer.raw("%s/%s" % (codec, name), content, description, page + codec,
                   codec=codec, protocol="4", **more)


def xz_number(number):
    """A number of xz: seven bits a byte, the lowest first."""
    out = b""
    while number > 0x7f:
        out, number = out + bytes([number & 0x7f | 0x80]), number >> 7
    return out + bytes([number])


def xz_blocks(parts):
    """A xz stream of one block a part, which tells its sizes, as encoders with threads do."""
    import lzma
    import struct
    import zlib

    def summed(data):
        return data + struct.pack("<I", zlib.crc32(data))

    flags = b"\0\1"
    out, records = b"\xfd7zXZ\0" + summed(flags), b""
    for part in parts:
        body = lzma.compress(part, lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA2,
                                                              "dict_size": 1 << 16}])
        fields = b"\xc0" + xz_number(len(body)) + xz_number(len(part)) + b"\x21\1\x08"
        fields += bytes(-(len(fields) + 1) % 4)
        header = summed(bytes([(len(fields) + 1 + 4) // 4 - 1]) + fields)
        records += xz_number(len(header) + len(body) + 4) + xz_number(len(part))
        out += header + body + bytes(-len(body) % 4) + struct.pack("<I", zlib.crc32(part))
    index = b"\0" + xz_number(len(parts)) + records
    index = summed(index + bytes(-len(index) % 4))
    footer = struct.pack("<I", len(index) // 4 - 1) + flags
    return out + index + struct.pack("<I", zlib.crc32(footer)) + footer + b"YZ"


def gzip_fields(data):
    """gzip's optional fields: what Python's gzip writes, and all there are."""
    import gzip
    import io
    import struct
    import zlib

    named = io.BytesIO()
    with gzip.GzipFile("model.joblib", "wb", 6, named, mtime=1000000000) as stream:
        stream.write(data)
    yield "gzip", "name-and-time", named.getvalue(), "A name and a time in the header"
    body = gzip.compress(data, 6, mtime=0)[10:]
    header = b"\x1f\x8b\x08\x1f" + struct.pack("<I", 1000000000) + b"\x00\x03"
    header += struct.pack("<H", 6) + b"ab\x02\x00xy" + b"model.joblib\0" + b"a comment\0"
    header += struct.pack("<H", zlib.crc32(header) & 0xffff)
    yield "gzip", "all-fields", header + body, "An extra field, name, comment, header checksum"


def forms(data, first, second, blocks):
    import bz2
    import lzma
    import zlib

    import lz4.frame
    import zstandard

    def alone(part):
        return lzma.compress(part, lzma.FORMAT_ALONE)

    def xz(part, filters=None, check=-1):
        return lzma.compress(part, lzma.FORMAT_XZ, check, filters=filters)

    def zstd(part, level=3, **options):
        return zstandard.ZstdCompressor(level, **options).compress(part)

    for bits in (9, 11, 14):
        packer = zlib.compressobj(6, zlib.DEFLATED, bits)
        yield ("zlib", "window-%d" % (1 << bits), packer.compress(data) + packer.flush(),
               "A window of %d bytes, which joblib itself takes for a pickle" % (1 << bits))
    for form in gzip_fields(data):
        yield form
    lzma2 = {"id": lzma.FILTER_LZMA2}
    for codec, pack in [("bz2", bz2.compress), ("xz", xz), ("lzma", alone),
                        ("lz4", lz4.frame.compress), ("zstd", zstd)]:
        yield codec, "two-streams", pack(first) + pack(second), "A pickle in two streams"
        yield codec, "empty-stream-first", pack(b"") + pack(data), "A stream of nothing, then one"
    for codec, packed in [("bz2", bz2.compress(blocks, 1)), ("lz4", lz4.frame.compress(blocks)),
                          ("zstd", zstd(blocks))]:
        yield codec, "blocks", packed, "More than one block holds"
    for name, check in [("none", lzma.CHECK_NONE), ("crc32", lzma.CHECK_CRC32),
                        ("sha256", lzma.CHECK_SHA256)]:
        yield "xz", "check-" + name, xz(data, check=check), "The check " + name
    yield "xz", "delta", xz(data, [{"id": lzma.FILTER_DELTA, "dist": 4}, lzma2]), "A delta filter"
    yield "xz", "x86", xz(data, [{"id": lzma.FILTER_X86}, lzma2]), "A filter for x86"
    yield "xz", "four-filters", xz(data, [
        {"id": lzma.FILTER_DELTA, "dist": 2}, {"id": lzma.FILTER_X86}, {"id": lzma.FILTER_ARM},
        lzma2]), "Four filters in a row"
    yield "xz", "blocks-with-sizes", xz_blocks([first, second]), "Two blocks that tell their sizes"
    for name, options in [("checksum", {"content_checksum": True}),
                          ("block-checksum", {"block_checksum": True}),
                          ("no-size", {"store_size": False}),
                          ("independent", {"block_linked": False}),
                          ("blocks-4mib", {"block_size": lz4.frame.BLOCKSIZE_MAX4MB})]:
        yield "lz4", name, lz4.frame.compress(data, **options), "lz4 with the option " + name
    for level in (-5, 1, 3, 19, 22):
        yield "zstd", "level-%d" % level, zstd(data, level), "Level %d" % level
    yield "zstd", "checksum", zstd(data, write_checksum=True), "A checksum"
    yield "zstd", "no-size", zstd(data, write_content_size=False), "No size in the header"
