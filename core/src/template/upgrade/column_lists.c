/* Reading the columns of a ColumnTransformer. */
#include "template/upgrade/column_lists.h"

#include <string.h>

#include "base/try.h"
#include "template/composition.h"

joblib_value *joblib_upgrade__plain_columns(const joblib_value *columns)
{
    const char *name = joblib_value_name(columns);
    bool is_wrapped = joblib_value_kind(columns) == JOBLIB_KIND_OBJECT && name &&
                      strcmp(name, "_RemainderColsList") == 0;
    const joblib_value *data =
        is_wrapped ? joblib_value_attribute(columns, "data") : NULL;
    return joblib_template__own(data ? data : columns);
}

static bool is_slice(const joblib_value *value)
{
    const char *name = joblib_value_name(value);
    return joblib_value_kind(value) == JOBLIB_KIND_OBJECT && name &&
           strcmp(name, "slice") == 0;
}

static bool is_array(const joblib_value *value)
{
    return joblib_value_kind(value) == JOBLIB_KIND_ARRAY;
}

/* How many columns a list or array has; a text or number is one. */
static size_t count_columns(const joblib_value *columns)
{
    int kind = (int)joblib_value_kind(columns);
    bool is_many = kind == JOBLIB_KIND_LIST || kind == JOBLIB_KIND_TUPLE ||
                   kind == JOBLIB_KIND_ARRAY;
    return is_many ? joblib_value_count(columns) : 1;
}

/* One column of a list, or of an array of objects. */
static const joblib_value *column_at(const joblib_value *columns, size_t index)
{
    joblib_array view;
    if (is_array(columns))
        return joblib_value_array(columns, &view, NULL) == JOBLIB_OK
                   ? joblib_array_object(&view, index)
                   : NULL;
    const joblib_value *item = joblib_value_at(columns, index);
    return item ? item : columns;
}

bool joblib_upgrade__are_named(const joblib_value *columns)
{
    if (is_slice(columns))
        return joblib_value_text(joblib_value_at(joblib_value_arguments(columns), 0),
                                 NULL) != NULL;
    if (is_array(columns) && joblib_dtype_kind(joblib_value_dtype(columns)) != 'O')
        return joblib_dtype_kind(joblib_value_dtype(columns)) == 'U';
    return count_columns(columns) > 0 &&
           joblib_value_text(column_at(columns, 0), NULL) != NULL;
}

static int64_t number_of_name(const struct joblib_upgrade__table *table, const char *text)
{
    for (size_t i = 0; i < joblib_value_count(table->names); i++)
        if (joblib_template__is_text(column_at(table->names, i), text)) return (int64_t)i;
    return -1;
}

/* A number, counted from the end if it is negative, or that of a name; -1 for others. */
static int64_t column_number(const struct joblib_upgrade__table *table,
                             const joblib_value *column)
{
    int64_t number;
    const char *text = joblib_value_text(column, NULL);
    if (text) return number_of_name(table, text);
    if (joblib_value_as_int64(column, &number, NULL) != JOBLIB_OK) return -1;
    if (number < 0 && table->features >= 0) number += table->features;
    return number;
}

/* The end of a slice that is not told is that of the table. A name is part of it. */
static int64_t end_of_slice(const struct joblib_upgrade__table *table,
                            const joblib_value *end, int64_t missing)
{
    if (joblib_value_kind(end) == JOBLIB_KIND_NONE) return missing;
    int64_t number = column_number(table, end);
    return joblib_value_text(end, NULL) && missing > 0 && number >= 0 ? number + 1
                                                                      : number;
}

static joblib_status number_slice(const struct joblib_upgrade__table *table,
                                  const joblib_value *slice, bool *known, int64_t **out,
                                  size_t *count, joblib_error *error)
{
    const joblib_value *ends = joblib_value_arguments(slice);
    int64_t start = end_of_slice(table, joblib_value_at(ends, 0), 0);
    int64_t stop = end_of_slice(table, joblib_value_at(ends, 1), table->features);
    int64_t step = 1;
    const joblib_value *given = joblib_value_at(ends, 2);
    if (joblib_value_kind(given) != JOBLIB_KIND_NONE &&
        joblib_value_as_int64(given, &step, NULL) != JOBLIB_OK)
        step = 0;
    if (stop > table->features) stop = table->features;
    *known = start >= 0 && stop >= 0 && step > 0;
    *count = 0;
    if (!*known) return JOBLIB_OK;
    JOBLIB_TRY(joblib_template__room(table->made, (size_t)table->features, sizeof **out,
                                     out, error));
    for (int64_t i = start; i < stop; i += step) (*out)[(*count)++] = i;
    return JOBLIB_OK;
}

static bool is_bool_column(const joblib_value *column)
{
    return joblib_value_kind(column) == JOBLIB_KIND_BOOL;
}

/* Numbers of one column after the other; a bool tells whether its place is one. */
static bool number_items(const struct joblib_upgrade__table *table,
                         const joblib_value *columns, size_t items, int64_t *out,
                         size_t *count)
{
    for (size_t i = 0; i < items; i++) {
        const joblib_value *column = column_at(columns, i);
        bool is_mask = is_bool_column(column);
        if (is_mask && !joblib_template__truth(column)) continue;
        int64_t number = is_mask ? (int64_t)i : column_number(table, column);
        if (number < 0) return false;
        out[(*count)++] = number;
    }
    return true;
}

/* An array of integers or bools. */
static joblib_status number_array(const struct joblib_upgrade__table *table,
                                  const joblib_value *array, int64_t **out, size_t *count,
                                  joblib_error *error)
{
    int64_t *numbers;
    bool is_mask = joblib_dtype_kind(joblib_value_dtype(array)) == 'b';
    size_t items;
    JOBLIB_TRY(joblib_template__ints(table->made, array, &numbers, &items, error));
    *count = 0;
    for (size_t i = 0; i < items; i++) {
        if (is_mask && numbers[i] == 0) continue;
        int64_t number = is_mask ? (int64_t)i : numbers[i];
        numbers[(*count)++] = number < 0 ? number + table->features : number;
    }
    *out = numbers;
    return JOBLIB_OK;
}

joblib_status joblib_upgrade__number_columns(const struct joblib_upgrade__table *table,
                                             const joblib_value *columns, bool *known,
                                             int64_t **out, size_t *count,
                                             joblib_error *error)
{
    *known = true;
    *count = 0;
    if (is_slice(columns)) return number_slice(table, columns, known, out, count, error);
    int kind = is_array(columns) ? joblib_dtype_kind(joblib_value_dtype(columns)) : 'O';
    if (kind == 'i' || kind == 'u' || kind == 'b')
        return number_array(table, columns, out, count, error);
    size_t items = count_columns(columns);
    JOBLIB_TRY(joblib_template__room(table->made, items, sizeof **out, out, error));
    *known = kind == 'O' && number_items(table, columns, items, *out, count);
    return JOBLIB_OK;
}
