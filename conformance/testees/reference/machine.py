"""The machine that runs a pickle and makes values of it, and never calls anything."""
import re
import struct

import arrays
import dtypes
import files
import lines
import npy
from values import MAX_DEPTH, Fault, Keys, Value, add_members, add_pairs, container, nest, require

# spec/pickle.md#opcodes: byte, name, protocol, operand
OPCODES = """
28 mark 0 -; 2e stop 0 -; 30 pop 0 -; 31 pop_mark 1 -; 32 dup 0 -; 46 float 0 line;
49 int 0 line; 4a number 1 i4; 4b number 1 u1; 4c long 0 line; 4d number 1 u2; 4e none 0 -;
50 refused 0 -; 51 refused 1 -; 52 reduce 0 -; 53 string 0 text; 54 py2str 1 d4; 55 py2str 1 s1;
56 unicode 0 text; 58 str 1 s4; 61 append 0 -; 62 build 0 -; 63 global 0 -; 64 dict 0 -;
65 appends 1 -; 67 get 0 memo; 68 get 1 u1; 69 inst 0 -; 6a get 1 u4; 6c list 0 -;
6f obj 1 -; 70 put 0 memo; 71 put 1 u1; 72 put 1 u4; 73 setitem 0 -; 74 tuple 0 -;
75 setitems 1 -; 29 empty_tuple 1 -; 5d empty_list 1 -; 7d empty_dict 1 -; 47 binfloat 1 f8;
80 proto 0 u1; 81 newobj 2 -; 82 refused 2 -; 83 refused 2 -; 84 refused 2 -; 85 tuple1 2 -;
86 tuple2 2 -; 87 tuple3 2 -; 88 true 2 -; 89 false 2 -; 8a binlong 2 s1; 8b binlong 2 d4;
42 bytes 3 s4; 43 bytes 3 s1; 8c str 4 s1; 8d str 4 s8; 8e bytes 4 s8; 8f empty_set 4 -;
90 additems 4 -; 91 frozenset 4 -; 92 newobj_ex 4 -; 93 stack_global 4 -; 94 memoize 4 -;
95 frame 4 u8; 96 bytearray 5 s8; 97 refused 5 -; 98 refused 5 -"""
# spec/pickle.md#operands
FORMATS = {"u1": "<B", "u2": "<H", "u4": "<I", "u8": "<Q", "i4": "<i", "d4": "<i", "s1": "<B",
           "s4": "<I", "s8": "<Q"}
# spec/safety.md#limits; COST is what a value is taken to need of max_memory.
LIMITS = {"max_opcodes": 100_000_000, "max_stack": 1_000_000, "max_memo": 50_000_000,
          "max_text": 1 << 30, "max_memory": 4 << 30}
MAX_LINE, MAX_NAME, COST = 65535, 512, 64
NAME = re.compile(r"[^\0- \x7f]+")
BUILDERS = {"NumpyArrayWrapper": arrays.wrapped, "NDArrayWrapper": files.array_beside,
            "ZNDArrayWrapper": files.bytes_beside}
STRINGS = ("numpy._core._internal", "_convert_to_stringdtype_kwargs")
# spec/values.md#kinds: what an operand alone makes
PLAIN = {
    "none": lambda _: Value("none", None), "true": lambda _: Value("bool", True),
    "false": lambda _: Value("bool", False), "number": lambda number: Value("int", number),
    "float": lines.floating, "int": lines.integer, "long": lines.long, "string": lines.string,
    "unicode": lines.text, "binlong": lines.binary, "binfloat": lambda data: Value("float", data),
    "str": lambda data: Value("str", lines.utf8(data)), "bytes": lambda data: Value("bytes", data),
    "bytearray": lambda data: Value("bytearray", data, 0),
    "py2str": lambda data: Value("py2str", data),
    "empty_tuple": lambda _: Value("tuple", (), 0), "empty_list": lambda _: Value("list", [], 0),
    "empty_set": lambda _: Value("set", {}, 0), "empty_dict": lambda _: Value("dict", {}, 0)}
