# frozen_string_literal: true

# inspect.rb FILE [DEPTH]
# Prints what loading a joblib file in Python could run, and what the file holds, as a tree of
# DEPTH levels below the first (3 if not given).

require "joblib"

path, depth = ARGV
abort "usage: inspect.rb FILE [DEPTH]" unless path

def print_audit(audit)
  puts "audit: #{audit}"
  audit.reject { |global| global.verdict == :known }.each do |global|
    puts "  #{global.verdict}: #{global.full_name.inspect} at byte #{global.offset}: #{global.reason}"
  end
end

begin
  print_audit(Joblib.audit(path))
  Joblib.load(path) do |document|
    puts "codec #{document.codec}, protocol #{document.protocol}"
    print document.show(depth: Integer(depth || 3))
  end
rescue Joblib::Error => e
  abort "#{path}: #{e.message}"
end
