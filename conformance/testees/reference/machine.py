"""The machine that runs a pickle and makes values of it, and never calls anything."""
import re
import struct

import arrays
import dtypes
import files
import lines
from values import Fault, Keys, Value, add_members, add_pairs, container, name_of, nest, require

# spec/pickle.md#opcodes: byte, name, protocol, operand
OPCODES = """
28 mark 0 -; 2e stop 0 -; 30 pop 0 -; 31 pop_mark 1 -; 32 dup 0 -; 46 float 0 line;
49 int 0 line; 4a number 1 i4; 4b number 1 u1; 4c long 0 line; 4d number 1 u2; 4e none 0 -;
50 refused 0 -; 51 refused 1 -; 52 reduce 0 -; 53 string 0 text; 54 py2str 1 d4; 55 py2str 1 s1;
56 unicode 0 text; 58 str 1 s4; 61 append 0 -; 62 build 0 -; 63 global 0 lines; 64 dict 0 -;
65 appends 1 -; 67 get 0 memo; 68 get 1 u1; 69 inst 0 lines; 6a get 1 u4; 6c list 0 -;
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
# spec/safety.md#limits
LIMITS = {"max_opcodes": 100_000_000, "max_depth": 1000, "max_stack": 1_000_000,
          "max_memo": 50_000_000, "max_text": 1 << 30, "max_memory": 4 << 30}
MAX_LINE, MAX_NAME, MAX_INTEGER = 65536, 512, 131072
# What a value is taken to cost for max_memory.
COST = 64
NAME = re.compile(r"[^\0- \x7f]+")
BUILTINS = ("builtins", "__builtin__")

# spec/values.md#calls, spec/ndarray.md
CALLS = {
    (("_codecs",), "encode"): arrays.text_encoded, (BUILTINS, "bytes"): arrays.byte_string,
    (BUILTINS, "bytearray"): arrays.byte_string, (BUILTINS, "complex"): arrays.complex_number,
    (BUILTINS, "set"): arrays.collection, (BUILTINS, "frozenset"): arrays.collection,
    (("copyreg", "copy_reg"), "_reconstructor"): arrays.reconstructor,
    (("numpy",), "dtype"): dtypes.called, (arrays.MULTIARRAY, "scalar"): arrays.scalar,
    (arrays.MULTIARRAY, "_reconstruct"): arrays.reconstruct,
    (arrays.NUMERIC, "_frombuffer"): arrays.from_buffer}
CALLS = {(module, name): call for (modules, name), call in CALLS.items() for module in modules}
STRINGS = ("numpy._core._internal", "_convert_to_stringdtype_kwargs")
BUILDERS = {"NumpyArrayWrapper": arrays.wrapped, "NDArrayWrapper": files.array_beside,
            "ZNDArrayWrapper": files.bytes_beside}


class Machine:
    """One pickle. A nested one has a machine of its own on the same bytes."""

    def __init__(self, source, at=0, outer=None, folder=None):
        self.source, self.at, self.outer, self.folder = source, at, outer, folder
        self.begin = self.opcode = at
        self.stack, self.marks, self.memo = [], [], {}
        self.protocol, self.frame, self.count = 0, None, outer.count if outer else 0
        self.cost = outer.cost if outer else 0
        self.keys = outer.keys if outer else Keys()
        self.globals = outer.globals if outer else {}
        self.open_wrappers = 0

    # spec/pickle.md#truncated
    def take(self, size):
        end = self.at + size
        require(self.frame is None or end <= self.frame, "SYNTAX")
        if not self.source.fill(end):
            if self.source.fault:
                raise self.source.fault
            raise Fault("TRUNCATED")
        self.charge(size)
        data = bytes(self.source.buffer[self.at:end])
        self.at = end
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
        if kind == "line" or kind == "memo":
            line = self.line(MAX_LINE)
            return lines.memo_number(line) if kind == "memo" else line
        if kind == "text":
            return self.line(LIMITS["max_text"])
        if kind == "lines":
            return self.line(MAX_LINE), self.line(MAX_LINE)
        if kind == "f8":
            return self.take(8)
        number = struct.unpack(FORMATS[kind], self.take(struct.calcsize(FORMATS[kind])))[0]
        if kind[0] in "ui" :
            return number
        require(number >= 0, "SYNTAX")
        require(number <= LIMITS["max_text"] or not self.source.fill(self.at + number), "LIMIT")
        return self.take(number)

    def run(self):
        """The value that STOP leaves."""
        try:
            while self.step():
                pass
            return self.stack[0]
        except Fault as fault:
            if fault.offset is None:
                fault.offset = self.opcode
                fault.file_offset = self.opcode if self.source.raw else None
            raise

    def step(self):
        if self.frame is not None and self.at >= self.frame:
            self.frame = None
        self.opcode = self.at
        row = TABLE.get(self.take(1)[0])
        require(row is not None, "SYNTAX")
        name, protocol, kind = row
        self.count += 1
        self.charge(COST)
        require(self.count <= LIMITS["max_opcodes"], "LIMIT")
        if name == "proto":
            # spec/pickle.md#syntax
            require(self.opcode == self.begin, "SYNTAX")
        require(protocol <= max(self.protocol, 1), "SYNTAX")
        method = getattr(self, "op_" + name)
        if kind == "-":
            method()
        else:
            method(self.operand(kind))
        require(len(self.stack) <= LIMITS["max_stack"], "LIMIT")
        return name != "stop"

    # spec/pickle.md#stack
    def floor(self):
        return self.marks[-1] if self.marks else 0

    def pop(self, count=1):
        require(len(self.stack) - self.floor() >= count, "STACK")
        values = self.stack[-count:]
        del self.stack[-count:]
        return values

    def top(self):
        require(len(self.stack) > self.floor(), "STACK")
        return self.stack[-1]

    def to_mark(self):
        require(self.marks, "STACK")
        start = self.marks.pop()
        values = self.stack[start:]
        del self.stack[start:]
        return values

    def push(self, value):
        self.stack.append(value)

    def op_mark(self):
        self.marks.append(len(self.stack))
        require(len(self.marks) <= LIMITS["max_depth"], "LIMIT")

    def op_pop(self):
        # spec/pickle.md#stack
        if self.marks and len(self.stack) == self.marks[-1]:
            self.marks.pop()
        else:
            self.pop()

    def op_pop_mark(self):
        self.to_mark()

    def op_dup(self):
        self.push(self.top())

    def op_stop(self):
        # spec/pickle.md#stack, spec/pickle.md#frame
        require(len(self.stack) == 1 and not self.marks, "STACK")
        if self.frame is not None and self.at < self.frame:
            require(self.source.fill(self.frame), "SYNTAX")
            raise Fault("TRAILING", self.at, self.at if self.source.raw else None)
        # spec/ndarray.md#wrapper
        require(not self.open_wrappers, "ARRAY")

    def op_proto(self, number):
        require(number <= 5, "UNSUPPORTED")
        self.protocol = number

    def op_frame(self, size):
        # spec/pickle.md#frame
        require(self.frame is None and size, "SYNTAX")
        require(self.at + size < 1 << 64, "TRUNCATED")
        self.frame = self.at + size

    def op_refused(self):
        # spec/pickle.md#unsupported
        raise Fault("UNSUPPORTED")

    # spec/pickle.md#memo
    def op_put(self, number):
        self.memo[number] = self.top()
        require(len(self.memo) <= LIMITS["max_memo"], "LIMIT")

    def op_memoize(self):
        self.op_put(len(self.memo))

    def op_get(self, number):
        require(number in self.memo, "MEMO")
        self.push(self.memo[number])

    # spec/values.md#kinds
    def op_none(self):
        self.push(Value("none", None))

    def op_true(self):
        self.push(Value("bool", True))

    def op_false(self):
        self.push(Value("bool", False))

    def op_number(self, number):
        self.push(Value("int", number))

    def op_binlong(self, data):
        # spec/pickle.md#long1
        require(len(data) <= MAX_INTEGER, "LIMIT")
        self.push(Value("int", int.from_bytes(data, "little", signed=True)))

    def op_int(self, line):
        self.push(lines.integer(line))

    def op_long(self, line):
        self.push(lines.long(line))

    def op_float(self, line):
        self.push(lines.floating(line))

    def op_binfloat(self, data):
        self.push(Value("float", data))

    def op_string(self, line):
        self.push(lines.string(line))

    def op_unicode(self, line):
        self.push(lines.text(line))

    def op_str(self, data):
        self.push(Value("str", lines.utf8(data)))

    def op_bytes(self, data):
        self.push(Value("bytes", data))

    def op_bytearray(self, data):
        self.push(Value("bytearray", data, 0))

    def op_py2str(self, data):
        self.push(Value("py2str", data))

    def op_empty_tuple(self):
        self.push(Value("tuple", (), 0))

    def op_tuple1(self, count=1):
        values = self.pop(count)
        self.push(container("tuple", tuple(values), values))

    def op_tuple2(self):
        self.op_tuple1(2)

    def op_tuple3(self):
        self.op_tuple1(3)

    def op_tuple(self):
        values = self.to_mark()
        self.push(container("tuple", tuple(values), values))

    def op_empty_list(self):
        self.push(Value("list", [], 0))

    def op_list(self):
        values = self.to_mark()
        self.push(container("list", values, values))

    def op_empty_set(self):
        self.push(Value("set", {}, 0))

    def op_frozenset(self):
        values = self.to_mark()
        self.push(container("frozenset", {}, values))
        add_members(self.keys, self.top().data, values)

    def op_empty_dict(self):
        self.push(Value("dict", {}, 0))

    def op_dict(self):
        values = self.to_mark()
        self.op_empty_dict()
        self.set_pairs(self.top(), values)

    # spec/pickle.md#type
    def extend(self, value, items):
        require(value.kind in ("list", "object"), "TYPE")
        nest(value, *items)
        if value.kind == "list":
            value.data.extend(items)
        else:
            value.data["items"].extend(items)

    def set_pairs(self, value, items):
        require(value.kind in ("dict", "object"), "TYPE")
        require(len(items) % 2 == 0, "STACK")
        nest(value, *items)
        table = value.data if value.kind == "dict" else value.data["entries"]
        if value.kind == "dict":
            value.role = (value.role or []) + add_pairs(self.keys, table, items)
        else:
            add_pairs(self.keys, table, items)

    def op_append(self):
        value, item = self.pop(2)
        self.push(value)
        self.extend(value, [item])

    def op_appends(self):
        items = self.to_mark()
        self.extend(self.top(), items)

    def op_setitem(self):
        value, key, item = self.pop(3)
        self.push(value)
        self.set_pairs(value, [key, item])

    def op_setitems(self):
        items = self.to_mark()
        self.set_pairs(self.top(), items)

    def op_additems(self):
        items = self.to_mark()
        require(self.top().kind == "set", "TYPE")
        nest(self.top(), *items)
        add_members(self.keys, self.top().data, items)

    # spec/pickle.md#globals
    def global_of(self, module, name):
        require(max(len(module.encode("utf-8", "surrogatepass")),
                    len(name.encode("utf-8", "surrogatepass"))) <= MAX_NAME, "LIMIT")
        require(NAME.fullmatch(module) and NAME.fullmatch(name), "SYNTAX")
        value = self.globals.get((module, name))
        if value is None:
            value = self.globals[(module, name)] = Value("global", (module, name))
        return value

    def op_global(self, names):
        require(max(map(len, names)) <= MAX_NAME, "LIMIT")
        self.push(self.global_of(*map(lines.utf8, names)))

    def op_stack_global(self):
        module, name = self.pop(2)
        require(module.kind == name.kind == "str", "TYPE")
        self.push(self.global_of(module.data, name.data))

    # spec/pickle.md#objects
    def wrapper_name(self, callee):
        """The name of joblib's wrapper. In a nested pickle there is none."""
        if self.outer or callee.kind != "global" or callee.data[0] not in arrays.WRAPPERS:
            return None
        name = callee.data[1]
        if name not in BUILDERS or name != "NumpyArrayWrapper" and self.folder is None:
            return None
        return name

    def instance(self, form, callee, items, keywords=None):
        require(callee.kind in ("global", "object"), "TYPE")
        name = self.wrapper_name(callee)
        parts = {"class": callee, "form": form, "args": items, "kwargs": keywords, "state": None,
                 "items": [], "entries": {}}
        value = container("object", parts, [callee, *items])
        if keywords:
            nest(value, keywords)
        if name:
            require(form in ("newobj", "reconstructor"), "FORBIDDEN")
            value.role = name
            self.open_wrappers += name == "NumpyArrayWrapper"
        return value

    def op_reduce(self):
        callee, arguments = self.pop(2)
        require(callee.kind in ("global", "object") and arguments.kind == "tuple", "TYPE")
        call = CALLS.get(callee.data) if callee.kind == "global" else None
        value = call(self, callee, arguments) if call else None
        if value is None:
            value = self.instance("reduce", callee, arguments.data)
            value.role = "strings" if callee.data == STRINGS else value.role
        self.push(value)

    def op_newobj(self):
        callee, arguments = self.pop(2)
        require(arguments.kind == "tuple", "TYPE")
        self.push(self.instance("newobj", callee, arguments.data))

    def op_newobj_ex(self):
        callee, arguments, keywords = self.pop(3)
        require(arguments.kind == "tuple" and keywords.kind == "dict", "TYPE")
        self.push(self.instance("newobj_ex", callee, arguments.data, keywords))

    def op_inst(self, names):
        # spec/pickle.md#globals
        require(all(name.isascii() for name in names), "SYNTAX")
        self.op_global(names)
        callee = self.stack.pop()
        self.push(self.instance("instance", callee, tuple(self.to_mark())))

    def op_obj(self):
        items = self.to_mark()
        require(items, "STACK")
        self.push(self.instance("instance", items[0], tuple(items[1:])))

    def op_build(self):
        value, state = self.pop(2)
        self.push(value)
        if value.kind == "dtype":
            return dtypes.built(value, state)
        require(value.kind == "object", "TYPE")
        if value.role in BUILDERS:
            return self.build_wrapper(value, state)
        require(value.data["state"] is None, "TYPE")
        if value.role != "array" or not arrays.reconstructed(value, state):
            value.data["state"] = nest(value, state) and state
        return None

    def build_wrapper(self, value, state):
        # spec/ndarray.md#wrapper
        require(value.data["state"] is None, "ARRAY")
        # spec/ndarray.md#frame
        inside = self.frame is not None and self.at < self.frame
        if value.role == "NumpyArrayWrapper":
            require(not inside, "SYNTAX")
            self.frame = None
        value.data["state"] = nest(value, state) and state
        self.open_wrappers -= value.role == "NumpyArrayWrapper"
        self.stack[-1] = BUILDERS[value.role](self, state)

    def nested_in(self, source, at):
        # spec/ndarray.md#inner
        machine = Machine(source, at, self)
        value = machine.run()
        self.count, self.cost = machine.count, machine.cost
        return value, machine.at

    def nested(self):
        value, self.at = self.nested_in(self.source, self.at)
        return value


def load(source, folder):
    """The value of a file. Companions are looked up in the folder, where there is one."""
    machine = Machine(source, 0, None, folder)
    # spec/legacy.md#npy
    if source.raw and source.buffer[:1] == b"\x93":
        value, end = files.npy(source, machine.nested_in)
    else:
        value, end = machine.run(), machine.at
    source.finish(end)
    return value


def table():
    rows = (row.split() for row in OPCODES.split(";"))
    return {int(row[0], 16): (row[1], int(row[2]), row[3]) for row in rows}


TABLE = table()
