# frozen_string_literal: true

require "set"

module Joblib
  # Makes a document of values of Ruby, and edits copies of documents. What {Joblib.dump} takes a
  # builder takes everywhere:
  #
  # - nil, true, false, Integer of any size, Float, Complex;
  # - String: bytes if its encoding is ASCII-8BIT, else str; Symbol: str;
  # - Array: list; Hash: dict, in its order; Set: set;
  # - {NDArray}, {Value}, {Document}: a copy; what {Joblib.tuple} and its like make;
  # - {Node}, a value of this builder.
  #
  # An object that is met again is the same value, so Arrays may hold themselves. A builder
  # belongs to one thread.
  class Builder
    # A value of a builder, which can be filled and changed. Paths are those of {Joblib::Error#path}:
    # "steps[1][1].coef_", counted from 0.
    class Node
      # @api private
      attr_reader :builder, :number

      # @api private
      def initialize(builder, number)
        @builder = builder
        @number = number
      end

      # Appends to a list.
      # @return [self]
      def append(item) = change { |core, make| core.append(number, make[item]) }
      alias << append

      # Puts an item before that at +index+ of a list.
      # @return [self]
      def insert(index, item) = change { |core, make| core.insert(number, index, make[item]) }

      # Replaces the item at +index+ of a list, or of an array of objects.
      # @return [self]
      def set_item(index, item) = change { |core, make| core.set_at(number, index, make[item]) }

      # Removes the item at +index+ of a list.
      # @return [self]
      def delete_at(index) = change { |core, _make| core.remove_at(number, index) }

      # Sets an entry of a dict.
      # @return [self]
      def put(key, value) = change { |core, make| core.put(number, make[key], make[value]) }

      # Adds an item to a set.
      # @return [self]
      def add(item) = change { |core, make| core.add(number, make[item]) }

      # Removes an entry of a dict by its key, or an item of a set.
      # @return [self]
      def delete(key) = change { |core, make| core.remove_key(number, make[key]) }

      # @param name [String, Symbol]
      # @return [self]
      def set_attribute(name, value)
        change { |core, make| core.set_attribute(number, name.to_s, make[value]) }
      end

      # @param name [String, Symbol]
      # @return [self]
      def remove_attribute(name)
        change { |core, _make| core.remove_attribute(number, name.to_s) }
      end

      # @param state [Object] what +__setstate__+ gets in Python
      # @return [self]
      def set_state(state) = change { |core, make| core.set_state(number, make[state]) }

      # @param name [String, Value] "package.module.Class", or a class of a file
      # @return [self]
      def set_class(name)
        change { |core, make| core.set_class(number, make[Builder.class_of(name)]) }
      end

      # @param path [String]
      # @return [Node] what stands at a place below this value
      # @raise [Joblib::RangeError] if there is no such place
      def find(path) = Node.new(builder, builder.core.find(number, path))

      # Puts a value in the place of what stands there.
      # @param path [String]
      def []=(path, value)
        change { |core, make| core.replace(number, path, make[value]) }
      end

      private

      def change
        yield builder.core, builder.method(:make)
        self
      end
    end

    FORMS = { reduce: 0, newobj: 1, newobj_ex: 2, reconstructor: 3, instance: 4 }.freeze
    BEING_MADE = 0
    private_constant :FORMS, :BEING_MADE

    # @api private
    def self.class_of(name) = name.is_a?(String) ? Joblib.global(name) : name

    # @api private
    attr_reader :core

    # @return [Node, nil] the root of the document that this builder edits
    attr_reader :root

    # @param document [Document, nil] a document whose copy is edited
    def initialize(document = nil)
      @core = document ? Core::Builder.from_document(document.handle) : Core::Builder.new
      @root = Node.new(self, 1) if document
      forget
    end

    # @return [Node] the value of an object of Ruby
    def value(object) = Node.new(self, make(object))

    # An instance of a class: {Joblib.object}.
    # @return [Node]
    def object(class_name, state = nil, **options)
      value(Joblib.object(class_name, state, **options))
    end

    # Makes a document of all values. The builder may then build another.
    # @param root [Object] a node, or any object of Ruby
    # @return [Document]
    def document(root = self.root) = Document.new(finish(root))

    # @api private
    def finish(root)
      core.finish(make(root)).tap { forget }
    end

    # @api private
    def packed_array(bytes, dtype, shape)
      Native.value(core.finish(core.array(bytes, dtype, shape, false)).root)
    end

    # @api private
    def object_array(items, shape)
      numbers = items.map { |item| make(item) }
      Native.value(core.finish(core.object_array(numbers, shape)).root)
    end

    # The number of a value. Lists, dicts and objects come empty and are filled later, so that
    # they can be nested as deep as they like, and in cycles.
    # @api private
    def make(object)
      forget unless @tasks.empty?
      number(object).tap { do_tasks(0) }
    end

    private

    def forget
      @made = {}.compare_by_identity
      @tasks = []
    end

    # Does the tasks that came after the first +done+.
    def do_tasks(done)
      while @tasks.size > done
        fill, target, source = @tasks.pop
        send(fill, target, source)
      end
    end

    def number(object)
      case object
      when nil then core.none
      when true, false then core.boolean(object)
      when Integer then integer(object)
      when Float then core.float64(object)
      when Symbol then key(object)
      when ::Complex then core.complex(object.real.to_f, object.imaginary.to_f)
      when Node then own(object)
      else remembered(object)
      end
    end

    def integer(number)
      number.bit_length < 64 ? core.int64(number) : core.decimal(number.to_s)
    end

    def own(node)
      raise ::ArgumentError, "the value is of another builder" unless node.builder.equal?(self)

      node.number
    end

    # Names are one value for each text, as identifiers are one object in Python.
    def key(object)
      object = object.name if object.is_a?(Symbol)
      return number(object) unless object.is_a?(String) && object.encoding != Encoding::BINARY

      object.include?("\0") ? number(object) : core.key(object)
    end

    def remembered(object)
      found = @made[object]
      raise ::ArgumentError, "a tuple or frozenset holds itself" if found == BEING_MADE

      @made[object] = BEING_MADE unless found
      found || (@made[object] = new_value(object))
    end

    def new_value(object)
      case object
      when String then string(object)
      when Array then later(core.list, :fill_list, object)
      when Hash then later(core.dict, :fill_dict, object)
      when ::Set then later(core.set, :fill_set, object)
      when NDArray, Value, Document then copy(object)
      else new_made(object)
      end
    end

    def new_made(object)
      case object
      when Made::Tuple then core.tuple(object.items.map { |item| number(item) })
      when Made::Frozenset then core.frozenset(object.items.map { |item| number(item) })
      when Made::Global then core.global(object.name)
      when Made::Scalar then core.scalar(object.bytes, object.dtype)
      when Made::Instance then later(new_object(object), :fill_object, object)
      when Made::Estimator then new_estimator(object)
      else raise ::TypeError, "an object of class #{object.class} cannot be dumped"
      end
    end

    def string(text)
      return core.bytes(text) if text.encoding == Encoding::BINARY

      core.text(text.encode(Encoding::UTF_8))
    end

    # A part of an array, and the result of a prediction, are no values of a file.
    def copy(object)
      return core.copy(object.handle.root) if object.is_a?(Document)
      return core.copy(object.handle) if object.is_a?(Value)

      object.value_of_file ? core.copy(object.value_of_file) : core.copy_array(object.handle)
    end

    def new_object(object)
      form = object.form || (object.keywords ? :newobj_ex : :newobj)
      arguments = core.tuple((object.arguments || []).map { |item| number(item) })
      core.object(FORMS.fetch(form), number(Builder.class_of(object.class_name)),
                  form == :reconstructor ? 0 : arguments,
                  object.keywords ? number(object.keywords) : 0)
    end

    # What an estimator is made of must be complete.
    def new_estimator(object)
      done = @tasks.size
      attributes = number(object.attributes)
      do_tasks(done)
      core.estimator(object.class_name, object.version, attributes)
    end

    def later(made, fill, object)
      @tasks << [fill, made, object]
      made
    end

    def fill_list(list, items) = items.each { |item| core.append(list, number(item)) }

    def fill_set(set, items) = items.each { |item| core.add(set, number(item)) }

    def fill_dict(dict, entries)
      entries.each { |key, value| core.put(dict, key(key), number(value)) }
    end

    def fill_object(made, object)
      fill_list(made, object.items || [])
      fill_dict(made, object.entries || {})
      core.set_state(made, number(object.state)) unless object.state.nil?
    end
  end
end
