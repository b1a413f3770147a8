-- Numbers 14 and 15 of smoketest.lua: audits, and values as text.

local joblib = require "joblib"
local checks = require "checks"

local VECTORS, check, check_equal = checks.VECTORS, checks.check, checks.check_equal
local check_list, raised, check_status = checks.check_list, checks.raised, checks.check_status
local file_of, read_bytes = checks.file_of, checks.read_bytes

local audits = {"audits what a file names", function()
  local clean = joblib.audit(VECTORS .. "/demo/iris_logistic/model.joblib")
  check_equal(clean.outcome, "clean")
  check(clean:is_clean() and not clean:is_dangerous() and clean.error == nil and #clean > 0)
  for _, global in ipairs(clean) do check_equal(global.verdict, "known") end

  local path = file_of "audit/build"
  local stream <close> = assert(io.open(path, "rb"))
  for _, found in ipairs {
    joblib.audit(path), joblib.audit(stream), joblib.audit_bytes(read_bytes(path)),
    joblib.audit(path, {allow = {"code.InteractiveInterpreter"}}),
  } do
    check_equal(found.outcome, "dangerous")
    check(found:is_dangerous() and not found:is_clean())
    check_equal(#found, 1)
    local global = found[1]
    check_equal(global.module .. "." .. global.name, "code.InteractiveInterpreter")
    check_equal(global.verdict, "dangerous")
    check(#global.reason > 0 and global.called and global.built)
    check_list({global.offset, global.nesting, global.count}, {32, 0, 1})
  end

  local cut = joblib.audit(file_of "invalid/truncated/binbytes-3")
  check_equal(cut.outcome, "incomplete")
  check_status(cut.error, "TRUNCATED")
  check_equal(cut.error.offset, 2)
  check_status(joblib.audit("no such file").error, "NOT_FOUND")

  local unknown = file_of "audit/near-known"
  check_equal(joblib.audit(unknown).outcome, "unknown")
  check_equal(joblib.audit(unknown, {allow = {"m.C", "numpy.ndarrayy"}}).outcome, "clean")
  check_equal(joblib.audit(unknown, {allow = {"numpy.ndarray"}, max_depth = 9}).outcome, "unknown")
  check_status(raised(joblib.audit, unknown, {max_deepness = 1}), "ARGUMENT")
  check(not pcall(joblib.load, unknown, {allow = {"m.C"}}))
  check_equal(raised(joblib.audit, function() return nil, "unplugged" end), "unplugged")
end}

local texts = {"shows values as text", function()
  local document = joblib.load(file_of "valid/pickle4/shared")
  check_equal(document:show(), [[
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
]])
  check_equal(document:show {depth = 0}, "list of 8\n")
  check_equal(joblib.show(document:root(), {depth = math.huge}), document:show())
  check(not pcall(document.show, document, {depth = -2}))
  for _, case in ipairs {"pickle4/shared", "pickle4/dict-keys", "pickle4/cycle-list",
                         "ndarray/f-order-joblib1.6", "zlib/list-1001"} do
    local expect = read_bytes(("%s/valid/%s.json"):format(VECTORS, case))
    local value = expect:match '"expect": {"value": ([^\n]*)}\n'
    local root = joblib.load(file_of("valid/" .. case))
    check_equal(root:json(), value)
    check_equal(joblib.json(root:root()), value)
  end
  check_status(raised(function() document:close() return document:show() end), "ARGUMENT")
end}

return {audits, texts}
