--- Reads and writes joblib files and runs the scikit-learn models in them. README.md shows the
--- whole.

local core = require "joblib.core"
local audit = require "joblib.audit"
local building = require "joblib.building"
local dumping = require "joblib.dumping"
local loading = require "joblib.loading"
local making = require "joblib.making"
local typed = require "joblib.typed"
local values = require "joblib.values"

core.check_abi()

local joblib = {none = values.none}

local HANDLE, wrap, read_value = values.HANDLE, values.wrap, values.read
local Value, Array = values.Value, values.Array
local make_options, make_reader = loading.make_options, loading.make_reader

local Document = {__name = "joblib.document"}
local Rows = {__name = "joblib.rows"}
local Model = {__name = "joblib.model"}
for _, class in ipairs {Document, Rows, Model} do class.__index = class end

-- Asking about values

local class_types = {
  [Document] = "document", [audit.Audit] = "audit", [Array] = "ndarray", [Rows] = "rows", [Model] = "model",
  [values.Integer] = "integer", [values.Complex] = "complex",
  [building.Builder] = "builder", [building.Node] = "node",
}

--- "none", "integer", "float", "complex", "string", "boolean"; "list", "dict", "ndarray",
--- "object" and the other kinds of Python for what a file holds; else Lua's own type.
function joblib.type(object)
  local class = getmetatable(object)
  if object == joblib.none then return "none" end
  if class == Value then return object[HANDLE]:kind_name() end
  return class_types[class] or math.type(object) or type(object)
end

local function check_value(object)
  local handle = values.handle(object)
  if not handle then
    error(("a %s is no value of a file"):format(joblib.type(object)), 3)
  end
  return handle
end

for _, name in ipairs {"module_name", "class_name", "identity", "dtype"} do
  joblib[name] = function(value)
    local handle = check_value(value)
    return handle[name](handle)
  end
end

for _, name in ipairs {"arguments", "keywords", "state", "items", "entries"} do
  joblib[name] = function(object)
    local handle = check_value(object)
    return read_value(handle[name](handle))
  end
end

--- What made an object: its class, or the function that was called.
function joblib.class(object) return read_value(check_value(object):class_value()) end

--- The class of an array that is not plain ndarray.
function joblib.subclass(array) return read_value(check_value(array):subclass()) end

--- How an object was made: "reduce", "newobj", "newobj_ex", "reconstructor" or
--- "instance".
function joblib.form(object) return values.forms[check_value(object):form()] end

--- A value of a file that keeps what Lua has no type for: str, bytes, bytearray and the str of
--- Python 2 are told apart, and so are numbers of Python and of numpy. So are all values that it
--- leads to. A document stands for its root.
function joblib.typed(object)
  local is_document = getmetatable(object) == Document
  return wrap(typed.Typed, is_document and object[HANDLE]:root() or check_value(object))
end

-- Values as text

--- A tree, a line for each value. Options: depth, levels below the first that are shown; 4 if
--- nil, math.huge for all.
local function show(handle, options)
  local depth = options and options.depth or 4
  local levels = depth == math.huge and math.maxinteger or depth + 1
  return handle:print(core.PRINT_TREE, levels)
end

local function json(handle) return handle:print(core.PRINT_JSON, 0) end

function joblib.show(value, options) return show(check_value(value), options) end

--- Everything below a value as tagged JSON, without loss.
function joblib.json(value) return json(check_value(value)) end

-- Audits

--- Tells which classes and functions a file names, and whether loading it in Python could run
--- code. A string is a path; other streams are those of joblib.read. Options: those of
--- joblib.load, and allow, a list of names "module.Class" that are trusted.
function joblib.audit(source, options)
  if type(source) == "string" then return audit.path(source, options) end
  return audit.stream(source, options)
end

--- The same for a string of bytes.
joblib.audit_bytes = audit.bytes

-- Documents

--- Loads a file. Options: mapping, max_memory, max_decoded, max_opcodes, max_depth, max_stack,
--- max_memo, max_text, max_array, max_input, max_codec_memory; companions, the folder of the arrays
--- that joblib before 0.10 kept in files of their own ("" for none).
function joblib.load(path, options)
  return wrap(Document, core.Document.load(path, make_options(options)))
end

--- Loads a string of bytes.
function joblib.loads(bytes, options)
  return wrap(Document, core.Document.loads(bytes, make_options(options)))
end

--- Loads from a file of io.open, another object with `read`, or a function that gets a number
--- of bytes and returns a string of any length; nil or "" ends, and nil, message fails.
function joblib.read(stream, options)
  return wrap(Document, core.Document.read(make_reader(stream), make_options(options)))
end

