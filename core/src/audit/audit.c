/* Audits: a file is loaded while each use of a name is noted. */
#include "joblib/audit.h"

#include <string.h>

#include "audit/names.h"
#include "base/options.h"
#include "base/try.h"
#include "joblib/watched.h"

struct joblib_audit {
    joblib_audit__names names;
    joblib_error error; /* its status is JOBLIB_OK where the file was read to its end */
    joblib_audit_options options;
};

void joblib_audit_options_init(joblib_audit_options *options)
{
    static const joblib_audit_options fresh = JOBLIB_AUDIT_OPTIONS_INIT;
    if (options) *options = fresh;
}

/* Whether what the file does with the name is what its row calls known. */
static bool is_known_use(const joblib_audit__name *name)
{
    bool is_called = name->global.uses != JOBLIB_USE_NAMED;
    switch (name->row->rule) {
    case JOBLIB_RULE_KNOWN:
        return true;
    case JOBLIB_RULE_NAMED:
        return !is_called;
    case JOBLIB_RULE_IMPORTS:
    case JOBLIB_RULE_GETS:
        return is_called && !name->is_misused;
    default:
        return false;
    }
}

static void judge_name(const joblib_audit *audit, joblib_audit__name *name)
{
    const joblib_audit_options *options = &audit->options;
    joblib_audit_global *global = &name->global;
    global->reason = name->row->reason;
    if (is_known_use(name)) {
        global->verdict = JOBLIB_VERDICT_KNOWN;
    } else if (name->row->rule != JOBLIB_RULE_UNKNOWN) {
        global->verdict = JOBLIB_VERDICT_DANGEROUS;
    } else if (options->allow &&
               options->allow(options->allow_ctx, global->module, global->name)) {
        global->verdict = JOBLIB_VERDICT_KNOWN;
        global->reason = "allowed by the caller";
    } else {
        global->verdict = JOBLIB_VERDICT_UNKNOWN;
    }
}

static joblib_status read_audit_options(const joblib_audit_options *given,
                                        joblib_audit_options *out, joblib_error *error)
{
    JOBLIB_TRY(
        joblib_base__read_struct(given, out, sizeof *out, "joblib_audit_options", error));
    JOBLIB_REQUIRE(out->reserved == 0, JOBLIB_ERROR_ARGUMENT, "reserved is %u",
                   out->reserved);
    return JOBLIB_OK;
}

static joblib_status new_audit(const void *input, const joblib_audit_options *given,
                               joblib_audit **out, joblib_error *error)
{
    joblib_audit_options options;
    joblib_load_options load;
    joblib_error_init(error);
    if (out) *out = NULL;
    JOBLIB_REQUIRE(input && out, JOBLIB_ERROR_ARGUMENT, "no %s given",
                   input ? "place for the audit" : "input");
    JOBLIB_TRY(read_audit_options(given, &options, error));
    JOBLIB_TRY(joblib_base__read_struct(options.load, &load, sizeof load,
                                        "joblib_load_options", error));
    joblib_allocator allocator = joblib_base__choose_allocator(load.allocator);
    joblib_audit *audit = joblib_base__allocate(&allocator, sizeof *audit);
    if (!audit) return joblib_base__set_no_memory(error, sizeof *audit);
    memset(audit, 0, sizeof *audit);
    audit->options = options;
    joblib_audit__names_init(&audit->names, &allocator);
    joblib_error_init(&audit->error);
    *out = audit;
    return JOBLIB_OK;
}

/* Any failure but those of the call itself is an incomplete file. */
static joblib_status finish_audit(joblib_audit **out, joblib_status status,
                                  joblib_document *document, joblib_error *error)
{
    joblib_audit *audit = *out;
    joblib_document_release(document);
    if (status == JOBLIB_ERROR_ARGUMENT || status == JOBLIB_ERROR_MEMORY) {
        if (error) *error = audit->error;
        joblib_audit_free(audit);
        *out = NULL;
        return status;
    }
    for (size_t i = 0; i < audit->names.count; i++)
        judge_name(audit, &audit->names.items[i]);
    audit->options = (joblib_audit_options)JOBLIB_AUDIT_OPTIONS_INIT;
    return JOBLIB_OK;
}

