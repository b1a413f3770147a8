/* PCA, GaussianNB and KNeighborsClassifier. */
#include <math.h>
#include <string.h>

#include "base/try.h"
#include "template/derive.h"

joblib_status joblib_template__derive_pca(struct joblib_template *made,
                                          joblib_error *error)
{
    joblib_value *whiten;
    JOBLIB_TRY(joblib_template__get(made, "whiten", &whiten, error));
    if (!joblib_template__truth(whiten) ||
        joblib_template__is_given(made, "explained_variance_"))
        return JOBLIB_OK;
    return joblib_template__refuse(error, "explained_variance_",
                                   "is missing, as whiten is true");
}

/* Variances are called sigma_ before 1.0. */
joblib_status joblib_template__derive_gaussian_nb(struct joblib_template *made,
                                                  joblib_error *error)
{
    joblib_value *variances;
    JOBLIB_TRY(joblib_template__get(made, "var_", &variances, error));
    joblib_template__put(made, "sigma_", variances);
    return JOBLIB_OK;
}

static joblib_status check_class_codes(struct joblib_template *made, joblib_error *error)
{
    joblib_value *array;
    int64_t *codes;
    size_t count;
    int64_t classes = made->sizes[JOBLIB_TEMPLATE_CLASSES].count;
    JOBLIB_TRY(joblib_template__get(made, "_y", &array, error));
    JOBLIB_TRY(joblib_template__ints(made, array, &codes, &count, error));
    for (size_t i = 0; i < count; i++)
        if (codes[i] < 0 || codes[i] >= classes)
            return joblib_template__refuse(
                error, "_y", "item %zu is %lld, expected one of %lld classes", i,
                (long long)codes[i], (long long)classes);
    return JOBLIB_OK;
}

/* The metric that Minkowski's of this power is; NULL if it has no other name. */
static const char *name_of_power(double power)
{
    if (power == 1) return "manhattan";
    if (power == 2) return "euclidean";
    return isinf(power) ? "chebyshev" : NULL;
}

static joblib_status put_metric(struct joblib_template *made, const char *metric,
                                joblib_value *power, joblib_error *error)
{
    joblib_value *name, *parameters, *key;
    JOBLIB_TRY(joblib_builder_text(made->builder, metric, strlen(metric), &name, error));
    JOBLIB_TRY(joblib_builder_dict(made->builder, &parameters, error));
    if (power) {
        JOBLIB_TRY(joblib_builder_text(made->builder, "p", 1, &key, error));
        JOBLIB_TRY(joblib_builder_put(made->builder, parameters, key, power, error));
    }
    joblib_template__put(made, "effective_metric_", name);
    joblib_template__put(made, "effective_metric_params_", parameters);
    return JOBLIB_OK;
}

joblib_status joblib_template__derive_k_neighbors(struct joblib_template *made,
                                                  joblib_error *error)
{
    joblib_value *metric, *parameters, *power;
    double number = 2;
    JOBLIB_TRY(check_class_codes(made, error));
    JOBLIB_TRY(joblib_template__get(made, "metric", &metric, error));
    JOBLIB_TRY(joblib_template__get(made, "metric_params", &parameters, error));
    JOBLIB_TRY(joblib_template__get(made, "p", &power, error));
    const char *text = joblib_value_text(metric, NULL);
    if (!text || joblib_value_kind(parameters) != JOBLIB_KIND_NONE)
        return joblib_template__refuse(
            error, text ? "metric_params" : "metric",
            "expected the name of a metric without parameters");
    if (strcmp(text, "minkowski") != 0) return put_metric(made, text, NULL, error);
    if (joblib_value_as_float64(power, &number, NULL) != JOBLIB_OK)
        return joblib_template__refuse(error, "p", "expected a number");
    const char *other = name_of_power(number);
    return put_metric(made, other ? other : text, other ? NULL : power, error);
}
