/**
 * Element types as text.
 */
#ifndef JOBLIB_PRINT_DTYPE_TEXT_H
#define JOBLIB_PRINT_DTYPE_TEXT_H

#include "joblib/dtype.h"
#include "print/output_buffer.h"

typedef enum joblib_print__dtype_style {
    JOBLIB_PRINT_DTYPE_JSON, /* {"fields":[["x","<f8","0"]],"itemsize":"8"} */
    JOBLIB_PRINT_DTYPE_PLAIN /* {x <f8} */
} joblib_print__dtype_style;

void joblib_print__put_dtype(joblib_print__output *out, const joblib_dtype *dtype,
                             joblib_print__dtype_style style);

#endif
