/* An index as columns: one, or one for each level of a MultiIndex. */
#include <string.h>

#include "base/try.h"
#include "view/frame/pandas.h"

static const joblib_value *none_as_null(const joblib_value *value)
{
    return joblib_value_kind(value) == JOBLIB_KIND_NONE ? NULL : value;
}

/* A level: codes, and a column of what they count. */
static joblib_status add_level(struct joblib_view__reader *reader,
                               const joblib_value *codes, const joblib_value *categories,
                               joblib_column **out, joblib_error *error)
{
    joblib_column *column;
    JOBLIB_TRY(joblib_view__add_column(reader, codes, NULL, &column, error));
    column->expected = JOBLIB_CELLS_CATEGORY;
    *out = column;
    return joblib_view__add_column(reader, categories, column,
                                   &column->inner[JOBLIB_INNER_CATEGORIES], error);
}

/* `codes` were called `labels` before pandas 0.24. */
static joblib_status add_levels(struct joblib_view__reader *reader,
                                const struct joblib_view__pandas *index,
                                struct joblib_view__levels *out, joblib_error *error)
{
    const joblib_value *levels = joblib_view__pandas_field(index, "levels");
    const joblib_value *codes = joblib_view__pandas_field(index, "codes");
    const joblib_value *names = joblib_view__pandas_field(index, "names");
    if (!codes) codes = joblib_view__pandas_field(index, "labels");
    out->count = joblib_value_count(levels);
    JOBLIB_REQUIRE(out->count > 0 && joblib_value_count(codes) == out->count,
                   JOBLIB_ERROR_ARRAY, "MultiIndex has %zu levels and codes for %zu",
                   out->count, joblib_value_count(codes));
    void *columns;
    JOBLIB_TRY(joblib_view__allocate(reader, out->count, sizeof(joblib_column *),
                                     &columns, error));
    out->columns = columns;
    for (size_t i = 0; i < out->count; i++) {
        JOBLIB_TRY(add_level(reader, joblib_value_at(codes, i),
                             joblib_value_at(levels, i), &out->columns[i], error));
        out->columns[i]->name = none_as_null(joblib_value_at(names, i));
    }
    return JOBLIB_OK;
}

joblib_status joblib_view__add_index(struct joblib_view__reader *reader,
                                     const joblib_value *index,
                                     struct joblib_view__levels *out, joblib_error *error)
{
    struct joblib_view__pandas object;
    JOBLIB_REQUIRE(joblib_view__open_pandas(index, &object), JOBLIB_ERROR_KIND,
                   "%s found, an index expected",
                   joblib_kind_name((int)joblib_value_kind(index)));
    if (strcmp(object.name, "MultiIndex") == 0)
        return add_levels(reader, &object, out, error);
    void *columns;
    JOBLIB_TRY(
        joblib_view__allocate(reader, 1, sizeof(joblib_column *), &columns, error));
    out->columns = columns;
    out->count = 1;
    JOBLIB_TRY(joblib_view__add_column(reader, index, NULL, &out->columns[0], error));
    out->columns[0]->name = joblib_view__pandas_field(&object, "name");
    return JOBLIB_OK;
}
