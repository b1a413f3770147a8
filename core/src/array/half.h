/**
 * IEEE half precision, which C has no type for.
 */
#ifndef JOBLIB_ARRAY_HALF_H
#define JOBLIB_ARRAY_HALF_H

#include <math.h>
#include <stdint.h>

#include "base/endian.h"

/**
 * The number that 16 bits stand for: 1 sign, 5 exponent and 10 fraction bits; the exponents 0
 * and 31 are special.
 */
static inline double joblib_array__half_to_double(uint16_t bits)
{
    uint64_t sign = (uint64_t)(bits >> 15) << 63;
    unsigned exponent = bits >> 10 & 31u;
    uint64_t fraction = bits & 1023u;
    if (exponent == 0) {
        double magnitude = (double)fraction * 0x1p-24;
        return sign ? -magnitude : magnitude;
    }
    uint64_t wide = exponent == 31 ? 2047 : exponent + (1023 - 15);
    return joblib_base__bits_to_double(sign | wide << 52 | fraction << 42);
}

/** The bits of a number that half precision can hold exactly, NaN and infinity included. */
static inline uint16_t joblib_array__half_bits(double value)
{
    unsigned sign = signbit(value) ? 0x8000U : 0U;
    if (isnan(value)) return (uint16_t)(sign | 0x7e00);
    if (isinf(value)) return (uint16_t)(sign | 0x7c00);
    double size = fabs(value);
    if (size < ldexp(1, -14)) return (uint16_t)(sign | (unsigned)ldexp(size, 24));
    int exponent;
    unsigned fraction = (unsigned)ldexp(frexp(size, &exponent), 11); /* 1024 to 2047 */
    return (uint16_t)(sign | (unsigned)(exponent + 14) << 10 | (fraction - 1024));
}

#endif
