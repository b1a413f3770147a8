# frozen_string_literal: true

# Numbers 16 to 18 of smoketest.rb: documents, values of Ruby, builders and edits are dumped.

require "set"
require "tempfile"
require "tmpdir"

def reload(value, **options) = Joblib.loads(Joblib.dumps(value, **options))

# Takes what is written, or does what its block does.
class Sink
  attr_reader :bytes

  def initialize(&block)
    @bytes = "".b
    @block = block || ->(piece) { @bytes << piece }
  end

  def write(piece) = @block.call(piece)
end

def check_written(document, bytes)
  check_equal(Joblib.dumps(document), bytes)
  check_equal(Joblib.dumps(document).encoding, Encoding::BINARY)
  sinks = [Sink.new.tap { |sink| Joblib.dump(document, sink) }.bytes,
           StringIO.new("".b).tap { |io| Joblib.dump(document, io) }.string]
  check_list(sinks, [bytes, bytes])
  Tempfile.create("joblib") do |file|
    check_equal(Joblib.dump(document, file.path), nil)
    check_equal(File.binread(file.path), bytes)
    Joblib.dump(document, Pathname(file.path))
    File.open(file.path, "wb") { |open| Joblib.dump(document, open) }
    check_equal(File.binread(file.path), bytes)
  end
end

TESTS["dumps documents to files, strings and streams"] = lambda do
  %w[pickle4/shared ndarray/f-order-joblib1.6 zlib/list-1001].each do |name|
    bytes = File.binread(file_of("valid/#{name}"))
    check_written(Joblib.loads(bytes), bytes)
  end
  document = Joblib.load(file_of("valid/pickle4/shared"))
  { :zlib => "zlib", "gzip:1" => "gzip", 9 => "zlib", true => "zlib",
    [:zlib, 1] => "zlib" }.each do |compress, codec|
    again = reload(document, compress: compress)
    check_list([again.codec, again.show], [codec, document.show])
  end
  Dir.mktmpdir do |folder|
    Joblib.dump(document, "#{folder}/list.gz")
    check_equal(Joblib.load("#{folder}/list.gz").codec, "gzip")
  end
  check_equal(reload(document, protocol: 2).protocol, 2)
  check_equal(reload(document, like: "1.1.0/py3.7").protocol, 3)
  check_equal(reload(document, like: "1.1.0/py3.7", protocol: 2).protocol, 2)
  check_equal(reload(document, pickler: :pickle, fast: true).codec, "raw")
  [{ protocol: 6 }, { like: "new" }, { compress: :zip }, { max_depth: 1 }, { pickler: "c" },
   { compress: 10 }, { sklearn: "9" }, { fest: true }].each do |options|
    raised_status("ARGUMENT") { Joblib.dumps(document, **options) }
  end
  raised_status("NOT_FOUND") { Joblib.dump(document, "no/such/folder/file") }
  raised(TypeError) { Joblib.dump(document, 5) }
  own = IOError.new("full")
  check(raised(IOError) { Joblib.dump(document, Sink.new { raise own }) }.equal?(own))
  check_equal(catch(:stop) { Joblib.dump(document, Sink.new { throw :stop, 5 }) }, 5)
  danger = Joblib.load(file_of("audit/build"))
  raised_status("FORBIDDEN") { Joblib.dumps(danger) }
  check(!Joblib.dumps(danger, allow: ["code.InteractiveInterpreter"]).empty?)
  threads = Array.new(4) { Thread.new { Array.new(20) { Joblib.dumps(document) }.uniq } }
  threads.each { |thread| check_list(thread.value, [Joblib.dumps(document)]) }
  raised_status("ARGUMENT") { Joblib.dumps(document.tap(&:close)) }
end

def check_array(array, dtype, shape, elements)
  check_equal(array.dtype, dtype)
  check_list(array.shape, shape)
  check_list(array.elements, elements)
end

