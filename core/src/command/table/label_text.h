/**
 * Labels and numbers of an array as text for a machine: nothing is escaped or cut.
 */
#ifndef JOBLIB_COMMAND_LABEL_TEXT_H
#define JOBLIB_COMMAND_LABEL_TEXT_H

#include "command/output.h"
#include "joblib.h"

/**
 * Appends element `index` of an array: text and bytes as they are, numbers as Python's
 * repr(), None as nothing. JOBLIB_ERROR_KIND for other objects, dates and records;
 * JOBLIB_ERROR_MEMORY.
 */
joblib_status joblib_command__append_label(joblib_command__bytes *text,
                                           const joblib_array *array, size_t index);

#endif
