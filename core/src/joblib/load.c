/* Loading: a container is opened, its pickle read, its end verified, and a document made. */
#include "joblib/load.h"

#include <string.h>

#include "base/options.h"
#include "base/pages.h"
#include "base/try.h"
#include "codec/codec.h"
#include "io/file.h"
#include "joblib/companion.h"
#include "joblib/names.h"
#include "joblib/npy.h"
#include "joblib/watched.h"

#define GIBIBYTE (UINT64_C(1) << 30)

/* Options of a load, complete, and who watches it. */
struct load_request {
    joblib_load_options options;
    const joblib_pickle__observer *observer;
    const char *path; /* of the file; NULL for memory and sources */
};

static const joblib_load_options default_options = {
    .max_memory = SIZE_MAX > UINT32_MAX ? 4 * GIBIBYTE : GIBIBYTE / 2,
    .max_decoded = 8 * GIBIBYTE,
    .max_opcodes = 100000000,
    .max_depth = 1000,
    .max_stack = 1000000,
    .max_memo = 50000000,
    .max_text = GIBIBYTE,
    .max_array = UINT64_MAX,
};

void joblib_load_options_init(joblib_load_options *options)
{
    static const joblib_load_options fresh = JOBLIB_LOAD_OPTIONS_INIT;
    if (options) *options = fresh;
}

static void choose_limit(uint64_t *limit, uint64_t fallback)
{
    if (*limit == 0) *limit = fallback;
}

static joblib_status read_options(const joblib_load_options *given,
                                  joblib_load_options *out, joblib_error *error)
{
    const joblib_load_options *defaults = &default_options;
    JOBLIB_TRY(
        joblib_base__read_struct(given, out, sizeof *out, "joblib_load_options", error));
    JOBLIB_REQUIRE(out->mapping <= JOBLIB_MAPPING_READ, JOBLIB_ERROR_ARGUMENT,
                   "mapping %u is unknown", out->mapping);
    choose_limit(&out->max_memory, defaults->max_memory);
    choose_limit(&out->max_decoded, defaults->max_decoded);
    choose_limit(&out->max_opcodes, defaults->max_opcodes);
    choose_limit(&out->max_depth, defaults->max_depth);
    choose_limit(&out->max_stack, defaults->max_stack);
    choose_limit(&out->max_memo, defaults->max_memo);
    choose_limit(&out->max_text, defaults->max_text);
    choose_limit(&out->max_array, defaults->max_array);
    return JOBLIB_OK;
}

static joblib_codec__settings codec_settings(const struct load_request *request)
{
    const joblib_load_options *options = &request->options;
    joblib_codec__settings settings = {
        .allocator = joblib_base__choose_allocator(options->allocator),
        .max_decoded = options->max_decoded,
        .max_memory = options->max_memory,
    };
    return settings;
}

/* Whether an uncompressed file is numpy's. No pickle begins with such a byte. */
static joblib_status look_for_npy(joblib_codec__stream *stream, bool *out,
                                  joblib_error *error)
{
    size_t there = 0;
    *out = false;
    if (stream->codec != JOBLIB_CODEC_RAW) return JOBLIB_OK;
    JOBLIB_TRY(joblib_io__peek(&stream->reader, JOBLIB_NPY_MAGIC_SIZE, &there, error));
    *out = there > 0 && memcmp(stream->reader.next, JOBLIB_NPY_MAGIC, there) == 0;
    return JOBLIB_OK;
}

/* A npy file has no opcodes; what it nests counts on a machine that reads none. */
static joblib_status read_npy(joblib_io__reader *reader, joblib_document *document,
                              const joblib_pickle__limits *limits, joblib_value **out,
                              joblib_error *error)
{
    joblib_pickle__machine machine = {
        .reader = reader,
        .document = document,
        .limits = limits,
        .hooks = &joblib_load__hooks,
        .frame_end = JOBLIB_NO_FRAME,
    };
    return joblib_load__read_npy(&machine, reader, out, error);
}

