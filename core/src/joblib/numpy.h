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
    int form;     /**< a joblib_value__array_form */
    bool outside; /**< joblib_load__read_elements() found the elements */
    bool viewed;  /**< ... and `data` is a view of the input */
};

/** Makes the array behind an Array or Scalar node. The parts agree already. */
joblib_status joblib_load__make_array(joblib_pickle__machine *machine,
                                      const struct joblib_load__array_parts *parts,
                                      struct joblib_value__array **out,
                                      joblib_error *error);

/** Reads a tuple of sizes into `shape`, which has room for JOBLIB_MAX_NDIM. */
joblib_status joblib_load__read_shape(const joblib_value *value, int64_t *shape,
                                      size_t *ndim_out, joblib_error *error);

/**
 * Reads the state of an array, a tuple of `count`: version, shape, dtype, whether in Fortran
 * order, and perhaps data, which is left to the caller. `shape` has room for
 * JOBLIB_MAX_NDIM.
 */
joblib_status joblib_load__read_array_head(joblib_value *state, size_t count,
                                           int64_t *shape,
                                           struct joblib_load__array_parts *parts,
                                           joblib_error *error);

/** Reads the text "C" or "F". */
joblib_status joblib_load__read_order(const joblib_value *value, bool *fortran_out,
                                      joblib_error *error);

/** Reads a Dtype node. */
joblib_status joblib_load__read_dtype(joblib_value *value, const joblib_dtype **out,
                                      joblib_error *error);

/**
 * Reads the class of an array that joblib takes out of the pickle: ndarray, matrix, memmap;
 * JOBLIB_ERROR_FORBIDDEN for any other. `*subclass_out` is NULL but for matrix.
 */
joblib_status joblib_load__read_subclass(joblib_value *value, joblib_value **subclass_out,
                                         joblib_error *error);

/** Finds a key in the state of a wrapper, a dict; NULL if absent, an error if it is twice. */
joblib_status joblib_load__find_key(const joblib_value *state, const char *key,
                                    joblib_value **out, joblib_error *error);

/** The same, but JOBLIB_ERROR_ARRAY if it is absent. */
joblib_status joblib_load__require_key(const joblib_value *state, const char *key,
                                       joblib_value **out, joblib_error *error);

/**
 * Reads `size` bytes of elements, the data of `parts`: a view where the reader's memory stays
 * and is aligned, a copy otherwise. Sizes are compared with what can come, and with the limits, before.
 */
joblib_status joblib_load__read_elements(joblib_pickle__machine *machine,
                                         joblib_io__reader *reader,
                                         const joblib_dtype *dtype, size_t size,
                                         struct joblib_load__array_parts *parts,
                                         joblib_error *error);

/**
 * Reads the nested pickle that stands in place of elements. It must be an array of objects
 * of that shape; for a record that holds objects it may also be an object.
 */
joblib_status joblib_load__read_objects(joblib_pickle__machine *machine,
                                        joblib_io__reader *reader,
                                        const joblib_dtype *dtype, const int64_t *shape,
                                        size_t ndim, joblib_value **out,
                                        joblib_error *error);

/** Whether a value is the integer 0 or False. */
static inline bool joblib_load__is_zero(const joblib_value *value)
{
    bool is_integer = value->kind == JOBLIB_KIND_INT || value->kind == JOBLIB_KIND_BOOL;
    return is_integer && !(value->flags & JOBLIB_VALUE_BIG) && value->integer == 0;
}

#endif
