/* Ruby: the private module Joblib::Core, over which lib/joblib.rb stands. */

%module "joblib::core"
%include "defaults.i"

%{
#include "ruby_native.h"
%}

%init %{
    rb_define_module_function(mCore, "note_memory", note_memory, 1);
%}

/* Ruby's lists hold any number, and predictions come as arrays. */
%ignore JoblibArray::float64s;
%ignore JoblibArray::int64s;
%ignore JoblibModel::fill;

%typemap(in) int64_t "$1 = take_signed($input);"
%typemap(in) int "$1 = NUM2INT($input);"
%typemap(in) uint64_t, size_t, uint32_t "$1 = ($1_ltype)take_unsigned($input, ($1_ltype)-1);"
%typemap(out) int64_t "$result = LL2NUM($1);"
%typemap(out) int "$result = INT2NUM($1);"
%typemap(out) uint64_t, size_t, uint32_t "$result = ULL2NUM($1);"

/* What `held` names is alive and unchanged until the call is over. A typemap may raise, which
   jumps out of the wrapper: nothing here has memory that the collector does not know. */
%typemap(in) const char *text (VALUE held = Qnil) "$1 = (char *)take_text($input, &held);"
%typemap(in) (const void *data, size_t size) (VALUE held = Qnil) {
    held = hold_string($input);
    $1 = RSTRING_PTR(held);
    $2 = (size_t)RSTRING_LEN(held);
}
%typemap(freearg) const char *text, (const void *data, size_t size) "RB_GC_GUARD(held$argnum);"

%typemap(in) (const double *values, size_t count) (VALUE held = Qnil)
    "$1 = take_numbers($input, &$2, &held);"
%typemap(in) joblib_int64s (VALUE held = Qnil) "$1 = take_integers($input, &held);"
%typemap(freearg) (const double *values, size_t count), joblib_int64s
    "free_numbers(held$argnum);"

%typemap(out) joblib_text "$result = give_text(&$1);"
%typemap(out) joblib_bytes "$result = give_bytes(&$1);"
%typemap(out) joblib_numbers "$result = give_numbers(&$1);"

%typemap(in) joblib_source *source (joblib_source source, ruby_stream stream) {
    stream = (ruby_stream){.reader = $input, .chunk = Qnil};
    source = (joblib_source){sizeof source, read_ruby, &stream};
    $1 = &source;
}
%typemap(argout) joblib_source *source {
    if (stream$argnum.state != 0) {
        rb_jump_tag(stream$argnum.state);
    }
}

%typemap(in) joblib_sink *sink (joblib_sink sink, ruby_writer stream) {
    stream = (ruby_writer){.writer = $input};
    sink = (joblib_sink){sizeof sink, write_ruby, &stream};
    $1 = &sink;
}
%typemap(argout) joblib_sink *sink {
    if (stream$argnum.state != 0) {
        rb_jump_tag(stream$argnum.state);
    }
}

%typemap(in, numinputs=0) joblib_error *error (joblib_error error) {
    joblib_error_init(&error);
    $1 = &error;
}
%typemap(argout) joblib_error *error {
    if (error$argnum.status != JOBLIB_OK) {
        raise_error(&error$argnum);
    }
}

%include "joblib.i"
