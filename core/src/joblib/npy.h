/**
 * numpy's own file of one array: a header in Python's notation, then the elements.
 *
 *   93 "NUMPY" | version, 2 bytes | size, 2 or 4 bytes | header | elements
 */
#ifndef JOBLIB_JOBLIB_NPY_H
#define JOBLIB_JOBLIB_NPY_H

#include "array/array.h"
#include "pickle/machine.h"

#define JOBLIB_NPY_MAGIC "\x93NUMPY"
#define JOBLIB_NPY_MAGIC_SIZE ((size_t)6)

/** What a header says: `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }`. */
typedef struct joblib_load__npy {
    const joblib_dtype *dtype;
    int64_t shape[JOBLIB_MAX_NDIM];
    size_t ndim;
    bool fortran;
} joblib_load__npy;

/**
 * Reads a npy file, versions 1 to 3, from its magic to its last element, and makes an Array.
 * An array of objects has a pickle instead, which counts on `machine`. Errors carry an offset
 * in the reader where it is known. Whoever calls looks for bytes that follow.
 */
joblib_status joblib_load__read_npy(joblib_pickle__machine *machine,
                                    joblib_io__reader *reader, joblib_value **out,
                                    joblib_error *error);

#endif