TESTS["dumps values of Ruby"] = lambda do
  shared = [1]
  value = [nil, true, -5, -2**63, 2**64, -10**30, 1.0, Float::INFINITY, "café", "\xff\0".b, "a\0b",
           :name, shared, shared, {}, { "b" => 1, a: [2.5], 7 => "seven" },
           Joblib.tuple(1, Joblib.tuple), Set[3, 4], Complex(1, -2),
           { Joblib.tuple(1, 2) => "pair", nil => Joblib.frozenset(1) }]
  value << value
  root = reload(value).root
  check_list(root.first(12), [nil, true, -5, -2**63, 2**64, -10**30, 1.0, Float::INFINITY, "café",
                              "\xff\0".b, "a\0b", "name"])
  check_equal(root[9].encoding, Encoding::BINARY)
  check_list([root[12], root[12][0]], [root[13], 1])
  check_list(root[15].keys, ["b", "a", 7])
  check_list([root[15]["a"][0], root[16].kind, root[16][1].size], [2.5, :tuple, 0])
  check_list([root[17].kind, root[17].to_a, root[18]], [:set, [3, 4], Complex(1.0, -2.0)])
  check_list([root[19].keys[0].kind, root[19][nil].kind], %i[tuple frozenset])
  check_equal(root[20], root)
  check(!Joblib.dumps(900.times.inject([]) { |deep, _| [deep] }).empty?)

  check_array(Joblib.array([[1, 2.5], [3, 4]]), "<f8", [2, 2], [1.0, 2.5, 3.0, 4.0])
  check_array(Joblib.array([1, 2]), "<i8", [2], [1, 2])
  check_array(Joblib.array([1, 2], dtype: ">f4"), ">f4", [2], [1.0, 2.0])
  check_array(Joblib.array([1, 2, 3, 4], shape: [2, 2], dtype: "|u1"), "|u1", [2, 2], [1, 2, 3, 4])
  check_array(Joblib.array([true, false]), "|b1", [2], [true, false])
  check_array(Joblib.array(%w[é three]), "<U5", [2], %w[é three])
  check_array(Joblib.array([1.0, 2.0, 3.0].pack("E*"), shape: [3, 1]), "<f8", [3, 1], [1.0, 2.0, 3.0])
  check_array(Joblib.array(["a", 1, nil]), "|O", [3], ["a", 1, nil])
  numbers = Joblib.array([[1.5, 2.5], [3.5, 4.5]])
  arrays = reload([numbers, numbers[1], Joblib.scalar(2.5), Joblib.scalar(3, "<i4")]).root
  check_array(arrays[0], "<f8", [2, 2], [1.5, 2.5, 3.5, 4.5])
  check_array(arrays[1], "<f8", [2], [3.5, 4.5])
  check_list([arrays[2], arrays[3]], [2.5, 3])
  source = Joblib.load(file_of("valid/pickle4/shared"))
  copied = reload([source, source.root[0]]).root
  check_equal(copied[0][0], copied[1])

  check(raised(TypeError) { Joblib.dumps([Object.new]) }.message.include?("class Object"))
  raised(EncodingError) { Joblib.dumps("\xff".dup.force_encoding("UTF-16LE")) }
  raised_status("ARGUMENT") { Joblib.dumps("\xff") }
  raised(ArgumentError) { Joblib.array([[1], [2, 3]]) }
  raised(ArgumentError) { Joblib.array([1], dtype: "<c8") }
  raised_status("ARGUMENT") { Joblib.array("1234567", shape: [1]) }
  raised_status("TYPE") { Joblib.dumps({ [] => 1 }) }
  loop = Joblib.tuple
  loop.items << loop
  check(raised(ArgumentError) { Joblib.dumps(loop) }.message.include?("holds itself"))
end

TESTS["builds and edits documents"] = lambda do
  builder = Joblib::Builder.new
  object = builder.object("collections.OrderedDict", { name: "x" }, form: :reduce)
  object.put("key", [1, 2])
  list = builder.value([object, object])
  list << "end"
  list.insert(0, 0).set_item(3, "last")
  root = builder.document(list).root
  check_list([root[0], root[1], root[3]], [0, root[2], "last"])
  check_list([root[1].class_name, root[1][:name]], %w[OrderedDict x])
  raised_status("ARGUMENT") { list.append(1) }
  raised(ArgumentError) { builder.value([Joblib::Builder.new.value(1)]) }
  raised_status("FORBIDDEN") { Joblib.dumps(Joblib.object("my.Class", {})) }
  check(!Joblib.dumps(Joblib.object("my.Class", {}), allow: ["my.Class"]).empty?)
  raised_status("ARGUMENT") { Joblib.dumps(Joblib.global("nothing")) }

  model = Joblib.estimator("LinearRegression", { coef_: [2.0, -1.0], intercept_: 0.5 }, version: "1.6")
  document = reload(model, sklearn: "1.6")
  check(document.root["_sklearn_version"].start_with?("1.6"))
  check_list(Joblib::Model.from(document).predict([[1, 1], [3, 0]]).to_a, [1.5, 6.5])
  older = document.upgrade("0.22")
  check(older.root["_sklearn_version"].start_with?("0.22"))
  check_equal(older.root["normalize"], false)
  older = Joblib::Model.from(reload(older, sklearn: "0.22"))
  check_list(older.predict([[1, 1], [3, 0]]).to_a, [1.5, 6.5])
  check(document.upgrade.root["_sklearn_version"].start_with?("1.9"))
  raised_status("ARGUMENT") { document.upgrade("0.1") }
  unknown = builder.document(builder.object("sklearn.manifold._t_sne.TSNE", {}))
  raised_status("ESTIMATOR") { unknown.upgrade("1.6") }
  edited = document.edit do |edit|
    edit["coef_"] = Joblib.array([1.0, 1.0])
    edit.set_attribute(:note_, [1]).find("note_") << 2
    raised_status("RANGE") { edit["missing.x"] = 1 }
  end
  check_list(Joblib::Model.from(edited).predict([[1, 1]]).to_a, [2.5])
  check_equal(edited.root[:note_].to_a, [1, 2])
  check_list(Joblib::Model.from(document).predict([[1, 1]]).to_a, [1.5])
  raised_status("ARGUMENT") { Joblib.dumps(Joblib.estimator("NoSuch", {})) }
  raised_status("ARGUMENT") { Joblib.dumps(Joblib.estimator("Ridge", { colour: 1 })) }
  scaler = Joblib.estimator("StandardScaler", { mean_: [1], scale_: [2], var_: [4] })
  ridge = Joblib.estimator("Ridge", { coef_: [3], intercept_: 1 })
  steps = [Joblib.tuple("scale", scaler), Joblib.tuple("model", ridge)]
  pipeline = Joblib::Model.from(reload(Joblib.estimator("Pipeline", { steps: steps })))
  check_list(pipeline.predict([[5]]).to_a, [7.0])
  begin
    GC.stress = true
    bytes = Joblib.dumps([model, { a: Joblib.array([1.5]), "b" => Set[1] }])
  ensure
    GC.stress = false
  end
  check_equal(bytes, Joblib.dumps([model, { a: Joblib.array([1.5]), "b" => Set[1] }]))
end
