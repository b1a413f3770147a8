/**
 * The parts of tagged JSON that no other value stands in.
 */
#ifndef JOBLIB_COMMAND_TAGGED_LEAF_H
#define JOBLIB_COMMAND_TAGGED_LEAF_H

#include "command/output.h"
#include "joblib.h"

/** Puts tag and content of a value that has no children and is no array: "int":"5". */
joblib_status joblib_command__put_leaf(joblib_command__output *out,
                                       const joblib_value *value, joblib_error *error);

/** Puts an array up to its elements, and these too unless they are objects. */
joblib_status joblib_command__put_array_head(joblib_command__output *out,
                                             const joblib_value *value,
                                             joblib_error *error);

/** Puts what follows the elements of an array, with its braces. */
void joblib_command__put_array_end(joblib_command__output *out,
                                   const joblib_value *value);

#endif
