"""The layer of compression: decoded bytes, as far as somebody asks for them."""
import bz2
import lzma
import re
import zlib

from values import Fault

PIECE = 1 << 20
# spec/safety.md#limits
MAX_DECODED = 8 << 30
MAX_EMPTY_STREAMS = 1024
MAX_CODEC_MEMORY = 128 << 20

# spec/container.md#detection
MAGIC = (
    ("gzip", b"\x1f\x8b"), ("xz", b"\xfd7zXZ\0"), ("lz4", b"\x04\x22\x4d\x18"),
    ("zstd", b"\x28\xb5\x2f\xfd"), ("ZF", b"ZF"))
ONE_BYTE_PICKLES = (b"\x28", b"\x5d")
# spec/container.md#foreign
FOREIGN = re.compile(
    rb"PK\x03\x04|PK\x05\x06|\x89HDF\r\n\x1a\n|version https://git-lfs|\x02\x21\x4c\x18|\x1f\x9d"
    rb"|\xff\x06\x00\x00sNaPpY|7z\xbc\xaf\x27\x1c|\{|\x08[\x00-\x1f][\x12\x1a\"\*2:B]"
    rb"|[^\x28\x30\x50\x58\x68\x88\x90\x98].{3}\0\0\0\0\{\"|[ \t\r\n]*<"
    rb"|[\x50-\x53\x57\x59-\x5f]\x2a\x4d\x18", re.S)


class Missing(Exception):
    """A codec that Python's library does not have."""


def is_zlib(data):
    cmf = data[0]
    if cmf == 0x78:
        return True
    return (cmf & 15 == 8 and cmf < 0x78 and cmf not in (0x28, 0x58)
            and len(data) > 1 and (256 * cmf + data[1]) % 31 == 0)


def is_lzma(data):
    size = data[5:13]
    if data[:2] != b"\x5d\0"[:len(data)] or len(data) < 2:
        return False
    dictionary = int.from_bytes(data[1:5], "little")
    powers = [1 << n for n in range(32)] + [3 << n for n in range(31)]
    if len(data) >= 5 and dictionary not in powers:
        return False
    return len(data) < 13 or size == b"\xff" * 8 or int.from_bytes(size, "little") < 1 << 38


def is_bz2(data):
    return data[:3] == b"BZh" and (len(data) < 4 or data[3:4] in (b"%d" % n for n in range(1, 10)))


def detect(data):
    # spec/container.md#detection
    if not data:
        return "raw"
    if is_zlib(data):
        return "zlib"
    for codec, magic in MAGIC:
        if data.startswith(magic):
            return codec
    if is_bz2(data):
        return "bz2" if len(data) > 3 else "cut"
    if is_lzma(data):
        return "lzma" if len(data) > 12 else "cut"
    magics = [magic for _, magic in MAGIC] + [b"BZh", b"\x5d\0"]
    if data not in ONE_BYTE_PICKLES and any(magic.startswith(data) for magic in magics):
        return "cut"
    if FOREIGN.match(data) and not (data[0] % 8 and data[4:10] == b'\0\0\0\0{"'):
        raise Fault("UNSUPPORTED", 0, 0)
    return "raw"


def status_of(error):
    # spec/compression.md#memory, spec/compression.md#xz
    text = str(error)
    if "limit" in text:
        return "LIMIT"
    return "UNSUPPORTED" if "nsupported" in text else "CORRUPT"


def decode(data, at, make, offset):
    """Yields the decoded bytes of one stream; returns where it ends."""
    decoder, piece, full = make(), b"", False
    # A small file goes in byte by byte, so that a fault tells where it is.
    step = 1 if len(data) < 65536 else 65536
    while not decoder.eof:
        if not piece and not full and getattr(decoder, "needs_input", True):
            piece = data[at:at + step]
            at += len(piece)
            if not piece:
                raise Fault("TRUNCATED", None, offset + len(data))
        try:
            out = decoder.decompress(piece, PIECE)
        except (zlib.error, lzma.LZMAError, OSError, ValueError) as error:
            raise Fault(status_of(error), None, offset + at if step == 1 else None) from error
        if getattr(decoder, "check", -1) not in CHECKS:
            raise Fault("UNSUPPORTED", None, None)
        full = len(out) == PIECE
        piece = getattr(decoder, "unconsumed_tail", b"")
        if out:
            yield out
    return at - len(decoder.unused_data)


