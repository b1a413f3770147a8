-- The smoke test of every binding; bindings/README.md numbers its parts.
-- JOBLIB_VECTORS is the folder of the conformance vectors.

package.path = arg[0]:gsub("[^/]*$", "") .. "?.lua;" .. package.path

local joblib = require "joblib"
local checks = require "checks"

local VECTORS, check, check_equal = checks.VECTORS, checks.check, checks.check_equal
local check_list, raised, check_status = checks.check_list, checks.raised, checks.check_status
local file_of, root_of, read_bytes = checks.file_of, checks.root_of, checks.read_bytes

-- Inference cases: expected.json holds packed arrays in base64, or a list of labels, which
-- patterns find.

local function decode(base64)
  local letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
  local bytes = {}
  for four in base64:gmatch "...." do
    local bits = 0
    for letter in four:gmatch "." do
      bits = bits << 6 | (letters:find(letter, 1, true) or 1) - 1
    end
    bytes[#bytes + 1] = string.pack(">I3", bits):sub(1, 3 - #four:match "=*$")
  end
  return table.concat(bytes)
end

local function inference(case)
  local folder = ("%s/inference/%s"):format(VECTORS, case)
  local json = read_bytes(folder .. "/expected.json")
  local expected = {}
  for method, outputs in json:gmatch '"([%l_]+)":{"compare":"%l+","outputs":(%b[])' do
    expected[method] = {}
    for data in outputs:gmatch '"data":"([^"]*)"' do
      table.insert(expected[method], decode(data))
    end
    local labels = {}
    for text in outputs:gmatch '{"str":"([%w ]*)"}' do labels[#labels + 1] = text end
    if #labels > 0 then expected[method][1] = labels end
  end
  local model = joblib.load_model(folder .. "/model.joblib")
  return model, joblib.load(folder .. "/input.joblib"):root(), expected
end

--- Doubles within 1e-13 of scikit-learn's; all else must be equal.
local function check_output(found, expected)
  if type(expected) == "table" then return check_list(found:list(), expected) end
  if found:dtype() ~= "<f8" then return check_equal(found:bytes(), expected) end
  check_equal(#found:bytes(), #expected)
  for i, number in ipairs(found:list()) do
    local wanted = string.unpack("<d", expected, 8 * i - 7)
    local equal = number == wanted or number ~= number and wanted ~= wanted
    local close = math.abs(number - wanted) <= 1e-13 * math.max(1, math.abs(wanted))
    check(equal or close, tostring(number), "is not", tostring(wanted))
  end
end

local tests = {}

tests[1] = {"loads each codec", function()
  check(joblib.version():find "^%d+%.%d+%.%d+$")
  check(joblib.codec_available "raw" and joblib.codec_available "zlib")
  check(not joblib.codec_available "rot13")
  for codec, case in pairs {raw = "pickle4", zlib = "zlib", gzip = "gzip"} do
    local path = file_of("valid/" .. case .. "/list-1001")
    for _, document in ipairs {joblib.load(path), joblib.loads(read_bytes(path))} do
      check_equal(document:codec(), codec)
      check_equal(document:protocol(), 4)
      check(document:memory() > 0)
      local list = document:root()
      check_equal(#list, 1001)
      for i, item in ipairs(list) do check_equal(item, i - 1) end
    end
  end
end}

tests[2] = {"walks containers and objects", function()
  local shared = root_of "valid/pickle4/shared"
  check_equal(joblib.type(shared), "list")
  check_equal(shared[1], shared[4])
  check_equal(shared[8].inner, shared[1])
  check_equal(shared[7][1], shared[1])
  check(shared[1] ~= shared[2])
  check_equal(joblib.identity(shared[1]), joblib.identity(shared[4]))
  check_equal(shared[2].k, 2)
  check_equal(shared[2].missing, nil)
  check_equal(shared[9], nil)
  local cycle = root_of "valid/pickle4/cycle-list"
  check_equal(cycle[2][2][2], cycle)
  local keys = {}
  for key, item in pairs(root_of "valid/pickle4/dict-keys") do keys[item + 1] = key end
  check_equal(keys[1], joblib.none)
  check_list({keys[2], keys[3], keys[4], keys[5], keys[6]}, {true, 2, 3.5, "t", "b"})
  check_equal(joblib.type(keys[7]), "tuple")
  check_equal(joblib.type(keys[8]), "frozenset")
  check_equal(root_of("valid/pickle4/dict-keys")[2], 2)
  check_equal(root_of("valid/pickle4/dict-keys")[true], 1)

  local both = root_of "valid/objects/slots-and-dict-protocol4-joblib1.6"
  check_equal(joblib.type(both), "object")
  check_equal(joblib.module_name(both), "objects")
  check_equal(joblib.class_name(both), "Both")
  check_equal(joblib.form(both), "newobj")
  check_equal(joblib.class_name(joblib.class(both)), "Both")
  check_equal(#joblib.arguments(both), 0)
  check_equal(joblib.keywords(both), nil)
  check_equal(joblib.items(both), nil)
  check_list({both.a, both.c, both.missing}, {1, 3})
  for name, value in pairs(both) do check_equal(value, name == "a" and 1 or 3) end
  check_equal(joblib.type(joblib.state(both)), "tuple")
  check(not pcall(function() both.a = 2 end))
end}

tests[3] = {"reads arrays", function()
  for _, case in ipairs {"f-order-joblib1.6", "c-order-joblib1.0"} do
    local array = root_of("valid/ndarray/" .. case)
    check_equal(array:dtype(), "<f8")
    check_list(array:shape(), {2, 3})
    check_equal(array:order(), case:sub(1, 1):upper())
    check_list(array:list(), {0.0, 1.0, 2.0, 3.0, 4.0, 5.0})
    check_equal(array:bytes(), string.pack("=dddddd", 0, 1, 2, 3, 4, 5))
    check_list(array[2]:list(), {3.0, 4.0, 5.0})
    check_list(array:totable()[2], {3.0, 4.0, 5.0})
    check_list({array:unpack(2, 3)}, {1.0, 2.0})
    check_equal(array[2][3], 5.0)
    check_equal(array[2][4], nil)
    check_equal(array[3], nil)
    check_equal(#array, 2)
  end
  check_list(root_of("valid/ndarray/text-joblib1.6"):list(), {"", "ab", "é你"})
  local objects = root_of "valid/ndarray/objects-joblib1.6"
  check_list({objects[1], objects[2], objects[4][1], objects[5]}, {1, "a", 2, 3.5})
  check_equal(objects[3], joblib.none)
  local records = root_of "valid/ndarray/struct-packed-joblib1.6"
  check_list(records:fields(), {"a", "b"})
  check_list(records:field("a"):list(), {0, 9})
  check_equal(records:field("b"):dtype(), "<f8")
  check_equal(records:field "c", nil)
  local scalars = root_of "valid/ndarray/scalars-joblib1.6"
  check_list({scalars[1], scalars[2], scalars[4], scalars[5]}, {true, -1, 1.5, 2.5})
  check_equal(tostring(scalars[3]), "9223372036854775808")
  check_equal(tostring(scalars[6]), "(1+2j)")
  check_equal(scalars[7]:dtype(), "<M8[D]")
  check_equal(joblib.dtype(root_of("valid/ndarray/dtypes-joblib1.6")[2]), ">i4")
end}

tests[4] = {"runs every method", function()
  local cases = {"linear/logistic-labels-text", "linear/logistic-labels-bool", "trees/tree-outputs",
    "linear/logistic-labels-object", "trees/forest", "trees/forest-regressor",
    "pipeline/scaler-logistic-text", "preprocessing/standard", "dummy/prior-outputs"}
  local run = {}
  for _, case in ipairs(cases) do
    local model, input, expected = inference(case .. "-sklearn1.9")
    for _, method in ipairs(model:methods()) do
      local output = model[method](model, input)
      local outputs = joblib.type(output) == "table" and output or {output}
      check_equal(#outputs, #(expected[method] or outputs))
      for i, one in ipairs(expected[method] or {}) do check_output(outputs[i], one) end
      run[method] = true
    end
    for method in pairs(expected) do check(run[method], method, "cannot run") end
  end
  for _, method in ipairs {"predict", "predict_proba", "predict_log_proba", "decision_function",
    "transform"} do
    check(run[method], method, "was not run")
  end
  local model, input = inference "linear/logistic-labels-text-sklearn1.9"
  check_list(model:classes(), {"café", "green", "red"})
  check_equal(model:version(), "1.9.1")
  check_equal(model:predict(input)[1], "café")
  check_equal(model:feature_count(), 4)
  local sparse_model, sparse, expected = inference "preprocessing/standard-csr-sklearn1.9"
  local scaled = sparse_model:transform(sparse)
  check(scaled:is_sparse())
  check_list(scaled:shape(), {10, 4})
  check_output(scaled:values(), expected.transform[1])
  check_equal(scaled:column_indices():bytes(), expected.transform[2])
  check_equal(scaled:row_offsets():bytes(), expected.transform[3])
end}

tests[5] = {"raises errors that say where", function()
  local cut = raised(joblib.load, file_of "invalid/truncated/binbytes-3")
  check_status(cut, "TRUNCATED")
  check_equal(cut.class, "TruncatedError")
  check_list({cut.offset, cut.file_offset}, {2, 2})
  check_equal(cut.row, nil)
  check(tostring(cut):find("JOBLIB_ERROR_TRUNCATED at byte 2", 1, true))
  local damaged = raised(joblib.load, file_of "invalid/zlib/checksum-wrong")
  check_status(damaged, "CORRUPT")
  check_equal(damaged.class, "CorruptError")
  check_status(raised(joblib.load, file_of "no/such"), "NOT_FOUND")
  check(not joblib.is_error(raised(joblib.load, "a\0b")))
  local model, input = inference "linear/logistic-labels-text-sklearn1.9"
  local rows = input:totable()
  rows[3][2] = 0 / 0
  local refused = raised(model.predict, model, rows)
  check_status(refused, "VALUE")
  check_list({refused.row, refused.column}, {2, 1})
  check_status(raised(model.predict, model, {{1, 2, 3}}), "INPUT")
  local ragged = raised(model.predict, model, {{1, 2, 3, 4}, {1, 2, 3}})
  check_status(ragged, "INPUT")
  check_equal(ragged.row, 1)
  check(tostring(raised(model.predict, model, {{1, 2, 3, "4"}})):find "column 4")
  check(tostring(raised(model.predict, model, {1, 2})):find "table of numbers")
  check_status(raised(model.transform, model, input), "METHOD")
end}

tests[6] = {"keeps integers exact", function()
  local big = root_of "valid/pickle4/int-big"
  check_equal(big[1], 2147483648)
  check_equal(big[4], math.mininteger)
  check_equal(joblib.type(big[3]), "integer")
  for i, digits in pairs {[3] = "9223372036854775808", [5] = "18446744073709551616",
    [6] = "18446744073709551615", [7] = "1" .. ("0"):rep(30), [8] = "-1" .. ("0"):rep(30)} do
    check_equal(tostring(big[i]), digits)
  end
  check_list(root_of "valid/pickle4/int-edges",
    {0, 1, -1, 255, 256, 65535, 65536, 2147483647, -2147483648})
  -- A pickle of [2^53 + 1, 2^63 - 1], as protocol 2 writes it.
  local pickle = "\x80\2](\x8a\7" .. string.pack("<I7", 2 ^ 53 | 1)
    .. "\x8a\8" .. string.pack("<i8", math.maxinteger) .. "e."
  check_list(joblib.loads(pickle):root(), {9007199254740993, math.maxinteger})
end}

tests[7] = {"keeps text and bytes", function()
  check_list(root_of "valid/pickle4/text-nul", {"a\0b", "\0"})
  check_list(root_of "valid/pickle4/text",
    {"", "a", "café", "你好", "😀", "\"\\/\b\f\n\r\t\x7f\x1f"})
  local bytes = root_of "valid/pickle4/bytes"
  check_list({bytes[1], bytes[2]}, {"", "a"})
  for i = 0, 255 do check_equal(bytes[3]:byte(i + 1), i) end
end}

tests[8] = {"keeps NaN and infinity", function()
  local special = root_of "valid/pickle4/float-special"
  check_list({special[1], special[2]}, {math.huge, -math.huge})
  for i = 3, 5 do check(special[i] ~= special[i]) end
  local model, input, expected = inference "trees/tree-missing-sklearn1.9"
  check_output(model:predict(input), expected.predict[1])
  check_output(model:predict(input:totable()), expected.predict[1])
  local infinite = input:totable()
  infinite[1][1] = math.huge
  check_status(raised(model.predict, model, infinite), "VALUE")
end}

tests[9] = {"reads streams", function()
  local path = file_of "valid/zlib/list-1001"
  local file <close> = assert(io.open(path, "rb"))
  check_equal(#joblib.read(file):root(), 1001)
  local bytes, used = read_bytes(path), 0
  for _, step in ipairs {1, 7, 1 << 20} do
    used = 0
    local document = joblib.read(function()
      used = used + step
      return bytes:sub(used - step + 1, used)
    end)
    check_equal(document:root()[1001], 1000)
  end
  check_status(raised(joblib.read, function() return nil end), "TRUNCATED")
  check_equal(raised(joblib.read, function() return nil, "unplugged" end), "unplugged")
  local own = {}
  check_equal(raised(joblib.read, function() error(own) end), own)
  check(raised(joblib.read, function() return 5 end):find "gave a number")
end}

tests[10] = {"takes options by name", function()
  local path = file_of "valid/pickle4/nested-100"
  check_status(raised(joblib.load, path, {max_depth = 50}), "LIMIT")
  check_equal(joblib.type(joblib.load(path, {max_depth = 200}):root()), "list")
  check_equal(#joblib.load(path, {max_depth = math.huge, mapping = true}):root(), 1)
  check_status(raised(joblib.loads, read_bytes(path), {max_memory = 100}), "LIMIT")
  check_status(raised(joblib.load, path, {max_input = 9}), "LIMIT")
  check_equal(#joblib.load(path, {max_codec_memory = 9, mapping = 2}):root(), 1)
  check_status(raised(joblib.load, path, {mapping = 3}), "ARGUMENT")
  check_status(raised(joblib.load, path, {max_deepness = 1}), "ARGUMENT")
  check_status(raised(joblib.load, path, {max_depth = 0}), "ARGUMENT")
  check(not pcall(joblib.load, path, {max_depth = -1}))
  check_status(raised(joblib.load, path, {max_depth = "deep"}), "ARGUMENT")
  local old = file_of "valid/legacy/array-joblib0.9"
  local folder = VECTORS .. "/valid/legacy"
  check_equal(joblib.type(joblib.load(old):root()), "ndarray")
  check_equal(joblib.type(joblib.load(old, {companions = ""}):root()), "object")
  check_equal(joblib.type(joblib.loads(read_bytes(old)):root()), "object")
  check_equal(joblib.type(joblib.loads(read_bytes(old), {companions = folder}):root()), "ndarray")
end}

tests[11] = {"survives collection in any order", function()
  local model_path = VECTORS .. "/inference/linear/logistic-labels-text-sklearn1.9/model.joblib"
  local input = joblib.load((model_path:gsub("model", "input"))):root()
  local kept = {}
  math.randomseed(11)
  for round = 1, 200 do
    local document = joblib.load(file_of "valid/pickle4/shared")
    local model = joblib.load_model(model_path)
    kept[math.random(20)] = {
      list = document:root()[8].inner, labels = model:predict(input), row = input[2],
      classes = model:value().classes_, prepared = model:prepare(),
    }
    if round % 2 == 0 then document:close() end
    if round % 3 == 0 then model:close() end
    document, model = nil, nil
    collectgarbage()
    for _, one in pairs(kept) do
      check_equal(one.list[1], 1)
      check_equal(one.labels[1], "café")
      check_equal(one.classes[1], "café")
      check_equal(#one.row, 4)
      check_equal(one.prepared:predict(input)[1], "café")
    end
  end
  local closed = joblib.load(file_of "valid/pickle4/shared")
  do local document <close> = closed end
  check_status(raised(closed.root, closed), "ARGUMENT")
  closed:close()
  local model = joblib.load_model(model_path)
  model:close()
  check_status(raised(model.predict, model, input), "ARGUMENT")
end}

tests[12] = {"predicts alike from every form of input", function()
  local model, input, expected = inference "trees/forest-sklearn1.9"
  local rows, columns = table.unpack(input:shape())
  local flat = input:list()
  local function pack(format)
    local words = {}
    for i, number in ipairs(flat) do words[i] = string.pack(format, number) end
    return table.concat(words)
  end
  local forms = {
    input, input:totable(), joblib.packed(input:bytes(), rows, columns),
    joblib.packed(pack "<d", rows, columns, "<f8"), joblib.packed(pack ">d", rows, columns, ">f8"),
  }
  for _, form in ipairs(forms) do
    check_equal(model:predict_proba(form):bytes(), expected.predict_proba[1])
    check_equal(model:predict_proba(form, {threads = 3}):bytes(), expected.predict_proba[1])
  end
  local narrow = model:predict_proba(joblib.packed(pack "<f", rows, columns, "<f4"))
  check_equal(narrow:bytes(), expected.predict_proba[1])
  check_equal(model:prepare():predict_proba(input):bytes(), expected.predict_proba[1])
  check_status(raised(joblib.packed, "123", 1, 1), "ARGUMENT")
  check_status(raised(joblib.packed, "12345678", 1, 1, "<c8"), "ARGUMENT")
end}

tests[13] = {"builds models and lists what cannot run", function()
  local path = VECTORS .. "/inference/pipeline/scaler-logistic-sklearn1.9/model.joblib"
  local model <close> = joblib.load_model(path, {max_depth = 200})
  check_equal(model.parts[1].class, "sklearn.pipeline.Pipeline")
  check_equal(#model.parts, 3)
  check_equal(model.parts[3].depth, 1)
  check_list(joblib.model(joblib.load(path)):methods(), model:methods())
  local step = joblib.model(model:value().steps[2][2])
  check_equal(step:target_count(), 1)
  local refused = raised(joblib.load_model, file_of "valid/objects/plain-protocol4-joblib1.6")
  check_status(refused, "ESTIMATOR")
  check_equal(#refused.parts, 1)
  check_equal(refused.parts[1].class, "objects.Plain")
  check_equal(refused.parts[1].status, joblib.status.ESTIMATOR)
  check(#refused.parts[1].reason > 0)
  check_status(raised(joblib.load_model, file_of "invalid/truncated/binbytes-3"), "TRUNCATED")
end}

tests[14], tests[15] = table.unpack((require "inspection"))
tests[16], tests[17], tests[18] = table.unpack((require "dumping"))
tests[19], tests[20] = table.unpack((require "exactness"))

local failed = 0
for number, test in ipairs(tests) do
  local ok, problem = xpcall(test[2], function(problem)
    return debug.traceback(tostring(problem), 2)
  end)
  print(("%s %2d %s"):format(ok and "ok" or "FAILED", number, test[1]))
  if not ok then
    failed = failed + 1
    print(problem)
  end
end
print(("%d passed, %d failed, %d checks"):format(#tests - failed, failed, checks.count))
os.exit(failed == 0, true)
