"""The stream of decoded bytes: which codec a file has, and where the reader stands."""
import bz2
import lzma
import re
import zlib
from values import Fault, require

MAX_DECODED, MAX_EMPTY, MAX_CODEC_MEMORY = 8 << 30, 1024, 128 << 20  # safety.md section 2
# container.md section 1: first bytes, size of the header, how the whole header is
DICTIONARIES = [1 << power for power in range(32)] + [3 << power for power in range(31)]
LZMA = rb".(?:%s)(?:\xff{8}|.{4}[\0-\x3f]\0{3})" % b"|".join(
    re.escape(size.to_bytes(4, "little")) for size in DICTIONARIES)
CODECS = {"gzip": (b"\x1f\x8b", 2, b""), "bz2": (b"BZh", 4, rb"BZh[1-9]"),
          "xz": (b"\xfd7zXZ\0", 6, b""), "lzma": (b"\x5d\0", 13, LZMA), "zf": (b"ZF", 2, b""),
          "lz4": (b"\x04\x22\x4d\x18", 4, b""), "zstd": (b"\x28\xb5\x2f\xfd", 4, b"")}
FOREIGN = re.compile(  # container.md section 2
    rb"PK\x03\x04|PK\x05\x06|\x89HDF\r\n\x1a\n|version https://git-lfs|\x02\x21\x4c\x18|\x1f\x9d"
    rb"|\xff\x06\x00\x00sNaPpY|7z\xbc\xaf\x27\x1c|\{|\x08[\x00-\x1f][\x12\x1a\"\*2:B]|[ \t\r\n]*<"
    rb"|[\x50-\x53\x57\x59-\x5f]\x2a\x4d\x18|[\0\x08\x10\x18\x20\x38\x40\x48\x60\x70\x78\x80\xa0"
    rb"\xa8\xb0\xb8\xc0\xc8\xd0\xd8\xe0\xe8\xf0\xf8](?s:.{3})\0{4}\{\"")
DECODERS = {  # container.md sections 3 and 4, compression.md sections 6 to 9
    "zlib": lambda: zlib.decompressobj(15), "gzip": lambda: zlib.decompressobj(31),
    "bz2": bz2.BZ2Decompressor, **dict.fromkeys(
        ("xz", "lzma"), lambda: lzma.LZMADecompressor(memlimit=MAX_CODEC_MEMORY))}
CHECKS = (None, 0, 1, 4, 10, lzma.CHECK_UNKNOWN)  # compression.md section 8: those of xz
# What the messages of the decoders say; zlib's error 2 is a preset dictionary.
REASONS = {"limit": "LIMIT", "nsupported": "UNSUPPORTED", "Error 2 ": "UNSUPPORTED", "": "CORRUPT"}

def begins(codec, data):  # container.md section 1: with a header, or the first bytes of one
    magic, size, header = CODECS[codec]
    return data and magic.startswith(data[:len(magic)]) and (
        len(data) < size or re.match(header, data, re.S))
def detect(data):  # container.md section 1
    if data[:1] == b"\x78" or len(data) > 1 and data[0] & 15 == 8 and data[0] < 0x78 \
            and data[0] not in (0x28, 0x58) and int.from_bytes(data[:2], "big") % 31 == 0:
        return "zlib"
    codec = next((codec for codec in CODECS if begins(codec, data)), None)
    if codec and data not in (b"\x28", b"\x5d"):
        require(len(data) >= CODECS[codec][1], "TRUNCATED", 0, len(data))
        return codec
    require(not FOREIGN.match(data), "UNSUPPORTED", 0, 0)  # container.md section 2
    return "raw"
def decode_stream(codec, data, at, decoded):  # decodes one, and returns where it ends
    decoder = DECODERS[codec]()
    step = 1 if len(data) < 1 << 16 else 1 << 16  # A small file tells where the fault is.
    while not decoder.eof:
        require(at < len(data), "TRUNCATED", None, len(data))
        piece, at = data[at:at + step], min(at + step, len(data))
        try:
            decoded += decoder.decompress(piece)
        except (zlib.error, lzma.LZMAError, OSError, ValueError) as error:
            status = next(REASONS[words] for words in REASONS if words in str(error))
            raise Fault(status, None, at if step == 1 else None) from None
        require(getattr(decoder, "check", None) in CHECKS, "UNSUPPORTED")
        require(len(decoded) <= MAX_DECODED, "LIMIT")  # compression.md section 3
    return at - len(decoder.unused_data)
def decode_all(codec, data, decoded):
    if codec == "zf":  # compression.md section 12
        require(len(data) > 20, "TRUNCATED", None, len(data))
        size = re.match(rb"ZF0x([0-9a-fA-F]{1,16}) *\Z", data[:21])
        require(size, "CORRUPT", None, 0)
        end = decode_stream("zlib", data, 21 + (data[21:22] == b" "), decoded)
        require(len(decoded) == int(size.group(1), 16), "CORRUPT")
        return end
    end, empty = decode_stream(codec, data, 0, decoded), not decoded
    while codec not in ("zlib", "gzip") and begins(codec, data[end:end + 13]):
        require(len(data) - end >= CODECS[codec][1], "TRUNCATED")  # compression.md section 5
        size, end = len(decoded), decode_stream(codec, data, end, decoded)
        empty = 0 if len(decoded) > size else empty + 1
        require(empty <= MAX_EMPTY, "LIMIT")
    return end

class Stream:
    """The decoded bytes, the opcode at work, the place behind it, and the fault at the end."""
    def __init__(self, data, codec=None):
        codec = codec or detect(data)
        if codec in ("lz4", "zstd"):  # Python's library has neither.
            raise NotImplementedError(codec)
        self.raw, self.failed, self.decoded = codec == "raw", None, data
        self.at, self.opcode, self.opcodes, self.frame = 0, 0, 0, None
        if not self.raw:
            self.decoded = bytearray()
            try:  # compression.md section 4
                end = decode_all(codec, data, self.decoded)
                require(end == len(data), "TRAILING", None, end)
            except Fault as fault:
                self.failed = Fault(fault.args[0], len(self.decoded), *fault.args[2:])
    def take(self, size):
        end = self.at + size
        if end > len(self.decoded):  # pickle.md section 8
            raise self.failed or Fault("TRUNCATED")
        require(self.frame is None or end <= self.frame, "SYNTAX")  # pickle.md section 5, rule 2
        data, self.at = bytes(self.decoded[self.at:end]), end
        return data
    def line(self, limit):  # pickle.md section 1.1
        end = self.decoded.find(b"\n", self.at)
        size = (len(self.decoded) if end < 0 else end) - self.at
        require(size <= limit, "LIMIT")
        return self.take(size + 1)[:-1]
    def end(self):  # container.md section 5
        require(self.at == len(self.decoded), "TRAILING", *self.place(self.at))
        if self.failed: raise self.failed
    def place(self, at):  # compression.md section 4
        return at, at if self.raw else None
