"""Valid pickles of protocols 0 and 1, line by line, as picklers seldom or never write them."""
import zlib

from assemble import assemble

ROWS = [
    ("int-zero", b"I0\n", "INT of one digit 0 is an integer"),
    ("int-one", b"I1\n", "INT of one digit 1 is an integer"),
    ("int-bools", b"(I00\nI01\nt", "INT 00 and 01 are bools"),
    ("int-64-bits", b"(I9223372036854775807\nI9223372036854775808\nI-9223372036854775808\n"
     b"I-9223372036854775809\nt", "INT at the edges of 64 bits"),
    ("int-4300-digits", b"I" + b"9" * 4300 + b"\n", "The most digits of INT"),
    ("long-without-l", b"(L5\nL5L\nL-5\nL0L\nt", "LONG with and without L"),
    ("long-4300-digits", b"L-1" + b"0" * 4299 + b"L\n", "The most digits of LONG"),
    ("float-forms", b"(F1\nF1.\nF.5\nF+1e5\nF1E-5\nF-0\nF00012.50\nF1e+05\nt", "Forms of FLOAT"),
    ("float-words", b"(Finf\nF-Infinity\nF+INF\nFnan\nF-nan\nFNaN\nt", "Words of FLOAT"),
    ("float-edges", b"(F1.7976931348623158e308\nF2.4703282292062327e-324\n"
     b"F2.4703282292062328e-324\nF1e-999\nF0e999999999999999999999\nF2.2250738585072011e-308\nt",
     "FLOAT at the edges of a double"),
    ("float-ties", b"(F9007199254740993\nF9007199254740993.00000000000000000000000000000001\n"
     b"F9007199254740995\nF1e23\nt", "FLOAT half way between two doubles, and a little above"),
    ("float-ties-long", b"(F1.00000000000000011102230246251565404236316680908203125\n"
     b"F1.00000000000000033306690738754696212708950042724609375\n"
     b"F1.000000000000000333066907387546962127089500427246093749\nt",
     "FLOAT half way between two doubles, and a little below, with more than 50 digits"),
    ("float-many-digits", b"(F0." + b"0" * 400 + b"1e400\nF1" + b"0" * 900 + b"1e-900\nF"
     + b"123456789" * 100 + b"e-890\nt", "FLOAT with hundreds of digits"),
    ("string-quotes", b"(S'a\"b'\nS\"a'b\"\nS'a'b'\nS''\nS\"\"\nt", "Quotes of STRING"),
    ("string-escapes", b"S'\\\\\\'\\\"\\a\\b\\f\\n\\r\\t\\v\\0\\12\\1234\\xfF\\x00'\n",
     "Escapes of STRING"),
    ("string-octal-9-bits", b"(S'\\400'\nS'\\777'\nt", "Of an octal escape 8 bits remain"),
    ("string-unknown-escapes", b"S'\\q\\8\\N{x}\\u0041\\ '\n", "Escapes that have no meaning stay"),
    ("string-raw-bytes", b"S'\0\r\t\xe9\xff'\n", "Bytes of STRING that need no escape"),
    ("unicode-empty", b"V\n", "UNICODE of no bytes"),
    ("unicode-escapes", b"V\\u0041\\u00e9\\u4F60\\U0001f600\\U0010FFFF\\u0000\n",
     "Escapes of UNICODE"),
    ("unicode-surrogates", b"(V\\ud83d\\ude00\nV\\ud800\nt", "Surrogates stay what they are"),
    ("unicode-backslashes", b"(V\\\nV\\\\u0041\nV\\\\\\u0041\nV\\n\\x41\nV\\\xe9\nt",
     "A backslash behind a backslash begins no escape"),
    ("unicode-latin1", b"V\x80\xe9\xff\0\r\x1a\n", "Bytes of UNICODE are code points"),
    ("put-get", b"(lp0\n0g0\n", "PUT and GET"),
    ("put-twice", b"I1\np7\n0I2\np7\n0g7\n", "A memo entry is replaced"),
    ("put-get-binary", b"(lp300\n0j" + b"\x2c\1\0\0", "PUT, then LONG_BINGET of the same number"),
    ("list-append", b"(lI1\naI2\na", "LIST and APPEND"),
    ("dict-setitem", b"(dS'a'\nI1\nsS'b'\nI2\ns", "DICT and SETITEM"),
    ("inst", b"(im\nC\n", "INST without arguments"),
    ("inst-arguments", b"(I1\nVa\nim\nC\n", "INST with arguments"),
    ("inst-state", b"(im\nC\np0\n(dS'a'\ng0\nsb", "INST with a state that holds the instance"),
    ("inst-dotted", b"(im.n\nC.D\n", "INST of dotted names"),
    ("inst-builtin", b"((lp0\ni__builtin__\nset\n", "INST of a class with a meaning stays a node"),
    ("obj", b"(cm\nC\no", "OBJ without arguments"),
    ("obj-arguments", b"(cm\nC\nK\1X\1\0\0\0ao", "OBJ with arguments"),
    ("obj-of-object", b"(cm\nf\n(tRo", "OBJ of what a call returned"),
    ("obj-items", b"(cm\nC\noI1\naVk\nI2\ns", "Items and entries of OBJ"),
    ("obj-state", b"(cm\nC\no}b", "OBJ with a state"),
    ("hostile-inst", b"(S'echo'\nios\nsystem\n", "INST of os.system stays a node"),
    ("hostile-obj", b"(cposix\nsystem\nU\4echoo", "OBJ of posix.system stays a node"),
    ("hostile-eval", b"(V1\ni__builtin__\neval\n", "INST of eval stays a node"),
    ("pop-of-mark", b"I1\n(0", "POP drops a mark"),
    ("pop-and-dup", b"((lI1\n02t", "POP drops a value, DUP repeats one"),
    ("proto-0", assemble(("PROTO", 0))[0] + b"I1\n", "PROTO 0"),
    ("proto-1", assemble(("PROTO", 1))[0] + b"K\1", "PROTO 1"),
    ("proto-5", assemble(("PROTO", 5))[0] + b"(I1\nL2L\nF3\nS'4'\nV5\np0\ng0\nim\nC\n",
     "Lines of text in protocol 5"),
    ("begins-with-string-like-lz4", b"V*M\x18\n", "Text that begins as a skippable frame of lz4"),
    ("begins-with-short-like-lz4", b"U*M\x18" + b"x" * 40, "The same, a byte string of 42 bytes"),
    ("begins-with-mark", b"(t", "The first byte may be that of zstd"),
    ("begins-with-list", b"]", "The first byte may be that of lzma"),
    ("begins-with-text", b"X\1\0\0\0a", "The first byte may be that of zlib"),
    ("protocol1-binput", b"]q\0I1\nah\0a", "BINPUT and BINGET in protocol 1"),
]
# Compressed, as they are large.
LONG = [
    ("string-70000", b"S'" + b"\\x41b" * 14000 + b"'\n", "A line of 70,000 bytes"),
    ("unicode-70000", b"V" + b"\xe9" * 70000 + b"\n", "A line of 70,000 bytes"),
    ("float-longest", b"F1." + b"0" * 65533 + b"\n", "The longest line of a number"),
]


def make(writer):
    for name, data, description in ROWS:
        writer.raw("text/" + name, data + b".", description, "pickle.md#text")
    for name, data, description in LONG:
        writer.raw("text/" + name, zlib.compress(data + b".", 9), description, "pickle.md#text",
                   codec="zlib")
