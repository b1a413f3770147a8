/* lz4 frames as python-lz4's LZ4FrameFile writes them, by liblz4: linked blocks of 64 KiB, no
   checksums, no size. Its memory comes from the C library: no public function takes an
   allocator. It is less than 1 MiB. */
#include <string.h>

#include "base/try.h"
#include "codec/encode/encoders.h"

#if JOBLIB_HAVE_LZ4
#include <lz4frame.h>

/* The default size of blocks. */
#define LZ4_BLOCK ((size_t)64 << 10)

struct lz4_encoder {
    joblib_codec__encoder encoder;
    LZ4F_cctx *lz4;
    size_t pending; /* bytes of the block that liblz4 has begun */
    bool begun;     /* the header is written */
};

static joblib_status begin_lz4_encoder(joblib_codec__encoder *encoder,
                                       joblib_error *error)
{
    struct lz4_encoder *own = (struct lz4_encoder *)encoder;
    size_t code = LZ4F_createCompressionContext(&own->lz4, LZ4F_VERSION);
    return LZ4F_isError(code) ? joblib_base__set_no_memory(error, 0) : JOBLIB_OK;
}

static size_t begin_frame(struct lz4_encoder *own, joblib_codec__chunk *chunk)
{
    LZ4F_preferences_t preferences;
    memset(&preferences, 0, sizeof preferences);
    preferences.compressionLevel = own->encoder.what.level;
    own->begun = true;
    return LZ4F_compressBegin(own->lz4, chunk->out, chunk->out_size, &preferences);
}

/* python-lz4 encodes a piece by one call, however large, with room for all of it. Several calls
   give the same bytes if each of them ends where a block ends and has a block of its own behind
   the pending one, and all but the last leave the input where liblz4 may refer to it. */
static size_t encode_blocks(struct lz4_encoder *own, joblib_codec__chunk *chunk)
{
    LZ4F_compressOptions_t options;
    memset(&options, 0, sizeof options);
    size_t size = LZ4_BLOCK + (own->pending > 0 ? LZ4_BLOCK - own->pending : 0);
    options.stableSrc = chunk->in_size >= size + LZ4_BLOCK;
    if (!options.stableSrc) size = chunk->in_size;
    const uint8_t *in = chunk->in;
    chunk->in += size;
    chunk->in_size -= size;
    own->pending = (own->pending + size) % LZ4_BLOCK;
    return LZ4F_compressUpdate(own->lz4, chunk->out, chunk->out_size, in, size, &options);
}

static size_t end_frame(struct lz4_encoder *own, joblib_codec__chunk *chunk)
{
    chunk->ended = true;
    return LZ4F_compressEnd(own->lz4, chunk->out, chunk->out_size, NULL);
}

static joblib_status encode_lz4(joblib_codec__encoder *encoder,
                                joblib_codec__chunk *chunk, joblib_error *error)
{
    struct lz4_encoder *own = (struct lz4_encoder *)encoder;
    size_t size = !own->begun    ? begin_frame(own, chunk)
                  : !chunk->ends ? encode_blocks(own, chunk)
                                 : end_frame(own, chunk);
    if (LZ4F_isError(size)) {
        const char *reason = LZ4F_getErrorName(size);
        if (strcmp(reason, "ERROR_allocation_failed") == 0)
            return joblib_base__set_no_memory(error, 0);
        return joblib_codec__fail_encoder(encoder, reason, error);
    }
    chunk->out += size;
    chunk->out_size -= size;
    return JOBLIB_OK;
}

static void end_lz4_encoder(joblib_codec__encoder *encoder)
{
    LZ4F_freeCompressionContext(((struct lz4_encoder *)encoder)->lz4);
}

const joblib_codec__encoder_kind *joblib_codec__lz4_encoder(void)
{
    static const joblib_codec__encoder_kind kind = {sizeof(struct lz4_encoder),
                                                    begin_lz4_encoder, encode_lz4,
                                                    end_lz4_encoder};
    return &kind;
}

#undef LZ4_BLOCK
#endif
