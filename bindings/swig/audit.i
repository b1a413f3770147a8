/* Audits. */

%newobject JoblibAudit::load;
%newobject JoblibAudit::loads;
%newobject JoblibAudit::read;
%nodefaultctor JoblibAudit;

typedef struct JoblibAllowList {} JoblibAllowList;
typedef struct JoblibAudit {} JoblibAudit;

%extend JoblibAllowList {
    JoblibAllowList(joblib_error *error);
    ~JoblibAllowList();
    void append(const char *text, joblib_error *error);
}

%extend JoblibAudit {
    static JoblibAudit *load(const char *text, const JoblibLoadOptions *options,
                             const JoblibAllowList *allow, joblib_error *error);
    static JoblibAudit *loads(const void *data, size_t size, const JoblibLoadOptions *options,
                              const JoblibAllowList *allow, joblib_error *error);
    static JoblibAudit *read(joblib_source *source, const JoblibLoadOptions *options,
                             const JoblibAllowList *allow, joblib_error *error);
    ~JoblibAudit();
    joblib_text outcome();
    void check(joblib_error *error);
    size_t count();
    joblib_text module_name(size_t index);
    joblib_text global_name(size_t index);
    joblib_text verdict(size_t index);
    joblib_text reason(size_t index);
    bool is_called(size_t index);
    bool is_built(size_t index);
    uint32_t nesting(size_t index);
    uint64_t offset(size_t index);
    uint64_t occurrences(size_t index);
}
