/**
 * What the several ways to pickle an array have in common.
 */
#ifndef JOBLIB_JOBLIB_NUMPY_H
#define JOBLIB_JOBLIB_NUMPY_H

#include "array/array.h"
#include "joblib/names.h"

/** An array before it is made. */
struct joblib_load__array_parts {
    joblib_value *callable; /**< what made it, a Global */
    joblib_value *dtype;    /**< a Dtype */
    const int64_t *shape;
    size_t ndim;
    bool fortran;
    const void *data;
    int form; /**< a joblib_value__array_form */
};

/** Makes the array behind an Array or Scalar node. The parts agree already. */
joblib_status joblib_load__make_array(joblib_pickle__machine *machine,
                                      const struct joblib_load__array_parts *parts,
                                      struct joblib_value__array **out,
                                      joblib_error *error);

/** Reads a tuple of sizes into `shape`, which has room for JOBLIB_MAX_NDIM. */
joblib_status joblib_load__read_shape(const joblib_value *value, int64_t *shape,
                                      size_t *ndim_out, joblib_error *error);

/** Reads the text "C" or "F". */
joblib_status joblib_load__read_order(const joblib_value *value, bool *fortran_out,
                                      joblib_error *error);

/** Reads a Dtype node. */
joblib_status joblib_load__read_dtype(joblib_value *value, const joblib_dtype **out,
                                      joblib_error *error);

/** Whether a value is the integer 0 or False. */
static inline bool joblib_load__is_zero(const joblib_value *value)
{
    bool is_integer = value->kind == JOBLIB_KIND_INT || value->kind == JOBLIB_KIND_BOOL;
    return is_integer && !(value->flags & JOBLIB_VALUE_BIG) && value->integer == 0;
}

#endif
