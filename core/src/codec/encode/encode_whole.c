/* zlib and gzip by libdeflate: other bytes than joblib's for the same content, made faster. It
   compresses memory, so all of the stream is gathered and compressed at the end. Its own state
   comes from the C library. */
#include <string.h>

#include "base/allocator.h"
#include "base/checked.h"
#include "base/try.h"
#include "base/vector.h"
#include "codec/encode/encoders.h"
#include "io/sink.h"

#if JOBLIB_HAVE_LIBDEFLATE
#include <libdeflate.h>

struct whole_encoder {
    joblib_codec__encoder encoder;
    struct libdeflate_compressor *libdeflate;
    void *gathered;
    size_t gathered_size, gathered_room;
};

static joblib_status begin_whole(joblib_codec__encoder *encoder, joblib_error *error)
{
    struct whole_encoder *own = (struct whole_encoder *)encoder;
    own->libdeflate = libdeflate_alloc_compressor(encoder->what.level);
    return own->libdeflate ? JOBLIB_OK : joblib_base__set_no_memory(error, 0);
}

static joblib_status gather_chunk(struct whole_encoder *own, joblib_codec__chunk *chunk,
                                  joblib_error *error)
{
    size_t needed;
    JOBLIB_REQUIRE(joblib_base__size_add(own->gathered_size, chunk->in_size, &needed),
                   JOBLIB_ERROR_LIMIT,
                   "more bytes than memory can hold are to be compressed at once");
    JOBLIB_TRY(joblib_base__grow(&own->encoder.allocator, &own->gathered,
                                 &own->gathered_room, needed, 1, error));
    memcpy((uint8_t *)own->gathered + own->gathered_size, chunk->in, chunk->in_size);
    own->gathered_size = needed;
    chunk->in += chunk->in_size;
    chunk->in_size = 0;
    return JOBLIB_OK;
}

/* Gives the size of what stands in `out` then; it always fits. */
static size_t compress_gathered(struct whole_encoder *own, void *out, size_t room)
{
    const void *data = own->gathered ? own->gathered : "";
    return own->encoder.what.codec == JOBLIB_CODEC_GZIP
               ? libdeflate_gzip_compress(own->libdeflate, data, own->gathered_size, out,
                                          room)
               : libdeflate_zlib_compress(own->libdeflate, data, own->gathered_size, out,
                                          room);
}

static size_t bound_gathered(struct whole_encoder *own)
{
    return own->encoder.what.codec == JOBLIB_CODEC_GZIP
               ? libdeflate_gzip_compress_bound(own->libdeflate, own->gathered_size)
               : libdeflate_zlib_compress_bound(own->libdeflate, own->gathered_size);
}

static joblib_status write_gathered(struct whole_encoder *own, joblib_error *error)
{
    size_t room = bound_gathered(own);
    void *out = joblib_base__allocate(&own->encoder.allocator, room);
    if (!out) return joblib_base__set_no_memory(error, room);
    size_t size = compress_gathered(own, out, room);
    joblib_status status =
        size == 0 ? joblib_codec__fail_encoder(&own->encoder, "its own fault", error)
                  : joblib_io__push(&own->encoder.target, out, size, error);
    joblib_base__free(&own->encoder.allocator, out, room);
    return status;
}

static joblib_status encode_whole(joblib_codec__encoder *encoder,
                                  joblib_codec__chunk *chunk, joblib_error *error)
{
    struct whole_encoder *own = (struct whole_encoder *)encoder;
    chunk->ended = chunk->ends;
    return chunk->ends ? write_gathered(own, error) : gather_chunk(own, chunk, error);
}

static void end_whole(joblib_codec__encoder *encoder)
{
    struct whole_encoder *own = (struct whole_encoder *)encoder;
    libdeflate_free_compressor(own->libdeflate);
    joblib_base__free(&encoder->allocator, own->gathered, own->gathered_room);
}

const joblib_codec__encoder_kind *joblib_codec__whole_encoder(void)
{
    static const joblib_codec__encoder_kind kind = {sizeof(struct whole_encoder),
                                                    begin_whole, encode_whole, end_whole};
    return &kind;
}

#endif
