/**
 * The one bounded cursor through which every byte of an input is read.
 *
 * A reader shows a window of the decoded stream. Over memory the window is all of it; where
 * that memory outlives the load (a mapped file, a buffer that was inflated whole) it is
 * `stable`, and arrays may be views of it. Over a source the window is a buffer that is filled
 * again and again.
 *
 *   window   | read ....... | next ....... end |
 *            ^ base: offset of the window's first byte in the decoded stream
 */
#ifndef JOBLIB_IO_READER_H
#define JOBLIB_IO_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/allocator.h"
#include "base/error.h"
#include "io/progress.h"
#include "joblib/source.h"

/** Most bytes that joblib_io__need() gives at once. */
#define JOBLIB_READER_NEED ((size_t)64 << 10)

/** Size of `remaining` where nobody knows. */
#define JOBLIB_UNKNOWN_SIZE UINT64_MAX

typedef struct joblib_io__reader {
    const uint8_t *next;    /**< first byte not read yet */
    const uint8_t *end;     /**< end of the window */
    const uint8_t *window;  /**< start of the window */
    uint64_t base;          /**< offset of `window` in the decoded stream */
    uint64_t limit;         /**< most bytes of the decoded stream that are read */
    const char *limit_name; /**< the option that set it */
    uint64_t known_size;    /**< size of the decoded stream, or JOBLIB_UNKNOWN_SIZE */
    bool stable;            /**< the window is everything and outlives the load */
    bool ended;             /**< nothing follows the window */
    bool clipped;           /**< the stream goes on past `limit` */
    bool is_input;          /**< what it reads is the input itself, not decoded from it */
    joblib_io__progress *progress; /**< who hears of what is read; NULL for nobody */
    size_t
        hidden; /**< bytes of memory behind the window, shown step by step if watched */
    joblib_source source; /**< where the window is filled from; `read` NULL over memory */
    joblib_allocator allocator;
    uint8_t *buffer; /**< memory of the window, if not stable */
    size_t buffer_size;
} joblib_io__reader;

/** Reads from `size` bytes that stay valid; no failure is possible. */
void joblib_io__reader_open_memory(joblib_io__reader *reader, const void *data,
                                   size_t size, bool stable);

/**
 * Reads from a source. `known_size` may be JOBLIB_UNKNOWN_SIZE. `allocator` serves the
 * buffer; joblib_io__reader_close() frees it.
 */
joblib_status joblib_io__reader_open_source(joblib_io__reader *reader,
                                            const joblib_source *source,
                                            uint64_t known_size,
                                            const joblib_allocator *allocator,
                                            joblib_error *error);

/** Lets `progress`, which may be NULL, hear of what a reader reads that was just opened. */
void joblib_io__watch(joblib_io__reader *reader, joblib_io__progress *progress);

/** Frees the buffer. Safe on a zeroed reader. */
void joblib_io__reader_close(joblib_io__reader *reader);

/**
 * Lowers the limit, which must not lie before what was read already. `name` is the option's,
 * for the message. A limit that is lower already stays.
 */
void joblib_io__set_limit(joblib_io__reader *reader, uint64_t limit, const char *name);

/** Offset of `next` in the decoded stream. */
static inline uint64_t joblib_io__offset(const joblib_io__reader *reader)
{
    return reader->base + (uint64_t)(reader->next - reader->window);
}

/** Makes at least `size` (<= JOBLIB_READER_NEED) bytes stand at `next`. Slow path. */
joblib_status joblib_io__refill(joblib_io__reader *reader, size_t size,
                                joblib_error *error);

/**
 * Makes `size` (<= JOBLIB_READER_NEED) bytes stand at `next`, without reading past them.
 * JOBLIB_ERROR_TRUNCATED if the stream ends before, JOBLIB_ERROR_LIMIT past `limit`.
 */
static inline joblib_status joblib_io__need(joblib_io__reader *reader, size_t size,
                                            joblib_error *error)
{
    if ((size_t)(reader->end - reader->next) >= size) return JOBLIB_OK;
    return joblib_io__refill(reader, size, error);
}

/**
 * Makes up to `size` (<= JOBLIB_READER_NEED) bytes stand at `next`; `*there_out` is smaller
 * only where the stream or the limit ends.
 */
joblib_status joblib_io__peek(joblib_io__reader *reader, size_t size, size_t *there_out,
                              joblib_error *error);

/** Copies `size` bytes to `out` and moves past them; large amounts bypass the window. */
joblib_status joblib_io__read(joblib_io__reader *reader, void *out, size_t size,
                              joblib_error *error);

/** Sets JOBLIB_ERROR_LIMIT: the stream goes on past the limit. */
joblib_status joblib_io__fail_clipped(const joblib_io__reader *reader,
                                      joblib_error *error);

/**
 * Moves past `size` bytes of a stable reader, which begin at `*out` and stay there. Statuses
 * as for joblib_io__need().
 */
joblib_status joblib_io__view(joblib_io__reader *reader, size_t size, const void **out,
                              joblib_error *error);

/**
 * Finds a line: `*line_out` and `*size_out` are its bytes without the newline, valid until
 * the next call; moves past the newline. JOBLIB_ERROR_LIMIT if there is none within
 * JOBLIB_READER_NEED bytes.
 */
joblib_status joblib_io__read_line(joblib_io__reader *reader, const char **line_out,
                                   size_t *size_out, joblib_error *error);

/** Bytes that can still come at most: exact where known, else JOBLIB_UNKNOWN_SIZE. */
uint64_t joblib_io__remaining(const joblib_io__reader *reader);

/**
 * Reads to the end of the stream, so that the codec sees its checksum, and counts what is
 * left over. Stops after 64 KiB of it, or at the limit, and then the count is a lower bound.
 */
joblib_status joblib_io__drain(joblib_io__reader *reader, uint64_t *surplus_out,
                               joblib_error *error);

#endif
