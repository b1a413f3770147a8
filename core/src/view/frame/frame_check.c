/* What only complete columns tell. */
#include "array/array.h"
#include "base/try.h"
#include "view/frame/pandas.h"

/* Codes count categories; -1 is a missing cell. */
static joblib_status check_codes(struct joblib_view__reader *reader,
                                 const joblib_column *column, joblib_error *error)
{
    const joblib_column *categories = column->inner[JOBLIB_INNER_CATEGORIES];
    const joblib_array *codes = &column->values.view;
    JOBLIB_REQUIRE(categories, JOBLIB_ERROR_KIND, "a category column has no categories");
    JOBLIB_TRY(joblib_view__spend_cells(reader, codes->count, error));
    bool any = categories->kind == JOBLIB_CELLS_UNKNOWN;
    const char *item = codes->data;
    for (size_t i = 0; i < codes->count; i++, item += codes->strides[0]) {
        int64_t code;
        bool fits = joblib_array__number_int64(item, codes->dtype, &code) && code >= -1 &&
                    (any || code < 0 || (uint64_t)code < categories->count);
        JOBLIB_REQUIRE(fits, JOBLIB_ERROR_ARRAY,
                       "the code of cell %zu is %lld, of %zu categories", i,
                       (long long)code, categories->count);
    }
    return JOBLIB_OK;
}

static joblib_status check_interval(struct joblib_view__reader *reader,
                                    joblib_column *column, joblib_error *error)
{
    const joblib_column *left = column->inner[JOBLIB_INNER_LEFT];
    const joblib_column *right = column->inner[JOBLIB_INNER_RIGHT];
    JOBLIB_REQUIRE(left->kind == right->kind && left->count == right->count,
                   JOBLIB_ERROR_ARRAY, "intervals have %zu left and %zu right ends",
                   left->count, right->count);
    bool is_flat = left->kind != JOBLIB_CELLS_INTERVAL;
    JOBLIB_REQUIRE(is_flat, JOBLIB_ERROR_ARRAY, "an interval ends with an interval");
    column->count = left->count;
    column->dtype = joblib_view__format(&reader->frame->arena, "interval[%s, %s]",
                                        left->dtype, column->closed);
    return column->dtype ? JOBLIB_OK
                         : joblib_base__arena_fail(&reader->frame->arena, 1, error);
}

joblib_status joblib_view__check_columns(struct joblib_view__reader *reader,
                                         joblib_error *error)
{
    for (joblib_column *column = reader->first; column; column = column->next) {
        if (column->kind == JOBLIB_CELLS_CATEGORY)
            JOBLIB_TRY(check_codes(reader, column, error));
        if (column->kind == JOBLIB_CELLS_INTERVAL)
            JOBLIB_TRY(check_interval(reader, column, error));
        bool masked = column->mask.view.struct_size != 0;
        JOBLIB_REQUIRE(!masked || column->mask.view.count == column->count,
                       JOBLIB_ERROR_ARRAY, "a mask of %zu cells for %zu",
                       column->mask.view.count, column->count);
    }
    return JOBLIB_OK;
}
