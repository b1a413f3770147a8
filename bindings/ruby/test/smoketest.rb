# frozen_string_literal: true

# The smoke test of every binding; bindings/README.md numbers its parts.
# JOBLIB_VECTORS is the folder of the conformance vectors.

require "pathname"
require "stringio"
require "joblib"
require_relative "checks"
include Checks

TESTS = {}

TESTS["loads each codec"] = lambda do
  check(Joblib.version.match?(/\A\d+\.\d+\.\d+\z/))
  check(Joblib.codec_available?("raw") && Joblib.codec_available?(:zlib))
  check(!Joblib.codec_available?("rot13"))
  { "raw" => "pickle4", "zlib" => "zlib", "gzip" => "gzip" }.each do |codec, folder|
    path = file_of("valid/#{folder}/list-1001")
    documents = [Joblib.load(path), Joblib.load(Pathname(path)), Joblib.loads(File.binread(path))]
    documents.each do |document|
      check_equal(document.codec, codec)
      check_equal(document.protocol, 4)
      check(document.memory.positive?)
      check_equal(document.root.size, 1001)
      check_list(document.root.to_a, (0..1000).to_a)
    end
    check_equal(Joblib.load(path) { |document| document.root[-1] }, 1000)
    check_equal(Joblib.loads(File.binread(path)) { |document| document.root.sum }, 500_500)
  end
end

TESTS["walks containers and objects"] = lambda do
  shared = root_of("valid/pickle4/shared")
  check_equal(shared.kind, :list)
  check_equal(shared[0], shared[3])
  check(shared[0].eql?(shared[3]) && shared[0].hash == shared[3].hash)
  check_equal(shared[7]["inner"], shared[0])
  check_equal(shared[6][0], shared[0])
  check_equal(shared.dig(7, :inner), shared[0])
  check(shared[0] != shared[1])
  check_equal(shared[0].identity, shared[3].identity)
  check_equal(shared[1]["k"], 2)
  check_list([shared[1]["missing"], shared[8], shared[-9]], [nil, nil, nil])
  check_equal(shared[-8], shared[0])
  raised(IndexError) { shared.fetch(8) }
  raised(TypeError) { shared["0"] }
  cycle = root_of("valid/pickle4/cycle-list")
  check_equal(cycle[1][1][1], cycle)

  keys = root_of("valid/pickle4/dict-keys")
  check_list(keys.keys.first(6), [nil, true, 2, 3.5, "t", "b"])
  check_list(keys.keys[6..7].map(&:kind), %i[tuple frozenset])
  check_list(keys.values, (0..7).to_a)
  check_list([keys[nil], keys[true], keys[1], keys[2.0], keys[3.5], keys["t"], keys[:t]],
             [0, 1, 1, 2, 3, 4, 4])
  check_equal(keys.find { |_key, value| value == 4 }, ["t", 4])
  check_list([keys["b".b], keys["b\0"], keys[2**70], keys.fetch(9, 5), keys.fetch(9) { 6 }],
             [5, nil, nil, 5, 6])
  check(keys.key?(nil) && !keys.key?("x") && keys.to_h["t"] == 4 && keys.include?("t"))
  check_equal(raised(KeyError) { keys.fetch("x") }.key, "x")
  check_equal(keys[keys.keys[6]], 6)

  both = root_of("valid/objects/slots-and-dict-protocol4-joblib1.6")
  check_list([both.kind, both.form], %i[object newobj])
  check_equal(both.module_name, "objects")
  check_equal(both.class_name, "Both")
  check_equal(both.class_value.full_name, "objects.Both")
  check_equal(both.arguments.size, 0)
  check_list([both.keywords, both.list_items, both.dict_entries], [nil, nil, nil])
  check_list([both["a"], both[:c], both["missing"]], [1, 3, nil])
  check_equal(both.to_h, { "a" => 1, "c" => 3 })
  check_list([both.size, both.count], [2, 2])
  check_equal(both.state.kind, :tuple)
  raised(NoMethodError) { both["a"] = 2 }
