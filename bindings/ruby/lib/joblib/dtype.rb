# frozen_string_literal: true

module Joblib
  # The type of an array's elements: what its text, "<f8", does not tell of records and sub-arrays.
  class DType
    # One field of a record.
    # @!attribute name [String]
    # @!attribute type [DType]
    # @!attribute offset [Integer] bytes from the start of the record
    Field = Struct.new(:name, :type, :offset)

    # @api private
    def initialize(handle)
      @handle = handle
    end

    # @return [String] as numpy writes it: "<f8", "|b1", "<U5", "<M8[ns]", "|O"; of a record "|V64"
    def to_s = @handle.text

    # @return [Integer] bytes of one element
    def itemsize = @handle.itemsize

    # @return [Array<Field>] those of a record; else empty
    def fields
      Array.new(@handle.field_count) do |index|
        Field.new(@handle.field_name(index), DType.new(@handle.field(index)),
                  @handle.field_offset(index)).freeze
      end
    end

    # @return [DType, nil] type of the elements of a sub-array, such as +("<f8", (2, 3))+
    def base = @handle.base&.then { |base| DType.new(base) }

    # @return [Array<Integer>] number of elements of a sub-array along each dimension; else empty
    def shape = Array.new(@handle.ndim) { |axis| @handle.shape(axis) }

    # @return [String]
    def inspect = "#<#{self.class} #{self}>"
  end
end
