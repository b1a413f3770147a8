/* Single elements of arrays. */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "handle_common.h"

bool joblib_shim__view_item(const joblib_array *view, size_t index, joblib_array *out,
                            joblib_error *error)
{
    *out = *view;
    out->data = joblib_array_item(view, index);
    out->shape = NULL;
    out->strides = NULL;
    out->ndim = 0;
    out->count = 1;
    out->flags |= (uint32_t)JOBLIB_ARRAY_C_ORDER | (uint32_t)JOBLIB_ARRAY_F_ORDER;
    if (out->data == NULL) {
        joblib_shim__fail(error, JOBLIB_ERROR_RANGE, "index %zu of %zu", index,
                          view->count);
    }
    return out->data != NULL;
}

static joblib_native native_number(const joblib_array *view, size_t index)
{
    joblib_array item;
    int64_t narrow;
    const joblib_number number = joblib_dtype_as_number(view->dtype);
    if (number == JOBLIB_NUMBER_BOOL) {
        return JOBLIB_NATIVE_BOOL;
    }
    if (number >= JOBLIB_NUMBER_FLOAT16) {
        return JOBLIB_NATIVE_FLOAT64;
    }
    if (number == JOBLIB_NUMBER_UINT64 &&
        joblib_shim__view_item(view, index, &item, NULL) &&
        joblib_array_read_int64(&item, &narrow, 1, NULL) != JOBLIB_OK) {
        return JOBLIB_NATIVE_UINT64;
    }
    return JOBLIB_NATIVE_INT64;
}

/* Numbers wider than C's double stay bytes, as real ones do. */
joblib_native joblib_shim__native_element(const joblib_array *view, size_t index)
{
    if (joblib_dtype_as_number(view->dtype) != JOBLIB_NUMBER_NONE) {
        return native_number(view, index);
    }
    switch (joblib_dtype_kind(view->dtype)) {
    case 'c':
        return joblib_dtype_itemsize(view->dtype) > 2 * sizeof(double)
                   ? JOBLIB_NATIVE_BYTES
                   : JOBLIB_NATIVE_COMPLEX;
    case 'U':
        return JOBLIB_NATIVE_TEXT;
    case 'O':
        return joblib_shim__native_value(joblib_array_object(view, index));
    default:
        return JOBLIB_NATIVE_BYTES;
    }
}

int JoblibArray_native_kind(const JoblibArray *self, size_t index, joblib_error *error)
{
    if (index >= self->view.count) {
        joblib_shim__fail(error, JOBLIB_ERROR_RANGE, "index %zu of %zu", index,
                          self->view.count);
        return JOBLIB_NATIVE_NONE;
    }
    return (int)joblib_shim__native_element(&self->view, index);
}

/** The value at `index` of an array of objects, as a handle on the stack. */
static JoblibValue borrow_object(const JoblibArray *self, size_t index)
{
    return (JoblibValue){self->owner.document, joblib_array_object(&self->view, index)};
}

bool JoblibArray_as_bool(const JoblibArray *self, size_t index, joblib_error *error)
{
    const JoblibValue value = borrow_object(self, index);
    if (value.node != NULL) {
        return JoblibValue_as_bool(&value, error);
    }
    return JoblibArray_as_int64(self, index, error) != 0;
}

int64_t JoblibArray_as_int64(const JoblibArray *self, size_t index, joblib_error *error)
{
    joblib_array item;
    int64_t out = 0;
    const JoblibValue value = borrow_object(self, index);
    if (value.node != NULL) {
        return JoblibValue_as_int64(&value, error);
    }
    if (!joblib_shim__view_item(&self->view, index, &item, error) ||
        joblib_array_read_int64(&item, &out, 1, error) != JOBLIB_OK) {
        return 0;
    }
    return out;
}

uint64_t JoblibArray_as_uint64(const JoblibArray *self, size_t index, joblib_error *error)
{
    joblib_array item;
    uint64_t out = 0;
    const JoblibValue value = borrow_object(self, index);
    if (value.node != NULL) {
        return JoblibValue_as_uint64(&value, error);
    }
    if (joblib_dtype_as_number(self->view.dtype) == JOBLIB_NUMBER_UINT64) {
        return joblib_shim__view_item(&self->view, index, &item, error) &&
                       joblib_array_read_bytes(&item, &out, sizeof out, error) ==
                           JOBLIB_OK
                   ? out
                   : 0;
    }
    out = (uint64_t)JoblibArray_as_int64(self, index, error);
    if (out > INT64_MAX) {
        joblib_shim__fail(error, JOBLIB_ERROR_RANGE, "element %zu is negative", index);
        return 0;
    }
    return out;
}

