/* zstd frames, by libzstd. Its memory comes from the C library: no public function takes an
   allocator. It is bounded by the window. */
#include "codec/pieces.h"
#include "codec/table.h"

#if JOBLIB_HAVE_ZSTD
#include <zstd.h>
#include <zstd_errors.h>

struct zstd_decoder {
    joblib_codec__decoder decoder;
    ZSTD_DCtx *zstd;
};

/* The largest window that is taken, as a power of two; libzstd takes none below 10. */
static int window_log(const joblib_codec__decoder *decoder)
{
    uint64_t most = joblib_codec__window_limit(decoder);
    int log = 10;
    while ((uint64_t)2 << log <= most) log++;
    return log;
}

static joblib_status begin_zstd(joblib_codec__decoder *decoder, joblib_error *error)
{
    struct zstd_decoder *own = (struct zstd_decoder *)decoder;
    own->zstd = ZSTD_createDCtx();
    if (!own->zstd) return joblib_base__set_no_memory(error, 0);
    ZSTD_DCtx_setParameter(own->zstd, ZSTD_d_windowLogMax, window_log(decoder));
    return JOBLIB_OK;
}

static joblib_status report_zstd(const joblib_codec__decoder *decoder, size_t code,
                                 joblib_error *error)
{
    switch ((int)ZSTD_getErrorCode(code)) {
    case ZSTD_error_memory_allocation:
        return joblib_base__set_no_memory(error, 0);
    case ZSTD_error_frameParameter_windowTooLarge:
        return joblib_base__set_error(
            error, JOBLIB_ERROR_LIMIT,
            "the zstd frame needs a window of more than 2^%d bytes (max_codec_memory, "
            "max_memory)",
            window_log(decoder));
    case ZSTD_error_dictionary_wrong:
    case ZSTD_error_frameParameter_unsupported:
    case ZSTD_error_version_unsupported:
        return joblib_base__set_error(error, JOBLIB_ERROR_UNSUPPORTED, "zstd data: %s",
                                      ZSTD_getErrorName(code));
    default:
        return joblib_codec__fail_corrupt(decoder, ZSTD_getErrorName(code), error);
    }
}

static joblib_status decode_zstd(joblib_codec__decoder *decoder,
                                 joblib_codec__piece *piece, joblib_error *error)
{
    struct zstd_decoder *own = (struct zstd_decoder *)decoder;
    ZSTD_inBuffer in = {piece->in, piece->in_size, 0};
    ZSTD_outBuffer out = {piece->out, piece->out_size, 0};
    size_t code = ZSTD_decompressStream(own->zstd, &out, &in);
    if (ZSTD_isError(code)) return report_zstd(decoder, code, error);
    piece->in += in.pos;
    piece->in_size -= in.pos;
    piece->out += out.pos;
    piece->out_size -= out.pos;
    piece->ended = code == 0;
    return JOBLIB_OK;
}

static void end_zstd(joblib_codec__decoder *decoder)
{
    ZSTD_freeDCtx(((struct zstd_decoder *)decoder)->zstd);
}

joblib_status joblib_codec__open_zstd(joblib_codec__stream *stream, joblib_error *error)
{
    static const joblib_codec__library library = {
        .decoder_size = sizeof(struct zstd_decoder),
        .repeats = true,
        .blind = true,
        .begin = begin_zstd,
        .decode = decode_zstd,
        .end = end_zstd,
    };
    return joblib_codec__open_pieces(stream, &library, error);
}

#endif
