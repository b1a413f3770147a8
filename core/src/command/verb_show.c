#include "command/command.h"
#include "command/printing.h"

#include <string.h>

enum { SHOW_DEPTH, SHOW_JSON };

static const joblib_command__option show_options[] = {
    [SHOW_DEPTH] = {"depth", "N", "levels below the first that are shown; 4"},
    [SHOW_JSON] = {"json", NULL, "the whole document as tagged JSON, on one line"},
};

static void put_show_head(joblib_command__output *out, const char *path,
                          const joblib_document *document)
{
    joblib_command__put_plain(out, path, strlen(path));
    joblib_command__put_format(out, ": %s, protocol %d\n",
                               joblib_codec_name(joblib_document_codec(document)),
                               joblib_document_protocol(document));
}

/* An output that fails is no failure here: the program tells of it at its end. */
static joblib_status put_document(joblib_command__output *out, const char *path,
                                  const joblib_document *document,
                                  const joblib_print_options *options,
                                  joblib_error *error)
{
    bool is_json = options->format == JOBLIB_PRINT_JSON;
    joblib_sink sink = joblib_command__sink(out);
    if (!is_json) put_show_head(out, path, document);
    joblib_status status =
        joblib_value_print(joblib_document_root(document), options, &sink, error);
    if (is_json) joblib_command__put_text(out, "\n");
    return out->failed ? JOBLIB_OK : status;
}

static int run_show_verb(joblib_command__context *context,
                         const joblib_command__arguments *arguments)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    joblib_print_options options = JOBLIB_PRINT_OPTIONS_INIT;
    const char *path = arguments->operands[0];
    uint64_t depth = 4;
    int usage =
        joblib_command__count_option(context, "depth", arguments->options[SHOW_DEPTH], 0,
                                     1000000, &depth);
    if (usage != JOBLIB_COMMAND_DONE) return usage;
    joblib_status status = joblib_load_file(path, NULL, &document, &error);
    if (status == JOBLIB_OK) {
        options.levels = depth + 1;
        if (arguments->options[SHOW_JSON] != NULL) options.format = JOBLIB_PRINT_JSON;
        status = put_document(context->out, path, document, &options, &error);
    }
    joblib_document_release(document);
    if (status == JOBLIB_OK) return JOBLIB_COMMAND_DONE;
    return joblib_command__refuse(context, path, &error);
}

static const char show_description[] =
    "The tree has a line for each value: what it is, how large, and how it begins.\n"
    "&1 marks a value that other places share, *1 such a place. Long containers are\n"
    "cut. With --json nothing is left out.\n"
    "\n"
    "Nothing in the file is executed: objects are shown by the name of their class.\n";

const joblib_command__verb joblib_command__verb_show = {
    .name = "show",
    .summary = "prints what is in a file",
    .operands = "FILE",
    .least_operands = 1,
    .most_operands = 1,
    .options = show_options,
    .option_count = sizeof show_options / sizeof *show_options,
    .description = show_description,
    .run = run_show_verb,
};
