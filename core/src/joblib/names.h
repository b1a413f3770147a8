/**
 * The classes and functions that mean something to the loader, and what they mean.
 *
 * A name from a file selects a row by exact comparison; no row calls anything outside this
 * library. Functions that do not like the arguments leave `*out` NULL where Python would have
 * made something that is not decoded, and fail where Python would have failed.
 */
#ifndef JOBLIB_JOBLIB_NAMES_H
#define JOBLIB_JOBLIB_NAMES_H

#include "pickle/machine.h"

/** What a name is, whatever module it was imported from. */
enum joblib_load__name {
    JOBLIB_NAME_UNKNOWN,
    JOBLIB_NAME_BYTEARRAY,
    JOBLIB_NAME_BYTES,
    JOBLIB_NAME_COMPLEX,
    JOBLIB_NAME_FROZENSET,
    JOBLIB_NAME_OBJECT,
    JOBLIB_NAME_SET,
    JOBLIB_NAME_ENCODE,
    JOBLIB_NAME_RECONSTRUCTOR,
    JOBLIB_NAME_WRAPPER,
    JOBLIB_NAME_COMPANION,
    JOBLIB_NAME_DTYPE,
    JOBLIB_NAME_MATRIX,
    JOBLIB_NAME_MEMMAP,
    JOBLIB_NAME_NDARRAY,
    JOBLIB_NAME_RECORD,
    JOBLIB_NAME_STRINGS,
    JOBLIB_NAME_RECONSTRUCT,
    JOBLIB_NAME_SCALAR,
    JOBLIB_NAME_FROMBUFFER
};

typedef joblib_status joblib_load__reduce(joblib_pickle__machine *machine,
                                          joblib_value *callable, joblib_value *arguments,
                                          joblib_value **out, joblib_error *error);
typedef joblib_status joblib_load__build(joblib_pickle__machine *machine,
                                         joblib_value *object, joblib_value *state,
                                         joblib_value **out, joblib_error *error);

/* builtins.c */
joblib_load__reduce joblib_load__reduce_none;
joblib_load__reduce joblib_load__reduce_bytearray;
joblib_load__reduce joblib_load__reduce_bytes;
joblib_load__reduce joblib_load__reduce_complex;
joblib_load__reduce joblib_load__reduce_encode;
joblib_load__reduce joblib_load__reduce_frozenset;
joblib_load__reduce joblib_load__reduce_reconstructor;
joblib_load__reduce joblib_load__reduce_set;
joblib_load__build joblib_load__build_none;

/* numpy_dtype.c */
joblib_load__reduce joblib_load__reduce_dtype;
joblib_load__build joblib_load__build_dtype;

/* numpy_array.c */
joblib_load__reduce joblib_load__reduce_array;
joblib_load__reduce joblib_load__reduce_scalar;
joblib_load__reduce joblib_load__reduce_frombuffer;
joblib_load__build joblib_load__build_array;

/* wrapper.c */
joblib_load__reduce joblib_load__reduce_wrapper;
joblib_load__build joblib_load__build_wrapper;

/* companion.c */
joblib_load__reduce joblib_load__reduce_companion;
joblib_load__build joblib_load__build_companion;
joblib_load__build joblib_load__build_z_companion;

/** What a value names: JOBLIB_NAME_UNKNOWN for everything but a known Global. */
enum joblib_load__name joblib_load__name_of(const joblib_value *value);

/** The hooks of the pickle machine. */
extern const joblib_pickle__hooks joblib_load__hooks;

#endif
