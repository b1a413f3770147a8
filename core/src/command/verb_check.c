#include <string.h>

#include "command/command.h"
#include "command/failure.h"
#include "command/files.h"
#include "command/printing.h"
#include "command/profile_text.h"

enum { CHECK_PROFILE };

static const joblib_command__option check_options[] = {
    [CHECK_PROFILE] = {"profile", "portable",
                       "also tell every place where a file breaks a rule of\n"
                       "spec/profile.md, which all readers and plain Python keep"},
};

struct checking {
    joblib_command__context *context;
    int profile; /* 0 for none */
    bool refused;
};

static joblib_status load_found(const joblib_command__found *file, joblib_document **out,
                                joblib_error *error)
{
    if (file->error != NULL) {
        *error = *file->error;
        return (joblib_status)error->status;
    }
    if (file->path != NULL) return joblib_load_file(file->path, NULL, out, error);
    joblib_source source = joblib_command__standard_input();
    return joblib_load_source(&source, NULL, out, error);
}

/* A class that cannot be run is no fault of the file; a state that contradicts itself is. */
static joblib_status check_model(joblib_document *document, const char **found,
                                 joblib_error *error)
{
    joblib_model *model = NULL;
    *found = "no model";
    if (joblib_value_kind(joblib_document_root(document)) != JOBLIB_KIND_OBJECT)
        return JOBLIB_OK;
    joblib_status status = joblib_model_new(document, NULL, NULL, &model, error);
    joblib_model_release(model);
    *found = status == JOBLIB_OK ? "a model" : "an object that is not checked further";
    return status == JOBLIB_ERROR_ESTIMATOR ? JOBLIB_OK : status;
}

static void put_sound(joblib_command__output *out, const joblib_command__found *file,
                      const joblib_document *document, const char *found)
{
    joblib_command__put_plain(out, file->name, strlen(file->name));
    joblib_command__put_format(out, ": ok, %s, protocol %d, %s",
                               joblib_codec_name(joblib_document_codec(document)),
                               joblib_document_protocol(document), found);
}

/* Findings stand on standard output, below the line of their file. */
static joblib_status check_profile(struct checking *checking,
                                   const joblib_document *document, joblib_error *error)
{
    joblib_command__output *out = checking->context->out;
    joblib_command__findings findings = {.out = out, .end_line = true};
    joblib_profile_result result;
    JOBLIB_COMMAND_TRY(joblib_command__tell_findings(&findings, checking->profile,
                                                     document, &result, error));
    if (result.findings == 0) {
        joblib_command__put_format(out, ", portable of level %u\n", result.level);
        return JOBLIB_OK;
    }
    checking->refused = true;
    joblib_command__put_untold(&findings, result.findings);
    return JOBLIB_OK;
}

static joblib_status check_document(struct checking *checking,
                                    const joblib_command__found *file,
                                    joblib_document *document, joblib_error *error)
{
    const char *found = NULL;
    joblib_command__output *out = checking->context->out;
    JOBLIB_COMMAND_TRY(check_model(document, &found, error));
    put_sound(out, file, document, found);
    if (checking->profile != 0) return check_profile(checking, document, error);
    joblib_command__put_text(out, "\n");
    return JOBLIB_OK;
}

static void check_one(void *ctx, const joblib_command__found *file)
{
    struct checking *checking = ctx;
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_status status = load_found(file, &document, &error);
    if (status == JOBLIB_OK) status = check_document(checking, file, document, &error);
    if (status != JOBLIB_OK) {
        checking->refused = true;
        (void)joblib_command__refuse(checking->context, file->name, &error);
    }
    joblib_document_release(document);
}

static int run_check_verb(joblib_command__context *context,
                          const joblib_command__arguments *arguments)
{
    struct checking checking = {context, 0, false};
    joblib_error error = JOBLIB_ERROR_INIT;
    int usage = joblib_command__read_profile(context, arguments->options[CHECK_PROFILE],
                                             &checking.profile);
    if (usage != JOBLIB_COMMAND_DONE) return usage;
    for (size_t i = 0; i < arguments->operand_count; i++) {
        const char *path = arguments->operands[i];
        if (joblib_command__each_file(path, check_one, &checking, &error) == JOBLIB_OK)
            continue;
        checking.refused = true;
        (void)joblib_command__refuse(context, path, &error);
    }
    return checking.refused ? JOBLIB_COMMAND_REFUSED : JOBLIB_COMMAND_DONE;
}

static const char check_description[] =
    "Each file is read to its last byte: checksums, pickle, arrays and their types.\n"
    "Where it holds an estimator that can be run, its state is checked too. A line\n"
    "tells what was found. FILE may be a folder, of which all files are read, or -\n"
    "for standard input. Exit status 1 if any file is refused.\n"
    "\n"
    "With --profile portable the line also tells the level that a reader needs:\n"
    "1 values, 2 arrays, 3 models. A file that breaks rules has a line for each place\n"
    "of it: the rule, the place in the document, the offset of a name, the reason.\n"
    "That is exit status 1 too; joblib convert --profile portable may help.\n";

const joblib_command__verb joblib_command__verb_check = {
    .name = "check",
    .summary = "reads files to their last byte and tells whether they are sound",
    .operands = "FILE...",
    .least_operands = 1,
    .most_operands = SIZE_MAX,
    .options = check_options,
    .option_count = sizeof check_options / sizeof *check_options,
    .description = check_description,
    .run = run_check_verb,
};
