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

/** Whether a value stands for numpy's dtype of strings of any length, an inert object. */
bool joblib_load__is_strings(const joblib_value *dtype);

/**
 * Reads the class of an array that joblib takes out of the pickle: ndarray, matrix, memmap;
 * JOBLIB_ERROR_FORBIDDEN for any other. `*subclass_out` is NULL but for matrix.
 */
joblib_status joblib_load__read_subclass(joblib_value *value, joblib_value **subclass_out,
                                         joblib_error *error);

/** A key that the state of a wrapper may have. */
typedef struct joblib_load__key {
    const char *name;
    size_t size; /**< bytes of the name */
    bool required;
} joblib_load__key;

/**
 * Finds the values of `count` keys in the state of a wrapper, which must be a dict; NULL for
 * one that is absent. JOBLIB_ERROR_ARRAY for a key that is twice, and for a required one that
 * is absent. Fastest where the state has the keys in the order of the table.
 */
joblib_status joblib_load__find_keys(const joblib_value *state,
                                     const joblib_load__key *keys, size_t count,
                                     joblib_value **values, joblib_error *error);

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
 * of that shape; for a record that holds objects it may also be an object. `dtype` is NULL
 * for strings of any length: they must be an object.
 */
joblib_status joblib_load__read_objects(joblib_pickle__machine *machine,
                                        joblib_io__reader *reader,
                                        const joblib_dtype *dtype, const int64_t *shape,
                                        size_t ndim, int *protocol_out,
                                        joblib_value **out, joblib_error *error);

/** Whether a value is the integer 0 or False. */
static inline bool joblib_load__is_zero(const joblib_value *value)
{
    bool is_integer = value->kind == JOBLIB_KIND_INT || value->kind == JOBLIB_KIND_BOOL;
    return is_integer && !(value->flags & JOBLIB_VALUE_BIG) && value->integer == 0;
}

#endif
