/**
 * The parts of tagged JSON that no other value stands in.
 */
#ifndef JOBLIB_PRINT_TAGGED_LEAF_H
#define JOBLIB_PRINT_TAGGED_LEAF_H

#include "joblib/value.h"
#include "print/children.h"
#include "print/output_buffer.h"

/** Puts tag and content of a value that has no children and is no array: "int":"5". */
joblib_status joblib_print__put_leaf(joblib_print__output *out, const joblib_value *value,
                                     joblib_print__reading reading, joblib_error *error);

/** Puts an array up to its elements, and these too unless they are objects. */
joblib_status joblib_print__put_array_head(joblib_print__output *out,
                                           const joblib_value *value,
                                           joblib_error *error);

/** Puts the elements that follow a wrapper in the file, if they are no pickle. */
void joblib_print__put_wrapped_data(joblib_print__output *out, const joblib_value *value);

/** Puts what follows the elements of an array, with its braces. */
void joblib_print__put_array_end(joblib_print__output *out, const joblib_value *value);

#endif
