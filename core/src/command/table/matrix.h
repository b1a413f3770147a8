/**
 * The arrays of a result by rows of doubles, dense or sparse.
 */
#ifndef JOBLIB_COMMAND_MATRIX_H
#define JOBLIB_COMMAND_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

#include "joblib.h"

/** One matrix: an output of a result, or a value of a document. */
typedef struct joblib_command__matrix {
    bool is_sparse;
    joblib_array array; /* unless sparse: one or two dimensions */
    joblib_input csr;   /* if sparse */
    size_t rows;
    size_t columns; /* 1 for an array of one dimension */
} joblib_command__matrix;

/** Views output `index` of a result. JOBLIB_ERROR_KIND for more than two dimensions. */
joblib_status joblib_command__matrix_of_result(const joblib_result *result, size_t index,
                                               joblib_command__matrix *out,
                                               joblib_error *error);

/** Views an array of one or two dimensions, or a scipy csr_matrix. */
joblib_status joblib_command__matrix_of_value(const joblib_value *value,
                                              joblib_command__matrix *out,
                                              joblib_error *error);

/**
 * Reads row `row`, `matrix->columns` numbers. Sparse elements that stand at one place are
 * added up. JOBLIB_ERROR_KIND if the elements are no numbers.
 */
joblib_status joblib_command__matrix_row(const joblib_command__matrix *matrix, size_t row,
                                         double *out, joblib_error *error);

/** The dtype of the elements. */
const joblib_dtype *joblib_command__matrix_dtype(const joblib_command__matrix *matrix);

#endif
