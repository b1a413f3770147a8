-- demo.lua FOLDER
-- Loads the demo models, predicts, and compares with what scikit-learn returned. The lines
-- are described in bindings/c/demo/demo.c.

local joblib = require "joblib"

local MODELS = {"iris_logistic", "scaled_logistic", "random_forest"}
local SAMPLES = {0, 70, 140}
local REPEATS = 20

local folder = arg[1]
if not folder then
  io.stderr:write("usage: demo.lua FOLDER\n")
  os.exit(2)
end

local function load_model(path)
  local start = os.clock()
  local model = joblib.load_model(path)
  return model, os.clock() - start
end

local function time_one_row(model, rows)
  local start = os.clock()
  for _ = 1, REPEATS do
    for _, row in ipairs(rows) do model:predict_proba({row}) end
  end
  return (os.clock() - start) / (REPEATS * #rows)
end

-- Numbers the doubles in their order, so that neighbours differ by 1.
local function number_double(value)
  local bits = string.unpack("<i8", string.pack("<d", value))
  return bits < 0 and math.mininteger - bits or bits
end

local function largest_ulp(found, expected)
  local largest = 0
  for i, value in ipairs(expected) do
    local distance = math.abs(number_double(found[i]) - number_double(value))
    largest = math.max(largest, distance)
  end
  return largest
end

local function count_equal(found, expected)
  local equal = 0
  for i, label in ipairs(expected) do
    if found[i] == label then equal = equal + 1 end
  end
  return equal
end

local function join(numbers)
  local words = {}
  for i, number in ipairs(numbers) do words[i] = ("%.17g"):format(number) end
  return table.concat(words, ",")
end

local function show_model(name)
  local model, load_seconds = load_model(("%s/%s/model.joblib"):format(folder, name))
  local document <close> = joblib.load(("%s/%s/cases.joblib"):format(folder, name))
  local cases = document:root()
  local labels, expected_labels = model:predict(cases.X), cases.predict
  local probabilities, expected = model:predict_proba(cases.X), cases.predict_proba
  local fields = {
    name, "Lua", ("%.9f"):format(load_seconds),
    ("%.9f"):format(time_one_row(model, cases.X:totable())), #cases.X,
    count_equal(labels:list(), expected_labels:list()),
    largest_ulp(probabilities:list(), expected:list()),
  }
  for _, row in ipairs(SAMPLES) do
    fields[#fields + 1] = ("%d %.17g %.17g %s %s"):format(row, labels[row + 1],
      expected_labels[row + 1], join(probabilities[row + 1]:list()), join(expected[row + 1]:list()))
  end
  print(table.concat(fields, "\t"))
end

local ok, problem = pcall(function()
  for _, name in ipairs(MODELS) do show_model(name) end
end)
if not ok then
  io.stderr:write("demo: ", tostring(problem), "\n")
  os.exit(1)
end
