/**
 * A file that is written as a whole: its name leads to the old file or to the new one, each
 * complete, at every moment (spec/safety.md#writing).
 *
 * The bytes go into a temporary file in the folder of the target, `.NAME.joblib-` and 32 hex
 * digits with at most 64 bytes of the name, which is renamed at the end. In place the target
 * itself is opened, emptied and written: pipes and devices can be targets then, and a failure
 * leaves what was written so far.
 */
#ifndef JOBLIB_IO_OUTPUT_FILE_H
#define JOBLIB_IO_OUTPUT_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "joblib/allocator.h"
#include "joblib/sink.h"

struct joblib_io__system;

typedef enum joblib_io__durability {
    JOBLIB_IO__FULL = 0, /**< the bytes and the name are on the disk before success */
    JOBLIB_IO__ATOMIC_ONLY /**< nothing is synced: for a loss of power nothing is promised */
} joblib_io__durability;

/** Zeros are the defaults. */
struct joblib_io__output_settings {
    bool in_place;
    joblib_io__durability durability;
    const struct joblib_io__system *system; /**< NULL: this system; for tests */
};

/** An open target. */
typedef struct joblib_io__output joblib_io__output;

/**
 * Opens a target; nothing of it changes before the commit, except in place. `settings` and
 * `allocator` may be NULL, and are copied but for `system`. On success
 * joblib_io__output_close() must follow.
 *
 * JOBLIB_ERROR_ARGUMENT for a directory, and where it is not written in place for a pipe, a
 * socket or a device; JOBLIB_ERROR_NOT_FOUND if the folder is missing; JOBLIB_ERROR_IO,
 * JOBLIB_ERROR_MEMORY; JOBLIB_ERROR_UNSUPPORTED_BUILD in a build without files.
 */
joblib_status joblib_io__output_open(const char *path,
                                     const struct joblib_io__output_settings *settings,
                                     const joblib_allocator *allocator,
                                     joblib_io__output **out, joblib_error *error);

/**
 * Adds `size` bytes. Small pieces are gathered, large ones go straight to the system. After a
 * failure, JOBLIB_ERROR_IO as a rule, every further call fails.
 */
joblib_status joblib_io__output_write(joblib_io__output *output, const void *data,
                                      size_t size, joblib_error *error);

/** A sink that adds to the output; it lives as long. */
joblib_sink joblib_io__output_sink(joblib_io__output *output);

/**
 * Puts the file in its place; the output can only be closed then. On failure, JOBLIB_ERROR_IO,
 * the target is the old file; only if the message says that the folder was not synced it is
 * the new one, which a loss of power may undo.
 */
joblib_status joblib_io__output_commit(joblib_io__output *output, joblib_error *error);

/** Frees the output. Without a commit the temporary file goes. NULL is accepted. */
void joblib_io__output_close(joblib_io__output *output);

#endif
