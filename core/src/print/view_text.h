/**
 * What an object of a well-known class is, in words, for a person.
 */
#ifndef JOBLIB_PRINT_VIEW_TEXT_H
#define JOBLIB_PRINT_VIEW_TEXT_H

#include <stdbool.h>

#include "joblib/value.h"
#include "print/output_buffer.h"

/**
 * Puts ` 2020-01-02T03:04:05`, ` 1/3`, ` 3 x 4 <f8, 5 stored` of a sparse matrix, or
 * ` 5 rows, 3 columns` of a DataFrame; nothing for an object without such words, or whose
 * form is not that of its class. Text of the file is escaped. Returns whether there was
 * something.
 */
bool joblib_print__put_view(joblib_print__output *out, const joblib_value *object);

#endif
