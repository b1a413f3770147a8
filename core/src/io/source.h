/**
 * Calling a source, which may be the caller's and may misbehave.
 */
#ifndef JOBLIB_IO_SOURCE_H
#define JOBLIB_IO_SOURCE_H

#include <stddef.h>

#include "base/error.h"
#include "joblib/source.h"

/**
 * Reads at most `size` (> 0) bytes; `*got` 0 is the end of the stream.
 *
 * Whatever the source does with its own error, on failure `error` holds the status that it
 * returned. JOBLIB_ERROR_CALLBACK for more bytes than there was room for.
 */
joblib_status joblib_io__pull(const joblib_source *source, void *buffer, size_t size,
                              size_t *got, joblib_error *error);

/**
 * Hands on the error that a callback of the caller left in `found`, with the status that
 * it returned: its texts may lack their end, and without any `who` stands in the message.
 */
joblib_status joblib_io__keep_error(const char *who, joblib_status status,
                                    joblib_error *found, joblib_error *error);

#endif
