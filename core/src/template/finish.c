/* Finishing a template: values accepted, sizes compared, the rest derived, the state
   written. */
#include <string.h>

#include "base/try.h"
#include "template/derive.h"
#include "template/forms.h"

typedef struct joblib_template__row template_row;

static bool is_active(const joblib_template *made, const template_row *row)
{
    return row->role != JOBLIB_TEMPLATE_ROLE_MODULE &&
           joblib_template__holds(row, made->release);
}

static bool must_be_given(const template_row *row)
{
    return row->role == JOBLIB_TEMPLATE_ROLE_REQUIRED ||
           row->role == JOBLIB_TEMPLATE_ROLE_INPUT;
}

static bool is_input(const template_row *row)
{
    return row->role == JOBLIB_TEMPLATE_ROLE_INPUT ||
           row->role == JOBLIB_TEMPLATE_ROLE_INPUT_OPTIONAL;
}

static joblib_status accept_values(joblib_template *made, joblib_error *error)
{
    for (size_t i = 0; i < made->class->row_count; i++) {
        const template_row *row = &made->class->rows[i];
        if (!is_active(made, row)) continue;
        if (!made->values[i] && must_be_given(row))
            return joblib_template__refuse(error, row->name, "is missing, expected %s",
                                           row->form);
        if (made->values[i] && row->form)
            JOBLIB_TRY(joblib_template__accept(made, row, made->values[i],
                                               &made->values[i], error));
    }
    return JOBLIB_OK;
}

/* Classifiers have a column of scores for each class, and one alone for two classes. */
static joblib_status compare_scores(joblib_template *made, joblib_error *error)
{
    int64_t classes = made->sizes[JOBLIB_TEMPLATE_CLASSES].count;
    int64_t scores = made->sizes[JOBLIB_TEMPLATE_SCORES].count;
    int64_t expected = classes == 2 ? 1 : classes;
    if (classes < 0 || scores < 0 || scores == expected) return JOBLIB_OK;
    return joblib_template__refuse(error, made->sizes[JOBLIB_TEMPLATE_SCORES].by,
                                   "%lld scores, expected %lld for %lld classes",
                                   (long long)scores, (long long)expected,
                                   (long long)classes);
}

/* Rows that are a size get it, where some attribute has told it. */
static joblib_status fill_size(joblib_template *made, const template_row *row,
                               joblib_value **out, joblib_error *error)
{
    bool is_scalar;
    int size = row->form ? joblib_template__form_size(row->form, &is_scalar) : -1;
    if (size < 0) return JOBLIB_OK;
    int64_t count = made->sizes[size].count;
    if (count < 0)
        return joblib_template__refuse(error, row->name,
                                       "no attribute tells the number of %s",
                                       joblib_template__size_word(size));
    if (is_scalar) return joblib_template__int64_scalar(made->builder, count, out, error);
    return joblib_builder_int64(made->builder, count, out, error);
}

/* The value of a row that has none yet; NULL to leave the attribute out. */
static joblib_status fill_row(joblib_template *made, const template_row *row,
                              joblib_value **out, joblib_error *error)
{
    JOBLIB_TRY(fill_size(made, row, out, error));
    if (*out) return JOBLIB_OK;
    if (row->role == JOBLIB_TEMPLATE_ROLE_ZEROS)
        return joblib_template__zeros(made, row->form, out, error);
    if (row->literal)
        return joblib_template__literal(made->builder, row->literal, out, error);
    return JOBLIB_OK;
}

static joblib_status fill_rows(joblib_template *made, joblib_error *error)
{
    for (size_t i = 0; i < made->class->row_count; i++) {
        const template_row *row = &made->class->rows[i];
        if (!is_active(made, row) || is_input(row) || made->values[i]) continue;
        JOBLIB_TRY(fill_row(made, row, &made->values[i], error));
    }
    return JOBLIB_OK;
}

static joblib_status set_version(const joblib_template *made, joblib_value *object,
                                 joblib_error *error)
{
    joblib_value *version;
    JOBLIB_TRY(joblib_builder_text(made->builder, made->version, strlen(made->version),
                                   &version, error));
    return joblib_builder_set_attribute(made->builder, object, "_sklearn_version",
                                        version, error);
}

/* An object of the class, without state. */
static joblib_status make_object(const joblib_template *made, joblib_value **out,
                                 joblib_error *error)
{
    joblib_value *class;
    const char *module = joblib_template__module(made->class, made->release);
    JOBLIB_TRY(
        joblib_builder_global(made->builder, module, made->class->name, &class, error));
    return joblib_builder_object(made->builder, JOBLIB_FORM_NEWOBJ, class, NULL, NULL,
                                 out, error);
}

static joblib_status write_state(joblib_template *made, joblib_value **out,
                                 joblib_error *error)
{
    joblib_value *object;
    JOBLIB_TRY(make_object(made, &object, error));
    for (size_t i = 0; i < made->class->row_count; i++) {
        const template_row *row = &made->class->rows[i];
        if (!is_active(made, row) || is_input(row) || !made->values[i]) continue;
        JOBLIB_TRY(joblib_builder_set_attribute(made->builder, object, row->name,
                                                made->values[i], error));
    }
    JOBLIB_TRY(set_version(made, object, error));
    *out = object;
    return JOBLIB_OK;
}

joblib_status joblib_template_finish(joblib_template *made, joblib_value **out,
                                     joblib_error *error)
{
    JOBLIB_REQUIRE(made && out, JOBLIB_ERROR_ARGUMENT, "template or out is NULL");
    *out = NULL;
    JOBLIB_REQUIRE(!made->finished, JOBLIB_ERROR_ARGUMENT, "the template is finished");
    made->finished = true;
    JOBLIB_TRY(accept_values(made, error));
    JOBLIB_TRY(compare_scores(made, error));
    JOBLIB_TRY(made->class->derive(made, error));
    JOBLIB_TRY(fill_rows(made, error));
    return write_state(made, out, error);
}

static joblib_status fill_constructed(joblib_template *made, joblib_error *error)
{
    for (size_t i = 0; i < made->class->row_count; i++) {
        const template_row *row = &made->class->rows[i];
        bool is_plain = row->role == JOBLIB_TEMPLATE_ROLE_PARAMETER ||
                        row->role == JOBLIB_TEMPLATE_ROLE_CONSTRUCTED;
        if (!is_active(made, row) || !is_plain || !row->literal) continue;
        JOBLIB_TRY(joblib_template__literal(made->builder, row->literal, &made->values[i],
                                            error));
    }
    return JOBLIB_OK;
}

joblib_status joblib_template__make_plain(const joblib_template *made,
                                          const char *class_name, joblib_value **out,
                                          joblib_error *error)
{
    joblib_template *part;
    JOBLIB_TRY(joblib_template__new_part(made, class_name, &part, error));
    joblib_status status = fill_constructed(part, error);
    if (status == JOBLIB_OK) status = write_state(part, out, error);
    joblib_template_free(part);
    return status;
}

joblib_status joblib_template__derive_nothing(joblib_template *made, joblib_error *error)
{
    (void)made;
    (void)error;
    return JOBLIB_OK;
}
