/* lz4 frames, by liblz4. Its memory comes from the C library: no public function takes an
   allocator. It is at most 8 MiB and some, as a block is at most 4 MiB. */
#include <string.h>

#include "base/try.h"
#include "codec/pieces.h"
#include "codec/table.h"

#if JOBLIB_HAVE_LZ4
#include <lz4frame.h>

/* The byte of flags behind the magic, and the bit for a dictionary's number. */
#define FLAGS_AT 4
#define DICTIONARY_FLAG 1

struct lz4_decoder {
    joblib_codec__decoder decoder;
    LZ4F_dctx *lz4;
};

static joblib_status begin_lz4(joblib_codec__decoder *decoder, joblib_error *error)
{
    struct lz4_decoder *own = (struct lz4_decoder *)decoder;
    joblib_io__reader *input = &decoder->stream->input;
    size_t there;
    JOBLIB_TRY(joblib_io__peek(input, FLAGS_AT + 1, &there, error));
    bool dictionary = there > FLAGS_AT && input->next[FLAGS_AT] & DICTIONARY_FLAG;
    JOBLIB_REQUIRE(!dictionary, JOBLIB_ERROR_UNSUPPORTED,
                   "the lz4 frame needs a dictionary");
    if (!LZ4F_isError(LZ4F_createDecompressionContext(&own->lz4, LZ4F_VERSION)))
        return JOBLIB_OK;
    return joblib_base__set_no_memory(error, 0);
}

static joblib_status decode_lz4(joblib_codec__decoder *decoder,
                                joblib_codec__piece *piece, joblib_error *error)
{
    struct lz4_decoder *own = (struct lz4_decoder *)decoder;
    size_t written = piece->out_size, read = piece->in_size;
    size_t code = LZ4F_decompress(own->lz4, piece->out, &written, piece->in, &read, NULL);
    if (LZ4F_isError(code)) {
        const char *reason = LZ4F_getErrorName(code);
        if (strcmp(reason, "ERROR_allocation_failed") == 0)
            return joblib_base__set_no_memory(error, 0);
        return joblib_codec__fail_corrupt(decoder, reason, error);
    }
    piece->in += read;
    piece->in_size -= read;
    piece->out += written;
    piece->out_size -= written;
    piece->ended = code == 0;
    return JOBLIB_OK;
}

static void end_lz4(joblib_codec__decoder *decoder)
{
    LZ4F_freeDecompressionContext(((struct lz4_decoder *)decoder)->lz4);
}

joblib_status joblib_codec__open_lz4(joblib_codec__stream *stream, joblib_error *error)
{
    static const joblib_codec__library library = {
        .decoder_size = sizeof(struct lz4_decoder),
        .repeats = true,
        .blind = true,
        .begin = begin_lz4,
        .decode = decode_lz4,
        .end = end_lz4,
    };
    return joblib_codec__open_pieces(stream, &library, error);
}

#undef FLAGS_AT
#undef DICTIONARY_FLAG
#endif
