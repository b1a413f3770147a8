/* bz2, by libbz2. */
#include "codec/pieces.h"
#include "codec/table.h"

#if JOBLIB_HAVE_BZ2
#include <bzlib.h>

struct bz2_decoder {
    joblib_codec__decoder decoder;
    bz_stream bz2;
};

static void *allocate_bz2_piece(void *ctx, int count, int item)
{
    return joblib_codec__allocate_piece(ctx, (size_t)count, (size_t)item);
}

static void free_bz2_piece(void *ctx, void *memory)
{
    joblib_codec__free_piece(ctx, memory);
}

static joblib_status begin_bz2(joblib_codec__decoder *decoder, joblib_error *error)
{
    struct bz2_decoder *own = (struct bz2_decoder *)decoder;
    own->bz2.bzalloc = allocate_bz2_piece;
    own->bz2.bzfree = free_bz2_piece;
    own->bz2.opaque = &decoder->stream->settings.allocator;
    if (BZ2_bzDecompressInit(&own->bz2, 0, 0) == BZ_OK) return JOBLIB_OK;
    return joblib_base__set_no_memory(error, 0);
}

static joblib_status decode_bz2(joblib_codec__decoder *decoder,
                                joblib_codec__piece *piece, joblib_error *error)
{
    struct bz2_decoder *own = (struct bz2_decoder *)decoder;
    own->bz2.next_in = (char *)(uintptr_t)piece->in;
    own->bz2.avail_in = (unsigned)piece->in_size;
    own->bz2.next_out = (char *)piece->out;
    own->bz2.avail_out = (unsigned)piece->out_size;
    int code = BZ2_bzDecompress(&own->bz2);
    piece->out += piece->out_size - own->bz2.avail_out;
    piece->in_size = own->bz2.avail_in;
    piece->out_size = own->bz2.avail_out;
    piece->ended = code == BZ_STREAM_END;
    if (code == BZ_OK || code == BZ_STREAM_END) return JOBLIB_OK;
    if (code == BZ_MEM_ERROR) return joblib_base__set_no_memory(error, 0);
    const char *reason = code == BZ_DATA_ERROR_MAGIC ? "wrong header" : "damaged block";
    return joblib_codec__fail_corrupt(decoder, reason, error);
}

static void end_bz2(joblib_codec__decoder *decoder)
{
    BZ2_bzDecompressEnd(&((struct bz2_decoder *)decoder)->bz2);
}

joblib_status joblib_codec__open_bz2(joblib_codec__stream *stream, joblib_error *error)
{
    static const joblib_codec__library library = {
        .decoder_size = sizeof(struct bz2_decoder),
        .repeats = true,
        .begin = begin_bz2,
        .decode = decode_bz2,
        .end = end_bz2,
    };
    return joblib_codec__open_pieces(stream, &library, error);
}

#endif
