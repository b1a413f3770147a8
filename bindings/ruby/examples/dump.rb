# frozen_string_literal: true

# dump.rb MODEL ROWS
# Learns the mean and spread of each column, and dumps them as a StandardScaler of scikit-learn.
# Dumps the rows too, and prints them scaled, as `joblib predict MODEL ROWS` and Python do.

require "joblib"

model_path, rows_path = ARGV
abort "usage: dump.rb MODEL ROWS" unless rows_path

ROWS = [[5.1, 3.5, 1.4], [4.9, 3.0, 1.4], [6.3, 3.3, 6.0], [5.8, 2.7, 5.1]].freeze

def mean(numbers) = numbers.sum / numbers.size

columns = ROWS.transpose
means = columns.map { |column| mean(column) }
variances = columns.zip(means).map { |column, mean| mean(column.map { |one| (one - mean)**2 }) }
scales = variances.map { |variance| Math.sqrt(variance) }

begin
  Joblib.dump(Joblib.estimator("StandardScaler", { mean_: means, var_: variances, scale_: scales }),
              model_path)
  Joblib.dump(Joblib.array(ROWS), rows_path, compress: [:zlib, 3])
rescue Joblib::Error => e
  abort e.message
end

ROWS.each do |row|
  scaled = row.zip(means, scales).map { |number, mean, scale| (number - mean) / scale }
  puts scaled.map { |number| format("%.17g", number) }.join(",")
end
