#include "print/number_text.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/float_text.h"
#include "joblib/print.h"

size_t joblib_float_text(double value, bool single, char *out)
{
    return joblib_base__float_text(value, single, out);
}

void joblib_print__view_item(joblib_array *out, const joblib_dtype *dtype,
                             const void *item)
{
    *out = (joblib_array)JOBLIB_ARRAY_INIT;
    out->data = item;
    out->dtype = dtype;
    out->count = 1;
}

static bool write_unsigned(const joblib_array *view, char *text)
{
    uint64_t wide = 0;
    uint32_t half = 0;
    uint16_t quarter = 0;
    uint8_t byte = 0;
    size_t size = joblib_dtype_itemsize(view->dtype);
    void *target = size == 8   ? (void *)&wide
                   : size == 4 ? (void *)&half
                   : size == 2 ? (void *)&quarter
                               : (void *)&byte;
    if (joblib_array_read_bytes(view, target, size, NULL) != JOBLIB_OK) return false;
    (void)snprintf(text, JOBLIB_FLOAT_TEXT_SIZE, "%" PRIu64,
                   wide + half + quarter + byte);
    return true;
}

static bool write_signed(const joblib_array *view, char *text)
{
    int64_t value;
    if (joblib_array_read_int64(view, &value, 1, NULL) != JOBLIB_OK) return false;
    (void)snprintf(text, JOBLIB_FLOAT_TEXT_SIZE, "%" PRId64, value);
    return true;
}

static bool write_bool(const joblib_array *view, char *text)
{
    int64_t value;
    if (joblib_array_read_int64(view, &value, 1, NULL) != JOBLIB_OK) return false;
    memcpy(text, value != 0 ? "True" : "False", value != 0 ? 5 : 6);
    return true;
}

static bool write_float(const joblib_array *view, char *text)
{
    double value;
    if (joblib_array_read_float64(view, &value, 1, NULL) != JOBLIB_OK) return false;
    bool single = joblib_dtype_as_number(view->dtype) == JOBLIB_NUMBER_FLOAT32;
    (void)joblib_float_text(value, single, text);
    return true;
}

bool joblib_print__number_text(const joblib_dtype *dtype, const void *item,
                               char text[JOBLIB_FLOAT_TEXT_SIZE])
{
    joblib_array view;
    if (joblib_dtype_as_number(dtype) == JOBLIB_NUMBER_NONE) return false;
    joblib_print__view_item(&view, dtype, item);
    switch (joblib_dtype_kind(dtype)) {
    case 'b':
        return write_bool(&view, text);
    case 'i':
        return write_signed(&view, text);
    case 'u':
        return write_unsigned(&view, text);
    case 'f':
        return write_float(&view, text);
    default:
        return false;
    }
}
