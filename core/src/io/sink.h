/**
 * Calling a sink, which may be the caller's and may misbehave.
 */
#ifndef JOBLIB_IO_SINK_H
#define JOBLIB_IO_SINK_H

#include <stddef.h>

#include "base/error.h"
#include "joblib/sink.h"

/** Copies the caller's sink. JOBLIB_ERROR_ARGUMENT for NULL or one that cannot write. */
joblib_status joblib_io__read_sink(const joblib_sink *given, joblib_sink *out,
                                   joblib_error *error);

/**
 * Writes `size` (> 0) bytes. Whatever the sink does with its own error, on failure
 * `error` holds the status that it returned.
 */
joblib_status joblib_io__push(const joblib_sink *sink, const void *data, size_t size,
                              joblib_error *error);

#endif
