/* Models, their input and their results. */

%newobject JoblibInput::packed;
%newobject JoblibInput::from_value;
%newobject JoblibInput::from_array;
%newobject JoblibInput::values;
%newobject JoblibInput::row_offsets;
%newobject JoblibInput::column_indices;
%newobject JoblibModel::load;
%newobject JoblibModel::from_document;
%newobject JoblibModel::from_value;
%newobject JoblibModel::prepare;
%newobject JoblibModel::value;
%newobject JoblibModel::document;
%newobject JoblibModel::classes;
%newobject JoblibModel::run;
%newobject JoblibModel::bound;
%newobject JoblibResult::array;
%newobject JoblibResult::csr;
%nodefaultctor JoblibModel;
%nodefaultctor JoblibResult;

typedef struct JoblibInput {} JoblibInput;
typedef struct JoblibReport {} JoblibReport;
typedef struct JoblibWorkspace {} JoblibWorkspace;
typedef struct JoblibResult {} JoblibResult;
typedef struct JoblibModel {} JoblibModel;

%extend JoblibInput {
    JoblibInput(joblib_error *error);
    ~JoblibInput();
    void append(const double *values, size_t count, joblib_error *error);
    static JoblibInput *packed(const void *data, size_t size, const char *text, size_t rows,
                               size_t columns, joblib_error *error);
    static JoblibInput *from_value(const JoblibValue *value, joblib_error *error);
    static JoblibInput *from_array(const JoblibArray *array, joblib_error *error);
    size_t rows();
    size_t columns();
    bool is_sparse();
    JoblibArray *values(joblib_error *error);
    JoblibArray *row_offsets(joblib_error *error);
    JoblibArray *column_indices(joblib_error *error);
}

%extend JoblibReport {
    JoblibReport(joblib_error *error);
    ~JoblibReport();
    size_t count();
    int status(size_t index);
    joblib_text path(size_t index);
    joblib_text reason(size_t index);
    joblib_text module_name(size_t index);
    joblib_text class_name(size_t index);
    joblib_text version(size_t index);
    uint32_t depth(size_t index);
    uint32_t methods(size_t index);
    uint64_t features(size_t index);
}

%extend JoblibWorkspace {
    JoblibWorkspace(joblib_error *error);
    ~JoblibWorkspace();
    size_t memory();
}

%extend JoblibResult {
    ~JoblibResult();
    size_t count();
    bool is_sparse(size_t index);
    JoblibArray *array(size_t index, joblib_error *error);
    JoblibInput *csr(size_t index, joblib_error *error);
}

%extend JoblibModel {
    static JoblibModel *load(const char *text, const JoblibLoadOptions *options,
                             JoblibReport *report, joblib_error *error);
    static JoblibModel *from_document(const JoblibDocument *document, JoblibReport *report,
                                      joblib_error *error);
    static JoblibModel *from_value(const JoblibValue *value, JoblibReport *report,
                                   joblib_error *error);
    ~JoblibModel();
    void close();
    JoblibModel *prepare(joblib_error *error);
    JoblibValue *value(joblib_error *error);
    JoblibDocument *document(joblib_error *error);
    joblib_text version(joblib_error *error);
    uint32_t methods(joblib_error *error);
    size_t feature_count(joblib_error *error);
    joblib_text feature_name(size_t index, joblib_error *error);
    size_t target_count(joblib_error *error);
    JoblibArray *classes(size_t index, joblib_error *error);
    size_t output_count(int method, joblib_error *error);
    size_t output_columns(int method, size_t index, joblib_error *error);
    size_t memory(joblib_error *error);
    JoblibResult *run(int method, const JoblibInput *input, JoblibWorkspace *workspace,
                      uint32_t threads, joblib_error *error);
    JoblibResult *bound(int method, const JoblibInput *input, JoblibWorkspace *workspace,
                        joblib_error *error);
    void fill(int method, const JoblibInput *input, JoblibWorkspace *workspace, double *out,
              size_t capacity, joblib_error *error);
}