joblib_status joblib_audit_memory(const void *data, size_t size,
                                  const joblib_audit_options *options, joblib_audit **out,
                                  joblib_error *error)
{
    joblib_document *document = NULL;
    JOBLIB_TRY(new_audit(data, options, out, error));
    joblib_pickle__observer observer = {joblib_audit__note_use, &(*out)->names};
    joblib_status status = joblib_load__memory(data, size, (*out)->options.load,
                                               &observer, &document, &(*out)->error);
    return finish_audit(out, status, document, error);
}

joblib_status joblib_audit_file(const char *path, const joblib_audit_options *options,
                                joblib_audit **out, joblib_error *error)
{
    joblib_document *document = NULL;
    JOBLIB_TRY(new_audit(path, options, out, error));
    joblib_pickle__observer observer = {joblib_audit__note_use, &(*out)->names};
    joblib_status status = joblib_load__file(path, (*out)->options.load, &observer,
                                             &document, &(*out)->error);
    return finish_audit(out, status, document, error);
}

joblib_status joblib_audit_source(const joblib_source *source,
                                  const joblib_audit_options *options, joblib_audit **out,
                                  joblib_error *error)
{
    joblib_document *document = NULL;
    JOBLIB_TRY(new_audit(source, options, out, error));
    joblib_pickle__observer observer = {joblib_audit__note_use, &(*out)->names};
    joblib_status status = joblib_load__source(source, (*out)->options.load, &observer,
                                               &document, &(*out)->error);
    return finish_audit(out, status, document, error);
}

void joblib_audit_free(joblib_audit *audit)
{
    if (!audit) return;
    joblib_allocator allocator = audit->names.allocator;
    joblib_audit__names_free(&audit->names);
    joblib_base__free(&allocator, audit, sizeof *audit);
}

int joblib_audit_outcome(const joblib_audit *audit)
{
    if (!audit) return JOBLIB_OUTCOME_INCOMPLETE;
    bool complete = audit->error.status == JOBLIB_OK;
    int outcome = complete ? JOBLIB_OUTCOME_CLEAN : JOBLIB_OUTCOME_INCOMPLETE;
    for (size_t i = 0; i < audit->names.count; i++) {
        uint32_t verdict = audit->names.items[i].global.verdict;
        if (verdict == JOBLIB_VERDICT_DANGEROUS) return JOBLIB_OUTCOME_DANGEROUS;
        if (verdict != JOBLIB_VERDICT_KNOWN && complete) outcome = JOBLIB_OUTCOME_UNKNOWN;
    }
    return outcome;
}

const joblib_error *joblib_audit_error(const joblib_audit *audit)
{
    return audit && audit->error.status != JOBLIB_OK ? &audit->error : NULL;
}

size_t joblib_audit_count(const joblib_audit *audit)
{
    return audit ? audit->names.count : 0;
}

const joblib_audit_global *joblib_audit_at(const joblib_audit *audit, size_t index)
{
    return audit && index < audit->names.count ? &audit->names.items[index].global : NULL;
}

const char *joblib_verdict_name(int verdict)
{
    static const char *const names[] = {"known", "unknown", "dangerous"};
    return verdict >= 0 && verdict < (int)(sizeof names / sizeof *names) ? names[verdict]
                                                                         : NULL;
}

const char *joblib_outcome_name(int outcome)
{
    static const char *const names[] = {"clean", "unknown", "incomplete", "dangerous"};
    return outcome >= 0 && outcome < (int)(sizeof names / sizeof *names) ? names[outcome]
                                                                         : NULL;
}
