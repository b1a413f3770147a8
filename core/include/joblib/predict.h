#ifndef JOBLIB_PREDICT_H
#define JOBLIB_PREDICT_H

/**
 * Predicting with a model.
 *
 * Input is described by a joblib_input; results are owned joblib_result objects or numbers
 * in the caller's buffer. Numbers are those of the scikit-learn version that wrote the
 * file, run with one job.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "joblib/allocator.h"
#include "joblib/array.h"
#include "joblib/dtype.h"
#include "joblib/error.h"
#include "joblib/export.h"
#include "joblib/model.h"
#include "joblib/value.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct joblib_workspace joblib_workspace;
typedef struct joblib_result joblib_result;

/* Input */

typedef enum joblib_input_kind {
    JOBLIB_INPUT_DENSE = 0, /**< a matrix */
    JOBLIB_INPUT_CSR = 1    /**< a sparse matrix by rows, as scipy's csr_matrix */
} joblib_input_kind;

/**
 * Rows to predict. The memory is the caller's and is only read.
 *
 * DENSE: element (i, j) stands `i * row_stride + j * column_stride` bytes after `values`.
 * CSR: row i holds the stored elements from `row_offsets[i]` to `row_offsets[i + 1]`,
 * their numbers in `values` and their columns in `column_indices`; both index arrays are
 * of type `index_number`. Offsets must start at 0 and not fall, columns must be below
 * `columns`.
 */
typedef struct joblib_input {
    uint32_t struct_size;
    uint32_t kind; /**< a joblib_input_kind */
    uint64_t rows;
    uint64_t columns;
    const void *values;
    const joblib_dtype *dtype;  /**< of `values`: bool, integers or floats */
    int64_t row_stride;         /**< bytes; DENSE only */
    int64_t column_stride;      /**< bytes; DENSE only */
    const void *row_offsets;    /**< rows + 1 numbers; CSR only */
    const void *column_indices; /**< CSR only */
    uint32_t index_number; /**< JOBLIB_NUMBER_INT32 or JOBLIB_NUMBER_INT64; CSR only */
    uint32_t reserved;     /**< 0 */
} joblib_input;

/** An input with its struct_size set: dense, no rows. */
#define JOBLIB_INPUT_INIT \
    { \
        (uint32_t)sizeof(joblib_input), 0, 0, 0, NULL, NULL, 0, 0, NULL, NULL, 0, 0 \
    }

/**
 * Describes a dense C-order matrix of `rows` by `columns` numbers of type `number`, a
 * joblib_number. All of `out` is written. NULL is accepted.
 *
 * Threads: any.   Since: 1.0
 */
JOBLIB_API void joblib_input_dense(joblib_input *out, const void *values, int number,
                                   size_t rows, size_t columns);

/**
 * Describes a loaded value as input: a 2-D array of numbers, a 1-D one (one row), or a
 * scipy csr_matrix or csr_array, as joblib_view_sparse() reads it. Nothing is copied; the
 * document must outlive `out`.
 *
 * @return JOBLIB_OK; JOBLIB_ERROR_KIND for other values; JOBLIB_ERROR_ARRAY where the parts
 *         of a sparse matrix contradict one another.   Threads: any.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_input_from_value(const joblib_value *value,
                                                                joblib_input *out,
                                                                joblib_error *error);

/* Predicting */

/** Options of a prediction. Zero in any field is its default. */
typedef struct joblib_run_options {
    uint32_t struct_size;
    /** rows are split over this many threads, with the same bits in the result; default
        1; ignored by a build without threads */
    uint32_t n_threads;
} joblib_run_options;

/** Options with their struct_size set and every default. */
#define JOBLIB_RUN_OPTIONS_INIT \
    { \
        (uint32_t)sizeof(joblib_run_options), 0 \
    }

/** Sets options to JOBLIB_RUN_OPTIONS_INIT. Threads: one per object.   Since: 1.0 */
JOBLIB_API void joblib_run_options_init(joblib_run_options *options);

