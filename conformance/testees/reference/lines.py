"""What the lines of text of protocols 0 and 1 hold."""
import re
import struct

from values import Fault, Value, require

# spec/pickle.md#text
MAX_DIGITS, MAX_INTEGER = 4300, 131072
DECIMAL = re.compile(rb"-?[1-9][0-9]*|0")
FLOAT = re.compile(rb"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"
                   rb"|([+-]?)(?i:inf|infinity|(nan))")
ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|(.)|$)", re.S)
CONTROLS = {b"a": b"\7", b"b": b"\b", b"t": b"\t", b"n": b"\n", b"v": b"\v", b"f": b"\f",
            b"r": b"\r", b"\\": b"\\", b"'": b"'", b'"': b'"'}
UNICODE = re.compile(rb"\\\\|\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\[uU]|(?s:.)")


def decimal(line):
    # spec/pickle.md#text
    require(DECIMAL.fullmatch(line), "SYNTAX")
    require(len(line.lstrip(b"-")) <= MAX_DIGITS, "LIMIT")
    return int(line)


def integer(line):
    # spec/pickle.md#text
    if line in (b"00", b"01"):
        return Value("bool", line == b"01")
    return Value("int", decimal(line))


def long(line):
    # spec/pickle.md#text
    return Value("int", decimal(line[:-1] if line.endswith(b"L") else line))


def binary(data):
    # spec/pickle.md#long1
    require(len(data) <= MAX_INTEGER, "LIMIT")
    return Value("int", int.from_bytes(data, "little", signed=True))


def memo_number(line):
    # spec/pickle.md#text
    require(DECIMAL.fullmatch(line) and len(line) < 11, "SYNTAX")
    require(0 <= int(line) < 1 << 32, "SYNTAX")
    return int(line)


def floating(line):
    # spec/pickle.md#text
    match = FLOAT.fullmatch(line)
    require(match, "SYNTAX")
    if match.group(4):
        return Value("float", bytes.fromhex("fff8" if line[:1] == b"-" else "7ff8") + bytes(6))
    number = float(line)
    require(match.group(1) is None or number not in (float("inf"), float("-inf")), "SYNTAX")
    return Value("float", struct.pack(">d", number))


def unescaped(match):
    octal, hexadecimal, other = match.groups()
    if octal:
        return bytes((int(octal, 8) & 255,))
    if hexadecimal:
        return bytes((int(hexadecimal, 16),))
    require(other and other != b"x", "SYNTAX")
    return CONTROLS.get(other, b"\\" + other)


def string(line):
    # spec/pickle.md#string
    require(len(line) > 1 and line[:1] in (b"'", b'"') and line[:1] == line[-1:], "SYNTAX")
    return Value("py2str", ESCAPE.sub(unescaped, line[1:-1]))


def character(match):
    digits = match.group(1) or match.group(2)
    if not digits:
        require(match.group() not in (b"\\u", b"\\U"), "SYNTAX")
        return match.group().decode("latin-1")
    require(int(digits, 16) <= 0x10FFFF, "SYNTAX")
    return chr(int(digits, 16))


def text(line):
    # spec/pickle.md#unicode
    return Value("str", "".join(map(character, UNICODE.finditer(line))))


def utf8(data):
    # spec/pickle.md#syntax
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise Fault("SYNTAX") from error
