/**
 * A document as an indented tree for a person.
 */
#ifndef JOBLIB_PRINT_VALUE_TREE_H
#define JOBLIB_PRINT_VALUE_TREE_H

#include "joblib/value.h"
#include "print/output_buffer.h"

/**
 * Puts a value, a line each for it and for what stands below it down to `depth` levels.
 *
 * Values that are met more than once carry a number, `&1`, and are expanded where they
 * come first; other places show `*1`. Long containers are cut: `… 990 more`.
 */
joblib_status joblib_print__put_tree(joblib_print__output *out, const joblib_value *root,
                                     uint64_t depth, joblib_error *error);

#endif
