/**
 * Products of rows with weights. `weights` holds `outputs` rows of `columns` numbers, `out`
 * gets `outputs` numbers a row.
 *
 * Sums are made in double, in an order that depends on `columns` only: a row gives the same
 * bits alone and among others. Rows and weights may be compressed (CSR): row i holds elements
 * offsets[i] to offsets[i + 1].
 */
#ifndef JOBLIB_KERNEL_DOT_H
#define JOBLIB_KERNEL_DOT_H

#include <stddef.h>
#include <stdint.h>

/** A sparse matrix by rows, of numbers in double. */
typedef struct joblib_kernel__csr {
    const double *values;
    const int64_t *offsets;
    const int32_t *indices;
} joblib_kernel__csr;

void joblib_kernel__products(const double *x, size_t rows, size_t columns,
                             const double *weights, size_t outputs, double *out);

/** For compressed rows. */
void joblib_kernel__products_csr(const joblib_kernel__csr *x, size_t rows, size_t columns,
                                 const double *weights, size_t outputs, double *out);

/** For compressed weights. */
void joblib_kernel__products_by_csr(const double *x, size_t rows, size_t columns,
                                    const joblib_kernel__csr *weights, size_t outputs,
                                    double *out);

/** Replaces weights and numbers by their sizes: for bounds. */
void joblib_kernel__absolute(const double *values, size_t count, double *out);

/** Adds `terms[o]` to each number o of each row. */
void joblib_kernel__add_terms(double *out, size_t rows, size_t outputs,
                              const double *terms);

/** The same for numbers that are floats: each is rounded to float, then the sum is. */
void joblib_kernel__add_terms_narrow(const double *products, size_t rows, size_t outputs,
                                     const double *terms, float *out);

/** Rounds to float and back. */
void joblib_kernel__round_to_float(double *values, size_t count);

#endif
