#ifndef CHUNKED_H
#define CHUNKED_H

/**
 * A source over memory that gives a few bytes at a time, and can fail.
 */

#include <stddef.h>

#include "joblib/source.h"

struct chunked {
    const char *data;
    size_t size;
    size_t offset;
    size_t chunk;   /* most bytes a call */
    size_t fail_at; /* number of the call that fails, from 1; 0 for none */
    size_t calls;
};

joblib_source chunked_source(struct chunked *chunked);

#endif
