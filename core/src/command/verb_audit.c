#include "command/allow_list.h"
#include "command/audit_text.h"
#include "command/command.h"
#include "command/failure.h"
#include "command/files.h"

enum { AUDIT_JSON, AUDIT_SARIF, AUDIT_ALLOW };

static const joblib_command__option audit_options[] = {
    [AUDIT_JSON] = {"json", NULL, "JSON, a line for each file"},
    [AUDIT_SARIF] = {"sarif", NULL, "SARIF 2.1.0, for tools that collect findings"},
    [AUDIT_ALLOW] = {"allow", "LIST",
                     "a file of names that are trusted, one a line, as\n"
                     "module.Name or module:Outer.Inner; a dangerous name\n"
                     "cannot be allowed"},
};

struct auditing {
    joblib_command__context *context;
    const joblib_command__audit_style *style;
    joblib_audit_options options;
    size_t results;
    bool met[4]; /* by joblib_outcome */
};

static joblib_status audit_found(const struct auditing *auditing,
                                 const joblib_command__found *file, joblib_audit **out,
                                 joblib_error *error)
{
    if (file->error != NULL) {
        *error = *file->error;
        return (joblib_status)error->status;
    }
    if (file->path != NULL)
        return joblib_audit_file(file->path, &auditing->options, out, error);
    joblib_source source = joblib_command__standard_input();
    return joblib_audit_source(&source, &auditing->options, out, error);
}

/* No audit is an incomplete one. */
static void audit_one(void *ctx, const joblib_command__found *file)
{
    struct auditing *auditing = ctx;
    joblib_audit *audit = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_status status = audit_found(auditing, file, &audit, &error);
    const joblib_error *why = status == JOBLIB_OK ? joblib_audit_error(audit) : &error;
    int outcome = joblib_audit_outcome(audit);
    if (outcome >= 0 && outcome < 4) auditing->met[outcome] = true;
    auditing->style->file(auditing->context->out, &auditing->results, file->name, audit,
                          why);
    if (why != NULL) (void)joblib_command__refuse(auditing->context, file->name, why);
    joblib_audit_free(audit);
}

static int audit_status(const struct auditing *auditing)
{
    if (auditing->met[JOBLIB_OUTCOME_DANGEROUS]) return JOBLIB_COMMAND_DANGEROUS;
    if (auditing->met[JOBLIB_OUTCOME_INCOMPLETE]) return JOBLIB_COMMAND_REFUSED;
    return auditing->met[JOBLIB_OUTCOME_UNKNOWN] ? JOBLIB_COMMAND_UNKNOWN
                                                 : JOBLIB_COMMAND_DONE;
}

static int audit_operands(struct auditing *auditing,
                          const joblib_command__arguments *arguments)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    auditing->style->begin(auditing->context->out);
    for (size_t i = 0; i < arguments->operand_count; i++) {
        const char *path = arguments->operands[i];
        if (joblib_command__each_file(path, audit_one, auditing, &error) == JOBLIB_OK)
            continue;
        auditing->met[JOBLIB_OUTCOME_INCOMPLETE] = true;
        (void)joblib_command__refuse(auditing->context, path, &error);
    }
    auditing->style->end(auditing->context->out);
    return audit_status(auditing);
}

static int run_audit_verb(joblib_command__context *context,
                          const joblib_command__arguments *arguments)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_command__allow_list allowed = {{NULL, 0, 0}, NULL, 0, 0};
    struct auditing auditing = {
        context, &joblib_command__audit_text, JOBLIB_AUDIT_OPTIONS_INIT, 0, {false}};
    const char *list = arguments->options[AUDIT_ALLOW];
    bool json = arguments->options[AUDIT_JSON] != NULL;
    bool sarif = arguments->options[AUDIT_SARIF] != NULL;
    if (json && sarif)
        return joblib_command__wrong_usage(context, "--json and --sarif at once", NULL);
    if (json) auditing.style = &joblib_command__audit_json;
    if (sarif) auditing.style = &joblib_command__audit_sarif;
    joblib_status status = JOBLIB_OK;
    if (list != NULL) {
        status = joblib_command__read_allow_list(&allowed, list, &error);
        auditing.options.allow = joblib_command__allows;
        auditing.options.allow_ctx = &allowed;
    }
    int exit_status = status == JOBLIB_OK ? audit_operands(&auditing, arguments)
                                          : joblib_command__refuse(context, list, &error);
    joblib_command__allow_list_free(&allowed);
    return exit_status;
}

static const char audit_description[] =
    "Reads each file to its end and lists the classes and functions that it names,\n"
    "in nested pickles too. Nothing is run. The verdicts are\n"
    "  known      numpy, scipy, scikit-learn, plain data of Python, by exact name\n"
    "  unknown    nothing is promised\n"
    "  dangerous  can run code or reach the system when Python loads the file\n"
    "OFFSET is a place in the decoded stream, LEVEL the pickles around it. FILE may\n"
    "be a folder, of which all files are read, or - for standard input.\n"
    "Exit status: 0 all names known, 3 a dangerous one, else 1 a file was not read\n"
    "to its end, else 4 an unknown one.\n";

const joblib_command__verb joblib_command__verb_audit = {
    .name = "audit",
    .summary = "tells whether loading a file in Python could run code",
    .operands = "FILE...",
    .least_operands = 1,
    .most_operands = SIZE_MAX,
    .options = audit_options,
    .option_count = sizeof audit_options / sizeof *audit_options,
    .description = audit_description,
    .run = run_audit_verb,
};
