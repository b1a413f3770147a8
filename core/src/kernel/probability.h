/**
 * Probabilities from scores, and their logarithms. Everything is computed in double; float
 * forms round what they write. `out` may be `scores` where the sizes are equal.
 */
#ifndef JOBLIB_KERNEL_PROBABILITY_H
#define JOBLIB_KERNEL_PROBABILITY_H

#include <stdbool.h>
#include <stddef.h>

/** Two columns from one score d: 1 - p and p = 1 / (1 + exp(-d)). */
void joblib_kernel__sigmoid_pairs(const double *scores, size_t rows, double *out);

/**
 * One-vs-rest: the sigmoid of each score over the sum of the row's. A sum of 0 gives NaN, or
 * equal parts if `uniform`.
 */
void joblib_kernel__sigmoid_shares(const double *scores, size_t rows, size_t columns,
                                   bool uniform, double *out);

/** exp(d - max) over the row's sum. */
void joblib_kernel__softmax(const double *scores, size_t rows, size_t columns,
                            double *out);

/** Two columns from one score d: the softmax of (-d, d). */
void joblib_kernel__softmax_pairs(const double *scores, size_t rows, double *out);

/** Natural logarithms, in place. */
void joblib_kernel__log(double *values, size_t count);
void joblib_kernel__log_narrow(float *values, size_t count);

/*
 * How far probabilities may be off. `errors` has the bounds of the scores, `p` the
 * probabilities; `unit` is the rounding unit of one operation.
 */

/** Of pairs; `factor` is 1 for the sigmoid, 2 for the softmax of (-d, d). */
void joblib_kernel__bound_pairs(const double *errors, const double *p, size_t rows,
                                double factor, double unit, double *out);

void joblib_kernel__bound_shares(const double *scores, const double *errors,
                                 const double *p, size_t rows, size_t columns,
                                 double unit, double *out);

void joblib_kernel__bound_softmax(const double *scores, const double *errors,
                                  const double *p, size_t rows, size_t columns,
                                  double unit, double *out);

/**
 * Of the logarithm of p, where p may be off by `errors`; in place. Half of `unit` is a unit
 * in the last place; log(0) is exact.
 */
void joblib_kernel__bound_log(double *errors, const double *p, size_t count, double unit);

#endif
