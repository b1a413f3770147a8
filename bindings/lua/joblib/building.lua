--- Builders: values of Lua become values of Python. Private: joblib.lua is the module.

local core = require "joblib.core"
local making = require "joblib.making"
local values = require "joblib.values"

local building = {}

local HANDLE = values.HANDLE

local Builder = {__name = "joblib.builder"}
local Node = {__name = "joblib.node"}
Builder.__index, Node.__index = Builder, Node
building.Builder, building.Node = Builder, Node

-- From one value of Lua to the number of one value of the builder. Lists, dicts and objects come
-- empty and are filled later, so that tables can be nested as deep as they like, and in cycles.

local BEING_MADE = 0

local function is_text(content) return utf8.len(content) ~= nil end

local function make_string(handle, content)
  if is_text(content) then return handle:text(content) end
  return handle:bytes(content)
end

local function make_key(handle, content)
  if is_text(content) and not content:find("\0", 1, true) then return handle:key(content) end
  return make_string(handle, content)
end

local scalars = {
  ["nil"] = function(handle) return handle:none() end,
  boolean = function(handle, truth) return handle:boolean(truth) end,
  integer = function(handle, number) return handle:int64(number) end,
  float = function(handle, number) return handle:float64(number) end,
  string = make_string,
}

local function is_sequence(list)
  local count = 0
  for _ in next, list do count = count + 1 end
  return count == rawlen(list)
end

local function comes_before(a, b)
  if type(a) == type(b) and type(a) ~= "boolean" then return a < b end
  return type(a) .. tostring(a) < type(b) .. tostring(b)
end

