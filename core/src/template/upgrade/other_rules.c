/* Rules of classes without a template, of a few lines each. */
#include <string.h>

#include "base/try.h"
#include "template/composition.h"
#include "template/upgrade/rules.h"

typedef struct joblib_upgrade__estimator other_view;

static joblib_status set_upgraded_bool(const other_view *estimator, const char *name,
                                       bool truth, joblib_error *error)
{
    return joblib_upgrade__set_literal(estimator, name, truth ? "True" : "False", error);
}

static joblib_status set_upgraded_int(const other_view *estimator, const char *name,
                                      int64_t number, joblib_error *error)
{
    joblib_value *value;
    JOBLIB_TRY(joblib_builder_int64(estimator->builder, number, &value, error));
    return joblib_upgrade__set(estimator, name, value, error);
}

/* Gives an attribute the value of another, of this estimator or a part, where that has it. */
static joblib_status copy_upgraded(const other_view *estimator, const char *name,
                                   const joblib_value *part, const char *from,
                                   joblib_error *error)
{
    const joblib_value *value = joblib_value_attribute(part, from);
    return value ? joblib_upgrade__set(estimator, name, value, error) : JOBLIB_OK;
}

/* SAMME.R, the default before 1.6, computes probabilities that 1.6 does not know. */
joblib_status joblib_upgrade__rule_ada_boost(const other_view *estimator,
                                             joblib_error *error)
{
    const joblib_value *algorithm = joblib_upgrade__get(estimator, "algorithm");
    if (joblib_upgrade__loses(estimator, JOBLIB_TEMPLATE_V1_6))
        return joblib_upgrade__set_literal(estimator, "algorithm", "'SAMME'", error);
    if (!joblib_upgrade__gains(estimator, JOBLIB_TEMPLATE_V1_6)) return JOBLIB_OK;
    if (joblib_template__is_text(algorithm, "SAMME.R"))
        return joblib_upgrade__refuse(
            error, "algorithm",
            "'SAMME.R', which AdaBoostClassifier of scikit-learn %s "
            "has not",
            joblib_upgrade__release(estimator->target));
    return joblib_upgrade__set_literal(estimator, "algorithm", "'deprecated'", error);
}

/* What was trained stands in an attribute of its own since 0.22; before, whether the target had
   two dimensions did. */
joblib_status joblib_upgrade__rule_dummy(const other_view *estimator, joblib_error *error)
{
    const joblib_value *outputs = joblib_upgrade__get(estimator, "n_outputs_");
    if (!outputs) return JOBLIB_OK;
    if (joblib_upgrade__gains(estimator, JOBLIB_TEMPLATE_V0_22))
        return copy_upgraded(estimator, "_strategy", estimator->object, "strategy",
                             error);
    if (!joblib_upgrade__loses(estimator, JOBLIB_TEMPLATE_V0_22)) return JOBLIB_OK;
    JOBLIB_TRY(
        copy_upgraded(estimator, "strategy", estimator->object, "_strategy", error));
    return set_upgraded_bool(estimator, "output_2d_",
                             !joblib_upgrade__is_literal(outputs, "1"), error);
}

/* Which categories are missing values is told since 1.0; before, none could be. */
joblib_status joblib_upgrade__rule_ordinal(const other_view *estimator,
                                           joblib_error *error)
{
    joblib_value *none;
    if (!joblib_upgrade__gains(estimator, JOBLIB_TEMPLATE_V1_0) ||
        !joblib_upgrade__get(estimator, "categories_"))
        return JOBLIB_OK;
    JOBLIB_TRY(joblib_builder_dict(estimator->builder, &none, error));
    return joblib_upgrade__set(estimator, "_missing_indices", none, error);
}

/* The degree may be a range since 1.0. */
joblib_status joblib_upgrade__rule_polynomial(const other_view *estimator,
                                              joblib_error *error)
{
    int64_t outputs;
    const joblib_value *degree = joblib_upgrade__get(estimator, "degree");
    const joblib_value *bias = joblib_upgrade__get(estimator, "include_bias");
    if (joblib_upgrade__loses(estimator, JOBLIB_TEMPLATE_V1_0)) {
        if (joblib_value_kind(degree) == JOBLIB_KIND_INT) return JOBLIB_OK;
        return joblib_upgrade__refuse(
            error, "degree",
            "a range, which PolynomialFeatures of scikit-learn %s has not",
            joblib_upgrade__release(estimator->target));
    }
    if (!joblib_upgrade__gains(estimator, JOBLIB_TEMPLATE_V1_0) ||
        joblib_value_as_int64(joblib_upgrade__get(estimator, "n_output_features_"),
                              &outputs, NULL) != JOBLIB_OK)
        return JOBLIB_OK;
    JOBLIB_TRY(joblib_upgrade__set_literal(estimator, "_min_degree", "0", error));
    JOBLIB_TRY(joblib_upgrade__set(estimator, "_max_degree", degree, error));
    return set_upgraded_int(estimator, "_n_out_full",
                            outputs + !joblib_template__truth(bias), error);
}

