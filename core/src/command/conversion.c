#include "command/conversion.h"

#include <stdlib.h>
#include <string.h>

#include "command/failure.h"
#include "command/files.h"
#include "command/json/json.h"
#include "command/printing.h"

/* JSON keeps the settings that give the bytes of IN. */
static bool is_searched(const joblib_command__conversion *conversion)
{
    bool from_json = joblib_command__is_json(conversion->input_path);
    return conversion->same ||
           (joblib_command__is_json(conversion->output_path) && !from_json);
}

/* The settings of JSON are followed where the words say nothing. */
static joblib_status load_json(joblib_command__conversion *conversion,
                               joblib_error *error)
{
    joblib_dump_options found = JOBLIB_DUMP_OPTIONS_INIT;
    joblib_dump_options *options = &conversion->options;
    bool is_like = options->joblib_version > 0 || options->python_version > 0;
    JOBLIB_COMMAND_TRY(joblib_command__read_json(conversion->input_path,
                                                 &conversion->document, &found, error));
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

static joblib_status load_input(joblib_command__conversion *conversion,
                                joblib_error *error)
{
    const char *path = conversion->input_path;
    if (joblib_command__is_json(path)) return load_json(conversion, error);
    if (is_searched(conversion))
        JOBLIB_COMMAND_TRY(joblib_command__read_file(path, &conversion->bytes, error));
    if (path != NULL) return joblib_load_file(path, NULL, &conversion->document, error);
    if (is_searched(conversion) && conversion->bytes.size > 0)
        return joblib_load_memory(conversion->bytes.data, conversion->bytes.size, NULL,
                                  &conversion->document, error);
    joblib_source source = joblib_command__standard_input();
    return joblib_load_source(&source, NULL, &conversion->document, error);
}

static void put_settings(joblib_command__output *out, const joblib_dump_options *options)
{
    bool is_c = options->pickler == JOBLIB_PICKLER_C;
    int codec = (int)options->codec - 1;
    joblib_command__put_format(out, "same: %s", joblib_codec_name(codec));
    if (joblib_codec_level_range(codec, NULL, NULL, NULL))
        joblib_command__put_format(out, " level %u", options->level);
    if (options->unchecked) joblib_command__put_text(out, " without a checksum");
    joblib_command__put_format(out, ", protocol %u, %s of Python %u.%u\n",
                               options->protocol - 1,
                               is_c ? "the pickler in C" : "pickle.py",
                               options->python_version / 100,
                               options->python_version % 100);
}

/* What joblib would make of the document, so that all values have their place in a pickle. Where
   that is refused the document stays, and the printer tells what it cannot tell. */
static joblib_status renew_document(joblib_command__conversion *conversion,
                                    joblib_error *error)
{
    void *data = NULL;
    size_t size = 0;
    joblib_document *renewed = NULL;
    joblib_dump_options options = conversion->options;
    options.codec = JOBLIB_CODEC_RAW + 1;
    joblib_status status =
        joblib_dump_memory(conversion->document, &options, &data, &size, error);
    if (status == JOBLIB_ERROR_FORBIDDEN) return JOBLIB_OK;
    if (status == JOBLIB_OK)
        status = joblib_load_memory(data, size, NULL, &renewed, error);
    joblib_dump_free(data, size, NULL);
    if (status != JOBLIB_OK) return status;
    joblib_document_release(conversion->document);
    conversion->document = renewed;
    return JOBLIB_OK;
}

/* Without --same, JSON of a file whose settings are not found has those that the file tells. */
static joblib_status find_settings(joblib_command__conversion *conversion,
                                   joblib_error *error)
{
    const joblib_document *document = conversion->document;
    joblib_dump_options as_given = conversion->options;
    if (!is_searched(conversion)) return JOBLIB_OK;
    joblib_status status =
        joblib_dump_find_same(document, conversion->bytes.data, conversion->bytes.size,
                              &conversion->options, error);
    if (status == JOBLIB_OK && conversion->same)
        put_settings(conversion->context->err, &conversion->options);
    bool is_optional =
        status == JOBLIB_ERROR_DIFFERENT || status == JOBLIB_ERROR_FORBIDDEN;
    if (!is_optional || conversion->same) return status;
    joblib_command__put_error(conversion->context->err, conversion->input_path, error);
    joblib_error_init(error);
    conversion->options = as_given;
    conversion->options.codec = (uint32_t)joblib_document_codec(document) + 1;
    conversion->options.protocol = (uint32_t)joblib_document_protocol(document) + 1;
    return renew_document(conversion, error);
}

static joblib_status write_json_file(joblib_command__conversion *conversion,
                                     joblib_error *error)
{
    joblib_command__new_file file = {.path = conversion->output_path};
    joblib_command__output *out = malloc(sizeof *out);
    if (out == NULL) return joblib_command__no_memory(error);
    joblib_command__output_init(out, joblib_command__write_new_file, &file);
    joblib_status status = joblib_command__write_json(out, conversion->document,
                                                      &conversion->options, error);
    bool is_written = joblib_command__flush(out) && status == JOBLIB_OK;
    int system_error = out->system_error;
    is_written = joblib_command__close_new_file(&file, is_written) && is_written;
    free(out);
    if (is_written || status != JOBLIB_OK) return status;
    return joblib_command__fail(error, JOBLIB_ERROR_IO, "%s", strerror(system_error));
}

/* An output that fails is no failure here: the program tells of it at its end. */
static joblib_status write_output(joblib_command__conversion *conversion,
                                  joblib_error *error)
{
    joblib_command__output *out = conversion->context->out;
    if (joblib_command__is_json(conversion->output_path))
        return write_json_file(conversion, error);
    if (conversion->output_path != NULL)
        return joblib_dump_file(conversion->document, conversion->output_path,
                                &conversion->options, error);
    joblib_sink sink = joblib_command__sink(out);
    joblib_status status =
        joblib_dump_sink(conversion->document, &conversion->options, &sink, error);
    return out->failed ? JOBLIB_OK : status;
}

static int refuse_input(const joblib_command__conversion *conversion,
                        const joblib_error *error)
{
    const char *path = conversion->input_path;
    return joblib_command__refuse(conversion->context,
                                  path != NULL ? path : "standard input", error);
}

int joblib_command__convert(joblib_command__conversion *conversion)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_status status = load_input(conversion, &error);
    if (status == JOBLIB_OK) status = find_settings(conversion, &error);
    if (status != JOBLIB_OK) return refuse_input(conversion, &error);
    status = write_output(conversion, &error);
    if (status == JOBLIB_OK) return JOBLIB_COMMAND_DONE;
    bool is_of_output = status == JOBLIB_ERROR_IO || status == JOBLIB_ERROR_NOT_FOUND;
    if (!is_of_output) return refuse_input(conversion, &error);
    return joblib_command__refuse(conversion->context, conversion->output_path, &error);
}
