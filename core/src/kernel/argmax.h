/**
 * Labels from scores and probabilities, as numpy's argmax and comparison give them.
 */
#ifndef JOBLIB_KERNEL_ARGMAX_H
#define JOBLIB_KERNEL_ARGMAX_H

#include <stddef.h>
#include <stdint.h>

/**
 * The column of the largest number of each row: the first of equal ones, and the first NaN
 * before all numbers. Row i's answer goes to labels[i * stride].
 */
void joblib_kernel__argmax(const double *values, size_t rows, size_t columns,
                           uint32_t *labels, size_t stride);
void joblib_kernel__argmax_narrow(const float *values, size_t rows, size_t columns,
                                  uint32_t *labels, size_t stride);

/** 1 for numbers above 0, else 0; NaN gives 0. */
void joblib_kernel__positive(const double *values, size_t count, uint32_t *labels);
void joblib_kernel__positive_narrow(const float *values, size_t count, uint32_t *labels);

#endif
