--- Values that keep their types in Python. Private: joblib.lua is the module.

local dtypes = require "joblib.dtypes"
local values = require "joblib.values"

local typed = {}
local HANDLE, wrap = values.HANDLE, values.wrap

local Typed = {__name = "joblib.typed"}
typed.Typed = Typed

--- Integers lead to elements, from 1, and to the values of a dict; names are methods.
function Typed.__index(value, key)
  local index = math.tointeger(key)
  if not index then return Typed[key] end
  return index >= 1 and wrap(Typed, value[HANDLE]:at(index - 1)) or nil
end

function Typed.__newindex() error("values of a file cannot be changed", 2) end
function Typed.__len(value) return value[HANDLE]:count() end
function Typed.__eq(a, b) return a:identity() == b:identity() end
function Typed.__tostring(value) return value:type() end

--- Key `i` of a dict; nil for other values.
function Typed:key(i) return wrap(Typed, self[HANDLE]:key(i - 1)) end

--- "None", "bool", "int", "float", "complex", "str", "py2str", "bytes", "bytearray", "list" …
function Typed:type()
  local handle = self[HANDLE]
  return handle:is_py2() and "py2str" or handle:kind_name()
end

--- What Lua has for it: what indexing the container would have given.
function Typed:value() return values.read(self[HANDLE]) end

--- The bytes of bytes, a bytearray or a str of Python 2, which value() gives as a string too.
function Typed:bytes() return self[HANDLE]:bytes() end

--- An array; a number of numpy as one without dimensions.
function Typed:array() return values.wrap_array(self[HANDLE]) end

--- The type of a dtype, of a number of numpy, or of the elements of an array; else nil.
function Typed:element_type() return wrap(dtypes.DType, self[HANDLE]:element_type()) end

function Typed:identity() return self[HANDLE]:identity() end

for name, method in pairs {class = "class_value", arguments = "arguments", keywords = "keywords",
  state = "state", items = "items", entries = "entries", subclass = "subclass"} do
  Typed[name] = function(self) return wrap(Typed, self[HANDLE][method](self[HANDLE])) end
end

for _, name in ipairs {"module_name", "class_name"} do
  Typed[name] = function(self) return self[HANDLE][name](self[HANDLE]) end
end

function Typed:form() return values.forms[self[HANDLE]:form()] end

--- The elements of an array of objects in C order, as typed values; of other arrays none.
function values.Array:objects()
  local handle, objects = self[HANDLE], {}
  if self:dtype() ~= "|O" then return objects end
  for i = 1, handle:count() do objects[i] = wrap(Typed, handle:object_at(i - 1)) end
  return objects
end

return typed