/**
 * Runs a method on all rows of `input`.
 *
 * `workspace` is scratch memory that grows and is kept; NULL makes one for this call.
 * `options` may be NULL.
 *
 * The result has joblib_model_output_count() arrays. `predict` of one target gives a 1-D
 * array (labels have the dtype of `classes_`), everything else 2-D; `transform` of sparse
 * input may give a sparse output.
 *
 * @return JOBLIB_OK, and `*out` is a new result: joblib_result_free() it. Otherwise
 *         `*out` is NULL:
 *         JOBLIB_ERROR_METHOD  the model lacks the method
 *         JOBLIB_ERROR_INPUT   columns, index arrays, kind or dtype do not fit
 *         JOBLIB_ERROR_VALUE   NaN or infinity where this estimator refuses them, with
 *                              row and column
 *         JOBLIB_ERROR_ARGUMENT, JOBLIB_ERROR_MEMORY
 * Threads: any, with a workspace each.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status
joblib_model_run(const joblib_model *model, int method, const joblib_input *input,
                 joblib_workspace *workspace, const joblib_run_options *options,
                 joblib_result **out, joblib_error *error);

/**
 * Like joblib_model_run(), but for the one dense numeric output of `method`, into the
 * caller's buffer: rows times joblib_model_output_columns() doubles, in C order. With a
 * workspace that has seen as large an input, nothing is allocated.
 *
 * @return also JOBLIB_ERROR_KIND if the method gives several outputs or labels that are
 *         no numbers, JOBLIB_ERROR_RANGE if `capacity`, in doubles, is too small: nothing
 *         is written then.
 * Threads: any, with a workspace each.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_model_fill(
    const joblib_model *model, int method, const joblib_input *input,
    joblib_workspace *workspace, double *out, size_t capacity, joblib_error *error);

/**
 * Bounds the error of a method: like joblib_model_run(), but each number of the result is
 * the largest difference that another order of the same sums may make, 0 where the
 * arithmetic is a fixed sequence. Labels have no bound: for `predict` of a classifier the
 * bound is 0.
 *
 * Threads: any, with a workspace each.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status
joblib_model_bound(const joblib_model *model, int method, const joblib_input *input,
                   joblib_workspace *workspace, joblib_result **out, joblib_error *error);

/**
 * Makes scratch memory for predictions, for any model. `allocator` may be NULL.
 *
 * @return JOBLIB_OK and a new workspace: joblib_workspace_free() it; or
 *         JOBLIB_ERROR_MEMORY.
 * Threads: any.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_workspace_new(
    const joblib_allocator *allocator, joblib_workspace **out, joblib_error *error);

/** Frees a workspace. NULL is accepted. Threads: one per object.   Since: 1.0 */
JOBLIB_API void joblib_workspace_free(joblib_workspace *workspace);

/** Bytes of memory that a workspace holds. Threads: one per object.   Since: 1.0 */
JOBLIB_API size_t joblib_workspace_memory(const joblib_workspace *workspace);

/* Results */

/** Number of arrays in a result. Threads: any.   Since: 1.0 */
JOBLIB_API size_t joblib_result_count(const joblib_result *result);

/** Tells whether output `index` is sparse. Threads: any.   Since: 1.0 */
JOBLIB_API bool joblib_result_is_sparse(const joblib_result *result, size_t index);

/**
 * Views a dense output. The view lives as long as the result.
 *
 * @return JOBLIB_OK; JOBLIB_ERROR_RANGE if there is no such output, JOBLIB_ERROR_KIND if
 *         it is sparse.   Threads: any.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_result_array(const joblib_result *result,
                                                            size_t index,
                                                            joblib_array *out,
                                                            joblib_error *error);

/**
 * Views a sparse output as an input of the next step: kind CSR. The view lives as long as
 * the result.
 *
 * @return JOBLIB_OK; JOBLIB_ERROR_RANGE if there is no such output, JOBLIB_ERROR_KIND if
 *         it is dense.   Threads: any.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_result_csr(const joblib_result *result,
                                                          size_t index, joblib_input *out,
                                                          joblib_error *error);

/** Frees a result. NULL is accepted. Threads: one per object.   Since: 1.0 */
JOBLIB_API void joblib_result_free(joblib_result *result);

#ifdef __cplusplus
}
#endif

#endif
