/**
 * Numbers of an array as text.
 */
#ifndef JOBLIB_PRINT_NUMBER_TEXT_H
#define JOBLIB_PRINT_NUMBER_TEXT_H

#include <stdbool.h>

#include "joblib/array.h"
#include "joblib/print.h"

/**
 * Writes the number at `item`, whose dtype is a plain number: "True", "-5", "0.1". False
 * for every other dtype.
 */
bool joblib_print__number_text(const joblib_dtype *dtype, const void *item,
                               char text[JOBLIB_FLOAT_TEXT_SIZE]);

/** Views one element of an array, or of a field in it, as an array without dimensions. */
void joblib_print__view_item(joblib_array *out, const joblib_dtype *dtype,
                             const void *item);

#endif
