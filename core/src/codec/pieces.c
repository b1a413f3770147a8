#include "codec/pieces.h"

#include <string.h>

#include "base/try.h"
#include "codec/table.h"

/* Some libraries count with 32 bits. */
#define MOST_PIECE ((size_t)1 << 30)

/* Streams in a row that hold nothing. */
#define MOST_EMPTY_STREAMS 1024

/* Stands in front of memory whose size the library does not keep. */
struct sized_memory {
    _Alignas(JOBLIB_ALIGNMENT) size_t size;
};

void *joblib_codec__allocate_piece(const joblib_allocator *allocator, size_t count,
                                   size_t item)
{
    if (item > 0 && count > (SIZE_MAX - sizeof(struct sized_memory)) / item) return NULL;
    size_t size = count * item + sizeof(struct sized_memory);
    struct sized_memory *memory = joblib_base__allocate(allocator, size);
    if (!memory) return NULL;
    memory->size = size;
    return memory + 1;
}

void joblib_codec__free_piece(const joblib_allocator *allocator, void *memory)
{
    if (!memory) return;
    struct sized_memory *sized = (struct sized_memory *)memory - 1;
    joblib_base__free(allocator, sized, sized->size);
}

uint64_t joblib_codec__window_limit(const joblib_codec__decoder *decoder)
{
    const joblib_codec__settings *settings = &decoder->stream->settings;
    return settings->max_memory < settings->max_codec_memory ? settings->max_memory
                                                             : settings->max_codec_memory;
}

static const char *codec_name(const joblib_codec__decoder *decoder)
{
    return joblib_codec_name((int)decoder->stream->codec);
}

joblib_status joblib_codec__fail_corrupt(const joblib_codec__decoder *decoder,
                                         const char *reason, joblib_error *error)
{
    return joblib_base__set_error(error, JOBLIB_ERROR_CORRUPT, "%s data: %s",
                                  codec_name(decoder), reason);
}

/* Adds where in both streams the decoder stood. Input that a limit cut is not truncated. */
static joblib_status locate_fault(const joblib_codec__decoder *decoder,
                                  joblib_status status, joblib_error *error)
{
    const joblib_io__reader *input = &decoder->stream->input;
    bool blind = decoder->library->blind && status == JOBLIB_ERROR_CORRUPT;
    uint64_t offset = joblib_io__offset(input);
    if (status == JOBLIB_ERROR_TRUNCATED && input->clipped)
        status = joblib_io__fail_clipped(input, error);
    joblib_base__set_offset(error, decoder->decoded, blind ? JOBLIB_NO_OFFSET : offset);
    joblib_base__set_layer(error, JOBLIB_LAYER_CODEC);
    return status;
}

/* Decodes from what the input shows. At its end the library may still have bytes to give. */
static joblib_status decode_window(joblib_codec__decoder *decoder,
                                   joblib_codec__piece *piece, joblib_error *error)
{
    joblib_io__reader *input = &decoder->stream->input;
    size_t there;
    JOBLIB_TRY(joblib_io__peek(input, 1, &there, error));
    size_t left = (size_t)(input->end - input->next), room = piece->out_size;
    size_t given = left < MOST_PIECE ? left : MOST_PIECE;
    piece->in = input->next;
    piece->in_size = given;
    joblib_status status = decoder->library->decode(decoder, piece, error);
    input->next += given - piece->in_size;
    if (status != JOBLIB_OK) return status;
    decoder->ended = piece->ended;
    if (piece->ended || piece->in_size < given || piece->out_size < room)
        return JOBLIB_OK;
    JOBLIB_REQUIRE(given > 0, JOBLIB_ERROR_TRUNCATED,
                   "the %s stream ends without its end mark", codec_name(decoder));
    return joblib_codec__fail_corrupt(decoder, "no progress", error);
}

static void end_library(joblib_codec__decoder *decoder)
{
    if (decoder->begun) decoder->library->end(decoder);
    decoder->begun = false;
}

static joblib_status begin_library(joblib_codec__decoder *decoder, joblib_error *error)
{
    end_library(decoder);
    decoder->ended = false;
    JOBLIB_TRY(decoder->library->begin(decoder, error));
    decoder->begun = true;
    return JOBLIB_OK;
}

