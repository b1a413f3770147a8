#ifndef REBUILT_H
#define REBUILT_H

/**
 * Making a value anew, by the public functions of a builder, from what the public reading
 * functions tell of another.
 */

#include "joblib/builder.h"
#include "joblib/value.h"

/** JOBLIB_ERROR_ARGUMENT for a value with an object that builders refuse to make. */
joblib_status rebuild(joblib_builder *builder, const joblib_value *from,
                      joblib_value **out, joblib_error *error);

#endif
