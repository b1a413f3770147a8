/**
 * The three macros of error handling. Each expects a `joblib_error *error` in scope.
 *
 * JOBLIB_TRY returns the status of a failed call; JOBLIB_REQUIRE sets an error and returns its
 * status unless a condition holds; JOBLIB_NEVER states what no input can cause.
 */
#ifndef JOBLIB_BASE_TRY_H
#define JOBLIB_BASE_TRY_H

#include <assert.h>

#include "base/error.h"

#define JOBLIB_TRY(call) \
    do { \
        joblib_status status_of_call = (call); \
        if (status_of_call != JOBLIB_OK) return status_of_call; \
    } while (0)

/* The status is returned by name, so that compilers see that it is no success. */
#define JOBLIB_REQUIRE(condition, status, ...) \
    do { \
        if (!(condition)) { \
            (void)joblib_base__set_error(error, status, __VA_ARGS__); \
            return status; \
        } \
    } while (0)

#define JOBLIB_NEVER(condition) assert(!(condition))

#endif
