"""The layer of compression: decoded bytes, as far as somebody asks for them."""
import bz2
import lzma
import re
import zlib

from values import Fault

PIECE = 1 << 20
# spec/safety.md#limits
MAX_DECODED, MAX_EMPTY_STREAMS, MAX_CODEC_MEMORY = 8 << 30, 1024, 128 << 20
# spec/container.md#detection: the first bytes, and a pattern of the whole header
DICTIONARIES = [1 << n for n in range(32)] + [3 << n for n in range(31)]
CODECS = (("gzip", b"\x1f\x8b", 2), ("bz2", b"BZh", 4), ("xz", b"\xfd7zXZ\0", 6),
          ("lzma", b"\x5d\0", 13), ("lz4", b"\x04\x22\x4d\x18", 4),
          ("zstd", b"\x28\xb5\x2f\xfd", 4), ("ZF", b"ZF", 2))
# spec/container.md#foreign
FOREIGN = re.compile(
    rb"PK\x03\x04|PK\x05\x06|\x89HDF\r\n\x1a\n|version https://git-lfs|\x02\x21\x4c\x18|\x1f\x9d"
    rb"|\xff\x06\x00\x00sNaPpY|7z\xbc\xaf\x27\x1c|\{|\x08[\x00-\x1f][\x12\x1a\"\*2:B]|[ \t\r\n]*<"
    rb"|[\x50-\x53\x57\x59-\x5f]\x2a\x4d\x18")
SAFETENSORS = re.compile(rb"[^\x28\x30\x50\x58\x68\x88\x90\x98].{3}\0\0\0\0\{\"", re.S)
# spec/compression.md#xz
CHECKS = (None, lzma.CHECK_UNKNOWN, lzma.CHECK_NONE, lzma.CHECK_CRC32, lzma.CHECK_CRC64,
          lzma.CHECK_SHA256)
MAKERS = {"zlib": lambda: zlib.decompressobj(15), "gzip": lambda: zlib.decompressobj(31),
          "bz2": bz2.BZ2Decompressor,
          "xz": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, MAX_CODEC_MEMORY),
          "lzma": lambda: lzma.LZMADecompressor(lzma.FORMAT_ALONE, MAX_CODEC_MEMORY)}


class Missing(Exception):
    """A codec that Python's library does not have."""


def is_zlib(data):
    # spec/container.md#detection
    cmf, whole = data[0], int.from_bytes(data[:2], "big")
    return cmf == 0x78 or (cmf & 15 == 8 and cmf < 0x78 and cmf not in (0x28, 0x58)
                           and len(data) > 1 and whole % 31 == 0)


def fits(codec, data):
    # spec/container.md#detection
    if codec == "bz2":
        return len(data) < 4 or data[3:4] in b"123456789"
    if codec == "lzma" and len(data) > 12:
        size = int.from_bytes(data[5:13], "little")
        return int.from_bytes(data[1:5], "little") in DICTIONARIES and (
            size < 1 << 38 or size == (1 << 64) - 1)
    return True


def detect(data):
    """The codec; "cut" if its header is."""
    # spec/container.md#detection
    if data and is_zlib(data):
        return "zlib"
    for codec, magic, size in CODECS:
        if data and data not in (b"\x28", b"\x5d") and magic.startswith(data[:len(magic)]):
            if fits(codec, data):
                return codec if len(data) >= size else "cut"
    if FOREIGN.match(data) or SAFETENSORS.match(data) and data[0] % 8 == 0:
        raise Fault("UNSUPPORTED", 0, 0)
    return "raw"


def status_of(error):
    # spec/compression.md#memory, spec/compression.md#xz
    if "limit" in str(error):
        return "LIMIT"
    return "UNSUPPORTED" if "nsupported" in str(error) else "CORRUPT"


