#include "kernel/finite.h"

#include <math.h>

#include "kernel/vector.h"

#define LANES 8

/* x - x is 0, but NaN for what is not finite; a sum of them keeps the NaN. */
JOBLIB_KERNEL_INLINE bool is_all_finite(const double *values, size_t count)
{
    double lanes[LANES] = {0};
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        for (size_t k = 0; k < LANES; k++) lanes[k] += values[i + k] - values[i + k];
    }
    for (size_t k = 0; i + k < count; k++) lanes[k] += values[i + k] - values[i + k];
    double sum = 0;
    for (size_t k = 0; k < LANES; k++) sum += lanes[k];
    return sum == 0;
}

static bool is_finite_plain(const double *values, size_t count)
{
    return is_all_finite(values, count);
}

JOBLIB_KERNEL_AVX2 static bool is_finite_avx2(const double *values, size_t count)
{
    return is_all_finite(values, count);
}

static bool is_all_finite_narrow(const float *values, size_t count)
{
    float lanes[LANES] = {0};
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        for (size_t k = 0; k < LANES; k++) lanes[k] += values[i + k] - values[i + k];
    }
    for (size_t k = 0; i + k < count; k++) lanes[k] += values[i + k] - values[i + k];
    float sum = 0;
    for (size_t k = 0; k < LANES; k++) sum += lanes[k];
    return sum == 0;
}

size_t joblib_kernel__find_bad(const double *values, size_t count, bool allow_nan)
{
    bool finite =
        (JOBLIB_KERNEL_HAS_AVX2() ? is_finite_avx2 : is_finite_plain)(values, count);
    if (finite) return count;
    for (size_t i = 0; i < count; i++) {
        if (isinf(values[i]) || (isnan(values[i]) && !allow_nan)) return i;
    }
    return count;
}

size_t joblib_kernel__find_bad_narrow(const float *values, size_t count, bool allow_nan)
{
    if (is_all_finite_narrow(values, count)) return count;
    for (size_t i = 0; i < count; i++) {
        if (isinf(values[i]) || (isnan(values[i]) && !allow_nan)) return i;
    }
    return count;
}

#undef LANES
