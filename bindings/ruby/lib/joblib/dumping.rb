# frozen_string_literal: true

module Joblib
  class << self
    # Dumps a document, or what a {Builder} takes, to a file or a stream.
    #
    # Classes and functions that could run code in Python are not written unless they are allowed,
    # nor are unknown ones, but for those that a loaded file named.
    #
    # @param value [Document, Object]
    # @param target [String, #to_path, #write] a path, or a stream, which may be any object with
    #   +write+; an error that it raises comes out as it is
    # @param options [Hash]
    # @option options [String, Symbol, Integer, Boolean, Array] :compress as in Python: +:zlib+,
    #   "zlib:3", <tt>[:zlib, 3]</tt>, 3, true; if missing the end of the path chooses, else the
    #   document
    # @option options [Integer] :protocol of the pickle, 0 to 5
    # @option options [String] :like the release of joblib and the Python that are followed:
    #   "1.6.0/py3.13", or one of both
    # @option options [String] :sklearn what every environment of that scikit-learn reads: "1.6"
    # @option options [Array<String>] :allow names that are written: "package.module.Class"
    # @option options [Boolean] :fast compression that is valid, but not the bytes of joblib
    # @option options [String] :same the bytes of the file that the document was loaded from: the
    #   settings that give them again are found, and used instead of others
    # @option options [Symbol] :pickler (:joblib) +:pickle+ writes as pickle.dump() of Python
    # @option options [Boolean] :in_place for devices and pipes
    # @option options [Boolean] :unsynced nothing is synced to the disk
    # @option options [Boolean] :unchecked xz without a checksum
    # @return [nil]
    # @raise [Error] if a value cannot be written, or an option is unknown
    # @raise [DifferentError] if no settings give the bytes of +same:+; nothing is written then
    # @raise [::TypeError] if there is no value of Python for an object
    def dump(value, target, **options)
      handle = document_handle(value)
      set = make_dump_options(handle, **options)
      if target_path?(target)
        handle.dump(File.path(target), set)
      else
        handle.write(make_writer(target), set)
      end
      nil
    end

    # Dumps to a String. Value, options and errors are those of {dump}.
    # @return [String] in ASCII-8BIT
    def dumps(value, **options)
      handle = document_handle(value)
      handle.dumps(make_dump_options(handle, **options))
    end

    private

    def document_handle(value) = value.is_a?(Document) ? value.handle : Builder.new.finish(value)

    def make_dump_options(document, same: nil, **options)
      set = Core::DumpOptions.new
      options.each do |name, value|
        case name
        when :allow then value.each { |one| set.set_text("allow", one) }
        when :compress then set.set_text("compress", Array(value).join(":"))
        else set_dump_option(set, name.name, value)
        end
      end
      document.find_same(same, set) if same
      set
    end

    def set_dump_option(handle, name, value)
      value = value.name if value.is_a?(Symbol)
      return handle.set_text(name, value) if value.is_a?(String)

      handle.set_option(name, { true => 1, false => 0 }.fetch(value, value))
    end

    # An open file has a path too, but is written to where it stands.
    def target_path?(target)
      target.is_a?(String) || (target.respond_to?(:to_path) && !target.respond_to?(:fileno))
    end

    def make_writer(io)
      return io.method(:write) if io.respond_to?(:write)

      raise ::TypeError, "a stream of class #{io.class} has no write"
    end
  end

  class Document
    # A builder with a copy of the document. With a block the copy is edited and made a document:
    #
    #   changed = document.edit { |root| root["steps[1][1].C"] = 0.5 }
    #
    # @yieldparam root [Builder::Node]
    # @return [Builder, Document] the document if there is a block
    def edit
      builder = Builder.new(self)
      return builder unless block_given?

      yield builder.root
      builder.document
    end
  end
end
