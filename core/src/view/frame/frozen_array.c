/* FrozenNDArray of pandas before 1.0. */
#include <string.h>

#include "array/array.h"
#include "base/try.h"
#include "view/frame/array_class.h"

bool joblib_view__is_frozen_array(const joblib_value *value)
{
    const joblib_value *class = joblib_value_at(joblib_value_arguments(value), 0);
    const char *name = joblib_value_name(class);
    return (joblib_view__is_call(value, "numpy.core.multiarray", "_reconstruct") ||
            joblib_view__is_call(value, "numpy._core.multiarray", "_reconstruct")) &&
           name && strcmp(name, "FrozenNDArray") == 0;
}

joblib_status joblib_view__open_frozen_array(const joblib_value *value,
                                             struct joblib_view__line *out,
                                             joblib_error *error)
{
    const joblib_value *state = joblib_value_state(value);
    const joblib_value *shape = joblib_value_at(state, 1);
    const joblib_dtype *dtype = joblib_value_dtype(joblib_value_at(state, 2));
    size_t size = 0, count, needed;
    const void *data = joblib_value_bytes(joblib_value_at(state, 4), &size);
    JOBLIB_REQUIRE(dtype && !dtype->has_object && data && joblib_value_count(shape) == 1,
                   JOBLIB_ERROR_ARRAY, "FrozenNDArray is no array of one dimension");
    JOBLIB_TRY(joblib_value_as_int64(joblib_value_at(shape, 0), &out->shape[0], error));
    JOBLIB_TRY(
        joblib_array__measure(out->shape, 1, dtype->itemsize, &count, &needed, error));
    JOBLIB_REQUIRE(size == needed, JOBLIB_ERROR_ARRAY,
                   "FrozenNDArray has %zu bytes, %zu expected", size, needed);
    joblib_array__view(&out->view, data, dtype, out->shape, out->strides, 1, false);
    return JOBLIB_OK;
}
