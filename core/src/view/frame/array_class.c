/* The classes of pandas that hold cells. */
#include "view/frame/array_class.h"

#include <string.h>

#include "array/array.h"
#include "base/try.h"

static joblib_status add_inner(struct joblib_view__reader *reader, joblib_column *column,
                               const joblib_value *source, int part, joblib_error *error)
{
    JOBLIB_REQUIRE(source, JOBLIB_ERROR_KIND, "a column of %s lacks a part",
                   joblib_cells_name(column->expected));
    return joblib_view__add_column(reader, source, column, &column->inner[part], error);
}

/* Dates: an index has the zone beside its array, an array in its dtype. */
static joblib_status note_zone(struct joblib_view__reader *reader, joblib_column *column,
                               const struct joblib_view__pandas *object,
                               joblib_error *error)
{
    joblib_base__arena *arena = &reader->frame->arena;
    const joblib_value *zone = joblib_view__pandas_field(object, "tz");
    if (!zone) zone = joblib_value_attribute(joblib_view__pandas_dtype(object), "tz");
    if (!zone || joblib_value_kind(zone) == JOBLIB_KIND_NONE) return JOBLIB_OK;
    column->zone = joblib_view__zone_text(arena, zone);
    return column->zone ? JOBLIB_OK : joblib_base__arena_fail(arena, 1, error);
}

static joblib_status note_frequency(struct joblib_view__reader *reader,
                                    joblib_column *column,
                                    const struct joblib_view__pandas *object,
                                    joblib_error *error)
{
    const joblib_value *found = joblib_view__pandas_dtype(object);
    (void)reader, (void)error;
    if (!found) found = joblib_view__pandas_field(object, "freq");
    if (found) column->frequency = found;
    return JOBLIB_OK;
}

static joblib_status note_string(struct joblib_view__reader *reader,
                                 joblib_column *column,
                                 const struct joblib_view__pandas *object,
                                 joblib_error *error)
{
    (void)reader, (void)error;
    column->dtype = joblib_view__string_text(joblib_view__pandas_dtype(object));
    return JOBLIB_OK;
}

static joblib_status read_mask(struct joblib_view__reader *reader, joblib_column *column,
                               const struct joblib_view__pandas *object,
                               joblib_error *error)
{
    joblib_array mask;
    (void)reader;
    column->masked = true;
    JOBLIB_TRY(
        joblib_value_array(joblib_view__pandas_field(object, "_mask"), &mask, error));
    JOBLIB_REQUIRE(mask.dtype->kind == 'b', JOBLIB_ERROR_ARRAY, "a mask is kept as %s",
                   mask.dtype->text);
    return joblib_view__set_line(&column->mask, &mask, column->row, column->row_count,
                                 error);
}

/* Before pandas 0.21 a Categorical has what is in its dtype later. */
static joblib_status read_categories(struct joblib_view__reader *reader,
                                     joblib_column *column,
                                     const struct joblib_view__pandas *object,
                                     joblib_error *error)
{
    const joblib_value *dtype = joblib_view__pandas_dtype(object);
    const joblib_value *categories = joblib_value_attribute(dtype, "categories");
    const joblib_value *ordered = joblib_value_attribute(dtype, "ordered");
    if (!categories) categories = joblib_view__pandas_field(object, "_categories");
    if (!ordered) ordered = joblib_view__pandas_field(object, "_ordered");
    if (joblib_value_as_bool(ordered, &column->ordered, NULL) != JOBLIB_OK)
        column->ordered = false;
    return add_inner(reader, column, categories, JOBLIB_INNER_CATEGORIES, error);
}

static const char *constant_ends(const joblib_value *closed)
{
    static const char *const names[] = {"right", "left", "both", "neither"};
    const char *text = joblib_value_text(closed, NULL);
    for (size_t i = 0; text && i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i], text) == 0) return names[i];
    }
    return NULL;
}

/* Fields of an index have plain names, those of an array an underscore; `closed` moved
   to the dtype. */
