/**
 * Decoding in pieces: what all decoding libraries have in common. A codec's file says how one
 * piece is decoded; here input is fetched, the reader is filled, and ends are looked at.
 */
#ifndef JOBLIB_CODEC_PIECES_H
#define JOBLIB_CODEC_PIECES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "codec/codec.h"

/** What one call of a library reads and writes; both sides move on. */
typedef struct joblib_codec__piece {
    const uint8_t *in;
    size_t in_size; /**< at most 1 GiB, as some libraries count with 32 bits; may be 0 */
    uint8_t *out;
    size_t out_size; /**< at least 1 and at most 1 GiB */
    bool ended;      /**< to be set when the stream has ended and its checksum is right */
} joblib_codec__piece;

/** What a decoder begins with; the library's state follows. */
typedef struct joblib_codec__decoder {
    const struct joblib_codec__library *library;
    joblib_codec__stream *stream;
    uint64_t decoded;       /**< bytes given out */
    uint64_t empty_streams; /**< streams since bytes were given out */
    uint8_t first;          /**< the first byte of the file */
    bool begun;             /**< end() has something to free */
    bool ended;             /**< the stream has ended; another may follow */
} joblib_codec__decoder;

typedef struct joblib_codec__library {
    size_t decoder_size;
    bool repeats; /**< a stream may follow a stream, as joblib reads it */
    bool blind;   /**< the library does not tell where in the input a fault is */
    /** Prepares for the stream that stands at `input`. */
    joblib_status (*begin)(joblib_codec__decoder *decoder, joblib_error *error);
    /** Decodes what it can. Reading and writing nothing is no error of the library. */
    joblib_status (*decode)(joblib_codec__decoder *decoder, joblib_codec__piece *piece,
                            joblib_error *error);
    /** Frees what begin() made. */
    void (*end)(joblib_codec__decoder *decoder);
} joblib_codec__library;

/** Makes the stream's reader: one that a library fills. */
joblib_status joblib_codec__open_pieces(joblib_codec__stream *stream,
                                        const joblib_codec__library *library,
                                        joblib_error *error);

/** Sets CORRUPT with the codec's name and a reason. */
joblib_status joblib_codec__fail_corrupt(const joblib_codec__decoder *decoder,
                                         const char *reason, joblib_error *error);

/** Most bytes that a library may take for its window or dictionary. */
uint64_t joblib_codec__window_limit(const joblib_codec__decoder *decoder);

/** Memory for libraries that free without a size, from the stream's allocator. */
void *joblib_codec__allocate_piece(const joblib_allocator *allocator, size_t count,
                                   size_t item);

/** Frees such memory; NULL is accepted. */
void joblib_codec__free_piece(const joblib_allocator *allocator, void *memory);

#endif
