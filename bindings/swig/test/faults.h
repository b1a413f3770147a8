#ifndef JOBLIB_SHIM_FAULTS_H
#define JOBLIB_SHIM_FAULTS_H

/* Allocations that fail, for the one program that includes this file. */

#include <stdlib.h>

static int64_t allocations_left = INT64_MAX;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *ptr, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *ptr, size_t size);

void *__wrap_malloc(size_t size)
{
    return allocations_left-- > 0 ? __real_malloc(size) : NULL;
}

void *__wrap_calloc(size_t count, size_t size)
{
    return allocations_left-- > 0 ? __real_calloc(count, size) : NULL;
}

void *__wrap_realloc(void *ptr, size_t size)
{
    return allocations_left-- > 0 ? __real_realloc(ptr, size) : NULL;
}

void joblib_blocking(void (*function)(void *argument), void *argument)
{
    function(argument);
}

/** Does a step unless an earlier one failed. */
#define STEP(action) \
    do { \
        if (error.status == JOBLIB_OK) { \
            action; \
        } \
    } while (0)

/** Fails each allocation once, and all after it. */
static void sweep(int (*scenario)(void))
{
    int64_t used, allowed = 0;
    do {
        int status;
        allocations_left = allowed;
        status = scenario();
        used = allowed - allocations_left;
        CHECK(status == JOBLIB_OK || status == JOBLIB_ERROR_MEMORY);
        if (used <= allowed) CHECK_EQ_INT(status, JOBLIB_OK);
    } while (used > allowed++ && allowed < 1000);
    allocations_left = INT64_MAX;
    CHECK(allowed > 3 && allowed < 1000);
}

#endif
