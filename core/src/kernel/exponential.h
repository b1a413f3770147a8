/**
 * exp() of many numbers, within one unit in the last place. Where the result is a normal number
 * it is the same on every machine; the others are the C library's.
 */
#ifndef JOBLIB_KERNEL_EXPONENTIAL_H
#define JOBLIB_KERNEL_EXPONENTIAL_H

#include <stddef.h>

/** Replaces each number by its exponential. */
void joblib_kernel__exp(double *values, size_t count);

#endif