--- `pairs` has no order of its own; a dump of equal tables should be equal.
local function sorted_keys(entries)
  local keys = {}
  for key in next, entries do
    if type(key) ~= "string" and type(key) ~= "number" and type(key) ~= "boolean" then
      error(("a key is a %s: see joblib.dict"):format(type(key)), 0)
    end
    keys[#keys + 1] = key
  end
  table.sort(keys, comes_before)
  return keys
end

local function fill_list(builder, number, list)
  local handle = builder[HANDLE]
  for i = 1, rawlen(list) do handle:append(number, builder:number(list[i])) end
end

local function fill_dict(builder, number, entries)
  local handle = builder[HANDLE]
  for _, key in ipairs(sorted_keys(entries)) do
    handle:put(number, builder:key_number(key), builder:number(rawget(entries, key)))
  end
end

local function fill_entries(builder, number, dict)
  local handle = builder[HANDLE]
  for _, entry in ipairs(dict.entries) do
    handle:put(number, builder:key_number(entry[1]), builder:number(entry[2]))
  end
end

local function fill_set(builder, number, set)
  local handle = builder[HANDLE]
  for _, item in ipairs(set.items) do handle:add(number, builder:number(item)) end
end

local function fill_object(builder, number, object)
  local handle = builder[HANDLE]
  for _, item in ipairs(object.items or {}) do handle:append(number, builder:number(item)) end
  for _, entry in ipairs(object.entries or {}) do
    handle:put(number, builder:key_number(entry[1]), builder:number(entry[2]))
  end
  if object.state ~= nil then handle:set_state(number, builder:state_number(object.state)) end
end

--- Makes a value now and fills it later.
local function later(make, fill)
  return function(builder, value)
    local number = make(builder[HANDLE], builder, value)
    table.insert(builder.tasks, {fill, number, value})
    return number
  end
end

local function numbers_of(builder, items)
  local numbers = {}
  for i, item in ipairs(items) do numbers[i] = builder:number(item) end
  return numbers
end

local function new_object(handle, builder, object)
  local form = making.forms[object.form or (object.keywords and "newobj_ex" or "newobj")]
  if not form then error(("no form is named %s"):format(object.form), 0) end
  local arguments = handle:tuple(numbers_of(builder, object.arguments or {}))
  if form == making.forms.reconstructor then arguments = 0 end
  local keywords = object.keywords and builder:number(making.dict(object.keywords)) or 0
  return handle:object(form, builder:class_number(object.class), arguments, keywords)
end

--- Does the tasks that came after the first `done`.
local function do_tasks(builder, done)
  while #builder.tasks > done do
    local fill, target, content = table.unpack(table.remove(builder.tasks))
    fill(builder, target, content)
  end
end

--- What an estimator is made of must be complete.
local function new_estimator(builder, estimator)
  local done = #builder.tasks
  local attributes = builder:state_number(estimator.attributes)
  do_tasks(builder, done)
  return builder[HANDLE]:estimator(estimator.class, estimator.version, attributes)
end

local new_list = later(function(handle) return handle:list() end, fill_list)
local new_dict = later(function(handle) return handle:dict() end, fill_dict)

local function copy_value(builder, value) return builder[HANDLE]:copy(value[HANDLE]) end

local function copy_array(builder, array)
  local value = values.handle(array)
  if value then return builder[HANDLE]:copy(value) end
  return builder[HANDLE]:copy_array(array[HANDLE])
end

local function use_node(builder, node)
  if node.builder ~= builder then error("the value is of another builder", 0) end
  return node.number
end

local makers = {
  [values.Value] = copy_value,
  [values.Array] = copy_array,
  [Node] = use_node,
  [values.Integer] = function(builder, integer) return builder[HANDLE]:decimal(integer.digits) end,
  [values.Complex] = function(builder, complex)
    return builder[HANDLE]:complex(complex.real, complex.imaginary)
  end,
  [getmetatable(values.none)] = function(builder) return builder[HANDLE]:none() end,
  [making.Bytes] = function(builder, bytes) return builder[HANDLE]:bytes(bytes.content) end,
  [making.Global] = function(builder, global) return builder[HANDLE]:global(global.name) end,
  [making.Scalar] = function(builder, scalar)
    return builder[HANDLE]:scalar(scalar.bytes, scalar.dtype)
  end,
  [making.Tuple] = function(builder, tuple)
    return builder[HANDLE]:tuple(numbers_of(builder, tuple.items))
  end,
  [making.Frozenset] = function(builder, set)
    return builder[HANDLE]:frozenset(numbers_of(builder, set.items))
  end,
  [making.Dict] = later(function(handle) return handle:dict() end, fill_entries),
  [making.Set] = later(function(handle) return handle:set() end, fill_set),
  [making.Object] = later(new_object, fill_object),
  [making.Estimator] = new_estimator,
}

--- What a module adds: a function that makes values of a class.
function building.add_maker(class, maker) makers[class] = maker end

local function make_table(builder, value)
  local maker = makers[getmetatable(value)]
  if maker then return maker(builder, value) end
  return is_sequence(value) and new_list(builder, value) or new_dict(builder, value)
end

--- The number of a value; a table that was met before is the same value.
function Builder:number(value)
  local kind = math.type(value) or type(value)
  local scalar = scalars[kind]
  if scalar then return scalar(self[HANDLE], value) end
  if kind ~= "table" then error(("a %s cannot be dumped"):format(kind), 0) end
  local number = self.made[value]
  if number == BEING_MADE then error("a tuple or frozenset holds itself", 0) end
  if not number then
    self.made[value] = BEING_MADE
    number = make_table(self, value)
    self.made[value] = number
  end
  return number
end

function Builder:key_number(key)
  if type(key) == "string" then return make_key(self[HANDLE], key) end
  return self:number(key)
end

--- An empty table is a state too.
function Builder:state_number(state)
  if type(state) == "table" and getmetatable(state) == nil and not self.made[state] then
    self.made[state] = new_dict(self, state)
  end
  return self:number(state)
end

function Builder:class_number(class)
  if type(class) == "string" then return self[HANDLE]:global(class) end
  return self:number(class)
end

--- Makes a value and all inside; `call` gives the number of the outermost.
local function make_all(builder, call, value)
  if #builder.tasks > 0 then builder.made, builder.tasks = {}, {} end
  local number = call(builder, value)
  do_tasks(builder, 0)
  return number
end

-- Builders and nodes, as scripts see them

local function new_builder(handle)
  return setmetatable({[HANDLE] = handle, made = {}, tasks = {}}, Builder)
end

function building.new() return new_builder(core.Builder()) end

local function new_node(builder, number)
  return setmetatable({builder = builder, number = number}, Node)
end

--- A builder with a copy of a document, and the node of its root.
function building.edit(document)
  local builder = new_builder(core.Builder.from_document(document))
  return builder, new_node(builder, 1)
end

function Builder:finish(root)
  local number = make_all(self, self.number, root)
  local document = self[HANDLE]:finish(number)
  self.made = {}
  return document
end

--- Makes a value of anything that a dump takes.
function Builder:value(value) return new_node(self, make_all(self, self.number, value)) end

function Builder:object(class, state, options)
  return self:value(making.object(class, state, options))
end

local function make_in(node, value) return make_all(node.builder, node.builder.number, value) end
local function handle_of(node) return node.builder[HANDLE] end

function Node:append(item) handle_of(self):append(self.number, make_in(self, item)) end
function Node:insert(i, item) handle_of(self):insert(self.number, i - 1, make_in(self, item)) end
function Node:set_item(i, item) handle_of(self):set_at(self.number, i - 1, make_in(self, item)) end
function Node:remove_item(i) handle_of(self):remove_at(self.number, i - 1) end
function Node:add(item) handle_of(self):add(self.number, make_in(self, item)) end
function Node:set_attribute(name, value)
  handle_of(self):set_attribute(self.number, name, make_in(self, value))
end
function Node:remove_attribute(name) handle_of(self):remove_attribute(self.number, name) end
function Node:set_class(class)
  local builder = self.builder
  handle_of(self):set_class(self.number, make_all(builder, builder.class_number, class))
end
function Node:set_state(state)
  local builder = self.builder
  handle_of(self):set_state(self.number, make_all(builder, builder.state_number, state))
end

function Node:put(key, value)
  local builder = self.builder
  local number = make_all(builder, builder.key_number, key)
  handle_of(self):put(self.number, number, make_in(self, value))
end

--- Removes an entry of a dict by its key, or an item of a set.
function Node:remove(key)
  local builder = self.builder
  handle_of(self):remove_key(self.number, make_all(builder, builder.key_number, key))
end

--- The node of a place below this one, by a path such as "steps[1][1].coef_", which counts from 0.
function Node:find(path)
  return new_node(self.builder, handle_of(self):find(self.number, path))
end

--- Puts a value in the place of what is there.
function Node:set(path, value)
  handle_of(self):replace(self.number, path, make_in(self, value))
end

--- An array as one of a file, which can be predicted with and dumped.
function building.array(elements, shape, dtype)
  local bytes, found, sizes, objects = making.pack(elements, shape, dtype)
  local builder, number = building.new(), nil
  if bytes then
    number = builder[HANDLE]:array(bytes, found, sizes, false)
  else
    local numbers = {}
    for i, object in ipairs(objects) do numbers[i] = make_all(builder, builder.number, object) end
    number = builder[HANDLE]:object_array(numbers, sizes)
  end
  return values.read(builder[HANDLE]:finish(number):root())
end

return building
