#include "codec/codec.h"

#include <string.h>

#include "base/pages.h"
#include "base/try.h"
#include "codec/table.h"

/* Codecs that this build lacks. */
#if !JOBLIB_HAVE_BZ2
#define joblib_codec__open_bz2 NULL
#endif
#if !JOBLIB_HAVE_LZMA
#define joblib_codec__open_lzma NULL
#endif
#if !JOBLIB_HAVE_LZ4
#define joblib_codec__open_lz4 NULL
#endif
#if !JOBLIB_HAVE_ZSTD
#define joblib_codec__open_zstd NULL
#endif

static joblib_status open_raw(joblib_codec__stream *stream, joblib_error *error)
{
    (void)error;
    stream->reader = stream->input;
    memset(&stream->input, 0, sizeof stream->input);
    joblib_io__set_limit(&stream->reader, stream->settings.max_decoded, "max_decoded");
    return JOBLIB_OK;
}

static const joblib_codec__row codec_rows[] = {
    [JOBLIB_CODEC_RAW] = {"raw", NULL, open_raw},
    [JOBLIB_CODEC_ZLIB] = {"zlib", joblib_codec__match_zlib, joblib_codec__open_zlib},
    [JOBLIB_CODEC_GZIP] = {"gzip", joblib_codec__match_gzip, joblib_codec__open_zlib},
    [JOBLIB_CODEC_BZ2] = {"bz2", joblib_codec__match_bz2, joblib_codec__open_bz2},
    [JOBLIB_CODEC_XZ] = {"xz", joblib_codec__match_xz, joblib_codec__open_lzma},
    [JOBLIB_CODEC_LZMA] = {"lzma", joblib_codec__match_lzma, joblib_codec__open_lzma},
    [JOBLIB_CODEC_LZ4] = {"lz4", joblib_codec__match_lz4, joblib_codec__open_lz4},
    [JOBLIB_CODEC_ZSTD] = {"zstd", joblib_codec__match_zstd, joblib_codec__open_zstd},
    [JOBLIB_CODEC_ZF] = {"ZF", joblib_codec__match_zf, joblib_codec__open_zf},
};

const joblib_codec__row *joblib_codec__find_row(int codec)
{
    const int count = (int)(sizeof codec_rows / sizeof codec_rows[0]);
    return codec >= 0 && codec < count ? &codec_rows[codec] : NULL;
}

const char *joblib_codec_name(int codec)
{
    const joblib_codec__row *row = joblib_codec__find_row(codec);
    return row ? row->name : "unknown";
}

bool joblib_codec_available(int codec)
{
    const joblib_codec__row *row = joblib_codec__find_row(codec);
    return row && row->open;
}

/* Finds the codec and lets it make the reader. */
static joblib_status open_decoder(joblib_codec__stream *stream, joblib_error *error)
{
    size_t there;
    JOBLIB_TRY(joblib_io__peek(&stream->input, JOBLIB_CODEC_HEADER, &there, error));
    JOBLIB_TRY(joblib_codec__detect(stream->input.next, there, &stream->codec, error));
    const joblib_codec__row *row = joblib_codec__find_row((int)stream->codec);
    stream->small_window =
        stream->codec == JOBLIB_CODEC_ZLIB && stream->input.next[0] != 'x';
    JOBLIB_REQUIRE(row->open, JOBLIB_ERROR_UNSUPPORTED_BUILD,
                   "the file is compressed with %s, which this build cannot read",
                   row->name);
    return row->open(stream, error);
}

void joblib_codec__guard_input(const joblib_codec__settings *settings,
                               joblib_io__reader *reader)
{
    reader->is_input = true;
    if (settings->progress)
        joblib_io__progress_expect(settings->progress, reader->known_size);
    joblib_io__watch(reader, settings->progress);
    joblib_io__set_limit(reader, settings->max_input, "max_input");
}

static joblib_status open_stream(joblib_codec__stream *stream, joblib_error *error)
{
    joblib_codec__guard_input(&stream->settings, &stream->input);
    joblib_status status = open_decoder(stream, error);
    if (status == JOBLIB_OK) return status;
    if (status == JOBLIB_ERROR_TRUNCATED && stream->input.clipped)
        status = joblib_io__fail_clipped(&stream->input, error);
    joblib_base__set_offset(error, 0, 0);
    joblib_base__set_layer(error, JOBLIB_LAYER_CODEC);
    joblib_codec__close(stream);
    return status;
}

joblib_status joblib_codec__open_memory(joblib_codec__stream *stream,
                                        const joblib_codec__settings *settings,
                                        const void *data, size_t size, bool stable,
                                        joblib_error *error)
{
    memset(stream, 0, sizeof *stream);
    stream->settings = *settings;
    stream->announced = JOBLIB_UNKNOWN_SIZE;
    joblib_io__reader_open_memory(&stream->input, data, size, stable);
    return open_stream(stream, error);
}

joblib_status joblib_codec__open_source(joblib_codec__stream *stream,
                                        const joblib_codec__settings *settings,
                                        const joblib_source *source, uint64_t known_size,
                                        joblib_error *error)
{
    memset(stream, 0, sizeof *stream);
    stream->settings = *settings;
    stream->announced = JOBLIB_UNKNOWN_SIZE;
    JOBLIB_TRY(joblib_io__reader_open_source(&stream->input, source, known_size,
                                             &settings->allocator, error));
    return open_stream(stream, error);
}

joblib_status joblib_codec__finish(joblib_codec__stream *stream, joblib_error *error)
{
    uint64_t offset = joblib_io__offset(&stream->reader);
    uint64_t surplus;
    JOBLIB_TRY(joblib_io__drain(&stream->reader, &surplus, error));
    if (surplus == 0) return JOBLIB_OK;
    joblib_base__set_error(error, JOBLIB_ERROR_TRAILING,
                           "%s%llu bytes follow the object, which ends at %llu",
                           surplus < 65536 ? "" : "at least ",
                           (unsigned long long)surplus, (unsigned long long)offset);
    bool raw = stream->codec == JOBLIB_CODEC_RAW;
    joblib_base__set_offset(error, offset, raw ? offset : JOBLIB_NO_OFFSET);
    return JOBLIB_ERROR_TRAILING;
}

joblib_codec__memory joblib_codec__take_memory(joblib_codec__stream *stream)
{
    joblib_codec__memory memory = stream->memory;
    memset(&stream->memory, 0, sizeof stream->memory);
    return memory;
}

void joblib_codec__free_memory(const joblib_allocator *allocator,
                               joblib_codec__memory *memory)
{
    if (memory->pages)
        joblib_base__release_pages(memory->data, memory->size);
    else
        joblib_base__free(allocator, memory->data, memory->size);
    memset(memory, 0, sizeof *memory);
}

void joblib_codec__close(joblib_codec__stream *stream)
{
    if (stream->close_decoder) stream->close_decoder(stream);
    stream->close_decoder = NULL;
    joblib_io__reader_close(&stream->reader);
    joblib_io__reader_close(&stream->input);
    joblib_codec__free_memory(&stream->settings.allocator, &stream->memory);
    joblib_codec__free_memory(&stream->settings.allocator, &stream->gathered);
}
