/* TfidfTransformer: weights are the diagonal of a sparse matrix before 1.5, an array since. */
#include "base/try.h"
#include "template/upgrade/rules.h"

typedef struct joblib_upgrade__estimator idf_view;

/* An array of 0, 1, 2, … `count` numbers, of 32 bits as scipy has them. */
static joblib_status count_up(struct joblib_template *made, size_t count,
                              joblib_value **out, joblib_error *error)
{
    int32_t *numbers;
    int64_t shape[1] = {(int64_t)count};
    JOBLIB_REQUIRE(count <= INT32_MAX, JOBLIB_ERROR_LIMIT, "%zu weights", count);
    JOBLIB_TRY(joblib_template__room(made, count, sizeof *numbers, &numbers, error));
    for (size_t i = 0; i < count; i++) numbers[i] = (int32_t)i;
    return joblib_template__array(made->builder, JOBLIB_NUMBER_INT32, numbers, shape, 1,
                                  out, error);
}

static joblib_status make_square(struct joblib_template *made, size_t count,
                                 joblib_value **out, joblib_error *error)
{
    joblib_value *items[2];
    JOBLIB_TRY(joblib_builder_int64(made->builder, (int64_t)count, &items[0], error));
    items[1] = items[0];
    return joblib_template__tuple(made->builder, items, 2, out, error);
}

static joblib_status make_csr(struct joblib_template *made, joblib_value **out,
                              joblib_error *error)
{
    joblib_value *class;
    JOBLIB_TRY(joblib_builder_global(made->builder, "scipy.sparse", "csr_matrix", &class,
                                     error));
    return joblib_builder_object(made->builder, JOBLIB_FORM_NEWOBJ, class, NULL, NULL,
                                 out, error);
}

/* A matrix of scipy with the weights on its diagonal, in rows. */
static joblib_status make_diagonal(struct joblib_template *made,
                                   const joblib_value *weights, joblib_value **out,
                                   joblib_error *error)
{
    static const char *const names[] = {"_shape", "maxprint", "indices", "indptr",
                                        "data"};
    joblib_value *parts[5];
    size_t count = joblib_value_count(weights);
    JOBLIB_TRY(make_square(made, count, &parts[0], error));
    JOBLIB_TRY(joblib_builder_int64(made->builder, 50, &parts[1], error));
    JOBLIB_TRY(count_up(made, count, &parts[2], error));
    JOBLIB_TRY(count_up(made, count + 1, &parts[3], error));
    parts[4] = joblib_template__own(weights);
    JOBLIB_TRY(make_csr(made, out, error));
    for (size_t i = 0; i < 5; i++)
        JOBLIB_TRY(
            joblib_builder_set_attribute(made->builder, *out, names[i], parts[i], error));
    return JOBLIB_OK;
}

static joblib_status set_diagonal(const idf_view *estimator, const joblib_value *weights,
                                  joblib_error *error)
{
    struct joblib_template *made;
    joblib_value *matrix = NULL;
    JOBLIB_TRY(joblib_template_new(estimator->builder, "DecisionTreeRegressor",
                                   estimator->run->version, &made, error));
    joblib_status status = make_diagonal(made, weights, &matrix, error);
    joblib_template_free(made);
    if (status != JOBLIB_OK) return status;
    return joblib_upgrade__set(estimator, "_idf_diag", matrix, error);
}

/* The stored numbers of the diagonal are the weights: one in each row, none is 0. */
static joblib_status set_weights(const idf_view *estimator, const joblib_value *matrix,
                                 joblib_error *error)
{
    const joblib_value *data = joblib_value_attribute(matrix, "data");
    const joblib_value *shape = joblib_value_attribute(matrix, "_shape");
    int64_t rows;
    if (joblib_value_kind(data) != JOBLIB_KIND_ARRAY ||
        joblib_value_as_int64(joblib_value_at(shape, 0), &rows, NULL) != JOBLIB_OK ||
        rows != (int64_t)joblib_value_count(data))
        return joblib_upgrade__refuse(error, "_idf_diag",
                                      "no matrix with a number in each row");
    return joblib_upgrade__set(estimator, "idf_", data, error);
}

joblib_status joblib_upgrade__rule_idf(const idf_view *estimator, joblib_error *error)
{
    const joblib_value *weights = joblib_upgrade__get(estimator, "idf_");
    const joblib_value *matrix = joblib_upgrade__get(estimator, "_idf_diag");
    if (joblib_upgrade__loses(estimator, JOBLIB_TEMPLATE_V1_5) && weights)
        return set_diagonal(estimator, weights, error);
    if (joblib_upgrade__gains(estimator, JOBLIB_TEMPLATE_V1_5) && matrix)
        return set_weights(estimator, matrix, error);
    return JOBLIB_OK;
}
