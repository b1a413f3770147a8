/* The queue of columns, and reading one: from an array, through the classes around it. */
#include <string.h>

#include "array/array.h"
#include "base/checked.h"
#include "base/try.h"
#include "view/frame/array_class.h"

/* Categories may be categories in turn, but not for ever. */
#define MOST_DEPTH 4
#define MOST_WRAPPERS 8

joblib_status joblib_view__allocate(struct joblib_view__reader *reader, size_t count,
                                    size_t size, void **out, joblib_error *error)
{
    size_t bytes;
    joblib_base__arena *arena = &reader->frame->arena;
    JOBLIB_REQUIRE(joblib_base__size_mul(count, size, &bytes), JOBLIB_ERROR_LIMIT,
                   "%zu pieces of %zu bytes are more than memory can be", count, size);
    *out = joblib_base__arena_allocate(arena, bytes ? bytes : 1);
    if (!*out) return joblib_base__arena_fail(arena, bytes, error);
    memset(*out, 0, bytes);
    return JOBLIB_OK;
}

joblib_status joblib_view__spend_cells(struct joblib_view__reader *reader, size_t count,
                                       joblib_error *error)
{
    JOBLIB_REQUIRE(count <= reader->cells_left, JOBLIB_ERROR_LIMIT,
                   "more cells to check than max_cells allows");
    reader->cells_left -= count;
    return JOBLIB_OK;
}

joblib_status joblib_view__add_column(struct joblib_view__reader *reader,
                                      const joblib_value *source,
                                      const joblib_column *outer, joblib_column **out,
                                      joblib_error *error)
{
    void *piece;
    JOBLIB_TRY(joblib_view__allocate(reader, 1, sizeof **out, &piece, error));
    joblib_column *column = piece;
    column->source = source;
    column->row_count = 1;
    column->depth = outer ? (uint8_t)(outer->depth + 1) : 0;
    JOBLIB_REQUIRE(column->depth <= MOST_DEPTH, JOBLIB_ERROR_LIMIT,
                   "columns within columns more than %d deep", MOST_DEPTH);
    if (reader->last)
        reader->last->next = column;
    else
        reader->first = column;
    if (!reader->next) reader->next = column;
    reader->last = column;
    *out = column;
    return JOBLIB_OK;
}

joblib_status joblib_view__set_line(struct joblib_view__line *out,
                                    const joblib_array *array, size_t row,
                                    size_t row_count, joblib_error *error)
{
    size_t rows = array->ndim == 2 ? (size_t)array->shape[0] : 1;
    JOBLIB_REQUIRE(array->ndim == 1 || array->ndim == 2, JOBLIB_ERROR_ARRAY,
                   "a column is an array of %zu dimensions, 1 or 2 expected",
                   array->ndim);
    JOBLIB_REQUIRE(rows == row_count, JOBLIB_ERROR_ARRAY,
                   "a block of %zu columns has an array of %zu rows", row_count, rows);
    size_t last = array->ndim - 1;
    ptrdiff_t offset =
        array->ndim == 2 ? (ptrdiff_t)array->strides[0] * (ptrdiff_t)row : 0;
    int64_t itemsize = (int64_t)array->dtype->itemsize;
    out->shape[0] = array->shape[last];
    out->strides[0] = array->strides[last];
    out->view = *array;
    out->view.shape = out->shape;
    out->view.strides = out->strides;
    out->view.ndim = 1;
    out->view.count = (size_t)out->shape[0];
    out->view.data = out->view.count ? (const char *)array->data + offset : array->data;
    out->view.flags &= ~(uint32_t)(JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER);
    if (out->view.count < 2 || out->strides[0] == itemsize)
        out->view.flags |= JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER;
    return JOBLIB_OK;
}

static bool is_number(const joblib_dtype *dtype)
{
    return dtype->number != JOBLIB_NUMBER_NONE ||
           (dtype->kind == 'c' && dtype->itemsize <= 16);
}

