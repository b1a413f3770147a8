#ifndef COLLECTED_H
#define COLLECTED_H

/**
 * A sink that gathers what it is given, and can fail.
 */

#include <stddef.h>

#include "joblib/sink.h"

/** Begins as zeros; `text` is free()d by the test. */
struct collected {
    char *text;     /* ends in a NUL, which is not counted; NULL before the first byte */
    size_t size;    /* bytes */
    size_t fail_at; /* number of the call that fails, from 1; 0 for none */
    size_t calls;   /* so far */
    const char *says; /* message that the failing call leaves; NULL for none */
};

/** JOBLIB_ERROR_CALLBACK at the call `fail_at`; memory that runs out ends the program. */
joblib_sink collect_into(struct collected *collected);

#endif
