/**
 * What `joblib convert` does with a file before it is written: its settings are found.
 */
#ifndef JOBLIB_COMMAND_CONVERSION_H
#define JOBLIB_COMMAND_CONVERSION_H

#include <stdbool.h>

#include "command/rewriting.h"

typedef struct joblib_command__conversion {
    joblib_command__rewriting all;
    bool same;   /* the bytes of the input are wanted again */
    int profile; /* a joblib_profile that the output must keep; 0 for none */
    joblib_command__bytes bytes; /* of the input, where they are to be compared */
} joblib_command__conversion;

/**
 * A joblib_command__change, of a joblib_command__conversion. Loads the input. For --same, and for
 * JSON, which keeps the settings of a file, it finds those that give the bytes of the input.
 */
joblib_status joblib_command__convert(void *ctx, joblib_error *error);

/**
 * Makes `document` one of the profile, with the options for it, and checks what will be written. All that stands in the way is
 * told on standard error; then JOBLIB_ERROR_UNSUPPORTED.
 */
joblib_status joblib_command__make_portable(joblib_command__conversion *conversion,
                                            joblib_error *error);

#endif
