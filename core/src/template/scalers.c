/* StandardScaler and MinMaxScaler. */
#include "base/try.h"
#include "template/derive.h"

static bool is_set(const joblib_value *value)
{
    return value && joblib_value_kind(value) != JOBLIB_KIND_NONE;
}

/* Refuses None for what a parameter that is true makes scikit-learn use. */
static joblib_status check_used(struct joblib_template *made, const char *parameter,
                                const char *attribute, joblib_error *error)
{
    joblib_value *truth, *value;
    JOBLIB_TRY(joblib_template__get(made, parameter, &truth, error));
    JOBLIB_TRY(joblib_template__get(made, attribute, &value, error));
    if (!joblib_template__truth(truth) || is_set(value)) return JOBLIB_OK;
    return joblib_template__refuse(error, attribute, "is None, but %s is true",
                                   parameter);
}

static joblib_status put_reals(struct joblib_template *made, const char *name,
                               const double *numbers, size_t count, joblib_error *error)
{
    joblib_value *array;
    int64_t shape[1] = {(int64_t)count};
    JOBLIB_TRY(joblib_template__array(made->builder, JOBLIB_NUMBER_FLOAT64, numbers,
                                      shape, 1, &array, error));
    joblib_template__put(made, name, array);
    return JOBLIB_OK;
}

joblib_status joblib_template__derive_standard_scaler(struct joblib_template *made,
                                                      joblib_error *error)
{
    joblib_value *scale;
    double *numbers;
    size_t count;
    JOBLIB_TRY(check_used(made, "with_mean", "mean_", error));
    JOBLIB_TRY(check_used(made, "with_std", "scale_", error));
    if (joblib_template__is_given(made, "var_")) return JOBLIB_OK;
    JOBLIB_TRY(joblib_template__get(made, "scale_", &scale, error));
    if (!is_set(scale)) {
        joblib_template__put(made, "var_", scale);
        return JOBLIB_OK;
    }
    JOBLIB_TRY(joblib_template__reals(made, scale, &numbers, &count, error));
    for (size_t i = 0; i < count; i++) numbers[i] *= numbers[i];
    return put_reals(made, "var_", numbers, count, error);
}

/* The numbers of a MinMaxScaler, a column each; NULL where they are still to be computed.
   */
struct ranges {
    double low, high; /* of feature_range */
    double *scale, *shift, *min, *max;
    size_t count;
};

static joblib_status read_range_column(struct joblib_template *made, const char *name,
                                       struct ranges *ranges, double **out,
                                       joblib_error *error)
{
    joblib_value *array;
    size_t count = (size_t)made->sizes[JOBLIB_TEMPLATE_FEATURES].count;
    if (joblib_template__is_given(made, name)) {
        JOBLIB_TRY(joblib_template__get(made, name, &array, error));
        return joblib_template__reals(made, array, out, &ranges->count, error);
    }
    return joblib_template__room(made, count, sizeof **out, out, error);
}

static joblib_status read_bounds(struct joblib_template *made, struct ranges *ranges,
                                 joblib_error *error)
{
    joblib_value *pair;
    JOBLIB_TRY(joblib_template__get(made, "feature_range", &pair, error));
    if (joblib_value_as_float64(joblib_value_at(pair, 0), &ranges->low, NULL) ||
        joblib_value_as_float64(joblib_value_at(pair, 1), &ranges->high, NULL))
        return joblib_template__refuse(error, "feature_range", "expected two numbers");
    return JOBLIB_OK;
}

/* scale_ and min_ from the extremes, in the order of scikit-learn's operations. */
static void scale_extremes(const struct ranges *ranges, bool with_scale, bool with_shift)
{
    for (size_t i = 0; i < ranges->count; i++) {
        double range = ranges->max[i] - ranges->min[i];
        if (!with_scale)
            ranges->scale[i] = (ranges->high - ranges->low) / (range == 0 ? 1 : range);
        if (!with_shift)
            ranges->shift[i] = ranges->low - ranges->min[i] * ranges->scale[i];
    }
}

/* The extremes from scale_ and min_. */
static void unscale_extremes(const struct ranges *ranges, bool with_min, bool with_max)
{
    for (size_t i = 0; i < ranges->count; i++) {
        if (!with_min)
            ranges->min[i] = (ranges->low - ranges->shift[i]) / ranges->scale[i];
        if (!with_max)
            ranges->max[i] = (ranges->high - ranges->shift[i]) / ranges->scale[i];
    }
}

static joblib_status put_missing(struct joblib_template *made, const char *name,
                                 const double *numbers, size_t count, joblib_error *error)
{
    if (joblib_template__is_given(made, name)) return JOBLIB_OK;
    return put_reals(made, name, numbers, count, error);
}

static joblib_status put_ranges(struct joblib_template *made, const struct ranges *ranges,
                                joblib_error *error)
{
    double *widths;
    size_t count = ranges->count;
    JOBLIB_TRY(put_missing(made, "scale_", ranges->scale, count, error));
    JOBLIB_TRY(put_missing(made, "min_", ranges->shift, count, error));
    JOBLIB_TRY(put_missing(made, "data_min_", ranges->min, count, error));
    JOBLIB_TRY(put_missing(made, "data_max_", ranges->max, count, error));
    JOBLIB_TRY(joblib_template__room(made, count, sizeof *widths, &widths, error));
    for (size_t i = 0; i < count; i++) widths[i] = ranges->max[i] - ranges->min[i];
    return put_reals(made, "data_range_", widths, count, error);
}

joblib_status joblib_template__derive_min_max_scaler(struct joblib_template *made,
                                                     joblib_error *error)
{
    struct ranges ranges = {0};
    bool with_scale = joblib_template__is_given(made, "scale_");
    bool with_shift = joblib_template__is_given(made, "min_");
    bool with_min = joblib_template__is_given(made, "data_min_");
    bool with_max = joblib_template__is_given(made, "data_max_");
    if (!(with_scale && with_shift) && !(with_min && with_max))
        return joblib_template__refuse(
            error, "scale_", "scale_ and min_, or data_min_ and data_max_, are missing");
    JOBLIB_TRY(read_bounds(made, &ranges, error));
    JOBLIB_TRY(read_range_column(made, "scale_", &ranges, &ranges.scale, error));
    JOBLIB_TRY(read_range_column(made, "min_", &ranges, &ranges.shift, error));
    JOBLIB_TRY(read_range_column(made, "data_min_", &ranges, &ranges.min, error));
    JOBLIB_TRY(read_range_column(made, "data_max_", &ranges, &ranges.max, error));
    if (with_min && with_max)
        scale_extremes(&ranges, with_scale, with_shift);
    else
        unscale_extremes(&ranges, with_min, with_max);
    return put_ranges(made, &ranges, error);
}
