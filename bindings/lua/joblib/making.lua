--- Values of Python that Lua has no type for, as a dump takes them. Private: joblib.lua is the
--- module.

local values = require "joblib.values"

local making = {}

local function class(name) return {__name = "joblib." .. name} end

local Tuple, Set, Frozenset, Bytes = class "tuple", class "set", class "frozenset", class "bytes"
local Dict, Global, Object, Scalar = class "dict", class "global", class "object", class "scalar"
local Estimator = class "estimator"
making.Tuple, making.Set, making.Frozenset, making.Bytes = Tuple, Set, Frozenset, Bytes
making.Dict, making.Global, making.Object, making.Scalar = Dict, Global, Object, Scalar
making.Estimator = Estimator

function making.tuple(items) return setmetatable({items = items}, Tuple) end
function making.set(items) return setmetatable({items = items}, Set) end
function making.frozenset(items) return setmetatable({items = items}, Frozenset) end
function making.bytes(content) return setmetatable({content = content}, Bytes) end

--- A dict of {key, value} pairs, in this order, with keys of any kind.
function making.dict(entries) return setmetatable({entries = entries}, Dict) end

--- A class or function: "package.module.Class", or "package.module:Outer.Class".
function making.global(name) return setmetatable({name = name}, Global) end

--- An integer of any size, from its decimal digits.
function making.integer(digits) return setmetatable({digits = digits}, values.Integer) end

function making.complex(real, imaginary)
  return setmetatable({real = real, imaginary = imaginary}, values.Complex)
end

--- An instance of a class, which is a name or a class of a file. Options: form; arguments and
--- keywords, which its class or function gets; items and entries, of what is a list or dict too.
function making.object(of, state, options)
  local object = {class = of, state = state}
  for name, value in pairs(options or {}) do object[name] = value end
  return setmetatable(object, Object)
end

--- A model of scikit-learn: its class, such as "LinearRegression", and what a trained one knows,
--- under scikit-learn's names. `version` is that of scikit-learn, such as "1.6"; nil is the newest.
function making.estimator(of, attributes, version)
  return setmetatable({class = of, attributes = attributes, version = version or ""}, Estimator)
end

-- Numbers packed as numpy has them

local codes = {
  b1 = "B", i1 = "i1", i2 = "i2", i4 = "i4", i8 = "i8", u1 = "I1", u2 = "I2", u4 = "I4", u8 = "I8",
  f4 = "f", f8 = "d",
}
local orders = {["<"] = "<", [">"] = ">", ["|"] = "=", ["="] = "="}
local CHUNK = 100

local function packer(dtype)
  local order, name = dtype:match "^([<>|=]?)(%l%d+)$"
  local code = codes[name]
  if not code then error(("no numbers can be packed as %s"):format(dtype), 4) end
  return function(list, first, last)
    return string.pack((orders[order] or "=") .. code:rep(last - first + 1),
      table.unpack(list, first, last))
  end
end

local function to_bits(list)
  local bits = {}
  for i, truth in ipairs(list) do bits[i] = truth == true and 1 or truth == false and 0 or truth end
  return bits
end

local function pack_numbers(list, dtype)
  local pack, parts = packer(dtype), {}
  if dtype:find "b1$" then list = to_bits(list) end
  for first = 1, #list, CHUNK do
    parts[#parts + 1] = pack(list, first, math.min(first + CHUNK - 1, #list))
  end
  return table.concat(parts)
end

--- Text of numpy has four bytes for each letter, and one length for all.
local function pack_texts(list, length)
  local parts = {}
  for _, text in ipairs(list) do
    local letters = {utf8.codepoint(text, 1, -1)}
    for i = 1, length do parts[#parts + 1] = string.pack("<I4", letters[i] or 0) end
  end
  return table.concat(parts)
end

local function longest(texts)
  local length = 1
  for _, text in ipairs(texts) do length = math.max(length, utf8.len(text) or 0) end
  return length
end

local dtypes = {integer = "<i8", float = "<f8", boolean = "|b1", string = "<U"}

--- The type that holds all elements.
local function find_dtype(list)
  local found
  for _, element in ipairs(list) do
    local kind = math.type(element) or type(element)
    if found == nil or (found == "integer" and kind == "float") then found = kind end
    if kind ~= found and not (found == "float" and kind == "integer") then return "O" end
  end
  return found == nil and "<f8" or dtypes[found] or "O"
end

--- Appends the elements of nested lists to `flat`. All lists of a level must be of one length.
local function flatten(list, shape, axis, flat)
  if #list ~= shape[axis] then
    error(("a list of %d elements stands beside one of %d"):format(#list, shape[axis]), 0)
  end
  for i = 1, #list do
    if axis == #shape then
      flat[#flat + 1] = list[i]
    else
      flatten(list[i], shape, axis + 1, flat)
    end
  end
  return flat
end

local function find_shape(list)
  local shape, level = {}, list
  while type(level) == "table" and getmetatable(level) == nil do
    shape[#shape + 1] = #level
    level = level[1]
  end
  return shape
end

--- Bytes, dtype and shape of an array; the elements too, for one of objects.
function making.pack(elements, shape, dtype)
  if type(elements) == "string" then
    dtype = dtype or "<f8"
    local size = tonumber(dtype:match "%d+$")
    return elements, dtype, shape or {#elements // (size or 1)}
  end
  local found = find_shape(elements)
  local flat = flatten(elements, found, 1, {})
  dtype = dtype or find_dtype(flat)
  if dtype:find "U" then
    local length = tonumber(dtype:match "%d+") or longest(flat)
    return pack_texts(flat, length), "<U" .. length, shape or found
  end
  if dtype:find "O" then return nil, dtype, shape or found, flat end
  return pack_numbers(flat, dtype), dtype, shape or found
end

--- One number of numpy's types; "<f8" or "<i8" if there is no dtype.
function making.scalar(number, dtype)
  dtype = dtype or find_dtype {number}
  return setmetatable({dtype = dtype, bytes = pack_numbers({number}, dtype)}, Scalar)
end

making.forms = {reduce = 0, newobj = 1, newobj_ex = 2, reconstructor = 3, instance = 4}


return making