/* What the elements are, unless a class around them tells more. */
static joblib_cells cells_of(const joblib_dtype *dtype)
{
    switch (dtype->kind) {
    case 'M':
        return JOBLIB_CELLS_DATETIME;
    case 'm':
        return JOBLIB_CELLS_TIMEDELTA;
    case 'O':
        return JOBLIB_CELLS_OBJECT;
    default:
        return is_number(dtype) ? JOBLIB_CELLS_NUMBER : JOBLIB_CELLS_UNKNOWN;
    }
}

/* Whether elements can be what a class says that they are. */
static bool is_fit(joblib_cells expected, const joblib_dtype *dtype)
{
    switch (expected) {
    case JOBLIB_CELLS_TEXT:
        return dtype->kind == 'O';
    case JOBLIB_CELLS_PERIOD:
    case JOBLIB_CELLS_CATEGORY:
        return dtype->kind == 'i';
    default:
        return expected == JOBLIB_CELLS_UNKNOWN || expected == cells_of(dtype);
    }
}

static joblib_status read_array(struct joblib_view__reader *reader, joblib_column *column,
                                const joblib_array *array, joblib_error *error)
{
    joblib_cells expected = (joblib_cells)column->expected;
    JOBLIB_TRY(joblib_view__set_line(&column->values, array, column->row,
                                     column->row_count, error));
    JOBLIB_REQUIRE(is_fit(expected, array->dtype), JOBLIB_ERROR_ARRAY,
                   "cells of %s are kept as %s", joblib_cells_name((int)expected),
                   array->dtype->text);
    column->count = column->values.view.count;
    column->kind = (uint8_t)(expected ? expected : cells_of(array->dtype));
    column->dtype = joblib_view__dtype_text(&reader->frame->arena, column);
    return column->dtype ? JOBLIB_OK
                         : joblib_base__arena_fail(&reader->frame->arena, 1, error);
}

static joblib_status check_single(const joblib_column *column, joblib_error *error)
{
    JOBLIB_REQUIRE(column->row_count == 1, JOBLIB_ERROR_ARRAY,
                   "a block of %zu columns has an array of one", column->row_count);
    return JOBLIB_OK;
}

/* Goes through the classes around an array. `*value` becomes the array, or NULL where a
   class was read in full or is not known. */
static joblib_status unwrap(struct joblib_view__reader *reader, joblib_column *column,
                            const joblib_value **value, joblib_error *error)
{
    for (int i = 0; i < MOST_WRAPPERS; i++) {
        struct joblib_view__pandas object;
        if (!joblib_view__open_pandas(*value, &object)) return JOBLIB_OK;
        const struct joblib_view__array_class *class =
            joblib_view__find_array_class(object.name);
        *value = NULL;
        if (!class) return JOBLIB_OK;
        if (class->expected && !column->expected) column->expected = class->expected;
        if (class->read) JOBLIB_TRY(class->read(reader, column, &object, error));
        if (class->is_complete) return check_single(column, error);
        *value = joblib_view__pandas_array(&object);
        JOBLIB_REQUIRE(*value, JOBLIB_ERROR_KIND, "%.60s has no array", object.name);
    }
    return joblib_base__set_error(error, JOBLIB_ERROR_LIMIT,
                                  "more than %d classes around an array", MOST_WRAPPERS);
}

static joblib_status read_column(struct joblib_view__reader *reader,
                                 joblib_column *column, joblib_error *error)
{
    const joblib_value *value = column->source;
    joblib_array array;
    struct joblib_view__line frozen;
    column->dtype = "unknown";
    JOBLIB_TRY(unwrap(reader, column, &value, error));
    if (joblib_value_kind(value) == JOBLIB_KIND_ARRAY) {
        JOBLIB_TRY(joblib_value_array(value, &array, error));
        return read_array(reader, column, &array, error);
    }
    if (joblib_view__is_frozen_array(value)) {
        JOBLIB_TRY(joblib_view__open_frozen_array(value, &frozen, error));
        return read_array(reader, column, &frozen.view, error);
    }
    return JOBLIB_OK;
}

joblib_status joblib_view__read_columns(struct joblib_view__reader *reader,
                                        joblib_error *error)
{
    for (; reader->next; reader->next = reader->next->next)
        JOBLIB_TRY(read_column(reader, reader->next, error));
    return JOBLIB_OK;
}

#undef MOST_DEPTH
#undef MOST_WRAPPERS
