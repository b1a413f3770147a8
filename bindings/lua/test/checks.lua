--- What the tests check with.

local joblib = require "joblib"

local checks = {count = 0}

local VECTORS = assert(os.getenv "JOBLIB_VECTORS", "JOBLIB_VECTORS is not set")
checks.VECTORS = VECTORS

function checks.check(condition, ...)
  checks.count = checks.count + 1
  if not condition then error(table.concat({"check failed:", ...}, " "), 2) end
end

function checks.check_equal(found, expected)
  checks.count = checks.count + 1
  if found ~= expected or math.type(found) ~= math.type(expected) then
    error(("found %s, expected %s"):format(tostring(found), tostring(expected)), 2)
  end
end

function checks.check_list(found, expected)
  checks.check_equal(#found, #expected)
  for i = 1, #expected do checks.check_equal(found[i], expected[i]) end
end

--- The error that a call raises.
function checks.raised(call, ...)
  local ok, problem = pcall(call, ...)
  checks.check(not ok, "nothing was raised")
  return problem
end

function checks.check_status(problem, name)
  if not joblib.is_error(problem) then error(problem, 2) end
  checks.check_equal(problem.name, "JOBLIB_ERROR_" .. name)
  checks.check_equal(problem.status, joblib.status[name])
  checks.check(#problem.message > 0)
end

function checks.file_of(case) return ("%s/%s.joblib"):format(VECTORS, case) end
function checks.root_of(case) return joblib.load(checks.file_of(case)):root() end

function checks.read_bytes(path)
  local file <close> = assert(io.open(path, "rb"))
  return file:read "a"
end

return checks
