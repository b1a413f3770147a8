#include <string.h>

#include "array/array.h"
#include "array/element.h"
#include "array/rows.h"
#include "base/checked.h"
#include "base/try.h"

/* Converts one row of native numbers; inputs may be unaligned. */
typedef void (*row_converter)(double *out, const char *item, size_t count,
                              ptrdiff_t stride);

#define KEEP(number) ((double)(number))
#define TRUTH(number) ((number) != 0 ? 1.0 : 0.0)

/* The contiguous loop stands apart so that a compiler can make vector code of it. */
#define ROW_CONVERTER(name, type, convert) \
    static void name(double *out, const char *item, size_t count, ptrdiff_t stride) \
    { \
        type number; \
        if (stride == (ptrdiff_t)sizeof number) { \
            for (size_t i = 0; i < count; i++) { \
                memcpy(&number, item + i * sizeof number, sizeof number); \
                out[i] = convert(number); \
            } \
            return; \
        } \
        for (size_t i = 0; i < count; i++, item += stride) { \
            memcpy(&number, item, sizeof number); \
            out[i] = convert(number); \
        } \
    }

ROW_CONVERTER(convert_bool, uint8_t, TRUTH)
ROW_CONVERTER(convert_int8, int8_t, KEEP)
ROW_CONVERTER(convert_int16, int16_t, KEEP)
ROW_CONVERTER(convert_int32, int32_t, KEEP)
ROW_CONVERTER(convert_int64, int64_t, KEEP)
ROW_CONVERTER(convert_uint8, uint8_t, KEEP)
ROW_CONVERTER(convert_uint16, uint16_t, KEEP)
ROW_CONVERTER(convert_uint32, uint32_t, KEEP)
ROW_CONVERTER(convert_uint64, uint64_t, KEEP)
ROW_CONVERTER(convert_float16, uint16_t, joblib_array__half_to_float64)
ROW_CONVERTER(convert_float32, float, KEEP)
ROW_CONVERTER(convert_float64, double, KEEP)

#undef ROW_CONVERTER
#undef TRUTH
#undef KEEP

static const row_converter row_converters[] = {
    [JOBLIB_NUMBER_BOOL] = convert_bool,       [JOBLIB_NUMBER_INT8] = convert_int8,
    [JOBLIB_NUMBER_INT16] = convert_int16,     [JOBLIB_NUMBER_INT32] = convert_int32,
    [JOBLIB_NUMBER_INT64] = convert_int64,     [JOBLIB_NUMBER_UINT8] = convert_uint8,
    [JOBLIB_NUMBER_UINT16] = convert_uint16,   [JOBLIB_NUMBER_UINT32] = convert_uint32,
    [JOBLIB_NUMBER_UINT64] = convert_uint64,   [JOBLIB_NUMBER_FLOAT16] = convert_float16,
    [JOBLIB_NUMBER_FLOAT32] = convert_float32, [JOBLIB_NUMBER_FLOAT64] = convert_float64,
};

static joblib_status check_output(const joblib_array *array, const void *out,
                                  size_t needed, size_t room, const char *unit,
                                  joblib_error *error)
{
    JOBLIB_REQUIRE(out || array->count == 0, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    JOBLIB_REQUIRE(room >= needed, JOBLIB_ERROR_RANGE, "room for %zu %s, %zu are needed",
                   room, unit, needed);
    return JOBLIB_OK;
}

static void convert_foreign(double *out, const joblib_array__rows *rows)
{
    const char *item = rows->item;
    for (size_t i = 0; i < rows->count; i++, item += rows->stride)
        out[i] = joblib_array__number_float64(item, rows->array->dtype);
}

static void convert_rows(const joblib_array *array, double *out)
{
    row_converter convert = row_converters[array->dtype->number];
    joblib_array__rows rows;
    for (joblib_array__rows_begin(&rows, array); rows.left > 0;
         joblib_array__rows_next(&rows)) {
        if (array->dtype->foreign)
            convert_foreign(out, &rows);
        else
            convert(out, rows.item, rows.count, rows.stride);
        out += rows.count;
    }
}

joblib_status joblib_array_read_float64(const joblib_array *array, double *out,
                                        size_t capacity, joblib_error *error)
{
    JOBLIB_REQUIRE(array && array->dtype, JOBLIB_ERROR_ARGUMENT,
                   "array or dtype is NULL");
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
