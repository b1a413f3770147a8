/* Looking at given values; arrays of numbers from lists. */
#include "template/look.h"

#include <stdio.h>
#include <string.h>

#include "base/try.h"

typedef struct joblib_template__look value_look;

static bool is_list_or_tuple(const joblib_value *value)
{
    joblib_kind kind = joblib_value_kind(value);
    return kind == JOBLIB_KIND_LIST || kind == JOBLIB_KIND_TUPLE;
}

static void look_at_array(value_look *out)
{
    out->is_array = true;
    out->ndim = out->view.ndim;
    if (out->ndim > JOBLIB_TEMPLATE_MAX_NDIM) out->ndim = JOBLIB_TEMPLATE_MAX_NDIM;
    for (size_t i = 0; i < out->ndim; i++) out->shape[i] = out->view.shape[i];
}

void joblib_template__look_at(const joblib_value *value, value_look *out)
{
    *out = (value_look){.value = value};
    if (joblib_value_kind(value) == JOBLIB_KIND_ARRAY &&
        joblib_value_array(value, &out->view, NULL) == JOBLIB_OK) {
        look_at_array(out);
        return;
    }
    while (is_list_or_tuple(value) && out->ndim < JOBLIB_TEMPLATE_MAX_NDIM) {
        out->shape[out->ndim++] = (int64_t)joblib_value_count(value);
        value = joblib_value_at(value, 0);
    }
    out->leaf = value;
}

bool joblib_template__is_numeric(const value_look *look)
{
    if (look->is_array)
        return joblib_dtype_as_number(look->view.dtype) != JOBLIB_NUMBER_NONE;
    joblib_kind kind = joblib_value_kind(look->leaf);
    if (kind == JOBLIB_KIND_SCALAR)
        return joblib_dtype_as_number(joblib_value_dtype(look->leaf)) !=
               JOBLIB_NUMBER_NONE;
    return kind == JOBLIB_KIND_INT || kind == JOBLIB_KIND_FLOAT ||
           kind == JOBLIB_KIND_BOOL;
}

bool joblib_template__is_textual(const value_look *look)
{
    if (!look->is_array) return joblib_value_text(look->leaf, NULL) != NULL;
    char kind = joblib_dtype_kind(look->view.dtype);
    return kind == 'O' || kind == 'U';
}

