# frozen_string_literal: true

module Joblib
  # From handles of the core to objects of Ruby.
  # @api private
  module Native
    # Readers of a value or, with an index, of an element of an array.
    READERS = {
      Core::NATIVE_NONE => ->(_handle, *) {},
      Core::NATIVE_BOOL => ->(handle, *at) { handle.as_bool(*at) },
      Core::NATIVE_INT64 => ->(handle, *at) { handle.as_int64(*at) },
      Core::NATIVE_UINT64 => ->(handle, *at) { handle.as_uint64(*at) },
      Core::NATIVE_BIG => ->(handle, *at) { Integer(handle.decimal(*at), 10) },
      Core::NATIVE_FLOAT64 => ->(handle, *at) { handle.as_float64(*at) },
      Core::NATIVE_COMPLEX => ->(handle, *at) { Complex(handle.real(*at), handle.imaginary(*at)) },
      Core::NATIVE_TEXT => ->(handle, *at) { handle.text(*at) }
    }.freeze

    # How objects were made, as the core numbers it.
    FORMS = %i[reduce newobj newobj_ex reconstructor instance].freeze

    module_function

    def value(handle)
      return nil if handle.nil?

      kind = handle.native_kind
      case kind
      when Core::NATIVE_VALUE then WRAPPERS.fetch(handle.kind, Value).new(handle)
      when Core::NATIVE_ARRAY then NDArray.new(handle.array, handle)
      when Core::NATIVE_BYTES then handle.bytes
      else READERS.fetch(kind).call(handle)
      end
    end

    # Element +index+ of an array, counted in C order.
    def element(handle, index)
      kind = handle.native_kind(index)
      case kind
      when Core::NATIVE_VALUE, Core::NATIVE_ARRAY then value(handle.object_at(index))
      when Core::NATIVE_BYTES then handle.item(index)
      else READERS.fetch(kind).call(handle, index)
      end
    end

    # Counts a negative index from the end; nil if it is outside.
    def index(index, size)
      unless index.is_a?(Integer)
        raise ::TypeError, "an index is of class #{index.class} (need an Integer)"
      end

      index += size if index.negative?
      index if index >= 0 && index < size
    end

    # Lets the block use +resource+ and closes it, or returns it if there is no block.
    def lend(resource)
      return resource unless block_given?

      begin
        yield resource
      ensure
        resource.close
      end
    end

    def method_names(bits)
      Array.new(Core.method_count) { |method| Core.method_name(method).to_sym }
           .select.with_index { |_name, method| bits.anybits?(1 << method) }
    end
  end
end
