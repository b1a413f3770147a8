/**
 * Text and bytes of a file, made safe for where they go: a terminal or JSON.
 */
#ifndef JOBLIB_PRINT_ESCAPE_H
#define JOBLIB_PRINT_ESCAPE_H

#include <stddef.h>
#include <stdint.h>

#include "print/output_buffer.h"

/**
 * Puts text for a person: control characters, those that turn the direction of writing,
 * and what is no text become "\x1b" or "\u202e".
 */
void joblib_print__put_plain(joblib_print__output *out, const char *text, size_t size);

/**
 * Puts text in double quotes, as joblib_print__put_plain(); quotes and backslashes are
 * escaped too. What follows after `limit` characters becomes "…", with the size behind.
 */
void joblib_print__put_quoted(joblib_print__output *out, const char *text, size_t size,
                              size_t limit);

/** The same for bytes, of which those outside ASCII are escaped. */
void joblib_print__put_quoted_bytes(joblib_print__output *out, const void *data,
                                    size_t size, size_t limit);

/** Puts a JSON string of ASCII, as Python's json.dumps() does. */
void joblib_print__put_json_text(joblib_print__output *out, const char *text,
                                 size_t size);

/** Bytes that wait for the rest of their group of three. */
typedef struct joblib_print__base64 {
    joblib_print__output *out;
    unsigned char held[3];
    size_t count; /* of `held`, below 3 between calls */
} joblib_print__base64;

/** Puts base64 of bytes that come in pieces. The last piece is followed by _end(). */
void joblib_print__base64_put(joblib_print__base64 *state, const void *data, size_t size);
void joblib_print__base64_end(joblib_print__base64 *state);

#endif
