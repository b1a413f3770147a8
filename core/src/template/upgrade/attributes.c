/* Attributes that the target has not are dropped, those that it has besides are added. */
#include <string.h>

#include "base/try.h"
#include "builder/builder.h"
#include "template/forms.h"
#include "template/upgrade/upgrade.h"

typedef struct joblib_template__row attribute_row;
typedef struct joblib_upgrade__estimator estimator_view;

static bool is_state_row(const attribute_row *row)
{
    return row->role != JOBLIB_TEMPLATE_ROLE_MODULE &&
           row->role != JOBLIB_TEMPLATE_ROLE_INPUT &&
           row->role != JOBLIB_TEMPLATE_ROLE_INPUT_OPTIONAL;
}

/* The row of an attribute in a release; NULL if that has none. */
static const attribute_row *row_in(const estimator_view *estimator, const char *name,
                                   unsigned release)
{
    for (size_t i = 0; i < estimator->class->row_count; i++) {
        const attribute_row *row = &estimator->class->rows[i];
        if (is_state_row(row) && joblib_template__holds(row, release) &&
            strcmp(row->name, name) == 0)
            return row;
    }
    return NULL;
}

/* Dropping */

/* Whether a value is what the parameter is where nobody sets it, in any release. */
static bool is_default(const estimator_view *estimator, const char *name,
                       const joblib_value *value)
{
    for (size_t i = 0; i < estimator->class->row_count; i++) {
        const attribute_row *row = &estimator->class->rows[i];
        if (is_state_row(row) && row->literal && strcmp(row->name, name) == 0 &&
            joblib_upgrade__is_literal(value, row->literal))
            return true;
    }
    return false;
}

static joblib_status check_dropped(const estimator_view *estimator,
                                   const attribute_row *row, const joblib_value *value,
                                   joblib_error *error)
{
    if (row->role != JOBLIB_TEMPLATE_ROLE_PARAMETER ||
        is_default(estimator, row->name, value) ||
        joblib_upgrade__is_forgotten(estimator->class->name, row->name))
        return JOBLIB_OK;
    return joblib_upgrade__refuse(
        error, row->name, "%s of scikit-learn %s has no %s, and it is not the default %s",
        estimator->class->name, joblib_upgrade__release(estimator->target), row->name,
        row->literal ? row->literal : "");
}

/* The entry of the state that goes; its row in the source. NULL for none, or no more. */
static const attribute_row *find_dropped(const estimator_view *estimator,
                                         const joblib_value **value)
{
    for (size_t i = 0; i < estimator->class->row_count; i++) {
        const attribute_row *row = &estimator->class->rows[i];
        if (!is_state_row(row) || row_in(estimator, row->name, estimator->target))
            continue;
        *value = joblib_value_attribute(estimator->object, row->name);
        if (*value) return row;
    }
    return NULL;
}

static joblib_status drop_attributes(const estimator_view *estimator, joblib_error *error)
{
    const joblib_value *value;
    const attribute_row *row;
    while ((row = find_dropped(estimator, &value)) != NULL) {
        const attribute_row *own = row_in(estimator, row->name, estimator->source);
        JOBLIB_TRY(check_dropped(estimator, own ? own : row, value, error));
        JOBLIB_TRY(joblib_upgrade__remove(estimator, row->name, error));
    }
    return JOBLIB_OK;
}

/* Adding */

/* Reads the length of dimension `axis` where an array has as many as the form names. */
static bool read_length(const char *form, const char *word, const joblib_array *array,
                        int64_t *out)
{
    size_t size = strlen(word);
    for (const char *open = strchr(form, '['); open; open = strchr(open + 1, '[')) {
        size_t axis = 0, found = SIZE_MAX;
        const char *name = open + 1;
        for (;; axis++) {
            size_t length = strcspn(name, ",]");
            if (length == size && memcmp(name, word, size) == 0) found = axis;
            name += length;
            if (*name++ != ',') break;
        }
        if (axis + 1 != array->ndim || found == SIZE_MAX) continue;
        *out = array->shape[found];
        return true;
    }
    return false;
}

static bool read_size_of(const joblib_value *value, const char *form, const char *word,
                         int64_t *out)
{
    joblib_array array = JOBLIB_ARRAY_INIT;
    bool is_scalar;
    int size = joblib_template__form_size(form, &is_scalar);
    if (size >= 0)
        return strcmp(joblib_template__size_word(size), word) == 0 &&
               joblib_value_as_int64(value, out, NULL) == JOBLIB_OK;
    return joblib_value_array(value, &array, NULL) == JOBLIB_OK &&
           read_length(form, word, &array, out);
}

