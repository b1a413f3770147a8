# frozen_string_literal: true

module Joblib
  # A numpy array: of a file, or the result of a prediction. It cannot be changed, and stays
  # valid when its document or model is closed. {#each}, {#length} and one index go over the
  # first dimension. Arrays of a file are equal where they are the same Python object.
  class NDArray
    include Enumerable
    include Identity
    include Printable

    # @api private
    attr_reader :handle

    # @api private
    def initialize(handle, value = nil)
      @handle = handle
      @value = value
    end

    # @api private
    def value_of_file = @value

    # @return [Integer, nil] the same for two references to one array of a file
    def identity = @value&.identity

    # @return [String] type of the elements as numpy writes it: "<f8", "|b1", "<U5", "|O"
    def dtype = handle.dtype

    # @return [Array<Integer>] number of elements along each dimension
    def shape = @shape ||= Array.new(ndim) { |axis| handle.shape(axis) }.freeze

    # @return [Integer] number of dimensions
    def ndim = handle.ndim

    # @return [Integer] number of elements in all
    def size = handle.count

    # @return [Integer] number of elements along the first dimension; 1 without dimensions
    def length = shape.empty? ? 1 : shape.first

    # @return [Integer] bytes of one element
    def itemsize = handle.itemsize

    # @return [String, nil] "C" or "F" where the elements stand without gaps in that order
    def order = handle.order.then { |order| order.empty? ? nil : order }

    # @return [Value, nil] the class of an array of a file that is not plain ndarray
    def subclass = Native.value(@value&.subclass)

    # An element if there are as many indices as dimensions, else the array inside.
    # @param indices [Array<Integer>] each from 0, or from -1 at the end
    # @return [Object, NDArray, nil] nil outside
    # @raise [::IndexError] if there are more indices than dimensions
    def [](*indices)
      if indices.size > ndim
        raise ::IndexError, "#{indices.size} indices for an array of #{ndim} dimensions"
      end

      found = indices.zip(shape).map { |index, size| Native.index(index, size) || (return nil) }
      found.size == ndim ? Native.element(handle, flat_index(found)) : inner(found)
    end

    # Like {#[]} with an index for each key.
    # @return [Object, nil]
    def dig(index, *rest)
      found = self[index]
      rest.empty? || found.nil? ? found : found.dig(*rest)
    end

    # @yieldparam element [Object, NDArray] an element, or an array of one dimension less
    # @return [self, Enumerator]
    def each(&block)
      return enum_for(:each) { length } unless block

      if ndim < 2
        elements.each(&block)
      else
        length.times { |index| yield NDArray.new(handle.at(index)) }
      end
      self
    end

    # @return [Array] all elements in one list, in C order
    def elements
      return handle.numbers unless handle.number == Core::NUMBER_NONE

      Array.new(size) { |index| Native.element(handle, index) }
    end

    # @return [Array] arrays of arrays, as deep as the array has dimensions
    def to_a = ndim < 2 ? elements : nest(elements, shape)
    alias entries to_a

    # @return [String] all elements packed, in C order and native byte order, for +unpack+
    # @raise [KindError] if the elements are objects
    def bytes = handle.bytes

    # @return [String] all elements as they stand in memory: in the byte order of {#dtype}, and in
    #   {#order}, or in C order where that is nil
    # @raise [KindError] if the elements are objects
    def stored_bytes = handle.stored_bytes

    # @return [DType] type of the elements, with the fields of records
    def element_type = DType.new(handle.element_type)

    # @return [Array<Node>] the elements of an array of objects, in C order; of others none
    def nodes
      dtype == "|O" ? Array.new(size) { |index| Node.new(handle.object_at(index)) } : []
    end

    # @return [Array<String>] names of the fields of an array of records; else empty
    def fields = Array.new(handle.field_count) { |index| handle.field_name(index) }

    # @param name [String, Symbol]
    # @return [NDArray, nil] one field of all records; nil if there is none of this name
    def field(name)
      found = handle.field(name.to_s)
      found && NDArray.new(found)
    end

    # @return [String]
    def to_s = "ndarray #{dtype} (#{shape.join(', ')})"

    # @return [String]
    def inspect = "#<#{self.class} #{dtype} (#{shape.join(', ')})>"

    private

    # A result of a prediction and a part of an array are no values of a file.
    def value_handle
      @value || raise(::ArgumentError, "the array is no value of a file")
    end

    def flat_index(indices)
      indices.zip(shape).inject(0) { |flat, (index, size)| flat * size + index }
    end

    def inner(indices)
      indices.empty? ? self : NDArray.new(indices.inject(handle) { |part, index| part.at(index) })
    end

    def nest(list, shape)
      return list if shape.size == 1

      inner_shape = shape.drop(1)
      step = inner_shape.inject(:*)
      Array.new(shape.first) { |index| nest(list[index * step, step], inner_shape) }
    end
  end
end
