/**
 * exp() of many numbers, within one unit in the last place and the same on every machine.
 */
#ifndef JOBLIB_KERNEL_EXPONENTIAL_H
#define JOBLIB_KERNEL_EXPONENTIAL_H

#include <stddef.h>

/** Replaces each number by its exponential. */
void joblib_kernel__exp(double *values, size_t count);

#endif
