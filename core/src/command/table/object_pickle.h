/**
 * Arrays of objects as pickles of their own, which is how they stand in joblib files.
 */
#ifndef JOBLIB_COMMAND_OBJECT_PICKLE_H
#define JOBLIB_COMMAND_OBJECT_PICKLE_H

#include "command/output.h"
#include "joblib.h"

/** JOBLIB_ERROR_KIND if an element is no None, bool, int of 64 bits, float or text. */
joblib_status joblib_command__check_objects(const joblib_array *array,
                                            joblib_error *error);

/** Puts a whole pickle of protocol 5 of an array that was checked. */
joblib_status joblib_command__put_objects(joblib_command__output *out,
                                          const joblib_array *array, joblib_error *error);

#endif
