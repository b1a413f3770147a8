/* The rules by class, and those of a few lines. */
#include "template/upgrade/rules.h"

#include <string.h>

#include "base/try.h"
#include "template/composition.h"
#include "template/derive.h"

static const struct rule_row {
    const char *class_name;
    joblib_upgrade__rule_function *function;
} rule_rows[] = {
#define JOBLIB_X(class, function) {class, joblib_upgrade__rule_##function},
#include "template/upgrade/rules.def"
#undef JOBLIB_X
};

joblib_status joblib_upgrade__rule(const struct joblib_upgrade__estimator *estimator,
                                   joblib_error *error)
{
    for (size_t i = 0; i < sizeof rule_rows / sizeof rule_rows[0]; i++)
        if (strcmp(rule_rows[i].class_name, estimator->class->name) == 0)
            return rule_rows[i].function(estimator, error);
    return JOBLIB_OK;
}

joblib_status joblib_upgrade__open_template(
    const struct joblib_upgrade__estimator *estimator, struct joblib_template **out,
    joblib_error *error)
{
    const struct joblib_template__class *class = estimator->class;
    JOBLIB_TRY(joblib_template_new(estimator->builder, class->name,
                                   estimator->run->version, out, error));
    for (size_t i = 0; i < class->row_count; i++)
        if (joblib_template__holds(&class->rows[i], estimator->target))
            (*out)->values[i] = joblib_upgrade__get(estimator, class->rows[i].name);
    return JOBLIB_OK;
}

joblib_status joblib_upgrade__take(const struct joblib_upgrade__estimator *estimator,
                                   struct joblib_template *made, const char *name,
                                   joblib_error *error)
{
    joblib_value *value;
    JOBLIB_TRY(joblib_template__get(made, name, &value, error));
    return value ? joblib_upgrade__set(estimator, name, value, error) : JOBLIB_OK;
}

/* "passthrough" is a step since 0.21; before, None was, and still is. */
joblib_status joblib_upgrade__rule_pipeline(
    const struct joblib_upgrade__estimator *estimator, joblib_error *error)
{
    joblib_value *steps = joblib_upgrade__get(estimator, "steps");
    if (!joblib_upgrade__loses(estimator, JOBLIB_TEMPLATE_V0_21)) return JOBLIB_OK;
    for (size_t i = 0; i < joblib_value_count(steps); i++) {
        const joblib_value *step = joblib_value_at(steps, i);
        joblib_value *items[2], *tuple;
        if (!joblib_template__is_text(joblib_value_at(step, 1), "passthrough")) continue;
        items[0] = joblib_template__own(joblib_value_at(step, 0));
        JOBLIB_TRY(joblib_builder_none(estimator->builder, &items[1], error));
        JOBLIB_TRY(joblib_template__tuple(estimator->builder, items, 2, &tuple, error));
        JOBLIB_TRY(joblib_builder_set_at(estimator->builder, steps, i, tuple, error));
    }
    return JOBLIB_OK;
}

/* Which dtype columns had is told since 1.1: objects, or numbers of any type. */
joblib_status joblib_upgrade__rule_imputer(
    const struct joblib_upgrade__estimator *estimator, joblib_error *error)
{
    joblib_value *value;
    const joblib_dtype *dtype =
        joblib_value_dtype(joblib_upgrade__get(estimator, "statistics_"));
    if (!dtype) return JOBLIB_OK;
    bool is_object = joblib_dtype_kind(dtype) == 'O';
    JOBLIB_TRY(
        joblib_builder_dtype(estimator->builder, is_object ? "O" : "f8", &value, error));
    if (joblib_upgrade__gains(estimator, JOBLIB_TEMPLATE_V1_1))
        JOBLIB_TRY(joblib_upgrade__set(estimator, "_fit_dtype", value, error));
    if (joblib_upgrade__gains(estimator, JOBLIB_TEMPLATE_V1_8))
        JOBLIB_TRY(joblib_upgrade__set(estimator, "_fill_dtype", value, error));
    if (!joblib_upgrade__gains(estimator, JOBLIB_TEMPLATE_V0_21)) return JOBLIB_OK;
    return joblib_upgrade__set_literal(estimator, "indicator_", "None", error);
}

static joblib_status take_encoder(const struct joblib_upgrade__estimator *estimator,
                                  struct joblib_template *made, joblib_error *error)
{
    JOBLIB_TRY(joblib_template__derive_one_hot_encoder(made, error));
    JOBLIB_TRY(joblib_upgrade__take(estimator, made, "drop_idx_", error));
    JOBLIB_TRY(joblib_upgrade__take(estimator, made, "_drop_idx_after_grouping", error));
    return joblib_upgrade__take(estimator, made, "_n_features_outs", error);
}

/* Which categories are left out is an array of ints before 0.23, of int and None since. */
joblib_status joblib_upgrade__rule_encoder(
    const struct joblib_upgrade__estimator *estimator, joblib_error *error)
{
    struct joblib_template *made;
    const joblib_value *legacy = joblib_upgrade__get(estimator, "_legacy_mode");
    bool is_changed = joblib_upgrade__gains(estimator, JOBLIB_TEMPLATE_V1_2) ||
                      joblib_upgrade__gains(estimator, JOBLIB_TEMPLATE_V1_1) ||
                      joblib_upgrade__gains(estimator, JOBLIB_TEMPLATE_V0_23) ||
                      joblib_upgrade__gains(estimator, JOBLIB_TEMPLATE_V0_21) ||
                      joblib_upgrade__loses(estimator, JOBLIB_TEMPLATE_V0_23);
    if (joblib_template__truth(legacy))
        return joblib_upgrade__refuse(
            error, "_legacy_mode",
            "OneHotEncoder counts with values and not categories, "
            "as only scikit-learn 0.20 and 0.21 do");
    if (!is_changed || !joblib_upgrade__get(estimator, "categories_")) return JOBLIB_OK;
    JOBLIB_TRY(joblib_upgrade__open_template(estimator, &made, error));
    joblib_status status = take_encoder(estimator, made, error);
    joblib_template_free(made);
    return status;
}
