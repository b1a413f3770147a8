"""The machine that runs a pickle, makes values of it, and calls nothing."""
import codecs
import re
import struct
from arrays import CALLS, build_dtype, build_wrapper, rebuild
from legacy import build_npy, build_zf
from values import MAX_DEPTH, Fault, Keys, Value, matches, require

# safety.md section 2; LIMITS are those of stack, marks, memo, opcodes and memory
LIMITS = (1_000_000, MAX_DEPTH, 50_000_000, 100_000_000, 4 << 30)
MAX_DIGITS, MAX_INTEGER, MAX_TEXT, MAX_LINE, MAX_NAME = 4300, 131072, 1 << 30, 65535, 512
# pickle.md section 2: byte, name, protocol, operand, what is taken from the stack (how many values,
# their kinds, or all above a mark), what is done. An operand is a row of READERS, or the size in
# bytes of an integer (u, i) or of the size of data (s); a colon stands before a row of DECODERS.
OPCODES = """
28 MARK 0 - 0 mark; 2e STOP 0 - 0 stop; 30 POP 0 - 0 pop; 31 POP_MARK 1 - mark drop;
32 DUP 0 - 1 dup; 46 FLOAT 0 line:float 0 push float; 49 INT 0 line:integer 0 push int;
4a BININT 1 i4 0 push int; 4b BININT1 1 u1 0 push int; 4c LONG 0 line:long 0 push int;
4d BININT2 1 u2 0 push int; 4e NONE 0 none 0 push none; 50 PERSID 0 - 0 refuse;
51 BINPERSID 1 - 0 refuse; 52 REDUCE 0 - global|object,tuple reduce;
53 STRING 0 text:string 0 push py2str; 54 BINSTRING 1 i4s 0 push py2str;
55 SHORT_BINSTRING 1 s1 0 push py2str; 56 UNICODE 0 text:escapes 0 push str;
58 BINUNICODE 1 s4:utf8 0 push str; 61 APPEND 0 - 1 fill list; 62 BUILD 0 - object|dtype,any build;
63 GLOBAL 0 names 0 push global; 64 DICT 0 - mark make dict; 65 APPENDS 1 - mark fill list;
67 GET 0 line:memo 0 get; 68 BINGET 1 u1 0 get; 69 INST 0 - mark inst; 6a LONG_BINGET 1 u4 0 get;
6c LIST 0 - mark make list; 6f OBJ 1 - mark obj; 70 PUT 0 line:memo 1 put; 71 BINPUT 1 u1 1 put;
72 LONG_BINPUT 1 u4 1 put; 73 SETITEM 0 - 2 fill dict; 74 TUPLE 0 - mark make tuple;
75 SETITEMS 1 - mark fill dict; 29 EMPTY_TUPLE 1 - 0 make tuple; 5d EMPTY_LIST 1 - 0 make list;
7d EMPTY_DICT 1 - 0 make dict; 47 BINFLOAT 1 f8 0 push float; 80 PROTO 0 u1 0 proto;
81 NEWOBJ 2 - global|object,tuple new newobj; 82 EXT1 2 - 0 refuse; 83 EXT2 2 - 0 refuse;
84 EXT4 2 - 0 refuse; 85 TUPLE1 2 - 1 make tuple; 86 TUPLE2 2 - 2 make tuple;
87 TUPLE3 2 - 3 make tuple; 88 NEWTRUE 2 true 0 push bool; 89 NEWFALSE 2 false 0 push bool;
8a LONG1 2 s1:binary 0 push int; 8b LONG4 2 i4s:binary 0 push int; 42 BINBYTES 3 s4 0 push bytes;
43 SHORT_BINBYTES 3 s1 0 push bytes; 8c SHORT_BINUNICODE 4 s1:utf8 0 push str;
8d BINUNICODE8 4 s8:utf8 0 push str; 8e BINBYTES8 4 s8 0 push bytes; 8f EMPTY_SET 4 - 0 make set;
90 ADDITEMS 4 - mark fill set; 91 FROZENSET 4 - mark make frozenset;
92 NEWOBJ_EX 4 - global|object,tuple,dict new newobj_ex; 93 STACK_GLOBAL 4 - str,str global;
94 MEMOIZE 4 - 1 memoize; 95 FRAME 4 u8 0 frame; 96 BYTEARRAY8 5 s8 0 push bytearray;
97 NEXT_BUFFER 5 - 0 refuse; 98 READONLY_BUFFER 5 - 0 refuse
"""
TABLE = {int(row.split()[0], 16): row.split()[1:] for row in OPCODES.split(";")}
DECIMAL = re.compile(rb"-?[1-9][0-9]*|0")  # pickle.md section 2.3
NAME = re.compile(r"[^\0- \x7f]+")  # pickle.md section 6

