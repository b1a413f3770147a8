# frozen_string_literal: true

module Joblib
  # Numbers of the statuses by name: +Joblib::Status::TRUNCATED+.
  module Status
  end

  # What went wrong, and where. Each status has a subclass, and some share one:
  # {Joblib::TruncatedError}, {Joblib::LimitError}, {Joblib::EstimatorError} … Where a fact is
  # not known its attribute is nil.
  class Error < StandardError
    # @return [Integer, nil] number of the status, one of {Status}
    attr_reader :status
    # @return [String, nil] name of the status: "JOBLIB_ERROR_TRUNCATED"
    attr_reader :name
    # @return [String, nil] what went wrong, in one line; {#message} adds the place
    attr_reader :reason
    # @return [String, nil] place in the document: "steps[1][1].coef_"
    attr_reader :path
    # @return [Integer, nil] byte in the decoded stream
    attr_reader :offset
    # @return [Integer, nil] byte in the file
    attr_reader :file_offset
    # @return [Integer, nil] row of the input of a prediction, from 0
    attr_reader :row
    # @return [Integer, nil] column of that input, from 0
    attr_reader :column
    # @return [Array<Part>, nil] every part of a model that was refused
    attr_accessor :parts

    # Makes the error of a status; for the native part.
    # @api private
    def self.from_core(status, reason, path, *place)
      Joblib.const_get(Core.status_class(status)).allocate.fill(status, reason, path, *place)
    end

    # @api private
    def fill(status, reason, path, offset, file_offset, row, column)
      @status, @name, @reason, @path = status, Core.status_name(status), reason, path
      @offset, @file_offset, @row, @column = offset, file_offset, row, column
      exception([("#{path}:" if path), reason, describe_status].compact.join(" "))
    end

    private

    def describe_status = offset ? "(#{name} at byte #{offset})" : "(#{name})"
  end

  Core.status_count.times do |index|
    number = Core.status_at(index)
    name = Core.status_name(number).delete_prefix("JOBLIB_").delete_prefix("ERROR_")
    Status.const_set(name, number)
    subclass = Core.status_class(number)
    const_set(subclass, Class.new(Error)) unless const_defined?(subclass, false)
  end
end
