# frozen_string_literal: true

# Numbers 14 and 15 of smoketest.rb: audits, and values as text.

TESTS["audits what a file names"] = lambda do
  clean = Joblib.audit("#{VECTORS}/demo/iris_logistic/model.joblib")
  check_equal(clean.outcome, :clean)
  check(clean.clean? && !clean.dangerous? && clean.error.nil? && clean.size.positive?)
  check(clean.all? { |global| global.verdict == :known })

  path = file_of("audit/build")
  [
    Joblib.audit(path), Joblib.audit(Pathname(path)), Joblib.audit_bytes(File.binread(path)),
    File.open(path, "rb") { |file| Joblib.audit(file) }, Joblib.audit(Chunks.new(File.binread(path), 3)),
    Joblib.audit(path, allow: ["code.InteractiveInterpreter"])
  ].each do |audit|
    check_equal(audit.outcome, :dangerous)
    check(audit.dangerous? && !audit.clean?)
    check_list(audit.map(&:full_name), ["code.InteractiveInterpreter"])
    global = audit.first
    check_list([global.module, global.verdict], ["code", :dangerous])
    check(!global.reason.empty? && global.called && global.built)
    check_list([global.offset, global.nesting, global.count], [32, 0, 1])
  end

  cut = Joblib.audit(file_of("invalid/truncated/binbytes-3"))
  check_equal(cut.outcome, :incomplete)
  check_equal(cut.error.class, Joblib::TruncatedError)
  check_equal(cut.error.offset, 2)
  check_equal(Joblib.audit("no such file").error.class, Joblib::NotFoundError)

  unknown = file_of("audit/near-known")
  check_equal(Joblib.audit(unknown).outcome, :unknown)
  check_equal(Joblib.audit(unknown, allow: ["m.C", "numpy.ndarrayy"]).outcome, :clean)
  check_equal(Joblib.audit(unknown, allow: ["numpy.ndarray"], max_depth: 9).outcome, :unknown)
  raised_status("ARGUMENT") { Joblib.audit(unknown, max_deepness: 1) }
  raised(TypeError) { Joblib.audit(unknown, allow: [5]) }
  own = Class.new(StandardError).new("unplugged")
  reader = Object.new
  reader.define_singleton_method(:read) { |_size| raise own }
  check_equal(raised { Joblib.audit(reader) }, own)
end

TREE = <<~TEXT
  list of 8
    [0]: &1 [1]
    [1]: &2 dict of 1
      "k": 2
    [2]: &3 set {3}
    [3]: *1 [1]
    [4]: *2 dict of 1
    [5]: *3 set {3}
    [6]: tuple of 1
      [0]: *1 [1]
    [7]: dict of 1
      "inner": *1 [1]
TEXT

TESTS["shows values as text"] = lambda do
  document = Joblib.load(file_of("valid/pickle4/shared"))
  check_list([document.show, document.root.show(depth: Float::INFINITY)], [TREE, TREE])
  check_equal(document.show(depth: 0), "list of 8\n")
  check_equal(document.show.encoding, Encoding::UTF_8)
  raised(RangeError) { document.show(depth: -2) }
  %w[pickle4/shared pickle4/dict-keys pickle4/cycle-list ndarray/f-order-joblib1.6
     zlib/list-1001].each do |name|
    json = File.read("#{VECTORS}/valid/#{name}.json")[/"expect": {"value": (.*)}$/, 1]
    document = Joblib.load(file_of("valid/#{name}"))
    check_list([document.to_tagged_json, document.root.to_tagged_json], [json, json])
  end
  model = Joblib.load_model("#{VECTORS}/demo/iris_logistic/model.joblib")
  raised_status("ARGUMENT") { document.tap(&:close).show }
  raised(ArgumentError) { model.predict([[5.1, 3.5, 1.4, 0.2]]).show }
end
