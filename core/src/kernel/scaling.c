#include "kernel/scaling.h"

#include <math.h>

#include "array/widen.h"
#include "kernel/vector.h"

JOBLIB_KERNEL_INLINE void standardize_rows(const double *x, size_t rows, size_t columns,
                                           const double *shift, const double *scale,
                                           double *out)
{
    for (size_t i = 0; i < rows; i++, x += columns, out += columns) {
        for (size_t j = 0; j < columns; j++) out[j] = (x[j] - shift[j]) / scale[j];
    }
}

static void standardize_plain(const double *x, size_t rows, size_t columns,
                              const double *shift, const double *scale, double *out)
{
    standardize_rows(x, rows, columns, shift, scale, out);
}

JOBLIB_KERNEL_AVX2 static void standardize_avx2(const double *x, size_t rows,
                                                size_t columns, const double *shift,
                                                const double *scale, double *out)
{
    standardize_rows(x, rows, columns, shift, scale, out);
}

void joblib_kernel__standardize(const double *x, size_t rows, size_t columns,
                                const double *shift, const double *scale, double *out)
{
    (JOBLIB_KERNEL_HAS_AVX2() ? standardize_avx2 : standardize_plain)(x, rows, columns,
                                                                      shift, scale, out);
}

static float round_narrow(double value, bool half)
{
    return (float)(half ? joblib_array__round_to_half(value) : value);
}

void joblib_kernel__standardize_narrow(const float *x, size_t rows, size_t columns,
                                       const double *shift, const double *scale,
                                       bool half, float *out)
{
    for (size_t i = 0; i < rows; i++, x += columns, out += columns) {
        for (size_t j = 0; j < columns; j++) {
            float moved = round_narrow((double)x[j] - shift[j], half);
            out[j] = round_narrow((double)moved / scale[j], half);
        }
    }
}

void joblib_kernel__affine(const double *x, size_t rows, size_t columns,
                           const double *factor, const double *term, double *out)
{
    for (size_t i = 0; i < rows; i++, x += columns, out += columns) {
        for (size_t j = 0; j < columns; j++) out[j] = x[j] * factor[j] + term[j];
    }
}

void joblib_kernel__affine_narrow(const float *x, size_t rows, size_t columns,
                                  const double *factor, const double *term, bool half,
                                  float *out)
{
    for (size_t i = 0; i < rows; i++, x += columns, out += columns) {
        for (size_t j = 0; j < columns; j++) {
            float scaled = round_narrow((double)x[j] * factor[j], half);
            out[j] = round_narrow((double)scaled + term[j], half);
        }
    }
}

/* numpy takes the limit where a number equals it: the limit's zero may have another sign. */
void joblib_kernel__clip(double *values, size_t count, double low, double high)
{
    for (size_t i = 0; i < count; i++) {
        double value = values[i];
        if (isnan(value)) continue;
        value = value > low ? value : low;
        values[i] = value < high ? value : high;
    }
}

void joblib_kernel__clip_narrow(float *values, size_t count, float low, float high)
{
    for (size_t i = 0; i < count; i++) {
        float value = values[i];
        if (isnan(value)) continue;
        value = value > low ? value : low;
        values[i] = value < high ? value : high;
    }
}

void joblib_kernel__scale_elements(const double *values, const int32_t *indices,
                                   size_t count, const double *factors, double *out)
{
    for (size_t i = 0; i < count; i++) out[i] = values[i] * factors[indices[i]];
}

void joblib_kernel__scale_elements_narrow(const float *values, const int32_t *indices,
                                          size_t count, const double *factors, bool half,
                                          float *out)
{
    for (size_t i = 0; i < count; i++)
        out[i] = round_narrow((double)values[i] * factors[indices[i]], half);
}
