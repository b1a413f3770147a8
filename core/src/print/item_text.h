/**
 * One element of an array as text for a person.
 */
#ifndef JOBLIB_PRINT_ITEM_TEXT_H
#define JOBLIB_PRINT_ITEM_TEXT_H

#include <stdbool.h>

#include "joblib/dtype.h"
#include "print/output_buffer.h"

/** Puts a complex number: `(1.0-2.0j)`. */
void joblib_print__put_complex(joblib_print__output *out, double real, double imaginary,
                               bool single);

/** Puts the element at `item`, of any type but 'O': `0.5`, `"text"`, `(1, 2.0, …)`. */
void joblib_print__put_item(joblib_print__output *out, const joblib_dtype *dtype,
                            const void *item);

#endif
