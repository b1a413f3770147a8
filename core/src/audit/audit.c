/* Audits: a file is loaded while each use of a name is noted. */
#include "joblib/audit.h"

#include <string.h>

#include "audit/verdicts.h"
#include "base/options.h"
#include "base/try.h"
#include "base/vector.h"
#include "joblib/watched.h"

#define MAX_NAMES 65536
#define NAME_MEMORY (UINT64_C(128) << 20) /* two texts of 513 bytes for each fit */

struct joblib_audit {
    joblib_allocator allocator;
    joblib_base__arena names;
    joblib_audit_global *globals;
    size_t count;
    size_t room;
    joblib_error error; /* its status is JOBLIB_OK where the file was read to its end */
    joblib_audit_options options;
};

void joblib_audit_options_init(joblib_audit_options *options)
{
    static const joblib_audit_options fresh = JOBLIB_AUDIT_OPTIONS_INIT;
    if (options) *options = fresh;
}

static const char *keep_name(joblib_audit *audit, const char *name, size_t size)
{
    char *kept = joblib_base__arena_allocate(&audit->names, size + 1);
    if (kept) memcpy(kept, name, size + 1);
    return kept;
}

static joblib_status add_global(joblib_audit *audit, uint64_t offset, uint32_t nesting,
                                const struct joblib_value__global *global,
                                joblib_error *error)
{
    void *items = audit->globals;
    JOBLIB_TRY(joblib_base__grow(&audit->allocator, &items, &audit->room,
                                 audit->count + 1, sizeof *audit->globals, error));
    audit->globals = items;
    joblib_audit_global *added = &audit->globals[audit->count];
    *added = (joblib_audit_global){.struct_size = (uint32_t)sizeof *added,
                                   .offset = offset,
                                   .nesting = nesting};
    added->module = keep_name(audit, global->module, global->module_size);
    added->name = keep_name(audit, global->name, global->name_size);
    if (!added->module || !added->name)
        return joblib_base__arena_fail(&audit->names, global->name_size, error);
    audit->count++;
    return JOBLIB_OK;
}

/* A Global of the document carries the number of its entry, once it has one. */
static joblib_status note_use(void *ctx, const joblib_pickle__machine *machine,
                              joblib_value *global, enum joblib_pickle__use use,
                              joblib_error *error)
{
    joblib_audit *audit = ctx;
    if (global->room == 0) {
        JOBLIB_REQUIRE(audit->count < MAX_NAMES, JOBLIB_ERROR_LIMIT,
                       "more than %d different names", MAX_NAMES);
        JOBLIB_TRY(add_global(audit, machine->opcode_offset, machine->nesting,
                              global->global, error));
        global->room = (uint32_t)audit->count;
    }
    joblib_audit_global *noted = &audit->globals[global->room - 1];
    noted->uses |= (uint32_t)use;
    if (use == JOBLIB_PICKLE_NAMES) noted->count++;
    return JOBLIB_OK;
}

static void judge_global(const joblib_audit *audit, joblib_audit_global *global)
{
    const joblib_audit_options *options = &audit->options;
    const joblib_audit__row *row = joblib_audit__judge(global->module, global->name);
    bool is_named_only =
        row->rule == JOBLIB_RULE_NAMED && global->uses == JOBLIB_USE_NAMED;
    global->reason = row->reason;
    if (row->rule == JOBLIB_RULE_KNOWN || is_named_only) {
        global->verdict = JOBLIB_VERDICT_KNOWN;
    } else if (row->rule != JOBLIB_RULE_UNKNOWN) {
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
    audit->allocator = allocator;
    audit->options = options;
    joblib_base__arena_init(&audit->names, &allocator, NAME_MEMORY);
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
    for (size_t i = 0; i < audit->count; i++) judge_global(audit, &audit->globals[i]);
    audit->options = (joblib_audit_options)JOBLIB_AUDIT_OPTIONS_INIT;
    return JOBLIB_OK;
}

joblib_status joblib_audit_memory(const void *data, size_t size,
                                  const joblib_audit_options *options, joblib_audit **out,
                                  joblib_error *error)
{
    joblib_document *document = NULL;
    JOBLIB_TRY(new_audit(data, options, out, error));
    joblib_pickle__observer observer = {note_use, *out};
    joblib_status status = joblib_load__memory(data, size, (*out)->options.load,
                                               &observer, &document, &(*out)->error);
    return finish_audit(out, status, document, error);
}

joblib_status joblib_audit_file(const char *path, const joblib_audit_options *options,
                                joblib_audit **out, joblib_error *error)
{
    joblib_document *document = NULL;
    JOBLIB_TRY(new_audit(path, options, out, error));
    joblib_pickle__observer observer = {note_use, *out};
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
    joblib_pickle__observer observer = {note_use, *out};
    joblib_status status = joblib_load__source(source, (*out)->options.load, &observer,
                                               &document, &(*out)->error);
    return finish_audit(out, status, document, error);
}

void joblib_audit_free(joblib_audit *audit)
{
    if (!audit) return;
    joblib_allocator allocator = audit->allocator;
    joblib_base__arena_free(&audit->names);
    joblib_base__free(&allocator, audit->globals, audit->room * sizeof *audit->globals);
    joblib_base__free(&allocator, audit, sizeof *audit);
}

int joblib_audit_outcome(const joblib_audit *audit)
{
    if (!audit) return JOBLIB_OUTCOME_INCOMPLETE;
    bool complete = audit->error.status == JOBLIB_OK;
    int outcome = complete ? JOBLIB_OUTCOME_CLEAN : JOBLIB_OUTCOME_INCOMPLETE;
    for (size_t i = 0; i < audit->count; i++) {
        uint32_t verdict = audit->globals[i].verdict;
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
    return audit ? audit->count : 0;
}

const joblib_audit_global *joblib_audit_at(const joblib_audit *audit, size_t index)
{
    return audit && index < audit->count ? &audit->globals[index] : NULL;
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
