/**
 * Arithmetic on columns: each number of a row with its column's term, one rounding per
 * operation. `out` may be `x`.
 *
 * Float forms take terms in double, compute in double and round to float after each
 * operation, as numpy does when an array of floats is changed in place; `half` rounds to
 * half precision instead.
 */
#ifndef JOBLIB_KERNEL_SCALING_H
#define JOBLIB_KERNEL_SCALING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** (x - shift) / scale */
void joblib_kernel__standardize(const double *x, size_t rows, size_t columns,
                                const double *shift, const double *scale, double *out);
void joblib_kernel__standardize_narrow(const float *x, size_t rows, size_t columns,
                                       const double *shift, const double *scale,
                                       bool half, float *out);

/** x * factor + term */
void joblib_kernel__affine(const double *x, size_t rows, size_t columns,
                           const double *factor, const double *term, double *out);
void joblib_kernel__affine_narrow(const float *x, size_t rows, size_t columns,
                                  const double *factor, const double *term, bool half,
                                  float *out);

/** Limits numbers in place, as numpy.clip: NaN stays. */
void joblib_kernel__clip(double *values, size_t count, double low, double high);
void joblib_kernel__clip_narrow(float *values, size_t count, float low, float high);

/** Stored elements of compressed rows, each times the factor of its column. */
void joblib_kernel__scale_elements(const double *values, const int32_t *indices,
                                   size_t count, const double *factors, double *out);
void joblib_kernel__scale_elements_narrow(const float *values, const int32_t *indices,
                                          size_t count, const double *factors, bool half,
                                          float *out);

#endif