end

TESTS["reads arrays"] = lambda do
  %w[f-order-joblib1.6 c-order-joblib1.0].each do |name|
    array = root_of("valid/ndarray/#{name}")
    check_equal(array.dtype, "<f8")
    check_list([array.ndim, array.size, array.length, array.itemsize], [2, 6, 2, 8])
    check_list(array.shape, [2, 3])
    check_equal(array.order, name[0].upcase)
    check_list(array.elements, [0.0, 1.0, 2.0, 3.0, 4.0, 5.0])
    check_equal(array.bytes, [0, 1, 2, 3, 4, 5].pack("d*"))
    check_equal(array.bytes.encoding, Encoding::BINARY)
    check_list(array[1].to_a, [3.0, 4.0, 5.0])
    check_equal(array.to_a, [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]])
    check_equal(array.map(&:to_a), array.to_a)
    check_list([array[1, 2], array[-1, -1], array[1][2], array.dig(0, 1)], [5.0, 5.0, 5.0, 1.0])
    check_list([array[1, 3], array[2], array[-3]], [nil, nil, nil])
    raised(IndexError) { array[0, 0, 0] }
  end
  check_list(root_of("valid/ndarray/text-joblib1.6").to_a, ["", "ab", "é你"])
  check_equal(root_of("valid/dtype/c32-joblib1.6").elements[0].bytesize, 32)
  objects = root_of("valid/ndarray/objects-joblib1.6")
  check_list([objects[0], objects[1], objects[2], objects[3][0], objects[4]], [1, "a", nil, 2, 3.5])
  raised_status("KIND") { objects.bytes }
  records = root_of("valid/ndarray/struct-packed-joblib1.6")
  check_list(records.fields, %w[a b])
  check_list(records.field("a").to_a, [0, 9])
  check_equal(records.field(:b).dtype, "<f8")
  check_equal(records.field("c"), nil)
  scalars = root_of("valid/ndarray/scalars-joblib1.6")
  check_list(scalars.first(6), [true, -1, 9_223_372_036_854_775_808, 1.5, 2.5, Complex(1.0, 2.0)])
  check_equal(scalars[6].dtype, "<M8[D]")
  check_list([scalars[6].ndim, scalars[6].length, scalars[6].size], [0, 1, 1])
  check_equal(scalars[6].to_a, [scalars[6][]])
  check_equal(root_of("valid/ndarray/dtypes-joblib1.6")[1].dtype, ">i4")
end

TESTS["runs every method"] = lambda do
  ran = {}
  %w[linear/logistic-labels-text linear/logistic-labels-bool trees/tree-outputs
     linear/logistic-labels-object trees/forest trees/forest-regressor
     pipeline/scaler-logistic-text preprocessing/standard dummy/prior-outputs].each do |name|
    model, input, expected = inference("#{name}-sklearn1.9")
    model.method_names.each do |method|
      output = model.public_send(method, input)
      outputs = output.is_a?(Array) ? output : [output]
      outputs.zip(expected[method]) { |one, wanted| check_output(one, wanted) } if expected[method]
      ran[method] = true
    end
    check((expected.keys - model.method_names).empty?, "#{name} runs too little")
  end
  check_list(ran.keys.sort, %i[decision_function predict predict_log_proba predict_proba transform])
  model, input = inference("linear/logistic-labels-text-sklearn1.9")
  check_list(model.classes, %w[café green red])
  check_equal(model.version, "1.9.1")
  check_equal(model.predict(input)[0], "café")
  check_list([model.feature_count, model.target_count], [4, 1])
  check_equal(model.feature_names, nil)
  sparse_model, sparse, expected = inference("preprocessing/standard-csr-sklearn1.9")
  scaled = sparse_model.transform(sparse)
  check(scaled.sparse?)
  check_list(scaled.shape, [10, 4])
  check_output(scaled.values, expected[:transform][0])
  check_equal(scaled.column_indices.bytes, expected[:transform][1])
  check_equal(scaled.row_offsets.bytes, expected[:transform][2])
