/* Arrays, of documents, models and results. */

%newobject JoblibArray::at;
%newobject JoblibArray::object_at;
%newobject JoblibArray::field;
%nodefaultctor JoblibArray;

%extend JoblibArray {
    ~JoblibArray();
    joblib_text dtype();
    int number();
    size_t itemsize();
    size_t ndim();
    int64_t shape(size_t axis, joblib_error *error);
    int64_t stride(size_t axis, joblib_error *error);
    size_t count();
    joblib_text order();
    JoblibArray *at(size_t index, joblib_error *error);
    joblib_bytes bytes(joblib_error *error);
    joblib_bytes stored_bytes(joblib_error *error);
    joblib_numbers numbers(joblib_error *error);
    joblib_float64s float64s(joblib_error *error);
    joblib_int64s int64s(joblib_error *error);
    int native_kind(size_t index, joblib_error *error);
    bool as_bool(size_t index, joblib_error *error);
    int64_t as_int64(size_t index, joblib_error *error);
    uint64_t as_uint64(size_t index, joblib_error *error);
    double as_float64(size_t index, joblib_error *error);
    double real(size_t index, joblib_error *error);
    double imaginary(size_t index, joblib_error *error);
    joblib_text decimal(size_t index, joblib_error *error);
    joblib_text text(size_t index, joblib_error *error);
    joblib_bytes item(size_t index, joblib_error *error);
    JoblibValue *object_at(size_t index, joblib_error *error);
    size_t field_count();
    joblib_text field_name(size_t index);
    JoblibArray *field(const char *text, joblib_error *error);
}
