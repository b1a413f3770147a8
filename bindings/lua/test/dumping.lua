-- Numbers 16 to 18 of smoketest.lua: documents, values of Lua, builders and edits are dumped.

local joblib = require "joblib"
local checks = require "checks"

local check, check_equal, check_list = checks.check, checks.check_equal, checks.check_list
local raised, check_status = checks.raised, checks.check_status
local file_of, read_bytes = checks.file_of, checks.read_bytes

local function reload(value, options) return joblib.loads(joblib.dumps(value, options)) end

local function collect(value, options)
  local parts = {}
  joblib.dump(value, function(bytes) parts[#parts + 1] = bytes end, options)
  return table.concat(parts)
end

local documents = {"dumps documents to files, strings and streams", function()
  for _, case in ipairs {"pickle4/shared", "ndarray/f-order-joblib1.6", "zlib/list-1001"} do
    local bytes = read_bytes(file_of("valid/" .. case))
    local document = joblib.loads(bytes)
    check(joblib.dumps(document) == bytes, "other bytes")
    check(collect(document) == bytes, "other bytes in a stream")
    local path = os.tmpname()
    joblib.dump(document, path)
    check(read_bytes(path) == bytes, "other bytes in a file")
    local file <close> = assert(io.open(path, "wb"))
    joblib.dump(document, file)
    file:close()
    check(read_bytes(path) == bytes, "other bytes in an open file")
    os.remove(path)
  end
  local document = joblib.load(file_of "valid/pickle4/shared")
  for _, compress in ipairs {"zlib", "gzip:1", 9, true, {"zlib", 1}} do
    local codec = compress == "gzip:1" and "gzip" or "zlib"
    local again = reload(document, {compress = compress})
    check_equal(again:codec(), codec)
    check_equal(again:show(), document:show())
  end
  local path = os.tmpname() .. ".gz"
  joblib.dump(document, path)
  check_equal(joblib.load(path):codec(), "gzip")
  os.remove(path)
  check_equal(reload(document, {protocol = 2}):protocol(), 2)
  check_equal(reload(document, {like = "1.1.0/py3.7"}):protocol(), 3)
  check_equal(reload(document, {like = "1.1.0/py3.7", protocol = 2}):protocol(), 2)
  check_equal(reload(document, {pickler = "pickle", fast = true}):codec(), "raw")
  for _, options in ipairs {{protocol = 6}, {like = "new"}, {compress = "zip"}, {max_depth = 1},
    {pickler = "c"}, {compress = 10}, {sklearn = "9"}, {fest = true}} do
    check_status(raised(joblib.dumps, document, options), "ARGUMENT")
  end
  check_status(raised(joblib.dump, document, "no/such/folder/file"), "NOT_FOUND")
  local own = {}
  check_equal(raised(joblib.dump, document, function() error(own) end), own)
  check_equal(raised(joblib.dump, document, function() return nil, "full" end), "full")
  local danger = joblib.load(file_of "audit/build")
  check_status(raised(joblib.dumps, danger), "FORBIDDEN")
  check(#joblib.dumps(danger, {allow = {"code.InteractiveInterpreter"}}) > 0)
  document:close()
  check_status(raised(joblib.dumps, document), "ARGUMENT")
end}

local function check_array(array, dtype, shape, list)
  check_equal(array:dtype(), dtype)
  check_list(array:shape(), shape)
  check_list(array:list(), list)
end

local natives = {"dumps values of Lua", function()
  local shared = {1}
  local value = {
    joblib.none, true, -5, math.mininteger, 1.0, 0.5, "café", "\xff\0", "a\0b", shared, shared,
    {}, {b = 1, a = {2.5}, [7] = "seven"}, joblib.tuple {1, joblib.tuple {}}, joblib.set {3, 3},
    joblib.bytes "text", joblib.integer "1000000000000000000000", joblib.complex(1, -2),
    joblib.dict {{joblib.tuple {1, 2}, "pair"}, {joblib.none, joblib.frozenset {1}}},
  }
  value[#value + 1] = value
  local root = reload(value):root()
  check_list({root[1], root[2], root[3], root[4], root[5], root[6], root[7], root[8], root[9]},
    {joblib.none, true, -5, math.mininteger, 1.0, 0.5, "café", "\xff\0", "a\0b"})
  check_equal(root[10], root[11])
  check_equal(root[10][1], 1)
  check_equal(joblib.type(root[12]), "list")
  check_equal(root[13].a[1], 2.5)
  local keys = {}
  for key in pairs(root[13]) do keys[#keys + 1] = key end
  check_list(keys, {7, "a", "b"})
  check_equal(joblib.type(root[14]), "tuple")
  check_equal(#root[14][2], 0)
  check_equal(#root[15], 1)
  check(reload(joblib.bytes "text"):json():find "bytes", "no bytes")
  check_equal(tostring(root[17]), "1000000000000000000000")
  check_equal(root[18], joblib.complex(1, -2))
  check_equal(#root[19], 2)
  check_equal(root[20], root)

  local deep = {}
  for _ = 1, 900 do deep = {deep} end
  check(#joblib.dumps(deep) > 0)

  check_array(joblib.array {{1, 2.5}, {3, 4}}, "<f8", {2, 2}, {1.0, 2.5, 3.0, 4.0})
  check_array(joblib.array {1, 2}, "<i8", {2}, {1, 2})
  check_array(joblib.array({1, 2}, nil, ">f4"), ">f4", {2}, {1.0, 2.0})
  check_array(joblib.array({1, 2, 3, 4}, {2, 2}, "<u1"), "|u1", {2, 2}, {1, 2, 3, 4})
  check_array(joblib.array {true, false}, "|b1", {2}, {true, false})
  check_array(joblib.array {"é", "three"}, "<U5", {2}, {"é", "three"})
  check_array(joblib.array(string.pack("<ddd", 1, 2, 3), {3, 1}), "<f8", {3, 1}, {1.0, 2.0, 3.0})
  check_array(joblib.array({"a", 1, joblib.none}, nil, "O"), "|O", {3}, {"a", 1, joblib.none})
  local numbers = joblib.array {{1.5, 2.5}, {3.5, 4.5}}
  local arrays = reload({numbers, numbers[2], joblib.scalar(2.5), joblib.scalar(3, "<i4")}):root()
  check_array(arrays[1], "<f8", {2, 2}, {1.5, 2.5, 3.5, 4.5})
  check_array(arrays[2], "<f8", {2}, {3.5, 4.5})
  check_list({arrays[3], arrays[4]}, {2.5, 3})
  local source = joblib.load(file_of "valid/pickle4/shared")
  local copied = reload({source, source:root()[1]}):root()
  check_equal(copied[1][1], copied[2])

  check(raised(joblib.dumps, print):find "function cannot be dumped")
  check(raised(joblib.dumps, {[{}] = 1}):find "joblib.dict")
  check(raised(joblib.array, {{1}, {2, 3}}):find "beside")
  check_status(raised(joblib.array, "1234567", {1}), "ARGUMENT")
  check_status(raised(joblib.dumps, joblib.integer "12x"), "ARGUMENT")
  local loop = joblib.tuple {}
  loop.items[1] = loop
  check(raised(joblib.dumps, loop):find "holds itself")
end}

local builders = {"builds and edits documents", function()
  local builder = joblib.builder()
  local state = {name = "x"}
  local object = builder:object("collections.OrderedDict", state, {form = "reduce"})
  object:put("key", {1, 2})
  local list = builder:value {object, object}
  list:append("end")
  list:insert(1, 0)
  list:set_item(4, "last")
  local root = builder:document(list):root()
  check_equal(root[1], 0)
  check_equal(root[2], root[3])
  check_equal(joblib.class_name(root[2]), "OrderedDict")
  check_equal(root[2].name, "x")
  check_equal(root[4], "last")
  check_status(raised(list.append, list, 1), "ARGUMENT")
  check_status(raised(joblib.dumps, joblib.object("my.Class", {})), "FORBIDDEN")
  check(#joblib.dumps(joblib.object("my.Class", {}), {allow = {"my.Class"}}) > 0)
  check_status(raised(joblib.dumps, joblib.global "nothing"), "ARGUMENT")

  local model = joblib.estimator("LinearRegression", {coef_ = {2.0, -1.0}, intercept_ = 0.5}, "1.6")
  local document = reload(model, {sklearn = "1.6"})
  check_equal(document:root()._sklearn_version:match "^1%.6", "1.6")
  check_list(joblib.model(document):predict({{1, 1}, {3, 0}}):list(), {1.5, 6.5})
  local older = document:upgrade "0.22"
  check_equal(older:root()._sklearn_version:match "^0%.22", "0.22")
  check_equal(older:root().normalize, false)
  check_list(joblib.model(reload(older, {sklearn = "0.22"})):predict({{1, 1}, {3, 0}}):list(),
    {1.5, 6.5})
  check(document:upgrade():root()._sklearn_version:find "^1%.9")
  check_status(raised(document.upgrade, document, "0.1"), "ARGUMENT")
  local unknown = builder:document(builder:object("sklearn.manifold._t_sne.TSNE", {}))
  check_status(raised(unknown.upgrade, unknown, "1.6"), "ESTIMATOR")
  local edit = document:edit()
  edit:set("coef_", joblib.array {1.0, 1.0})
  edit:find(""):set_attribute("note_", {1})
  edit:find("note_"):append(2)
  check_status(raised(edit.set, edit, "missing.x", 1), "RANGE")
  local edited = edit:document()
  check_list(joblib.model(edited):predict({{1, 1}}):list(), {2.5})
  check_equal(#edited:root().note_, 2)
  check_list(joblib.model(document):predict({{1, 1}}):list(), {1.5})
  check_status(raised(edit.set, edit, "coef_", 1), "ARGUMENT")
  check_status(raised(joblib.dumps, joblib.estimator("NoSuch", {})), "ARGUMENT")
  check_status(raised(joblib.dumps, joblib.estimator("Ridge", {colour = 1})), "ARGUMENT")
  local steps = {joblib.tuple {"scale", joblib.estimator("StandardScaler",
    {mean_ = {1}, scale_ = {2}, var_ = {4}})}, joblib.tuple {"model", joblib.estimator("Ridge",
    {coef_ = {3}, intercept_ = 1})}}
  local pipeline = joblib.model(reload(joblib.estimator("Pipeline", {steps = steps})))
  check_list(pipeline:predict({{5}}):list(), {7.0})
end}

return {documents, natives, builders}