static joblib_status read_interval(struct joblib_view__reader *reader,
                                   joblib_column *column,
                                   const struct joblib_view__pandas *object,
                                   joblib_error *error)
{
    const joblib_value *left = joblib_view__pandas_field(object, "left");
    const joblib_value *right = joblib_view__pandas_field(object, "right");
    const joblib_value *closed = joblib_view__pandas_field(object, "closed");
    if (!left) left = joblib_view__pandas_field(object, "_left");
    if (!right) right = joblib_view__pandas_field(object, "_right");
    if (!closed) closed = joblib_view__pandas_field(object, "_closed");
    if (!closed)
        closed = joblib_value_attribute(joblib_view__pandas_dtype(object), "closed");
    column->closed = constant_ends(closed);
    JOBLIB_REQUIRE(column->closed, JOBLIB_ERROR_KIND, "intervals do not tell their ends");
    column->kind = JOBLIB_CELLS_INTERVAL;
    JOBLIB_TRY(add_inner(reader, column, left, JOBLIB_INNER_LEFT, error));
    return add_inner(reader, column, right, JOBLIB_INNER_RIGHT, error);
}

static joblib_status read_range_index(struct joblib_view__reader *reader,
                                      joblib_column *column,
                                      const struct joblib_view__pandas *object,
                                      joblib_error *error)
{
    int64_t stop;
    (void)reader;
    JOBLIB_TRY(joblib_value_as_int64(joblib_view__pandas_field(object, "start"),
                                     &column->start, error));
    JOBLIB_TRY(
        joblib_value_as_int64(joblib_view__pandas_field(object, "stop"), &stop, error));
    JOBLIB_TRY(joblib_value_as_int64(joblib_view__pandas_field(object, "step"),
                                     &column->step, error));
    uint64_t count = joblib_view__range_count(column->start, stop, column->step);
    JOBLIB_REQUIRE(column->step != 0 && count <= PTRDIFF_MAX, JOBLIB_ERROR_ARRAY,
                   "a range of step %lld and %llu numbers", (long long)column->step,
                   (unsigned long long)count);
    column->count = (size_t)count;
    column->kind = JOBLIB_CELLS_RANGE;
    column->dtype = "int64";
    return JOBLIB_OK;
}

const struct joblib_view__array_class *joblib_view__find_array_class(const char *name)
{
    static const struct joblib_view__array_class classes[] = {
        {"Index", 0, false, NULL},
        {"Int64Index", 0, false, NULL},
        {"UInt64Index", 0, false, NULL},
        {"Float64Index", 0, false, NULL},
        {"NumericIndex", 0, false, NULL},
        {"RangeIndex", JOBLIB_CELLS_RANGE, true, read_range_index},
        {"DatetimeIndex", JOBLIB_CELLS_DATETIME, false, note_zone},
        {"TimedeltaIndex", JOBLIB_CELLS_TIMEDELTA, false, NULL},
        {"PeriodIndex", JOBLIB_CELLS_PERIOD, false, note_frequency},
        {"CategoricalIndex", JOBLIB_CELLS_CATEGORY, false, NULL},
        {"IntervalIndex", JOBLIB_CELLS_INTERVAL, true, read_interval},
        {"PandasArray", 0, false, NULL},
        {"NumpyExtensionArray", 0, false, NULL},
        {"DatetimeArray", JOBLIB_CELLS_DATETIME, false, note_zone},
        {"TimedeltaArray", JOBLIB_CELLS_TIMEDELTA, false, NULL},
        {"PeriodArray", JOBLIB_CELLS_PERIOD, false, note_frequency},
        {"Categorical", JOBLIB_CELLS_CATEGORY, false, read_categories},
        {"IntervalArray", JOBLIB_CELLS_INTERVAL, true, read_interval},
        {"IntegerArray", JOBLIB_CELLS_NUMBER, false, read_mask},
        {"FloatingArray", JOBLIB_CELLS_NUMBER, false, read_mask},
        {"BooleanArray", JOBLIB_CELLS_NUMBER, false, read_mask},
        {"StringArray", JOBLIB_CELLS_TEXT, false, note_string},
        {"StringArrayNumpySemantics", JOBLIB_CELLS_TEXT, false, note_string},
        {"ArrowStringArray", JOBLIB_CELLS_TEXT, true, joblib_view__read_arrow},
        {"ArrowStringArrayNumpySemantics", JOBLIB_CELLS_TEXT, true,
         joblib_view__read_arrow},
        {"ArrowExtensionArray", 0, true, joblib_view__read_arrow},
    };
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) {
        if (strcmp(classes[i].name, name) == 0) return &classes[i];
    }
    return NULL;
}
