--- Walks values and writes them as tagged JSON, by conformance/schema of the repository: what tells
--- every kind of value apart, and which of them are one Python object. `document:json()` gives the
--- same; this shows how to read all that a file holds.

local tagged = {}

-- Text and bytes

local ESCAPES = {['"'] = '\\"', ["\\"] = "\\\\", ["\b"] = "\\b", ["\f"] = "\\f", ["\n"] = "\\n",
  ["\r"] = "\\r", ["\t"] = "\\t"}

--- Lone surrogates, which Python's text may hold, stay what they are.
local function escape(letter)
  local code = utf8.codepoint(letter, 1, 1, true)
  if code <= 0xffff then return ESCAPES[letter] or ("\\u%04x"):format(code) end
  return ("\\u%04x\\u%04x"):format(0xd7c0 + (code >> 10), 0xdc00 + (code & 0x3ff))
end

--- A text, a number or a type of elements as a string of JSON, in ASCII.
function tagged.text(item)
  return '"' .. tostring(item):gsub('[%c"\\\xc2-\xfd][\x80-\xbf]*', escape) .. '"'
end

--- A list of these.
function tagged.texts(items)
  local out = {}
  for i, item in ipairs(items) do out[i] = tagged.text(item) end
  return "[" .. table.concat(out, ",") .. "]"
end

local LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
local PAIRS = {} -- of letters, by the 12 bits that they stand for
for i = 0, 0xfff do
  local first, second = (i >> 6) + 1, (i & 63) + 1
  PAIRS[i] = LETTERS:sub(first, first) .. LETTERS:sub(second, second)
end

local function encode_group(group)
  local lacking = 3 - #group
  local number = string.unpack(">I3", group .. ("\0"):rep(lacking))
  local letters = PAIRS[number >> 12] .. PAIRS[number & 0xfff]
  return lacking == 0 and letters or letters:sub(1, 4 - lacking) .. ("="):rep(lacking)
end

local function base64(bytes) return '"' .. bytes:gsub("..?.?", encode_group) .. '"' end

local function bits(float)
  return ('"%016x"'):format(string.unpack("j", string.pack("d", float)))
end

-- Types of elements

local function write_dtype(dtype)
  local base, fields = dtype:base(), dtype:fields()
  if base then
    return ('{"base":%s,"shape":%s}'):format(write_dtype(base), tagged.texts(dtype:shape()))
  end
  if #fields == 0 then return tagged.text(dtype) end
  for i, field in ipairs(fields) do
    fields[i] = ("[%s,%s,%s]"):format(tagged.text(field.name), write_dtype(field.type),
      tagged.text(field.offset))
  end
  return ('{"fields":[%s],"itemsize":"%d"}'):format(table.concat(fields, ","), dtype:itemsize())
end

-- Values. A walk has its texts in order, `out`; `places`, where each value that can change in
-- Python stands in `out`, by its identity; and `visited`, these places in the order of first visits.

local put_value

