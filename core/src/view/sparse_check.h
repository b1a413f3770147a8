/**
 * The numbers of index arrays: each is read once, in the byte order of the file.
 */
#ifndef JOBLIB_VIEW_SPARSE_CHECK_H
#define JOBLIB_VIEW_SPARSE_CHECK_H

#include "joblib/sparse.h"

/**
 * Checks `pointers` and `indices` of CSR or CSC against the shape and the data, and sets
 * `count` and the flags of order. Both are contiguous, of int32 or int64.
 * JOBLIB_ERROR_ARRAY where they contradict.
 */
joblib_status joblib_view__check_compressed(joblib_sparse *sparse, joblib_error *error);

/** Checks that the first `count` indices are at least 0 and below `extent`. */
joblib_status joblib_view__check_indices(const joblib_array *indices, size_t count,
                                         uint64_t extent, joblib_error *error);

#endif
