--- Values and arrays of files as Lua sees them. Private: joblib.lua is the module.

local core = require "joblib.core"

local values = {}

-- The handle behind a wrapper, and the value of an array, stand under keys that no file holds.
local HANDLE, VALUE = {}, {}
values.HANDLE = HANDLE

-- Python's None. nil means that there is nothing.
local none = setmetatable({}, {__tostring = function() return "none" end, __name = "joblib.none"})
values.none = none

local Value = {__name = "joblib.value"}
local Array = {__name = "joblib.array"}
values.Value, values.Array = Value, Array

local function wrap(class, handle)
  return handle and setmetatable({[HANDLE] = handle}, class)
end
values.wrap = wrap

-- Integers and complex numbers that Lua has no type for

local Integer = {__name = "joblib.integer"}
function Integer.__tostring(integer) return integer.digits end
function Integer.__eq(a, b) return rawget(a, "digits") == rawget(b, "digits") end
values.Integer = Integer

local function big(digits) return setmetatable({digits = digits}, Integer) end

local Complex = {__name = "joblib.complex"}
function Complex.__tostring(number) return ("(%.14g%+.14gj)"):format(number.real, number.imaginary) end
function Complex.__eq(a, b)
  return rawget(a, "real") == rawget(b, "real") and rawget(a, "imaginary") == rawget(b, "imaginary")
end
values.Complex = Complex

-- What a handle stands for in Lua. The same readers serve values and, with an index, the
-- elements of arrays.

local readers = {
  [core.NATIVE_NONE] = function() return none end,
  [core.NATIVE_BOOL] = function(handle, ...) return handle:as_bool(...) end,
  [core.NATIVE_INT64] = function(handle, ...) return handle:as_int64(...) end,
  [core.NATIVE_UINT64] = function(handle, ...) return big(handle:decimal(...)) end,
  [core.NATIVE_BIG] = function(handle, ...) return big(handle:decimal(...)) end,
  [core.NATIVE_FLOAT64] = function(handle, ...) return handle:as_float64(...) end,
  [core.NATIVE_COMPLEX] = function(handle, ...)
    local parts = {real = handle:real(...), imaginary = handle:imaginary(...)}
    return setmetatable(parts, Complex)
  end,
  [core.NATIVE_TEXT] = function(handle, ...) return handle:text(...) end,
}

--- An array of a file remembers its value, for what an array alone does not tell.
local function wrap_array(handle)
  local array = wrap(Array, handle:array())
  rawset(array, VALUE, handle)
  return array
end

values.wrap_array = wrap_array

local function read_value(handle)
  if not handle then return nil end
  local kind = handle:native_kind()
  if readers[kind] then return readers[kind](handle) end
  if kind == core.NATIVE_BYTES then return handle:bytes() end
  if kind == core.NATIVE_ARRAY then return wrap_array(handle) end
  return wrap(Value, handle)
end

local function read_element(handle, index)
  local kind = handle:native_kind(index)
  if readers[kind] then return readers[kind](handle, index) end
  if kind == core.NATIVE_BYTES then return handle:item(index) end
  return read_value(handle:object_at(index))
end
values.read = read_value

values.forms = {[0] = "reduce", "newobj", "newobj_ex", "reconstructor", "instance"}

-- Values: indexing reads what the file holds, and nothing else, so that no name of a file can
-- hide a method. The functions of the module ask about a value.

local function to_index(key) return type(key) == "number" and math.tointeger(key) or nil end

local function list_item(handle, key)
  local index = to_index(key)
  if index and index >= 1 then return handle:at(index - 1) end
end

local function dict_item(handle, key)
  if type(key) == "string" then return handle:find(key) end
  if type(key) == "boolean" then key = key and 1 or 0 end
  key = to_index(key)
  return key and handle:find_int(key)
end

local function object_item(handle, key)
  if type(key) == "string" then return handle:attribute(key) end
end

local items = {
  [core.KIND_LIST] = list_item,
  [core.KIND_TUPLE] = list_item,
  [core.KIND_SET] = list_item,
  [core.KIND_FROZENSET] = list_item,
  [core.KIND_DICT] = dict_item,
  [core.KIND_OBJECT] = object_item,
}

function Value.__index(value, key)
  local handle = rawget(value, HANDLE)
  local item = items[handle:kind()]
  return item and read_value(item(handle, key))
end

