/* Loading: a container is opened, its pickle read, its end verified, and a document made. */
#include "joblib/load.h"

#include <string.h>

#include "base/options.h"
#include "base/pages.h"
#include "base/try.h"
#include "io/file.h"
#include "joblib/names.h"
#include "joblib/npy.h"
#include "joblib/request.h"
#include "joblib/watched.h"

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

static joblib_status read_root(joblib_codec__stream *stream, joblib_document *document,
                               struct joblib_load__request *request, joblib_error *error)
{
    joblib_load__companions companions = joblib_load__find_companions(request);
    joblib_pickle__hooks hooks = joblib_load__hooks;
    hooks.ctx = &companions;
    joblib_pickle__limits limits = joblib_load__limits(request, document->sharing);
    joblib_value *root = NULL;
    bool is_npy;
    JOBLIB_TRY(look_for_npy(stream, &is_npy, error));
    if (is_npy)
        JOBLIB_TRY(read_npy(&stream->reader, document, &limits, &root, error));
    else
        JOBLIB_TRY(joblib_pickle__load(&stream->reader, document, &limits, &hooks, NULL,
                                       &root, &document->protocol, error));
    document->root = root;
    JOBLIB_TRY(joblib_codec__finish(stream, error));
    if (request->progress.call)
        JOBLIB_TRY(joblib_io__progress_tell(&request->progress, error));
    return joblib_value__document_seal(document, error);
}

/* What the document tells of the input that it came from. */
static void note_input(joblib_document *document, const joblib_codec__stream *stream,
                       enum joblib_sharing sharing)
{
    bool packed = sharing == JOBLIB_SHARING_SHARED && stream->codec != JOBLIB_CODEC_RAW;
    document->codec = (int)stream->codec;
    document->small_window = stream->small_window;
    document->sharing = (int)(packed ? JOBLIB_SHARING_COMPRESSED : sharing);
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
                                 struct joblib_load__request *request,
                                 joblib_document **out, joblib_error *error)
{
    joblib_document *document;
    JOBLIB_TRY(joblib_value__document_new(request->options.allocator,
                                          request->options.max_memory, &document, error));
    expect_copies(&stream->reader, document);
    note_input(document, stream, request->sharing);
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
                                struct joblib_load__request *request,
                                joblib_document **out, joblib_error *error)
{
    joblib_error_init(error);
    if (out) *out = NULL;
    JOBLIB_REQUIRE(input && out, JOBLIB_ERROR_ARGUMENT, "no %s given",
                   input ? "place for the document" : "input");
    return joblib_load__read_request(given, observer, request, error);
}

joblib_status joblib_load__memory(const void *data, size_t size,
                                  const joblib_load_options *options,
                                  const joblib_pickle__observer *observer,
                                  joblib_document **out, joblib_error *error)
{
    struct joblib_load__request chosen;
    joblib_codec__stream stream;
    JOBLIB_TRY(begin_load(data, options, observer, &chosen, out, error));
    bool borrow = chosen.options.borrow != 0;
    if (borrow) chosen.sharing = JOBLIB_SHARING_SHARED;
    joblib_codec__settings settings = joblib_load__settings(&chosen, size);
    JOBLIB_TRY(joblib_codec__open_memory(&stream, &settings, data, size, borrow, error));
    joblib_status status = load_stream(&stream, &chosen, out, error);
    joblib_codec__close(&stream);
    return status;
}

static joblib_status load_source(const joblib_source *source, uint64_t known_size,
                                 struct joblib_load__request *request,
                                 joblib_document **out, joblib_error *error)
{
    joblib_codec__stream stream;
    joblib_codec__settings settings = joblib_load__settings(request, known_size);
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
    struct joblib_load__request chosen;
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
static joblib_status load_mapped(const joblib_io__mapping *mapping,
                                 struct joblib_load__request *request,
                                 joblib_document **out, joblib_error *error)
{
    joblib_codec__stream stream;
    joblib_codec__settings settings = joblib_load__settings(request, mapping->size);
    request->sharing = JOBLIB_SHARING_SHARED;
    JOBLIB_TRY(joblib_codec__open_memory(&stream, &settings, mapping->data, mapping->size,
                                         true, error));
    joblib_status status = load_stream(&stream, request, out, error);
    joblib_codec__close(&stream);
    if (status == JOBLIB_OK && (*out)->sharing == JOBLIB_SHARING_SHARED &&
        (*out)->backing.viewed)
        (*out)->backing =
            (struct joblib_value__backing){release_mapping, (void *)mapping->data,
                                           mapping->size, true, true};
    return status;
}

/* A mapping that the document did not keep ends, and whatever it saw must still be there. */
static joblib_status load_by_mapping(const joblib_io__file *file,
                                     joblib_io__mapping *mapping,
                                     struct joblib_load__request *request,
                                     joblib_document **out, joblib_error *error)
{
    joblib_status status = load_mapped(mapping, request, out, error);
    if (status != JOBLIB_OK || !(*out)->backing.mapped) joblib_io__file_unmap(mapping);
    if (status != JOBLIB_OK) return status;
    status = joblib_io__file_check_size(file, error);
    if (status == JOBLIB_OK) return status;
    joblib_document_release(*out);
    *out = NULL;
    return status;
}

static joblib_status load_opened(joblib_io__file *file,
                                 struct joblib_load__request *request,
                                 joblib_document **out, joblib_error *error)
{
    joblib_io__mapping mapping;
    bool writable = request->options.mapping == JOBLIB_MAPPING_COPY_ON_WRITE;
    if (request->options.mapping != JOBLIB_MAPPING_NONE) {
        if (joblib_io__file_map(file, writable, &mapping))
            return load_by_mapping(file, &mapping, request, out, error);
        request->sharing = JOBLIB_SHARING_UNMAPPABLE;
    }
    joblib_source source = joblib_io__file_source(file);
    return load_source(&source, file->size, request, out, error);
}

joblib_status joblib_load__file(const char *path, const joblib_load_options *options,
                                const joblib_pickle__observer *observer,
                                joblib_document **out, joblib_error *error)
{
    struct joblib_load__request chosen;
    joblib_io__file file;
    JOBLIB_TRY(begin_load(path, options, observer, &chosen, out, error));
    JOBLIB_TRY(joblib_io__file_open(&file, path, error));
    chosen.path = path;
    joblib_status status = load_opened(&file, &chosen, out, error);
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
