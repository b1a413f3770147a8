/* Arrays and scalars of numpy, made by builders. */

#include <stdlib.h>

#include "handle_builder.h"

static joblib_status make_dtype(JoblibBuilder *self, const char *text,
                                const joblib_dtype **out, joblib_value **value,
                                joblib_error *error)
{
    const joblib_status status = joblib_builder_dtype(self->builder, text, value, error);
    *out = status == JOBLIB_OK ? joblib_value_dtype(*value) : NULL;
    return status;
}

int64_t JoblibBuilder_dtype(JoblibBuilder *self, const char *text, joblib_error *error)
{
    JOBLIB_SHIM_MAKE(joblib_builder_dtype(self->builder, text, &value, error));
}

/* False where a dimension is negative or the product too large. */
static bool count_elements(const int64_t *shape, size_t ndim, size_t *out)
{
    size_t count = 1;
    for (size_t i = 0; i < ndim; i++) {
        if (shape[i] < 0 || (shape[i] > 0 && count > SIZE_MAX / (size_t)shape[i])) {
            return false;
        }
        count *= (size_t)shape[i];
    }
    *out = count;
    return true;
}

static joblib_status require_size(const joblib_array *view, size_t size,
                                  joblib_error *error)
{
    const size_t itemsize = joblib_dtype_itemsize(view->dtype);
    if (itemsize > 0 && size % itemsize == 0 && size / itemsize == view->count) {
        return JOBLIB_OK;
    }
    joblib_shim__fail(error, JOBLIB_ERROR_ARGUMENT,
                      "%zu bytes are not %zu elements of %.20s", size, view->count,
                      joblib_dtype_text(view->dtype));
    return JOBLIB_ERROR_ARGUMENT;
}

static joblib_status make_array(JoblibBuilder *self, joblib_array *view, size_t size,
                                const char *dtype, joblib_value **out,
                                joblib_error *error)
{
    joblib_value *type = NULL;
    joblib_status status;
    if (!count_elements(view->shape, view->ndim, &view->count)) {
        joblib_shim__fail(error, JOBLIB_ERROR_ARGUMENT, "the shape is out of range");
        return JOBLIB_ERROR_ARGUMENT;
    }
    status = make_dtype(self, dtype, &view->dtype, &type, error);
    if (status == JOBLIB_OK) {
        status = require_size(view, size, error);
    }
    if (status == JOBLIB_OK) {
        status = joblib_builder_array(self->builder, view, 0, out, error);
    }
    return status;
}

int64_t JoblibBuilder_array(JoblibBuilder *self, const void *data, size_t size,
                            const char *text, joblib_int64s shape, bool fortran,
                            joblib_error *error)
{
    joblib_array view = JOBLIB_ARRAY_INIT;
    view.flags = fortran ? JOBLIB_ARRAY_F_ORDER : JOBLIB_ARRAY_C_ORDER;
    view.data = joblib_shim__address(data);
    view.shape = shape.data;
    view.ndim = shape.count;
    JOBLIB_SHIM_MAKE(make_array(self, &view, size, text, &value, error));
}

int64_t JoblibBuilder_object_array(JoblibBuilder *self, joblib_int64s numbers,
                                   joblib_int64s shape, joblib_error *error)
{
    joblib_value *value = NULL;
    joblib_status status;
    size_t expected = 0;
    const joblib_value **items = NULL;
    if (!count_elements(shape.data, shape.count, &expected) ||
        expected != numbers.count) {
        joblib_shim__fail(error, JOBLIB_ERROR_ARGUMENT,
                          "%zu items do not have this shape", numbers.count);
    } else if (joblib_shim__reserve_number(self, error)) {
        items = joblib_shim__all_numbered(self, numbers, error);
    }
    if (items == NULL) {
        return 0;
    }
    status = joblib_builder_object_array(self->builder, items, shape.data, shape.count,
                                         &value, error);
    free((void *)items);
    return joblib_shim__number(self, status, value);
}

static joblib_status make_scalar(JoblibBuilder *self, const void *data, size_t size,
                                 const char *dtype, joblib_value **out,
                                 joblib_error *error)
{
    joblib_array view = JOBLIB_ARRAY_INIT;
    joblib_value *type = NULL;
    joblib_status status = make_dtype(self, dtype, &view.dtype, &type, error);
    view.count = 1;
    if (status == JOBLIB_OK) {
        status = require_size(&view, size, error);
    }
    return status == JOBLIB_OK
               ? joblib_builder_scalar(self->builder, type, data, out, error)
               : status;
}

int64_t JoblibBuilder_scalar(JoblibBuilder *self, const void *data, size_t size,
                             const char *text, joblib_error *error)
{
    JOBLIB_SHIM_MAKE(make_scalar(self, data, size, text, &value, error));
}
