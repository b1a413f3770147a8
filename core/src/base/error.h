/**
 * Filling the caller's joblib_error.
 *
 * The function that fails sets the error, and everything above only adds what it knows
 * (offset, path) where that is still unknown. What an earlier call left is overwritten. Text from a file goes
 * through joblib_base__escape() before it stands in a message.
 */
#ifndef JOBLIB_BASE_ERROR_H
#define JOBLIB_BASE_ERROR_H

#include <stdarg.h>
#include <stddef.h>

#include "joblib/error.h"

#if defined(__GNUC__)
#define JOBLIB_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define JOBLIB_PRINTF(text, first)
#endif

/** Longest text that stands for a name from a file in a message, with its NUL. */
#define JOBLIB_ESCAPED_SIZE 96

/** Sets status and message, whatever the struct held. Returns `status`. */
joblib_status joblib_base__set_error(joblib_error *error, joblib_status status,
                                     const char *format, ...) JOBLIB_PRINTF(3, 4);

/** The same with the arguments as a list. */
joblib_status joblib_base__set_error_list(joblib_error *error, joblib_status status,
                                          const char *format, va_list arguments)
    JOBLIB_PRINTF(3, 0);

/** JOBLIB_ERROR_MEMORY with the number of bytes asked for. */
joblib_status joblib_base__set_no_memory(joblib_error *error, size_t size);

/** Adds a position where none is known yet. */
void joblib_base__set_offset(joblib_error *error, uint64_t offset, uint64_t file_offset);

/** Adds the layer where none is known yet. */
void joblib_base__set_layer(joblib_error *error, joblib_layer layer);

/** Sets the place in the document, shortened at its end with "…" if it is too long. */
void joblib_base__set_path(joblib_error *error, const char *path);

/**
 * Copies `size` bytes of text into `out`, with everything but printable ASCII as \xNN, cut
 * with "…" at JOBLIB_ESCAPED_SIZE. Returns `out`.
 */
const char *joblib_base__escape(char out[JOBLIB_ESCAPED_SIZE], const char *text,
                                size_t size);

#endif
