# frozen_string_literal: true

# What smoketest.rb checks with, and its streams.

require "json"
require "joblib"

VECTORS = ENV.fetch("JOBLIB_VECTORS")

# What the tests check with.
module Checks
  Failure = Class.new(StandardError)
  LABELS = "inference/linear/logistic-labels-text-sklearn1.9"

  class << self
    attr_accessor :count
  end
  self.count = 0

  def check(condition, message = "check failed")
    Checks.count += 1
    raise Failure, message unless condition
  end

  # Equal, and of one class: 1 is not 1.0.
  def check_equal(found, expected)
    equal = found == expected && (found.class == expected.class || !expected.is_a?(Numeric))
    check(equal, "found #{found.inspect}, expected #{expected.inspect}")
  end

  def check_list(found, expected)
    check_equal(found.size, expected.size)
    found.zip(expected) { |one, other| check_equal(one, other) }
  end

  # The error that the block raises.
  def raised(expected = Exception)
    yield
  rescue expected => e
    check(!e.message.empty?)
    e
  else
    raise Failure, "nothing was raised"
  end

  def raised_status(name, &block)
    problem = raised(Joblib::Error, &block)
    check_equal(problem.name, "JOBLIB_ERROR_#{name}")
    check_equal(problem.status, Joblib::Status.const_get(name))
    problem
  end

  def file_of(name) = "#{VECTORS}/#{name}.joblib"
  def root_of(name) = Joblib.load(file_of(name)).root

  # An inference case: the model, its input, and for each method a list of what each output is:
  # packed bytes or labels.
  def inference(name)
    folder = "#{VECTORS}/inference/#{name}"
    expect = JSON.parse(File.read("#{folder}/expected.json"))["expect"]["methods"]
    expected = expect.to_h do |method, one|
      [method.to_sym, one["outputs"].flat_map { |output| decode(output) }]
    end
    input = Joblib.load("#{folder}/input.joblib").root
    [Joblib.load_model("#{folder}/model.joblib"), input, expected]
  end

  def decode(output)
    parts = output["csr"]&.values_at("data", "indices", "indptr")
    return parts.flat_map { |part| decode(part) } if parts

    array = output.fetch("ndarray")
    return [array["data"].unpack1("m")] if array["data"].is_a?(String)

    [array.values.grep(Array).last.map { |item| item.is_a?(Hash) ? item.values.first : item }]
  end

  # Doubles within 1e-13 of scikit-learn's; all else must be equal.
  def check_output(found, expected)
    return check_list(found.elements, expected) if expected.is_a?(Array)
    return check_equal(found.bytes, expected) if found.dtype != "<f8"

    check_equal(found.bytes.bytesize, expected.bytesize)
    found.elements.zip(expected.unpack("E*")) do |number, wanted|
      equal = number == wanted || (number.nan? && wanted.nan?)
      close = (number - wanted).abs <= 1e-13 * [1.0, wanted.abs].max
      check(equal || close, "#{number} is not #{wanted}")
    end
  end
end
# Streams of each kind that Joblib.read takes.
class Chunks
  def initialize(bytes, step)
    @bytes, @step, @used = bytes, step, 0
  end

  def read(_size)
    @used += @step
    @bytes.byteslice(@used - @step, @step)
  end
end

class PartialOnly
  def initialize(io)
    @io = io
  end

  def readpartial(size) = @io.readpartial(size)
end

class Answer
  def initialize(&block)
    @block = block
  end

  def read(size) = @block.call(size)
end
