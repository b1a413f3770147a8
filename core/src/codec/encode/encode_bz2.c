/* bz2, by libbz2. */
#include "codec/encode/encoders.h"
#include "codec/pieces.h"

#if JOBLIB_HAVE_BZ2
#include <bzlib.h>

/* libbz2 counts with 32 bits. */
#define MOST_BZ2 ((size_t)1 << 30)

struct bz2_encoder {
    joblib_codec__encoder encoder;
    bz_stream bz2;
};

static void *allocate_bz2_encoder(void *ctx, int count, int item)
{
    return joblib_codec__allocate_piece(ctx, (size_t)count, (size_t)item);
}

static void free_bz2_encoder(void *ctx, void *memory)
{
    joblib_codec__free_piece(ctx, memory);
}

static joblib_status report_bz2_encoder(const joblib_codec__encoder *encoder, int code,
                                        joblib_error *error)
{
    if (code == BZ_MEM_ERROR) return joblib_base__set_no_memory(error, 0);
    return joblib_codec__fail_encoder(encoder, "its own fault", error);
}

static joblib_status begin_bz2_encoder(joblib_codec__encoder *encoder,
                                       joblib_error *error)
{
    struct bz2_encoder *own = (struct bz2_encoder *)encoder;
    own->bz2.bzalloc = allocate_bz2_encoder;
    own->bz2.bzfree = free_bz2_encoder;
    own->bz2.opaque = &encoder->allocator;
    int code = BZ2_bzCompressInit(&own->bz2, encoder->what.level, 0, 0);
    return code == BZ_OK ? JOBLIB_OK : report_bz2_encoder(encoder, code, error);
}

static joblib_status encode_bz2(joblib_codec__encoder *encoder,
                                joblib_codec__chunk *chunk, joblib_error *error)
{
    struct bz2_encoder *own = (struct bz2_encoder *)encoder;
    size_t given = chunk->in_size < MOST_BZ2 ? chunk->in_size : MOST_BZ2;
    own->bz2.next_in = (char *)(uintptr_t)chunk->in;
    own->bz2.avail_in = (unsigned)given;
    own->bz2.next_out = (char *)chunk->out;
    own->bz2.avail_out = (unsigned)chunk->out_size;
    int code = BZ2_bzCompress(&own->bz2, chunk->ends ? BZ_FINISH : BZ_RUN);
    chunk->in += given - own->bz2.avail_in;
    chunk->in_size -= given - own->bz2.avail_in;
    chunk->out += chunk->out_size - own->bz2.avail_out;
    chunk->out_size = own->bz2.avail_out;
    chunk->ended = code == BZ_STREAM_END;
    return code >= BZ_OK ? JOBLIB_OK : report_bz2_encoder(encoder, code, error);
}

static void end_bz2_encoder(joblib_codec__encoder *encoder)
{
    BZ2_bzCompressEnd(&((struct bz2_encoder *)encoder)->bz2);
}

const joblib_codec__encoder_kind *joblib_codec__bz2_encoder(void)
{
    static const joblib_codec__encoder_kind kind = {sizeof(struct bz2_encoder),
                                                    begin_bz2_encoder, encode_bz2,
                                                    end_bz2_encoder};
    return &kind;
}

#undef MOST_BZ2
#endif
