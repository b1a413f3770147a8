#ifndef JOBLIB_STATUS_H
#define JOBLIB_STATUS_H

/**
 * The outcome of a call.
 *
 * Numbers stand in families of ten and are never used again for another meaning.
 * A number unknown to a program belongs to the family of its tens.
 */

#include "joblib/export.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum joblib_status {
    JOBLIB_OK = 0,

    /* 1-9: the call */
    JOBLIB_ERROR_ARGUMENT = 1,  /**< an argument is NULL, out of range or contradictory */
    JOBLIB_ERROR_MEMORY = 2,    /**< the allocator gave no memory */
    JOBLIB_ERROR_CALLBACK = 3,  /**< a function of the caller reported a failure */
    JOBLIB_ERROR_LIMIT = 4,     /**< a limit of the options was reached */
    JOBLIB_ERROR_CANCELLED = 5, /**< the caller's progress function asked to stop */

    /* 10-19: files and streams */
    JOBLIB_ERROR_IO = 10,        /**< the system refused to open, read or write a file */
    JOBLIB_ERROR_NOT_FOUND = 11, /**< there is no such file */

    /* 20-29: container and codec */
    JOBLIB_ERROR_TRUNCATED = 20,   /**< the input ends inside the object */
    JOBLIB_ERROR_CORRUPT = 21,     /**< compressed data or its checksum is damaged */
    JOBLIB_ERROR_TRAILING = 22,    /**< bytes follow the end of the object */
    JOBLIB_ERROR_UNSUPPORTED = 23, /**< a known format or feature that is not read */
    JOBLIB_ERROR_UNSUPPORTED_BUILD = 24, /**< a codec that this build was made without */

    /* 30-39: pickle */
    JOBLIB_ERROR_SYNTAX = 30,    /**< no such opcode, or an argument no pickler writes */
    JOBLIB_ERROR_STACK = 31,     /**< an opcode finds too few values, or no mark */
    JOBLIB_ERROR_MEMO = 32,      /**< a memo entry is read before it was stored */
    JOBLIB_ERROR_TYPE = 33,      /**< an opcode is applied to a value of the wrong kind */
    JOBLIB_ERROR_FORBIDDEN = 34, /**< a construction that is never followed */

    /* 40-49: arrays */
    JOBLIB_ERROR_ARRAY = 40, /**< dtype, shape, order or data contradict each other */

    /* 50-59: reading values */
    JOBLIB_ERROR_KIND = 50,  /**< the value is of another kind */
    JOBLIB_ERROR_RANGE = 51, /**< a number does not fit, or an index is outside */

    /* 60-69: dumping */
    JOBLIB_ERROR_DIFFERENT = 60, /**< no settings give the bytes that were asked for */

    /* 70-79: building a model */
    JOBLIB_ERROR_MODEL = 70, /**< an estimator's state is incomplete or contradictory */
    JOBLIB_ERROR_ESTIMATOR = 71, /**< this class, or this setting of it, cannot be run */

    /* 80-89: prediction */
    JOBLIB_ERROR_METHOD = 80, /**< the model has no such method */
    JOBLIB_ERROR_INPUT = 81,  /**< shape or kind of the input do not fit the model */
    JOBLIB_ERROR_VALUE = 82 /**< NaN or infinity in the input, which the model refuses */
} joblib_status;

/**
 * Names a status: "JOBLIB_ERROR_TRUNCATED". Unknown numbers give "JOBLIB_ERROR_UNKNOWN".
 *
 * @return a constant string.   Threads: any.   Since: 1.0
 */
JOBLIB_API const char *joblib_status_name(int status);

/**
 * Says what a status means in a few lower-case words: "the input ends inside the object".
 *
 * @return a constant string.   Threads: any.   Since: 1.0
 */
JOBLIB_API const char *joblib_status_text(int status);

#ifdef __cplusplus
}
#endif

#endif