/* Opens companions in the folder of the options, else in that of the file at `path`. */
static joblib_load__companions find_companions(const struct load_request *request)
{
    joblib_load__companions companions = {.settings = codec_settings(request)};
    const char *given = request->options.companions, *path = request->path;
    if (given && given[0] != '\0') {
        companions.folder = given;
        companions.folder_size = strlen(given);
    } else if (!given && path) {
        const char *slash = strrchr(path, '/');
        companions.folder = path;
        if (slash) companions.folder_size = slash > path ? (size_t)(slash - path) : 1;
    }
    return companions;
}

static joblib_status read_root(joblib_codec__stream *stream, joblib_document *document,
                               const struct load_request *request, joblib_error *error)
{
    const joblib_load_options *options = &request->options;
    joblib_load__companions companions = find_companions(request);
    joblib_pickle__hooks hooks = joblib_load__hooks;
    hooks.ctx = &companions;
    joblib_pickle__limits limits = {
        .max_opcodes = options->max_opcodes,
        .max_depth = options->max_depth,
        .max_stack = options->max_stack,
        .max_memo = options->max_memo,
        .max_text = options->max_text,
        .max_array = options->max_array,
        .observer = request->observer,
    };
    joblib_value *root = NULL;
    bool is_npy;
    JOBLIB_TRY(look_for_npy(stream, &is_npy, error));
    if (is_npy)
        JOBLIB_TRY(read_npy(&stream->reader, document, &limits, &root, error));
    else
        JOBLIB_TRY(joblib_pickle__load(&stream->reader, document, &limits, &hooks, NULL,
                                       &root, &document->protocol, error));
    document->root = root;
    document->codec = (int)stream->codec;
    JOBLIB_TRY(joblib_codec__finish(stream, error));
    return joblib_value__document_seal(document, error);
}

/* In an uncompressed file both offsets are one. */
static void complete_error(const joblib_codec__stream *stream, joblib_error *error)
{
    if (!error) return;
    bool raw = stream->codec == JOBLIB_CODEC_RAW;
    if (raw && error->file_offset == JOBLIB_NO_OFFSET) error->file_offset = error->offset;
    joblib_base__set_layer(error, JOBLIB_LAYER_PICKLE);
}

/* Inflated memory that arrays are views of goes to the document. */
static void keep_memory(joblib_codec__stream *stream, joblib_document *document)
{
    if (!document->backing.viewed || !stream->memory.pages) return;
    joblib_codec__memory memory = joblib_codec__take_memory(stream);
    document->backing.release = joblib_base__release_pages;
    document->backing.block = memory.data;
    document->backing.size = memory.size;
}

/* Arrays that are no views of the input are copied: about as many bytes as it has. */
static void expect_copies(const joblib_io__reader *reader, joblib_document *document)
{
    uint64_t size = joblib_io__remaining(reader);
    if (!reader->stable && size != JOBLIB_UNKNOWN_SIZE)
        joblib_base__arena_expect(&document->arena, size);
}

/* Makes a document from an open stream. */
static joblib_status load_stream(joblib_codec__stream *stream,
                                 const struct load_request *request,
                                 joblib_document **out, joblib_error *error)
{
    joblib_document *document;
    JOBLIB_TRY(joblib_value__document_new(request->options.allocator,
                                          request->options.max_memory, &document, error));
    expect_copies(&stream->reader, document);
    joblib_status status = read_root(stream, document, request, error);
    if (status != JOBLIB_OK) {
        complete_error(stream, error);
        joblib_document_release(document);
        return status;
    }
    keep_memory(stream, document);
    *out = document;
    return JOBLIB_OK;
}

/* Errors of a call begin fresh, whatever the struct held before. */
static joblib_status begin_load(const void *input, const joblib_load_options *given,
                                const joblib_pickle__observer *observer,
                                struct load_request *request, joblib_document **out,
                                joblib_error *error)
{
    joblib_error_init(error);
    if (out) *out = NULL;
    JOBLIB_REQUIRE(input && out, JOBLIB_ERROR_ARGUMENT, "no %s given",
                   input ? "place for the document" : "input");
    request->observer = observer;
    request->path = NULL;
    return read_options(given, &request->options, error);
}

