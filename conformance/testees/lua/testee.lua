-- A testee of the conformance kit on the Lua module; ../../README.md has the protocol. Level 1:
-- the module gives the elements of arrays in C order and native byte order, not as they are stored.

local joblib = require "joblib"

local CODECS = {"zlib", "gzip", "bz2", "xz", "lzma", "lz4", "zstd"}
local LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
local SHORT = {['"'] = '\\"', ["\\"] = "\\\\", ["\b"] = "\\b", ["\f"] = "\\f", ["\n"] = "\\n",
  ["\r"] = "\\r", ["\t"] = "\\t"}

local function quote(text)
  local out = {}
  for _, code in utf8.codes(text, true) do
    if code > 0xffff then
      out[#out + 1] = ("\\u%04x"):format(0xd7c0 + (code >> 10))
      code = 0xdc00 + (code & 0x3ff)
    end
    local letter = code < 0x7f and string.char(code)
    out[#out + 1] = SHORT[letter] or code >= 0x20 and letter or ("\\u%04x"):format(code)
  end
  return '"' .. table.concat(out) .. '"'
end

local function put_bytes(value)
  local text = value:bytes():gsub("..?.?", function(group)
    local number, letters = string.unpack(">I3", group .. ("\0"):rep(3 - #group)), ""
    for shift = 18, 18 - 6 * #group, -6 do
      local at = (number >> shift & 63) + 1
      letters = letters .. LETTERS:sub(at, at)
    end
    return letters .. ("="):rep(3 - #group)
  end)
  return '"' .. text .. '"'
end

local function bits(float) return ('"%016x"'):format(string.unpack("j", string.pack("d", float))) end

-- Values. A first walk counts the visits of each value that can change in Python, so that the
-- second knows which are shared.

local CAN_CHANGE = {bytearray = true, list = true, dict = true, set = true, object = true}
local visits, ids, last_id, is_counting, put_value

local function put_items(container)
  local out = {}
  for i = 1, #container do
    local key = container:key(i) -- only a dict has keys
    local before = key and "[" .. put_value(key) .. "," or ""
    out[i] = before .. put_value(container[i]) .. (key and "]" or "")
  end
  return "[" .. table.concat(out, ",") .. "]"
end

local function put_object(object)
  local out = ('{"class":%s,"form":"%s","args":%s'):format(put_value(object:class()),
    object:form(), put_items(object:arguments()))
  for _, key in ipairs {"keywords", "state", "items", "entries"} do
    local part, is_value = object[key](object), key == "keywords" or key == "state"
    local text = part and (is_value and put_value or put_items)(part)
    if part then out = ('%s,"%s":%s'):format(out, key:gsub("keywords", "kwargs"), text) end
  end
  return out .. "}"
end

local WRITERS = {
  None = function() return "true" end,
  bool = function(v) return tostring(v:value()) end,
  int = function(v) return '"' .. tostring(v:value()) .. '"' end,
  float = function(v) return bits(v:value()) end,
  complex = function(v)
    return "[" .. bits(v:value().real) .. "," .. bits(v:value().imaginary) .. "]"
  end,
  str = function(v) return quote(v:value()) end,
  bytes = put_bytes, bytearray = put_bytes, py2str = put_bytes,
  list = put_items, tuple = put_items, set = put_items, frozenset = put_items, dict = put_items,
  global = function(v) return "[" .. quote(v:module_name()) .. "," .. quote(v:class_name()) .. "]" end,
  object = put_object,
}

function put_value(value)
  local kind, id = value:type(), ""
  local identity = CAN_CHANGE[kind] and value:identity()
  if identity and is_counting then
    visits[identity] = (visits[identity] or 0) + 1
    if visits[identity] > 1 then return "" end
  elseif identity and ids[identity] then
    return ('{"ref":"%d"}'):format(ids[identity])
  elseif identity and visits[identity] > 1 then
    last_id = last_id + 1
    ids[identity], id = last_id, ('"id":"%d",'):format(last_id)
  end
  return ('{%s"%s":%s}'):format(id, kind:gsub("None", "none"), WRITERS[kind](value))
end

-- Requests

local operations = {}
function operations.load(path)
  local document <close> = joblib.load(path)
  visits, ids, last_id, is_counting = {}, {}, 0, true
  put_value(joblib.typed(document))
  is_counting = false
  return '"value":' .. put_value(joblib.typed(document))
end

function operations.audit(path)
  local audit, names = joblib.audit(path), {}
  for _, global in ipairs(audit) do
    local name = quote(global.module .. "." .. global.name)
    if global.verdict == "dangerous" then names[#names + 1] = name end
  end
  names = table.concat(names, ",")
  return ('"audit":{"outcome":"%s","dangerous":[%s]}'):format(audit.outcome, names)
end

function operations.redump(path, out)
  local document <close> = joblib.load(path)
  joblib.dump(document, out, {unsynced = true})
  return '"redump":"written"'
end

local function put_error(problem)
  if not joblib.is_error(problem) then error(problem) end
  for _, codec in ipairs(problem.status == joblib.status.UNSUPPORTED_BUILD and CODECS or {}) do
    local is_missing = not joblib.codec_available(codec) and problem.message:find(codec, 1, true)
    if is_missing then return ('"skipped":"%s"'):format(codec) end
  end
  local text = ('"error":{"status":"%s"'):format(problem.name:gsub("^JOBLIB_ERROR_", ""))
  for _, key in ipairs {"offset", "file_offset"} do
    if problem[key] then text = text .. (',"%s":%d'):format(key, problem[key]) end
  end
  return text .. "}"
end

local function greet()
  local capabilities = '"companions"'
  for _, codec in ipairs(CODECS) do
    if joblib.codec_available(codec) then capabilities = ('%s,"%s"'):format(capabilities, codec) end
  end
  return ('"name":"lua","version":"%s","level":1,"operations":["load","audit","redump"],'
    .. '"capabilities":[%s]'):format(joblib.version(), capabilities)
end

for line in io.lines() do
  local id, operation, path, out = line:match "^(%d+)\t(%l+)\t([^\t\r]+)\t?([^\t\r]*)"
  local is_done, found = pcall(operations[operation] or greet, path, out)
  local before = id and ('"id":"%s",'):format(id) or ""
  print("{" .. before .. (is_done and found or put_error(found)) .. "}")
  io.flush()
end
