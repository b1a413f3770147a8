#ifndef JOBLIB_SPARSE_H
#define JOBLIB_SPARSE_H

/**
 * Sparse matrices and arrays of scipy, as the arrays that they are made of. joblib/view.h
 * says what all views have in common.
 */

#include <stddef.h>
#include <stdint.h>

#include "joblib/array.h"
#include "joblib/error.h"
#include "joblib/export.h"
#include "joblib/value.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum joblib_sparse_format {
    JOBLIB_SPARSE_CSR = 0, /**< rows one after the other */
    JOBLIB_SPARSE_CSC = 1, /**< columns one after the other */
    JOBLIB_SPARSE_COO = 2  /**< elements with their coordinates */
} joblib_sparse_format;

typedef enum joblib_sparse_flag {
    JOBLIB_SPARSE_ARRAY = 1,    /**< a sparse array of scipy; a matrix otherwise */
    JOBLIB_SPARSE_SORTED = 2,   /**< CSR and CSC: indices of each line do not fall */
    JOBLIB_SPARSE_CANONICAL = 4 /**< and no element stands twice */
} joblib_sparse_flag;

/**
 * A sparse matrix or array. Element `i` of line `l`, a row of CSR or column of CSC, has
 * pointers[l] <= i < pointers[l + 1]; it is data[i], at indices[i] of the line.
 * Elements that stand twice are summed.
 */
typedef struct joblib_sparse {
    uint32_t struct_size;
    uint32_t format;                 /**< a joblib_sparse_format */
    uint32_t flags;                  /**< JOBLIB_SPARSE_…, or-ed */
    uint32_t ndim;                   /**< 2; 1 or more for arrays of newer scipy */
    uint64_t rows;                   /**< 1 if `ndim` is 1, 0 if it is above 2 */
    uint64_t columns;                /**< 0 if `ndim` is above 2 */
    size_t count;                    /**< stored elements */
    const joblib_array *data;        /**< one dimension, `count` elements or more */
    const joblib_array *pointers;    /**< lines + 1 numbers; NULL for COO */
    const joblib_array *indices;     /**< CSR, COO: columns. CSC: rows */
    const joblib_array *row_indices; /**< COO of two dimensions: rows; NULL otherwise */
    const joblib_value *shape;       /**< a tuple of `ndim` ints */
    const joblib_value *coordinates; /**< COO: a tuple of `ndim` arrays where the file has
                                          one, as above two dimensions; NULL otherwise */
} joblib_sparse;

#define JOBLIB_SPARSE_INIT \
    { \
        (uint32_t)sizeof(joblib_sparse), 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, \
            NULL \
    }

/**
 * Views a csr, csc or coo matrix or array, checked in full: every index is within the
 * shape. Time grows with the stored elements. Index arrays are contiguous, of int32 or
 * int64 of either byte order: the flags of each array tell.
 *
 * @return also JOBLIB_ERROR_ARRAY where numbers of the arrays contradict one another or the
 *         shape; JOBLIB_ERROR_KIND for bsr, dia, lil and dok too.
 * Threads: any.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_view_sparse(const joblib_value *value,
                                                           joblib_sparse *out,
                                                           joblib_error *error);

#ifdef __cplusplus
}
#endif

#endif
