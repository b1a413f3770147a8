# frozen_string_literal: true

module Joblib
  # Rows to predict: packed numbers, or the sparse result of a model.
  class Rows
    # @api private
    attr_reader :handle

    # @api private
    def initialize(handle)
      @handle = handle
    end

    # What models take, as a handle of the core.
    # @api private
    def self.handle_of(rows)
      case rows
      when Rows then rows.handle
      when NDArray then Core::Input.from_array(rows.handle)
      when Value then Core::Input.from_value(rows.handle)
      when Array then append(rows)
      else
        raise ::TypeError, "the rows are of class #{rows.class} (need an Array of Arrays, " \
                           "Joblib::NDArray, Joblib::Value or Joblib::Rows)"
      end
    end

    def self.append(rows)
      rows.each_with_object(Core::Input.new) do |row, input|
        input.append(row.is_a?(NDArray) ? row.to_a : row)
      end
    end
    private_class_method :append

    # @return [Boolean]
    def sparse? = handle.is_sparse

    # @return [Array<Integer>] rows and columns
    def shape = [handle.rows, handle.columns]

    # @return [Integer] number of rows
    def length = handle.rows

    # @return [NDArray] the stored numbers of sparse rows, row by row
    # @raise [KindError] if the rows are not sparse
    def values = NDArray.new(handle.values)

    # @return [NDArray] where each sparse row starts in {#values}, and where the last one ends
    # @raise [KindError] if the rows are not sparse
    def row_offsets = NDArray.new(handle.row_offsets)

    # @return [NDArray] the column of each of {#values}, from 0
    # @raise [KindError] if the rows are not sparse
    def column_indices = NDArray.new(handle.column_indices)

    # @return [String]
    def inspect = "#<#{self.class} #{sparse? ? 'sparse' : 'dense'} (#{shape.join(', ')})>"
  end
end