function Value.__newindex() error("values of a file cannot be changed", 2) end
function Value.__len(value) return value[HANDLE]:count() end

-- Of two operands one may be any other table.
local function has_same_identity(a, b)
  local one, other = values.handle(a), values.handle(b)
  return one ~= nil and other ~= nil and one:identity() == other:identity()
end
Value.__eq = has_same_identity

function Value.__tostring(value)
  local handle = value[HANDLE]
  local name = handle:class_name()
  if name then return ("%s %s.%s"):format(handle:kind_name(), handle:module_name(), name) end
  return ("%s of %d"):format(handle:kind_name(), handle:count())
end

local function attribute_dicts(object)
  local dicts = {}
  for part = 0, 1 do dicts[#dicts + 1] = object:attribute_dict(part) end
  return dicts
end

function Value.__pairs(value)
  local handle = value[HANDLE]
  local parts = handle:kind() == core.KIND_OBJECT and attribute_dicts(handle) or {handle}
  local part, index = 1, 0
  return function()
    while parts[part] and index >= parts[part]:count() do
      part, index = part + 1, 0
    end
    local dict = parts[part]
    if not dict then return nil end
    index = index + 1
    local key = index
    if dict:kind() == core.KIND_DICT then key = read_value(dict:key(index - 1)) end
    return key, read_value(dict:at(index - 1))
  end
end

-- Arrays. Integers index them from 1, first dimension first; names are methods.

function Array.__index(array, key)
  local index = to_index(key)
  if not index then return Array[key] end
  local handle = array[HANDLE]
  if index < 1 or index > #array then return nil end
  if handle:ndim() == 1 then return read_element(handle, index - 1) end
  return wrap(Array, handle:at(index - 1))
end

function Array.__newindex() error("arrays of a file cannot be changed", 2) end

function Array.__len(array)
  local handle = array[HANDLE]
  return handle:ndim() > 0 and handle:shape(0) or 0
end

Array.__eq = has_same_identity

function Array.__tostring(array)
  return ("ndarray %s (%s)"):format(array:dtype(), table.concat(array:shape(), ", "))
end

for _, name in ipairs {"dtype", "ndim", "count", "itemsize", "order", "bytes", "stored_bytes"} do
  Array[name] = function(array)
    local handle = array[HANDLE]
    return handle[name](handle)
  end
end

--- The lengths along the dimensions of an array, or of a type that is a sub-array.
function values.read_shape(handle)
  local shape = {}
  for axis = 1, handle:ndim() do shape[axis] = handle:shape(axis - 1) end
  return shape
end

function Array:shape() return values.read_shape(self[HANDLE]) end

local function number_list(handle)
  local list = handle:numbers()
  if handle:number() == core.NUMBER_UINT64 then
    for i, number in ipairs(list) do
      if type(number) == "string" then list[i] = big(number) end
    end
  end
  return list
end

--- All elements in one list, in C order.
function Array:list()
  local handle = self[HANDLE]
  if handle:number() ~= core.NUMBER_NONE then return number_list(handle) end
  local list = {}
  for i = 1, handle:count() do list[i] = read_element(handle, i - 1) end
  return list
end

--- Element `i` of a list, C order; from 1.
function Array:item(i) return read_element(self[HANDLE], i - 1) end

function Array:unpack(first, last)
  return table.unpack(self:list(), first or 1, last or self:count())
end

local function nest(list, shape, axis, from, size)
  if axis > #shape then return list[from + 1] end
  local nested, step = {}, shape[axis] > 0 and size // shape[axis] or 0
  for i = 1, shape[axis] do
    nested[i] = nest(list, shape, axis + 1, from + (i - 1) * step, step)
  end
  return nested
end

--- Tables of tables, as deep as the array has dimensions; of none, the element.
function Array:totable()
  local list, shape = self:list(), self:shape()
  if #shape == 1 then return list end
  return nest(list, shape, 1, 0, #list)
end

--- One field of an array of records, as an array.
function Array:field(name) return wrap(Array, self[HANDLE]:field(name)) end

function Array:fields()
  local handle, names = self[HANDLE], {}
  for i = 1, handle:field_count() do names[i] = handle:field_name(i - 1) end
  return names
end

--- The value behind a wrapper; nil for arrays that are no value of a file, and for all else.
function values.handle(object)
  local class = getmetatable(object)
  if class == Value then return object[HANDLE] end
  return class == Array and rawget(object, VALUE) or nil
end

return values
