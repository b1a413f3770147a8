/**
 * One element of an array as text for a person.
 */
#ifndef JOBLIB_COMMAND_ITEM_TEXT_H
#define JOBLIB_COMMAND_ITEM_TEXT_H

#include "command/output.h"
#include "joblib.h"

/** Puts the element at `item`, of any type but 'O': `0.5`, `"text"`, `(1, 2.0, …)`. */
void joblib_command__put_item(joblib_command__output *out, const joblib_dtype *dtype,
                              const void *item);

#endif
