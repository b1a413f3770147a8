# frozen_string_literal: true

module Joblib
  # Which classes and functions a file names, and whether loading it in Python could run code:
  # {Joblib.audit}. Enumerable over the names, in the order of the file.
  class Audit
    include Enumerable

    # One name of a class or function in a file.
    # @!attribute module [String]
    # @!attribute name [String]
    # @!attribute verdict [Symbol] +:known+, +:unknown+ or +:dangerous+
    # @!attribute reason [String] why
    # @!attribute called [Boolean] whether the file calls it or makes an instance
    # @!attribute built [Boolean] whether the file gives a state to what it made
    # @!attribute nesting [Integer] pickles around its first place
    # @!attribute offset [Integer] of the first place, in the decoded stream
    # @!attribute count [Integer] how often it is named
    Global = Struct.new(:module, :name, :verdict, :reason, :called, :built, :nesting, :offset,
                        :count, keyword_init: true) do
      # @return [String] module and name: "os.system"
      def full_name = "#{self.module}.#{name}"
    end

    # @return [Symbol] +:clean+, +:unknown+, +:incomplete+ or +:dangerous+
    attr_reader :outcome

    # @return [Error, nil] why the file was not read to its end
    attr_reader :error

    # @return [Array<Global>]
    attr_reader :globals

    # @api private
    def initialize(handle)
      @outcome = handle.outcome.to_sym
      @error = read_error(handle)
      @globals = Array.new(handle.count) { |index| read_global(handle, index) }.freeze
    end

    # @yieldparam global [Global]
    # @return [self, Enumerator]
    def each(&block)
      return enum_for(:each) { size } unless block

      globals.each(&block)
      self
    end

    # @return [Integer] number of different names
    def size = globals.size
    alias length size

    # @return [Boolean] whether the file was read to its end and every name is known
    def clean? = outcome == :clean

    # @return [Boolean] whether a name can run code or reach the system
    def dangerous? = outcome == :dangerous

    # @return [String]
    def to_s = "#{outcome}, #{size} names"

    # @return [String]
    def inspect = "#<#{self.class} #{self}>"

    private

    def read_error(handle)
      handle.check
      nil
    rescue Error => e
      e
    end

    def read_global(handle, index)
      Global.new(module: handle.module_name(index), name: handle.global_name(index),
                 verdict: handle.verdict(index).to_sym, reason: handle.reason(index),
                 called: handle.is_called(index), built: handle.is_built(index),
                 nesting: handle.nesting(index), offset: handle.offset(index),
                 count: handle.occurrences(index)).freeze
    end
  end
end
