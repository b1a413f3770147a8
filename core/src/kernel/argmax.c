#include "kernel/argmax.h"

#include <math.h>

static uint32_t find_largest(const double *values, size_t count)
{
    size_t best = 0;
    for (size_t i = 0; i < count && !isnan(values[best]); i++) {
        if (values[i] > values[best] || isnan(values[i])) best = i;
    }
    return (uint32_t)best;
}

static uint32_t find_largest_narrow(const float *values, size_t count)
{
    size_t best = 0;
    for (size_t i = 0; i < count && !isnan(values[best]); i++) {
        if (values[i] > values[best] || isnan(values[i])) best = i;
    }
    return (uint32_t)best;
}

void joblib_kernel__argmax(const double *values, size_t rows, size_t columns,
                           uint32_t *labels, size_t stride)
{
    for (size_t i = 0; i < rows; i++)
        labels[i * stride] = find_largest(values + i * columns, columns);
}

void joblib_kernel__argmax_narrow(const float *values, size_t rows, size_t columns,
                                  uint32_t *labels, size_t stride)
{
    for (size_t i = 0; i < rows; i++)
        labels[i * stride] = find_largest_narrow(values + i * columns, columns);
}

void joblib_kernel__positive(const double *values, size_t count, uint32_t *labels)
{
    for (size_t i = 0; i < count; i++) labels[i] = values[i] > 0;
}

void joblib_kernel__positive_narrow(const float *values, size_t count, uint32_t *labels)
{
    for (size_t i = 0; i < count; i++) labels[i] = values[i] > 0;
}
