--- Options of dumping, and writers, for the core. Private: joblib.lua is the module.

local core = require "joblib.core"

local dumping = {}

--- joblib's argument `compress`: a name, a level, a boolean, or a list of name and level.
local function compress_text(value)
  if type(value) == "table" then return ("%s:%s"):format(value[1], value[2]) end
  return tostring(value)
end

local function set_option(handle, name, value)
  if name == "allow" then
    for _, one in ipairs(value) do handle:set_text(name, one) end
  elseif name == "compress" then
    handle:set_text(name, compress_text(value))
  elseif type(value) == "string" then
    handle:set_text(name, value)
  elseif type(value) == "boolean" then
    handle:set_option(name, value and 1 or 0)
  else
    handle:set_option(name, value)
  end
end

--- The settings that give the bytes of `same` again come last: they replace the others.
local function make_options(document, options)
  if options == nil then return nil end
  local handle = core.DumpOptions()
  for name, value in pairs(options) do
    if name ~= "same" then set_option(handle, name, value) end
  end
  if options.same then document:find_same(options.same, handle) end
  return handle
end

local function make_writer(stream)
  local write = stream
  if type(stream) ~= "function" then
    write = function(bytes) return stream:write(bytes) end
  end
  return function(bytes)
    local written, message = write(bytes)
    if not written and message ~= nil then error(message, 0) end
  end
end

--- Dumps a handle of a document to a path, a function that takes strings, or an object with
--- `write`.
function dumping.dump(handle, target, options)
  if type(target) == "string" then
    handle:dump(target, make_options(handle, options))
  else
    handle:write(make_writer(target), make_options(handle, options))
  end
end

function dumping.dumps(handle, options) return handle:dumps(make_options(handle, options)) end

return dumping
