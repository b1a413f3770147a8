"""Files behind bz2, xz, lzma, lz4, zstd and ZF that must be refused."""
import bz2
import lzma
import struct
import zlib

import lz4.frame
import zstandard

from assemble import assemble
from invalid import refuse

PICKLE = assemble(("PROTO", 4), ("SHORT_BINUNICODE", "a value of some length " * 8), "STOP")[0]

# More than bz2 leaves alone in a block that was randomised.
LONG = assemble(("PROTO", 4), ("BINUNICODE", "".join(map(str, range(400)))), "STOP")[0]


def lz4_frame(data, **options):
    return lz4.frame.compress(data, content_checksum=True, **options)


def zf(data, size=None, header=None):
    text = b"0x%x" % (len(data) if size is None else size) if header is None else header
    return b"ZF" + text.ljust(19) + zlib.compress(data)


# name, a function that packs, the bytes of a header
CODECS = [
    ("bz2", bz2.compress, 4),
    ("xz", lzma.compress, 12),
    ("lzma", lambda data: lzma.compress(data, lzma.FORMAT_ALONE), 13),
    ("lz4", lz4_frame, 15),
    ("zstd", zstandard.ZstdCompressor(3, write_checksum=True).compress, 6),
    ("zf", zf, 21),
]
STREAMS = {name: pack(PICKLE) for name, pack, _ in CODECS}


def flip(data, at, mask=1):
    """The bytes with one of them changed."""
    at %= len(data)
    return data[:at] + bytes([data[at] ^ mask]) + data[at + 1:]


