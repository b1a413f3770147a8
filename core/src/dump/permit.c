/* Nothing is laundered: what may be written of the classes and functions that a document names. */
#include <stdio.h>
#include <string.h>

#include "base/try.h"
#include "dump/dump.h"

static bool is_allowed(const joblib_dump__job *job, const joblib_value *global)
{
    size_t module_size = global->global->module_size;
    for (size_t i = 0; i < job->options.allow_count; i++) {
        const char *name = job->options.allow[i];
        if (strncmp(name, global->global->module, module_size) != 0) continue;
        if (name[module_size] != '.') continue;
        if (strcmp(name + module_size + 1, global->global->name) == 0) return true;
    }
    return false;
}

static joblib_status forbid(const joblib_dump__job *job, const joblib_value *global,
                            const char *reason, joblib_error *error)
{
    char shown[2][JOBLIB_ESCAPED_SIZE];
    if (is_allowed(job, global)) return JOBLIB_OK;
    return joblib_base__set_error(
        error, JOBLIB_ERROR_FORBIDDEN, "%s.%s is not written unless it is allowed: %s",
        joblib_base__escape(shown[0], global->global->module,
                            global->global->module_size),
        joblib_base__escape(shown[1], global->global->name, global->global->name_size),
        reason);
}

/* A name in the words of the caller's text, as if an opcode had named it. */
static joblib_status judge_text(const joblib_dump__job *job, const joblib_value *asker,
                                const char *module, const char *name, joblib_error *error)
{
    const joblib_audit__row *row = joblib_audit__judge(module, name);
    bool harmless = row->rule == JOBLIB_RULE_KNOWN || row->rule == JOBLIB_RULE_NAMED ||
                    row->rule == JOBLIB_RULE_UNKNOWN;
    return harmless ? JOBLIB_OK : forbid(job, asker, row->reason, error);
}

/* A text that may be a name; NULL for everything else. */
static const char *read_name(const joblib_value *arguments, size_t index)
{
    size_t size = 0;
    const char *text = joblib_value_text(joblib_value_at(arguments, index), &size);
    bool is_name = text && size > 0 && size <= JOBLIB_MAX_NAME && strlen(text) == size;
    return is_name ? text : NULL;
}

/* call(module, name) */
static joblib_status permit_import(const joblib_dump__job *job, const joblib_value *asker,
                                   const joblib_value *arguments, joblib_error *error)
{
    const char *module = read_name(arguments, 0), *name = read_name(arguments, 1);
    if (!module || !name || joblib_value_count(arguments) != 2)
        return forbid(job, asker, "it may import anything", error);
    return judge_text(job, asker, module, name, error);
}

/* call(class, attribute) */
static joblib_status permit_attribute(const joblib_dump__job *job,
                                      const joblib_value *asker,
                                      const joblib_value *arguments, joblib_error *error)
{
    char path[2 * JOBLIB_MAX_NAME + 2];
    const joblib_value *class = joblib_value_at(arguments, 0);
    const char *attribute = read_name(arguments, 1);
    bool is_plain = joblib_value_kind(class) == JOBLIB_KIND_GLOBAL && attribute &&
                    joblib_value_count(arguments) == 2 &&
                    class->global->name_size <= JOBLIB_MAX_NAME;
    if (!is_plain) return forbid(job, asker, "it may find anything", error);
    (void)snprintf(path, sizeof path, "%s.%s", class->global->name, attribute);
    return judge_text(job, asker, class->global->module, path, error);
}

/* What no file named and no table knows is the program's own: it has to say so. */
static joblib_status permit_unknown(const joblib_dump__job *job,
                                    const joblib_audit__row *row,
                                    const joblib_value *global, joblib_error *error)
{
    bool is_new = global->flags & JOBLIB_VALUE_NAMED;
    return is_new ? forbid(job, global, row->reason, error) : JOBLIB_OK;
}

/* Such a name must be called before the dump ends. */
static joblib_status expect_call(joblib_dump__job *job, const joblib_audit__row *row,
                                 const joblib_value *global, joblib_error *error)
{
    for (size_t i = 0; i < job->pending_count; i++) {
        if (job->pending[i].row == row) return JOBLIB_OK;
    }
    if (job->pending_count == JOBLIB_DUMP_PENDING)
        return forbid(job, global, row->reason, error);
    job->pending[job->pending_count++] =
        (struct joblib_dump__pending){.row = row, .global = global};
    return JOBLIB_OK;
}

static void note_call_of(joblib_dump__job *job, const joblib_audit__row *row)
{
    for (size_t i = 0; i < job->pending_count; i++) {
        if (job->pending[i].row == row) job->pending[i].called = true;
    }
}

static joblib_status permit_naming(joblib_dump__job *job, const joblib_audit__row *row,
                                   const joblib_value *global, joblib_error *error)
{
    switch (row->rule) {
    case JOBLIB_RULE_DANGEROUS:
        return forbid(job, global, row->reason, error);
    case JOBLIB_RULE_IMPORTS:
    case JOBLIB_RULE_GETS:
        return expect_call(job, row, global, error);
    case JOBLIB_RULE_UNKNOWN:
        return permit_unknown(job, row, global, error);
    default:
        return JOBLIB_OK;
    }
}

static joblib_status permit_call(joblib_dump__job *job, const joblib_audit__row *row,
                                 const joblib_value *global,
                                 const joblib_value *arguments, joblib_error *error)
{
    switch (row->rule) {
    case JOBLIB_RULE_NAMED:
        return forbid(job, global, row->reason, error);
    case JOBLIB_RULE_IMPORTS:
        JOBLIB_TRY(expect_call(job, row, global, error));
        note_call_of(job, row);
        return permit_import(job, global, arguments, error);
    case JOBLIB_RULE_GETS:
        JOBLIB_TRY(expect_call(job, row, global, error));
        note_call_of(job, row);
        return permit_attribute(job, global, arguments, error);
    default:
        job->last_called = global;
        return JOBLIB_OK;
    }
}

/* A state for what it made. A function that finds others by text then changes what it found. */
static joblib_status permit_state(const joblib_dump__job *job,
                                  const joblib_audit__row *row,
                                  const joblib_value *global, joblib_error *error)
{
    bool finds = row->rule == JOBLIB_RULE_IMPORTS || row->rule == JOBLIB_RULE_GETS;
    return finds ? forbid(job, global, row->reason, error) : JOBLIB_OK;
}

joblib_status joblib_dump__permit(void *ctx, const joblib_value *global,
                                  enum joblib_pickle__use use,
                                  const joblib_value *arguments, joblib_error *error)
{
    joblib_dump__job *job = ctx;
    if (use != JOBLIB_PICKLE_NAMES && global == job->last_called) return JOBLIB_OK;
    const joblib_audit__row *row = joblib_dump__judge(job, global->global);
    if (use == JOBLIB_PICKLE_CALLS)
        return permit_call(job, row, global, arguments, error);
    if (use == JOBLIB_PICKLE_BUILDS) return permit_state(job, row, global, error);
    return permit_naming(job, row, global, error);
}

joblib_status joblib_dump__check_pending(const joblib_dump__job *job, joblib_error *error)
{
    for (size_t i = 0; i < job->pending_count; i++) {
        const struct joblib_dump__pending *pending = &job->pending[i];
        if (!pending->called)
            JOBLIB_TRY(forbid(job, pending->global, pending->row->reason, error));
    }
    return JOBLIB_OK;
}
