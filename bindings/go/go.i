/* Go: the private package internal/core, over which the package joblib stands. */

%module core
%include "defaults.i"

%{
#include "go_native.h"
%}

%rename("%(camelcase)s", %$ismember) "";
%rename(CodecAvailable) joblib_shim_codec_available;
%rename(KindName) joblib_shim_kind_name;
%rename(MethodName) joblib_shim_method_name;
%rename(StatusName) joblib_shim_status_name;
%rename(StatusText) joblib_shim_status_text;

/* The library is compiled into the package, and Go has no exception classes. */
%ignore joblib_shim_check_abi;
%ignore joblib_shim_codec_name;
%ignore joblib_shim_method_count;
%ignore joblib_shim_method_find;
%ignore joblib_shim_status_at;
%ignore joblib_shim_status_class;
%ignore joblib_shim_status_count;
%ignore JoblibModel::bound;

/* Slices of the user: see calls.go. */
%ignore JoblibAudit::loads;
%ignore JoblibDocument::dumps;
%ignore JoblibDocument::loads;
%ignore JoblibInput::packed;
%ignore JoblibModel::fill;

%typemap(in) joblib_int64s "$1 = (joblib_int64s){(const int64_t *)$input.array, (size_t)$input.len, NULL};"

/* Text and bytes, as strings: a string of Go has no pointers inside. */
%typemap(gotype) (const void *data, size_t size) "string"
%typemap(imtype) (const void *data, size_t size) "string"
%typemap(goin) (const void *data, size_t size) "$result = $input"
%typemap(in) (const void *data, size_t size) "$1 = $input.p; $2 = (size_t)$input.n;"

/* Numbers are read into slices of Go: see the end. */
%ignore JoblibArray::bytes;
%ignore JoblibArray::numbers;
%ignore JoblibArray::float64s;
%ignore JoblibArray::int64s;

/* Go's int is as wide as size_t. A negative one becomes a size that nothing has. */
%typemap(gotype) size_t "int"
%typemap(in) int64_t, uint64_t, size_t "$1 = ($1_ltype)$input;"
%typemap(out) int64_t, uint64_t, size_t "$result = $1;"

/* The public package refuses text with a NUL. */
%typemap(gotype) const char *text "string"
%typemap(imtype) const char *text "string"
%typemap(goin) const char *text "$result = $input + \"\\x00\""
%typemap(in) const char *text "$1 = $input.p;"
%typemap(freearg) const char *text ""

/* Memory of Go, which SWIG passes as void *: cgo then looks for pointers in all of the object
   that it is a part of. So this is for slices that the public package made itself. */
%typemap(gotype) (const double *values, size_t count), (double *out, size_t capacity) "[]float64"
%typemap(gotype) (int64_t *out, size_t capacity), joblib_int64s "[]int64"
%typemap(gotype) (unsigned char *out, size_t capacity) "[]byte"
%typemap(in) (const double *values, size_t count), (double *out, size_t capacity),
    (int64_t *out, size_t capacity), (unsigned char *out, size_t capacity)
    "$1 = ($1_ltype)$input.array; $2 = (size_t)$input.len;"

%typemap(gotype) joblib_text, joblib_bytes "string"
%typemap(imtype) joblib_text, joblib_bytes "string"
%typemap(out) joblib_text, joblib_bytes "$result = go_text($1.data, $1.size, $1.owned);"
%typemap(goout) joblib_text, joblib_bytes "$result = takeText($input)"

/* The handle of a stream.go stream. What the reader returned or raised stays in Go. */
%typemap(gotype) joblib_source *source "uintptr"
%typemap(in) joblib_source *source (joblib_source source) {
    source = (joblib_source){sizeof source, go_read, (void *)$input};
    $1 = &source;
}
%typemap(argout) joblib_source *source ""

%typemap(gotype) joblib_sink *sink "uintptr"
%typemap(in) joblib_sink *sink (joblib_sink sink) {
    sink = (joblib_sink){sizeof sink, go_write, (void *)$input};
    $1 = &sink;
}
%typemap(argout) joblib_sink *sink ""

/* Memory of Go that the call fills: the public package returns it as an error. Raising from
   here would cross frames of C, and every call would need a recover. */
%typemap(gotype) joblib_error *error "*Problem"
%typemap(in) joblib_error *error "$1 = (joblib_error *)$input; joblib_error_init($1);"
%typemap(argout) joblib_error *error ""

%include "joblib.i"

%extend JoblibArray {
    void read_bytes(unsigned char *out, size_t capacity, joblib_error *error);
    void read_float64s(double *out, size_t capacity, joblib_error *error);
    void read_int64s(int64_t *out, size_t capacity, joblib_error *error);
}
