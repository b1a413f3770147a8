--- Audits: which classes and functions a file names. Private: joblib.lua is the module.

local core = require "joblib.core"
local loading = require "joblib.loading"

local audit = {}

local Audit = {__name = "joblib.audit"}
Audit.__index = Audit
audit.Audit = Audit

local function make_allow_list(names)
  if names == nil then return nil end
  local list = core.AllowList()
  for _, name in ipairs(names) do list:append(name) end
  return list
end

local function read_global(handle, index)
  return {
    module = handle:module_name(index), name = handle:global_name(index),
    verdict = handle:verdict(index), reason = handle:reason(index),
    called = handle:is_called(index), built = handle:is_built(index),
    nesting = handle:nesting(index), offset = handle:offset(index),
    count = handle:occurrences(index),
  }
end

local function read_audit(handle)
  local found = {outcome = handle:outcome()}
  local complete, problem = pcall(handle.check, handle)
  if not complete then found.error = problem end
  for index = 0, handle:count() - 1 do found[index + 1] = read_global(handle, index) end
  return setmetatable(found, Audit)
end

local function run(call, source, options)
  local allow = make_allow_list(options and options.allow)
  return read_audit(call(source, loading.make_options(options, "allow"), allow))
end

function audit.path(path, options) return run(core.Audit.load, path, options) end
function audit.bytes(bytes, options) return run(core.Audit.loads, bytes, options) end
function audit.stream(stream, options)
  return run(core.Audit.read, loading.make_reader(stream), options)
end

--- Whether the file was read to its end and every name in it is known.
function Audit:is_clean() return self.outcome == "clean" end

--- Whether a name can run code or reach the system.
function Audit:is_dangerous() return self.outcome == "dangerous" end

function Audit.__tostring(found) return ("%s, %d names"):format(found.outcome, #found) end

return audit
