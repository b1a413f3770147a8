/**
 * IEEE half precision, which C has no type for.
 */
#ifndef JOBLIB_KERNEL_HALF_H
#define JOBLIB_KERNEL_HALF_H

#include <math.h>
#include <stdint.h>

/** The number that 16 bits stand for. */
static inline double joblib_kernel__half_to_double(uint16_t bits)
{
    int exponent = bits >> 10 & 31;
    double fraction = bits & 1023;
    double size = exponent == 31  ? (fraction > 0 ? (double)NAN : (double)INFINITY)
                  : exponent == 0 ? ldexp(fraction, -24)
                                  : ldexp(fraction + 1024, exponent - 25);
    return bits >> 15 ? -size : size;
}

/** The bits of a number that half precision can hold exactly, NaN and infinity included. */
static inline uint16_t joblib_kernel__half_bits(double value)
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
