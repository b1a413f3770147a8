/**
 * Results: the arrays that a run gives to the caller.
 */
#ifndef JOBLIB_MODEL_RUN_RESULT_H
#define JOBLIB_MODEL_RUN_RESULT_H

#include "base/allocator.h"
#include "model/estimator.h"

/** One output. `values` of a sparse one holds the stored elements. */
typedef struct joblib_model__array {
    bool sparse;
    size_t ndim;
    int64_t shape[2];
    int64_t strides[2];
    const joblib_dtype *dtype;
    void *values;
    size_t size; /* bytes of values */
    /* sparse only */
    void *offsets;
    void *indices;
    size_t offsets_size;
    size_t indices_size;
    uint8_t index_number;
} joblib_model__array;

struct joblib_result {
    joblib_allocator allocator;
    joblib_model *model; /* retained: labels and dtypes may be its document's */
    size_t count;
    joblib_model__array arrays[]; /* `count` of them */
};

/** Makes a result of `count` empty arrays. */
joblib_status joblib_model__new_result(const joblib_allocator *allocator,
                                       const joblib_model *model, size_t count,
                                       joblib_result **out, joblib_error *error);

/** Allocates bytes that belong to a result, noting their size. */
joblib_status joblib_model__allocate_result(const joblib_result *result, size_t count,
                                            size_t item_size, void **out,
                                            size_t *size_out, joblib_error *error);

#endif
