#include <string.h>

#include "array/array.h"
#include "base/checked.h"
#include "base/try.h"

/* numpy counts bytes and elements with signed numbers. */
#define MOST_ARRAY_BYTES (SIZE_MAX / 2)

/* Elements of no bytes could be named by the billion in a few bytes of input. */
#define MOST_EMPTY_ITEMS ((size_t)INT32_MAX)

/* The product of all dimensions but zeros: numpy demands that it fits. */
static joblib_status multiply_dimensions(const int64_t *shape, size_t ndim,
                                         size_t itemsize, size_t *out,
                                         joblib_error *error)
{
    size_t bytes = itemsize ? itemsize : 1;
    *out = 1;
    for (size_t i = 0; i < ndim; i++) {
        JOBLIB_REQUIRE(shape[i] >= 0, JOBLIB_ERROR_ARRAY, "dimension %zu is %lld", i,
                       (long long)shape[i]);
        if (shape[i] == 0) continue;
        bool fits = (uint64_t)shape[i] <= MOST_ARRAY_BYTES &&
                    joblib_base__size_mul(bytes, (size_t)shape[i], &bytes) &&
                    bytes <= MOST_ARRAY_BYTES;
        JOBLIB_REQUIRE(fits, JOBLIB_ERROR_ARRAY,
                       "dimension %zu of %lld makes the array larger than memory can be",
                       i, (long long)shape[i]);
        *out *= (size_t)shape[i];
    }
    return JOBLIB_OK;
}

joblib_status joblib_array__measure(const int64_t *shape, size_t ndim, size_t itemsize,
                                    size_t *count_out, size_t *size_out,
                                    joblib_error *error)
{
    *count_out = *size_out = 0;
    JOBLIB_REQUIRE(ndim <= JOBLIB_MAX_NDIM, JOBLIB_ERROR_ARRAY,
                   "array has %zu dimensions, at most %d are possible", ndim,
                   JOBLIB_MAX_NDIM);
    size_t count;
    JOBLIB_TRY(multiply_dimensions(shape, ndim, itemsize, &count, error));
    JOBLIB_REQUIRE(itemsize > 0 || count <= MOST_EMPTY_ITEMS, JOBLIB_ERROR_ARRAY,
                   "array has %zu elements of no bytes", count);
    for (size_t i = 0; i < ndim; i++) {
        if (shape[i] == 0) count = 0;
    }
    *count_out = count;
    *size_out = count * itemsize;
    return JOBLIB_OK;
}

static void set_strides(joblib_array *array, int64_t *strides, bool fortran)
{
    int64_t stride = (int64_t)array->dtype->itemsize;
    for (size_t i = 0; i < array->ndim; i++) {
        size_t dimension = fortran ? i : array->ndim - 1 - i;
        strides[dimension] = stride;
        if (array->shape[dimension] > 0) stride *= array->shape[dimension];
    }
}

/* With at most one dimension longer than 1 both orders are the same. */
static uint32_t order_flags(const joblib_array *array, bool fortran)
{
    size_t longer = 0;
    for (size_t i = 0; i < array->ndim; i++) longer += array->shape[i] > 1;
    if (longer <= 1 || array->count == 0)
        return JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER;
    return fortran ? JOBLIB_ARRAY_F_ORDER : JOBLIB_ARRAY_C_ORDER;
}

static bool is_aligned(const joblib_array *array)
{
    size_t alignment = array->dtype->alignment;
    return array->count == 0 ||
           ((uintptr_t)array->data % alignment == 0 &&
            (array->count == 1 || array->dtype->itemsize % alignment == 0));
}

void joblib_array__view(joblib_array *out, const void *data, const joblib_dtype *dtype,
                        const int64_t *shape, int64_t *strides, size_t ndim, bool fortran)
{
    *out = (joblib_array)JOBLIB_ARRAY_INIT;
    out->data = data;
    out->dtype = dtype;
    out->shape = shape;
    out->strides = strides;
    out->ndim = ndim;
    out->count = 1;
    for (size_t i = 0; i < ndim; i++) out->count *= (size_t)shape[i];
    set_strides(out, strides, fortran);
    out->flags = order_flags(out, fortran);
    if (is_aligned(out)) out->flags |= JOBLIB_ARRAY_ALIGNED;
    if (!dtype->foreign) out->flags |= JOBLIB_ARRAY_NATIVE;
}

/* Bytes from the first element to element `index`, counted in C order. */
static ptrdiff_t locate_item(const joblib_array *array, size_t index)
{
    ptrdiff_t offset = 0;
    for (size_t i = array->ndim; i-- > 0;) {
        size_t dimension = (size_t)array->shape[i];
        offset += (ptrdiff_t)(index % dimension) * (ptrdiff_t)array->strides[i];
        index /= dimension;
    }
    return offset;
}

const void *joblib_array_item(const joblib_array *array, size_t index)
{
    if (!array || index >= array->count) return NULL;
    if (array->flags & JOBLIB_ARRAY_C_ORDER)
        return (const char *)array->data + index * array->dtype->itemsize;
    return (const char *)array->data + locate_item(array, index);
}

const struct joblib_value *joblib_array_object(const joblib_array *array, size_t index)
{
    const struct joblib_value *value;
    const void *item = joblib_array_item(array, index);
    if (!item || joblib_dtype_kind(array->dtype) != 'O') return NULL;
    memcpy(&value, item, sizeof value);
    return value;
}

#undef MOST_ARRAY_BYTES
#undef MOST_EMPTY_ITEMS
