#ifndef JOBLIB_SOURCE_H
#define JOBLIB_SOURCE_H

/**
 * A stream of bytes that the caller provides.
 *
 * `read` fills at most `size` bytes (`size` > 0) of `buffer`, stores their number in
 * `*got` and returns JOBLIB_OK. Short reads are legal; 0 bytes is the end, for good. On
 * failure it returns another status, JOBLIB_ERROR_CALLBACK as a rule, and may fill
 * `error`. It must not call the library with the objects that are being made from this
 * source.
 */

#include <stddef.h>
#include <stdint.h>

#include "joblib/error.h"
#include "joblib/export.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct joblib_source {
    uint32_t struct_size;
    joblib_status (*read)(void *ctx, void *buffer, size_t size, size_t *got,
                          joblib_error *error);
    void *ctx;
} joblib_source;

/** A source with its struct_size set. */
#define JOBLIB_SOURCE_INIT \
    { \
        (uint32_t)sizeof(joblib_source), NULL, NULL \
    }

#ifdef __cplusplus
}
#endif

#endif
