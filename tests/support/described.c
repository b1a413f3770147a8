#include "support/described.h"

#include <stddef.h>

#include "joblib/edit.h"
#include "joblib/template.h"

/* Where estimators are made, and of which document their descriptions are. */
struct making {
    joblib_builder *builder;
    const joblib_document *source;
};

static joblib_status make_estimator(struct making making, const joblib_value *description,
                                    joblib_value **out, joblib_error *error);

static bool is_description(const joblib_value *value)
{
    return joblib_value_find(value, "class") != NULL;
}

static joblib_status make_list(struct making making, const joblib_value *descriptions,
                               joblib_value **out, joblib_error *error)
{
    joblib_status status = joblib_builder_list(making.builder, out, error);
    for (size_t i = 0; status == JOBLIB_OK && i < joblib_value_count(descriptions); i++) {
        joblib_value *item;
        status = make_estimator(making, joblib_value_at(descriptions, i), &item, error);
        if (status == JOBLIB_OK)
            status = joblib_builder_append(making.builder, *out, item, error);
    }
    return status;
}

/* An estimator, a list of some, or what else an attribute is. */
static joblib_status make_value(struct making making, const joblib_value *value,
                                joblib_value **out, joblib_error *error)
{
    if (is_description(value)) return make_estimator(making, value, out, error);
    if (is_description(joblib_value_at(value, 0)))
        return make_list(making, value, out, error);
    return joblib_builder_copy(making.builder, making.source, value, out, error);
}

static joblib_status set_all(struct making making, joblib_template *made,
                             const joblib_value *attributes, joblib_error *error)
{
    joblib_status status = JOBLIB_OK;
    for (size_t i = 0; status == JOBLIB_OK && i < joblib_value_count(attributes); i++) {
        const char *name = joblib_value_text(joblib_value_key(attributes, i), NULL);
        joblib_value *value;
        status = make_value(making, joblib_value_at(attributes, i), &value, error);
        if (status == JOBLIB_OK) status = joblib_template_set(made, name, value, error);
    }
    return status;
}

static joblib_status add_part(struct making making, joblib_template *made,
                              const joblib_value *part, joblib_error *error)
{
    joblib_value *estimator, *columns = NULL;
    const char *name = joblib_value_text(joblib_value_at(part, 0), NULL);
    const joblib_value *given = joblib_value_at(part, 2);
    joblib_status status =
        make_value(making, joblib_value_at(part, 1), &estimator, error);
    if (status == JOBLIB_OK && joblib_value_kind(given) != JOBLIB_KIND_NONE)
        status = make_value(making, given, &columns, error);
    if (status != JOBLIB_OK) return status;
    return joblib_template_add(made, name, estimator, columns, error);
}

static joblib_status fill_template(struct making making, joblib_template *made,
                                   const joblib_value *description, joblib_error *error)
{
    const joblib_value *parts = joblib_value_find(description, "parts");
    joblib_status status =
        set_all(making, made, joblib_value_find(description, "set"), error);
    for (size_t i = 0; status == JOBLIB_OK && i < joblib_value_count(parts); i++)
        status = add_part(making, made, joblib_value_at(parts, i), error);
    return status;
}

static joblib_status make_estimator(struct making making, const joblib_value *description,
                                    joblib_value **out, joblib_error *error)
{
    joblib_template *made = NULL;
    const char *class = joblib_value_text(joblib_value_find(description, "class"), NULL);
    const char *version =
        joblib_value_text(joblib_value_find(description, "version"), NULL);
    joblib_status status =
        joblib_template_new(making.builder, class, version, &made, error);
    if (status == JOBLIB_OK) status = fill_template(making, made, description, error);
    if (status == JOBLIB_OK) status = joblib_template_finish(made, out, error);
    joblib_template_free(made);
    return status;
}

joblib_status make_described(joblib_builder *builder, const joblib_document *description,
                             joblib_value **out, joblib_error *error)
{
    struct making making = {builder, description};
    return make_estimator(making, joblib_document_root(description), out, error);
}
