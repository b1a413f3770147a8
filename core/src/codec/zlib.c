/* zlib and gzip, decoded in pieces: a source that inflates what the input reader shows. */
#include <string.h>
#include <zlib.h>

#include "base/try.h"
#include "codec/table.h"

/* zlib counts input with 32 bits. */
#define MOST_INPUT ((size_t)1 << 30)

/* inflateInit2: the largest window, and the gzip header instead of zlib's. */
#define WINDOW_BITS 15
#define GZIP_HEADER 16

struct inflater {
    z_stream zlib;
    joblib_codec__stream *stream;
    uint64_t decoded; /* bytes given out */
    bool ended;       /* the checksum was seen and is right */
};

/* zlib frees without a size, so that stands in front of each piece. */
struct piece {
    _Alignas(JOBLIB_ALIGNMENT) size_t size;
};

static void *allocate_piece(void *ctx, unsigned count, unsigned item)
{
    const joblib_allocator *allocator = ctx;
    size_t size = (size_t)count * item + sizeof(struct piece);
    struct piece *piece = joblib_base__allocate(allocator, size);
    if (!piece) return NULL;
    piece->size = size;
    return piece + 1;
}

static void free_piece(void *ctx, void *memory)
{
    struct piece *piece = (struct piece *)memory - 1;
    joblib_base__free(ctx, piece, piece->size);
}

/* Adds where in both streams the decoder stood. */
static joblib_status locate_error(const struct inflater *inflater, joblib_status status,
                                  joblib_error *error)
{
    joblib_base__set_offset(error, inflater->decoded,
                            joblib_io__offset(&inflater->stream->input));
    joblib_base__set_layer(error, JOBLIB_LAYER_CODEC);
    return status;
}

static joblib_status report_fault(const struct inflater *inflater, int code,
                                  joblib_error *error)
{
    const char *codec = joblib_codec_name((int)inflater->stream->codec);
    const char *reason = inflater->zlib.msg ? inflater->zlib.msg : "no progress";
    if (code == Z_MEM_ERROR) return joblib_base__set_no_memory(error, 0);
    if (code == Z_NEED_DICT)
        return joblib_base__set_error(error, JOBLIB_ERROR_UNSUPPORTED,
                                      "the zlib stream needs a preset dictionary");
    return joblib_base__set_error(error, JOBLIB_ERROR_CORRUPT, "%s data: %s", codec,
                                  reason);
}

/* Inflates from what the input shows; `size` bytes have room at next_out. */
static joblib_status inflate_window(struct inflater *inflater, joblib_error *error)
{
    joblib_io__reader *input = &inflater->stream->input;
    size_t there;
    JOBLIB_TRY(joblib_io__peek(input, 1, &there, error));
    JOBLIB_REQUIRE(there > 0, JOBLIB_ERROR_TRUNCATED,
                   "the %s stream ends without its end mark",
                   joblib_codec_name((int)inflater->stream->codec));
    size_t left = (size_t)(input->end - input->next);
    size_t given = left < MOST_INPUT ? left : MOST_INPUT;
    unsigned room = inflater->zlib.avail_out;
    inflater->zlib.next_in = (Bytef *)input->next;
    inflater->zlib.avail_in = (unsigned)given;
    int code = inflate(&inflater->zlib, Z_NO_FLUSH);
    input->next += given - inflater->zlib.avail_in;
    bool moved = inflater->zlib.avail_in < given || inflater->zlib.avail_out < room;
    inflater->ended = code == Z_STREAM_END;
    if (inflater->ended || (code == Z_OK && moved)) return JOBLIB_OK;
    return report_fault(inflater, code, error);
}

/* Nothing may follow the stream in the file. */
static joblib_status check_end(struct inflater *inflater, joblib_error *error)
{
    size_t there;
    JOBLIB_TRY(
        joblib_io__peek(&inflater->stream->input, JOBLIB_READER_NEED, &there, error));
    JOBLIB_REQUIRE(there == 0, JOBLIB_ERROR_TRAILING, "%s%zu bytes follow the %s stream",
                   there < JOBLIB_READER_NEED ? "" : "at least ", there,
                   joblib_codec_name((int)inflater->stream->codec));
    return JOBLIB_OK;
}

/* Fills the buffer, so that errors do not depend on the sizes in which the input comes. */
static joblib_status read_inflated(void *ctx, void *buffer, size_t size, size_t *got,
                                   joblib_error *error)
{
    struct inflater *inflater = ctx;
    unsigned room = (unsigned)(size < MOST_INPUT ? size : MOST_INPUT);
    joblib_status status = JOBLIB_OK;
    *got = 0;
    inflater->zlib.next_out = buffer;
    inflater->zlib.avail_out = room;
    if (inflater->ended) status = check_end(inflater, error);
    while (status == JOBLIB_OK && !inflater->ended && inflater->zlib.avail_out > 0)
        status = inflate_window(inflater, error);
    if (status == JOBLIB_OK && inflater->ended && inflater->zlib.avail_out == room)
        status = check_end(inflater, error);
    if (status != JOBLIB_OK) return locate_error(inflater, status, error);
    *got = room - inflater->zlib.avail_out;
    inflater->decoded += *got;
    return JOBLIB_OK;
}

static void close_inflater(joblib_codec__stream *stream)
{
    struct inflater *inflater = stream->decoder;
    inflateEnd(&inflater->zlib);
    joblib_base__free(&stream->settings.allocator, inflater, sizeof *inflater);
    stream->decoder = NULL;
}

static joblib_status open_inflater(joblib_codec__stream *stream, joblib_error *error)
{
    struct inflater *inflater =
        joblib_base__allocate(&stream->settings.allocator, sizeof *inflater);
    if (!inflater) return joblib_base__set_no_memory(error, sizeof *inflater);
    memset(inflater, 0, sizeof *inflater);
    inflater->stream = stream;
    inflater->zlib.zalloc = allocate_piece;
    inflater->zlib.zfree = free_piece;
    inflater->zlib.opaque = &stream->settings.allocator;
    int header = stream->codec == JOBLIB_CODEC_GZIP ? GZIP_HEADER : 0;
    if (inflateInit2(&inflater->zlib, WINDOW_BITS + header) != Z_OK) {
        joblib_base__free(&stream->settings.allocator, inflater, sizeof *inflater);
        return joblib_base__set_no_memory(error, sizeof(z_stream));
    }
    stream->decoder = inflater;
    stream->close_decoder = close_inflater;
    return JOBLIB_OK;
}

joblib_status joblib_codec__open_zlib(joblib_codec__stream *stream, joblib_error *error)
{
    bool done = false;
    JOBLIB_TRY(joblib_codec__inflate_whole(stream, &done, error));
    if (done) return JOBLIB_OK;
    JOBLIB_TRY(open_inflater(stream, error));
    joblib_source source = {sizeof source, read_inflated, stream->decoder};
    return joblib_io__reader_open_source(&stream->reader, &source, JOBLIB_UNKNOWN_SIZE,
                                         stream->settings.max_decoded,
                                         &stream->settings.allocator, error);
}