end

TESTS["raises errors that say where"] = lambda do
  cut = raised_status("TRUNCATED") { Joblib.load(file_of("invalid/truncated/binbytes-3")) }
  check_equal(cut.class, Joblib::TruncatedError)
  check(cut.is_a?(Joblib::Error) && Joblib::Error < StandardError)
  check_list([cut.offset, cut.file_offset, cut.row, cut.parts], [2, 2, nil, nil])
  check(cut.message == "#{cut.reason} (JOBLIB_ERROR_TRUNCATED at byte 2)")
  check(cut.backtrace.any?)
  damaged = raised_status("CORRUPT") { Joblib.load(file_of("invalid/zlib/checksum-wrong")) }
  check_equal(damaged.class, Joblib::CorruptError)
  check_equal(raised_status("NOT_FOUND") { Joblib.load("no/such") }.offset, nil)
  raised(ArgumentError) { Joblib.load("a\0b") }
  raised(TypeError) { Joblib.load(5) }
  model, input = inference("linear/logistic-labels-text-sklearn1.9")
  rows = input.to_a
  rows[2][1] = Float::NAN
  refused = raised_status("VALUE") { model.predict(rows) }
  check_list([refused.row, refused.column], [2, 1])
  raised_status("INPUT") { model.predict([[1, 2, 3]]) }
  check_equal(raised_status("INPUT") { model.predict([[1, 2, 3, 4], [1, 2, 3]]) }.row, 1)
  check(raised(TypeError) { model.predict([[1, 2, 3, "4"]]) }.message.include?("column 3"))
  check(raised(TypeError) { model.predict([1, 2]) }.message.include?("Array of numbers"))
  check(raised(TypeError) { model.predict("1") }.message.include?("Array of Arrays"))
  raised_status("METHOD") { model.transform(input) }
  raised(RangeError) { model.predict(input, threads: -1) }
end

TESTS["keeps integers exact"] = lambda do
  check_list(root_of("valid/pickle4/int-big").first(8),
             [2**31, -2**31 - 1, 2**63, -2**63, 2**64, 2**64 - 1, 10**30, -10**30])
  check_list(root_of("valid/pickle4/int-edges").to_a,
             [0, 1, -1, 255, 256, 65_535, 65_536, 2**31 - 1, -2**31])
  # A pickle of [2^53 + 1, 2^63 - 1], as protocol 2 writes it.
  pickle = ["\x80\2](\x8a\7", [2**53 + 1].pack("q<")[0, 7], "\x8a\x8", [2**63 - 1].pack("q<"), "e."]
  check_list(Joblib.loads(pickle.map(&:b).join).root.to_a, [2**53 + 1, 2**63 - 1])
end

TESTS["keeps text and bytes"] = lambda do
  check_list(root_of("valid/pickle4/text-nul").to_a, ["a\0b", "\0"])
  text = root_of("valid/pickle4/text").to_a
  check_list(text, ["", "a", "café", "你好", "😀", "\"\\/\b\f\n\r\t\x7f\x1f"])
  check(text.all? { |one| one.encoding == Encoding::UTF_8 && one.valid_encoding? })
  bytes = root_of("valid/pickle4/bytes").to_a
  check_list(bytes, ["", "a", (0..255).to_a.pack("C*")])
  check(bytes.all? { |one| one.encoding == Encoding::BINARY })
end

TESTS["keeps NaN and infinity"] = lambda do
  special = root_of("valid/pickle4/float-special").to_a
  check_list(special.first(2), [Float::INFINITY, -Float::INFINITY])
  check(special[2..4].all?(&:nan?))
  model, input, expected = inference("trees/tree-missing-sklearn1.9")
  [input, input.to_a, input.each.to_a].each do |form|
    check_output(model.predict(form), expected[:predict][0])
  end
  infinite = input.to_a
  infinite[0][0] = Float::INFINITY
  raised_status("VALUE") { model.predict(infinite) }
end