double JoblibArray_as_float64(const JoblibArray *self, size_t index, joblib_error *error)
{
    joblib_array item;
    double out = 0.0;
    const JoblibValue value = borrow_object(self, index);
    if (value.node != NULL) {
        return JoblibValue_as_float64(&value, error);
    }
    if (!joblib_shim__view_item(&self->view, index, &item, error) ||
        joblib_array_read_float64(&item, &out, 1, error) != JOBLIB_OK) {
        return 0.0;
    }
    return out;
}

/** Part 0 or 1 of a complex number of two floats or two doubles. */
static double read_complex(const JoblibArray *self, size_t index, size_t part,
                           joblib_error *error)
{
    joblib_array item;
    float narrow[2] = {0.0F, 0.0F};
    double wide[2] = {0.0, 0.0};
    const size_t itemsize = joblib_dtype_itemsize(self->view.dtype);
    void *out = itemsize == sizeof narrow ? (void *)narrow : (void *)wide;
    if (joblib_dtype_kind(self->view.dtype) != 'c' || itemsize > sizeof wide) {
        joblib_shim__fail(error, JOBLIB_ERROR_KIND, "%s is not a complex number",
                          joblib_dtype_text(self->view.dtype));
        return 0.0;
    }
    if (!joblib_shim__view_item(&self->view, index, &item, error) ||
        joblib_array_read_bytes(&item, out, itemsize, error) != JOBLIB_OK) {
        return 0.0;
    }
    return itemsize == sizeof narrow ? (double)narrow[part] : wide[part];
}

double JoblibArray_real(const JoblibArray *self, size_t index, joblib_error *error)
{
    const JoblibValue value = borrow_object(self, index);
    return value.node ? JoblibValue_real(&value, error)
                      : read_complex(self, index, 0, error);
}

double JoblibArray_imaginary(const JoblibArray *self, size_t index, joblib_error *error)
{
    const JoblibValue value = borrow_object(self, index);
    return value.node ? JoblibValue_imaginary(&value, error)
                      : read_complex(self, index, 1, error);
}

joblib_text JoblibArray_decimal(const JoblibArray *self, size_t index,
                                joblib_error *error)
{
    char digits[24];
    int size;
    joblib_error found = JOBLIB_ERROR_INIT;
    const JoblibValue value = borrow_object(self, index);
    if (value.node != NULL) {
        return JoblibValue_decimal(&value, error);
    }
    if (joblib_dtype_as_number(self->view.dtype) == JOBLIB_NUMBER_UINT64) {
        size = snprintf(digits, sizeof digits, "%" PRIu64,
                        JoblibArray_as_uint64(self, index, &found));
    } else {
        size = snprintf(digits, sizeof digits, "%" PRId64,
                        JoblibArray_as_int64(self, index, &found));
    }
    if (found.status == JOBLIB_OK) {
        return joblib_shim__copy_text(digits, (size_t)size, error);
    }
    if (error != NULL) {
        *error = found;
    }
    return joblib_shim__text(NULL);
}

joblib_text JoblibArray_text(const JoblibArray *self, size_t index, joblib_error *error)
{
    size_t size = 0;
    char *buffer;
    const JoblibValue value = borrow_object(self, index);
    if (value.node != NULL) {
        return JoblibValue_text(&value, error);
    }
    if (joblib_array_text(&self->view, index, NULL, 0, &size, error) != JOBLIB_OK) {
        return joblib_shim__text(NULL);
    }
    buffer = joblib_shim__allocate(size, error);
    if (buffer != NULL &&
        joblib_array_text(&self->view, index, buffer, size, &size, error) != JOBLIB_OK) {
        free(buffer);
        buffer = NULL;
    }
    return (joblib_text){buffer, buffer ? size : 0, buffer};
}

joblib_bytes JoblibArray_item(const JoblibArray *self, size_t index, joblib_error *error)
{
    JoblibArray item = *self;
    joblib_text text;
    const JoblibValue value = borrow_object(self, index);
    if (value.node != NULL) {
        return JoblibValue_bytes(&value, error);
    }
    if (joblib_dtype_kind(self->view.dtype) == 'S') {
        text = JoblibArray_text(self, index, error);
        return (joblib_bytes){text.data, text.size, text.owned};
    }
    if (!joblib_shim__view_item(&self->view, index, &item.view, error)) {
        return (joblib_bytes){NULL, 0, NULL};
    }
    return JoblibArray_bytes(&item, error);
}

JoblibValue *JoblibArray_object_at(const JoblibArray *self, size_t index,
                                   joblib_error *error)
{
    const joblib_value *node = joblib_array_object(&self->view, index);
    return joblib_shim__value(self->owner.document, node, error);
}