/* A size, from the first attribute whose form names it. */
static bool find_size(const estimator_view *estimator, const char *word, int64_t *out)
{
    for (size_t i = 0; i < estimator->class->row_count; i++) {
        const attribute_row *row = &estimator->class->rows[i];
        const joblib_value *value = joblib_value_attribute(estimator->object, row->name);
        if (row->form && value && read_size_of(value, row->form, word, out)) return true;
    }
    return false;
}

static joblib_status add_size(const estimator_view *estimator, const attribute_row *row,
                              int size, bool is_scalar, joblib_error *error)
{
    int64_t count;
    joblib_value *value;
    if (!find_size(estimator, joblib_template__size_word(size), &count)) return JOBLIB_OK;
    JOBLIB_TRY(
        is_scalar
            ? joblib_template__int64_scalar(estimator->builder, count, &value, error)
            : joblib_builder_int64(estimator->builder, count, &value, error));
    return joblib_upgrade__set(estimator, row->name, value, error);
}

static bool is_constructed(const attribute_row *row)
{
    return row->role == JOBLIB_TEMPLATE_ROLE_PARAMETER ||
           row->role == JOBLIB_TEMPLATE_ROLE_CONSTRUCTED;
}

static joblib_status add_missing(const estimator_view *estimator,
                                 const attribute_row *row, joblib_error *error)
{
    bool is_scalar;
    int size = row->form ? joblib_template__form_size(row->form, &is_scalar) : -1;
    if (row->literal)
        return joblib_upgrade__set_literal(estimator, row->name, row->literal, error);
    if (size >= 0) JOBLIB_TRY(add_size(estimator, row, size, is_scalar, error));
    if (row->role == JOBLIB_TEMPLATE_ROLE_OPTIONAL ||
        joblib_value_attribute(estimator->object, row->name) ||
        joblib_upgrade__is_forgotten(estimator->class->name, row->name))
        return JOBLIB_OK;
    return joblib_upgrade__refuse(error, row->name,
                                  "nothing of %s tells %s, which scikit-learn %s has",
                                  estimator->class->name, row->name,
                                  joblib_upgrade__release(estimator->target));
}

/* What the source has too, and this estimator not, is left out: it was not fitted so far. */
static bool is_added(const estimator_view *estimator, const attribute_row *row,
                     bool is_fitted)
{
    if (!is_state_row(row) || !joblib_template__holds(row, estimator->target))
        return false;
    if (is_constructed(row)) return true;
    return is_fitted && !row_in(estimator, row->name, estimator->source);
}

static joblib_status add_attributes(const estimator_view *estimator, joblib_error *error)
{
    bool is_fitted = joblib_upgrade__is_fitted(estimator);
    for (size_t i = 0; i < estimator->class->row_count; i++) {
        const attribute_row *row = &estimator->class->rows[i];
        if (!is_added(estimator, row, is_fitted) ||
            joblib_value_attribute(estimator->object, row->name))
            continue;
        JOBLIB_TRY(add_missing(estimator, row, error));
    }
    return JOBLIB_OK;
}

/* Values that stand for a default */

static bool is_placeholder(const char *literal)
{
    return strcmp(literal, "'deprecated'") == 0 || strcmp(literal, "'warn'") == 0;
}

/* Whether a value that both releases know is only the default of the source's constructor. */
static bool is_only_default(const attribute_row *own, const attribute_row *row,
                            const joblib_value *value)
{
    if (!own->literal || !joblib_upgrade__is_literal(value, own->literal)) return false;
    return own->role == JOBLIB_TEMPLATE_ROLE_CONSTRUCTED ||
           is_placeholder(own->literal) || strcmp(row->literal, "'deprecated'") == 0;
}

static joblib_status settle_defaults(const estimator_view *estimator, joblib_error *error)
{
    for (size_t i = 0; i < estimator->class->row_count; i++) {
        const attribute_row *row = &estimator->class->rows[i];
        const attribute_row *own = row_in(estimator, row->name, estimator->source);
        const joblib_value *value = joblib_value_attribute(estimator->object, row->name);
        if (!is_state_row(row) || !is_constructed(row) || !own || !value ||
            !joblib_template__holds(row, estimator->target) || !row->literal ||
            !is_only_default(own, row, value) ||
            joblib_upgrade__is_literal(value, row->literal))
            continue;
        JOBLIB_TRY(
            joblib_upgrade__set_literal(estimator, row->name, row->literal, error));
    }
    return JOBLIB_OK;
}

joblib_status joblib_upgrade__attributes(const estimator_view *estimator,
                                         joblib_error *error)
{
    JOBLIB_TRY(settle_defaults(estimator, error));
    JOBLIB_TRY(add_attributes(estimator, error));
    return drop_attributes(estimator, error);
}
