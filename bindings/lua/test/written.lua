-- written.lua FILE
-- Writes the values that tests/python/check_dumps.py expects, each of which Lua has its own way
-- to say.

local joblib = require "joblib"

local shared = {1, 2}
local object = joblib.object("collections.Counter", nil, {form = "reduce"})
local value = {
  none = joblib.none,
  truth = {true, false},
  integers = {0, -1, math.mininteger, math.maxinteger, joblib.integer("1" .. ("0"):rep(30))},
  floats = {0.5, 1.0, -math.huge},
  complex = joblib.complex(1, -2),
  texts = {"", "café", "a\0b", "😀"},
  bytes = joblib.bytes "bytes",
  nested = {{}, joblib.dict {}, {{1}}, {a = {b = 1}}},
  tuple = joblib.tuple {1, joblib.tuple {}, {2}},
  sets = {joblib.set {1, 2}, joblib.frozenset {"a"}},
  keys = joblib.dict {{1, "int"}, {joblib.tuple {1, 2}, "tuple"}, {joblib.none, "none"}},
  shared = {shared, shared},
  matrix = joblib.array {{1.0, 2.5, 3.0}, {4.0, 5.0, 6.0}},
  counts = joblib.array {1, 2, 3},
  flags = joblib.array {true, false},
  labels = joblib.array {"é", "three"},
  objects = joblib.array({"a", 1, joblib.none}, nil, "O"),
  scalar = joblib.scalar(2.5),
  object = {object, object},
}
value.cycle = {value}
joblib.dump(value, arg[1], {compress = "zlib:3"})
