/**
 * What a printer writes to: a buffer before the caller's sink.
 *
 * The first failure, of the sink or for want of memory, is kept with its error, and what
 * comes after it is dropped: a printer looks once, at joblib_print__flush(). Loops look at
 * `status`, so that nobody waits for output that goes nowhere.
 */
#ifndef JOBLIB_PRINT_OUTPUT_BUFFER_H
#define JOBLIB_PRINT_OUTPUT_BUFFER_H

#include <stddef.h>

#include "base/error.h"
#include "joblib/allocator.h"
#include "joblib/sink.h"

typedef struct joblib_print__output {
    joblib_sink sink;
    joblib_allocator allocator;
    joblib_error *error;
    joblib_status status; /* of the first failure */
    size_t used;          /* bytes in the buffer */
    char buffer[4096];
} joblib_print__output;

void joblib_print__put(joblib_print__output *out, const void *data, size_t size);
void joblib_print__put_text(joblib_print__output *out, const char *text);

/** Puts at most 500 bytes, as printf does. Longer text is put with put_text(). */
void joblib_print__put_format(joblib_print__output *out, const char *format, ...)
    JOBLIB_PRINTF(2, 3);

/** Puts `count` spaces. */
void joblib_print__put_spaces(joblib_print__output *out, size_t count);

/** Memory for a text of `size` bytes; NULL, and the output has failed, if there is none. */
char *joblib_print__allocate(joblib_print__output *out, size_t size);

/** Writes what the buffer holds. Returns the first failure. */
joblib_status joblib_print__flush(joblib_print__output *out);

#endif
