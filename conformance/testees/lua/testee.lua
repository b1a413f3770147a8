-- The testee of the Lua module: LUA_PATH and LUA_CPATH lead to it. The values are walked by its
-- example tagged.

package.path = arg[0]:gsub("[^/]*$", "") .. "../../../bindings/lua/examples/?.lua;" .. package.path

local joblib = require "joblib"
local tagged = require "tagged"

local CODECS = {"zlib", "gzip", "bz2", "xz", "lzma", "lz4", "zstd", "zf"}
local OPERATIONS = {"load", "redump", "predict", "audit"}

--- The full names that an audit tells, or those of one verdict.
local function names_of(audit, verdict)
  local names = {}
  for _, global in ipairs(audit) do
    local is_named = not verdict or global.verdict == verdict
    names[#names + 1] = is_named and global.module .. "." .. global.name or nil
  end
  return names
end

-- The operations: each gets the words of a request, and makes the answer behind the id.

local operations = {}

function operations.load(path)
  local document <close> = joblib.load(path)
  return '"value":' .. tagged.value(joblib.typed(document))
end

--- Python wrote the names of the file, dangerous or not. Where no settings give the bytes of the
--- file again the document tells what it can.
function operations.redump(path, target)
  local file <close> = assert(io.open(path, "rb"))
  local document <close> = joblib.load(path)
  local options = {allow = names_of(joblib.audit(path)), unsynced = true, same = file:read "a"}
  local is_same, problem = pcall(joblib.dump, document, target, options)
  if not is_same then
    if problem.status ~= joblib.status.DIFFERENT then error(problem, 0) end
    options.same = nil
    joblib.dump(document, target, options)
  end
  return '"redump":"written"'
end

local function write_output(output)
  if joblib.type(output) == "ndarray" then return tagged.array(output) end
  local csr = '{"csr":{"shape":%s,"data":%s,"indices":%s,"indptr":%s}}'
  return csr:format(tagged.texts(output:shape()), tagged.array(output:values()),
    tagged.array(output:column_indices()), tagged.array(output:row_offsets()))
end

function operations.predict(model_path, input_path, method)
  local model <close> = joblib.load_model(model_path)
  local found = model:run(method, joblib.load(input_path):root())
  local outputs = joblib.type(found) == "table" and found or {found}
  for i, output in ipairs(outputs) do outputs[i] = write_output(output) end
  return ('"outputs":[%s]'):format(table.concat(outputs, ","))
end

local function is_lacking(problem)
  return joblib.is_error(problem) and problem.status == joblib.status.UNSUPPORTED_BUILD
end

function operations.audit(path)
  local audit = joblib.audit(path)
  if is_lacking(audit.error) then error(audit.error, 0) end
  return ('"audit":{"outcome":%s,"dangerous":%s}'):format(tagged.text(audit.outcome),
    tagged.texts(names_of(audit, "dangerous")))
end

--- An error of the library; others are faults of it, or of this program.
local function describe(problem)
  if not joblib.is_error(problem) then error(problem, 0) end
  for _, codec in ipairs(is_lacking(problem) and CODECS or {}) do
    local is_named = problem.message:find(" " .. codec .. ",", 1, true)
    if is_named then return '"skipped":' .. tagged.text(codec) end
  end
  return ('"error":{"status":%s,"offset":%s,"file_offset":%s}'):format(
    tagged.text((problem.name:gsub("^JOBLIB_ERROR_", ""))), problem.offset or "null",
    problem.file_offset or "null")
end

local function greet()
  local capabilities = {"companions", "bytes"}
  for _, codec in ipairs(CODECS) do
    capabilities[#capabilities + 1] = joblib.codec_available(codec) and codec or nil
  end
  return ('{"name":"lua","version":"%s","level":3,"operations":%s,"capabilities":%s}'):format(
    joblib.version(), tagged.texts(OPERATIONS), tagged.texts(capabilities))
end

local function answer(line)
  local words = {}
  for word in line:gmatch "[^\t]+" do words[#words + 1] = word end
  local is_done, found = pcall(operations[words[2]], table.unpack(words, 3))
  return ('{"id":%s,%s}'):format(tagged.text(words[1]), is_done and found or describe(found))
end

io.stdout:setvbuf "line"
for line in io.lines() do print(line == "hello 1" and greet() or answer(line)) end
