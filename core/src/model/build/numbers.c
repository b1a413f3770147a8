#include <math.h>

#include "base/try.h"
#include "model/context.h"

/* A Python number as an array without dimensions. */
static joblib_status read_python_number(const joblib_model__context *context,
                                        const joblib_value *value, const char *attribute,
                                        joblib_model__numbers *out)
{
    void *memory;
    JOBLIB_TRY(joblib_model__allocate(context, 1, sizeof(double), &memory));
    double *number = memory;
    if (joblib_value_as_float64(value, number, NULL) != JOBLIB_OK)
        return joblib_model__fail(context, attribute, JOBLIB_ERROR_MODEL,
                                  "%s is %s, not numbers", attribute,
                                  joblib_kind_name((int)joblib_value_kind(value)));
    bool is_float = joblib_value_kind(value) == JOBLIB_KIND_FLOAT;
    *out = (joblib_model__numbers){
        .values = number,
        .number = is_float ? JOBLIB_NUMBER_FLOAT64 : JOBLIB_NUMBER_INT64,
        .rows = 1,
        .columns = 1,
        .count = 1,
    };
    return JOBLIB_OK;
}

static bool is_plain(const joblib_array *array)
{
    const uint32_t wanted =
        JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_ALIGNED | JOBLIB_ARRAY_NATIVE;
    return joblib_dtype_as_number(array->dtype) == JOBLIB_NUMBER_FLOAT64 &&
           (array->flags & wanted) == wanted;
}

static joblib_status read_elements(const joblib_model__context *context,
                                   const joblib_array *array, joblib_model__numbers *out)
{
    if (is_plain(array)) {
        out->values = array->data;
        return JOBLIB_OK;
    }
    void *memory;
    JOBLIB_TRY(joblib_model__allocate(context, array->count, sizeof(double), &memory));
    out->values = memory;
    return joblib_array_read_float64(array, memory, array->count, context->error);
}

joblib_status joblib_model__numbers_of(const joblib_model__context *context,
                                       const joblib_value *value, const char *attribute,
                                       joblib_model__numbers *out)
{
    joblib_array array;
    if (joblib_value_array(value, &array, NULL) != JOBLIB_OK)
        return read_python_number(context, value, attribute, out);
    joblib_number number = joblib_dtype_as_number(array.dtype);
    if (number == JOBLIB_NUMBER_NONE)
        return joblib_model__fail(context, attribute, JOBLIB_ERROR_MODEL,
                                  "%s has elements of type %s, not numbers", attribute,
                                  joblib_dtype_text(array.dtype));
    if (array.ndim > 2)
        return joblib_model__fail(context, attribute, JOBLIB_ERROR_MODEL,
                                  "%s has %zu dimensions, at most 2 are expected",
                                  attribute, array.ndim);
    *out = (joblib_model__numbers){
        .number = (uint8_t)number,
        .is_array = joblib_value_kind(value) == JOBLIB_KIND_ARRAY,
        .ndim = array.ndim,
        .rows = array.ndim == 2 ? (size_t)array.shape[0] : 1,
        .columns = array.ndim == 0 ? 1 : (size_t)array.shape[array.ndim - 1],
        .count = array.count,
    };
    return read_elements(context, &array, out);
}

static joblib_status read_required(const joblib_model__context *context, const char *name,
                                   size_t ndim, joblib_model__numbers *out)
{
    const joblib_value *value;
    JOBLIB_TRY(joblib_model__require(context, name, &value));
    JOBLIB_TRY(joblib_model__numbers_of(context, value, name, out));
    if (out->ndim == ndim) return JOBLIB_OK;
    return joblib_model__fail(context, name, JOBLIB_ERROR_MODEL,
                              "%s has %zu dimensions, %zu are expected", name, out->ndim,
                              ndim);
}

joblib_status joblib_model__read_vector(const joblib_model__context *context,
                                        const char *name, size_t count,
                                        joblib_model__numbers *out)
{
    JOBLIB_TRY(read_required(context, name, 1, out));
    if (count == JOBLIB_MODEL_ANY || out->count == count) return JOBLIB_OK;
    return joblib_model__fail(context, name, JOBLIB_ERROR_MODEL,
                              "%s has %zu numbers, %zu are expected", name, out->count,
                              count);
}
