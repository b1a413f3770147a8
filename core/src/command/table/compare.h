/**
 * One output of a method against what scikit-learn returned.
 */
#ifndef JOBLIB_COMMAND_COMPARE_H
#define JOBLIB_COMMAND_COMPARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "command/output.h"
#include "command/table/matrix.h"
#include "joblib.h"

typedef struct joblib_command__comparison {
    bool same_shape; /* otherwise nothing else is known */
    bool is_number;  /* numbers with a bound; otherwise labels, compared as text */
    size_t rows;
    size_t equal_rows;
    uint64_t ulps; /* the most between two numbers */
    double
        share; /* the largest error, as a share of its bound; infinite where that is 0 */
    size_t first_row, first_column;        /* the first difference, if rows differ */
    joblib_command__bytes found, expected; /* its texts; free both */
} joblib_command__comparison;

/** Compares all rows. `bound` may be NULL: then numbers must be equal. */
joblib_status joblib_command__compare(const joblib_command__matrix *found,
                                      const joblib_command__matrix *expected,
                                      const joblib_command__matrix *bound,
                                      joblib_command__comparison *out,
                                      joblib_error *error);

/** True if labels are equal, and numbers within their bounds. */
bool joblib_command__agrees(const joblib_command__comparison *comparison);

void joblib_command__comparison_free(joblib_command__comparison *comparison);

#endif
