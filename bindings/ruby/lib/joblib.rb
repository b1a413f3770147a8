# frozen_string_literal: true

require "joblib/core"
require "joblib/error"
require "joblib/native"
require "joblib/printable"
require "joblib/dtype"
require "joblib/value"
require "joblib/ndarray"
require "joblib/node"
require "joblib/rows"
require "joblib/document"
require "joblib/audit"
require "joblib/model"
require "joblib/making"
require "joblib/builder"
require "joblib/dumping"

# Reads and writes joblib files and runs the scikit-learn models in them. Nothing in a file is executed.
module Joblib
  private_constant :Core, :Native

  Core.check_abi

  class << self
    # Loads a file. With a block the document is closed when the block ends.
    #
    # The limits are an Integer from 1, or Float::INFINITY for none.
    #
    # @param path [String, #to_path]
    # @param options [Hash]
    # @option options [Boolean] :mapping (false) whether arrays of an uncompressed file are views
    #   of it, which must not shrink meanwhile
    # @option options [Integer] :max_memory bytes of the document
    # @option options [Integer] :max_decoded bytes after decompression
    # @option options [Integer] :max_opcodes steps of the pickle
    # @option options [Integer] :max_depth nesting
    # @option options [Integer] :max_stack values on the pickle's stack
    # @option options [Integer] :max_memo values that the pickle remembers
    # @option options [Integer] :max_text bytes of one text
    # @option options [Integer] :max_array bytes of one array
    # @option options [Integer] :max_input bytes of the input as it is stored
    # @option options [Integer] :max_codec_memory bytes of a decompressor's window
    # @option options [String] :companions folder of the arrays that joblib before 0.10 kept in
    #   files of their own, "" for none; that of the file for {load}, none for the others
    # @yieldparam document [Document]
    # @return [Document, Object] the document, or the value of the block
    # @raise [Error] if the file cannot be read, or an option is unknown
    def load(path, **options, &block)
      handle = Core::Document.load(File.path(path), make_options(options))
      Native.lend(Document.new(handle), &block)
    end

    # Loads bytes. Options, block, result and errors are those of {load}.
    # @param bytes [String]
    def loads(bytes, **options, &block)
      Native.lend(Document.new(Core::Document.loads(bytes, make_options(options))), &block)
    end

    # Loads from a stream, read to its end. Options, block, result and errors are those of
    # {load}; an error that the stream raises comes out as it is.
    # @param io [#read, #readpartial] a file, socket, StringIO … It gets a number of bytes and
    #   gives a String of any length; nil or "" ends, as does EOFError of +readpartial+
    # @raise [::TypeError] if the stream gives something else
    def read(io, **options, &block)
      handle = Core::Document.read(make_reader(io), make_options(options))
      Native.lend(Document.new(handle), &block)
    end

    # Loads a file and builds the model in it: {Model.load}.
    # @return [Model, Object] the model, or the value of the block
    def load_model(path, **options, &block) = Model.load(path, **options, &block)

    # Tells which classes and functions a file names, and whether loading it in Python could run
    # code. A file that cannot be read to its end gives an audit too.
    # @param source [String, #to_path, #read, #readpartial] a path, or a stream as for {read}
    # @param allow [Array<String>] names that are trusted: "package.module.Class"
    # @param options [Hash] those of {load}
    # @return [Audit]
    # @raise [Error] if an option is unknown
    def audit(source, allow: [], **options)
      set, names = make_options(options), make_allow_list(allow)
      return Audit.new(Core::Audit.load(File.path(source), set, names)) if path?(source)

      Audit.new(Core::Audit.read(make_reader(source), set, names))
    end

    # Audits bytes. Options, result and errors are those of {audit}.
    # @param bytes [String]
    def audit_bytes(bytes, allow: [], **options)
      Audit.new(Core::Audit.loads(bytes, make_options(options), make_allow_list(allow)))
    end

    # Rows in a String: +rows+ times +columns+ numbers, in C order.
    # @param bytes [String] as +pack+ makes it
    # @param rows [Integer]
    # @param columns [Integer]
    # @param dtype [String] type of the numbers: "<f8", ">f4", "<i8", "|u1" …
    # @return [Rows]
    # @raise [ArgumentError] if there are more or fewer bytes, or the dtype is no number's
    def packed(bytes, rows:, columns:, dtype: "<f8")
      Rows.new(Core::Input.packed(bytes, dtype, rows, columns))
    end

    # @return [String] version of the library: "0.1.0"
    def version = Core.version

    # @param name [String, Symbol] "zlib", "gzip" …
    # @return [Boolean] whether this build reads a codec; false for unknown names
    def codec_available?(name) = Core.codec_available(name.to_s)

    private

    def make_options(options)
      return nil if options.empty?

      options.each_with_object(Core::LoadOptions.new) do |(name, value), handle|
        set_option(handle, name.name, value)
      end
    end

    def set_option(handle, name, value)
      case value
      when Float::INFINITY then handle.unlimited(name)
      when String then handle.set_text(name, value)
      else handle.set_option(name, { true => 1, false => 0 }.fetch(value, value))
      end
    end

    def make_allow_list(names)
      names.each_with_object(Core::AllowList.new) { |name, list| list.append(name) }
    end

    # Files have a path too, but are read from where they stand.
    def path?(source)
      source.is_a?(String) || (source.respond_to?(:to_path) && !source.is_a?(IO))
    end

    def make_reader(io)
      return io.method(:read) if io.respond_to?(:read)

      unless io.respond_to?(:readpartial)
        raise ::TypeError, "a stream of class #{io.class} has neither read nor readpartial"
      end

      lambda do |size|
        io.readpartial(size)
      rescue EOFError
        nil
      end
    end
  end
end
