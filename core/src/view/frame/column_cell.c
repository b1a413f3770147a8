/* One cell of a column. */
#include <math.h>
#include <string.h>

#include "array/array.h"
#include "base/endian.h"
#include "base/try.h"
#include "joblib/frame.h"
#include "value/node.h"
#include "view/frame/pandas.h"

/* Where a cell stands: in a column, or in that of the categories which it counts. */
struct place {
    const joblib_column *column;
    size_t row;
    const void *item; /* NULL where the column has no array */
};

static const void *item_of(const struct joblib_view__line *line, size_t row)
{
    return (const char *)line->view.data + (ptrdiff_t)row * (ptrdiff_t)line->strides[0];
}

static void find_item(struct place *place)
{
    const struct joblib_view__line *line = &place->column->values;
    bool has = line->view.struct_size != 0 && place->row < line->view.count;
    place->item = has ? item_of(line, place->row) : NULL;
}

/* Follows codes; false for cells outside, and for the code of a missing cell. */
static bool find_place(const joblib_column *column, size_t row, struct place *out)
{
    *out = (struct place){column, row, NULL};
    for (;;) {
        if (!out->column || out->row >= out->column->count) return false;
        find_item(out);
        if (out->column->kind != JOBLIB_CELLS_CATEGORY) return true;
        int64_t code = -1;
        (void)joblib_array__number_int64(out->item, out->column->values.view.dtype,
                                         &code);
        if (code < 0) return false;
        out->column = out->column->inner[JOBLIB_INNER_CATEGORIES];
        out->row = (size_t)code;
    }
}

static const joblib_value *object_at(const struct place *place)
{
    const joblib_value *value;
    memcpy(&value, place->item, sizeof value);
    return value;
}

/* numpy's dates and durations have 8 bytes, Arrow's are integers. */
static int64_t ticks_at(const void *item, const joblib_dtype *dtype)
{
    int64_t ticks = 0;
    if (dtype->kind == 'i')
        (void)joblib_array__number_int64(item, dtype, &ticks);
    else
        ticks = (int64_t)(dtype->byteorder == '>' ? joblib_base__read_be64(item)
                                                  : joblib_base__read_le64(item));
    return ticks;
}

static bool is_nan_number(const void *item, const joblib_dtype *dtype)
{
    if (dtype->kind == 'f' && dtype->number != JOBLIB_NUMBER_NONE)
        return isnan(joblib_array__number_float64(item, dtype));
    return false;
}

/* pandas.isna() of a complex number: that either part is a NaN. */
static bool is_nan_complex(const void *item, const joblib_dtype *dtype)
{
    double parts[2];
    float halves[2];
    if (dtype->itemsize == sizeof halves && !dtype->foreign) {
        memcpy(halves, item, sizeof halves);
        return isnan(halves[0]) || isnan(halves[1]);
    }
    if (dtype->itemsize != sizeof parts || dtype->foreign) return false;
    memcpy(parts, item, sizeof parts);
    return isnan(parts[0]) || isnan(parts[1]);
}

/* NaT and NA, by the names that releases pickle them with. */
static bool is_missing_name(const joblib_value *value)
{
    const char *module = joblib_value_module(value), *name = joblib_value_name(value);
    return module && name && strncmp(module, "pandas", 6) == 0 &&
           (strcmp(name, "_nat_unpickle") == 0 || strcmp(name, "__nat_unpickle") == 0 ||
            strcmp(name, "NaT") == 0 || strcmp(name, "NA") == 0);
}

static bool is_missing_scalar(const joblib_value *value)
{
    const joblib_array *view = &value->array->view;
    if (view->dtype->kind == 'M' || view->dtype->kind == 'm')
        return ticks_at(view->data, view->dtype) == INT64_MIN;
    return is_nan_number(view->data, view->dtype) ||
           (view->dtype->kind == 'c' && is_nan_complex(view->data, view->dtype));
}

static bool is_missing_value(const joblib_value *value)
{
    switch (joblib_value_kind(value)) {
    case JOBLIB_KIND_NONE:
        return true;
    case JOBLIB_KIND_FLOAT:
        return isnan(value->real);
    case JOBLIB_KIND_COMPLEX:
        return isnan(value->real) || isnan(value->imaginary);
    case JOBLIB_KIND_SCALAR:
        return is_missing_scalar(value);
    case JOBLIB_KIND_GLOBAL:
    case JOBLIB_KIND_OBJECT:
        return is_missing_name(value);
    default:
        return false;
    }
}

static bool is_missing_item(const struct place *place)
{
    const joblib_column *column = place->column;
    if (!place->item) return column->kind == JOBLIB_CELLS_UNKNOWN;
    if (column->masked) return false;
    switch ((joblib_cells)column->kind) {
    case JOBLIB_CELLS_NUMBER:
        return is_nan_number(place->item, column->values.view.dtype) ||
               (column->values.view.dtype->kind == 'c' &&
                is_nan_complex(place->item, column->values.view.dtype));
    case JOBLIB_CELLS_OBJECT:
    case JOBLIB_CELLS_TEXT:
        return is_missing_value(object_at(place));
    case JOBLIB_CELLS_UNKNOWN:
        return true;
    default:
        return ticks_at(place->item, column->values.view.dtype) == INT64_MIN;
    }
}