/* After a stream: begins the next one, if one of the same codec follows. */
static joblib_status begin_next(joblib_codec__decoder *decoder, joblib_error *error)
{
    joblib_io__reader *input = &decoder->stream->input;
    const joblib_codec__row *row = joblib_codec__find_row((int)decoder->stream->codec);
    size_t there;
    if (!decoder->library->repeats) return JOBLIB_OK;
    JOBLIB_TRY(joblib_io__peek(input, JOBLIB_CODEC_HEADER, &there, error));
    joblib_codec__match match = row->match(input->next, there);
    if (there == 1 && *input->next == decoder->first) match = JOBLIB_CODEC__CUT;
    JOBLIB_REQUIRE(match != JOBLIB_CODEC__CUT, JOBLIB_ERROR_TRUNCATED,
                   "the file ends inside the header of a further %s stream", row->name);
    if (match != JOBLIB_CODEC__SAME) return JOBLIB_OK;
    JOBLIB_REQUIRE(decoder->empty_streams++ < MOST_EMPTY_STREAMS, JOBLIB_ERROR_LIMIT,
                   "more than %d empty %s streams in a row", MOST_EMPTY_STREAMS,
                   row->name);
    return begin_library(decoder, error);
}

/* Nothing else may follow the stream in the file. */
static joblib_status check_end(joblib_codec__decoder *decoder, joblib_error *error)
{
    size_t there;
    JOBLIB_TRY(
        joblib_io__peek(&decoder->stream->input, JOBLIB_READER_NEED, &there, error));
    if (there == 0 && decoder->stream->input.clipped)
        return joblib_io__fail_clipped(&decoder->stream->input, error);
    JOBLIB_REQUIRE(there == 0, JOBLIB_ERROR_TRAILING, "%s%zu bytes follow the %s stream",
                   there < JOBLIB_READER_NEED ? "" : "at least ", there,
                   codec_name(decoder));
    return JOBLIB_OK;
}

/* Decodes until the buffer is full or the last stream has ended. */
static joblib_status fill_buffer(joblib_codec__decoder *decoder,
                                 joblib_codec__piece *piece, joblib_error *error)
{
    while (piece->out_size > 0) {
        size_t room = piece->out_size;
        if (decoder->ended) JOBLIB_TRY(begin_next(decoder, error));
        if (decoder->ended) break;
        piece->ended = false;
        JOBLIB_TRY(decode_window(decoder, piece, error));
        if (piece->out_size < room) decoder->empty_streams = 0;
    }
    return JOBLIB_OK;
}

/* Fills the buffer, so that errors do not depend on the sizes in which the input comes. */
static joblib_status read_decoded(void *ctx, void *buffer, size_t size, size_t *got,
                                  joblib_error *error)
{
    joblib_codec__decoder *decoder = ctx;
    size_t room = size < MOST_PIECE ? size : MOST_PIECE;
    joblib_codec__piece piece = {.out = buffer, .out_size = room};
    *got = 0;
    joblib_status status = fill_buffer(decoder, &piece, error);
    if (status == JOBLIB_OK && decoder->ended && piece.out_size == room)
        status = check_end(decoder, error);
    if (status != JOBLIB_OK) return locate_fault(decoder, status, error);
    *got = room - piece.out_size;
    decoder->decoded += *got;
    return JOBLIB_OK;
}

static void close_pieces(joblib_codec__stream *stream)
{
    joblib_codec__decoder *decoder = stream->decoder;
    end_library(decoder);
    joblib_base__free(&stream->settings.allocator, decoder,
                      decoder->library->decoder_size);
    stream->decoder = NULL;
}

joblib_status joblib_codec__open_pieces(joblib_codec__stream *stream,
                                        const joblib_codec__library *library,
                                        joblib_error *error)
{
    joblib_codec__decoder *decoder =
        joblib_base__allocate(&stream->settings.allocator, library->decoder_size);
    if (!decoder) return joblib_base__set_no_memory(error, library->decoder_size);
    memset(decoder, 0, library->decoder_size);
    decoder->library = library;
    decoder->stream = stream;
    if (stream->input.next < stream->input.end) decoder->first = *stream->input.next;
    stream->decoder = decoder;
    stream->close_decoder = close_pieces;
    JOBLIB_TRY(begin_library(decoder, error));
    joblib_source source = {sizeof source, read_decoded, decoder};
    JOBLIB_TRY(joblib_io__reader_open_source(&stream->reader, &source,
                                             JOBLIB_UNKNOWN_SIZE,
                                             &stream->settings.allocator, error));
    joblib_io__watch(&stream->reader, stream->settings.progress);
    joblib_io__set_limit(&stream->reader, stream->settings.max_decoded, "max_decoded");
    return JOBLIB_OK;
}

#undef MOST_PIECE
#undef MOST_EMPTY_STREAMS