# spec/compression.md#xz
CHECKS = (-1, lzma.CHECK_UNKNOWN, lzma.CHECK_NONE, lzma.CHECK_CRC32, lzma.CHECK_CRC64,
          lzma.CHECK_SHA256)


def inflate(window):
    return lambda: zlib.decompressobj(window)


def unxz():
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, MAX_CODEC_MEMORY)


def unlzma():
    return lzma.LZMADecompressor(lzma.FORMAT_ALONE, MAX_CODEC_MEMORY)


def single(data, start, make):
    # spec/container.md#zlib, spec/container.md#gzip
    if make is MAKERS["zlib"] and len(data) > start + 1:
        cmf, flg = data[start:start + 2]
        if cmf & 15 == 8 and cmf <= 0x78 and (256 * cmf + flg) % 31 == 0 and flg & 32:
            raise Fault("UNSUPPORTED", None, None)
    return (yield from decode(data, start, make, 0))


def several(codec, data):
    # spec/compression.md#streams
    at, empty = 0, 0
    while True:
        some, stream = False, decode(data[at:] if at else data, 0, MAKERS[codec], at)
        while True:
            try:
                out = next(stream)
            except StopIteration as stop:
                at += stop.value
                break
            some = True
            yield out
        empty = 0 if some else empty + 1
        if empty > MAX_EMPTY_STREAMS:
            raise Fault("LIMIT", None, at)
        rest = data[at:at + 13]
        if not rest or not begins(codec, rest):
            return at


def begins(codec, rest):
    if codec == "bz2" and b"BZh".startswith(rest[:3]):
        cut = len(rest) < 4
    elif codec == "xz" and MAGIC[1][1].startswith(rest[:6]):
        cut = len(rest) < 6
    else:
        cut = codec == "lzma" and len(rest) < 13 and (rest == b"\x5d" or is_lzma(rest))
    if cut:
        raise Fault("TRUNCATED", None, None)
    return {"bz2": is_bz2, "xz": lambda data: data[:6] == MAGIC[1][1], "lzma": is_lzma}[codec](rest)


def zf(data):
    # spec/compression.md#zf
    if len(data) < 21:
        raise Fault("TRUNCATED", None, len(data))
    head = re.fullmatch(rb"ZF0x([0-9a-fA-F]{1,16}) *", data[:21])
    if not head:
        raise Fault("CORRUPT", None, 0)
    size, start, count = int(head.group(1), 16), 21 + (data[21:22] == b" "), 0
    stream = single(data, start, MAKERS["zlib"])
    while True:
        try:
            out = next(stream)
        except StopIteration as stop:
            if count != size:
                raise Fault("CORRUPT", None, None) from stop
            return stop.value
        count += len(out)
        if count > size:
            raise Fault("CORRUPT", None, None)
        yield out


MAKERS = {"zlib": inflate(15), "gzip": inflate(31), "bz2": bz2.BZ2Decompressor,
          "xz": unxz, "lzma": unlzma}


class Source:
    """The decoded stream, of which a part is known, and what came of its end."""

    def __init__(self, data, codec=None):
        self.codec, self.size = codec or detect(data), len(data)
        self.raw = self.codec == "raw"
        self.buffer = data if self.raw else bytearray()
        self.fault = None
        self.pieces = None if self.raw else self.decoder(data)

    def decoder(self, data):
        if self.codec == "cut":
            raise Fault("TRUNCATED", 0, len(data))
        if self.codec in ("lz4", "zstd"):
            raise Missing(self.codec)
        if self.codec == "ZF":
            return zf(data)
        if self.codec in ("zlib", "gzip"):
            return single(data, 0, MAKERS[self.codec])
        return several(self.codec, data)

    def fill(self, end):
        """Decodes until there are so many bytes; tells whether there are."""
        while len(self.buffer) < end and self.pieces is not None:
            try:
                self.buffer += next(self.pieces)
            except StopIteration as stop:
                self.pieces = None
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
