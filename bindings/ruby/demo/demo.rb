# frozen_string_literal: true

# demo.rb FOLDER
# Loads the demo models, predicts, and compares with what scikit-learn returned. The lines
# are described in bindings/c/demo/demo.c.

require "joblib"

MODELS = %w[iris_logistic scaled_logistic random_forest].freeze
SAMPLES = [0, 70, 140].freeze
REPEATS = 20

folder = ARGV.first
abort "usage: demo.rb FOLDER" unless folder

def seconds
  start = Process.clock_gettime(Process::CLOCK_MONOTONIC)
  yield
  Process.clock_gettime(Process::CLOCK_MONOTONIC) - start
end

def time_one_row(model, rows)
  total = seconds do
    REPEATS.times { rows.each { |row| model.predict_proba([row]) } }
  end
  total / (REPEATS * rows.size)
end

# Numbers the doubles in their order, so that neighbours differ by 1.
def number_double(value)
  bits = [value].pack("E").unpack1("q<")
  bits.negative? ? -(1 << 63) - bits : bits
end

def largest_ulp(found, expected)
  found.zip(expected).map { |a, b| (number_double(a) - number_double(b)).abs }.max
end

def count_equal(found, expected) = found.zip(expected).count { |a, b| a == b }

def join(numbers) = numbers.map { |number| format("%.17g", number) }.join(",")

def describe_row(row, labels, probabilities)
  words = labels.map { |list| join([list[row]]) } + probabilities.map { |list| join(list[row]) }
  [row, *words].join(" ")
end

def show_model(folder, name)
  model = nil
  load_seconds = seconds { model = Joblib.load_model("#{folder}/#{name}/model.joblib") }
  cases = Joblib.load("#{folder}/#{name}/cases.joblib").root
  labels = [model.predict(cases["X"]), cases["predict"]]
  probabilities = [model.predict_proba(cases["X"]), cases["predict_proba"]]
  puts [
    name, "Ruby", format("%.9f", load_seconds),
    format("%.9f", time_one_row(model, cases["X"].to_a)), cases["X"].length,
    count_equal(*labels.map(&:elements)), largest_ulp(*probabilities.map(&:elements)),
    *SAMPLES.map { |row| describe_row(row, labels, probabilities) }
  ].join("\t")
end

begin
  MODELS.each { |name| show_model(folder, name) }
rescue Joblib::Error => e
  abort "demo: #{e.message}"
end
