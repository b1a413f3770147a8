/**
 * Looking for numbers that an estimator refuses.
 */
#ifndef JOBLIB_KERNEL_FINITE_H
#define JOBLIB_KERNEL_FINITE_H

#include <stdbool.h>
#include <stddef.h>

/**
 * Finds the first infinite number, or NaN unless `allow_nan`; `count` if there is none.
 */
size_t joblib_kernel__find_bad(const double *values, size_t count, bool allow_nan);
size_t joblib_kernel__find_bad_narrow(const float *values, size_t count, bool allow_nan);

#endif
