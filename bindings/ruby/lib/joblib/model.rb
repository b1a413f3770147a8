# frozen_string_literal: true

module Joblib
  # An estimator inside a model, as its build found it.
  #
  # @!attribute path [String] place in the document: "steps[1][1]"; "" for the whole
  # @!attribute module_name [String] module of its class
  # @!attribute class_name [String] name of its class
  # @!attribute version [String] scikit-learn version that wrote it; "" if not stored
  # @!attribute status [Integer] {Status::OK}, or why it cannot run
  # @!attribute reason [String] why it cannot run, in one line; "" if it can
  # @!attribute depth [Integer] 0 for the whole, 1 for its parts …
  # @!attribute features [Integer] columns of its input; 0 if any number will do
  # @!attribute method_names [Array<Symbol>] the methods that can run
  Part = Struct.new(:path, :module_name, :class_name, :version, :status, :reason, :depth,
                    :features, :method_names, keyword_init: true) do
    # @return [String] module and name: "sklearn.pipeline.Pipeline"
    def full_name = "#{module_name}.#{class_name}"

    # @return [Boolean]
    def runnable? = status == Status::OK
  end

  # A scikit-learn model that can run. Threads may share one; calls with more than 16
  # rows give up Ruby's lock.
  #
  # Rows are an Array of rows, each an Array of numbers; an {NDArray} of numbers with two
  # dimensions, or with one as one row; a {Value} that is a scipy CSR matrix; or {Rows}, as
  # {Joblib.packed} and sparse results are. The output has a row for each: an {NDArray}, {Rows}
  # where it is sparse, or, for several targets, an Array of these.
  class Model
    # @return [Array<Part>] the model's estimators, the whole first
    attr_reader :parts

    # Loads a file and builds the model in it.
    # @param path [String, #to_path]
    # @param options limits as of {Joblib.load}
    # @yieldparam model [Model] closed when the block ends
    # @return [Model, Object] the model, or the value of the block
    # @raise [Error] if the file cannot be read, or the model not be run: then with
    #   {Error#parts}
    def self.load(path, **options, &block)
      path, options = File.path(path), Joblib.send(:make_options, options)
      Native.lend(build { |report| Core::Model.load(path, options, report) }, &block)
    end

    # Builds a model from a document, or from an object inside one.
    # @param source [Document, Instance]
    # @yieldparam model [Model] closed when the block ends
    # @return [Model, Object] the model, or the value of the block
    # @raise [Error] if the model cannot be run, with {Error#parts}
    def self.from(source, &block)
      builder =
        case source
        when Document then Core::Model.method(:from_document)
        when Value then Core::Model.method(:from_value)
        else raise ::TypeError, "no model is made of a #{source.class}"
        end
      Native.lend(build { |report| builder.call(source.handle, report) }, &block)
    end

    def self.build
      report = Core::Report.new
      new(yield(report), read_report(report))
    rescue Error => e
      e.parts = read_report(report) if report
      raise
    end
    private_class_method :build

    def self.read_report(report)
      Array.new(report.count) do |index|
        facts = %i[path module_name class_name version status reason depth features]
        part = Part.new(**facts.to_h { |fact| [fact, report.public_send(fact, index)] })
        part.method_names = Native.method_names(report.methods(index))
        part.freeze
      end.freeze
    end
    private_class_method :read_report

    private_class_method :new

    # @api private
    def initialize(handle, parts)
      @handle = handle
      @parts = parts
      @workspaces = []
      Core.note_memory(handle.memory)
    end

    # Labels of a classifier, numbers of a regressor.
    # @param rows see {Model}
    # @param threads [Integer] most threads to use, 1 or more; more than one only for many rows
    # @return [NDArray, Array<NDArray>] a row's label or number; with columns for several targets
    # @raise [InputError] if the shape of the rows does not fit
    # @raise [ValueError] for NaN or infinity where the model refuses it: {Error#row} tells
    # @raise [MethodError] if the model has no such method
    # @raise [ArgumentError] if the model is closed
    def predict(rows, threads: 1) = run(:predict, rows, threads: threads)

    # Probabilities of the classes, in the order of {#classes}. Parameters and errors are those
    # of {#predict}.
    # @return [NDArray, Array<NDArray>] rows by classes, 0.0 to 1.0
    def predict_proba(rows, threads: 1) = run(:predict_proba, rows, threads: threads)

    # Natural logarithms of the probabilities. Parameters and errors are those of {#predict}.
    # @return [NDArray, Array<NDArray>] rows by classes, to 0.0
    def predict_log_proba(rows, threads: 1) = run(:predict_log_proba, rows, threads: threads)

    # Signed distances from the decision boundary. Parameters and errors are those of {#predict}.
    # @return [NDArray] one for each row, or rows by classes
    def decision_function(rows, threads: 1) = run(:decision_function, rows, threads: threads)

    # The rows as a scaler makes them. Parameters and errors are those of {#predict}.
    # @return [NDArray, Rows] rows by columns
    def transform(rows, threads: 1) = run(:transform, rows, threads: threads)

    # Runs a method by its name. Parameters and errors are those of {#predict}.
    # @param name [Symbol, String] one of {#method_names}
    # @return [NDArray, Rows, Array]
    def run(name, rows, threads: 1)
      method, input = Core.method_find(name.to_s), Rows.handle_of(rows)
      result = with_workspace { |workspace| @handle.run(method, input, workspace, threads) }
      outputs = Array.new(result.count) { |index| read_output(result, index) }
      outputs.size == 1 ? outputs.first : outputs
    end

    # @return [Array<Symbol>] the methods that this model can run
    # @raise [ArgumentError] if the model is closed
    def method_names = Native.method_names(@handle.methods)

    # Labels of a target, in the order of the columns of {#predict_proba}.
    # @param target [Integer] from 0
    # @return [Array]
    # @raise [Error] if the model is no classifier, or has no such target
    def classes(target = 0) = NDArray.new(@handle.classes(target)).to_a

    # @return [Array<String>, nil] names of the columns; nil if it was fitted without
    def feature_names
      return nil unless @handle.feature_name(0)

      Array.new(feature_count) { |index| @handle.feature_name(index) }
    end

    # @return [Integer] columns of the input; 0 if any number will do
    def feature_count = @handle.feature_count

    # @return [Integer] number of targets
    def target_count = @handle.target_count

    # @return [String] scikit-learn version that wrote the model: "1.6.1"
    def version = @handle.version

    # @return [Integer] bytes that the model holds, without those of its document
    def memory = @handle.memory

    # @return [Instance] the estimator in the file
    def value = Native.value(@handle.value)

    # @return [Document] the file it was built from
    def document = Document.new(@handle.document)

    # @return [Model] the same model, faster in batches and larger
    def prepare = self.class.send(:new, @handle.prepare, parts)

    # Gives up the model now; results stay valid. Twice is fine.
    # @return [nil]
    def close
      @closed = true
      @workspaces.clear
      @handle.close
      nil
    end

    # @return [Boolean]
    def closed? = @closed ? true : false

    # @return [String]
    def inspect = "#<#{self.class} #{parts.first&.full_name}#{' closed' if closed?}>"

    private

    # A workspace serves one call at a time; there are as many as calls were at once.
    def with_workspace
      workspace = @workspaces.pop || Core::Workspace.new
      yield workspace
    ensure
      @workspaces.push(workspace) if workspace && !closed?
    end

    def read_output(result, index)
      return Rows.new(result.csr(index)) if result.is_sparse(index)

      array = result.array(index)
      Core.note_memory(array.count * array.itemsize)
      NDArray.new(array)
    end
  end
end
