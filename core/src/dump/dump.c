/* Dumping: a document goes through the pickler and a compressor to a sink. */
#include "joblib/dump.h"

#include <string.h>

#include "base/try.h"
#include "base/vector.h"
#include "dump/dump.h"
#include "io/output_file.h"
#include "io/sink.h"

static joblib_status write_pickle_of(joblib_dump__job *job, const joblib_sink *sink,
                                     bool pieces, joblib_error *error)
{
    joblib_pickle__output output;
    JOBLIB_TRY(joblib_pickle__output_open(&output, sink, &job->allocator, pieces, error));
    joblib_status status =
        joblib_pickle__dump(&output, &job->writing, job->document->root, error);
    if (status == JOBLIB_OK) status = joblib_dump__check_pending(job, error);
    if (status == JOBLIB_OK) status = joblib_pickle__flush(&output, error);
    joblib_pickle__output_close(&output);
    return status;
}

static joblib_status write_to_encoder(void *ctx, const void *data, size_t size,
                                      joblib_error *error)
{
    return joblib_codec__encoder_write(ctx, data, size, error);
}

static joblib_status write_document(joblib_dump__job *job, const joblib_sink *sink,
                                    joblib_error *error)
{
    joblib_codec__encoding encoding = joblib_dump__encoding(job);
    joblib_codec__encoder *encoder;
    /* The bytes of lz4 alone depend on the pieces. */
    bool pieces = encoding.codec == JOBLIB_CODEC_LZ4;
    if (encoding.codec == JOBLIB_CODEC_RAW)
        return write_pickle_of(job, sink, false, error);
    JOBLIB_TRY(
        joblib_codec__encoder_open(&encoding, sink, &job->allocator, &encoder, error));
    joblib_sink target = {sizeof target, write_to_encoder, encoder};
    joblib_status status = write_pickle_of(job, &target, pieces, error);
    if (status == JOBLIB_OK) status = joblib_codec__encoder_finish(encoder, error);
    joblib_codec__encoder_close(encoder);
    return status;
}

joblib_status joblib_dump_sink(const joblib_document *document,
                               const joblib_dump_options *options,
                               const joblib_sink *sink, joblib_error *error)
{
    joblib_sink target;
    joblib_dump__job job;
    joblib_error_init(error);
    JOBLIB_REQUIRE(sink, JOBLIB_ERROR_ARGUMENT, "no sink given");
    JOBLIB_TRY(joblib_io__read_sink(sink, &target, error));
    JOBLIB_TRY(joblib_dump__begin(&job, document, options, error));
    joblib_status status = write_document(&job, &target, error);
    joblib_dump__end(&job);
    return status;
}

/* Into a file: it is opened only when the options are known to be good. */

static joblib_status write_file(joblib_dump__job *job, joblib_io__output *output,
                                joblib_error *error)
{
    joblib_sink sink = joblib_io__output_sink(output);
    JOBLIB_TRY(write_document(job, &sink, error));
    return joblib_io__output_commit(output, error);
}

static joblib_status replace_file(joblib_dump__job *job, const char *path,
                                  joblib_error *error)
{
    joblib_io__output *output;
    struct joblib_io__output_settings settings = {
        .in_place = job->options.in_place != 0,
        .durability = job->options.unsynced ? JOBLIB_IO__ATOMIC_ONLY : JOBLIB_IO__FULL};
    JOBLIB_TRY(joblib_io__output_open(path, &settings, &job->allocator, &output, error));
    joblib_status status = write_file(job, output, error);
    joblib_io__output_close(output);
    return status;
}

joblib_status joblib_dump_file(const joblib_document *document, const char *path,
                               const joblib_dump_options *options, joblib_error *error)
{
    joblib_dump__job job;
    joblib_error_init(error);
    JOBLIB_REQUIRE(path, JOBLIB_ERROR_ARGUMENT, "no path given");
    JOBLIB_TRY(joblib_dump__begin(&job, document, options, error));
    joblib_status status = replace_file(&job, path, error);
    joblib_dump__end(&job);
    return status;
}

/* Into memory */

struct memory_target {
    joblib_allocator allocator;
    char *data;
    size_t used;
    size_t room;
};

static joblib_status write_to_memory(void *ctx, const void *data, size_t size,
                                     joblib_error *error)
{
    struct memory_target *target = ctx;
    void *items = target->data;
    JOBLIB_REQUIRE(size <= SIZE_MAX - target->used, JOBLIB_ERROR_LIMIT,
                   "a dump of more bytes than memory has");
    JOBLIB_TRY(joblib_base__grow(&target->allocator, &items, &target->room,
                                 target->used + size, 1, error));
    target->data = items;
    memcpy(target->data + target->used, data, size);
    target->used += size;
    return JOBLIB_OK;
}

/* Gives back the room that is not used. */
static joblib_status take_memory(struct memory_target *target, void **data_out,
                                 size_t *size_out, joblib_error *error)
{
    void *data =
        joblib_base__resize(&target->allocator, target->data, target->room, target->used);
    if (!data) return joblib_base__set_no_memory(error, target->used);
    *data_out = data;
    *size_out = target->used;
    return JOBLIB_OK;
}

static joblib_status write_memory(joblib_dump__job *job, void **data_out,
                                  size_t *size_out, joblib_error *error)
{
    struct memory_target target = {.allocator = job->allocator};
    joblib_sink sink = {sizeof sink, write_to_memory, &target};
    joblib_status status = write_document(job, &sink, error);
    if (status == JOBLIB_OK) status = take_memory(&target, data_out, size_out, error);
    if (status != JOBLIB_OK)
        joblib_base__free(&target.allocator, target.data, target.room);
    return status;
}

joblib_status joblib_dump_memory(const joblib_document *document,
                                 const joblib_dump_options *options, void **data_out,
                                 size_t *size_out, joblib_error *error)
{
    joblib_dump__job job;
    joblib_error_init(error);
    JOBLIB_REQUIRE(data_out && size_out, JOBLIB_ERROR_ARGUMENT,
                   "no place for the data given");
    *data_out = NULL;
    *size_out = 0;
    JOBLIB_TRY(joblib_dump__begin(&job, document, options, error));
    joblib_status status = write_memory(&job, data_out, size_out, error);
    joblib_dump__end(&job);
    return status;
}

void joblib_dump_free(void *data, size_t size, const joblib_allocator *allocator)
{
    joblib_allocator chosen = joblib_base__choose_allocator(allocator);
    joblib_base__free(&chosen, data, size);
}
