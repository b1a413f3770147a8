# frozen_string_literal: true

# inspect.rb FILE [DEPTH]
# Prints what a joblib file holds, as a tree of DEPTH levels (3 if not given).

require "joblib"

path, depth = ARGV
abort "usage: inspect.rb FILE [DEPTH]" unless path

# Prints a tree of at most `depth` levels. A shared or cyclic value is walked into once, arrays
# are not.
class Tree
  def initialize(depth)
    @depth = depth
    @seen = {}
  end

  def print(label, value, level = 0)
    puts "#{'  ' * level}#{label}#{describe(value)}"
    return unless value.is_a?(Joblib::Container) && level < @depth && !@seen.key?(value)

    @seen[value] = true
    label_elements(value) { |inner_label, element| print(inner_label, element, level + 1) }
  end

  private

  def describe(value)
    case value
    when nil then "none"
    when Joblib::Value, Joblib::NDArray then value.to_s
    else value.inspect
    end
  end

  def label_elements(value)
    if value.is_a?(Joblib::Mapping)
      value.each { |key, element| yield "#{key}: ", element }
    else
      value.each { |element| yield "- ", element }
    end
  end
end

begin
  Joblib.load(path) do |document|
    puts "codec #{document.codec}, protocol #{document.protocol}"
    Tree.new(Integer(depth || 3)).print("", document.root)
  end
rescue Joblib::Error => e
  abort "#{path}: #{e.message}"
end
