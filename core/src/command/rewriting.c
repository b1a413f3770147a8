#include "command/rewriting.h"

#include <string.h>

#include "command/failure.h"
#include "command/files.h"
#include "command/json/json.h"
#include "command/printing.h"

static const char *or_null(const char *path)
{
    return strcmp(path, "-") == 0 ? NULL : path;
}

void joblib_command__begin_rewriting(joblib_command__rewriting *rewriting,
                                     joblib_command__context *context,
                                     const joblib_command__arguments *arguments)
{
    *rewriting =
        (joblib_command__rewriting){.context = context,
                                    .input_path = or_null(arguments->operands[0]),
                                    .output_path = or_null(arguments->operands[1]),
                                    .options = JOBLIB_DUMP_OPTIONS_INIT};
}

int joblib_command__read_compression(joblib_command__rewriting *rewriting,
                                     const char *text)
{
    int codec, level;
    joblib_error error = JOBLIB_ERROR_INIT;
    const char *path = rewriting->output_path;
    if (text == NULL && joblib_codec_from_extension(path) == JOBLIB_CODEC_RAW)
        return JOBLIB_COMMAND_DONE;
    if (joblib_codec_choose(text, path, &codec, &level, &error) != JOBLIB_OK)
        return joblib_command__wrong_usage(rewriting->context, error.message, NULL);
    rewriting->options.codec = (uint32_t)codec + 1;
    rewriting->options.level = (uint32_t)level;
    return JOBLIB_COMMAND_DONE;
}

int joblib_command__read_protocol(joblib_command__rewriting *rewriting, const char *text)
{
    uint64_t protocol = 0;
    int usage = joblib_command__count_option(rewriting->context, "protocol", text, 0, 5,
                                             &protocol);
    if (text != NULL) rewriting->options.protocol = (uint32_t)protocol + 1;
    return usage;
}

int joblib_command__check_terminal(joblib_command__rewriting *rewriting)
{
    if (rewriting->output_path != NULL || !rewriting->context->out->terminal)
        return JOBLIB_COMMAND_DONE;
    return joblib_command__wrong_usage(rewriting->context,
                                       "the output would go to a terminal", NULL);
}

joblib_status joblib_command__load_rewriting(joblib_command__rewriting *rewriting,
                                             joblib_error *error)
{
    const char *path = rewriting->input_path;
    if (joblib_command__is_json(path)) return joblib_command__load_json(rewriting, error);
    if (path != NULL) return joblib_load_file(path, NULL, &rewriting->document, error);
    joblib_source source = joblib_command__standard_input();
    return joblib_load_source(&source, NULL, &rewriting->document, error);
}

/* An output that fails is no failure here: the program tells of it at its end. */
static joblib_status write_output(joblib_command__rewriting *rewriting,
                                  joblib_error *error)
{
    joblib_command__output *out = rewriting->context->out;
    if (joblib_command__is_json(rewriting->output_path))
        return joblib_command__dump_json(rewriting, error);
    if (rewriting->output_path != NULL)
        return joblib_dump_file(rewriting->document, rewriting->output_path,
                                &rewriting->options, error);
    joblib_sink sink = joblib_command__sink(out);
    joblib_status status =
        joblib_dump_sink(rewriting->document, &rewriting->options, &sink, error);
    return out->failed ? JOBLIB_OK : status;
}

static int refuse_input(const joblib_command__rewriting *rewriting,
                        const joblib_error *error)
{
    const char *path = rewriting->input_path;
    return joblib_command__refuse(rewriting->context,
                                  path != NULL ? path : "standard input", error);
}

static int rewrite_input(joblib_command__rewriting *rewriting,
                         joblib_command__change *change, void *ctx)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_status status = change(ctx, &error);
    if (status != JOBLIB_OK) return refuse_input(rewriting, &error);
    status = write_output(rewriting, &error);
    if (status == JOBLIB_OK) return JOBLIB_COMMAND_DONE;
    bool is_of_output = status == JOBLIB_ERROR_IO || status == JOBLIB_ERROR_NOT_FOUND;
    if (!is_of_output) return refuse_input(rewriting, &error);
    return joblib_command__refuse(rewriting->context, rewriting->output_path, &error);
}

static joblib_status read_names(joblib_command__rewriting *rewriting, const char *path,
                                joblib_error *error)
{
    if (path == NULL) return JOBLIB_OK;
    JOBLIB_COMMAND_TRY(joblib_command__read_allow_list(&rewriting->allowed, path, error));
    rewriting->options.allow = joblib_command__dotted_names(&rewriting->allowed);
    rewriting->options.allow_count = rewriting->allowed.count;
    return JOBLIB_OK;
}

int joblib_command__rewrite(joblib_command__rewriting *rewriting, const char *list,
                            joblib_command__change *change, void *ctx)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    int exit_status = read_names(rewriting, list, &error) == JOBLIB_OK
                          ? rewrite_input(rewriting, change, ctx)
                          : joblib_command__refuse(rewriting->context, list, &error);
    joblib_document_release(rewriting->document);
    joblib_command__allow_list_free(&rewriting->allowed);
    return exit_status;
}
