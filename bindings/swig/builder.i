/* Builders. */

%newobject JoblibBuilder::from_document;
%newobject JoblibBuilder::finish;

typedef struct JoblibBuilder {} JoblibBuilder;

%extend JoblibBuilder {
    JoblibBuilder(joblib_error *error);
    static JoblibBuilder *from_document(const JoblibDocument *document,
                                        joblib_error *error);
    ~JoblibBuilder();
    JoblibDocument *finish(int64_t root, joblib_error *error);
    int64_t none(joblib_error *error);
    int64_t boolean(bool truth, joblib_error *error);
    int64_t int64(int64_t number, joblib_error *error);
    int64_t decimal(const char *text, joblib_error *error);
    int64_t float64(double number, joblib_error *error);
    int64_t complex(double real, double imaginary, joblib_error *error);
    int64_t text(const void *data, size_t size, joblib_error *error);
    int64_t key(const char *text, joblib_error *error);
    int64_t bytes(const void *data, size_t size, joblib_error *error);
    int64_t bytearray(const void *data, size_t size, joblib_error *error);
    int64_t list(joblib_error *error);
    int64_t dict(joblib_error *error);
    int64_t set(joblib_error *error);
    int64_t tuple(joblib_int64s numbers, joblib_error *error);
    int64_t frozenset(joblib_int64s numbers, joblib_error *error);
    int64_t global(const char *text, joblib_error *error);
    int64_t object(int form, int64_t callable, int64_t arguments, int64_t keywords,
                   joblib_error *error);
    int64_t copy(const JoblibValue *source, joblib_error *error);
    int64_t copy_array(const JoblibArray *array, joblib_error *error);
    void append(int64_t list, int64_t item, joblib_error *error);
    void insert(int64_t list, size_t index, int64_t item, joblib_error *error);
    void set_at(int64_t list, size_t index, int64_t item, joblib_error *error);
    void remove_at(int64_t list, size_t index, joblib_error *error);
    void put(int64_t dict, int64_t key, int64_t item, joblib_error *error);
    void add(int64_t set, int64_t item, joblib_error *error);
    void remove_key(int64_t dict, int64_t key, joblib_error *error);
    void set_class(int64_t object, int64_t callable, joblib_error *error);
    void set_state(int64_t object, int64_t state, joblib_error *error);
    void set_attribute(int64_t object, const char *text, int64_t item, joblib_error *error);
    void remove_attribute(int64_t object, const char *text, joblib_error *error);
    void replace(int64_t root, const char *text, int64_t item, joblib_error *error);
    int64_t find(int64_t root, const char *text, joblib_error *error);
    int64_t estimator(const char *text, const char *content, int64_t attributes,
                      joblib_error *error);
    int64_t dtype(const char *text, joblib_error *error);
    int64_t array(const void *data, size_t size, const char *text, joblib_int64s shape, bool fortran, joblib_error *error);
    int64_t object_array(joblib_int64s numbers, joblib_int64s shape, joblib_error *error);
    int64_t scalar(const void *data, size_t size, const char *text, joblib_error *error);
}
