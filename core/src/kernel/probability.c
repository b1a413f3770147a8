#include "kernel/probability.h"

#include <math.h>

#include "kernel/exponential.h"

/* Scores that are turned into probabilities at a time. */
#define SIGMOID_PIECE 64

/* 1 / (1 + exp(-score)) of each. `out` may be `scores`. */
static void compute_sigmoids(const double *scores, size_t count, double *out)
{
    for (size_t i = 0; i < count; i++) out[i] = -scores[i];
    joblib_kernel__exp(out, count);
    for (size_t i = 0; i < count; i++) out[i] = 1 / (1 + out[i]);
}

void joblib_kernel__sigmoid_pairs(const double *scores, size_t rows, double *out)
{
    for (size_t i = 0; i < rows; i += SIGMOID_PIECE) {
        double p[SIGMOID_PIECE];
        size_t count = rows - i < SIGMOID_PIECE ? rows - i : SIGMOID_PIECE;
        compute_sigmoids(scores + i, count, p);
        for (size_t k = 0; k < count; k++) {
            out[2 * (i + k)] = 1 - p[k];
            out[2 * (i + k) + 1] = p[k];
        }
    }
}

/* Each number over the row's sum. */
static void normalize_rows(double *rows, size_t count, size_t columns, bool uniform)
{
    for (size_t i = 0; i < count; i++, rows += columns) {
        double sum = 0;
        for (size_t k = 0; k < columns; k++) sum += rows[k];
        if (sum == 0 && uniform) {
            for (size_t k = 0; k < columns; k++) rows[k] = 1;
            sum = (double)columns;
        }
        for (size_t k = 0; k < columns; k++) rows[k] /= sum;
    }
}

void joblib_kernel__sigmoid_shares(const double *scores, size_t rows, size_t columns,
                                   bool uniform, double *out)
{
    compute_sigmoids(scores, rows * columns, out);
    normalize_rows(out, rows, columns, uniform);
}

static double find_maximum(const double *values, size_t count)
{
    double maximum = values[0];
    for (size_t k = 1; k < count; k++) {
        if (values[k] > maximum || isnan(values[k])) maximum = values[k];
    }
    return maximum;
}

void joblib_kernel__softmax(const double *scores, size_t rows, size_t columns,
                            double *out)
{
    for (size_t i = 0; i < rows; i++) {
        const double *row = scores + i * columns;
        double maximum = find_maximum(row, columns);
        for (size_t k = 0; k < columns; k++) out[i * columns + k] = row[k] - maximum;
    }
    joblib_kernel__exp(out, rows * columns);
    normalize_rows(out, rows, columns, false);
}

void joblib_kernel__softmax_pairs(const double *scores, size_t rows, double *out)
{
    for (size_t i = 0; i < rows; i++) {
        out[2 * i] = -scores[i];
        out[2 * i + 1] = scores[i];
    }
    joblib_kernel__softmax(out, rows, 2, out);
}

void joblib_kernel__log(double *values, size_t count)
{
    for (size_t i = 0; i < count; i++) values[i] = log(values[i]);
}

void joblib_kernel__log_narrow(float *values, size_t count)
{
    for (size_t i = 0; i < count; i++) values[i] = (float)log((double)values[i]);
}

/* p (1 - p) is the slope of the sigmoid; it grows by exp(error) at most on the way. */
void joblib_kernel__bound_pairs(const double *errors, const double *p, size_t rows,
                                double factor, double unit, double *out)
{
    for (size_t i = 0; i < rows; i++, p += 2, out += 2) {
        double moved = p[0] * p[1] * expm1(factor * errors[i]);
        double larger = p[0] > p[1] ? p[0] : p[1];
        out[0] = out[1] = moved + 4 * unit * larger;
    }
}

/* Relative errors of the parts, and of their sum, which is the mean of them weighted by p. */
static void bound_row(double *relative, const double *p, size_t columns, double unit)
{
    double mean = 0;
    for (size_t k = 0; k < columns; k++) mean += p[k] * relative[k];
    for (size_t k = 0; k < columns; k++) {
        double together = relative[k] + mean + (double)columns * unit;
        relative[k] = p[k] * expm1(together) + 4 * unit * p[k];
    }
}

void joblib_kernel__bound_shares(const double *scores, const double *errors,
                                 const double *p, size_t rows, size_t columns,
                                 double unit, double *out)
{
    for (size_t i = 0; i < rows; i++) {
        compute_sigmoids(scores, columns, out);
        for (size_t k = 0; k < columns; k++)
            out[k] = (1 - out[k]) * expm1(errors[k]) + 4 * unit;
        bound_row(out, p, columns, unit);
        scores += columns, errors += columns, p += columns, out += columns;
    }
}

void joblib_kernel__bound_softmax(const double *scores, const double *errors,
                                  const double *p, size_t rows, size_t columns,
                                  double unit, double *out)
{
    for (size_t i = 0; i < rows; i++) {
        double highest = find_maximum(scores, columns);
        double largest = find_maximum(errors, columns);
        for (size_t k = 0; k < columns; k++)
            out[k] = errors[k] + largest + unit * (highest - scores[k]);
        bound_row(out, p, columns, unit);
        scores += columns, errors += columns, p += columns, out += columns;
    }
}

void joblib_kernel__bound_log(double *errors, const double *p, size_t count, double unit)
{
    for (size_t i = 0; i < count; i++) {
        double size = fabs(log(p[i]));
        double error = errors[i];
        if (error == 0)
            errors[i] = isinf(size) ? 0 : 2 * unit * size;
        else
            errors[i] = error < p[i] ? error / (p[i] - error) + 4 * unit * size
                                     : (double)INFINITY;
    }
}

#undef SIGMOID_PIECE
