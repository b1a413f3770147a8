"""The containers of joblib files: their names by the first bytes, and decoding."""
MAGICS = [(b"\x78", "zlib"), (b"\x1f\x8b", "gzip"), (b"BZh", "bz2"), (b"\xfd7zXZ\0", "xz"),
          (b"\x5d\0\0", "lzma"), (b"\x04\x22\x4d\x18", "lz4"), (b"\x28\xb5\x2f\xfd", "zstd"),
          (b"ZF0x", "ZF")]


def is_zlib(data):
    """A header of zlib, but for those that begin pickles too. joblib knows only 0x78."""
    first, second = bytearray(data[:2].ljust(2, b"\0"))
    return (len(data) > 1 and first & 15 == 8 and first < 0x78 and first not in bytearray(b"(X")
            and (first << 8 | second) % 31 == 0)


def codec_of(data):
    """The name of a file's codec."""
    if is_zlib(data):
        return "zlib"
    return next((name for magic, name in MAGICS if data.startswith(magic)), "raw")


def decode_lz4(data):
    import io

    import lz4.frame
    return lz4.frame.LZ4FrameFile(io.BytesIO(data)).read()


def decode_zstd(data):
    import zstandard
    return zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True).read()


def decode_zf(data):
    import zlib
    return zlib.decompress(data[21:].lstrip(b" "))


def decode(data):
    """The pickle stream of a file."""
    import bz2
    import gzip
    import lzma
    import zlib
    decoders = {"raw": bytes, "zlib": zlib.decompress, "gzip": gzip.decompress,
                "bz2": bz2.decompress, "xz": lzma.decompress, "lzma": lzma.decompress,
                "lz4": decode_lz4, "zstd": decode_zstd, "ZF": decode_zf}
    return decoders[codec_of(data)](data)
