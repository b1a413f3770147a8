--- Options of loading, and streams, for the core. Private: joblib.lua is the module.

local core = require "joblib.core"

local loading = {}

local function set_option(handle, name, value)
  if value == math.huge then
    handle:unlimited(name)
  elseif type(value) == "string" then
    handle:set_text(name, value)
  elseif type(value) == "boolean" then
    handle:set_option(name, value and 1 or 0)
  else
    handle:set_option(name, value)
  end
end

--- The options of a table but `except`, which may be nil.
function loading.make_options(options, except)
  if options == nil then return nil end
  local handle = core.LoadOptions()
  for name, value in pairs(options) do
    if name ~= except then set_option(handle, name, value) end
  end
  return handle
end

function loading.make_reader(stream)
  local read = stream
  if type(stream) ~= "function" then
    read = function(size) return stream:read(size) end
  end
  return function(size)
    local chunk, message = read(size)
    if chunk == nil and message ~= nil then error(message, 0) end
    if chunk ~= nil and type(chunk) ~= "string" then
      error(("the stream gave a %s (need a string or nil)"):format(type(chunk)), 0)
    end
    return chunk
  end
end

return loading
