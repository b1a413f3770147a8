#include "command/command.h"
#include "command/failure.h"
#include "command/rewriting.h"

enum { UPGRADE_TO, UPGRADE_COMPRESS, UPGRADE_PROTOCOL, UPGRADE_ALLOW };

static const joblib_command__option upgrade_options[] = {
    [UPGRADE_TO] = {"to", "VERSION",
                    "of scikit-learn, 0.20 to 1.9, or in full, as 1.6.1;\n"
                    "it must be given"},
    [UPGRADE_COMPRESS] = JOBLIB_COMMAND_COMPRESS_OPTION,
    [UPGRADE_PROTOCOL] = JOBLIB_COMMAND_PROTOCOL_OPTION,
    [UPGRADE_ALLOW] = JOBLIB_COMMAND_ALLOW_OPTION,
};

struct upgrading {
    joblib_command__rewriting all;
    const char *version;
};

/* What can be read with the version is written; a codec is no matter of it. */
static int read_version(struct upgrading *upgrading, const char *text)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_command__context *context = upgrading->all.context;
    if (text == NULL)
        return joblib_command__wrong_usage(context, "--to must be given", NULL);
    upgrading->version = text;
    if (joblib_template_dump_options(text, &upgrading->all.options, &error) == JOBLIB_OK)
        return JOBLIB_COMMAND_DONE;
    return joblib_command__wrong_usage(context, error.message, NULL);
}

static int read_upgrade_options(struct upgrading *upgrading,
                                const joblib_command__arguments *arguments)
{
    const char *const *given = arguments->options;
    joblib_command__rewriting *all = &upgrading->all;
    int usage = read_version(upgrading, given[UPGRADE_TO]);
    if (usage == JOBLIB_COMMAND_DONE)
        usage = joblib_command__read_compression(all, given[UPGRADE_COMPRESS]);
    if (usage == JOBLIB_COMMAND_DONE)
        usage = joblib_command__read_protocol(all, given[UPGRADE_PROTOCOL]);
    return usage == JOBLIB_COMMAND_DONE ? joblib_command__check_terminal(all) : usage;
}

static joblib_status upgrade_input(void *ctx, joblib_error *error)
{
    struct upgrading *upgrading = ctx;
    joblib_document *document;
    JOBLIB_COMMAND_TRY(joblib_command__load_rewriting(&upgrading->all, error));
    JOBLIB_COMMAND_TRY(joblib_upgrade(upgrading->all.document, upgrading->version, NULL,
                                      &document, error));
    joblib_document_release(upgrading->all.document);
    upgrading->all.document = document;
    return JOBLIB_OK;
}

static int run_upgrade_verb(joblib_command__context *context,
                            const joblib_command__arguments *arguments)
{
    struct upgrading upgrading = {.version = NULL};
    joblib_command__begin_rewriting(&upgrading.all, context, arguments);
    int exit_status = read_upgrade_options(&upgrading, arguments);
    if (exit_status != JOBLIB_COMMAND_DONE) return exit_status;
    return joblib_command__rewrite(&upgrading.all, arguments->options[UPGRADE_ALLOW],
                                   upgrade_input, &upgrading);
}

static const char upgrade_description[] =
    "OUT has the model of IN as that version of scikit-learn has it, older or newer:\n"
    "it loads there without a warning and predicts the same. Modules, attributes,\n"
    "parameters and the nodes of trees are rewritten in every estimator of IN; all\n"
    "else stays what it is. OUT can be read with the oldest Python and joblib that\n"
    "the version runs with. IN may be - for standard input, OUT - for standard\n"
    "output. OUT is replaced at the end, as joblib convert does it.\n"
    "\n"
    "Where that cannot be done the exit status is 1, OUT is not touched, and the\n"
    "place in IN and the reason are told: an estimator without a rule, a parameter\n"
    "that the version does not know and that is not its default.\n";

const joblib_command__verb joblib_command__verb_upgrade = {
    .name = "upgrade",
    .summary = "rewrites a model for another version of scikit-learn",
    .operands = "IN OUT",
    .least_operands = 2,
    .most_operands = 2,
    .options = upgrade_options,
    .option_count = sizeof upgrade_options / sizeof *upgrade_options,
    .description = upgrade_description,
    .run = run_upgrade_verb,
};
