/**
 * Element types as text.
 */
#ifndef JOBLIB_COMMAND_DTYPE_TEXT_H
#define JOBLIB_COMMAND_DTYPE_TEXT_H

#include "command/output.h"
#include "joblib.h"

typedef enum joblib_command__dtype_style {
    JOBLIB_COMMAND_DTYPE_JSON, /* {"fields":[["x","<f8","0"]],"itemsize":"8"} */
    JOBLIB_COMMAND_DTYPE_PLAIN /* {x <f8} */
} joblib_command__dtype_style;

/** Puts a dtype. JOBLIB_ERROR_LIMIT if records are nested deeper than 64. */
joblib_status joblib_command__put_dtype(joblib_command__output *out,
                                        const joblib_dtype *dtype,
                                        joblib_command__dtype_style style,
                                        joblib_error *error);

#endif