function Document:root() return read_value(self[HANDLE]:root()) end
function Document:show(options) return show(self[HANDLE]:root(), options) end
function Document:json() return json(self[HANDLE]:root()) end
function Document:codec() return self[HANDLE]:codec() end
function Document:protocol() return self[HANDLE]:protocol() end

--- The models in the document as another release of scikit-learn has them, "1.6" or in full,
--- older or newer; the newest if nil. Dump it with `{sklearn = version}`. An error tells which
--- estimator has no rule, or which value the release has no place for.
function Document:upgrade(version)
  return wrap(Document, self[HANDLE]:upgrade(version or ""))
end

function Document:memory() return self[HANDLE]:memory() end
function Document:close() self[HANDLE]:close() end
Document.__close = Document.close

-- Dumping

building.add_maker(Document, function(builder, document)
  return builder[HANDLE]:copy(document[HANDLE]:root())
end)

--- The handle of a document, which is made of a value unless it is one already.
local function to_document(value)
  if getmetatable(value) == Document then return value[HANDLE] end
  return building.new():finish(value)
end

--- Dumps a document, or any value of Lua or of a file, to a path, an object with `write`, such as
--- a file, or a function that takes strings. Options, of which none is needed:
---   compress    "zlib", "zlib:3", {"zlib", 3}, 3, true or false, as joblib.dump() of Python; if
---               nil the end of the path chooses, else the document
---   protocol    of the pickle, 0 to 5
---   like        "1.6.0/py3.13": the release of joblib and the Python that are followed
---   sklearn     "1.6": what every environment of that scikit-learn reads
---   allow       a list of names "module.Class" that are written although they could run code
---   same        the bytes of the file that a document was loaded from: the settings that give them
---               again are found and used, or the error has the status DIFFERENT
---   fast        valid, but not the bytes of joblib
---   pickler     "pickle": as pickle.dump(), without joblib
---   in_place    for devices and pipes; unsynced, unchecked: as in joblib/dump.h
function joblib.dump(value, target, options)
  dumping.dump(to_document(value), target, options)
end

--- Dumps to a string.
function joblib.dumps(value, options) return dumping.dumps(to_document(value), options) end

for _, name in ipairs {"tuple", "set", "frozenset", "bytes", "dict", "global", "integer", "complex",
  "object", "scalar", "estimator"} do
  joblib[name] = making[name]
end

--- An array of numpy from a list, from lists of lists, or from a string of packed numbers in C
--- order. Without `shape` it is that of the lists; without `dtype` the type that holds all.
joblib.array = building.array

--- A builder makes a document value by value. It has `value(anything)` and
--- `object(class, state, options)`, which give nodes, and `document(root)`.
joblib.builder = building.new

function building.Builder:document(root) return wrap(Document, self:finish(root)) end

local Edit = {__name = "joblib.edit"}
Edit.__index = Edit

--- A copy of the document to be changed: `edit:set("steps[1][1].C", 0.5)` puts a value in the
--- place of another, `edit:find(path)` gives the node of a place. Paths count from 0, as those
--- of errors do. `dump`, `dumps` and `document` end the edit.
function Document:edit()
  local builder, root = building.edit(self[HANDLE])
  return setmetatable({builder = builder, root = root}, Edit)
end

function Edit:find(path) return self.root:find(path) end
function Edit:set(path, value) self.root:set(path, value) end
function Edit:document() return self.builder:document(self.root) end
function Edit:dump(target, options) joblib.dump(self:document(), target, options) end
function Edit:dumps(options) return joblib.dumps(self:document(), options) end

-- Rows to predict

--- Rows in a string: `rows` times `columns` numbers of type `dtype` ("<f8" if nil), C order.
function joblib.packed(bytes, rows, columns, dtype)
  return wrap(Rows, core.Input.packed(bytes, dtype or "<f8", rows, columns))
end

local function append_rows(list)
  local input = core.Input()
  for _, row in ipairs(list) do
    if type(row) ~= "table" then
      error(("a row is a %s (need a table of numbers)"):format(type(row)), 4)
    end
    input:append(row)
  end
  return input
end

local function make_input(rows)
  local class = getmetatable(rows)
  if class == Rows then return rows[HANDLE] end
  if class == Array then return core.Input.from_array(rows[HANDLE]) end
  if class == Value then return core.Input.from_value(rows[HANDLE]) end
  if type(rows) ~= "table" then
    error(("the rows are a %s (need a table of tables)"):format(joblib.type(rows)), 3)
  end
  return append_rows(rows)
end

function Rows:is_sparse() return self[HANDLE]:is_sparse() end
function Rows:shape() return {self[HANDLE]:rows(), self[HANDLE]:columns()} end
function Rows.__len(rows) return rows[HANDLE]:rows() end

