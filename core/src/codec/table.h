/**
 * The codecs, one row each. A new one is a row and a file with its opening function.
 */
#ifndef JOBLIB_CODEC_TABLE_H
#define JOBLIB_CODEC_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "codec/codec.h"

/** First bytes of a file that are looked at. */
#define JOBLIB_CODEC_HEADER 32

/** How the first bytes of a file agree with a header. */
typedef enum joblib_codec__match {
    JOBLIB_CODEC__OTHER,
    JOBLIB_CODEC__CUT, /**< the file ends inside the header */
    JOBLIB_CODEC__SAME
} joblib_codec__match;

typedef struct joblib_codec__row {
    const char *name;
    joblib_codec__match (*match)(const uint8_t *bytes, size_t size);
    /** Makes `reader` from `input`, which stands at the first byte; NULL: not in this build */
    joblib_status (*open)(joblib_codec__stream *stream, joblib_error *error);
} joblib_codec__row;

/** The row of a joblib_codec; NULL for other numbers. */
const joblib_codec__row *joblib_codec__find_row(int codec);

/**
 * Finds the codec from the first bytes of a file, at most JOBLIB_CODEC_HEADER of them.
 * JOBLIB_ERROR_TRUNCATED inside a header, JOBLIB_ERROR_UNSUPPORTED for foreign formats.
 */
joblib_status joblib_codec__detect(const uint8_t *bytes, size_t size, joblib_codec *out,
                                   joblib_error *error);

joblib_codec__match joblib_codec__match_zlib(const uint8_t *bytes, size_t size);
joblib_codec__match joblib_codec__match_gzip(const uint8_t *bytes, size_t size);
joblib_codec__match joblib_codec__match_bz2(const uint8_t *bytes, size_t size);
joblib_codec__match joblib_codec__match_xz(const uint8_t *bytes, size_t size);
joblib_codec__match joblib_codec__match_lzma(const uint8_t *bytes, size_t size);
joblib_codec__match joblib_codec__match_lz4(const uint8_t *bytes, size_t size);
joblib_codec__match joblib_codec__match_zstd(const uint8_t *bytes, size_t size);
joblib_codec__match joblib_codec__match_zf(const uint8_t *bytes, size_t size);

/* What a row opens with. zlib opens gzip too, lzma opens xz too. */
joblib_status joblib_codec__open_zlib(joblib_codec__stream *stream, joblib_error *error);
joblib_status joblib_codec__open_bz2(joblib_codec__stream *stream, joblib_error *error);
joblib_status joblib_codec__open_lzma(joblib_codec__stream *stream, joblib_error *error);
joblib_status joblib_codec__open_lz4(joblib_codec__stream *stream, joblib_error *error);
joblib_status joblib_codec__open_zstd(joblib_codec__stream *stream, joblib_error *error);
joblib_status joblib_codec__open_zf(joblib_codec__stream *stream, joblib_error *error);

/**
 * Inflates the whole input at once if that can be done: `*done` tells. Reads a source of
 * known size into `gathered` first. Fails only if the source does.
 */
joblib_status joblib_codec__inflate_whole(joblib_codec__stream *stream, bool *done,
                                          joblib_error *error);

#endif
