/* xz and the older container lzma as Python's lzma module writes them, by liblzma. */
#include "codec/encode/encoders.h"
#include "codec/pieces.h"

#if JOBLIB_HAVE_LZMA
#include <lzma.h>

struct lzma_encoder {
    joblib_codec__encoder encoder;
    lzma_stream lzma;
    lzma_allocator allocator;
};

static void *allocate_lzma_encoder(void *ctx, size_t count, size_t item)
{
    return joblib_codec__allocate_piece(ctx, count, item);
}

static void free_lzma_encoder(void *ctx, void *memory)
{
    joblib_codec__free_piece(ctx, memory);
}

/* One thread and one block: more would give other bytes. */
static lzma_ret open_xz(struct lzma_encoder *own)
{
    const joblib_codec__encoding *what = &own->encoder.what;
    lzma_check check = what->unchecked ? LZMA_CHECK_NONE : LZMA_CHECK_CRC64;
    return lzma_easy_encoder(&own->lzma, (uint32_t)what->level, check);
}

static lzma_ret open_alone(struct lzma_encoder *own)
{
    lzma_options_lzma options;
    if (lzma_lzma_preset(&options, (uint32_t)own->encoder.what.level))
        return LZMA_OPTIONS_ERROR;
    return lzma_alone_encoder(&own->lzma, &options);
}

static joblib_status report_lzma_encoder(const struct lzma_encoder *own, lzma_ret code,
                                         joblib_error *error)
{
    if (code == LZMA_OK || code == LZMA_STREAM_END) return JOBLIB_OK;
    if (code == LZMA_MEM_ERROR) return joblib_base__set_no_memory(error, 0);
    const char *reason =
        code == LZMA_OPTIONS_ERROR ? "the level is not in its build" : "its own fault";
    return joblib_codec__fail_encoder(&own->encoder, reason, error);
}

static joblib_status begin_lzma_encoder(joblib_codec__encoder *encoder,
                                        joblib_error *error)
{
    struct lzma_encoder *own = (struct lzma_encoder *)encoder;
    own->allocator =
        (lzma_allocator){allocate_lzma_encoder, free_lzma_encoder, &encoder->allocator};
    own->lzma = (lzma_stream)LZMA_STREAM_INIT;
    own->lzma.allocator = &own->allocator;
    bool xz = encoder->what.codec == JOBLIB_CODEC_XZ;
    return report_lzma_encoder(own, xz ? open_xz(own) : open_alone(own), error);
}

static joblib_status encode_lzma(joblib_codec__encoder *encoder,
                                 joblib_codec__chunk *chunk, joblib_error *error)
{
    struct lzma_encoder *own = (struct lzma_encoder *)encoder;
    own->lzma.next_in = chunk->in;
    own->lzma.avail_in = chunk->in_size;
    own->lzma.next_out = chunk->out;
    own->lzma.avail_out = chunk->out_size;
    lzma_ret code = lzma_code(&own->lzma, chunk->ends ? LZMA_FINISH : LZMA_RUN);
    chunk->in = own->lzma.next_in;
    chunk->in_size = own->lzma.avail_in;
    chunk->out = own->lzma.next_out;
    chunk->out_size = own->lzma.avail_out;
    chunk->ended = code == LZMA_STREAM_END;
    return report_lzma_encoder(own, code, error);
}

static void end_lzma_encoder(joblib_codec__encoder *encoder)
{
    lzma_end(&((struct lzma_encoder *)encoder)->lzma);
}

const joblib_codec__encoder_kind *joblib_codec__lzma_encoder(void)
{
    static const joblib_codec__encoder_kind kind = {sizeof(struct lzma_encoder),
                                                    begin_lzma_encoder, encode_lzma,
                                                    end_lzma_encoder};
    return &kind;
}

#endif
