# frozen_string_literal: true

module Joblib
  # What can be printed as a whole: documents, values and arrays of files.
  module Printable
    # A tree with a line for each value. What a terminal would obey is escaped.
    # @param depth [Integer, Float] levels below the first that are shown, or Float::INFINITY
    # @return [String]
    def show(depth: 4)
      levels = depth == Float::INFINITY ? 2**64 - 1 : depth + 1
      value_handle.print(Core::PRINT_TREE, levels)
    end

    # Everything below as tagged JSON, without loss; the repository has its schema.
    # @return [String]
    def to_tagged_json = value_handle.print(Core::PRINT_JSON, 0)
  end
end
