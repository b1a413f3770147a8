#include "support/frames.h"

#include <stddef.h>
#include <string.h>

/* Texts are read to their end: a sanitizer sees what is not there. */
static size_t sum_text(const char *text, size_t size)
{
    size_t sum = 0;
    for (size_t i = 0; text && i < size; i++) sum += (unsigned char)text[i];
    return sum;
}

static bool read_cell(const joblib_column *column, size_t row)
{
    size_t size = 0;
    int64_t integer;
    double real;
    bool missing = joblib_column_is_missing(column, row);
    const char *text = joblib_column_text(column, row, &size);
    const joblib_value *value = joblib_column_value(column, row);
    bool is_integer = joblib_column_int64(column, row, &integer, NULL) == JOBLIB_OK;
    bool is_real = joblib_column_float64(column, row, &real, NULL) == JOBLIB_OK;
    bool agrees = !(missing && (text || is_integer)) && (!is_integer || is_real);
    return agrees && sum_text(text, size) + (value != NULL) < SIZE_MAX;
}

static bool read_values(const joblib_array *array, size_t count)
{
    if (!array) return true;
    size_t size = joblib_dtype_itemsize(array->dtype);
    for (size_t i = 0; i < array->count && i < count; i++) {
        const char *item = joblib_array_item(array, i);
        if (!item || sum_text(item, size) == SIZE_MAX) return false;
    }
    return true;
}

static bool read_column(const joblib_column *column, size_t most)
{
    size_t count = joblib_column_count(column);
    bool agrees = strlen(joblib_column_dtype(column)) > 0;
    if (count > most) count = most;
    for (size_t row = 0; row < count; row++) agrees &= read_cell(column, row);
    agrees &= joblib_column_is_missing(column, joblib_column_count(column));
    agrees &= read_values(joblib_column_values(column), most);
    agrees &= read_values(joblib_column_mask(column), most);
    return agrees;
}

/* A column, and those within it. */
static bool read_columns(const joblib_column *column, size_t most)
{
    bool agrees = read_column(column, most);
    for (int part = JOBLIB_INNER_CATEGORIES; part <= JOBLIB_INNER_RIGHT; part++) {
        const joblib_column *inner = joblib_column_inner(column, part);
        if (inner) agrees &= read_column(inner, most);
    }
    return agrees;
}

bool frame_read_all(const joblib_frame *frame, size_t most)
{
    bool agrees = true;
    for (size_t i = 0; i < joblib_frame_count(frame); i++)
        agrees &= read_columns(joblib_frame_column(frame, i), most);
    for (size_t i = 0; i < joblib_frame_index_count(frame); i++)
        agrees &= read_columns(joblib_frame_index(frame, i), most);
    for (size_t i = 0; i < joblib_frame_label_count(frame); i++)
        agrees &= read_columns(joblib_frame_label(frame, i), most);
    return agrees;
}
