#include "print/item_text.h"

#include <inttypes.h>

#include "base/allocator.h"
#include "print/escape.h"
#include "print/number_text.h"

enum { SHOWN_FIELDS = 8, SHOWN_BYTES = 16, SHOWN_CHARACTERS = 40 };

static void put_raw_item(joblib_print__output *out, const joblib_dtype *dtype,
                         const void *item)
{
    const unsigned char *bytes = item;
    size_t size = joblib_dtype_itemsize(dtype);
    joblib_print__put_text(out, "0x");
    for (size_t i = 0; i < size && i < SHOWN_BYTES; i++) {
        joblib_print__put_format(out, "%02x", bytes[i]);
    }
    if (size > SHOWN_BYTES) joblib_print__put_text(out, "\xe2\x80\xa6");
}

static void put_text_item(joblib_print__output *out, const joblib_dtype *dtype,
                          const void *item)
{
    joblib_array view;
    size_t size = 0;
    joblib_print__view_item(&view, dtype, item);
    if (joblib_array_text(&view, 0, NULL, 0, &size, NULL) != JOBLIB_OK) return;
    const size_t room = size + 1;
    char *text = joblib_print__allocate(out, room);
    if (text == NULL) return;
    if (joblib_array_text(&view, 0, text, size, &size, NULL) != JOBLIB_OK) size = 0;
    if (joblib_dtype_kind(dtype) == 'U') {
        joblib_print__put_quoted(out, text, size, SHOWN_CHARACTERS);
    } else {
        joblib_print__put_quoted_bytes(out, text, size, SHOWN_CHARACTERS);
    }
    joblib_base__free(&out->allocator, text, room);
}

void joblib_print__put_complex(joblib_print__output *out, double real, double imaginary,
                               bool single)
{
    char text[2][JOBLIB_FLOAT_TEXT_SIZE];
    (void)joblib_float_text(real, single, text[0]);
    (void)joblib_float_text(imaginary, single, text[1]);
    joblib_print__put_format(out, "(%s%s%sj)", text[0], text[1][0] == '-' ? "" : "+",
                             text[1]);
}

/* Complex numbers of two floats or two doubles. */
static void put_complex_item(joblib_print__output *out, const joblib_dtype *dtype,
                             const void *item)
{
    joblib_array view;
    float single[2];
    double wide[2];
    size_t size = joblib_dtype_itemsize(dtype);
    joblib_print__view_item(&view, dtype, item);
    if (size == sizeof single &&
        joblib_array_read_bytes(&view, single, size, NULL) == JOBLIB_OK) {
        joblib_print__put_complex(out, (double)single[0], (double)single[1], true);
    } else if (size == sizeof wide &&
               joblib_array_read_bytes(&view, wide, size, NULL) == JOBLIB_OK) {
        joblib_print__put_complex(out, wide[0], wide[1], false);
    } else {
        put_raw_item(out, dtype, item);
    }
}

/* Dates and durations: the number of units, which the dtype names. */
static void put_date_item(joblib_print__output *out, const joblib_dtype *dtype,
                          const void *item)
{
    joblib_array view;
    int64_t units = 0;
    joblib_print__view_item(&view, dtype, item);
    if (joblib_array_read_bytes(&view, &units, sizeof units, NULL) != JOBLIB_OK) {
        put_raw_item(out, dtype, item);
    } else if (units == INT64_MIN) {
        joblib_print__put_text(out, "NaT");
    } else {
        joblib_print__put_format(out, "%" PRId64, units);
    }
}

/* Anything but a record. */
static void put_plain_item(joblib_print__output *out, const joblib_dtype *dtype,
                           const void *item)
{
    char text[JOBLIB_FLOAT_TEXT_SIZE];
    if (joblib_dtype_base(dtype) == NULL &&
        joblib_print__number_text(dtype, item, text)) {
        joblib_print__put_text(out, text);
        return;
    }
    switch (joblib_dtype_base(dtype) == NULL ? joblib_dtype_kind(dtype) : 'V') {
    case 'U':
    case 'S':
        put_text_item(out, dtype, item);
        break;
    case 'c':
        put_complex_item(out, dtype, item);
        break;
    case 'M':
    case 'm':
        put_date_item(out, dtype, item);
        break;
    case 'O':
        joblib_print__put_text(out, "object");
        break;
    default:
        put_raw_item(out, dtype, item);
        break;
    }
}

void joblib_print__put_item(joblib_print__output *out, const joblib_dtype *dtype,
                            const void *item)
{
    size_t count = joblib_dtype_field_count(dtype);
    if (count == 0) {
        put_plain_item(out, dtype, item);
        return;
    }
    joblib_print__put_text(out, "(");
    for (size_t i = 0; i < count && i < SHOWN_FIELDS; i++) {
        const joblib_dtype *field = NULL;
        size_t offset = 0;
        (void)joblib_dtype_field(dtype, i, NULL, &field, &offset);
        if (i > 0) joblib_print__put_text(out, ", ");
        put_plain_item(out, field, (const char *)item + offset);
    }
    joblib_print__put_text(out, count > SHOWN_FIELDS ? ", \xe2\x80\xa6)" : ")");
}
