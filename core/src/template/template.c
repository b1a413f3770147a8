/* Templates: beginning one, and setting what it knows. */
#include "joblib/template.h"

#include <string.h>

#include "base/try.h"
#include "builder/builder.h"
#include "template/made.h"

static joblib_status allocate_template(joblib_builder *builder, joblib_template **out,
                                       joblib_error *error)
{
    const joblib_allocator *allocator = &builder->allocator;
    joblib_template *made = joblib_base__allocate(allocator, sizeof *made);
    if (!made) return joblib_base__set_no_memory(error, sizeof *made);
    *made = (joblib_template){.builder = builder};
    joblib_base__arena_init(&made->scratch, allocator, UINT64_MAX);
    for (int i = 0; i < JOBLIB_TEMPLATE_SIZE_COUNT; i++) made->sizes[i].count = -1;
    *out = made;
    return JOBLIB_OK;
}

joblib_status joblib_template_new(joblib_builder *builder, const char *class_name,
                                  const char *version, joblib_template **out,
                                  joblib_error *error)
{
    char escaped[JOBLIB_ESCAPED_SIZE];
    char text[JOBLIB_TEMPLATE_VERSION_SIZE];
    unsigned release;
    JOBLIB_REQUIRE(out, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    *out = NULL;
    JOBLIB_REQUIRE(builder && class_name, JOBLIB_ERROR_ARGUMENT,
                   "builder or class is NULL");
    const struct joblib_template__class *class = joblib_template__find_class(class_name);
    JOBLIB_REQUIRE(class, JOBLIB_ERROR_ARGUMENT, "no template for the class %s",
                   joblib_base__escape(escaped, class_name, strlen(class_name)));
    JOBLIB_TRY(joblib_template__parse_version(version, &release, text, error));
    JOBLIB_REQUIRE(joblib_template__module(class, release), JOBLIB_ERROR_ARGUMENT,
                   "scikit-learn %s has no %s", text, class->name);
    JOBLIB_TRY(allocate_template(builder, out, error));
    (*out)->class = class;
    (*out)->release = release;
    memcpy((*out)->version, text, sizeof text);
    return JOBLIB_OK;
}

void joblib_template_free(joblib_template *made)
{
    if (!made) return;
    joblib_allocator allocator = made->scratch.allocator;
    joblib_base__arena_free(&made->scratch);
    joblib_base__free(&allocator, made, sizeof *made);
}

/* Finds the row of an attribute that the caller may set. */
static joblib_status find_settable(const joblib_template *made, const char *name,
                                   size_t *out, joblib_error *error)
{
    char escaped[JOBLIB_ESCAPED_SIZE];
    JOBLIB_REQUIRE(made && name, JOBLIB_ERROR_ARGUMENT, "template or name is NULL");
    JOBLIB_REQUIRE(!made->finished, JOBLIB_ERROR_ARGUMENT, "the template is finished");
    const struct joblib_template__class *class = made->class;
    *out = joblib_template__find_row(class, made->release, name);
    JOBLIB_REQUIRE(*out < class->row_count, JOBLIB_ERROR_ARGUMENT,
                   "%s of scikit-learn %s has no attribute %s", class->name,
                   made->version, joblib_base__escape(escaped, name, strlen(name)));
    int role = class->rows[*out].role;
    if (role == JOBLIB_TEMPLATE_ROLE_DERIVED || role == JOBLIB_TEMPLATE_ROLE_LITERAL ||
        role == JOBLIB_TEMPLATE_ROLE_CONSTRUCTED)
        return joblib_template__refuse(error, class->rows[*out].name,
                                       "follows from other attributes, cannot be set");
    return JOBLIB_OK;
}

joblib_status joblib_template_set(joblib_template *made, const char *name,
                                  const joblib_value *value, joblib_error *error)
{
    size_t row;
    JOBLIB_TRY(find_settable(made, name, &row, error));
    JOBLIB_REQUIRE(value, JOBLIB_ERROR_ARGUMENT, "value is NULL");
    made->values[row] = joblib_builder_value(made->builder, value);
    JOBLIB_REQUIRE(made->values[row], JOBLIB_ERROR_ARGUMENT,
                   "value is not of the template's builder");
    return JOBLIB_OK;
}

/* Finds the list that an attribute is, begun here if it is the first item. */
static joblib_status find_attribute_list(joblib_template *made, const char *name,
                                         joblib_value **out, joblib_error *error)
{
    size_t row;
    JOBLIB_TRY(find_settable(made, name, &row, error));
    if (!made->values[row])
        JOBLIB_TRY(joblib_builder_list(made->builder, &made->values[row], error));
    *out = made->values[row];
    if (joblib_value_kind(*out) == JOBLIB_KIND_LIST) return JOBLIB_OK;
    return joblib_template__refuse(error, name, "is set to %s, expected list",
                                   joblib_template__kind_name(*out));
}

joblib_status joblib_template_append(joblib_template *made, const char *name,
                                     const joblib_value *value, joblib_error *error)
{
    joblib_value *list;
    JOBLIB_REQUIRE(value, JOBLIB_ERROR_ARGUMENT, "value is NULL");
    JOBLIB_TRY(find_attribute_list(made, name, &list, error));
    return joblib_builder_append(made->builder, list, value, error);
}

joblib_status joblib_template_add(joblib_template *made, const char *name,
                                  const joblib_value *estimator,
                                  const joblib_value *columns, joblib_error *error)
{
    joblib_value *list, *tuple, *text;
    JOBLIB_REQUIRE(made && name && estimator, JOBLIB_ERROR_ARGUMENT,
                   "template, name or estimator is NULL");
    bool is_pipeline = strcmp(made->class->name, "Pipeline") == 0;
    bool is_columns = strcmp(made->class->name, "ColumnTransformer") == 0;
    JOBLIB_REQUIRE(is_pipeline || is_columns, JOBLIB_ERROR_ARGUMENT, "%s has no parts",
                   made->class->name);
    JOBLIB_REQUIRE(is_columns == (columns != NULL), JOBLIB_ERROR_ARGUMENT,
                   is_columns ? "columns are NULL" : "a step has no columns");
    JOBLIB_TRY(joblib_builder_text(made->builder, name, strlen(name), &text, error));
    const joblib_value *items[] = {text, estimator, columns};
    JOBLIB_TRY(
        joblib_builder_tuple(made->builder, items, is_columns ? 3 : 2, &tuple, error));
    JOBLIB_TRY(
        find_attribute_list(made, is_columns ? "transformers" : "steps", &list, error));
    return joblib_builder_append(made->builder, list, tuple, error);
}

joblib_status joblib_template_set_float64(joblib_template *made, const char *name,
                                          double number, joblib_error *error)
{
    joblib_value *value;
    JOBLIB_REQUIRE(made, JOBLIB_ERROR_ARGUMENT, "template is NULL");
    JOBLIB_TRY(joblib_builder_float64(made->builder, number, &value, error));
    return joblib_template_set(made, name, value, error);
}

joblib_status joblib_template_set_int64(joblib_template *made, const char *name,
                                        int64_t number, joblib_error *error)
{
    joblib_value *value;
    JOBLIB_REQUIRE(made, JOBLIB_ERROR_ARGUMENT, "template is NULL");
    JOBLIB_TRY(joblib_builder_int64(made->builder, number, &value, error));
    return joblib_template_set(made, name, value, error);
}

joblib_status joblib_template_set_bool(joblib_template *made, const char *name,
                                       bool truth, joblib_error *error)
{
    joblib_value *value;
    JOBLIB_REQUIRE(made, JOBLIB_ERROR_ARGUMENT, "template is NULL");
    JOBLIB_TRY(joblib_builder_bool(made->builder, truth, &value, error));
    return joblib_template_set(made, name, value, error);
}

joblib_status joblib_template_set_text(joblib_template *made, const char *name,
                                       const char *text, joblib_error *error)
{
    joblib_value *value;
    JOBLIB_REQUIRE(made && text, JOBLIB_ERROR_ARGUMENT, "template or text is NULL");
    JOBLIB_TRY(joblib_builder_text(made->builder, text, strlen(text), &value, error));
    return joblib_template_set(made, name, value, error);
}
