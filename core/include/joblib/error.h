#ifndef JOBLIB_ERROR_H
#define JOBLIB_ERROR_H

/**
 * What went wrong, and where.
 *
 * The caller owns the struct, on the stack as a rule, and passes it as last argument.
 * Every function accepts NULL in its place. A failing function fills all fields,
 * whatever an earlier call left in them; a succeeding one leaves the struct as it was.
 */

#include <stdint.h>

#include "joblib/export.h"
#include "joblib/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Stands in `offset` and `file_offset` where no byte can be named. */
#define JOBLIB_NO_OFFSET UINT64_MAX

/** Which layer noticed the error. */
typedef enum joblib_layer {
    JOBLIB_LAYER_NONE = 0, /**< the call itself: arguments, memory */
    JOBLIB_LAYER_IO = 1,
    JOBLIB_LAYER_CODEC = 2,
    JOBLIB_LAYER_PICKLE = 3,
    JOBLIB_LAYER_ARRAY = 4,
    JOBLIB_LAYER_VALUE = 5,
    JOBLIB_LAYER_MODEL = 6
} joblib_layer;

typedef struct joblib_error {
    int32_t status;  /**< a joblib_status */
    uint32_t layer;  /**< a joblib_layer */
    uint64_t offset; /**< byte in the decoded stream, or JOBLIB_NO_OFFSET */
    /** byte in the file, or JOBLIB_NO_OFFSET; inside compressed data it is known for
        errors of the codec only */
    uint64_t file_offset;
    int64_t row;       /**< row of the input of a prediction, from 0; -1 if none */
    int64_t column;    /**< column of that input, from 0; -1 if none */
    char path[192];    /**< place in the document, `steps[1][1].coef_`; "" if none */
    char message[280]; /**< one line of UTF-8; what comes from a file is escaped in it */
} joblib_error;

/** The value of a joblib_error before its first use. */
#define JOBLIB_ERROR_INIT \
    { \
        JOBLIB_OK, JOBLIB_LAYER_NONE, JOBLIB_NO_OFFSET, JOBLIB_NO_OFFSET, -1, -1, "", "" \
    }

/**
 * Sets an error to JOBLIB_ERROR_INIT. NULL is accepted.
 *
 * Threads: one per object.   Since: 1.0
 */
JOBLIB_API void joblib_error_init(joblib_error *error);

#ifdef __cplusplus
}
#endif

#endif
