#include <string.h>

#include "array/array.h"
#include "array/element.h"
#include "array/extended.h"
#include "array/rows.h"
#include "array/widen.h"
#include "base/checked.h"
#include "base/try.h"

static joblib_status check_output(const joblib_array *array, const void *out,
                                  size_t needed, size_t room, const char *unit,
                                  joblib_error *error)
{
    JOBLIB_REQUIRE(out || array->count == 0, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    JOBLIB_REQUIRE(room >= needed, JOBLIB_ERROR_RANGE, "room for %zu %s, %zu are needed",
                   room, unit, needed);
    return JOBLIB_OK;
}

static void convert_rows(const joblib_array *array, double *out)
{
    joblib_array__rows rows;
    for (joblib_array__rows_begin(&rows, array); rows.left > 0;
         joblib_array__rows_next(&rows)) {
        const joblib_array__line line = {.first = rows.item,
                                         .stride = rows.stride,
                                         .count = rows.count,
                                         .number = array->dtype->number,
                                         .swapped = array->dtype->foreign};
        joblib_array__widen(&line, out);
        out += rows.count;
    }
}

/* Converts to `out`, or only checks where that is NULL. */
static bool convert_extended(const joblib_array *array, double *out)
{
    joblib_array__rows rows;
    double number;
    for (joblib_array__rows_begin(&rows, array); rows.left > 0;
         joblib_array__rows_next(&rows)) {
        const char *item = rows.item;
        for (size_t i = 0; i < rows.count; i++, item += rows.stride) {
            if (!joblib_array__extended_to_double(item, &number)) return false;
            if (out) *out++ = number;
        }
    }
    return true;
}

static joblib_status read_extended(const joblib_array *array, double *out,
                                   size_t capacity, joblib_error *error)
{
    JOBLIB_REQUIRE(convert_extended(array, NULL), JOBLIB_ERROR_KIND,
                   "elements are \"%s\", but no long doubles of x86", array->dtype->text);
    JOBLIB_TRY(check_output(array, out, array->count, capacity, "elements", error));
    (void)convert_extended(array, out);
    return JOBLIB_OK;
}

joblib_status joblib_array_read_float64(const joblib_array *array, double *out,
                                        size_t capacity, joblib_error *error)
{
    JOBLIB_REQUIRE(array && array->dtype, JOBLIB_ERROR_ARGUMENT,
                   "array or dtype is NULL");
    if (joblib_array__is_extended(array->dtype))
        return read_extended(array, out, capacity, error);
    JOBLIB_REQUIRE(array->dtype->number != JOBLIB_NUMBER_NONE, JOBLIB_ERROR_KIND,
                   "elements are \"%s\", not numbers", array->dtype->text);
    JOBLIB_TRY(check_output(array, out, array->count, capacity, "elements", error));
    convert_rows(array, out);
    return JOBLIB_OK;
}

/* Copies one row; false, and its place in `*failed`, where a number does not fit. */
static bool read_integers(const joblib_array__rows *rows, int64_t *out, size_t *failed)
{
    const char *item = rows->item;
    for (size_t i = 0; i < rows->count; i++, item += rows->stride) {
        if (joblib_array__number_int64(item, rows->array->dtype, &out[i])) continue;
        *failed = i;
        return false;
    }
    return true;
}

static joblib_status read_integer_rows(const joblib_array *array, int64_t *out,
                                       joblib_error *error)
{
    joblib_array__rows rows;
    size_t done = 0;
    size_t failed = 0;
    for (joblib_array__rows_begin(&rows, array); rows.left > 0;
         joblib_array__rows_next(&rows)) {
        JOBLIB_REQUIRE(read_integers(&rows, out + done, &failed), JOBLIB_ERROR_RANGE,
                       "element %zu is above the largest int64", done + failed);
        done += rows.count;
    }
    return JOBLIB_OK;
}

static bool is_integer(const joblib_dtype *dtype)
{
    return dtype->number != JOBLIB_NUMBER_NONE && dtype->kind != 'f';
}

joblib_status joblib_array_read_int64(const joblib_array *array, int64_t *out,
                                      size_t capacity, joblib_error *error)
{
    JOBLIB_REQUIRE(array && array->dtype, JOBLIB_ERROR_ARGUMENT,
                   "array or dtype is NULL");
    JOBLIB_REQUIRE(is_integer(array->dtype), JOBLIB_ERROR_KIND,
                   "elements are \"%s\", not integers", array->dtype->text);
    JOBLIB_TRY(check_output(array, out, array->count, capacity, "elements", error));
    bool same = array->dtype->number == JOBLIB_NUMBER_INT64 && !array->dtype->foreign &&
                (array->flags & JOBLIB_ARRAY_C_ORDER);
    if (!same) return read_integer_rows(array, out, error);
    if (array->count > 0) memcpy(out, array->data, array->count * sizeof *out);
    return JOBLIB_OK;
}
