/* Loading, documents and values. */

%newobject JoblibDocument::load;
%newobject JoblibDocument::loads;
%newobject JoblibDocument::read;
%newobject JoblibDocument::root;
%newobject JoblibDocument::upgrade;
%newobject JoblibValue::at;
%newobject JoblibValue::key;
%newobject JoblibValue::find;
%newobject JoblibValue::find_int;
%newobject JoblibValue::class_value;
%newobject JoblibValue::arguments;
%newobject JoblibValue::keywords;
%newobject JoblibValue::state;
%newobject JoblibValue::items;
%newobject JoblibValue::entries;
%newobject JoblibValue::attribute;
%newobject JoblibValue::attribute_dict;
%newobject JoblibValue::array;
%newobject JoblibValue::subclass;
%nodefaultctor JoblibDocument;
%nodefaultctor JoblibValue;

%apply const char *text { const char *content };

typedef struct JoblibLoadOptions {} JoblibLoadOptions;
typedef struct JoblibDocument {} JoblibDocument;
typedef struct JoblibValue {} JoblibValue;
typedef struct JoblibArray {} JoblibArray;

%extend JoblibLoadOptions {
    JoblibLoadOptions(joblib_error *error);
    ~JoblibLoadOptions();
    void set_option(const char *text, uint64_t number, joblib_error *error);
    void unlimited(const char *text, joblib_error *error);
    void set_text(const char *text, const char *content, joblib_error *error);
}

%extend JoblibDocument {
    static JoblibDocument *load(const char *text, const JoblibLoadOptions *options,
                                joblib_error *error);
    static JoblibDocument *loads(const void *data, size_t size,
                                 const JoblibLoadOptions *options, joblib_error *error);
    static JoblibDocument *read(joblib_source *source, const JoblibLoadOptions *options,
                                joblib_error *error);
    ~JoblibDocument();
    void close();
    JoblibValue *root(joblib_error *error);
    joblib_text codec(joblib_error *error);
    int protocol(joblib_error *error);
    size_t memory(joblib_error *error);
    JoblibDocument *upgrade(const char *text, joblib_error *error);
}

%extend JoblibValue {
    ~JoblibValue();
    uint64_t identity();
    int kind();
    joblib_text kind_name();
    int native_kind();
    bool as_bool(joblib_error *error);
    int64_t as_int64(joblib_error *error);
    uint64_t as_uint64(joblib_error *error);
    double as_float64(joblib_error *error);
    double real(joblib_error *error);
    double imaginary(joblib_error *error);
    joblib_text decimal(joblib_error *error);
    joblib_text text(joblib_error *error);
    joblib_bytes bytes(joblib_error *error);
    bool is_py2();
    size_t count();
    JoblibValue *at(size_t index, joblib_error *error);
    JoblibValue *key(size_t index, joblib_error *error);
    JoblibValue *find(const char *text, joblib_error *error);
    JoblibValue *find_int(int64_t key, joblib_error *error);
    joblib_text module_name();
    joblib_text class_name();
    int form();
    JoblibValue *class_value(joblib_error *error);
    JoblibValue *arguments(joblib_error *error);
    JoblibValue *keywords(joblib_error *error);
    JoblibValue *state(joblib_error *error);
    JoblibValue *items(joblib_error *error);
    JoblibValue *entries(joblib_error *error);
    JoblibValue *attribute(const char *text, joblib_error *error);
    JoblibValue *attribute_dict(size_t index, joblib_error *error);
    JoblibArray *array(joblib_error *error);
    joblib_text dtype();
    JoblibValue *subclass(joblib_error *error);
    joblib_text print(int format, uint64_t levels, joblib_error *error);
}
