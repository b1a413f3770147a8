/* zlib and gzip, and the older container ZF around zlib, in pieces by zlib. */
#include <zlib.h>

#include "base/try.h"
#include "codec/pieces.h"
#include "codec/table.h"

/* inflateInit2: the largest window, and the gzip header instead of zlib's. */
#define WINDOW_BITS 15
#define GZIP_HEADER 16

struct inflater {
    joblib_codec__decoder decoder;
    z_stream zlib;
    uint64_t inflated; /* bytes, also those not given out yet */
};

static void *allocate_inflater_piece(void *ctx, unsigned count, unsigned item)
{
    return joblib_codec__allocate_piece(ctx, count, item);
}

static void free_inflater_piece(void *ctx, void *memory)
{
    joblib_codec__free_piece(ctx, memory);
}

static joblib_status begin_inflater(joblib_codec__decoder *decoder, joblib_error *error)
{
    struct inflater *inflater = (struct inflater *)decoder;
    inflater->zlib.zalloc = allocate_inflater_piece;
    inflater->zlib.zfree = free_inflater_piece;
    inflater->zlib.opaque = &decoder->stream->settings.allocator;
    int header = decoder->stream->codec == JOBLIB_CODEC_GZIP ? GZIP_HEADER : 0;
    if (inflateInit2(&inflater->zlib, WINDOW_BITS + header) == Z_OK) return JOBLIB_OK;
    return joblib_base__set_no_memory(error, sizeof(z_stream));
}

static joblib_status report_inflater(const struct inflater *inflater, int code,
                                     joblib_error *error)
{
    if (code == Z_MEM_ERROR) return joblib_base__set_no_memory(error, 0);
    if (code == Z_NEED_DICT)
        return joblib_base__set_error(error, JOBLIB_ERROR_UNSUPPORTED,
                                      "the zlib stream needs a preset dictionary");
    const char *reason = inflater->zlib.msg ? inflater->zlib.msg : "no progress";
    return joblib_codec__fail_corrupt(&inflater->decoder, reason, error);
}

/* The size that the header of ZF announces must be the right one. */
static joblib_status check_announced(const struct inflater *inflater, bool ended,
                                     joblib_error *error)
{
    uint64_t announced = inflater->decoder.stream->announced;
    if (announced == JOBLIB_UNKNOWN_SIZE) return JOBLIB_OK;
    if (inflater->inflated == announced || (inflater->inflated < announced && !ended))
        return JOBLIB_OK;
    return joblib_codec__fail_corrupt(&inflater->decoder,
                                      "the stream has not the size that its header tells",
                                      error);
}

static joblib_status inflate_piece(joblib_codec__decoder *decoder,
                                   joblib_codec__piece *piece, joblib_error *error)
{
    struct inflater *inflater = (struct inflater *)decoder;
    size_t room = piece->out_size;
    inflater->zlib.next_in = (Bytef *)piece->in;
    inflater->zlib.avail_in = (unsigned)piece->in_size;
    inflater->zlib.next_out = piece->out;
    inflater->zlib.avail_out = (unsigned)room;
    int code = inflate(&inflater->zlib, Z_NO_FLUSH);
    piece->in_size = inflater->zlib.avail_in;
    piece->out = inflater->zlib.next_out;
    piece->out_size = inflater->zlib.avail_out;
    piece->ended = code == Z_STREAM_END;
    inflater->inflated += room - piece->out_size;
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
        return report_inflater(inflater, code, error);
    return check_announced(inflater, piece->ended, error);
}

static void end_inflater(joblib_codec__decoder *decoder)
{
    inflateEnd(&((struct inflater *)decoder)->zlib);
}

joblib_status joblib_codec__open_zlib(joblib_codec__stream *stream, joblib_error *error)
{
    static const joblib_codec__library library = {
        .decoder_size = sizeof(struct inflater),
        .begin = begin_inflater,
        .decode = inflate_piece,
        .end = end_inflater,
    };
    bool done = false;
    JOBLIB_TRY(joblib_codec__inflate_whole(stream, &done, error));
    return done ? JOBLIB_OK : joblib_codec__open_pieces(stream, &library, error);
}

#undef WINDOW_BITS
#undef GZIP_HEADER
