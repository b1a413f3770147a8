"""Containers that must be refused: detection, zlib, gzip, bytes after the end."""
import struct
import zlib

from assemble import assemble
from invalid import refuse

PICKLE = assemble(("PROTO", 4), ("SHORT_BINUNICODE", "a value of some length " * 8), "STOP")[0]
ZLIB = zlib.compress(PICKLE, 6)


def gzip(data, flags=0, extra=b"", crc=None, size=None):
    """A gzip member with a fixed header."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    body = packer.compress(data) + packer.flush()
    crc = zlib.crc32(data) if crc is None else crc
    size = len(data) if size is None else size
    return b"\x1f\x8b\x08" + bytes([flags]) + bytes(5) + b"\xff" + extra + body + struct.pack(
        "<II", crc, size)


def dynamic_block(length):
    """A last block of deflate with dynamic codes, whose 19 code lengths are all `length`."""
    bits = [1, 0, 1] + [0] * 10 + [1] * 4
    for _ in range(19):
        bits += [length & 1, length >> 1 & 1, length >> 2 & 1]
    bits += [0] * 64
    return bytes(sum(bit << i for i, bit in enumerate(bits[at:at + 8]))
                 for at in range(0, len(bits) - 7, 8))


GZIP = gzip(PICKLE)
RAW_HEADER = b"\x78\x9c"

# name, status, bytes, offset, description: files that are not compressed
RAW = [
    ("empty", "TRUNCATED", b"", 0, "An empty file"),
    ("byte-order-mark", "SYNTAX", b"\xef\xbb\xbf" + PICKLE, 0, "A byte order mark before a pickle"),
    ("byte-order-mark-utf-16", "SYNTAX", b"\xff\xfe" + PICKLE, 0, "A byte order mark of UTF-16"),
    ("bytes-like-bz2", "SYNTAX", b"BZ\0\0\0" + bytes(90) + b".", 0,
     "BINBYTES of 90 bytes without PROTO: it begins as joblib's magic of bz2 does"),
    ("one-byte-list", "TRUNCATED", b"]", 1, "One byte that begins a list, or a header of lzma"),
    ("list-like-lzma", "SYNTAX", b"]\0" + PICKLE, 1, "A list, then joblib's magic of lzma"),
    ("text-like-zlib", "CORRUPT", b"x\0" + PICKLE, None, "The first byte of zlib alone"),
    ("line-ends-of-text", "SYNTAX", b"(lp0\r\nI1\r\na.", 2, "A pickle that was copied as text"),
    ("line-ends-of-binary", "TRUNCATED", b"\x80\2X\r\n\0\0\0ten letters.", 2,
     "A binary pickle in which 0a became 0d 0a"),
    ("unix-compress", "UNSUPPORTED", b"\x1f\x9d\x90" + bytes(9), None, "A file of Unix compress"),
    ("npz-empty", "UNSUPPORTED", b"PK\5\6" + bytes(18), None, "An empty zip file"),
    ("brotli", "SYNTAX", b"\x0b\x02\x80N.\x03", 0, "A brotli stream, which has no magic"),
    ("zip", "UNSUPPORTED", b"PK\3\4" + bytes(26), None, "A zip file"),
    ("hdf5", "UNSUPPORTED", b"\x89HDF\r\n\x1a\n" + bytes(40), None, "An HDF5 file"),
    ("lfs-pointer", "UNSUPPORTED", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
     None, "A pointer of Git LFS"),
    ("html", "UNSUPPORTED", b"<!DOCTYPE html>\n<html></html>\n", None, "A web page"),
    ("safetensors", "UNSUPPORTED", b"\x48" + bytes(7) + b'{"a":{"dtype":"F32","shape":[0]}}',
     None, "A safetensors file"),
    ("onnx", "UNSUPPORTED", b"\x08\x07\x12\x07pytorch", None, "An ONNX model"),
    ("json", "UNSUPPORTED", b'{"learner":{}}\n', None, "JSON text"),
    ("snappy", "UNSUPPORTED", b"\xff\6\0\0sNaPpY" + bytes(9), None, "A snappy stream"),
    ("7z", "UNSUPPORTED", b"7z\xbc\xaf\x27\x1c" + bytes(26), None, "A 7z archive"),
    ("lz4-legacy", "UNSUPPORTED", b"\x02\x21\x4c\x18" + bytes(9), None, "lz4's legacy format"),
    ("skippable-frame", "UNSUPPORTED", b"\x50\x2a\x4d\x18" + bytes(9), None,
     "A skippable frame of lz4 or zstd"),
    ("zeros", "SYNTAX", bytes(4096), 0, "Zeros"),
    ("trailing-byte", "TRAILING", PICKLE + b"\0", len(PICKLE), "One byte after STOP"),
    ("trailing-newline", "TRAILING", PICKLE + b"\n", len(PICKLE), "A line end after STOP"),
    ("trailing-pickle", "TRAILING", PICKLE * 2, len(PICKLE), "Two pickles"),
    ("trailing-zip", "TRAILING", PICKLE + b"PK\3\4" + bytes(26), len(PICKLE),
     "A zip file after a pickle"),
]
# name, status, bytes, offset, file offset, description
CODECS = [
    ("zlib/one-byte", "TRUNCATED", b"\x78", None, None, "The first byte of a zlib header"),
    ("zlib/header-only", "TRUNCATED", RAW_HEADER, None, None, "Only a header"),
    ("zlib/empty-payload", "TRUNCATED", zlib.compress(b""), 0, None, "No pickle inside"),
    ("zlib/cut-half", "TRUNCATED", ZLIB[:len(ZLIB) // 2], None, None, "Half of a stream"),
    ("zlib/cut-before-checksum", "TRUNCATED", ZLIB[:-4], None, None, "No checksum"),
    ("zlib/cut-in-checksum", "TRUNCATED", ZLIB[:-1], None, None, "Three bytes of a checksum"),
    ("zlib/checksum-wrong", "CORRUPT", ZLIB[:-1] + bytes([ZLIB[-1] ^ 1]), None, len(ZLIB),
     "A checksum that differs in one bit"),
    ("zlib/dictionary", "UNSUPPORTED", b"\x78\x20\0\0\0\1" + ZLIB[2:], None, None,
     "A preset dictionary"),
    ("zlib/block-type", "CORRUPT", RAW_HEADER + b"\7" + bytes(8), None, None, "Block type 3"),
    ("zlib/stored-length", "CORRUPT", RAW_HEADER + b"\1\5\0\0\0hello", None, None,
     "A stored block whose lengths disagree"),
    ("zlib/distance", "CORRUPT", RAW_HEADER + b"\x03\x02" + bytes(8), None, None,
     "A distance before the start"),
    ("zlib/code-lengths-oversubscribed", "CORRUPT", RAW_HEADER + dynamic_block(1), None, None,
     "Nineteen codes of one bit"),
    ("zlib/code-lengths-incomplete", "CORRUPT", RAW_HEADER + dynamic_block(7), None, None,
     "Nineteen codes of seven bits"),
    ("zlib/header-check", "CORRUPT", b"\x78\x9d" + ZLIB[2:], 0, 2,
     "A header that is no multiple of 31"),
    ("zlib/method-7", "SYNTAX", b"\x77\x85" + ZLIB[2:], 0, 0, "Method 7: no zlib"),
    ("zlib/window-16", "SYNTAX", b"\x88\x1c" + ZLIB[2:], 0, 0, "A window of 64 KiB: no zlib"),
    ("zlib/raw-deflate", "SYNTAX", ZLIB[2:-4], 0, 0, "A deflate stream without header"),
    ("zlib/no-last-block", "TRUNCATED", RAW_HEADER + b"\0\0\0\xff\xff" * 4, None, None,
     "Empty blocks and no last one"),
    ("zlib/trailing", "TRAILING", ZLIB + bytes(8), None, len(ZLIB), "8 bytes after the stream"),
    ("zlib/trailing-one", "TRAILING", ZLIB + b"x", None, len(ZLIB), "1 byte after the stream"),
    ("zlib/two-streams", "TRAILING", ZLIB * 2, None, len(ZLIB), "Two streams"),
    ("zlib/trailing-inside", "TRAILING", zlib.compress(PICKLE + bytes(9)), len(PICKLE), None,
     "Bytes after STOP inside the stream"),
    ("zlib/zeros-inside", "TRAILING", zlib.compress(PICKLE + bytes(1 << 20), 9), len(PICKLE), None,
     "A MiB of zeros after STOP inside the stream"),
    ("zlib/twice", "SYNTAX", zlib.compress(ZLIB), 0, None, "zlib in zlib"),
    ("zlib/pickle-cut", "TRUNCATED", zlib.compress(PICKLE[:-1]), len(PICKLE) - 1, None,
     "A whole stream that holds a pickle without STOP"),
    ("gzip/magic-only", "TRUNCATED", b"\x1f\x8b", None, None, "Only the magic bytes"),
    ("gzip/header-only", "TRUNCATED", GZIP[:10], None, None, "Only a header"),
    ("gzip/empty-payload", "TRUNCATED", gzip(b""), 0, None, "No pickle inside"),
    ("gzip/cut-half", "TRUNCATED", GZIP[:len(GZIP) // 2], None, None, "Half of a member"),
    ("gzip/cut-before-trailer", "TRUNCATED", GZIP[:-8], None, None, "No trailer"),
    ("gzip/cut-in-size", "TRUNCATED", GZIP[:-1], None, None, "Three bytes of the size"),
    ("gzip/crc-wrong", "CORRUPT", gzip(PICKLE, crc=1), None, len(GZIP) - 4, "A wrong CRC"),
    ("gzip/size-wrong", "CORRUPT", gzip(PICKLE, size=len(PICKLE) + 1), None, len(GZIP),
     "A wrong size"),
    ("gzip/size-2-32", "CORRUPT", gzip(PICKLE, size=0xffffffff), None, None,
     "A size of 2^32 - 1"),
    ("gzip/empty-members", "TRAILING", gzip(b"") * 3 + GZIP, None, None,
     "Empty members before the pickle"),
    ("gzip/value-in-two-members", "TRAILING", gzip(PICKLE[:40]) + gzip(PICKLE[40:]), None,
     len(gzip(PICKLE[:40])), "A pickle in two members"),
    ("gzip/name-without-end", "TRUNCATED", GZIP[:3] + b"\x08" + GZIP[4:10] + b"name" * 9, None,
     None, "A file name without end"),
    ("gzip/method-7", "CORRUPT", GZIP[:2] + b"\7" + GZIP[3:], None, None, "Method 7"),
    ("gzip/reserved-flags", "CORRUPT", gzip(PICKLE, 0xe0), None, None, "Reserved flags"),
    ("gzip/header-crc-wrong", "CORRUPT", gzip(PICKLE, 2, b"\0\0"), 0, 12,
     "A wrong CRC of the header"),
    ("gzip/trailing", "TRAILING", GZIP + b"trailing", None, len(GZIP), "8 bytes after the member"),
    ("gzip/trailing-zeros", "TRAILING", GZIP + bytes(64), None, len(GZIP), "64 zeros after it"),
    ("gzip/twice", "SYNTAX", gzip(GZIP), 0, None, "gzip in gzip"),
    ("gzip/zlib-inside", "SYNTAX", gzip(ZLIB), 0, None, "zlib in gzip"),
]


def make(writer):
    for name, status, data, offset, description in RAW:
        refuse(writer, "file/" + name, status, data, offset, description, "container.md#detection")
    for name, status, data, offset, file_offset, description in CODECS:
        codec = name.split("/")[0]
        refuse(writer, name, status, data, offset, description, "container.md#" + codec, codec,
               file_offset)