TESTS["reads streams"] = lambda do
  path = file_of("valid/zlib/list-1001")
  File.open(path, "rb") { |file| check_equal(Joblib.read(file).root.size, 1001) }
  bytes = File.binread(path)
  [1, 7, 1 << 20].each do |step|
    check_equal(Joblib.read(Chunks.new(bytes, step)).root[1000], 1000)
  end
  [StringIO.new(bytes), PartialOnly.new(StringIO.new(bytes))].each do |stream|
    check_equal(Joblib.read(stream, max_depth: 9) { |document| document.root.last }, 1000)
  end
  raised_status("TRUNCATED") { Joblib.read(StringIO.new("")) }
  own = IOError.new("unplugged")
  check(raised(IOError) { Joblib.read(Answer.new { raise own }) }.equal?(own))
  check_equal(catch(:stop) { Joblib.read(Answer.new { throw :stop, 5 }) }, 5)
  check(raised(TypeError) { Joblib.read(Answer.new { 5 }) }.message.include?("Integer"))
  raised(TypeError) { Joblib.read(5) }
  killed = Thread.new { Joblib.read(Answer.new { Thread.current.kill }) }
  check_equal(killed.value, nil)
end

TESTS["takes options by name"] = lambda do
  path = file_of("valid/pickle4/nested-100")
  raised_status("LIMIT") { Joblib.load(path, max_depth: 50) }
  check_equal(Joblib.load(path, max_depth: 200).root.kind, :list)
  check_equal(Joblib.load(path, max_depth: Float::INFINITY, mapping: true).root.size, 1)
  raised_status("LIMIT") { Joblib.loads(File.binread(path), max_memory: 100) }
  raised_status("LIMIT") { Joblib.load(path, max_input: 9) }
  check_equal(Joblib.load(path, max_codec_memory: 9, mapping: 2).root.size, 1)
  raised_status("ARGUMENT") { Joblib.load(path, mapping: 3) }
  raised_status("ARGUMENT") { Joblib.load(path, max_deepness: 1) }
  raised_status("ARGUMENT") { Joblib.load(path, max_depth: 0) }
  raised(RangeError) { Joblib.load(path, max_depth: -1) }
  raised(RangeError) { Joblib.load(path, max_depth: 2**64) }
  raised_status("ARGUMENT") { Joblib.load(path, max_depth: "deep") }
  raised(TypeError) { Joblib.load(path, max_depth: 50.0) }
  old = file_of("valid/legacy/array-joblib0.9")
  folder = "#{VECTORS}/valid/legacy"
  check_equal(Joblib.load(old).root.class, Joblib::NDArray)
  check_equal(Joblib.load(old, companions: "").root.kind, :object)
  check_equal(Joblib.loads(File.binread(old)).root.kind, :object)
  check_equal(Joblib.loads(File.binread(old), companions: folder).root.class, Joblib::NDArray)
end

TESTS["survives collection in any order"] = lambda do
  input = Joblib.load("#{VECTORS}/#{LABELS}/input.joblib").root
  kept = {}
  random = Random.new(11)
  check_kept = lambda do |one|
    check_equal(one[:list][0], 1)
    check_list([one[:labels][0], one[:classes][0], one[:prepared].predict(input)[0]], ["café"] * 3)
    check_equal(one[:row].length, 4)
  end
  1.upto(200) do |round|
    document = Joblib.load(file_of("valid/pickle4/shared"))
    model = Joblib.load_model("#{VECTORS}/#{LABELS}/model.joblib")
    kept[random.rand(20)] = {
      list: document.root[7]["inner"], labels: model.predict(input), row: input[1],
      classes: model.value["classes_"], prepared: model.prepare
    }
    document.close if round.even?
    model.close if (round % 3).zero?
    document = model = nil
    GC.start(full_mark: (round % 10).zero?)
    kept.each_value(&check_kept)
  end
  closed = Joblib.load(file_of("valid/pickle4/shared"))
  check_equal(closed.close, nil)
  raised_status("ARGUMENT") { closed.root }
  closed.close
  check(closed.closed?)
  model = Joblib.load_model("#{VECTORS}/#{LABELS}/model.joblib") { |one| one }
  check(model.closed?)
  raised_status("ARGUMENT") { model.predict(input) }
  begin
    GC.stress = true
    one = Joblib.loads(File.binread(file_of("valid/pickle4/shared"))).root[7]["inner"][0]
    model = Joblib.load_model("#{VECTORS}/#{LABELS}/model.joblib")
    labels = model.predict(input.to_a.first(2)).to_a
    error = raised(Joblib::Error) { Joblib.read(Chunks.new("\x80\4", 1)) }
  ensure
    GC.stress = false
  end
  check_list([one, labels[0], error.status], [1, "café", Joblib::Status::TRUNCATED])