bool joblib_column_is_missing(const joblib_column *column, size_t row)
{
    struct place place;
    if (!find_place(column, row, &place)) return true;
    column = place.column;
    if (column->kind == JOBLIB_CELLS_INTERVAL) {
        const joblib_column *left = column->inner[JOBLIB_INNER_LEFT];
        if (!find_place(left, place.row, &place)) return true;
    }
    if (place.column->texts) return !place.column->texts[place.row].text;
    if (place.column->mask.view.struct_size != 0) {
        const uint8_t *flag = item_of(&place.column->mask, place.row);
        if (*flag) return true;
    }
    return is_missing_item(&place);
}

const joblib_value *joblib_column_value(const joblib_column *column, size_t row)
{
    struct place place;
    if (!find_place(column, row, &place) || !place.item) return NULL;
    bool has_objects = place.column->kind == JOBLIB_CELLS_OBJECT ||
                       place.column->kind == JOBLIB_CELLS_TEXT;
    return has_objects ? object_at(&place) : NULL;
}

const char *joblib_column_text(const joblib_column *column, size_t row, size_t *size_out)
{
    struct place place;
    if (!find_place(column, row, &place)) return NULL;
    if (!place.column->texts)
        return joblib_value_text(joblib_column_value(place.column, place.row), size_out);
    const struct joblib_view__cell_text *text = &place.column->texts[place.row];
    if (size_out && text->text) *size_out = text->size;
    return text->text;
}

static joblib_status find_cell(const joblib_column *column, size_t row, const void *out,
                               struct place *place, joblib_error *error)
{
    JOBLIB_REQUIRE(out != NULL, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    JOBLIB_REQUIRE(column && row < column->count, JOBLIB_ERROR_RANGE,
                   "cell %zu of a column of %zu", row, joblib_column_count(column));
    JOBLIB_REQUIRE(!joblib_column_is_missing(column, row) &&
                       find_place(column, row, place),
                   JOBLIB_ERROR_KIND, "cell %zu is missing", row);
    return JOBLIB_OK;
}

static joblib_status fail_cell(const struct place *place, const char *expected,
                               joblib_error *error)
{
    return joblib_base__set_error(error, JOBLIB_ERROR_KIND, "%s found, %s expected",
                                  joblib_cells_name(place->column->kind), expected);
}

static joblib_status read_integer_cell(const struct place *place, int64_t *out,
                                       joblib_error *error)
{
    const joblib_dtype *dtype = place->column->values.view.dtype;
    if (!dtype || (dtype->kind != 'i' && dtype->kind != 'u' && dtype->kind != 'b'))
        return fail_cell(place, "an integer", error);
    JOBLIB_REQUIRE(joblib_array__number_int64(place->item, dtype, out),
                   JOBLIB_ERROR_RANGE, "an integer beyond 64 bits");
    return JOBLIB_OK;
}

joblib_status joblib_column_int64(const joblib_column *column, size_t row, int64_t *out,
                                  joblib_error *error)
{
    struct place place;
    JOBLIB_TRY(find_cell(column, row, out, &place, error));
    switch ((joblib_cells)place.column->kind) {
    case JOBLIB_CELLS_RANGE:
        *out = (int64_t)((uint64_t)place.column->start +
                         (uint64_t)place.row * (uint64_t)place.column->step);
        return JOBLIB_OK;
    case JOBLIB_CELLS_NUMBER:
        return read_integer_cell(&place, out, error);
    case JOBLIB_CELLS_DATETIME:
    case JOBLIB_CELLS_TIMEDELTA:
    case JOBLIB_CELLS_PERIOD:
        *out = ticks_at(place.item, place.column->values.view.dtype);
        return JOBLIB_OK;
    case JOBLIB_CELLS_OBJECT:
        return joblib_value_as_int64(object_at(&place), out, error);
    default:
        return fail_cell(&place, "an integer", error);
    }
}

joblib_status joblib_column_float64(const joblib_column *column, size_t row, double *out,
                                    joblib_error *error)
{
    struct place place;
    int64_t integer;
    joblib_status status = find_cell(column, row, out, &place, error);
    if (status == JOBLIB_ERROR_KIND) {
        *out = (double)NAN;
        return JOBLIB_OK;
    }
    JOBLIB_TRY(status);
    if (place.column->kind == JOBLIB_CELLS_OBJECT)
        return joblib_value_as_float64(object_at(&place), out, error);
    const joblib_dtype *dtype = place.column->values.view.dtype;
    if (place.column->kind == JOBLIB_CELLS_NUMBER && dtype->kind != 'c') {
        *out = joblib_array__number_float64(place.item, dtype);
        return JOBLIB_OK;
    }
    JOBLIB_TRY(joblib_column_int64(column, row, &integer, error));
    *out = (double)integer;
    return JOBLIB_OK;
}
