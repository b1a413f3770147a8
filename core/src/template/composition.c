/* Pipeline, and what a ColumnTransformer needs of its parts. */
#include "template/composition.h"

#include <math.h>
#include <string.h>

#include "base/try.h"
#include "template/derive.h"

bool joblib_template__is_text(const joblib_value *value, const char *text)
{
    const char *found = joblib_value_text(value, NULL);
    return found && strcmp(found, text) == 0;
}

/* Names stand before `__` in the names of parameters. */
static joblib_status check_part_name(const joblib_value *parts, size_t index,
                                     const char *attribute, joblib_error *error)
{
    const joblib_value *name = joblib_value_at(joblib_value_at(parts, index), 0);
    const char *text = joblib_value_text(name, NULL);
    if (!text || strstr(text, "__"))
        return joblib_template__refuse(error, attribute,
                                       "item %zu: expected a name without \"__\"", index);
    for (size_t i = 0; i < index; i++)
        if (joblib_template__is_text(joblib_value_at(joblib_value_at(parts, i), 0), text))
            return joblib_template__refuse(error, attribute,
                                           "items %zu and %zu have the same name", i,
                                           index);
    return JOBLIB_OK;
}

joblib_status joblib_template__check_part(const struct joblib_template *made,
                                          const joblib_value *parts, size_t index,
                                          const char *attribute, joblib_error *error)
{
    const joblib_value *part = joblib_value_at(parts, index);
    size_t size = strcmp(attribute, "steps") == 0 ? 2 : 3;
    if (joblib_value_kind(part) != JOBLIB_KIND_TUPLE || joblib_value_count(part) != size)
        return joblib_template__refuse(error, attribute,
                                       "item %zu: expected a tuple of %zu", index, size);
    JOBLIB_TRY(check_part_name(parts, index, attribute, error));
    const joblib_value *estimator = joblib_value_at(part, 1);
    if (joblib_template__is_text(estimator, "passthrough")) return JOBLIB_OK;
    if (size == 3 && joblib_template__is_text(estimator, "drop")) return JOBLIB_OK;
    return joblib_template__check_version(made, estimator, attribute, error);
}

/* "passthrough" is a step since 0.21; before, None was. */
joblib_status joblib_template__derive_pipeline(struct joblib_template *made,
                                               joblib_error *error)
{
    joblib_value *steps;
    JOBLIB_TRY(joblib_template__get(made, "steps", &steps, error));
    if (joblib_value_count(steps) == 0)
        return joblib_template__refuse(error, "steps", "has no steps");
    for (size_t i = 0; i < joblib_value_count(steps); i++) {
        const joblib_value *part = joblib_value_at(steps, i);
        JOBLIB_TRY(joblib_template__check_part(made, steps, i, "steps", error));
        if (made->release < JOBLIB_TEMPLATE_V0_21 &&
            joblib_value_kind(joblib_value_at(part, 1)) == JOBLIB_KIND_STR)
            return joblib_template__refuse(
                error, "steps", "item %zu: scikit-learn 0.20 has no \"passthrough\"", i);
    }
    return JOBLIB_OK;
}

joblib_status joblib_template__derive_function_transformer(struct joblib_template *made,
                                                           joblib_error *error)
{
    joblib_value *config, *key, *value;
    JOBLIB_TRY(joblib_builder_dict(made->builder, &config, error));
    JOBLIB_TRY(joblib_builder_text(made->builder, "transform", 9, &key, error));
    JOBLIB_TRY(joblib_builder_text(made->builder, "default", 7, &value, error));
    JOBLIB_TRY(joblib_builder_put(made->builder, config, key, value, error));
    joblib_template__put(made, "_sklearn_output_config", config);
    return JOBLIB_OK;
}

static joblib_status fill_identity(struct joblib_template *part, int64_t columns,
                                   joblib_value *names, joblib_error *error)
{
    JOBLIB_TRY(joblib_template_set_bool(part, "accept_sparse", true, error));
    JOBLIB_TRY(joblib_template_set_bool(part, "check_inverse", false, error));
    JOBLIB_TRY(joblib_template_set_text(part, "feature_names_out", "one-to-one", error));
    JOBLIB_TRY(joblib_template_set_int64(part, "n_features_in_", columns, error));
    if (!names) return JOBLIB_OK;
    return joblib_template_set(part, "feature_names_in_", names, error);
}

