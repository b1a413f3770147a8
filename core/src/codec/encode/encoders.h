/**
 * What the encoders of all codecs have in common. A codec's file says how one piece is encoded;
 * `encoder.c` buffers what comes in and hands on what comes out.
 */
#ifndef JOBLIB_CODEC_ENCODERS_H
#define JOBLIB_CODEC_ENCODERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "codec/encoder.h"

/** Room for what one call of encode() gives. */
#define JOBLIB_ENCODED_ROOM ((size_t)256 << 10)

/** What one call reads and writes; both sides move on. */
typedef struct joblib_codec__chunk {
    const uint8_t *in;
    size_t in_size; /**< what is left of one write of Python; 0 when the stream ends */
    uint8_t *out;
    size_t out_size; /**< JOBLIB_ENCODED_ROOM before the call, what is free after it */
    bool ends;       /**< the stream is to end: all of it has come */
    bool ended;      /**< to be set when it has ended */
} joblib_codec__chunk;

typedef struct joblib_codec__encoder_kind {
    size_t encoder_size;
    /** Prepares for the level of the encoder. */
    joblib_status (*begin)(joblib_codec__encoder *encoder, joblib_error *error);
    /** Encodes something, or goes on to the end of the stream. */
    joblib_status (*encode)(joblib_codec__encoder *encoder, joblib_codec__chunk *chunk,
                            joblib_error *error);
    /** Frees what begin() and encode() made. The state may be zeros. */
    void (*end)(joblib_codec__encoder *encoder);
} joblib_codec__encoder_kind;

/** What an encoder begins with; the state of its library follows. */
struct joblib_codec__encoder {
    const joblib_codec__encoder_kind *kind;
    joblib_codec__encoding what; /**< its level is one of the library's */
    joblib_sink target;
    joblib_allocator allocator;
    uint8_t *waiting; /**< what Python's buffer would hold */
    size_t waiting_size;
    uint8_t *encoded; /**< JOBLIB_ENCODED_ROOM bytes */
    bool finished;
    bool failed;
};

/** How a codec is written: a row for each joblib_codec. */
typedef struct joblib_codec__writing {
    const char *extension; /**< of files that joblib writes so; or NULL */
    int usual;             /**< the level that joblib takes when none is given */
    int lowest, highest;   /**< levels; 0 and 0 where there are none */
    int fast_usual;        /**< the level that `fast` takes where none is given */
    /** NULL: nothing writes it, or this build lacks it */
    const joblib_codec__encoder_kind *(*encoder)(void);
    const joblib_codec__encoder_kind *(*fast)(void); /**< or NULL */
} joblib_codec__writing;

/** The row of a joblib_codec; NULL for other numbers. */
const joblib_codec__writing *joblib_codec__find_writing(int codec);

/* What a row encodes with. zlib encodes gzip too, lzma encodes xz too; whole is libdeflate for
   zlib and gzip. */
const joblib_codec__encoder_kind *joblib_codec__zlib_encoder(void);
const joblib_codec__encoder_kind *joblib_codec__whole_encoder(void);
const joblib_codec__encoder_kind *joblib_codec__bz2_encoder(void);
const joblib_codec__encoder_kind *joblib_codec__lzma_encoder(void);
const joblib_codec__encoder_kind *joblib_codec__lz4_encoder(void);
const joblib_codec__encoder_kind *joblib_codec__zstd_encoder(void);

/** For what no input and no sink can cause: JOBLIB_ERROR_UNSUPPORTED with the library's words. */
joblib_status joblib_codec__fail_encoder(const joblib_codec__encoder *encoder,
                                         const char *reason, joblib_error *error);

#endif
