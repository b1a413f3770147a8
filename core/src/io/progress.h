/**
 * The caller's function that hears how far a load is and may cancel it.
 *
 * All readers of a load share one of these, and so do the pickles: each counts what it has
 * done, and the function is called when that is enough.
 */
#ifndef JOBLIB_IO_PROGRESS_H
#define JOBLIB_IO_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/**
 * Most bytes that are read or decoded in one go while somebody listens, and fewest between
 * two calls: so less than 1 MiB passes without a call.
 */
#define JOBLIB_PROGRESS_STEP ((size_t)512 << 10)

/** Most opcodes between two calls. */
#define JOBLIB_PROGRESS_OPCODES 65536

typedef struct joblib_io__progress {
    bool (*call)(void *ctx, uint64_t read, uint64_t total);
    void *ctx;
    uint64_t read;  /**< bytes of the input, companions included */
    uint64_t total; /**< size of what was opened so far */
    bool endless;   /**< the size of something is not known */
    uint64_t since; /**< bytes, of the input or decoded, since the last call */
} joblib_io__progress;

/** Adds the size of an input that was opened; JOBLIB_UNKNOWN_SIZE is allowed. */
void joblib_io__progress_expect(joblib_io__progress *progress, uint64_t size);

/** Calls the function: JOBLIB_ERROR_CANCELLED if it says so. */
joblib_status joblib_io__progress_tell(joblib_io__progress *progress,
                                       joblib_error *error);

/** Counts bytes that were read or decoded, and calls the function if it is time. */
joblib_status joblib_io__progress_count(joblib_io__progress *progress, size_t size,
                                        joblib_error *error);

#endif
