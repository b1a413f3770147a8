/**
 * Arithmetic on sizes that tells when it overflows.
 *
 * Every size that comes from an input goes through these.
 */
#ifndef JOBLIB_BASE_CHECKED_H
#define JOBLIB_BASE_CHECKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline bool joblib_base__size_add(size_t a, size_t b, size_t *out)
{
    *out = a + b;
    return *out >= a;
}

static inline bool joblib_base__size_mul(size_t a, size_t b, size_t *out)
{
    *out = a * b;
    return b == 0 || a <= SIZE_MAX / b;
}

#endif
