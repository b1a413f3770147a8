/* JSON as the input and the output of verbs. */
#include <stdlib.h>
#include <string.h>

#include "command/failure.h"
#include "command/json/json.h"

joblib_status joblib_command__load_json(joblib_command__rewriting *rewriting,
                                        joblib_error *error)
{
    joblib_dump_options found = JOBLIB_DUMP_OPTIONS_INIT;
    joblib_dump_options *options = &rewriting->options;
    bool is_like = options->joblib_version > 0 || options->python_version > 0;
    JOBLIB_COMMAND_TRY(joblib_command__read_json(rewriting->input_path,
                                                 &rewriting->document, &found, error));
    rewriting->is_pickled = true;
    if (options->codec == 0) {
        options->codec = found.codec;
        options->level = found.level;
        options->unchecked = found.unchecked;
    }
    if (options->protocol == 0) options->protocol = found.protocol;
    if (is_like) return JOBLIB_OK;
    options->python_version = found.python_version;
    options->pickler = found.pickler;
    return JOBLIB_OK;
}

/* What joblib would make of the document, so that all values have their place in a pickle. Where
   that is refused the document stays, and the printer tells what it cannot tell. */
static joblib_status renew_document(joblib_command__rewriting *rewriting,
                                    joblib_error *error)
{
    void *data = NULL;
    size_t size = 0;
    joblib_document *renewed = NULL;
    joblib_dump_options options = rewriting->options;
    options.codec = JOBLIB_CODEC_RAW + 1;
    options.level = 0;
    joblib_status status =
        joblib_dump_memory(rewriting->document, &options, &data, &size, error);
    if (status == JOBLIB_ERROR_FORBIDDEN) return JOBLIB_OK;
    if (status == JOBLIB_OK)
        status = joblib_load_memory(data, size, NULL, &renewed, error);
    joblib_dump_free(data, size, NULL);
    if (status != JOBLIB_OK) return status;
    joblib_document_release(rewriting->document);
    rewriting->document = renewed;
    return JOBLIB_OK;
}

/* Settings that nobody chose are those of the document. */
static void complete_settings(joblib_command__rewriting *rewriting)
{
    joblib_dump_options *options = &rewriting->options;
    const joblib_document *document = rewriting->document;
    if (options->codec == 0)
        options->codec = (uint32_t)joblib_document_codec(document) + 1;
    if (options->protocol == 0)
        options->protocol = (uint32_t)joblib_document_protocol(document) + 1;
}

static joblib_status write_file(joblib_command__output *out,
                                const joblib_command__rewriting *rewriting,
                                joblib_error *error)
{
    joblib_command__new_file file = {.path = rewriting->output_path};
    joblib_command__output_init(out, joblib_command__write_new_file, &file);
    joblib_status status =
        joblib_command__write_json(out, rewriting->document, &rewriting->options, error);
    bool is_written = joblib_command__flush(out) && status == JOBLIB_OK;
    is_written = joblib_command__close_new_file(&file, is_written) && is_written;
    if (is_written || status != JOBLIB_OK) return status;
    return joblib_command__fail(error, JOBLIB_ERROR_IO, "%s",
                                strerror(out->system_error));
}

joblib_status joblib_command__dump_json(joblib_command__rewriting *rewriting,
                                        joblib_error *error)
{
    joblib_command__output *out = malloc(sizeof *out);
    if (out == NULL) return joblib_command__no_memory(error);
    complete_settings(rewriting);
    joblib_status status =
        rewriting->is_pickled ? JOBLIB_OK : renew_document(rewriting, error);
    if (status == JOBLIB_OK) status = write_file(out, rewriting, error);
    free(out);
    return status;
}
