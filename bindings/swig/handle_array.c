/* Arrays: description, all elements at once, records. */

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "handle_common.h"

#define ORDER_FLAGS ((uint32_t)JOBLIB_ARRAY_C_ORDER | (uint32_t)JOBLIB_ARRAY_F_ORDER)

void delete_JoblibArray(JoblibArray *self)
{
    if (self != NULL) {
        joblib_shim__release(&self->owner);
        free(self);
    }
}

/* Description */

joblib_text JoblibArray_dtype(const JoblibArray *self)
{
    return joblib_shim__text(joblib_dtype_text(self->view.dtype));
}

int JoblibArray_number(const JoblibArray *self)
{
    return (int)joblib_dtype_as_number(self->view.dtype);
}

size_t JoblibArray_itemsize(const JoblibArray *self)
{
    return joblib_dtype_itemsize(self->view.dtype);
}

size_t JoblibArray_ndim(const JoblibArray *self)
{
    return self->view.ndim;
}

static bool has_axis(const JoblibArray *self, size_t axis, joblib_error *error)
{
    if (axis >= self->view.ndim) {
        joblib_shim__fail(error, JOBLIB_ERROR_RANGE,
                          "axis %zu of an array of %zu dimensions", axis,
                          self->view.ndim);
        return false;
    }
    return true;
}

int64_t JoblibArray_shape(const JoblibArray *self, size_t axis, joblib_error *error)
{
    return has_axis(self, axis, error) ? self->view.shape[axis] : 0;
}

int64_t JoblibArray_stride(const JoblibArray *self, size_t axis, joblib_error *error)
{
    return has_axis(self, axis, error) ? self->view.strides[axis] : 0;
}

size_t JoblibArray_count(const JoblibArray *self)
{
    return self->view.count;
}

joblib_text JoblibArray_order(const JoblibArray *self)
{
    if ((self->view.flags & JOBLIB_ARRAY_C_ORDER) != 0) {
        return joblib_shim__text("C");
    }
    return joblib_shim__text((self->view.flags & JOBLIB_ARRAY_F_ORDER) != 0 ? "F" : "");
}

JoblibArray *JoblibArray_at(const JoblibArray *self, size_t index, joblib_error *error)
{
    joblib_array view = self->view;
    if (!has_axis(self, 0, error)) {
        return NULL;
    }
    if (index >= (uint64_t)view.shape[0]) {
        return joblib_shim__fail(error, JOBLIB_ERROR_RANGE, "index %zu of %" PRId64,
                                 index, view.shape[0]);
    }
    view.data = (const char *)view.data + (int64_t)index * view.strides[0];
    view.count /= (size_t)view.shape[0];
    view.ndim--;
    view.shape++;
    view.strides++;
    if (view.ndim > 0 && (view.flags & JOBLIB_ARRAY_C_ORDER) == 0) {
        view.flags &= ~ORDER_FLAGS;
    }
    return joblib_shim__array(self->owner, &view, error);
}

/* All elements */

static bool is_packed(const joblib_array *view)
{
    const uint32_t wanted = JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_NATIVE;
    return (view->flags & wanted) == wanted;
}

joblib_bytes JoblibArray_bytes(const JoblibArray *self, joblib_error *error)
{
    joblib_bytes bytes = {self->view.data, 0, NULL};
    const size_t itemsize = joblib_dtype_itemsize(self->view.dtype);
    bytes.size = self->view.count * itemsize;
    if (is_packed(&self->view) && self->view.data != NULL &&
        joblib_dtype_kind(self->view.dtype) != 'O') {
        return bytes;
    }
    bytes.owned = joblib_shim__allocate(bytes.size, error);
    bytes.data = bytes.owned;
    if (bytes.owned != NULL && joblib_array_read_bytes(&self->view, bytes.owned,
                                                       bytes.size, error) != JOBLIB_OK) {
        free(bytes.owned);
        bytes = (joblib_bytes){NULL, 0, NULL};
    }
    return bytes;
}

joblib_bytes JoblibArray_stored_bytes(const JoblibArray *self, joblib_error *error)
{
    const joblib_array *view = &self->view;
    const size_t itemsize = joblib_dtype_itemsize(view->dtype);
    joblib_bytes bytes = {view->data ? view->data : "", view->count * itemsize, NULL};
    if (joblib_dtype_kind(view->dtype) == 'O') {
        joblib_shim__fail(error, JOBLIB_ERROR_KIND, "the elements are objects");
        return (joblib_bytes){NULL, 0, NULL};
    }
    if ((view->flags & ORDER_FLAGS) != 0 || view->count == 0) {
        return bytes;
    }
    bytes.owned = joblib_shim__allocate(bytes.size, error);
    bytes.data = bytes.owned;
    for (size_t i = 0; bytes.owned != NULL && i < view->count; i++) {
        memcpy((char *)bytes.owned + i * itemsize, joblib_array_item(view, i), itemsize);
    }
    return bytes;
}

