/* Inflating a whole file at once with libdeflate: several times faster than in pieces, and the
   result is memory that arrays can be views of. Whatever goes wrong, decoding in pieces runs
   instead and decides on the error. */
#include "base/pages.h"
#include "base/try.h"
#include "codec/table.h"

#if JOBLIB_HAVE_LIBDEFLATE
#include <libdeflate.h>

/* Deflate never expands more than this. */
#define MOST_RATIO 1032

/* From here on large pages pay. */
#define LARGE_OUTPUT ((size_t)4 << 20)

/* The usual model shrinks to a third. */
#define USUAL_RATIO 3

/* The input as one piece of memory: it is one already, or is read from its source. */
static joblib_status gather_input(joblib_codec__stream *stream, bool *whole,
                                  joblib_error *error)
{
    joblib_io__reader *input = &stream->input;
    *whole = input->ended && !input->clipped;
    uint64_t size = input->known_size;
    if (input->ended || size == JOBLIB_UNKNOWN_SIZE || size > stream->settings.max_memory)
        return JOBLIB_OK;
    if (joblib_io__offset(input) > 0) return JOBLIB_OK; /* behind the header of ZF */
    void *data = joblib_base__allocate(&stream->settings.allocator, (size_t)size);
    if (!data) return JOBLIB_OK;
    stream->gathered = (joblib_codec__memory){data, (size_t)size, false};
    JOBLIB_TRY(joblib_io__read(input, data, (size_t)size, error));
    joblib_io__reader_close(input);
    joblib_io__reader_open_memory(input, data, (size_t)size, false);
    *whole = true;
    return JOBLIB_OK;
}

static size_t output_bound(const joblib_codec__stream *stream, size_t size)
{
    uint64_t most = stream->settings.max_decoded < stream->settings.max_memory
                        ? stream->settings.max_decoded
                        : stream->settings.max_memory;
    if (stream->announced < most) most = stream->announced;
    uint64_t bound = size > most / MOST_RATIO ? most : (uint64_t)size * MOST_RATIO;
    return bound > SIZE_MAX / 2 ? SIZE_MAX / 2 : (size_t)bound;
}

static enum libdeflate_result inflate_memory(const joblib_codec__stream *stream,
                                             void *out, size_t room, size_t *read,
                                             size_t *written)
{
    const joblib_io__reader *input = &stream->input;
    size_t size = (size_t)(input->end - input->next);
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    if (!decompressor) return LIBDEFLATE_BAD_DATA;
    enum libdeflate_result result =
        stream->codec == JOBLIB_CODEC_GZIP
            ? libdeflate_gzip_decompress_ex(decompressor, input->next, size, out, room,
                                            read, written)
            : libdeflate_zlib_decompress_ex(decompressor, input->next, size, out, room,
                                            read, written);
    libdeflate_free_decompressor(decompressor);
    return result;
}

/* libdeflate skips the checksum of a gzip header. */
static bool has_header_checksum(const joblib_codec__stream *stream)
{
    const joblib_io__reader *input = &stream->input;
    bool has_flags = stream->codec == JOBLIB_CODEC_GZIP && input->end - input->next > 3;
    return has_flags && input->next[3] & 2;
}

/* Decodes into reserved pages; true if the file was one right stream to its last byte. */
static bool inflate_pages(joblib_codec__stream *stream)
{
    size_t size = (size_t)(stream->input.end - stream->input.next);
    size_t room = output_bound(stream, size), read = 0, written = 0;
    void *out = room > 0 ? joblib_base__reserve_pages(room) : NULL;
    if (!out) return false;
    if (size > LARGE_OUTPUT / USUAL_RATIO) joblib_base__advise_large_pages(out, room);
    enum libdeflate_result result = inflate_memory(stream, out, room, &read, &written);
    bool announced =
        stream->announced == JOBLIB_UNKNOWN_SIZE || written == stream->announced;
    if (result != LIBDEFLATE_SUCCESS || read != size || written == 0 || !announced) {
        joblib_base__release_pages(out, room);
        return false;
    }
    joblib_base__trim_pages(out, room, written);
    stream->memory = (joblib_codec__memory){out, written, true};
    return true;
}

joblib_status joblib_codec__inflate_whole(joblib_codec__stream *stream, bool *done,
                                          joblib_error *error)
{
    bool whole = false;
    *done = false;
    if (!joblib_base__is_system_allocator(&stream->settings.allocator) ||
        stream->settings.progress)
        return JOBLIB_OK;
    JOBLIB_TRY(gather_input(stream, &whole, error));
    if (!whole || has_header_checksum(stream) || !inflate_pages(stream)) return JOBLIB_OK;
    joblib_io__reader_open_memory(&stream->reader, stream->memory.data,
                                  stream->memory.size, true);
    *done = true;
    return JOBLIB_OK;
}

#else

joblib_status joblib_codec__inflate_whole(joblib_codec__stream *stream, bool *done,
                                          joblib_error *error)
{
    (void)stream, (void)error;
    *done = false;
    return JOBLIB_OK;
}

#endif
