/* xz and the older container lzma, by liblzma. */
#include <inttypes.h>

#include "codec/pieces.h"
#include "codec/table.h"

#if JOBLIB_HAVE_LZMA
#include <lzma.h>

struct lzma_decoder {
    joblib_codec__decoder decoder;
    lzma_stream lzma;
    lzma_allocator allocator;
};

static void *allocate_lzma_piece(void *ctx, size_t count, size_t item)
{
    return joblib_codec__allocate_piece(ctx, count, item);
}

static void free_lzma_piece(void *ctx, void *memory)
{
    joblib_codec__free_piece(ctx, memory);
}

/* One thread: blocks are not decoded before their turn, and memory stays bounded. */
static joblib_status begin_lzma(joblib_codec__decoder *decoder, joblib_error *error)
{
    struct lzma_decoder *own = (struct lzma_decoder *)decoder;
    uint64_t most = joblib_codec__window_limit(decoder);
    own->allocator = (lzma_allocator){allocate_lzma_piece, free_lzma_piece,
                                      &decoder->stream->settings.allocator};
    own->lzma = (lzma_stream)LZMA_STREAM_INIT;
    own->lzma.allocator = &own->allocator;
    lzma_ret code =
        decoder->stream->codec == JOBLIB_CODEC_XZ
            ? lzma_stream_decoder(&own->lzma, most, LZMA_TELL_UNSUPPORTED_CHECK)
            : lzma_alone_decoder(&own->lzma, most);
    if (code == LZMA_OK) return JOBLIB_OK;
    lzma_end(&own->lzma);
    return joblib_base__set_no_memory(error, 0);
}

static joblib_status report_lzma(struct lzma_decoder *own, lzma_ret code,
                                 joblib_error *error)
{
    const char *name = joblib_codec_name((int)own->decoder.stream->codec);
    switch ((int)code) {
    case LZMA_OK:
    case LZMA_STREAM_END:
    case LZMA_BUF_ERROR:
        return JOBLIB_OK;
    case LZMA_MEM_ERROR:
        return joblib_base__set_no_memory(error, 0);
    case LZMA_MEMLIMIT_ERROR:
        return joblib_base__set_error(error, JOBLIB_ERROR_LIMIT,
                                      "the %s stream needs %" PRIu64
                                      " bytes to be decoded, at most %" PRIu64
                                      " are taken (max_codec_memory, max_memory)",
                                      name, lzma_memusage(&own->lzma),
                                      lzma_memlimit_get(&own->lzma));
    case LZMA_UNSUPPORTED_CHECK:
        return joblib_base__set_error(error, JOBLIB_ERROR_UNSUPPORTED,
                                      "the %s stream has a checksum of unknown kind",
                                      name);
    case LZMA_OPTIONS_ERROR:
        return joblib_base__set_error(error, JOBLIB_ERROR_UNSUPPORTED,
                                      "the %s stream has options that are not known",
                                      name);
    default:
        return joblib_codec__fail_corrupt(&own->decoder, "damaged data", error);
    }
}

static joblib_status decode_lzma(joblib_codec__decoder *decoder,
                                 joblib_codec__piece *piece, joblib_error *error)
{
    struct lzma_decoder *own = (struct lzma_decoder *)decoder;
    own->lzma.next_in = piece->in;
    own->lzma.avail_in = piece->in_size;
    own->lzma.next_out = piece->out;
    own->lzma.avail_out = piece->out_size;
    lzma_ret code = lzma_code(&own->lzma, LZMA_RUN);
    piece->in_size = own->lzma.avail_in;
    piece->out = own->lzma.next_out;
    piece->out_size = own->lzma.avail_out;
    piece->ended = code == LZMA_STREAM_END;
    return report_lzma(own, code, error);
}

static void end_lzma(joblib_codec__decoder *decoder)
{
    lzma_end(&((struct lzma_decoder *)decoder)->lzma);
}

joblib_status joblib_codec__open_lzma(joblib_codec__stream *stream, joblib_error *error)
{
    static const joblib_codec__library library = {
        .decoder_size = sizeof(struct lzma_decoder),
        .repeats = true,
        .begin = begin_lzma,
        .decode = decode_lzma,
        .end = end_lzma,
    };
    return joblib_codec__open_pieces(stream, &library, error);
}

#endif
