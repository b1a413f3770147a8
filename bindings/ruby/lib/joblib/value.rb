# frozen_string_literal: true

module Joblib
  # Objects that are equal where they stand for one Python object.
  module Identity
    # @return [Boolean] whether both stand for the same Python object
    def ==(other)
      equal?(other) || (other.is_a?(Identity) && !identity.nil? && identity == other.identity)
    end
    alias eql? ==

    # @return [Integer]
    def hash = identity ? identity.hash : super
  end

  # A value of a file that Ruby has no class for. Values cannot be changed. They stay valid when
  # their document is closed. Plain values, such as numbers and text, come as Ruby's own.
  class Value
    include Identity
    include Printable

    # @api private
    attr_reader :handle

    # @api private
    def initialize(handle)
      @handle = handle
    end

    # @return [Symbol] Python's word: +:list+, +:tuple+, +:set+, +:frozenset+, +:dict+,
    #   +:object+, +:global+ or +:dtype+ …
    def kind = handle.kind_name.to_sym

    # @return [Integer] the same for two references to one object, while either lives
    def identity = handle.identity

    # @return [String, nil] module of a class or function, or of an object's class
    def module_name = handle.module_name

    # @return [String, nil] name of a class or function, or of an object's class
    def class_name = handle.class_name

    # @return [String, nil] module and name: "sklearn.pipeline.Pipeline"
    def full_name = class_name && "#{module_name}.#{class_name}"

    # @return [String, nil] of a dtype: "<f8"
    def dtype = handle.dtype

    # @return [String]
    def to_s = [kind, full_name || dtype].compact.join(" ")

    # @return [String]
    def inspect = "#<#{self.class} #{self}>"

    private

    def value_handle = handle
  end

  # What lists, dicts and objects have in common.
  module Container
    include Enumerable

    # @return [Integer] number of elements
    def size = handle.count
    alias length size

    # @return [Boolean]
    def empty? = size.zero?

    # Follows a path: +root.dig("steps", 1, 1, "coef_")+.
    # @return [Object, nil] nil where something on the path is missing
    def dig(key, *rest)
      found = self[key]
      rest.empty? || found.nil? ? found : found.dig(*rest)
    end

    # @return [String]
    def to_s = "#{super} of #{size}"
  end

  # A list, set or frozenset, or a {Tuple}. Sets keep the order of the file.
  class Sequence < Value
    include Container

    # @param index [Integer] from 0, or from -1 at the end
    # @return [Object, nil] nil outside
    def [](index)
      found = Native.index(index, size)
      found && Native.value(handle.at(found))
    end
    alias at []

    # @return [Object, nil] the last element; nil if there is none
    def last = self[-1]

    # @param index [Integer] from 0, or from -1 at the end
    # @raise [::IndexError] outside
    def fetch(index)
      return self[index] if Native.index(index, size)

      raise ::IndexError, "index #{index} is outside of #{size} elements"
    end

    # @yieldparam element [Object]
    # @return [self, Enumerator]
    def each
      return enum_for(:each) { size } unless block_given?

      size.times { |index| yield Native.value(handle.at(index)) }
      self
    end
  end

  # A tuple, which +name, step = tuple+ and blocks of several parameters take apart.
  class Tuple < Sequence
    # @return [Array]
    def to_ary = to_a
  end

  # What dicts and objects have in common: keys that lead to values.
  module Mapping
    include Container

    # @return [Object, nil] nil if there is no such key, or for None
    def [](key) = Native.value(look_up(key))

    # @return [Object] the value; else that of the block, or +default+
    # @raise [::KeyError] if there is no such key, no block and no default
    def fetch(key, *default)
      found = look_up(key)
      return Native.value(found) if found
      return yield(key) if block_given?
      return default.first unless default.empty?

      raise ::KeyError.new("key not found: #{key.inspect}", receiver: self, key: key)
    end

    # @return [Boolean]
    def key?(key) = !look_up(key).nil?
    alias include? key?
    alias member? key?

    # In the order of the file.
    # @yieldparam key [Object]
    # @yieldparam value [Object]
    # @return [self, Enumerator]
    def each
      return enum_for(:each) { size } unless block_given?

      each_pair_of_handles { |key, value| yield [Native.value(key), Native.value(value)] }
      self
    end
    alias each_pair each

    # @return [Array]
    def keys = map { |key, _value| key }

    # @return [Array]
    def values = map { |_key, value| value }

    private

    def each_pair_of_handles
      dicts.each do |dict|
        dict.count.times { |index| yield dict.key(index), dict.at(index) }
      end
    end
  end

  # A dict. As in Python 1, 1.0 and true are one key; a Symbol stands for its text. Keys that
  # are values of a file, such as tuples, are found by identity.
  class Dict < Value
    include Mapping

    private

    def dicts = [handle]

    # The handle of the value of a key. Keys that the core cannot look up are compared one by one.
    def look_up(key)
      case key
      when Symbol then look_up(key.name)
      when String then has_plain_text?(key) ? handle.find(key) : scan(key)
      when true, false then handle.find_int(key ? 1 : 0)
      when Integer then key.bit_length < 64 ? handle.find_int(key) : scan(key)
      when Float then key.finite? && (key % 1).zero? ? look_up(key.to_i) : scan(key)
      else scan(key)
      end
    end

    def has_plain_text?(key) = key.encoding != Encoding::BINARY && !key.include?("\0")

    def scan(wanted)
      each_pair_of_handles { |key, value| return value if Native.value(key) == wanted }
      nil
    end
  end

  # An instance of a class that was never made: its class, arguments and state. The keys are
  # the attributes.
  class Instance < Value
    include Mapping

    # @return [Integer] number of attributes
    def size = dicts.sum(&:count)
    alias length size

    # @return [Symbol] how it was made: +:reduce+, +:newobj+, +:newobj_ex+, +:reconstructor+ or
    #   +:instance+
    def form = Native::FORMS.fetch(handle.form)

    # @return [Value] what made it: its class, or the function called
    def class_value = Native.value(handle.class_value)

    # @return [Sequence] arguments of the class or function
    def arguments = Native.value(handle.arguments)

    # @return [Dict, nil] keyword arguments
    def keywords = Native.value(handle.keywords)

    # @return [Object, nil] what +__setstate__+ gets in Python
    def state = Native.value(handle.state)

    # @return [Sequence, nil] elements of an object that is a list in Python
    def list_items = Native.value(handle.items)

    # @return [Dict, nil] entries of an object that is a dict in Python
    def dict_entries = Native.value(handle.entries)

    private

    def dicts = @dicts ||= [handle.attribute_dict(0), handle.attribute_dict(1)].compact

    def look_up(name) = handle.attribute(name.is_a?(Symbol) ? name.name : name)
  end

  Native::WRAPPERS = {
    Core::KIND_LIST => Sequence, Core::KIND_TUPLE => Tuple,
    Core::KIND_SET => Sequence, Core::KIND_FROZENSET => Sequence,
    Core::KIND_DICT => Dict, Core::KIND_OBJECT => Instance
  }.freeze
end
