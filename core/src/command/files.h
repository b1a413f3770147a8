/**
 * The files that the operands of a verb stand for.
 */
#ifndef JOBLIB_COMMAND_FILES_H
#define JOBLIB_COMMAND_FILES_H

#include <stdbool.h>

#include "command/output.h"
#include "joblib.h"

/** A file to work on, or a folder that cannot be read. */
typedef struct joblib_command__found {
    const char *name;          /* as messages show it */
    const char *path;          /* NULL for standard input */
    const joblib_error *error; /* not NULL: why there is nothing to read */
} joblib_command__found;

typedef void joblib_command__visit_file(void *ctx, const joblib_command__found *file);

/**
 * Calls `visit` for the file `path`; for standard input where that is "-"; where it is a
 * folder, for all files in it and in the folders below, sorted. A link to a folder is not
 * followed there. A folder that cannot be read or holds nothing is visited with an error.
 *
 * JOBLIB_ERROR_MEMORY.
 */
joblib_status joblib_command__each_file(const char *path,
                                        joblib_command__visit_file *visit, void *ctx,
                                        joblib_error *error);

/**
 * Reads a file whole, or standard input where `path` is NULL, and adds it to `bytes`, which
 * the caller frees in any case.
 *
 * JOBLIB_ERROR_NOT_FOUND, JOBLIB_ERROR_IO, JOBLIB_ERROR_MEMORY.
 */
joblib_status joblib_command__read_file(const char *path, joblib_command__bytes *bytes,
                                        joblib_error *error);

/** A source that reads standard input. */
joblib_source joblib_command__standard_input(void);

#endif