local function put(walk, text) walk.out[#walk.out + 1] = text end

local function put_list(walk, count, put_item)
  put(walk, "[")
  for i = 1, count do
    if i > 1 then put(walk, ",") end
    put_item(i)
  end
  put(walk, "]")
end

local function put_items(walk, list)
  put_list(walk, #list, function(i) put_value(walk, list[i]) end)
end

local function put_pairs(walk, dict)
  put_list(walk, #dict, function(i)
    put(walk, "[")
    put_value(walk, dict:key(i))
    put(walk, ",")
    put_value(walk, dict[i])
    put(walk, "]")
  end)
end

--- Elements as they are stored: `order` tells how, and is "" where they have gaps; then the bytes
--- are in C order.
local function put_array(walk, array, is_scalar, subclass)
  put(walk, '{"dtype":' .. write_dtype(array:element_type()))
  if not is_scalar then
    local order = array:order() == "F" and "F" or "C"
    put(walk, (',"shape":%s,"order":"%s"'):format(tagged.texts(array:shape()), order))
  end
  if array:dtype() == "|O" then
    put(walk, ',"items":')
    put_items(walk, array:objects())
  else
    put(walk, ',"data":' .. base64(array:stored_bytes()))
  end
  if subclass then put(walk, ',"subclass":' .. tagged.text(subclass:class_name())) end
  put(walk, "}")
end

-- Key, method, and what writes the part where its kind is left out.
local PARTS = {
  {"args", "arguments", put_items}, {"kwargs", "keywords"}, {"state", "state"},
  {"items", "items", put_items}, {"entries", "entries", put_pairs},
}

local function put_object(walk, object)
  put(walk, '{"class":')
  put_value(walk, object:class())
  put(walk, (',"form":"%s"'):format(object:form()))
  for _, part in ipairs(PARTS) do
    local key, method, put_part = table.unpack(part)
    local value = object[method](object)
    if value then
      put(walk, (',"%s":'):format(key));
      (put_part or put_value)(walk, value)
    end
  end
  put(walk, "}")
end

local function put_bytes(walk, value) put(walk, base64(value:bytes())) end
local function put_text(walk, value) put(walk, tagged.text(value:value())) end

local WRITERS = {
  None = function(walk) put(walk, "true") end,
  bool = function(walk, value) put(walk, tostring(value:value())) end,
  int = put_text, str = put_text,
  float = function(walk, value) put(walk, bits(value:value())) end,
  complex = function(walk, value)
    local number = value:value()
    put(walk, ("[%s,%s]"):format(bits(number.real), bits(number.imaginary)))
  end,
  bytes = put_bytes, bytearray = put_bytes, py2str = put_bytes,
  list = put_items, tuple = put_items, set = put_items, frozenset = put_items, dict = put_pairs,
  ndarray = function(walk, value) put_array(walk, value:array(), false, value:subclass()) end,
  scalar = function(walk, value) put_array(walk, value:array(), true) end,
  dtype = function(walk, value) put(walk, write_dtype(value:element_type())) end,
  global = function(walk, value)
    put(walk, tagged.texts {value:module_name(), value:class_name()})
  end,
  object = put_object,
}

local CAN_CHANGE = {bytearray = true, list = true, dict = true, set = true, ndarray = true,
  object = true}

--- Whether the value was met before. Notes that it stands at the next place.
local function note_visit(walk, value)
  local identity = value:identity()
  local places = walk.places[identity]
  if not places then
    places = {}
    walk.places[identity] = places
    table.insert(walk.visited, places)
  end
  table.insert(places, #walk.out + 1)
  return #places > 1
end

--- Calls itself as deep as values are nested: Lua's stack grows.
function put_value(walk, value)
  local kind = value:type()
  if CAN_CHANGE[kind] and note_visit(walk, value) then return put(walk, "") end
  put(walk, "{")
  put(walk, ('"%s":'):format(kind:lower()))
  WRITERS[kind](walk, value)
  put(walk, "}")
end

local function new_walk() return {out = {}, places = {}, visited = {}} end

--- The text, with numbers for what stands in several places.
local function finish(walk)
  local id = 0
  for _, places in ipairs(walk.visited) do
    if #places > 1 then
      id = id + 1
      for i, place in ipairs(places) do
        walk.out[place] = (i == 1 and '{"id":"%d",' or '{"ref":"%d"}'):format(id)
      end
    end
  end
  return table.concat(walk.out)
end

--- Writes a value of joblib.typed and all below it.
function tagged.value(value)
  local walk = new_walk()
  put_value(walk, value)
  return finish(walk)
end

--- Writes an array that is no value, such as the result of a prediction.
function tagged.array(array)
  local walk = new_walk()
  put(walk, '{"ndarray":')
  put_array(walk, array)
  put(walk, "}")
  return finish(walk)
end

return tagged
