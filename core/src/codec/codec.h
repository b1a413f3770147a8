/**
 * From the bytes of a file to the bytes of a pickle: finds the codec from the first bytes and
 * opens a reader of what it decodes.
 *
 *   memory or source -> input reader -> decoder -> reader
 *
 * Without compression input and reader are the same. What libdeflate can inflate at once
 * becomes memory, so that arrays may be views of it; everything else is decoded in pieces.
 */
#ifndef JOBLIB_CODEC_CODEC_H
#define JOBLIB_CODEC_CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/allocator.h"
#include "base/error.h"
#include "io/reader.h"
#include "joblib/codec.h"
#include "joblib/source.h"

/** Limits and memory of a load; every field is set. */
typedef struct joblib_codec__settings {
    joblib_allocator allocator;
    uint64_t max_decoded;          /**< most bytes of the decoded stream */
    uint64_t max_memory;           /**< most bytes that may be decoded at once */
    uint64_t max_input;            /**< most bytes of the input */
    uint64_t max_codec_memory;     /**< most bytes of a decoder's window */
    joblib_io__progress *progress; /**< or NULL. Then nothing is decoded at once */
} joblib_codec__settings;

/** Lets the limits of the settings hold for a reader of the input itself, just opened. */
void joblib_codec__guard_input(const joblib_codec__settings *settings,
                               joblib_io__reader *reader);

/** Memory that holds a whole decoded stream. */
typedef struct joblib_codec__memory {
    void *data;  /**< NULL: there is none */
    size_t size; /**< bytes allocated, at least those of the stream */
    bool pages;  /**< from joblib_base__reserve_pages(), not from the allocator */
} joblib_codec__memory;

/** An open input. It must not be moved: readers and decoders point into it. */
typedef struct joblib_codec__stream {
    joblib_io__reader reader; /**< the decoded bytes */
    joblib_codec codec;
    bool small_window;  /**< zlib that does not begin with 78, as joblib's does */
    uint64_t announced; /**< size that a header tells, or JOBLIB_UNKNOWN_SIZE */
    joblib_codec__settings settings;
    joblib_io__reader input;     /**< the compressed bytes; unused if there is no codec */
    joblib_codec__memory memory; /**< what `reader` shows if everything was decoded */
    joblib_codec__memory gathered; /**< what `input` shows if it was read whole */
    void *decoder;                 /**< the codec's state */
    void (*close_decoder)(struct joblib_codec__stream *stream);
} joblib_codec__stream;

/**
 * Opens `size` bytes at `data`, which stay valid while the stream is open. `stable`: they
 * stay valid longer, so that arrays may be views of them.
 *
 * JOBLIB_ERROR_UNSUPPORTED for other known formats, JOBLIB_ERROR_UNSUPPORTED_BUILD for
 * codecs that this build lacks. After a failure the stream is closed.
 */
joblib_status joblib_codec__open_memory(joblib_codec__stream *stream,
                                        const joblib_codec__settings *settings,
                                        const void *data, size_t size, bool stable,
                                        joblib_error *error);

/** Like joblib_codec__open_memory(), but from a source; JOBLIB_UNKNOWN_SIZE is allowed. */
joblib_status joblib_codec__open_source(joblib_codec__stream *stream,
                                        const joblib_codec__settings *settings,
                                        const joblib_source *source, uint64_t known_size,
                                        joblib_error *error);

/**
 * To be called after the object: reads to the end, so that checksums are verified.
 * JOBLIB_ERROR_TRAILING if bytes follow, in the decoded stream or in the file.
 */
joblib_status joblib_codec__finish(joblib_codec__stream *stream, joblib_error *error);

/** Hands `memory` over, which then outlives the stream; `data` is NULL if there is none. */
joblib_codec__memory joblib_codec__take_memory(joblib_codec__stream *stream);

/** Frees such memory. */
void joblib_codec__free_memory(const joblib_allocator *allocator,
                               joblib_codec__memory *memory);

/** Frees everything but memory that was taken. Safe on a zeroed stream, and twice. */
void joblib_codec__close(joblib_codec__stream *stream);

#endif