static bool crosses_release(const other_view *estimator, unsigned release)
{
    return joblib_upgrade__gains(estimator, release) ||
           joblib_upgrade__loses(estimator, release);
}

/* Classes are the binarizer's before 1.8. */
joblib_status joblib_upgrade__rule_ridge_classifier(const other_view *estimator,
                                                    joblib_error *error)
{
    const joblib_value *binarizer = joblib_upgrade__get(estimator, "_label_binarizer");
    const joblib_value *type = joblib_value_attribute(binarizer, "y_type_");
    if (crosses_release(estimator, JOBLIB_TEMPLATE_V1_0) &&
        joblib_template__is_text(type, "multilabel-indicator"))
        return joblib_upgrade__refuse(
            error, "_label_binarizer",
            "several labels, which %s predicts in another way since scikit-learn 1.0",
            estimator->class->name);
    if (!joblib_upgrade__gains(estimator, JOBLIB_TEMPLATE_V1_8)) return JOBLIB_OK;
    return copy_upgraded(estimator, "classes_", binarizer, "classes_", error);
}

/* Two int32 of the number of support vectors: what is not a classifier has no classes, and
   before 0.22 whatever stood in memory. */
static joblib_status set_support_count(const other_view *estimator, joblib_error *error)
{
    joblib_value *counts;
    const int64_t shape[1] = {2};
    size_t count = joblib_value_count(joblib_upgrade__get(estimator, "support_"));
    const int32_t both[2] = {(int32_t)count, (int32_t)count};
    JOBLIB_TRY(joblib_template__array(estimator->builder, JOBLIB_NUMBER_INT32, both,
                                      shape, 1, &counts, error));
    return joblib_upgrade__set(estimator, "_n_support", counts, error);
}

/* Whether there are probabilities is told apart from the parameter in 1.9. */
joblib_status joblib_upgrade__rule_svm(const other_view *estimator, joblib_error *error)
{
    bool is_classifier = joblib_upgrade__get(estimator, "classes_") != NULL;
    if (joblib_upgrade__gains(estimator, JOBLIB_TEMPLATE_V0_22) && !is_classifier &&
        joblib_upgrade__get(estimator, "support_"))
        JOBLIB_TRY(set_support_count(estimator, error));
    const joblib_value *probability = joblib_upgrade__get(estimator, "probability");
    if (!joblib_upgrade__gains(estimator, JOBLIB_TEMPLATE_V1_9) ||
        !joblib_upgrade__get(estimator, "support_"))
        return JOBLIB_OK;
    return set_upgraded_bool(estimator, "_effective_probability",
                             joblib_template__truth(probability), error);
}

/* Parameters of the weighting were the part's alone before 1.1. */
joblib_status joblib_upgrade__rule_tfidf(const other_view *estimator, joblib_error *error)
{
    static const char *const names[] = {"norm", "use_idf", "smooth_idf", "sublinear_tf"};
    const joblib_value *part = joblib_upgrade__get(estimator, "_tfidf");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (joblib_upgrade__gains(estimator, JOBLIB_TEMPLATE_V1_1))
            JOBLIB_TRY(copy_upgraded(estimator, names[i], part, names[i], error));
        else if (joblib_upgrade__loses(estimator, JOBLIB_TEMPLATE_V1_1) && part)
            JOBLIB_TRY(joblib_upgrade__remove(estimator, names[i], error));
    }
    return JOBLIB_OK;
}

/* What was trained stood in an attribute of its own in 1.1 and 1.2. */
joblib_status joblib_upgrade__rule_whitening(const other_view *estimator,
                                             joblib_error *error)
{
    if (estimator->target != JOBLIB_TEMPLATE_V1_1 &&
        estimator->target != JOBLIB_TEMPLATE_V1_2)
        return JOBLIB_OK;
    return copy_upgraded(estimator, "_whiten", estimator->object, "whiten", error);
}
