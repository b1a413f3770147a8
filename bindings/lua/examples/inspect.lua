-- inspect.lua FILE [DEPTH]
-- Prints what a joblib file holds, as a tree of DEPTH levels (3 if not given).

local joblib = require "joblib"

local path, depth = arg[1], tonumber(arg[2] or 3)
if not path or not depth then
  io.stderr:write("usage: inspect.lua FILE [DEPTH]\n")
  os.exit(2)
end

local scalars = {none = true, boolean = true, integer = true, float = true, complex = true}

local function describe(value)
  local kind = joblib.type(value)
  if scalars[kind] then return tostring(value) end
  if kind == "string" then return ("%q"):format(value):gsub("\\\n", "\\n") end
  return tostring(value)
end

local seen = {}

-- A list stands for its elements; arrays are not walked into.
local function print_tree(name, value, level)
  print(("%s%s%s"):format(("  "):rep(level), name, describe(value)))
  local kind = joblib.type(value)
  if kind == "string" or kind == "ndarray" or scalars[kind] then return end
  if level >= depth or seen[joblib.identity(value)] then return end
  seen[joblib.identity(value)] = true
  for key, item in pairs(value) do
    local has_keys = kind == "dict" or kind == "object"
    print_tree(has_keys and tostring(key) .. ": " or "- ", item, level + 1)
  end
end

local ok, problem = pcall(function()
  local document <close> = joblib.load(path)
  print(("codec %s, protocol %d"):format(document:codec(), document:protocol()))
  print_tree("", document:root(), 0)
end)
if not ok then
  io.stderr:write(path, ": ", tostring(problem), "\n")
  os.exit(1)
end
