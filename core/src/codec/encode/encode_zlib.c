/* zlib and gzip as joblib writes them, by zlib. */
#include <zlib.h>

#include "codec/encode/encoders.h"
#include "codec/pieces.h"

/* What BinaryZlibFile and BinaryGzipFile give to zlib: the largest window, with the header of
   gzip instead of zlib's, and zlib's default for memory. */
#define DEFLATE_BITS 15
#define GZIP_BITS (DEFLATE_BITS + 16)
#define DEFLATE_MEMORY 8

/* zlib counts with 32 bits. */
#define MOST_DEFLATED ((size_t)1 << 30)

struct deflater {
    joblib_codec__encoder encoder;
    z_stream zlib;
};

static void *allocate_deflater_piece(void *ctx, unsigned count, unsigned item)
{
    return joblib_codec__allocate_piece(ctx, count, item);
}

static void free_deflater_piece(void *ctx, void *memory)
{
    joblib_codec__free_piece(ctx, memory);
}

static joblib_status report_deflater(const struct deflater *deflater, int code,
                                     joblib_error *error)
{
    if (code == Z_MEM_ERROR) return joblib_base__set_no_memory(error, 0);
    const char *reason = deflater->zlib.msg ? deflater->zlib.msg : zError(code);
    return joblib_codec__fail_encoder(&deflater->encoder, reason, error);
}

static joblib_status begin_deflater(joblib_codec__encoder *encoder, joblib_error *error)
{
    struct deflater *deflater = (struct deflater *)encoder;
    deflater->zlib.zalloc = allocate_deflater_piece;
    deflater->zlib.zfree = free_deflater_piece;
    deflater->zlib.opaque = &encoder->allocator;
    int bits = encoder->what.codec == JOBLIB_CODEC_GZIP ? GZIP_BITS : DEFLATE_BITS;
    int code = deflateInit2(&deflater->zlib, encoder->what.level, Z_DEFLATED, bits,
                            DEFLATE_MEMORY, Z_DEFAULT_STRATEGY);
    return code == Z_OK ? JOBLIB_OK : report_deflater(deflater, code, error);
}

static joblib_status deflate_chunk(joblib_codec__encoder *encoder,
                                   joblib_codec__chunk *chunk, joblib_error *error)
{
    struct deflater *deflater = (struct deflater *)encoder;
    size_t given = chunk->in_size < MOST_DEFLATED ? chunk->in_size : MOST_DEFLATED;
    deflater->zlib.next_in = (Bytef *)(uintptr_t)chunk->in;
    deflater->zlib.avail_in = (unsigned)given;
    deflater->zlib.next_out = chunk->out;
    deflater->zlib.avail_out = (unsigned)chunk->out_size;
    int code = deflate(&deflater->zlib, chunk->ends ? Z_FINISH : Z_NO_FLUSH);
    chunk->in = deflater->zlib.next_in;
    chunk->in_size -= given - deflater->zlib.avail_in;
    chunk->out = deflater->zlib.next_out;
    chunk->out_size = deflater->zlib.avail_out;
    chunk->ended = code == Z_STREAM_END;
    if (code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR) return JOBLIB_OK;
    return report_deflater(deflater, code, error);
}

static void end_deflater(joblib_codec__encoder *encoder)
{
    deflateEnd(&((struct deflater *)encoder)->zlib);
}

const joblib_codec__encoder_kind *joblib_codec__zlib_encoder(void)
{
    static const joblib_codec__encoder_kind kind = {sizeof(struct deflater),
                                                    begin_deflater, deflate_chunk,
                                                    end_deflater};
    return &kind;
}

#undef DEFLATE_BITS
#undef GZIP_BITS
#undef DEFLATE_MEMORY
#undef MOST_DEFLATED
