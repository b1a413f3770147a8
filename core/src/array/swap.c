#include <string.h>

#include "array/array.h"
#include "array/element.h"
#include "array/rows.h"
#include "base/checked.h"
#include "base/try.h"

/* A record or sub-array that is being put in native order, and what comes next in it. */
struct swap_frame {
    const joblib_dtype *dtype;
    char *bytes;
    size_t next;  /* field, or element of the base */
    size_t count; /* of these */
};

static struct swap_frame open_frame(const joblib_dtype *dtype, char *bytes)
{
    struct swap_frame frame = {dtype, bytes, 0, dtype->field_count};
    if (dtype->base && dtype->base->itemsize > 0)
        frame.count = dtype->itemsize / dtype->base->itemsize;
    return frame;
}

static struct swap_frame next_part(struct swap_frame *frame)
{
    size_t index = frame->next++;
    const joblib_dtype *base = frame->dtype->base;
    if (base) return open_frame(base, frame->bytes + index * base->itemsize);
    const struct joblib_dtype_field *field = &frame->dtype->fields[index];
    return open_frame(field->dtype, frame->bytes + field->offset);
}

/* Text is made of code points of four bytes, a complex number of two floats. */
static void swap_simple(const joblib_dtype *dtype, char *bytes)
{
    size_t unit = dtype->itemsize;
    if (dtype->kind == 'U') unit = 4;
    if (dtype->kind == 'c') unit /= 2;
    for (size_t done = 0; done < dtype->itemsize; done += unit)
        joblib_array__swap(bytes + done, unit);
}

/* Reverses what is foreign in an element. The nesting is limited, and so is the stack. */
static void swap_element(const joblib_dtype *dtype, char *bytes)
{
    struct swap_frame frames[JOBLIB_MAX_DTYPE_DEPTH + 1];
    size_t depth = 0;
    frames[depth++] = open_frame(dtype, bytes);
    while (depth > 0) {
        struct swap_frame *frame = &frames[depth - 1];
        if (frame->next == frame->count) {
            depth--;
            continue;
        }
        struct swap_frame part = next_part(frame);
        if (!part.dtype->foreign) continue;
        if (part.dtype->depth > 0)
            frames[depth++] = part;
        else
            swap_simple(part.dtype, part.bytes);
    }
}

static void swap_row(const joblib_dtype *dtype, char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++, bytes += dtype->itemsize) {
        if (dtype->depth > 0)
            swap_element(dtype, bytes);
        else
            swap_simple(dtype, bytes);
    }
}

static void copy_row(const joblib_array__rows *rows, char *out)
{
    size_t itemsize = rows->array->dtype->itemsize;
    const char *item = rows->item;
    if (rows->stride == (ptrdiff_t)itemsize) {
        memcpy(out, item, rows->count * itemsize);
        return;
    }
    for (size_t i = 0; i < rows->count; i++, item += rows->stride, out += itemsize)
        memcpy(out, item, itemsize);
}

static void copy_elements(const joblib_array *array, char *out)
{
    joblib_array__rows rows;
    for (joblib_array__rows_begin(&rows, array); rows.left > 0;
         joblib_array__rows_next(&rows)) {
        copy_row(&rows, out);
        if (array->dtype->foreign) swap_row(array->dtype, out, rows.count);
        out += rows.count * array->dtype->itemsize;
    }
}

joblib_status joblib_array_read_bytes(const joblib_array *array, void *out, size_t size,
                                      joblib_error *error)
{
    size_t needed;
    JOBLIB_REQUIRE(array && array->dtype, JOBLIB_ERROR_ARGUMENT,
                   "array or dtype is NULL");
    JOBLIB_REQUIRE(!array->dtype->has_object, JOBLIB_ERROR_KIND,
                   "elements are objects, which have no bytes");
    JOBLIB_REQUIRE(joblib_base__size_mul(array->count, array->dtype->itemsize, &needed) &&
                       size >= needed,
                   JOBLIB_ERROR_RANGE,
                   "room for %zu bytes, %zu elements of %zu are needed", size,
                   array->count, array->dtype->itemsize);
    JOBLIB_REQUIRE(out || needed == 0, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    if (needed > 0) copy_elements(array, out);
    return JOBLIB_OK;
}
