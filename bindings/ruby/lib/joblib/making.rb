# frozen_string_literal: true

module Joblib
  # Values of Python that Ruby has no class for, as {Joblib.dump} takes them: {Joblib.tuple},
  # {Joblib.frozenset}, {Joblib.global}, {Joblib.scalar} and {Joblib.object} make them.
  module Made
    Tuple = Struct.new(:items)
    Frozenset = Struct.new(:items)
    # A class or function by its name.
    Global = Struct.new(:name)
    # One number of numpy's types.
    Scalar = Struct.new(:bytes, :dtype)

    # An instance of a class. Its state may be changed until it is dumped, so it can hold itself.
    # @!attribute class_name [String, Global, Value] its class, or the function that makes it
    # @!attribute state [Object] what +__setstate__+ gets in Python; a Hash as a rule
    # @!attribute form [Symbol, nil] as {Instance#form}
    # @!attribute arguments [Array] of the class or function
    # @!attribute keywords [Hash, nil] keyword arguments
    # @!attribute items [Array] elements of what is a list too
    # @!attribute entries [Hash] entries of what is a dict too
    Instance = Struct.new(:class_name, :state, :form, :arguments, :keywords, :items, :entries,
                          keyword_init: true)

    # A model of scikit-learn.
    Estimator = Struct.new(:class_name, :attributes, :version)
  end
  private_constant :Made

  # Numbers and text packed as numpy has them.
  # @api private
  module Packing
    LITTLE = { "b1" => "C", "i1" => "c", "i2" => "s<", "i4" => "l<", "i8" => "q<", "u1" => "C",
               "u2" => "S<", "u4" => "L<", "u8" => "Q<", "f4" => "e", "f8" => "E" }.freeze
    BIG = LITTLE.merge("f4" => "g", "f8" => "G") { |_name, _little, big| big }
                .transform_values { |code| code.tr("<", ">") }.freeze
    NATIVE = [1].pack("S") == [1].pack("S<") ? LITTLE : BIG

    module_function

    def numbers(list, dtype)
      order, name = dtype.match(/\A([<>|=]?)([a-z]\d+)\z/)&.captures
      code = { "<" => LITTLE, ">" => BIG }.fetch(order, NATIVE)[name]
      raise ::ArgumentError, "no numbers can be packed as #{dtype}" unless code

      list.map { |number| { true => 1, false => 0 }.fetch(number, number) }.pack("#{code}*")
    end

    # Text of numpy has four bytes for each letter, and one length for all.
    def texts(list, length)
      list.map do |text|
        letters = text.encode(Encoding::UTF_8).codepoints.first(length)
        (letters + [0] * (length - letters.size)).pack("V*")
      end.join
    end

    # The type that holds all elements.
    def dtype_of(list)
      return "<f8" if list.empty?
      return "|b1" if list.all? { |one| [true, false].include?(one) }
      return "<i8" if list.all? { |one| one.is_a?(Integer) && one.bit_length < 64 }
      return "<f8" if list.all? { |one| one.is_a?(Integer) || one.is_a?(Float) }

      text?(list) ? "<U#{longest(list)}" : "|O"
    end

    def text?(list) = list.all? { |one| one.is_a?(String) && one.encoding != Encoding::BINARY }

    def longest(texts) = [1, *texts.map(&:length)].max

    # The shape of nested Arrays, by the first of each level.
    def shape_of(nested)
      shape = []
      while nested.is_a?(Array)
        shape << nested.size
        nested = nested.first
      end
      shape
    end

    def flatten(nested, shape)
      if nested.size != shape.first
        raise ::ArgumentError, "an Array of #{nested.size} elements stands beside one of #{shape.first}"
      end

      return nested if shape.size == 1

      nested.flat_map { |inner| flatten(inner, shape.drop(1)) }
    end
  end
  private_constant :Packing

  class << self
    # A tuple of Python.
    def tuple(*items) = Made::Tuple.new(items)

    # A frozenset of Python; Ruby's own Set becomes a set.
    def frozenset(*items) = Made::Frozenset.new(items)

    # A class or function of Python.
    # @param name [String] "package.module.Class", or "package.module:Outer.Class" for one that
    #   stands inside a class
    def global(name) = Made::Global.new(name)

    # An instance of a class of Python, by the names of things only: nothing is called.
    # @param class_name [String, Value] "package.module.Class", or a class of a file
    # @param state [Object] its attributes, a Hash as a rule
    # @param options [Hash]
    # @option options [Symbol] :form (:newobj) how it is made, as {Instance#form}
    # @option options [Array] :arguments of its class
    # @option options [Hash] :keywords keyword arguments; the form is then +:newobj_ex+
    # @option options [Array] :items elements of what is a list too
    # @option options [Hash] :entries entries of what is a dict too
    def object(class_name, state = nil, **options)
      Made::Instance.new(class_name: class_name, state: state, **options)
    end

    # A model of scikit-learn, from what a trained one knows.
    # @param class_name [String] "LinearRegression" …
    # @param attributes [Hash] numbers, Arrays and {NDArray}s under scikit-learn's names
    # @param version [String] of scikit-learn: "1.6" or "1.6.1"; "" for the newest
    def estimator(class_name, attributes, version: "")
      Made::Estimator.new(class_name, attributes, version)
    end

    # One number of numpy's types.
    # @param number [Numeric, Boolean]
    # @param dtype [String, nil] "<f8", "<i8", "|b1" …; nil for the one that fits
    def scalar(number, dtype = nil)
      dtype ||= Packing.dtype_of([number])
      Made::Scalar.new(Packing.numbers([number], dtype), dtype)
    end

    # An array of numpy.
    # @param elements [Array, String] Arrays of Arrays, or packed elements in C order
    # @param shape [Array<Integer>, nil] nil for that of the Arrays; of a String one dimension
    # @param dtype [String, nil] nil for the type that holds all elements; "<f8" of a String
    # @return [NDArray]
    def array(elements, shape: nil, dtype: nil)
      return packed_array(elements, dtype || "<f8", shape) if elements.is_a?(String)

      found = Packing.shape_of(elements)
      flat = Packing.flatten(elements, found)
      dtype ||= Packing.dtype_of(flat)
      return Builder.new.object_array(flat, shape || found) if dtype.end_with?("O")

      if dtype.include?("U")
        length = dtype[/\d+\z/]&.to_i || Packing.longest(flat)
        return packed_array(Packing.texts(flat, length), "<U#{length}", shape || found)
      end
      packed_array(Packing.numbers(flat, dtype), dtype, shape || found)
    end

    private

    def packed_array(bytes, dtype, shape)
      shape ||= [bytes.bytesize / [dtype[/\d+\z/].to_i, 1].max]
      Builder.new.packed_array(bytes, dtype, shape)
    end
  end
end
