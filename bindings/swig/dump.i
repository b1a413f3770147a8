/* Dumping. */

typedef struct JoblibDumpOptions {} JoblibDumpOptions;

%extend JoblibDumpOptions {
    JoblibDumpOptions(joblib_error *error);
    ~JoblibDumpOptions();
    void set_option(const char *text, uint64_t number, joblib_error *error);
    void set_text(const char *text, const char *content, joblib_error *error);
}

%extend JoblibDocument {
    void dump(const char *text, const JoblibDumpOptions *options, joblib_error *error);
    joblib_bytes dumps(const JoblibDumpOptions *options, joblib_error *error);
    void write(joblib_sink *sink, const JoblibDumpOptions *options, joblib_error *error);
    void find_same(const void *data, size_t size, JoblibDumpOptions *options,
                   joblib_error *error);
}
