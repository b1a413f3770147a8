/**
 * What linear models share: weights, intercepts, and the scores X w + b.
 */
#ifndef JOBLIB_MODEL_LINEAR_LINEAR_H
#define JOBLIB_MODEL_LINEAR_LINEAR_H

#include "kernel/dot.h"
#include "model/context.h"

/** A model of `outputs` scores. Either `weights` or `sparse.values` holds the weights. */
typedef struct joblib_model__linear {
    joblib_model__estimator base;
    size_t outputs;
    const double *weights;     /* outputs rows of base.features numbers; NULL if sparse */
    joblib_kernel__csr sparse; /* the same, after sparsify() */
    const double *intercepts;  /* `outputs` of them */
    uint8_t weight_number;     /* joblib_number of coef_: FLOAT32 or FLOAT64 */
    bool wide_intercepts;      /* an array of float64, which makes every score that */
} joblib_model__linear;

/**
 * Makes a model of `size` bytes, which begins with joblib_model__linear, from `coef_` and
 * `intercept_`. A vector of weights gives a 1-D result, a matrix a column per row.
 */
joblib_status joblib_model__new_linear(joblib_model__context *context, size_t size,
                                       void **out);

/** Weights of a scipy CSR matrix: sets `sparse`, and `outputs` and features by its shape. */
joblib_status joblib_model__read_sparse_weights(joblib_model__context *context,
                                                const joblib_value *value,
                                                joblib_model__linear *self);

/**
 * Checks that there is a score per class, or one for two classes, whose result is then 1-D.
 */
joblib_status joblib_model__check_class_count(joblib_model__context *context,
                                              joblib_model__linear *self);

/** The scores, of any method. */
joblib_status joblib_model__linear_scores(const joblib_model__estimator *base,
                                          const joblib_model__call *call,
                                          joblib_error *error);

/** Their bound: (k + 2) u (|b| + sum |x_j w_j|), u the rounding unit of the sums. */
joblib_status joblib_model__linear_bound(const joblib_model__estimator *base,
                                         const joblib_model__call *call,
                                         joblib_error *error);

/** The rounding unit of the sums: that of float32 where input and weights are narrow. */
double joblib_model__linear_unit(const joblib_model__linear *self,
                                 const joblib_model__form *input);

/** Numpy's rule for X w + b: float32 where input and weights are narrow. */
void joblib_model__describe_linear(const joblib_model__estimator *base, int method,
                                   const joblib_model__form *input, size_t index,
                                   joblib_model__form *output);

/* The classes of the family. */
extern const joblib_model__type joblib_model__regressor_type;
extern const joblib_model__type joblib_model__logistic_type;
extern const joblib_model__type joblib_model__ridge_classifier_type;

joblib_status joblib_model__build_regressor(joblib_model__context *context,
                                            joblib_model__estimator **out);
joblib_status joblib_model__build_logistic(joblib_model__context *context,
                                           joblib_model__estimator **out);
joblib_status joblib_model__build_ridge_classifier(joblib_model__context *context,
                                                   joblib_model__estimator **out);

extern joblib_model__family joblib_model__linear_family;

#endif