TUPLES = {"tuple1": 1, "tuple2": 2, "tuple3": 3}
# spec/pickle.md#opcodes: what a machine does in one step
STEPS = {
    "pop_mark": lambda run: run.to_mark(), "dup": lambda run: run.stack.append(run.top()),
    "refused": lambda run: require(False, "UNSUPPORTED"),
    "memoize": lambda run: run.op_put(len(run.memo)),
    "tuple": lambda run: run.push("tuple", tuple(run.to_mark())),
    "list": lambda run: run.push("list", run.to_mark()),
    "appends": lambda run: run.extend(run.to_mark()),
    "setitems": lambda run: run.set_pairs(run.to_mark())}


class Machine:
    """One pickle. A nested one has a machine of its own, and shares what counts for the whole."""

    def __init__(self, source, at=0, outer=None, folder=None):
        self.source, self.at, self.outer, self.folder = source, at, outer, folder
        self.begin = self.opcode = at
        self.stack, self.marks, self.memo = [], [], {}
        self.protocol, self.frame, self.unbuilt = 0, None, 0
        self.count, self.cost = (outer.count, outer.cost) if outer else (0, 0)
        self.keys, self.globals = (outer.keys, outer.globals) if outer else (Keys(), {})

    def take(self, size):
        # spec/pickle.md#truncated, spec/pickle.md#frame
        end = self.at + size
        if not self.source.fill(end):
            raise self.source.fault or Fault("TRUNCATED")
        require(self.frame is None or end <= self.frame, "SYNTAX")
        self.charge(size)
        data, self.at = bytes(self.source.buffer[self.at:end]), end
        return data

    def charge(self, size):
        self.cost += size
        require(self.cost <= LIMITS["max_memory"], "LIMIT")

    def line(self, limit):
        # spec/pickle.md#operands
        known = self.at
        while True:
            end = self.source.buffer.find(b"\n", known)
            known = len(self.source.buffer)
            require((known if end < 0 else end) - self.at <= limit, "LIMIT")
            if end >= 0:
                return self.take(end + 1 - self.at)[:-1]
            if not self.source.fill(known + 1):
                self.take(known + 1 - self.at)

    def operand(self, kind):
        # spec/pickle.md#operands
        if kind in ("line", "memo", "text"):
            line = self.line(LIMITS["max_text"] if kind == "text" else MAX_LINE)
            return lines.memo_number(line) if kind == "memo" else line
        if kind in ("-", "f8"):
            return None if kind == "-" else self.take(8)
        number = struct.unpack(FORMATS[kind], self.take(struct.calcsize(FORMATS[kind])))[0]
        if kind[0] in "ui":
            return number
        require(number >= 0, "SYNTAX")
        require(number <= LIMITS["max_text"] or not self.source.fill(self.at + number), "LIMIT")
        return self.take(number)

    def run(self):
        """The value that STOP leaves."""
        try:
            while self.step() != "stop":
                pass
            return self.stack[0]
        except Fault as fault:
            raise fault.at(self.opcode, self.opcode if self.source.raw else None)

    def step(self):
        # spec/pickle.md#syntax
        if self.frame is not None and self.at >= self.frame:
            self.frame = None
        self.opcode = self.at
        row = TABLE.get(self.take(1)[0])
        require(row is not None, "SYNTAX")
        name, protocol, kind = row
        self.count += 1
        self.charge(COST)
        require(self.count <= LIMITS["max_opcodes"], "LIMIT")
        require(protocol <= max(self.protocol, 1), "SYNTAX")
        operand = self.operand(kind)
        if name in PLAIN:
            self.stack.append(PLAIN[name](operand))
        elif name in TUPLES:
            self.push("tuple", tuple(self.pop(TUPLES[name])))
        elif name in STEPS:
            STEPS[name](self)
        else:
            getattr(self, "op_" + name)(*(() if kind == "-" else (operand,)))
        require(len(self.stack) <= LIMITS["max_stack"], "LIMIT")
        return name

    # spec/pickle.md#stack
    def pop(self, count):
        start = len(self.stack) - count
        require(start >= (self.marks[-1] if self.marks else 0), "STACK")
        values = self.stack[start:]
        del self.stack[start:]
        return values

    def top(self):
        self.stack += self.pop(1)
        return self.stack[-1]

    def to_mark(self):
        require(self.marks, "STACK")
        values = self.pop(len(self.stack) - self.marks[-1])
        self.marks.pop()
        return values

    def op_mark(self):
        self.marks.append(len(self.stack))
        require(len(self.marks) <= MAX_DEPTH, "LIMIT")

    def op_pop(self):
        if self.marks and len(self.stack) == self.marks[-1]:
            self.marks.pop()
        else:
            self.pop(1)

    def op_stop(self):
        # spec/pickle.md#frame, spec/pickle.md#stack, spec/ndarray.md#wrapper
        if self.frame is not None and self.at < self.frame:
            require(self.source.fill(self.frame), "SYNTAX")
            raise Fault("TRAILING", self.at, self.at if self.source.raw else None)
        require(len(self.stack) == 1 and not self.marks, "STACK")
        require(not self.unbuilt, "ARRAY")

    def op_proto(self, number):
        # spec/pickle.md#syntax
        require(number <= 5, "UNSUPPORTED")
        require(self.opcode == self.begin, "SYNTAX")
        self.protocol = number

    def op_frame(self, size):
        # spec/pickle.md#frame
        require(self.frame is None and size, "SYNTAX")
        require(self.at + size < 1 << 64, "TRUNCATED")
        self.frame = self.at + size

    def op_put(self, number):
        # spec/pickle.md#memo
        self.memo[number] = self.top()
        require(len(self.memo) <= LIMITS["max_memo"], "LIMIT")

    def op_get(self, number):
        require(number in self.memo, "MEMO")
        self.stack.append(self.memo[number])

    # spec/values.md#kinds
    def push(self, kind, values):
        self.stack.append(container(kind, values, values))

    def op_frozenset(self):
        values = self.to_mark()
        self.stack.append(container("frozenset", {}, values))
        add_members(self.keys, self.stack[-1].data, values)

    def op_dict(self):
        values = self.to_mark()
        self.stack.append(Value("dict", {}, 0))
        self.set_pairs(values)

    # spec/pickle.md#type
    def extend(self, items):
        value = self.top()
        require(value.kind in ("list", "object"), "TYPE")
        nest(value, *items)
        (value.data if value.kind == "list" else value.data["items"]).extend(items)

    def set_pairs(self, items):
        value = self.top()
        require(len(items) % 2 == 0, "STACK")
        require(value.kind in ("dict", "object"), "TYPE")
        nest(value, *items)
        if value.kind == "object":
            add_pairs(self.keys, value.data["entries"], items)
        else:
            value.role = (value.role or []) + add_pairs(self.keys, value.data, items)

    def op_append(self):
        value, item = self.pop(2)
        self.stack.append(value)
        self.extend([item])

    def op_setitem(self):
        value, key, item = self.pop(3)
        self.stack.append(value)
        self.set_pairs([key, item])

    def op_additems(self):
        items, value = self.to_mark(), self.top()
        require(value.kind == "set", "TYPE")
        add_members(self.keys, nest(value, *items).data, items)

    # spec/pickle.md#globals
    def name(self, name):
        require(len(name.encode("utf-8", "surrogatepass")) <= MAX_NAME, "LIMIT")
        require(NAME.fullmatch(name), "SYNTAX")
        return name

    def named(self, *names):
        names = tuple(map(self.name, names))
        self.stack.append(self.globals.setdefault(names, Value("global", names)))

    def name_line(self):
        line = self.line(MAX_LINE)
        require(len(line) <= MAX_NAME, "LIMIT")
        return self.name(lines.utf8(line))

    def op_global(self):
        self.named(self.name_line(), self.name_line())

    def op_stack_global(self):
        module, name = self.pop(2)
        require(module.kind == name.kind == "str", "TYPE")
        self.named(module.data, name.data)

    # spec/pickle.md#objects
    def instance(self, form, callee, items, keywords=None):
        require(callee.kind in ("global", "object"), "TYPE")
        parts = {"class": callee, "form": form, "args": items, "kwargs": keywords, "state": None,
                 "items": [], "entries": {}}
        value = container("object", parts, [callee, *items] + ([keywords] if keywords else []))
        # spec/ndarray.md#wrapper, spec/legacy.md#companions
        if not self.outer and callee.kind == "global" and callee.data[0] in arrays.WRAPPERS \
                and callee.data[1] in BUILDERS:
            require(form in ("newobj", "newobj_ex", "reconstructor"), "FORBIDDEN")
            value.role = callee.data[1]
            self.unbuilt += value.role == "NumpyArrayWrapper"
        self.stack.append(value)
        return value

    def op_reduce(self):
        callee, arguments = self.pop(2)
        require(callee.kind in ("global", "object") and arguments.kind == "tuple", "TYPE")
        call = CALLS.get(callee.data) if callee.kind == "global" else None
        value = call(self, callee, arguments) if call else None
        if value is not None:
            self.stack.append(value)
        else:
            value = nest(self.instance("reduce", callee, arguments.data), arguments)
            value.role = "strings" if callee.data == STRINGS else value.role

    def op_newobj(self):
        callee, arguments = self.pop(2)
        require(arguments.kind == "tuple", "TYPE")
        nest(self.instance("newobj", callee, arguments.data), arguments)

    def op_newobj_ex(self):
        callee, arguments, keywords = self.pop(3)
        require(arguments.kind == "tuple" and keywords.kind == "dict", "TYPE")
        nest(self.instance("newobj_ex", callee, arguments.data, keywords), arguments)

    def op_inst(self):
        items = self.to_mark()
        self.op_global()
        callee = self.stack.pop()
        require("".join(callee.data).isascii(), "SYNTAX")
        self.instance("instance", callee, tuple(items))

    def op_obj(self):
        items = self.to_mark()
        require(items, "STACK")
        self.instance("instance", items[0], tuple(items[1:]))

    def op_build(self):
        value, state = self.pop(2)
        if value.kind == "dtype":
            dtypes.built(value, state)
        else:
            require(value.kind == "object", "TYPE")
            wrapper = value.role in BUILDERS
            require(value.data["state"] is None, "ARRAY" if wrapper else "TYPE")
            if value.role != "array" or not arrays.reconstructed(value, state):
                value.data["state"] = nest(value, state) and state
            if wrapper:
                self.unbuilt -= value.role == "NumpyArrayWrapper"
                value = BUILDERS[value.role](self, state) or value
        self.stack.append(value)

    def leave_frame(self):
        # spec/ndarray.md#frame
        require(self.frame is None or self.at >= self.frame, "SYNTAX")
        self.frame = None

    def nested(self, source=None, at=None):
        """The value of a nested pickle, and where it ends."""
        # spec/ndarray.md#inner
        machine = Machine(source or self.source, self.at if at is None else at, self)
        value = machine.run()
        self.count, self.cost = machine.count, machine.cost
        return value, machine.at


def load(source, folder):
    """The value of a file. Companions are looked up in the folder."""
    machine = Machine(source, 0, None, folder)
    # spec/legacy.md#npy
    if source.raw and len(source.buffer) and npy.MAGIC.startswith(source.buffer[:6]):
        value, end = npy.read(source, machine.nested)
    else:
        value, end = machine.run(), machine.at
    source.finish(end)
    # spec/values.md#dict-keys
    require(all(key.kind == "object" for key in machine.keys.arrays), "TYPE")
    return value


ROWS = [row.split() for row in OPCODES.split(";")]
TABLE = {int(row[0], 16): (row[1], int(row[2]), row[3]) for row in ROWS}
# spec/ndarray.md#dtype
CALLS = {("numpy", "dtype"): dtypes.called, **arrays.CALLS}