joblib_status joblib_load__memory(const void *data, size_t size,
                                  const joblib_load_options *options,
                                  const joblib_pickle__observer *observer,
                                  joblib_document **out, joblib_error *error)
{
    struct load_request chosen;
    joblib_codec__stream stream;
    JOBLIB_TRY(begin_load(data, options, observer, &chosen, out, error));
    joblib_codec__settings settings = codec_settings(&chosen);
    JOBLIB_TRY(joblib_codec__open_memory(&stream, &settings, data, size, false, error));
    joblib_status status = load_stream(&stream, &chosen, out, error);
    joblib_codec__close(&stream);
    return status;
}

static joblib_status load_source(const joblib_source *source, uint64_t known_size,
                                 const struct load_request *request,
                                 joblib_document **out, joblib_error *error)
{
    joblib_codec__stream stream;
    joblib_codec__settings settings = codec_settings(request);
    JOBLIB_TRY(joblib_codec__open_source(&stream, &settings, source, known_size, error));
    joblib_status status = load_stream(&stream, request, out, error);
    joblib_codec__close(&stream);
    return status;
}

joblib_status joblib_load__source(const joblib_source *source,
                                  const joblib_load_options *options,
                                  const joblib_pickle__observer *observer,
                                  joblib_document **out, joblib_error *error)
{
    struct load_request chosen;
    joblib_source given;
    JOBLIB_TRY(begin_load(source, options, observer, &chosen, out, error));
    JOBLIB_TRY(
        joblib_base__read_struct(source, &given, sizeof given, "joblib_source", error));
    JOBLIB_REQUIRE(given.read, JOBLIB_ERROR_ARGUMENT, "a source without read function");
    return load_source(&given, JOBLIB_UNKNOWN_SIZE, &chosen, out, error);
}

static void release_mapping(void *block, size_t size)
{
    joblib_io__mapping mapping = {block, size};
    joblib_io__file_unmap(&mapping);
}

/* The document keeps the mapping while arrays are views of it. */
static joblib_status load_mapped(const joblib_io__file *file,
                                 const struct load_request *request,
                                 joblib_document **out, joblib_error *error)
{
    joblib_io__mapping mapping;
    joblib_codec__stream stream;
    joblib_codec__settings settings = codec_settings(request);
    JOBLIB_TRY(joblib_io__file_map(file, &mapping, error));
    joblib_status status = joblib_codec__open_memory(&stream, &settings, mapping.data,
                                                     mapping.size, true, error);
    if (status == JOBLIB_OK) status = load_stream(&stream, request, out, error);
    bool raw = status == JOBLIB_OK && stream.codec == JOBLIB_CODEC_RAW;
    joblib_codec__close(&stream);
    if (raw && (*out)->backing.viewed)
        (*out)->backing =
            (struct joblib_value__backing){release_mapping, (void *)mapping.data,
                                           mapping.size, true, true};
    else
        joblib_io__file_unmap(&mapping);
    return status;
}

joblib_status joblib_load__file(const char *path, const joblib_load_options *options,
                                const joblib_pickle__observer *observer,
                                joblib_document **out, joblib_error *error)
{
    struct load_request chosen;
    joblib_io__file file;
    JOBLIB_TRY(begin_load(path, options, observer, &chosen, out, error));
    JOBLIB_TRY(joblib_io__file_open(&file, path, error));
    chosen.path = path;
    joblib_status status;
    if (chosen.options.mapping == JOBLIB_MAPPING_READ) {
        status = load_mapped(&file, &chosen, out, error);
    } else {
        joblib_source source = joblib_io__file_source(&file);
        status = load_source(&source, file.size, &chosen, out, error);
    }
    joblib_io__file_close(&file);
    return status;
}

joblib_status joblib_load_memory(const void *data, size_t size,
                                 const joblib_load_options *options,
                                 joblib_document **out, joblib_error *error)
{
    return joblib_load__memory(data, size, options, NULL, out, error);
}

joblib_status joblib_load_source(const joblib_source *source,
                                 const joblib_load_options *options,
                                 joblib_document **out, joblib_error *error)
{
    return joblib_load__source(source, options, NULL, out, error);
}

joblib_status joblib_load_file(const char *path, const joblib_load_options *options,
                               joblib_document **out, joblib_error *error)
{
    return joblib_load__file(path, options, NULL, out, error);
}
