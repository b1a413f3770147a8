/**
 * Predictions to files.
 *
 * A writer refuses what its format cannot hold before it puts anything.
 */
#ifndef JOBLIB_COMMAND_WRITE_H
#define JOBLIB_COMMAND_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "command/output.h"
#include "joblib.h"

/** Puts one array as numpy.save() of numpy 2 does. Not for objects: JOBLIB_ERROR_KIND. */
joblib_status joblib_command__write_npy(joblib_command__output *out,
                                        const joblib_array *array, joblib_error *error);

/**
 * Puts an array, or with `as_list` a list of arrays, as joblib.dump() of joblib 1.6 on
 * Python 3.13 does with numpy 2: protocol 4, not compressed, byte for byte.
 *
 * Elements may be bool, numbers, text, bytes, or objects that are None, bool, int of 64
 * bits, float or text; `out` must not hold anything yet. JOBLIB_ERROR_KIND for the rest.
 */
joblib_status joblib_command__write_joblib(joblib_command__output *out,
                                           const joblib_array *arrays, size_t count,
                                           bool as_list, joblib_error *error);

/**
 * Puts a result of `method` as comma-separated text: a line of names, then one for each
 * row. Numbers are those of Python's repr(), sparse results are written in full.
 */
joblib_status joblib_command__write_csv(joblib_command__output *out,
                                        const joblib_model *model, int method,
                                        const joblib_result *result, joblib_error *error);

/**
 * Puts all elements in C order, or in Fortran's where joblib_command__is_fortran(), in
 * the byte order that their type says.
 */
void joblib_command__put_elements(joblib_command__output *out, const joblib_array *array);

/** True if the elements stand in memory with the first index fastest, and only so. */
bool joblib_command__is_fortran(const joblib_array *array);

#endif
