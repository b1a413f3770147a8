-- predict.lua MODEL INPUT [METHOD]
-- Runs a model on the rows of a joblib file and prints a line for each: its label or numbers.

local joblib = require "joblib"

local model_path, input_path, method = arg[1], arg[2], arg[3] or "predict"
if not input_path then
  io.stderr:write("usage: predict.lua MODEL INPUT [METHOD]\n")
  os.exit(2)
end

local function format(item)
  if math.type(item) == "float" then return ("%.17g"):format(item) end
  return tostring(item)
end

local function print_rows(rows)
  for i = 1, #rows do
    local row, words = rows[i], {}
    if joblib.type(row) ~= "ndarray" then
      words[1] = format(row)
    else
      for j, item in ipairs(row:list()) do words[j] = format(item) end
    end
    print(table.concat(words, ","))
  end
end

local ok, problem = pcall(function()
  local model <close> = joblib.load_model(model_path)
  local input <close> = joblib.load(input_path)
  local output = model:run(method, input:root())
  if type(output) == "table" and joblib.type(output) == "table" then
    for _, one in ipairs(output) do print_rows(one) end
  else
    print_rows(output)
  end
end)
if not ok then
  io.stderr:write(tostring(problem), "\n")
  for _, part in ipairs(joblib.is_error(problem) and problem.parts or {}) do
    if part.reason ~= "" then
      io.stderr:write(("  %s %s: %s\n"):format(part.path, part.class, part.reason))
    end
  end
  os.exit(1)
end
