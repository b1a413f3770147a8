#include "codec/encoder.h"

#include <string.h>

#include "base/allocator.h"
#include "base/try.h"
#include "codec/encode/encoders.h"
#include "io/sink.h"

/* The buffer of joblib's io.BufferedWriter. */
#define PYTHON_BUFFER ((size_t)1 << 20)

joblib_status joblib_codec__fail_encoder(const joblib_codec__encoder *encoder,
                                         const char *reason, joblib_error *error)
{
    return joblib_base__set_error(error, JOBLIB_ERROR_UNSUPPORTED,
                                  "the library of %s refuses to write: %s",
                                  joblib_codec_name(encoder->what.codec), reason);
}

/* One call of the library, whose result goes to the sink. */
static joblib_status encode_chunk(joblib_codec__encoder *encoder,
                                  joblib_codec__chunk *chunk, joblib_error *error)
{
    chunk->out = encoder->encoded;
    chunk->out_size = JOBLIB_ENCODED_ROOM;
    JOBLIB_TRY(encoder->kind->encode(encoder, chunk, error));
    size_t size = JOBLIB_ENCODED_ROOM - chunk->out_size;
    if (size == 0) return JOBLIB_OK;
    return joblib_io__push(&encoder->target, encoder->encoded, size, error);
}

/* What is one write to the file object of the codec in Python. */
static joblib_status encode_piece(joblib_codec__encoder *encoder, const void *data,
                                  size_t size, joblib_error *error)
{
    joblib_codec__chunk chunk = {.in = data, .in_size = size};
    while (chunk.in_size > 0) JOBLIB_TRY(encode_chunk(encoder, &chunk, error));
    return JOBLIB_OK;
}

static joblib_status empty_buffer(joblib_codec__encoder *encoder, joblib_error *error)
{
    size_t size = encoder->waiting_size;
    encoder->waiting_size = 0;
    return encode_piece(encoder, encoder->waiting, size, error);
}

/* As Python's BufferedWriter: what does not fit empties the buffer first; what is larger than
   the buffer passes it by. */
static joblib_status take_piece(joblib_codec__encoder *encoder, const void *data,
                                size_t size, joblib_error *error)
{
    size_t room = PYTHON_BUFFER;
    if (size == 0) return JOBLIB_OK;
    if (size > room - encoder->waiting_size) JOBLIB_TRY(empty_buffer(encoder, error));
    if (size > room) return encode_piece(encoder, data, size, error);
    memcpy(encoder->waiting + encoder->waiting_size, data, size);
    encoder->waiting_size += size;
    return JOBLIB_OK;
}

static joblib_status end_stream(joblib_codec__encoder *encoder, joblib_error *error)
{
    joblib_codec__chunk chunk = {.ends = true};
    JOBLIB_TRY(empty_buffer(encoder, error));
    while (!chunk.ended) JOBLIB_TRY(encode_chunk(encoder, &chunk, error));
    encoder->finished = true;
    return JOBLIB_OK;
}

static joblib_status require_usable(const joblib_codec__encoder *encoder,
                                    joblib_error *error)
{
    JOBLIB_REQUIRE(!encoder->finished, JOBLIB_ERROR_ARGUMENT,
                   "the stream of the encoder has ended");
    JOBLIB_REQUIRE(!encoder->failed, JOBLIB_ERROR_ARGUMENT,
                   "the encoder has failed before");
    return JOBLIB_OK;
}

/* A stream with a gap must not go on. */
static joblib_status keep_failure(joblib_codec__encoder *encoder, joblib_status status,
                                  joblib_error *error)
{
    if (status == JOBLIB_OK) return status;
    encoder->failed = true;
    joblib_base__set_layer(error, JOBLIB_LAYER_CODEC);
    return status;
}

joblib_status joblib_codec__encoder_write(joblib_codec__encoder *encoder,
                                          const void *data, size_t size,
                                          joblib_error *error)
{
    JOBLIB_TRY(require_usable(encoder, error));
    return keep_failure(encoder, take_piece(encoder, data, size, error), error);
}