/** Whether the elements stand in memory as C's `number`, 8 bytes each. */
static bool is_in_place(const joblib_array *view, joblib_number number)
{
    return is_packed(view) && (view->flags & JOBLIB_ARRAY_ALIGNED) != 0 &&
           view->data != NULL && joblib_dtype_as_number(view->dtype) == number;
}

static void *allocate_numbers(const joblib_array *view, joblib_error *error)
{
    if (view->count > SIZE_MAX / sizeof(double)) {
        return joblib_shim__fail(error, JOBLIB_ERROR_MEMORY, "no memory for %zu numbers",
                                 view->count);
    }
    return joblib_shim__allocate(view->count * sizeof(double), error);
}

joblib_float64s JoblibArray_float64s(const JoblibArray *self, joblib_error *error)
{
    const joblib_array *view = &self->view;
    double *copy;
    if (is_in_place(view, JOBLIB_NUMBER_FLOAT64)) {
        return (joblib_float64s){view->data, view->count, NULL};
    }
    copy = allocate_numbers(view, error);
    if (copy != NULL &&
        joblib_array_read_float64(view, copy, view->count, error) != JOBLIB_OK) {
        free(copy);
        copy = NULL;
    }
    return (joblib_float64s){copy, copy ? view->count : 0, copy};
}

joblib_int64s JoblibArray_int64s(const JoblibArray *self, joblib_error *error)
{
    const joblib_array *view = &self->view;
    int64_t *copy;
    if (is_in_place(view, JOBLIB_NUMBER_INT64)) {
        return (joblib_int64s){view->data, view->count, NULL};
    }
    copy = allocate_numbers(view, error);
    if (copy != NULL &&
        joblib_array_read_int64(view, copy, view->count, error) != JOBLIB_OK) {
        free(copy);
        copy = NULL;
    }
    return (joblib_int64s){copy, copy ? view->count : 0, copy};
}

joblib_numbers JoblibArray_numbers(const JoblibArray *self, joblib_error *error)
{
    const joblib_number number = joblib_dtype_as_number(self->view.dtype);
    joblib_error narrow = JOBLIB_ERROR_INIT;
    joblib_int64s integers;
    if (number == JOBLIB_NUMBER_NONE || number >= JOBLIB_NUMBER_FLOAT16) {
        const joblib_float64s floats = JoblibArray_float64s(self, error);
        return (joblib_numbers){JOBLIB_NUMBER_FLOAT64, floats.data, floats.count,
                                floats.owned};
    }
    integers = JoblibArray_int64s(self, &narrow);
    if (narrow.status == JOBLIB_ERROR_RANGE) {
        const joblib_bytes wide = JoblibArray_bytes(self, error);
        return (joblib_numbers){JOBLIB_NUMBER_UINT64, wide.data,
                                wide.size / sizeof(uint64_t), wide.owned};
    }
    if (narrow.status != JOBLIB_OK && error != NULL) {
        *error = narrow;
    }
    return (joblib_numbers){number == JOBLIB_NUMBER_BOOL ? (int)number
                                                         : (int)JOBLIB_NUMBER_INT64,
                            integers.data, integers.count, integers.owned};
}

/* Records */

size_t JoblibArray_field_count(const JoblibArray *self)
{
    return joblib_dtype_field_count(self->view.dtype);
}

joblib_text JoblibArray_field_name(const JoblibArray *self, size_t index)
{
    joblib_text name = {NULL, 0, NULL};
    name.data = joblib_dtype_field_name(self->view.dtype, index, &name.size);
    return name;
}

static bool is_native(const joblib_dtype *dtype)
{
    const uint16_t one = 1;
    unsigned char first;
    memcpy(&first, &one, 1);
    return joblib_dtype_byteorder(dtype) != (first == 1 ? '>' : '<');
}

JoblibArray *JoblibArray_field(const JoblibArray *self, const char *text,
                               joblib_error *error)
{
    joblib_array view = self->view;
    size_t offset = 0;
    for (size_t i = 0;
         joblib_dtype_field(self->view.dtype, i, NULL, &view.dtype, &offset); i++) {
        const joblib_text name = JoblibArray_field_name(self, i);
        if (name.size == strlen(text) && memcmp(name.data, text, name.size) == 0) {
            view.data = view.data ? (const char *)view.data + offset : NULL;
            view.flags = is_native(view.dtype) ? (uint32_t)JOBLIB_ARRAY_NATIVE : 0U;
            return joblib_shim__array(self->owner, &view, error);
        }
    }
    return NULL;
}
