/* zstd frames with a checksum, by libzstd; joblib writes none. Its memory comes from the C
   library: no public function takes an allocator. */
#include "codec/encode/encoders.h"

#if JOBLIB_HAVE_ZSTD
#include <zstd.h>
#include <zstd_errors.h>

struct zstd_encoder {
    joblib_codec__encoder encoder;
    ZSTD_CCtx *zstd;
};

static joblib_status begin_zstd_encoder(joblib_codec__encoder *encoder,
                                        joblib_error *error)
{
    struct zstd_encoder *own = (struct zstd_encoder *)encoder;
    own->zstd = ZSTD_createCCtx();
    if (!own->zstd) return joblib_base__set_no_memory(error, 0);
    ZSTD_CCtx_setParameter(own->zstd, ZSTD_c_compressionLevel, encoder->what.level);
    ZSTD_CCtx_setParameter(own->zstd, ZSTD_c_checksumFlag, 1);
    return JOBLIB_OK;
}

static joblib_status report_zstd_encoder(const joblib_codec__encoder *encoder,
                                         size_t code, joblib_error *error)
{
    if (ZSTD_getErrorCode(code) == ZSTD_error_memory_allocation)
        return joblib_base__set_no_memory(error, 0);
    return joblib_codec__fail_encoder(encoder, ZSTD_getErrorName(code), error);
}

static joblib_status encode_zstd(joblib_codec__encoder *encoder,
                                 joblib_codec__chunk *chunk, joblib_error *error)
{
    struct zstd_encoder *own = (struct zstd_encoder *)encoder;
    ZSTD_inBuffer in = {chunk->in, chunk->in_size, 0};
    ZSTD_outBuffer out = {chunk->out, chunk->out_size, 0};
    ZSTD_EndDirective directive = chunk->ends ? ZSTD_e_end : ZSTD_e_continue;
    size_t code = ZSTD_compressStream2(own->zstd, &out, &in, directive);
    if (ZSTD_isError(code)) return report_zstd_encoder(encoder, code, error);
    chunk->in_size -= in.pos;
    if (in.pos > 0) chunk->in += in.pos;
    chunk->out += out.pos;
    chunk->out_size -= out.pos;
    chunk->ended = chunk->ends && code == 0;
    return JOBLIB_OK;
}

static void end_zstd_encoder(joblib_codec__encoder *encoder)
{
    ZSTD_freeCCtx(((struct zstd_encoder *)encoder)->zstd);
}

const joblib_codec__encoder_kind *joblib_codec__zstd_encoder(void)
{
    static const joblib_codec__encoder_kind kind = {sizeof(struct zstd_encoder),
                                                    begin_zstd_encoder, encode_zstd,
                                                    end_zstd_encoder};
    return &kind;
}

#endif