joblib_status joblib_codec__encoder_finish(joblib_codec__encoder *encoder,
                                           joblib_error *error)
{
    JOBLIB_TRY(require_usable(encoder, error));
    return keep_failure(encoder, end_stream(encoder, error), error);
}

static joblib_status resolve_level(const joblib_codec__writing *row,
                                   joblib_codec__encoding *what, joblib_error *error)
{
    const char *name = joblib_codec_name(what->codec);
    if (what->level == JOBLIB_LEVEL_DEFAULT)
        what->level = what->fast && row->fast ? row->fast_usual : row->usual;
    JOBLIB_REQUIRE(what->level >= row->lowest && what->level <= row->highest,
                   JOBLIB_ERROR_ARGUMENT, "level %d: the levels of %s are %d to %d",
                   what->level, name, row->lowest, row->highest);
    return JOBLIB_OK;
}

/* Which functions encode; the level becomes one of the library's. */
static joblib_status choose_kind(joblib_codec__encoding *what,
                                 const joblib_codec__encoder_kind **out,
                                 joblib_error *error)
{
    const joblib_codec__writing *row = joblib_codec__find_writing(what->codec);
    JOBLIB_REQUIRE(row && what->codec != JOBLIB_CODEC_RAW, JOBLIB_ERROR_ARGUMENT,
                   "there is no codec %d", what->codec);
    JOBLIB_REQUIRE(what->codec != JOBLIB_CODEC_ZF, JOBLIB_ERROR_UNSUPPORTED,
                   "ZF, of joblib before 0.10, is read but not written");
    JOBLIB_REQUIRE(row->encoder, JOBLIB_ERROR_UNSUPPORTED_BUILD,
                   "this build cannot write %s", joblib_codec_name(what->codec));
    JOBLIB_TRY(resolve_level(row, what, error));
    *out = what->fast && row->fast ? row->fast() : row->encoder();
    return JOBLIB_OK;
}

static joblib_status begin_encoder(joblib_codec__encoder *encoder, joblib_error *error)
{
    size_t size = PYTHON_BUFFER + JOBLIB_ENCODED_ROOM;
    encoder->encoded = joblib_base__allocate(&encoder->allocator, size);
    if (!encoder->encoded) return joblib_base__set_no_memory(error, size);
    encoder->waiting = encoder->encoded + JOBLIB_ENCODED_ROOM;
    return encoder->kind->begin(encoder, error);
}

joblib_status joblib_codec__encoder_open(const joblib_codec__encoding *what,
                                         const joblib_sink *target,
                                         const joblib_allocator *allocator,
                                         joblib_codec__encoder **out, joblib_error *error)
{
    const joblib_codec__encoder_kind *kind;
    joblib_codec__encoding chosen = *what;
    joblib_allocator memory = joblib_base__choose_allocator(allocator);
    joblib_sink sink;
    *out = NULL;
    JOBLIB_TRY(choose_kind(&chosen, &kind, error));
    JOBLIB_TRY(joblib_io__read_sink(target, &sink, error));
    joblib_codec__encoder *encoder = joblib_base__allocate(&memory, kind->encoder_size);
    if (!encoder) return joblib_base__set_no_memory(error, kind->encoder_size);
    memset(encoder, 0, kind->encoder_size);
    encoder->kind = kind;
    encoder->what = chosen;
    encoder->target = sink;
    encoder->allocator = memory;
    joblib_status status = keep_failure(encoder, begin_encoder(encoder, error), error);
    if (status == JOBLIB_OK)
        *out = encoder;
    else
        joblib_codec__encoder_close(encoder);
    return status;
}

void joblib_codec__encoder_close(joblib_codec__encoder *encoder)
{
    if (!encoder) return;
    encoder->kind->end(encoder);
    joblib_allocator memory = encoder->allocator;
    joblib_base__free(&memory, encoder->encoded, PYTHON_BUFFER + JOBLIB_ENCODED_ROOM);
    joblib_base__free(&memory, encoder, encoder->kind->encoder_size);
}

#undef PYTHON_BUFFER
