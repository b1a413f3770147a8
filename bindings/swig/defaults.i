/* First part of every language's interface: names, and typemaps that stop the compiler.
   A language defines its own after this file and before joblib.i; README.md lists them. */

%{
#include "handles.h"
%}

%include <stdint.i>

%rename("%(strip:[joblib_shim_])s") "";
%rename(LoadOptions) JoblibLoadOptions;
%rename(AllowList) JoblibAllowList;
%rename(Audit) JoblibAudit;
%rename(DumpOptions) JoblibDumpOptions;
%rename(Document) JoblibDocument;
%rename(Builder) JoblibBuilder;
%rename(Value) JoblibValue;
%rename(Array) JoblibArray;
%rename(DType) JoblibDType;
%rename(Input) JoblibInput;
%rename(Model) JoblibModel;
%rename(Workspace) JoblibWorkspace;
%rename(Result) JoblibResult;
%rename(Report) JoblibReport;

%typemap(in) joblib_error *error %{
#error "this language has no typemap(in) joblib_error *error"
%}
%typemap(argout) joblib_error *error %{
#error "this language has no typemap(argout) joblib_error *error"
%}
%typemap(in) joblib_source *source %{
#error "this language has no typemap(in) joblib_source *source"
%}
%typemap(in) joblib_sink *sink %{
#error "this language has no typemap(in) joblib_sink *sink"
%}
%typemap(in) const char *text %{
#error "this language has no typemap(in) const char *text"
%}
%typemap(in) (const void *data, size_t size) %{
#error "this language has no typemap(in) (const void *data, size_t size)"
%}
%typemap(in) (const double *values, size_t count) %{
#error "this language has no typemap(in) (const double *values, size_t count)"
%}
%typemap(in) joblib_int64s %{
#error "this language has no typemap(in) joblib_int64s"
%}
%typemap(in) (double *out, size_t capacity) %{
#error "this language has no typemap(in) (double *out, size_t capacity)"
%}
%typemap(in) int64_t, uint64_t, size_t %{
#error "this language has no typemap(in) for integers of 64 bits"
%}
%typemap(out) int64_t, uint64_t, size_t %{
#error "this language has no typemap(out) for integers of 64 bits"
%}
%typemap(out) joblib_text %{
#error "this language has no typemap(out) joblib_text"
%}
%typemap(out) joblib_bytes %{
#error "this language has no typemap(out) joblib_bytes"
%}
%typemap(out) joblib_numbers %{
#error "this language has no typemap(out) joblib_numbers"
%}
%typemap(out) joblib_float64s %{
#error "this language has no typemap(out) joblib_float64s"
%}
%typemap(out) joblib_int64s %{
#error "this language has no typemap(out) joblib_int64s"
%}