def common(name, pack, header):
    """What every codec must notice."""
    stream = STREAMS[name]
    yield "header-only", "TRUNCATED", stream[:header], None, None, "Only a header"
    yield "empty-payload", "TRUNCATED", pack(b""), 0, None, "No pickle inside"
    yield "cut-half", "TRUNCATED", stream[:len(stream) // 2], None, None, "Half of a stream"
    yield "cut-last-byte", "TRUNCATED", stream[:-1], None, None, "All but the last byte"
    yield "pickle-cut", "TRUNCATED", pack(PICKLE[:-1]), len(PICKLE) - 1, None, "No STOP inside"
    yield "trailing", "TRAILING", stream + bytes(8), None, len(stream), "8 bytes after the stream"
    yield ("trailing-one", "TRAILING", stream + b"x", None, len(stream),
           "1 byte after the stream")
    yield ("trailing-inside", "TRAILING", pack(PICKLE + bytes(9)), len(PICKLE), None,
           "Bytes after STOP inside the stream")
    yield ("zeros-inside", "TRAILING", pack(PICKLE + bytes(1 << 20)), len(PICKLE), None,
           "A MiB of zeros after STOP inside the stream")
    yield "zlib-inside", "SYNTAX", pack(zlib.compress(PICKLE)), 0, None, "A zlib stream inside"
    if name != "zf":
        yield ("two-pickles", "TRAILING", stream * 2, len(PICKLE), None,
               "Two streams with a pickle each")
        yield ("second-cut", "TRUNCATED", stream + stream[:header // 2], None, None,
               "Another stream that ends inside its header")


def xz_header(check=4, reserved=0):
    flags = bytes([reserved, check])
    return b"\xfd7zXZ\0" + flags + struct.pack("<I", zlib.crc32(flags))


def xz_block(dictionary):
    """The header of a block with one filter, LZMA2 with a dictionary of 2^(n/2) and so on."""
    header = bytes([2, 0, 0x21, 1, dictionary, 0, 0, 0])
    return header + struct.pack("<I", zlib.crc32(header))


def own_rows():
    """name, status, bytes, offset, file offset, description: what one codec has."""
    packed, xz, alone, lz4f, zstd, old = [STREAMS[name] for name, _, _ in CODECS]
    yield "bz2/block-magic", "CORRUPT", flip(packed, 4), None, None, "A block without its magic"
    yield "bz2/block-crc", "CORRUPT", flip(packed, 10), None, None, "A wrong CRC of a block"
    yield "bz2/stream-crc", "CORRUPT", flip(packed, -3), None, None, "A wrong CRC of the stream"
    yield "bz2/header-0", "SYNTAX", b"BZh0" + packed[4:], 0, 0, "No block size: no bz2"
    yield ("bz2/randomised", "CORRUPT", flip(bz2.compress(LONG), 14, 0x80), None, None,
           "A block that says it was randomised")
    yield ("bz2/selectors", "CORRUPT", with_bits(packed, selectors_at(packed), 15), None, None,
           "32,767 selectors, more than a block has")
    yield ("bz2/empty-streams", "LIMIT", bz2.compress(b"") * 1025 + packed, None, None,
           "1,025 streams in a row that hold nothing")
    yield "xz/header-crc", "CORRUPT", flip(xz, 8), 0, 12, "A wrong CRC of the header"
    yield "xz/block-check", "CORRUPT", flip(xz, -40), None, None, "Damage inside the block"
    yield "xz/footer-crc", "CORRUPT", flip(xz, -12), None, None, "A wrong CRC of the footer"
    yield "xz/footer-magic", "CORRUPT", flip(xz, -1), None, None, "A footer without its magic"
    yield "xz/backward-size", "CORRUPT", xz[:-12] + xz_footer(9), None, None, "A wrong index size"
    yield "xz/header-flags", "UNSUPPORTED", xz_header(4, 1) + xz[12:], None, None, "A reserved flag"
    yield "xz/check-unknown", "UNSUPPORTED", xz_header(15) + xz[12:], None, None, "Check 15"
    yield ("xz/dictionary-1536mib", "LIMIT", xz_header() + xz_block(37) + bytes(64), None, None,
           "A dictionary of 1.5 GiB")
    yield ("xz/padding", "TRAILING", xz + bytes(4), None, len(xz), "4 zeros after the stream")
    yield "xz/padding-3", "TRAILING", xz + bytes(3), None, len(xz), "3 zeros after the stream"
    yield ("xz/index-count", "CORRUPT", xz_with_index(xz, b"\2"), None, None,
           "An index of two records for one block")
    yield ("xz/index-2-60", "CORRUPT", xz_with_index(xz, b"\x80" * 8 + b"\x10"), None, None,
           "An index of 2^60 records")
    yield ("lzma/dictionary-4gib", "SYNTAX", alone[:1] + b"\xff" * 4 + alone[5:], 1, 1,
           "A dictionary of 4 GiB - 1: no lzma")
    yield ("lzma/properties-225", "SYNTAX", b"\xe1" + alone[1:], 0, 0, "Properties of 225: no lzma")
    yield ("lzma/properties-44", "SYNTAX", b"\x2c" + alone[1:], 0, 0,
           "Properties with lc of 8 and lp of 4: no lzma")
    yield ("lzma/dictionary-3gib", "LIMIT", alone[:1] + struct.pack("<I", 3 << 30) + alone[5:],
           None, None, "A dictionary of 3 GiB")
    yield ("lzma/size-short", "CORRUPT", alone[:5] + struct.pack("<Q", 5) + alone[13:], None, None,
           "A size of 5 bytes, and more of them")
    yield ("lzma/size-2-63", "SYNTAX", alone[:5] + struct.pack("<Q", 1 << 63) + alone[13:], 1, 1,
           "A size of 2^63: no lzma")
    yield "lzma/first-byte", "CORRUPT", flip(alone, 13), None, None, "A first byte that is not 0"
    yield "lz4/checksum", "CORRUPT", flip(lz4f, -1), None, None, "A wrong checksum"
    yield ("lz4/block-checksum", "CORRUPT",
           flip(lz4.frame.compress(PICKLE, block_checksum=True), -5), None, None,
           "A wrong checksum of a block")
    yield "lz4/header-checksum", "CORRUPT", flip(lz4f, 14), None, None, "A wrong header checksum"
    yield "lz4/version-2", "CORRUPT", flip(lz4f, 4, 0xc0), None, None, "Version 2"
    yield "lz4/reserved-bit", "CORRUPT", flip(lz4f, 4, 2), None, None, "A reserved bit"
    yield "lz4/block-size-3", "CORRUPT", flip(lz4f, 5, 0x70), None, None, "Block size 3"
    yield "lz4/dictionary", "UNSUPPORTED", flip(lz4f, 4, 1), None, None, "A dictionary"
    yield ("lz4/offset-before-start", "CORRUPT", lz4_block(b"\x10a\x09\0\x50abcde"), None, None,
           "A match before the start")
    yield ("lz4/literals-overflow", "CORRUPT", lz4_block(b"\xf0" + b"\xff" * 64 + b"\0abc"), None,
           None, "More literals than the block has")
    for name, size in [("small", len(PICKLE) - 1), ("large", len(PICKLE) + 1), ("2-63", 1 << 63)]:
        yield ("lz4/size-" + name, "CORRUPT", lz4_with_size(lz4f, size), None, None,
               "A size of %s bytes in the header" % ("2^63" if size >> 63 else "%d" % size))
    yield "zstd/checksum", "CORRUPT", flip(zstd, -1), None, None, "A wrong checksum"
    yield ("zstd/reserved-bit", "UNSUPPORTED", flip(zstd, 4, 8), None, None, "A reserved bit")
    yield ("zstd/window-2tib", "LIMIT", b"\x28\xb5\x2f\xfd\0\xf8" + bytes(16), None, None,
           "A window of 2 TiB")
    yield ("zstd/dictionary", "UNSUPPORTED", b"\x28\xb5\x2f\xfd\1\x58\7" + bytes(16), None, None,
           "A dictionary")
    yield ("zstd/block-type", "CORRUPT", b"\x28\xb5\x2f\xfd\0\x58\7" + bytes(16), None, None,
           "Block type 3")
    yield ("zstd/size-wrong", "CORRUPT", zstd[:5] + bytes([zstd[5] + 1]) + zstd[6:], None, None,
           "A size that is one too large")
    yield "zf/magic-only", "TRUNCATED", b"ZF", None, None, "Only the magic bytes"
    yield "zf/no-size", "CORRUPT", zf(PICKLE, header=b""), 0, 0, "No size"
    yield "zf/size-not-hex", "CORRUPT", zf(PICKLE, header=b"0x5g"), 0, 0, "A size with a g"
    yield ("zf/size-17-digits", "CORRUPT", zf(PICKLE, header=b"0x0" + b"%016x" % len(PICKLE)),
           None, None, "A size of 17 digits")
    yield "zf/size-small", "CORRUPT", zf(PICKLE, len(PICKLE) - 1), None, None, "Too small a size"
    yield "zf/size-large", "CORRUPT", zf(PICKLE, len(PICKLE) + 1), None, None, "Too large a size"
    yield "zf/size-8gib", "CORRUPT", zf(PICKLE, 8 << 30), None, None, "A size of 8 GiB"
    yield "zf/size-2-63", "CORRUPT", zf(PICKLE, 1 << 63), None, None, "A size of 2^63"
    yield "zf/checksum", "CORRUPT", flip(old, -1), None, None, "A wrong Adler-32"
    yield "zf/two-spaces", "CORRUPT", old[:21] + b"  " + old[21:], None, None, "Two more spaces"


def xz_footer(backward):
    fields = struct.pack("<IBB", backward, 0, 4)
    return struct.pack("<I", zlib.crc32(fields)) + fields + b"YZ"


def xz_with_index(stream, count):
    """The stream with another number of records in its index, and checksums that fit."""
    backward = (struct.unpack("<I", stream[-8:-4])[0] + 1) * 4
    records = stream[-12 - backward:-16]
    index = b"\0" + count + records[2:].rstrip(b"\0")
    index += bytes(-len(index) % 4)
    body = stream[:-12 - backward] + index + struct.pack("<I", zlib.crc32(index))
    return body + xz_footer(len(index) // 4)


def selectors_at(stream):
    """The bit where bz2's number of selectors begins: behind the map of the bytes in use."""
    at = 8 * (4 + 6 + 4) + 1 + 24
    return at + 16 + 16 * bits_of(stream, at, 16).count("1") + 3


def bits_of(data, at, count):
    return "".join("{:08b}".format(byte) for byte in data)[at:at + count]


def with_bits(data, at, count):
    """The bytes with some bits set."""
    return (int.from_bytes(data, "big") | ((1 << count) - 1) << 8 * len(data) - at - count).to_bytes(
        len(data), "big")


def lz4_with_size(frame, size):
    """The frame with another content size; the checksum of the header is found by trying."""
    head = frame[:6] + struct.pack("<Q", size)
    for check in range(256):
        try:
            lz4.frame.get_frame_info(head + bytes([check]) + frame[15:])
            return head + bytes([check]) + frame[15:]
        except RuntimeError:
            pass
    raise AssertionError("no checksum fits")


def lz4_block(block):
    """A frame of one block, without checksums of the content."""
    head = lz4.frame.compress(b"", store_size=False)[:7]
    return head + struct.pack("<I", len(block)) + block + bytes(4)


def make(writer):
    for codec, pack, header in CODECS:
        for name, status, data, offset, file_offset, description in common(codec, pack, header):
            put(writer, codec + "/" + name, status, data, offset, file_offset, description)
    for row in own_rows():
        put(writer, *row)


def put(writer, name, status, data, offset, file_offset, description):
    spec = name.split("/")[0]
    refuse(writer, name, status, data, offset, description, "compression.md#" + spec,
           "ZF" if spec == "zf" else spec, file_offset)
