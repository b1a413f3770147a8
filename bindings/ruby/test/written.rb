# frozen_string_literal: true

# written.rb FILE
# Writes the values that tests/python/check_dumps.py expects, each of which Ruby has its own way
# to say.

require "set"
require "joblib"

shared = [1, 2]
object = Joblib.object("collections.Counter", form: :reduce)
value = {
  none: nil,
  truth: [true, false],
  integers: [0, -1, -2**63, 2**63 - 1, 10**30],
  floats: [0.5, 1.0, -Float::INFINITY],
  complex: Complex(1, -2),
  texts: ["", "café", "a\0b", "😀"],
  bytes: "bytes".b,
  nested: [[], {}, [[1]], { a: { b: 1 } }],
  tuple: Joblib.tuple(1, Joblib.tuple, [2]),
  sets: [Set[1, 2], Joblib.frozenset("a")],
  keys: { 1 => "int", Joblib.tuple(1, 2) => "tuple", nil => "none" },
  shared: [shared, shared],
  matrix: Joblib.array([[1.0, 2.5, 3.0], [4.0, 5.0, 6.0]]),
  counts: Joblib.array([1, 2, 3]),
  flags: Joblib.array([true, false]),
  labels: Joblib.array(%w[é three]),
  objects: Joblib.array(["a", 1, nil]),
  scalar: Joblib.scalar(2.5),
  object: [object, object]
}
value[:cycle] = [value]
Joblib.dump(value, ARGV.fetch(0), compress: [:zlib, 3])
