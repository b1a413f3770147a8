-- Numbers 19 and 20 of smoketest.lua: a file exactly as it is, and its bytes again.

local joblib = require "joblib"
local checks = require "checks"

local check, check_equal, check_list = checks.check, checks.check_equal, checks.check_list
local raised, check_status = checks.raised, checks.check_status
local file_of, root_of, read_bytes = checks.file_of, checks.root_of, checks.read_bytes

local function typed_of(case) return joblib.typed(joblib.load(file_of(case))) end

local function check_types()
  local pair = typed_of "valid/pickle2/binstring"
  check_list({pair:type(), #pair, pair[1]:type(), pair[1]:bytes()},
    {"tuple", 2, "py2str", "a\xff\0"})
  check(pair[0] == nil and pair[3] == nil and pair:key(1) == nil and pair.none == nil)
  check(not pcall(function() pair[1] = 5 end))

  local root = root_of "valid/pickle4/shared"
  local list = joblib.typed(root)
  check_list({list:type(), list[1]:type(), list[1][1]:type(), list[1][1]:value()},
    {"list", "list", "int", 1})
  check_list({list[2]:type(), list[2]:key(1):type(), list[2]:key(1):value(), list[2][1]:value()},
    {"dict", "str", "k", 2})
  check(list[1] == list[4] and list[1] ~= list[2])
  check_equal(list[1]:identity(), joblib.identity(root[1]))
  check_equal(tostring(list[3]), "set")

  local object = typed_of "valid/objects/cyclic-protocol4-joblib1.6"
  check_list({object:type(), object:form(), object:class():type(), object:arguments():type()},
    {"object", "newobj", "global", "tuple"})
  check(object:state():type() == "dict" and object:keywords() == nil and object:items() == nil)
  check_equal(object:class():class_name(), object:class_name())
  check_status(raised(function() return object:bytes() end), "KIND")
  check(not pcall(joblib.typed, {}))
end

local function check_arrays()
  local number = typed_of "valid/ndarray/scalar-big-endian"
  check_list({number:type(), number:value(), tostring(number:element_type())},
    {"scalar", 1.0, ">f8"})
  check_list(number:array():shape(), {})
  check_equal(number:array():stored_bytes(), string.pack(">d", 1))
  check_equal(joblib.typed(number:array()), number)

  local array = root_of "valid/ndarray/objects-f-order-joblib1.6"
  local kinds = {}
  for i, object in ipairs(array:objects()) do kinds[i] = object:type() end
  check_list(kinds, {"int", "None", "str", "int"})
  check_equal(array:objects()[3]:value(), "x")
  check_equal(#joblib.array({1, 2}):objects(), 0)
  check_status(raised(array.stored_bytes, array), "KIND")

  local big = typed_of "valid/ndarray/big-endian-text-joblib1.6"
  check_list({big:array():stored_bytes(), big:array():dtype()}, {"\0\0\0a\0\0\0b", ">U2"})
  local rows = root_of "valid/ndarray/f-order-joblib1.6"
  check_list({rows:order(), rows:stored_bytes()}, {"F", string.pack("<dddddd", 0, 3, 1, 4, 2, 5)})
  check_equal(joblib.typed(rows):subclass(), nil)
  check_equal(typed_of("valid/ndarray/matrix-joblib1.6"):subclass():class_name(), "matrix")
  check_equal(joblib.typed(root_of "valid/pickle4/list-1001"):element_type(), nil)
  local list = typed_of "valid/pickle4/list-1001"
  check_status(raised(list.array, list), "KIND")
end

local function check_field(field, name, offset)
  check_list({field.name, field.offset}, {name, offset})
  return field.type
end

local function check_records()
  local array = root_of "valid/kinds/struct-sub-struct-joblib1.6"
  local record = array:element_type()
  check_list({tostring(record), record:itemsize(), record:base()}, {"|V35", 35})
  check_list(record:shape(), {})
  local fields = record:fields()
  check_equal(#fields, 2)
  local outer, bytes = check_field(fields[1], "a", 0), check_field(fields[2], "b", 32)
  check_list(outer:shape(), {2, 2})
  check_list(bytes:shape(), {3})
  check_equal(tostring(bytes:base()), "|u1")
  check_equal(#bytes:base():fields(), 0)
  local inner = check_field(outer:base():fields()[2], "y", 4)
  check_equal(tostring(inner:base()), "<i2")
  check_list(inner:shape(), {2})
  local stored = array:stored_bytes()
  check_list({#stored, stored:byte(1), stored:byte(70)}, {70, 0, 69})
  local names = root_of "valid/kinds/struct-nul-joblib1.6"
  check_list(names:fields(), {"a", "a\0b", "a\0c"})
  check_field(names:element_type():fields()[2], "a\0b", 2)
  check_equal(names:field("a"):dtype(), "<i2")
end

local exact = {"tells exactly what a file holds", function()
  check_types()
  check_arrays()
  check_records()
end}

local again = {"dumps the bytes of a file again", function()
  for _, case in ipairs {"zlib/level-9", "cpickle/list-1001-protocol4", "gzip/level-1"} do
    local bytes = read_bytes(file_of("valid/" .. case))
    local document = joblib.loads(bytes)
    check(joblib.dumps(document) ~= bytes, "the default gives", case)
    check(joblib.dumps(document, {same = bytes}) == bytes, "other bytes")
    local path = os.tmpname()
    joblib.dump(document, path, {compress = "bz2", same = bytes})
    check(read_bytes(path) == bytes, "other bytes in a file")
    os.remove(path)
  end
  local bytes = read_bytes(file_of "valid/hostile/os-system")
  local document = joblib.loads(bytes)
  check_status(raised(joblib.dumps, document, {same = bytes}), "FORBIDDEN")
  local options = {same = bytes, allow = {"posix.system", "os.system"}}
  check_status(raised(joblib.dumps, document, options), "DIFFERENT")
  check(not pcall(joblib.dumps, document, {same = {}}))
end}

return {exact, again}
