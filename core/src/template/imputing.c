/* SimpleImputer and its indicator of missing values. */
#include "base/try.h"
#include "template/derive.h"

/* The dtype of the columns that were fitted: float64, or objects. */
static joblib_status put_dtype(struct joblib_template *made, joblib_error *error)
{
    joblib_value *statistics, *dtype;
    JOBLIB_TRY(joblib_template__get(made, "statistics_", &statistics, error));
    bool is_object = joblib_dtype_kind(joblib_value_dtype(statistics)) == 'O';
    JOBLIB_TRY(
        joblib_builder_dtype(made->builder, is_object ? "O" : "f8", &dtype, error));
    joblib_template__put(made, "_fit_dtype", dtype);
    joblib_template__put(made, "_fill_dtype", dtype);
    return JOBLIB_OK;
}

static joblib_status fill_indicator(struct joblib_template *made,
                                    struct joblib_template *part, joblib_error *error)
{
    joblib_value *features, *missing;
    JOBLIB_TRY(joblib_template__get(made, "indicator_features", &features, error));
    JOBLIB_TRY(joblib_template__get(made, "missing_values", &missing, error));
    if (!features)
        return joblib_template__refuse(error, "indicator_features",
                                       "is missing, as add_indicator is true");
    JOBLIB_TRY(joblib_template_set(part, "missing_values", missing, error));
    JOBLIB_TRY(joblib_template_set(part, "features_", features, error));
    JOBLIB_TRY(joblib_template_set_bool(part, "error_on_new", false, error));
    return joblib_template__bind(part, JOBLIB_TEMPLATE_FEATURES,
                                 made->sizes[JOBLIB_TEMPLATE_FEATURES].count,
                                 "statistics_", error);
}

static joblib_status make_indicator(struct joblib_template *made, joblib_value **out,
                                    joblib_error *error)
{
    struct joblib_template *part;
    JOBLIB_TRY(joblib_template__new_part(made, "MissingIndicator", &part, error));
    joblib_status status = fill_indicator(made, part, error);
    if (status == JOBLIB_OK) status = joblib_template_finish(part, out, error);
    joblib_template_free(part);
    return status;
}

joblib_status joblib_template__derive_simple_imputer(struct joblib_template *made,
                                                     joblib_error *error)
{
    joblib_value *add, *indicator;
    JOBLIB_TRY(put_dtype(made, error));
    JOBLIB_TRY(joblib_template__get(made, "add_indicator", &add, error));
    if (joblib_template__truth(add))
        JOBLIB_TRY(make_indicator(made, &indicator, error));
    else
        JOBLIB_TRY(joblib_builder_none(made->builder, &indicator, error));
    joblib_template__put(made, "indicator_", indicator);
    return JOBLIB_OK;
}
