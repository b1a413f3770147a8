#include "kernel/exponential.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "kernel/vector.h"

#define GROUP 8

/* Beyond this a result is no normal number, or the scaling by 2^n would leave its range. */
#define EXP_RANGE 700.0

/*
 * exp(x) = 2^n exp(r), n the integer next to x / log(2), |r| <= log(2) / 2. Adding 1.5 * 2^52
 * leaves n in the low bits of the sum. log(2) is split so that n times its first part is
 * exact. exp(r) is its Taylor series up to r^13 / 13!, whose rest is below 2^-57.
 */
JOBLIB_KERNEL_INLINE void exp_group(double values[GROUP])
{
    static const double magic = 0x1.8p52;
    static const double terms[] = {
        1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800,
        1.0 / 362880,     1.0 / 40320,     1.0 / 5040,     1.0 / 720,
        1.0 / 120,        1.0 / 24,        1.0 / 6,        1.0 / 2,
    };
    double sums[GROUP], rests[GROUP], series[GROUP];
    for (size_t k = 0; k < GROUP; k++) {
        sums[k] = values[k] * 0x1.71547652b82fep+0 + magic;
        double n = sums[k] - magic;
        rests[k] = (values[k] - n * 0x1.62e42fefa3800p-1) - n * 0x1.ef35793c76730p-45;
        series[k] = terms[0];
    }
    for (size_t i = 1; i < sizeof terms / sizeof *terms; i++) {
        for (size_t k = 0; k < GROUP; k++) series[k] = series[k] * rests[k] + terms[i];
    }
    for (size_t k = 0; k < GROUP; k++) {
        uint64_t bits, scale;
        double result = 1 + (rests[k] + rests[k] * rests[k] * series[k]);
        memcpy(&bits, &result, sizeof bits);
        memcpy(&scale, &sums[k], sizeof scale);
        bits += scale << 52;
        memcpy(&values[k], &bits, sizeof bits);
    }
}

/* The few numbers out of range, and NaN, are left to the C library. */
JOBLIB_KERNEL_INLINE void exp_checked(double values[GROUP])
{
    double given[GROUP];
    memcpy(given, values, sizeof given);
    exp_group(values);
    for (size_t k = 0; k < GROUP; k++) {
        if (!(fabs(given[k]) < EXP_RANGE)) values[k] = exp(given[k]);
    }
}

JOBLIB_KERNEL_INLINE void exp_all(double *values, size_t count)
{
    size_t i = 0;
    for (; i + GROUP <= count; i += GROUP) exp_checked(values + i);
    if (i == count) return;
    double rest[GROUP] = {0};
    memcpy(rest, values + i, (count - i) * sizeof *rest);
    exp_checked(rest);
    memcpy(values + i, rest, (count - i) * sizeof *rest);
}

static void exp_plain(double *values, size_t count)
{
    exp_all(values, count);
}

JOBLIB_KERNEL_AVX2 static void exp_avx2(double *values, size_t count)
{
    exp_all(values, count);
}

void joblib_kernel__exp(double *values, size_t count)
{
    (JOBLIB_KERNEL_HAS_AVX2() ? exp_avx2 : exp_plain)(values, count);
}

#undef GROUP
#undef EXP_RANGE