/* Appends "(2, 3)". */
static void tell_shape(const value_look *look, char *out, size_t size)
{
    size_t used = strlen(out);
    for (size_t i = 0; i < look->ndim && used + 24 < size; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%lld", i ? ", " : "(",
                                 (long long)look->shape[i]);
    (void)snprintf(out + used, size - used, look->ndim == 1 ? ",)" : ")");
}

const char *joblib_template__tell_look(const value_look *look,
                                       char out[JOBLIB_TEMPLATE_LOOK_SIZE])
{
    const char *kind = joblib_template__kind_name(look->value);
    (void)snprintf(out, JOBLIB_TEMPLATE_LOOK_SIZE, "%s", kind);
    if (look->is_array)
        (void)snprintf(out, JOBLIB_TEMPLATE_LOOK_SIZE, "array of %.16s ",
                       joblib_dtype_text(look->view.dtype));
    else if (look->ndim)
        (void)snprintf(out, JOBLIB_TEMPLATE_LOOK_SIZE, "%s of %s ", kind,
                       look->leaf ? joblib_template__kind_name(look->leaf) : "nothing");
    if (look->ndim) tell_shape(look, out, JOBLIB_TEMPLATE_LOOK_SIZE);
    return out;
}

size_t joblib_template__look_count(const value_look *look)
{
    size_t count = 1;
    for (size_t i = 0; i < look->ndim; i++) count *= (size_t)look->shape[i];
    return count;
}

const joblib_value *joblib_template__look_item(const value_look *look, size_t index)
{
    const joblib_value *value = look->value;
    size_t rest = joblib_template__look_count(look);
    for (size_t i = 0; i < look->ndim; i++) {
        size_t length = (size_t)look->shape[i];
        if (!is_list_or_tuple(value) || joblib_value_count(value) != length) return NULL;
        rest /= length;
        value = joblib_value_at(value, index / rest);
        index %= rest;
    }
    return value;
}

/* Lists that refer to one another may stand for more items than memory has. */
static joblib_status check_lists(const value_look *look, const char *name,
                                 joblib_error *error)
{
    size_t count = 1;
    for (size_t i = 0; i < look->ndim; i++) {
        size_t length = (size_t)look->shape[i];
        if (length > 0 && count > SIZE_MAX / sizeof(double) / length)
            return joblib_template__refuse(error, name, "has too many items");
        count *= length;
    }
    return JOBLIB_OK;
}

static joblib_status refuse_item(const value_look *look, size_t index, const char *name,
                                 const char *expected, joblib_error *error)
{
    const joblib_value *item = joblib_template__look_item(look, index);
    if (!item) return joblib_template__refuse(error, name, "lists of different length");
    return joblib_template__refuse(error, name, "item %zu is %s, expected %s", index,
                                   joblib_template__kind_name(item), expected);
}

static joblib_status gather_reals(struct joblib_template *made, const value_look *look,
                                  const char *name, double **out, joblib_error *error)
{
    size_t count = joblib_template__look_count(look);
    JOBLIB_TRY(joblib_template__room(made, count, sizeof **out, out, error));
    for (size_t i = 0; i < count; i++)
        if (joblib_value_as_float64(joblib_template__look_item(look, i), &(*out)[i],
                                    NULL) != JOBLIB_OK)
            return refuse_item(look, i, name, "a number", error);
    return JOBLIB_OK;
}

static joblib_status gather_ints(struct joblib_template *made, const value_look *look,
                                 const char *name, int64_t **out, joblib_error *error)
{
    size_t count = joblib_template__look_count(look);
    JOBLIB_TRY(joblib_template__room(made, count, sizeof **out, out, error));
    for (size_t i = 0; i < count; i++)
        if (joblib_value_as_int64(joblib_template__look_item(look, i), &(*out)[i],
                                  NULL) != JOBLIB_OK)
            return refuse_item(look, i, name, "an integer", error);
    return JOBLIB_OK;
}

/* Whether an array is written as it was given. */
static bool is_kept(const value_look *look, joblib_number number, joblib_number other)
{
    if (!look->is_array) return false;
    joblib_number found = joblib_dtype_as_number(look->view.dtype);
    return (look->view.flags & JOBLIB_ARRAY_NATIVE) &&
           (found == number || found == other);
}

joblib_status joblib_template__make_reals(struct joblib_template *made,
                                          const value_look *look, const char *name,
                                          joblib_value **out, joblib_error *error)
{
    double *numbers;
    size_t count;
    if (is_kept(look, JOBLIB_NUMBER_FLOAT64, JOBLIB_NUMBER_FLOAT32)) {
        *out = joblib_template__own(look->value);
        return JOBLIB_OK;
    }
    JOBLIB_TRY(check_lists(look, name, error));
    if (look->is_array)
        JOBLIB_TRY(joblib_template__reals(made, look->value, &numbers, &count, error));
    else
        JOBLIB_TRY(gather_reals(made, look, name, &numbers, error));
    return joblib_template__array(made->builder, JOBLIB_NUMBER_FLOAT64, numbers,
                                  look->shape, look->ndim, out, error);
}

joblib_status joblib_template__make_ints(struct joblib_template *made,
                                         const value_look *look, const char *name,
                                         joblib_value **out, joblib_error *error)
{
    int64_t *numbers;
    size_t count;
    if (is_kept(look, JOBLIB_NUMBER_INT64, JOBLIB_NUMBER_INT64)) {
        *out = joblib_template__own(look->value);
        return JOBLIB_OK;
    }
    JOBLIB_TRY(check_lists(look, name, error));
    if (look->is_array)
        JOBLIB_TRY(joblib_template__ints(made, look->value, &numbers, &count, error));
    else
        JOBLIB_TRY(gather_ints(made, look, name, &numbers, error));
    return joblib_template__array(made->builder, JOBLIB_NUMBER_INT64, numbers,
                                  look->shape, look->ndim, out, error);
}
