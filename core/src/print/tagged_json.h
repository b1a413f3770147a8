/**
 * A whole document as tagged JSON: canonical, lossless, ASCII, on one line.
 *
 * Every value is an object with one tag that names its kind. Numbers are text, floats the
 * hexadecimal digits of their bits, so that any JSON parser keeps them. Lists, dicts,
 * sets, bytearrays, arrays and objects that are met more than once carry an "id" where
 * they come first, and are {"ref":…} afterwards; everything else is written out each
 * time.
 *
 * What stands in the pickle is told in the same way: numpy's values as the objects that they are
 * there, with the bytes that follow a wrapper, and an "id" for whatever the pickle refers to.
 */
#ifndef JOBLIB_PRINT_TAGGED_JSON_H
#define JOBLIB_PRINT_TAGGED_JSON_H

#include "joblib/value.h"
#include "print/children.h"
#include "print/output_buffer.h"

/**
 * Puts a value and everything below it, without a line end. `reading` is MEANT or PICKLED.
 *
 * JOBLIB_ERROR_UNSUPPORTED for PICKLED where a value stood in no pickle.
 * JOBLIB_ERROR_LIMIT beyond 500,000,000 values: those without identity, tuples as a rule,
 * that contain each other many times over.
 */
joblib_status joblib_print__put_tagged(joblib_print__output *out,
                                       const joblib_value *root,
                                       joblib_print__reading reading,
                                       joblib_error *error);

#endif
