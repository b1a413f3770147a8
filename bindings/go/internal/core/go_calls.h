#ifndef JOBLIB_GO_CALLS_H
#define JOBLIB_GO_CALLS_H

/**
 * Calls that read and write slices of Go in place. Handles are numbers in Go, 0 for NULL.
 * Where `values` are given, they are `count` numbers: `rows` rows of as many columns each.
 */

#include "handles.h"

/** What the numbers are that joblib_go_run() wrote. */
typedef struct joblib_go_output {
    int number; /**< JOBLIB_NUMBER_FLOAT64 or _INT64 */
    int ndim;   /**< 1 or 2 */
} joblib_go_output;

/** JoblibDocument_loads(). */
uintptr_t joblib_go_loads(const unsigned char *data, size_t size, uintptr_t options,
                          joblib_error *error);

/** JoblibAudit_loads(). */
uintptr_t joblib_go_audit(const unsigned char *data, size_t size, uintptr_t options,
                          uintptr_t allow, joblib_error *error);

/** JoblibInput_packed(); `text` is terminated. */
uintptr_t joblib_go_packed(const unsigned char *data, size_t size, const char *text,
                           size_t rows, size_t columns, joblib_error *error);

/** Another handle of the model, which lives when `model` is closed. */
uintptr_t joblib_go_share(uintptr_t model, joblib_error *error);

/**
 * JoblibModel_fill() for rows in memory of the caller, who keeps the model open: threads that
 * predict at once then write to no memory in common.
 */
void joblib_go_fill(uintptr_t model, int method, const double *values, size_t count,
                    size_t rows, uintptr_t workspace, double *out, size_t capacity,
                    joblib_error *error);

/**
 * JoblibModel_run() for rows in memory of the caller. If the result is one dense output of
 * `capacity` numbers of float64 or int64, `out` gets them, `output` says what they are, and 0
 * is returned. Else the result is.
 */
uintptr_t joblib_go_run(uintptr_t model, int method, const double *values, size_t count,
                        size_t rows, uintptr_t workspace, uint32_t threads, double *out,
                        size_t capacity, joblib_go_output *output, joblib_error *error);

#endif
