/**
 * Buffered output to a file or to memory.
 *
 * The first failure is remembered and everything after it is dropped: a caller looks
 * once, at joblib_command__flush(). Nothing else in the command writes anywhere.
 */
#ifndef JOBLIB_COMMAND_OUTPUT_H
#define JOBLIB_COMMAND_OUTPUT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct joblib_command__output {
    bool (*write)(void *ctx, const void *data, size_t size); /* false: not all written */
    void *ctx;
    uint64_t total; /* bytes put so far, in the buffer or beyond */
    size_t used;    /* bytes in the buffer */
    bool failed;
    int system_error; /* errno of the first failure, 0 if it had none */
    bool terminal;    /* a person reads it: control characters must not pass */
    char buffer[16384];
} joblib_command__output;

/** Memory that grows; also the target of joblib_command__write_memory(). */
typedef struct joblib_command__bytes {
    char *data; /* malloc's, or NULL */
    size_t size;
    size_t capacity;
} joblib_command__bytes;

/** A file that is created when the first byte reaches it. */
typedef struct joblib_command__new_file {
    const char *path;
    void *stream; /* FILE *, or NULL before the first byte */
} joblib_command__new_file;

void joblib_command__output_init(joblib_command__output *out,
                                 bool (*write)(void *ctx, const void *data, size_t size),
                                 void *ctx);
void joblib_command__put(joblib_command__output *out, const void *data, size_t size);
void joblib_command__put_text(joblib_command__output *out, const char *text);

/** Puts at most 500 bytes, as printf does. Longer text is put with put_text(). */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void joblib_command__put_format(joblib_command__output *out, const char *format, ...);

/** Puts `count` spaces. */
void joblib_command__put_spaces(joblib_command__output *out, size_t count);

/** Writes what the buffer holds. False if that or anything before it failed. */
bool joblib_command__flush(joblib_command__output *out);

/** Writes to a FILE *, flushing it. */
bool joblib_command__write_stream(void *ctx, const void *data, size_t size);

/** Appends to a joblib_command__bytes. */
bool joblib_command__write_memory(void *ctx, const void *data, size_t size);

/** Writes to a joblib_command__new_file. */
bool joblib_command__write_new_file(void *ctx, const void *data, size_t size);

/**
 * Closes a new file, and removes it where `keep` is false. False if the system could not
 * store all of it; then it is removed too.
 */
bool joblib_command__close_new_file(joblib_command__new_file *file, bool keep);

/**
 * Makes room for `needed` items of `item_size` bytes, which is at least one, in memory of
 * malloc's. Returns the memory, moved perhaps; NULL, with `items` still valid, if there
 * is none or the size overflows.
 */
void *joblib_command__grow(void *items, size_t *capacity, size_t needed,
                           size_t item_size);

#endif
