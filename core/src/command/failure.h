/**
 * Errors of the command's own readers and writers, and how any error is told.
 */
#ifndef JOBLIB_COMMAND_FAILURE_H
#define JOBLIB_COMMAND_FAILURE_H

#include "command/output.h"
#include "joblib.h"

/** Leaves the function with the status of a call that failed. */
#define JOBLIB_COMMAND_TRY(call) \
    do { \
        joblib_status status_of_call = (call); \
        if (status_of_call != JOBLIB_OK) return status_of_call; \
    } while (0)

/** Fills `error` and returns `status`. The message is formatted as printf does. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
joblib_status
joblib_command__fail(joblib_error *error, joblib_status status, const char *format, ...);

/** Fills `error` with JOBLIB_ERROR_MEMORY and returns that. */
joblib_status joblib_command__no_memory(joblib_error *error);

/**
 * Puts one line: the file, the offset or the path or the row where they are known, the
 * name of the status and the message.
 */
void joblib_command__put_error(joblib_command__output *out, const char *file,
                               const joblib_error *error);

#endif
