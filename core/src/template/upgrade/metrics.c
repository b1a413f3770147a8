/*
 * The distances of scikit-learn's search trees, whose state is (p, vector, matrix).
 *
 * The vector of MinkowskiDistance holds weights since 1.1, none for no weights; before it is one
 * zero. That of MahalanobisDistance is room for as many numbers as its matrix has rows before
 * 1.3, and nothing since.
 */
#include <string.h>

#include "base/try.h"
#include "template/upgrade/upgrade.h"

struct metric_change {
    struct joblib_upgrade__run *run;
    joblib_value *object;
    const joblib_value *state;
    unsigned source;
};

static bool crosses(const struct metric_change *change, unsigned release)
{
    return (change->source < release) != (change->run->target < release);
}

static joblib_status set_vector(const struct metric_change *change, int64_t count,
                                struct joblib_template *made, joblib_error *error)
{
    double *zeros;
    joblib_value *items[3], *tuple;
    JOBLIB_TRY(joblib_template__room(made, (size_t)count, sizeof *zeros, &zeros, error));
    memset(zeros, 0, (size_t)count * sizeof *zeros);
    items[0] = joblib_template__own(joblib_value_at(change->state, 0));
    items[2] = joblib_template__own(joblib_value_at(change->state, 2));
    JOBLIB_TRY(joblib_template__array(made->builder, JOBLIB_NUMBER_FLOAT64, zeros, &count,
                                      1, &items[1], error));
    JOBLIB_TRY(joblib_template__tuple(made->builder, items, 3, &tuple, error));
    return joblib_builder_set_state(made->builder, change->object, tuple, error);
}

static joblib_status replace_vector(const struct metric_change *change, int64_t count,
                                    joblib_error *error)
{
    struct joblib_template *made;
    JOBLIB_TRY(joblib_template_new(change->run->builder, "DecisionTreeRegressor",
                                   change->run->version, &made, error));
    joblib_status status = set_vector(change, count, made, error);
    joblib_template_free(made);
    return status;
}

static joblib_status change_minkowski(const struct metric_change *change,
                                      joblib_error *error)
{
    bool to_weights = change->run->target >= JOBLIB_TEMPLATE_V1_1;
    if (!crosses(change, JOBLIB_TEMPLATE_V1_1)) return JOBLIB_OK;
    if (!to_weights && joblib_value_count(joblib_value_at(change->state, 1)) > 0)
        return joblib_upgrade__refuse(
            error, NULL, "MinkowskiDistance of scikit-learn %s has no weights",
            change->run->version);
    return replace_vector(change, to_weights ? 0 : 1, error);
}

static joblib_status change_mahalanobis(const struct metric_change *change,
                                        joblib_error *error)
{
    size_t rows = joblib_value_count(joblib_value_at(change->state, 2));
    bool is_new = change->run->target >= JOBLIB_TEMPLATE_V1_3;
    if (!crosses(change, JOBLIB_TEMPLATE_V1_3)) return JOBLIB_OK;
    return replace_vector(change, is_new ? 1 : (int64_t)rows, error);
}

/* Whether a name is this one, perhaps with the bits of its numbers behind it. */
static bool is_metric(const char *name, const char *metric)
{
    size_t size = strlen(metric);
    return name && strncmp(name, metric, size) == 0 &&
           (name[size] == '\0' || strcmp(name + size, "64") == 0);
}

joblib_status joblib_upgrade__metric(struct joblib_upgrade__run *run,
                                     joblib_value *object, unsigned source,
                                     joblib_error *error)
{
    const struct metric_change change = {run, object, joblib_value_state(object), source};
    const char *name =
        joblib_value_name(joblib_value_at(joblib_value_arguments(object), 0));
    if (joblib_value_count(change.state) != 3) return JOBLIB_OK;
    if (is_metric(name, "MinkowskiDistance")) return change_minkowski(&change, error);
    if (is_metric(name, "MahalanobisDistance")) return change_mahalanobis(&change, error);
    return JOBLIB_OK;
}
