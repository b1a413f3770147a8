#include "kernel/dot.h"

#include <math.h>
#include <string.h>

#include "kernel/vector.h"

/*
 * Eight sums side by side, whatever the width of the machine's vectors: columns k, k + 8,
 * k + 16, ... are added in sum k. The columns that are left are added to the first sums.
 */
#define LANES 8

/* Products of several rows at a time pay from so many columns on. */
#define LONG_ROW 64

JOBLIB_KERNEL_INLINE double add_lanes(const double lanes[LANES])
{
    return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) +
           ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

JOBLIB_KERNEL_INLINE double finish_dot(double lanes[LANES], const double *a,
                                       const double *b, size_t count)
{
    size_t i = count & ~(size_t)(LANES - 1);
    if (count & 4) {
        for (size_t k = 0; k < 4; k++) lanes[k] += a[i + k] * b[i + k];
        i += 4;
    }
    if (count & 2) {
        for (size_t k = 0; k < 2; k++) lanes[4 + k] += a[i + k] * b[i + k];
        i += 2;
    }
    if (count & 1) lanes[6] += a[i] * b[i];
    return add_lanes(lanes);
}

#if defined(__GNUC__)
typedef double double_pair __attribute__((vector_size(16)));
typedef double double_quad __attribute__((vector_size(32)));
#else
typedef double double_pair;
typedef double double_quad;
#endif

/* Defines the products of `group` rows with one row of weights, by vectors of type `vector`. */
#define DEFINE_DOTS(name, vector, group, attribute) \
    attribute static void name(const double *x, size_t columns, const double *weights, \
                               double *out, size_t stride) \
    { \
        enum { WIDTH = sizeof(vector) / sizeof(double), PARTS = LANES / WIDTH }; \
        vector sums[group][PARTS]; \
        memset(sums, 0, sizeof sums); \
        for (size_t i = 0; i + LANES <= columns; i += LANES) { \
            for (size_t p = 0; p < PARTS; p++) { \
                vector a, b; \
                memcpy(&b, weights + i + p * WIDTH, sizeof b); \
                for (size_t r = 0; r < (group); r++) { \
                    memcpy(&a, x + r * columns + i + p * WIDTH, sizeof a); \
                    sums[r][p] += a * b; \
                } \
            } \
        } \
        for (size_t r = 0; r < (group); r++) { \
            double lanes[LANES]; \
            memcpy(lanes, sums[r], sizeof lanes); \
            out[r * stride] = finish_dot(lanes, x + r * columns, weights, columns); \
        } \
    }

DEFINE_DOTS(dot_one, double_pair, 1, )
DEFINE_DOTS(dot_two, double_pair, 2, )
DEFINE_DOTS(dot_one_avx2, double_quad, 1, JOBLIB_KERNEL_AVX2)
DEFINE_DOTS(dot_four_avx2, double_quad, 4, JOBLIB_KERNEL_AVX2)
#undef DEFINE_DOTS

typedef void dot_function(const double *x, size_t columns, const double *weights,
                          double *out, size_t stride);

/* Rows in groups of `size`, the rest one by one. */
static void multiply_groups(const double *x, size_t rows, size_t columns,
                            const double *weights, size_t outputs, double *out,
                            dot_function *many, size_t size, dot_function *one)
{
    size_t i = 0;
    if (columns < LONG_ROW) size = rows + 1;
    for (; i + size <= rows; i += size) {
        for (size_t o = 0; o < outputs; o++)
            many(x + i * columns, columns, weights + o * columns, out + i * outputs + o,
                 outputs);
    }
    for (; i < rows; i++) {
        for (size_t o = 0; o < outputs; o++)
            one(x + i * columns, columns, weights + o * columns, out + i * outputs + o,
                1);
    }
}

static double dot_sparse(const double *values, const int32_t *indices, size_t count,
                         const double *dense)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += values[i] * dense[indices[i]];
    return sum;
}

void joblib_kernel__products(const double *x, size_t rows, size_t columns,
                             const double *weights, size_t outputs, double *out)
{
    if (JOBLIB_KERNEL_HAS_AVX2())
        multiply_groups(x, rows, columns, weights, outputs, out, dot_four_avx2, 4,
                        dot_one_avx2);
    else
        multiply_groups(x, rows, columns, weights, outputs, out, dot_two, 2, dot_one);
}

void joblib_kernel__products_csr(const joblib_kernel__csr *x, size_t rows, size_t columns,
                                 const double *weights, size_t outputs, double *out)
{
    for (size_t i = 0; i < rows; i++) {
        int64_t first = x->offsets[i];
        size_t count = (size_t)(x->offsets[i + 1] - first);
        for (size_t o = 0; o < outputs; o++) {
            *out++ = dot_sparse(x->values + first, x->indices + first, count,
                                weights + o * columns);
        }
    }
}

void joblib_kernel__products_by_csr(const double *x, size_t rows, size_t columns,
                                    const joblib_kernel__csr *weights, size_t outputs,
                                    double *out)
{
    for (size_t i = 0; i < rows; i++, x += columns) {
        for (size_t o = 0; o < outputs; o++) {
            int64_t first = weights->offsets[o];
            size_t count = (size_t)(weights->offsets[o + 1] - first);
            *out++ =
                dot_sparse(weights->values + first, weights->indices + first, count, x);
        }
    }
}

void joblib_kernel__absolute(const double *values, size_t count, double *out)
{
    for (size_t i = 0; i < count; i++) out[i] = fabs(values[i]);
}

void joblib_kernel__add_terms(double *out, size_t rows, size_t outputs,
                              const double *terms)
{
    for (size_t i = 0; i < rows; i++, out += outputs) {
        for (size_t o = 0; o < outputs; o++) out[o] += terms[o];
    }
}

void joblib_kernel__add_terms_narrow(const double *products, size_t rows, size_t outputs,
                                     const double *terms, float *out)
{
    for (size_t i = 0; i < rows; i++) {
        for (size_t o = 0; o < outputs; o++) {
            *out++ = (float)*products++ + (float)terms[o];
        }
    }
}

void joblib_kernel__round_to_float(double *values, size_t count)
{
    for (size_t i = 0; i < count; i++) values[i] = (double)(float)values[i];
}

#undef LANES
#undef LONG_ROW
