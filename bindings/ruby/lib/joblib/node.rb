# frozen_string_literal: true

module Joblib
  # A value as the file has it: {Document#node}, {Value#node}. Where Ruby has one class a node tells
  # bytes, bytearray and the str of Python 2, numpy's numbers and Python's, and None and nothing
  # apart. Nodes lead to nodes, and are equal where they stand for one Python object.
  class Node
    include Identity
    include Printable

    # @api private
    def self.of(handle) = handle && new(handle)

    # @api private
    def initialize(handle)
      @handle = handle
    end

    # @return [Symbol] Python's word: +:None+, +:bool+, +:int+, +:float+, +:complex+, +:str+,
    #   +:bytes+, +:bytearray+, +:list+, +:tuple+, +:dict+, +:set+, +:frozenset+, +:ndarray+ or
    #   +:object+; +:scalar+ for a numpy number, +:dtype+, +:global+ for a class or function
    def kind = @handle.kind_name.to_sym

    # @return [Boolean] whether +:bytes+ are the str of a Python 2 pickle
    def python2? = @handle.is_py2

    # @return [Integer] the same for two references to one object, while either lives
    def identity = @handle.identity

    # @return [Object, nil] the object that Ruby gets of it otherwise
    def value = Native.value(@handle)

    # @return [String] of bytes, a bytearray or the str of Python 2
    # @raise [KindError] of other kinds
    def bytes = @handle.bytes

    # @return [NDArray] an array; a numpy number as one without dimensions
    # @raise [KindError] of other kinds
    def array = NDArray.new(@handle.array, @handle)

    # @return [DType, nil] of a dtype, a numpy number or an array
    def element_type = @handle.element_type&.then { |type| DType.new(type) }

    # @return [Array<Node>] elements of a list, tuple, set or frozenset, or, in C order, of an array
    #   of objects; values of a dict; else empty
    def elements
      kind == :ndarray ? array.nodes : Array.new(@handle.count) { |at| Node.of(@handle.at(at)) }
    end

    # @return [Array<Array(Node, Node)>] keys and values of a dict, in the order of the file
    def pairs
      elements.each_with_index.map { |value, at| [Node.of(@handle.key(at)), value] }
    end

    # @return [String, nil] module of a class or function, or of an object's class
    def module_name = @handle.module_name

    # @return [String, nil] name of a class or function, or of an object's class
    def class_name = @handle.class_name

    # @return [Symbol] how an object was made: {Instance#form}
    def form = Native::FORMS.fetch(@handle.form)

    # @return [Node, nil] what made an object: its class, or the function called
    def class_node = Node.of(@handle.class_value)

    # @return [Node, nil] arguments of the class or function, a tuple
    def arguments = Node.of(@handle.arguments)

    # @return [Node, nil] keyword arguments, a dict
    def keywords = Node.of(@handle.keywords)

    # @return [Node, nil] what +__setstate__+ gets in Python
    def state = Node.of(@handle.state)

    # @return [Node, nil] elements of an object that is a list in Python, a list
    def list_items = Node.of(@handle.items)

    # @return [Node, nil] entries of an object that is a dict in Python, a dict
    def dict_entries = Node.of(@handle.entries)

    # @return [Node, nil] the class of an array that is not plain ndarray
    def subclass = Node.of(@handle.subclass)

    # @return [String]
    def inspect = "#<#{self.class} #{kind}>"

    private

    def value_handle = @handle
  end

  # What has a node: documents, values, and arrays of files.
  module Printable
    # @return [Node] the value as the file has it; of a document its root
    def node = Node.new(value_handle)
  end
end