end

TESTS["predicts alike from every form of input"] = lambda do
  model, input, expected = inference("trees/forest-sklearn1.9")
  rows, columns = input.shape
  wanted = expected[:predict_proba][0]
  flat = input.elements
  forms = [
    input, input.to_a, input.each.to_a, Joblib.packed(input.bytes, rows: rows, columns: columns),
    Joblib.packed(flat.pack("E*"), rows: rows, columns: columns, dtype: "<f8"),
    Joblib.packed(flat.pack("G*"), rows: rows, columns: columns, dtype: ">f8"),
    Joblib.packed(flat.pack("e*"), rows: rows, columns: columns, dtype: "<f4")
  ]
  forms.each do |form|
    check_equal(model.predict_proba(form).bytes, wanted)
    check_equal(model.predict_proba(form, threads: 3).bytes, wanted)
  end
  check_equal(model.prepare.predict_proba(input).bytes, wanted)
  check_equal(model.run("predict_proba", input).bytes, wanted)
  threads = Array.new(4) { Thread.new { Array.new(50) { model.predict_proba(input).bytes }.uniq } }
  threads.each { |thread| check_list(thread.value, [wanted]) }
  raised_status("ARGUMENT") { Joblib.packed("123", rows: 1, columns: 1) }
  raised_status("ARGUMENT") { Joblib.packed("12345678", rows: 1, columns: 1, dtype: "<c8") }
end

TESTS["builds models and lists what cannot run"] = lambda do
  path = "#{VECTORS}/inference/pipeline/scaler-logistic-sklearn1.9/model.joblib"
  Joblib::Model.load(path, max_depth: 200) do |model|
    check_equal(model.parts.size, 3)
    check_equal(model.parts[0].full_name, "sklearn.pipeline.Pipeline")
    check_equal(model.parts[2].depth, 1)
    check_list(Joblib::Model.from(Joblib.load(path)).method_names, model.method_names)
    check_equal(Joblib::Model.from(model.value.dig(:steps, 1, 1)).target_count, 1)
    check_list(model.value["steps"].map { |name, _step| name }, model.value["steps"].map(&:first))
    check(Joblib.codec_available?(model.document.codec))
  end
  refused = raised_status("ESTIMATOR") do
    Joblib.load_model(file_of("valid/objects/plain-protocol4-joblib1.6"))
  end
  check_equal(refused.class, Joblib::EstimatorError)
  check_equal(refused.parts.size, 1)
  part = refused.parts[0]
  check_equal(part.full_name, "objects.Plain")
  check_equal(part.status, Joblib::Status::ESTIMATOR)
  check(!part.runnable? && !part.reason.empty?)
  raised_status("TRUNCATED") { Joblib.load_model(file_of("invalid/truncated/binbytes-3")) }
  raised(TypeError) { Joblib::Model.from(5) }
end

require_relative "inspection"
require_relative "dumping"
require_relative "exactness"

failed = 0
TESTS.each.with_index(1) do |(name, test), number|
  test.call
  puts "ok #{number} #{name}"
rescue Exception => e # rubocop:disable Lint/RescueException
  failed += 1
  puts "FAILED #{number} #{name}", e.full_message(highlight: false)
end
puts "#{TESTS.size - failed} passed, #{failed} failed, #{Checks.count} checks"
exit(failed.zero?)
