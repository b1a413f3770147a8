/* Estimators made from numbers, and rewritten for other releases. */

#include "handle_builder.h"

/* A name or version that a script leaves out is "". */
static const char *choose_version(const char *text)
{
    return text[0] != '\0' ? text
                           : joblib_template_version(joblib_template_version_count() - 1);
}

static joblib_status set_entry(joblib_template *made, const joblib_value *attributes,
                               size_t index, joblib_error *error)
{
    const char *name = joblib_value_text(joblib_value_key(attributes, index), NULL);
    if (name == NULL) {
        joblib_shim__fail(error, JOBLIB_ERROR_ARGUMENT,
                          "an attribute has no text as its name");
        return JOBLIB_ERROR_ARGUMENT;
    }
    return joblib_template_set(made, name, joblib_value_at(attributes, index), error);
}

static joblib_status fill_template(joblib_template *made, const joblib_value *attributes,
                                   joblib_value **out, joblib_error *error)
{
    const size_t count = joblib_value_count(attributes);
    for (size_t i = 0; i < count; i++) {
        const joblib_status status = set_entry(made, attributes, i, error);
        if (status != JOBLIB_OK) {
            return status;
        }
    }
    return joblib_template_finish(made, out, error);
}

static joblib_status make_estimator(JoblibBuilder *self, const char *class_name,
                                    const char *version, const joblib_value *attributes,
                                    joblib_value **out, joblib_error *error)
{
    joblib_template *made = NULL;
    joblib_status status;
    if (joblib_value_kind(attributes) != JOBLIB_KIND_DICT) {
        joblib_shim__fail(error, JOBLIB_ERROR_KIND, "the attributes are no dict");
        return JOBLIB_ERROR_KIND;
    }
    status = joblib_template_new(self->builder, class_name, version, &made, error);
    if (status == JOBLIB_OK) {
        status = fill_template(made, attributes, out, error);
    }
    joblib_template_free(made);
    return status;
}

int64_t JoblibBuilder_estimator(JoblibBuilder *self, const char *text,
                                const char *content, int64_t attributes,
                                joblib_error *error)
{
    const char *version = choose_version(content);
    const joblib_value *dict = joblib_shim__numbered(self, attributes, error);
    if (error->status != JOBLIB_OK) {
        return 0;
    }
    JOBLIB_SHIM_MAKE(make_estimator(self, text, version, dict, &value, error));
}

JoblibDocument *JoblibDocument_upgrade(const JoblibDocument *self, const char *text,
                                       joblib_error *error)
{
    const joblib_document *source = joblib_shim__require_document(self, error);
    joblib_document *document = NULL;
    JoblibDocument *upgraded;
    if (source == NULL || joblib_upgrade(source, choose_version(text), NULL, &document,
                                         error) != JOBLIB_OK) {
        return NULL;
    }
    upgraded = joblib_shim__document(document, error);
    joblib_document_release(document);
    return upgraded;
}