def one(codec, data, at=0):
    """Yields the decoded bytes of one stream; returns where it ends."""
    decoder, piece, full = MAKERS[codec](), b"", False
    # spec/container.md#zlib: the dictionary, in a header without fault
    head = data[at:at + 2]
    if codec == "zlib" and len(head) == 2 and is_zlib(head) and head[1] & 32:
        if int.from_bytes(head, "big") % 31 == 0:
            raise Fault("UNSUPPORTED")
    # A small file goes in byte by byte, so that a fault tells where it is.
    step = 1 if len(data) < 65536 else 65536
    while not decoder.eof:
        if not piece and not full and getattr(decoder, "needs_input", True):
            piece = data[at:at + step]
            at += len(piece)
            if not piece:
                raise Fault("TRUNCATED", None, len(data))
        try:
            out = decoder.decompress(piece, PIECE)
        except (zlib.error, lzma.LZMAError, OSError, ValueError) as error:
            raise Fault(status_of(error), None, at if step == 1 else None) from error
        if getattr(decoder, "check", None) not in CHECKS:
            raise Fault("UNSUPPORTED")
        full, piece = len(out) == PIECE, getattr(decoder, "unconsumed_tail", b"")
        if out:
            yield out
    return at - len(decoder.unused_data)


def several(codec, data):
    # spec/compression.md#streams
    at = empty = 0
    while True:
        start = at
        pieces = one(codec, data, at)
        empty += 1
        while True:
            try:
                out = next(pieces)
            except StopIteration as stop:
                at = stop.value
                break
            empty = 0
            yield out
        if empty > MAX_EMPTY_STREAMS:
            raise Fault("LIMIT", None, at)
        _, magic, size = next(row for row in CODECS if row[0] == codec)
        rest = data[at:at + size]
        if at == start or not rest or not magic.startswith(rest[:len(magic)]) \
                or not fits(codec, rest):
            return at
        if len(rest) < size:
            raise Fault("TRUNCATED")


def zf(data):
    # spec/compression.md#zf
    if len(data) < 21:
        raise Fault("TRUNCATED", None, len(data))
    head = re.fullmatch(rb"ZF0x([0-9a-fA-F]{1,16}) *", data[:21])
    if not head:
        raise Fault("CORRUPT", None, 0)
    left, pieces = int(head.group(1), 16), one("zlib", data, 21 + (data[21:22] == b" "))
    while True:
        try:
            out = next(pieces)
        except StopIteration as stop:
            if left:
                raise Fault("CORRUPT") from stop
            return stop.value
        left -= len(out)
        if left < 0:
            raise Fault("CORRUPT")
        yield out


class Source:
    """The decoded stream, of which a part is known, and the fault at its end."""

    def __init__(self, data, codec=None):
        self.codec, self.size, self.fault = codec or detect(data), len(data), None
        self.raw = self.codec == "raw"
        self.buffer, self.pieces = (data, None) if self.raw else (bytearray(), self.decoder(data))

    def decoder(self, data):
        if self.codec == "cut":
            raise Fault("TRUNCATED", 0, len(data))
        if self.codec in ("lz4", "zstd"):
            raise Missing(self.codec)
        if self.codec == "ZF":
            return zf(data)
        return (one if self.codec in ("zlib", "gzip") else several)(self.codec, data)

    def fill(self, end):
        """Decodes until there are so many bytes; tells whether there are."""
        while len(self.buffer) < end and self.pieces is not None:
            try:
                self.buffer += next(self.pieces)
            except StopIteration as stop:
                self.pieces = None
                # spec/compression.md#offsets
                if stop.value < self.size:
                    self.fault = Fault("TRAILING", len(self.buffer), stop.value)
            except Fault as fault:
                self.pieces, self.fault = None, fault
                fault.offset = len(self.buffer)
        if end > MAX_DECODED and len(self.buffer) > MAX_DECODED:
            raise Fault("LIMIT")
        return len(self.buffer) >= end

    def finish(self, at):
        # spec/container.md#end
        if self.fill(at + 1):
            raise Fault("TRAILING", at, at if self.raw else None)
        if self.fault:
            raise self.fault
