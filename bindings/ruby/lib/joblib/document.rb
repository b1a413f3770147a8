# frozen_string_literal: true

module Joblib
  # A loaded file. Values, arrays and results stay valid when it is closed or collected.
  class Document
    include Printable

    # @api private
    attr_reader :handle

    # @api private
    def initialize(handle)
      @handle = handle
      @closed = false
      Core.note_memory(handle.memory)
    end

    # @return [Object, nil] the object in the file: a {Value}, an {NDArray} or Ruby's own
    # @raise [ArgumentError] if the document is closed
    def root = Native.value(handle.root)

    # @return [String] the container: "raw", "zlib", "gzip" …
    # @raise [ArgumentError] if the document is closed
    def codec = handle.codec

    # @return [Integer] the pickle protocol that the file declares, or 0
    # @raise [ArgumentError] if the document is closed
    def protocol = handle.protocol

    # @return [Integer] bytes that the document holds; mapped files do not count
    # @raise [ArgumentError] if the document is closed
    def memory = handle.memory

    # The models in the document as another release of scikit-learn has them, older or newer.
    #
    #   Joblib.dump(document.upgrade("1.6"), "new.joblib", sklearn: "1.6")
    #
    # @param version [String, nil] "1.6" or in full; the newest if nil
    # @return [Document]
    # @raise [EstimatorError] if an estimator has no rule, or the release no place for a value
    # @raise [ArgumentError] if there is no such version
    def upgrade(version = nil) = Document.new(handle.upgrade(version.to_s))

    # Gives up the document now. Twice is fine.
    # @return [nil]
    def close
      @closed = true
      handle.close
      nil
    end

    # @return [Boolean]
    def closed? = @closed

    # @return [String]
    def inspect = "#<#{self.class}#{closed? ? ' closed' : " #{codec}, protocol #{protocol}"}>"

    private

    def value_handle = handle.root
  end
end
