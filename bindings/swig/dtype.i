/* Element types of arrays, scalars and dtypes. */

%newobject JoblibValue::element_type;
%newobject JoblibArray::element_type;
%newobject JoblibDType::field;
%newobject JoblibDType::base;
%nodefaultctor JoblibDType;

typedef struct JoblibDType {} JoblibDType;

%extend JoblibValue {
    JoblibDType *element_type(joblib_error *error);
}

%extend JoblibArray {
    JoblibDType *element_type(joblib_error *error);
}

%extend JoblibDType {
    ~JoblibDType();
    joblib_text text();
    size_t itemsize();
    size_t field_count();
    joblib_text field_name(size_t index);
    size_t field_offset(size_t index);
    JoblibDType *field(size_t index, joblib_error *error);
    JoblibDType *base(joblib_error *error);
    size_t ndim();
    int64_t shape(size_t axis, joblib_error *error);
}
