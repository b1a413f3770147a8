# frozen_string_literal: true

# predict.rb MODEL INPUT [METHOD]
# Runs a model on the rows of a joblib file and prints a line for each: its label or numbers.

require "joblib"

model_path, input_path, method = ARGV
abort "usage: predict.rb MODEL INPUT [METHOD]" unless input_path

def print_rows(rows)
  rows = rows.values if rows.is_a?(Joblib::Rows)
  rows.each do |row|
    puts Array(row).map { |item| item.is_a?(Float) ? format("%.17g", item) : item }.join(",")
  end
end

begin
  Joblib.load_model(model_path) do |model|
    Joblib.load(input_path) do |input|
      output = model.run(method || :predict, input.root)
      outputs = output.is_a?(Array) ? output : [output]
      outputs.each { |rows| print_rows(rows) }
    end
  end
rescue Joblib::Error => e
  warn e.message
  (e.parts || []).reject(&:runnable?).each do |part|
    warn "  #{part.path} #{part.full_name}: #{part.reason}"
  end
  exit 1
end
