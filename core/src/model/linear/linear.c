#include "model/linear/linear.h"

#include "base/try.h"

/* Weights: a vector (one output, 1-D result), or a matrix of a row per output. */
static joblib_status read_dense_weights(joblib_model__context *context,
                                        const joblib_value *value,
                                        joblib_model__linear *self)
{
    joblib_model__numbers weights;
    JOBLIB_TRY(joblib_model__numbers_of(context, value, "coef_", &weights));
    if (weights.ndim == 0 || weights.count == 0)
        return joblib_model__fail(context, "coef_", JOBLIB_ERROR_MODEL,
                                  "coef_ has %zu dimensions and %zu numbers",
                                  weights.ndim, weights.count);
    self->weights = weights.values;
    self->outputs = weights.rows;
    if (weights.number == JOBLIB_NUMBER_FLOAT32)
        self->weight_number = JOBLIB_NUMBER_FLOAT32;
    if (weights.ndim == 1) self->base.flat = self->base.methods;
    return joblib_model__set_features(context, &self->base, "coef_", weights.columns);
}

static joblib_status read_weights(joblib_model__context *context,
                                  joblib_model__linear *self)
{
    const joblib_value *value;
    JOBLIB_TRY(joblib_model__require(context, "coef_", &value));
    self->weight_number = JOBLIB_NUMBER_FLOAT64;
    return joblib_value_kind(value) == JOBLIB_KIND_OBJECT
               ? joblib_model__read_sparse_weights(context, value, self)
               : read_dense_weights(context, value, self);
}

/* One number for all outputs, or one for each. */
static joblib_status read_intercepts(joblib_model__context *context,
                                     joblib_model__linear *self)
{
    const joblib_value *value;
    joblib_model__numbers numbers;
    void *memory;
    JOBLIB_TRY(joblib_model__require(context, "intercept_", &value));
    JOBLIB_TRY(joblib_model__numbers_of(context, value, "intercept_", &numbers));
    if (numbers.count != 1 && numbers.count != self->outputs)
        return joblib_model__fail(context, "intercept_", JOBLIB_ERROR_MODEL,
                                  "%zu intercepts for %zu outputs", numbers.count,
                                  self->outputs);
    self->wide_intercepts = numbers.ndim > 0 && numbers.number != JOBLIB_NUMBER_FLOAT32;
    self->intercepts = numbers.values;
    if (numbers.count == self->outputs) return JOBLIB_OK;
    JOBLIB_TRY(joblib_model__allocate(context, self->outputs, sizeof(double), &memory));
    double *copies = memory;
    for (size_t i = 0; i < self->outputs; i++) copies[i] = numbers.values[0];
    self->intercepts = copies;
    return JOBLIB_OK;
}

joblib_status joblib_model__new_linear(joblib_model__context *context, size_t size,
                                       void **out)
{
    JOBLIB_TRY(joblib_model__new_estimator(context, size, out));
    joblib_model__linear *self = *out;
    self->base.check.conversion = JOBLIB_MODEL_KEEP;
    self->base.check.accept_sparse = true;
    JOBLIB_TRY(read_weights(context, self));
    JOBLIB_TRY(read_intercepts(context, self));
    self->base.columns[JOBLIB_METHOD_PREDICT] = self->outputs;
    self->base.columns[JOBLIB_METHOD_DECISION_FUNCTION] = self->outputs;
    return JOBLIB_OK;
}

joblib_status joblib_model__check_class_count(joblib_model__context *context,
                                              joblib_model__linear *self)
{
    size_t classes = self->base.labels->targets[0].count;
    if (self->outputs == 1) self->base.flat |= 1U << JOBLIB_METHOD_DECISION_FUNCTION;
    bool fits = self->outputs == 1 ? classes == 2 : classes == self->outputs;
    if (fits && self->base.labels->target_count == 1) return JOBLIB_OK;
    return joblib_model__fail(context, "coef_", JOBLIB_ERROR_MODEL,
                              "coef_ has %zu rows for %zu classes", self->outputs,
                              classes);
}
