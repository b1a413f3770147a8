/**
 * Where a pickle is written to: a buffer before a sink, with frames.
 *
 *   buffer  | written ............ | header | frame ....... |      room
 *                                    9 bytes, kept free      used
 *
 * What is written is handed over when the buffer is full. A frame stays in it until it ends, since
 * its size stands before it.
 *
 * Each call writes what is one write of CPython's pickler. Where the sink cares (lz4, whose bytes
 * depend on it), `pieces` hands each write over by itself.
 */
#ifndef JOBLIB_PICKLE_OUTPUT_H
#define JOBLIB_PICKLE_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/allocator.h"
#include "base/error.h"
#include "joblib/sink.h"

/** A frame ends with the first value behind so many bytes; larger data stand outside. */
#define JOBLIB_FRAME_TARGET ((size_t)64 << 10)

typedef struct joblib_pickle__output {
    joblib_sink sink;
    joblib_allocator allocator;
    uint8_t *buffer;
    size_t used;
    size_t room;
    uint64_t flushed; /**< bytes handed to the sink */
    size_t frame;     /**< where the header of the open frame stands in the buffer */
    bool framing;     /**< a frame is open, or opens with the next byte */
    bool in_frame;    /**< a frame is open */
    bool frames_all;  /**< frames below 4 bytes have a header too */
    bool pieces;      /**< each write is handed over by itself */
    bool held; /**< ... but kept until the end or large data, as the C pickler does */
} joblib_pickle__output;

joblib_status joblib_pickle__output_open(joblib_pickle__output *output,
                                         const joblib_sink *sink,
                                         const joblib_allocator *allocator, bool pieces,
                                         joblib_error *error);

/** Frees the buffer; what is in it is lost. */
void joblib_pickle__output_close(joblib_pickle__output *output);

/** Begins and ends the part of a pickle that stands in frames. */
void joblib_pickle__begin_framing(joblib_pickle__output *output, bool frames_all);
joblib_status joblib_pickle__end_framing(joblib_pickle__output *output,
                                         joblib_error *error);

/** Ends the open frame; the next byte opens another. */
joblib_status joblib_pickle__commit_frame(joblib_pickle__output *output,
                                          joblib_error *error);

/** Hands over all that is written. Not inside a frame. */
joblib_status joblib_pickle__flush(joblib_pickle__output *output, joblib_error *error);

/** Writes data as they are, by themselves: elements of arrays. Not inside a frame. */
joblib_status joblib_pickle__write_through(joblib_pickle__output *output,
                                           const void *data, size_t size,
                                           joblib_error *error);

/** Writes a header and large data behind it, outside of frames. */
joblib_status joblib_pickle__write_large(joblib_pickle__output *output,
                                         const void *header, size_t header_size,
                                         const void *data, size_t size,
                                         joblib_error *error);

/** Slow path of joblib_pickle__reserve(). */
joblib_status joblib_pickle__make_room(joblib_pickle__output *output, size_t size,
                                       joblib_error *error);

/** Makes room for `size` bytes at buffer + used, opening a frame where one is due. */
static inline joblib_status joblib_pickle__reserve(joblib_pickle__output *output,
                                                   size_t size, joblib_error *error)
{
    if (size <= output->room - output->used && output->framing == output->in_frame)
        return JOBLIB_OK;
    return joblib_pickle__make_room(output, size, error);
}

/** Ends a write of bytes that were put at buffer + used. */
static inline joblib_status joblib_pickle__wrote(joblib_pickle__output *output,
                                                 size_t size, joblib_error *error)
{
    output->used += size;
    if (!output->pieces || output->framing || output->held) return JOBLIB_OK;
    return joblib_pickle__flush(output, error);
}

static inline joblib_status joblib_pickle__write(joblib_pickle__output *output,
                                                 const void *data, size_t size,
                                                 joblib_error *error)
{
    joblib_status status = joblib_pickle__reserve(output, size, error);
    if (status != JOBLIB_OK) return status;
    if (size > 0) memcpy(output->buffer + output->used, data, size);
    return joblib_pickle__wrote(output, size, error);
}

static inline joblib_status joblib_pickle__write_byte(joblib_pickle__output *output,
                                                      uint8_t byte, joblib_error *error)
{
    joblib_status status = joblib_pickle__reserve(output, 1, error);
    if (status != JOBLIB_OK) return status;
    output->buffer[output->used] = byte;
    return joblib_pickle__wrote(output, 1, error);
}

/** Ends the frame if it is large enough: to be called before each value. */
static inline joblib_status joblib_pickle__value_begins(joblib_pickle__output *output,
                                                        joblib_error *error)
{
    if (!output->in_frame) return JOBLIB_OK;
    /* The header stands before the frame's own bytes. */
    if (output->used - output->frame < JOBLIB_FRAME_TARGET + 9) return JOBLIB_OK;
    return joblib_pickle__commit_frame(output, error);
}

/** Bytes written so far, those in the buffer too. */
static inline uint64_t joblib_pickle__position(const joblib_pickle__output *output)
{
    return output->flushed + output->used;
}

#endif