def decoded(decode, data, *how):
    try:
        return decode(data, *how)
    except ValueError:
        raise Fault("SYNTAX") from None
def decimal(line):  # pickle.md section 2.3
    require(DECIMAL.fullmatch(line), "SYNTAX")
    require(len(line.lstrip(b"-")) <= MAX_DIGITS, "LIMIT")
    return int(line)
def memo_number(line):  # pickle.md section 2.3
    require(0 <= decimal(line) < 1 << 32, "SYNTAX")
    return int(line)
def decimal_float(line):  # pickle.md section 2.3
    require(re.fullmatch(rb"[-+.0-9A-Za-z]+", line), "SYNTAX")
    number = decoded(float, line)
    require(abs(number) != float("inf") or b"n" in line.lower(), "SYNTAX")
    return struct.pack(">d", number)
def binary_integer(data):  # pickle.md section 2.1
    require(len(data) <= MAX_INTEGER, "LIMIT")
    return int.from_bytes(data, "little", signed=True)
def string(line):  # pickle.md section 2.3: Python's own pickle decodes the escapes so
    require(len(line) > 1 and line[:1] in (b"'", b'"') and line[:1] == line[-1:], "SYNTAX")
    return decoded(codecs.escape_decode, line[1:-1])[0]
def text(data):  # pickle.md section 1, rule 5
    return decoded(bytes.decode, data, "utf-8", "surrogatepass")
def checked_name(name):  # pickle.md section 6
    require(len(name.encode("utf-8", "surrogatepass")) <= MAX_NAME, "LIMIT")
    require(NAME.fullmatch(name), "SYNTAX")
    return name

READERS = {  # pickle.md section 1.1
    "none": lambda stream: None, "true": lambda stream: True, "false": lambda stream: False,
    "line": lambda stream: stream.line(MAX_LINE), "text": lambda stream: stream.line(MAX_TEXT),
    "f8": lambda stream: stream.take(8),
    "names": lambda stream: tuple(checked_name(text(stream.line(MAX_LINE))) for _ in range(2))}
DECODERS = {  # pickle.md section 2.3
    "": lambda data: data, "memo": memo_number, "float": decimal_float, "string": string,
    "integer": lambda line: line == b"01" if line in (b"00", b"01") else decimal(line),
    "long": lambda line: decimal(line[:-1] if line.endswith(b"L") else line), "utf8": text,
    "binary": binary_integer,
    "escapes": lambda line: decoded(bytes.decode, line, "raw_unicode_escape")}

def operand(stream, word):  # pickle.md section 1.1
    kind, _, decoder = word.partition(":")
    if kind in READERS: return DECODERS[decoder](READERS[kind](stream))
    data = int.from_bytes(stream.take(int(kind[1])), "little", signed=kind[0] == "i")
    if "s" in kind:
        require(data >= 0, "SYNTAX")  # pickle.md section 1, rule 6
        data = stream.take(data)
        require(len(data) <= MAX_TEXT, "LIMIT")
    return DECODERS[decoder](data)

BUILDERS = {(module, name): build  # ndarray.md section 1, legacy.md section 1
            for module in ("joblib.numpy_pickle", "sklearn.externals.joblib.numpy_pickle")
            for name, build in (("NumpyArrayWrapper", build_wrapper),
                                ("NDArrayWrapper", build_npy), ("ZNDArrayWrapper", build_zf))}
ACTIONS = {  # what an opcode puts on the stack
    "push": lambda run, kind, data: [Value("bool" if isinstance(data, bool) else kind, data)],
    "mark": lambda run: run.marks.append(len(run.stack)),
    "drop": lambda run, *values: [], "dup": lambda run, value: [value, value],
    "refuse": lambda run: require(False, "UNSUPPORTED"),  # pickle.md section 9
    "memoize": lambda run, value: run.put(len(run.memo), value),  # pickle.md section 4
    "global": lambda run, *names: [
        Value("global", tuple(checked_name(name.data) for name in names))],
    "new": lambda run, form, callee, *holders: [  # pickle.md section 7
        run.instance(form, callee, holders[0].data, *holders)]}