joblib_status joblib_template__make_identity(const struct joblib_template *made,
                                             int64_t columns, joblib_value *names,
                                             joblib_value **out, joblib_error *error)
{
    struct joblib_template *part;
    JOBLIB_TRY(joblib_template__new_part(made, "FunctionTransformer", &part, error));
    joblib_status status = fill_identity(part, columns, names, error);
    if (status == JOBLIB_OK) status = joblib_template_finish(part, out, error);
    joblib_template_free(part);
    return status;
}

/* Widths: how many columns a transformer gives for `columns` of them; -1 where unknown.
   */

static int64_t same_width(const joblib_value *estimator, int64_t columns)
{
    (void)estimator;
    return columns;
}

/* Each category is a column, but the one that is dropped. */
static int64_t encoder_width(const joblib_value *estimator, int64_t columns)
{
    joblib_array drops = JOBLIB_ARRAY_INIT;
    const joblib_value *categories = joblib_value_attribute(estimator, "categories_");
    const joblib_value *dropped = joblib_value_attribute(estimator, "drop_idx_");
    bool is_dropping = joblib_value_array(dropped, &drops, NULL) == JOBLIB_OK;
    int64_t width = 0;
    for (size_t i = 0; i < joblib_value_count(categories); i++) {
        const joblib_value *drop = joblib_array_object(&drops, i);
        bool is_kept = drop && joblib_value_kind(drop) == JOBLIB_KIND_NONE;
        width += (int64_t)joblib_value_count(joblib_value_at(categories, i));
        width -= is_dropping && !is_kept;
    }
    (void)columns;
    return width;
}

static int64_t component_width(const joblib_value *estimator, int64_t columns)
{
    (void)columns;
    return (int64_t)joblib_value_count(joblib_value_attribute(estimator, "components_"));
}

static int64_t cluster_width(const joblib_value *estimator, int64_t columns)
{
    (void)columns;
    return (int64_t)joblib_value_count(
        joblib_value_attribute(estimator, "cluster_centers_"));
}

/* Columns whose statistic is NaN are left out, unless empty ones are kept. */
static int64_t imputer_width(const joblib_value *estimator, int64_t columns)
{
    joblib_array view = JOBLIB_ARRAY_INIT;
    const joblib_value *indicator = joblib_value_attribute(estimator, "indicator_");
    const joblib_value *marks = joblib_value_attribute(indicator, "features_");
    const joblib_value *keep = joblib_value_attribute(estimator, "keep_empty_features");
    int64_t width = columns + (int64_t)joblib_value_count(marks);
    if (joblib_template__truth(keep) ||
        joblib_value_array(joblib_value_attribute(estimator, "statistics_"), &view,
                           NULL) != JOBLIB_OK)
        return width;
    if (joblib_dtype_as_number(view.dtype) != JOBLIB_NUMBER_FLOAT64) return width;
    for (size_t i = 0; i < view.count; i++) {
        double number;
        memcpy(&number, joblib_array_item(&view, i), sizeof number);
        width -= isnan(number) != 0;
    }
    return width;
}

static const struct {
    const char *class;
    int64_t (*width)(const joblib_value *estimator, int64_t columns);
} widths[] = {
    {"StandardScaler", same_width},      {"MinMaxScaler", same_width},
    {"FunctionTransformer", same_width}, {"OneHotEncoder", encoder_width},
    {"SimpleImputer", imputer_width},    {"PCA", component_width},
    {"KMeans", cluster_width},
};

static int64_t estimator_width(const joblib_value *estimator, int64_t columns)
{
    const char *class = joblib_value_name(estimator);
    for (size_t i = 0; class && i < sizeof widths / sizeof widths[0]; i++)
        if (strcmp(widths[i].class, class) == 0)
            return widths[i].width(estimator, columns);
    return -1;
}

int64_t joblib_template__width(const joblib_value *estimator, int64_t columns)
{
    const joblib_value *steps = joblib_value_attribute(estimator, "steps");
    const char *class = joblib_value_name(estimator);
    if (joblib_template__is_text(estimator, "drop")) return 0;
    if (joblib_template__is_text(estimator, "passthrough")) return columns;
    if (!class || strcmp(class, "Pipeline") != 0)
        return estimator_width(estimator, columns);
    for (size_t i = 0; i < joblib_value_count(steps) && columns >= 0; i++) {
        const joblib_value *step = joblib_value_at(joblib_value_at(steps, i), 1);
        if (!joblib_template__is_text(step, "passthrough"))
            columns = estimator_width(step, columns);
    }
    return columns;
}
