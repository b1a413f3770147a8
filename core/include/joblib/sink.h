#ifndef JOBLIB_SINK_H
#define JOBLIB_SINK_H

/**
 * A stream of bytes that the caller takes.
 *
 * `write` takes all `size` bytes (`size` > 0) at `data`, which are valid during the call
 * only, and returns JOBLIB_OK. On failure it returns another status,
 * JOBLIB_ERROR_CALLBACK as a rule, and may fill `error`; it is not called again then.
 */

#include <stddef.h>
#include <stdint.h>

#include "joblib/error.h"
#include "joblib/export.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct joblib_sink {
    uint32_t struct_size;
    joblib_status (*write)(void *ctx, const void *data, size_t size, joblib_error *error);
    void *ctx;
} joblib_sink;

/** A sink with its struct_size set. */
#define JOBLIB_SINK_INIT \
    { \
        (uint32_t)sizeof(joblib_sink), NULL, NULL \
    }

#ifdef __cplusplus
}
#endif

#endif
