-- dump.lua MODEL ROWS
-- Fits a line to points by least squares and dumps it as a LinearRegression of scikit-learn. Dumps
-- rows too, and prints for each what the line says, which is what `joblib predict MODEL ROWS` and
-- Python find.

local joblib = require "joblib"

local model_path, rows_path = arg[1], arg[2]
if not rows_path then
  io.stderr:write("usage: dump.lua MODEL ROWS\n")
  os.exit(2)
end

local points = {{0, 1.1}, {1, 2.9}, {2, 5.2}, {3, 6.8}, {4, 9.1}}

local function mean(axis)
  local sum = 0
  for _, point in ipairs(points) do sum = sum + point[axis] end
  return sum / #points
end

local function fit()
  local mean_x, mean_y, products, squares = mean(1), mean(2), 0, 0
  for _, point in ipairs(points) do
    products = products + (point[1] - mean_x) * (point[2] - mean_y)
    squares = squares + (point[1] - mean_x) ^ 2
  end
  local slope = products / squares
  return slope, mean_y - slope * mean_x
end

local slope, intercept = fit()
local rows = {{-1.5}, {0.25}, {2.0}, {10.0}}

local ok, problem = pcall(function()
  local model = joblib.estimator("LinearRegression", {coef_ = {slope}, intercept_ = intercept})
  joblib.dump(model, model_path)
  joblib.dump(joblib.array(rows), rows_path, {compress = "zlib:3"})
end)
if not ok then
  io.stderr:write(tostring(problem), "\n")
  os.exit(1)
end
for _, row in ipairs(rows) do print(("%.17g"):format(row[1] * slope + intercept)) end