-- The arrays of a sparse matrix by rows (CSR); indices in them count from 0, as in the file.
for _, name in ipairs {"values", "row_offsets", "column_indices"} do
  Rows[name] = function(rows)
    local handle = rows[HANDLE]
    return wrap(Array, handle[name](handle))
  end
end

-- Models

local function method_names(bits)
  local names = {}
  for method = 0, core.method_count() - 1 do
    if bits & (1 << method) ~= 0 then names[#names + 1] = core.method_name(method) end
  end
  return names
end

local function read_report(report)
  local parts = {}
  for i = 0, report:count() - 1 do
    parts[i + 1] = {
      path = report:path(i), reason = report:reason(i), status = report:status(i),
      class = report:module_name(i) .. "." .. report:class_name(i), version = report:version(i),
      depth = report:depth(i), features = report:features(i),
      methods = method_names(report:methods(i)),
    }
  end
  return parts
end

--- Builds with a report; the error of a refusal has all its parts in `parts`.
local function build(builder, ...)
  local report = core.Report()
  local arguments = table.pack(...)
  arguments[arguments.n + 1] = report
  local ok, handle = pcall(builder, table.unpack(arguments, 1, arguments.n + 1))
  if not ok then
    if joblib.is_error(handle) then handle.parts = read_report(report) end
    error(handle, 0)
  end
  local model = wrap(Model, handle)
  model.parts = read_report(report)
  return model
end

--- Loads a file and builds the model in it.
function joblib.load_model(path, options)
  return build(core.Model.load, path, make_options(options))
end

--- Builds a model from a document, or from an object inside one.
function joblib.model(source)
  if getmetatable(source) == Document then
    return build(core.Model.from_document, source[HANDLE])
  end
  return build(core.Model.from_value, check_value(source))
end

local function read_output(result, index)
  if result:is_sparse(index) then return wrap(Rows, result:csr(index)) end
  return wrap(Array, result:array(index))
end

--- Runs a method by its name. One output is an array, or rows where it is sparse; the outputs
--- of several targets are a list of these. Options: threads.
function Model:run(name, rows, options)
  local method = core.method_find(name)
  local threads = options and options.threads or 0
  self.workspace = self.workspace or core.Workspace()
  local result = self[HANDLE]:run(method, make_input(rows), self.workspace, threads)
  local count = result:count()
  if count == 1 then return read_output(result, 0) end
  local outputs = {}
  for i = 1, count do outputs[i] = read_output(result, i - 1) end
  return outputs
end

for method = 0, core.method_count() - 1 do
  local name = core.method_name(method)
  Model[name] = function(model, rows, options) return model:run(name, rows, options) end
end

function Model:methods() return method_names(self[HANDLE]:methods()) end
function Model:version() return self[HANDLE]:version() end
function Model:feature_count() return self[HANDLE]:feature_count() end
function Model:target_count() return self[HANDLE]:target_count() end
function Model:memory() return self[HANDLE]:memory() end
function Model:value() return read_value(self[HANDLE]:value()) end
function Model:document() return wrap(Document, self[HANDLE]:document()) end

function Model:close()
  self.workspace = nil
  self[HANDLE]:close()
end

Model.__close = Model.close

--- The same model, faster in batches and larger.
function Model:prepare() return wrap(Model, self[HANDLE]:prepare()) end

--- Names of the input's columns, or nil if the model was fitted without.
function Model:feature_names()
  local handle = self[HANDLE]
  if not handle:feature_name(0) then return nil end
  local names = {}
  for i = 1, handle:feature_count() do names[i] = handle:feature_name(i - 1) end
  return names
end

--- Labels of a target (the first if nil), in the order of the columns of predict_proba.
function Model:classes(target)
  return wrap(Array, self[HANDLE]:classes((target or 1) - 1)):totable()
end

-- The library

joblib.version = core.version
joblib.codec_available = core.codec_available

--- Numbers of the statuses by name: joblib.status.TRUNCATED.
joblib.status = {}
for i = 0, core.status_count() - 1 do
  local number = core.status_at(i)
  joblib.status[core.status_name(number):gsub("^JOBLIB_", ""):gsub("^ERROR_", "")] = number
end

local Error = core.error_metatable()
Error.__index = Error
Error.__name = "joblib.error"

function joblib.is_error(object) return getmetatable(object) == Error end

function Error.__tostring(problem)
  local place = problem.path and problem.path .. ": " or ""
  local offset = problem.offset and (" at byte %d"):format(problem.offset) or ""
  return ("%s%s (%s%s)"):format(place, problem.message, problem.name, offset)
end

return joblib
