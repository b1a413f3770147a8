-- inspect.lua FILE [DEPTH]
-- Prints what loading a joblib file in Python could run, and what the file holds, as a tree of
-- DEPTH levels below the first (3 if not given).

local joblib = require "joblib"

local path, depth = arg[1], tonumber(arg[2] or 3)
if not path or not depth then
  io.stderr:write("usage: inspect.lua FILE [DEPTH]\n")
  os.exit(2)
end

local function print_audit(audit)
  print(("audit: %s"):format(audit))
  for _, global in ipairs(audit) do
    if global.verdict ~= "known" then
      print(("  %s: %q.%q at byte %d: %s"):format(
        global.verdict, global.module, global.name, global.offset, global.reason))
    end
  end
end

local ok, problem = pcall(function()
  print_audit(joblib.audit(path))
  local document <close> = joblib.load(path)
  print(("codec %s, protocol %d"):format(document:codec(), document:protocol()))
  io.write(document:show {depth = depth})
end)
if not ok then
  io.stderr:write(path, ": ", tostring(problem), "\n")
  os.exit(1)
end