class Machine:
    """One pickle. A nested one has a machine of its own."""
    def __init__(self, stream, outer=None, folder=None):
        self.stream, self.outer, self.folder, self.begin = stream, outer, folder, stream.at
        self.stack, self.marks, self.memo, self.protocol, self.unbuilt = [], [], {}, 0, 0
        self.keys = outer.keys if outer else Keys()
    def run(self):
        outer = self.stream.opcode
        while self.step() != "STOP": pass
        self.stream.opcode = outer
        return self.stack[0]
    def step(self):  # pickle.md section 1
        stream = self.stream
        if stream.frame is not None and stream.at >= stream.frame: stream.frame = None
        stream.opcode, stream.opcodes = stream.at, stream.opcodes + 1
        row = TABLE.get(stream.take(1)[0])
        require(row, "SYNTAX")
        name, protocol, word, kinds, action, *words = row
        require(int(protocol) <= max(self.protocol, 1), "SYNTAX")
        operands = [] if word == "-" else [operand(stream, word)]
        action = ACTIONS.get(action) or getattr(Machine, action)
        self.stack += action(self, *words, *operands, *self.take(kinds)) or []
        sizes = len(self.stack), len(self.marks), len(self.memo), stream.opcodes, stream.at
        require(all(size <= limit for size, limit in zip(sizes, LIMITS)), "LIMIT")
        return name
    def take(self, kinds):  # pickle.md section 3
        floor = self.marks[-1] if self.marks else 0
        if kinds == "mark":
            start = self.marks.pop() if self.marks else -1
        else:
            start = len(self.stack) - (int(kinds) if kinds.isdigit() else kinds.count(",") + 1)
        require(start >= floor, "STACK")
        values, self.stack[start:] = self.stack[start:], []
        require("," not in kinds or matches(values, kinds.replace(",", " ")), "TYPE")
        return values
    def pop(self):  # pickle.md section 3, rule 5
        self.take("mark" if self.marks and self.marks[-1] == len(self.stack) else "1")
    def stop(self):
        stream, frame = self.stream, self.stream.frame or 0  # pickle.md section 5, rule 5
        require(frame <= len(stream.decoded), "SYNTAX")
        require(frame <= stream.at, "TRAILING", *stream.place(stream.at))
        require(len(self.stack) == 1 and not self.marks, "STACK")  # pickle.md section 3, rule 4
        require(not self.unbuilt, "ARRAY")  # ndarray.md section 1, rule 4
    def proto(self, number):  # pickle.md section 1, rule 3
        require(number <= 5, "UNSUPPORTED")
        require(self.stream.opcode == self.begin, "SYNTAX")
        self.protocol = number
    def frame(self, size):  # pickle.md section 5
        require(self.stream.frame is None and size, "SYNTAX")
        self.stream.frame = self.stream.at + size
        require(self.stream.frame < 1 << 64, "TRUNCATED")
    def put(self, number, value):  # pickle.md section 4
        self.memo[number] = value
        return [value]
    def get(self, number):
        require(number in self.memo, "MEMO")
        return [self.memo[number]]
    def make(self, kind, *items):  # values.md section 1
        self.stack.append(Value(kind, [] if kind in ("list", "tuple") else {}))
        return self.fill(kind, *items)
    def fill(self, kind, *items):  # pickle.md section 3.1
        value, = self.take("1")
        require(kind != "dict" or len(items) % 2 == 0, "STACK")  # pickle.md section 3, rule 2
        require(value.kind == kind or value.kind == "object" and kind != "set", "TYPE")
        content = value.nest(items).data
        if value.kind == "object":  # values.md section 4
            content = content["items" if kind == "list" else "entries"]
        if kind in ("list", "tuple"):
            content.extend(items)
        else:
            self.keys.add(content, kind, items)
        return [value]
    def instance(self, form, callee, items, *holders):
        """An object. Holders are the tuple and the dict that its items and keywords came in."""
        value = Value("object", {  # values.md section 4
            "class": callee, "form": form, "args": tuple(items), "kwargs": None, "state": None,
            "items": [], "entries": {}, **dict(zip(["kwargs"], holders[1:]))})
        if callee.kind == "global" and callee.data in BUILDERS and not self.outer:
            require(form in ("newobj", "newobj_ex", "reconstructor"), "FORBIDDEN")
            value.note = callee.data  # ndarray.md section 1
            self.unbuilt += "NumpyArrayWrapper" in value.note
        return value.nest([callee, *(holders or items)])
    def inst(self, *items):  # pickle.md sections 8 and 6
        names = operand(self.stream, "names")
        require(max("".join(names)) < "\x80", "SYNTAX")
        return [self.instance("instance", Value("global", names), items)]
    def obj(self, *items):
        require(items, "STACK")
        require(items[0].kind in ("global", "object"), "TYPE")
        return [self.instance("instance", items[0], items[1:])]
    def reduce(self, callee, arguments):
        call = CALLS.get(callee.data) if callee.kind == "global" else None
        made = call and call(self, callee, arguments)
        return [made or self.instance("reduce", callee, arguments.data, arguments)]
    def build(self, value, state):
        if value.kind == "dtype": return [build_dtype(value, state)]
        builder = BUILDERS.get(value.note)
        require(value.data["state"] is None, "ARRAY" if builder else "TYPE")
        if value.note != "array" or not rebuild(value, state):
            value.nest([state]).data["state"] = state
        self.unbuilt -= builder is build_wrapper
        return [builder(self, state) if builder else value]
