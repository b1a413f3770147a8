/* What a column has. */
#include "view/frame/column.h"
#include "joblib/frame.h"

joblib_cells joblib_column_kind(const joblib_column *column)
{
    return column ? (joblib_cells)column->kind : JOBLIB_CELLS_UNKNOWN;
}

const char *joblib_cells_name(int kind)
{
    static const char *const names[] = {
        [JOBLIB_CELLS_UNKNOWN] = "unknown",     [JOBLIB_CELLS_NUMBER] = "number",
        [JOBLIB_CELLS_RANGE] = "range",         [JOBLIB_CELLS_DATETIME] = "datetime",
        [JOBLIB_CELLS_TIMEDELTA] = "timedelta", [JOBLIB_CELLS_PERIOD] = "period",
        [JOBLIB_CELLS_TEXT] = "text",           [JOBLIB_CELLS_OBJECT] = "object",
        [JOBLIB_CELLS_CATEGORY] = "category",   [JOBLIB_CELLS_INTERVAL] = "interval",
    };
    bool known = kind >= 0 && (size_t)kind < sizeof names / sizeof names[0];
    return known ? names[kind] : "unknown";
}

size_t joblib_column_count(const joblib_column *column)
{
    return column ? column->count : 0;
}

const joblib_value *joblib_column_name(const joblib_column *column)
{
    return column ? column->name : NULL;
}

const char *joblib_column_dtype(const joblib_column *column)
{
    return column ? column->dtype : NULL;
}

const joblib_value *joblib_column_source(const joblib_column *column)
{
    return column ? column->source : NULL;
}

const joblib_array *joblib_column_values(const joblib_column *column)
{
    bool has = column && column->values.view.struct_size != 0 &&
               column->kind != JOBLIB_CELLS_UNKNOWN;
    return has ? &column->values.view : NULL;
}

const joblib_array *joblib_column_mask(const joblib_column *column)
{
    return column && column->mask.view.struct_size != 0 ? &column->mask.view : NULL;
}

const joblib_column *joblib_column_inner(const joblib_column *column, int part)
{
    return column && part >= 0 && part < JOBLIB_INNER_COUNT ? column->inner[part] : NULL;
}

bool joblib_column_is_ordered(const joblib_column *column)
{
    return column && column->ordered;
}

const char *joblib_column_zone(const joblib_column *column)
{
    return column ? column->zone : NULL;
}

const char *joblib_column_closed(const joblib_column *column)
{
    return column ? column->closed : NULL;
}
