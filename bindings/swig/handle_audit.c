/* Audits, and the names that the caller trusts. */

#include <stdlib.h>
#include <string.h>

#include "handle_common.h"

/* Names */

typedef struct allowed_name {
    struct allowed_name *next;
    char text[]; /* "package.module.Class" */
} allowed_name;

struct JoblibAllowList {
    allowed_name *first;
};

JoblibAllowList *new_JoblibAllowList(joblib_error *error)
{
    return joblib_shim__allocate(sizeof(JoblibAllowList), error);
}

void delete_JoblibAllowList(JoblibAllowList *self)
{
    while (self != NULL && self->first != NULL) {
        allowed_name *name = self->first;
        self->first = name->next;
        free(name);
    }
    free(self);
}

void JoblibAllowList_append(JoblibAllowList *self, const char *text, joblib_error *error)
{
    const size_t size = strlen(text) + 1;
    allowed_name *name = joblib_shim__allocate(sizeof *name + size, error);
    if (name != NULL) {
        memcpy(name->text, text, size);
        name->next = self->first;
        self->first = name;
    }
}

static bool is_allowed(void *ctx, const char *module, const char *name)
{
    const JoblibAllowList *list = ctx;
    const size_t size = strlen(module);
    for (const allowed_name *at = list->first; at != NULL; at = at->next) {
        if (strncmp(at->text, module, size) == 0 && at->text[size] == '.' &&
            strcmp(at->text + size + 1, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Audits */

/** One audit, as an argument of joblib_blocking(). */
typedef struct audit_call {
    const char *path; /**< or NULL: then `data` */
    const void *data;
    size_t size;
    joblib_audit_options options;
    joblib_audit *audit;
    joblib_error *error;
    joblib_status status;
} audit_call;

static void audit_blocking(void *argument)
{
    audit_call *call = argument;
    if (call->path != NULL) {
        call->status =
            joblib_audit_file(call->path, &call->options, &call->audit, call->error);
    } else {
        call->status = joblib_audit_memory(call->data, call->size, &call->options,
                                           &call->audit, call->error);
    }
}

static joblib_audit_options audit_options(const JoblibLoadOptions *load,
                                          const JoblibAllowList *allow)
{
    joblib_audit_options options = JOBLIB_AUDIT_OPTIONS_INIT;
    options.load = load ? &load->options : NULL;
    options.allow = allow ? is_allowed : NULL;
    options.allow_ctx = (void *)allow;
    return options;
}

static JoblibAudit *adopt_audit(joblib_status status, joblib_audit *audit,
                                joblib_error *error)
{
    JoblibAudit *self = NULL;
    if (status == JOBLIB_OK) {
        self = joblib_shim__allocate(sizeof *self, error);
    }
    if (self == NULL) {
        joblib_audit_free(audit);
        return NULL;
    }
    self->audit = audit;
    return self;
}

JoblibAudit *JoblibAudit_load(const char *text, const JoblibLoadOptions *options,
                              const JoblibAllowList *allow, joblib_error *error)
{
    audit_call call = {.path = text, .error = error};
    call.options = audit_options(options, allow);
    joblib_blocking(audit_blocking, &call);
    return adopt_audit(call.status, call.audit, error);
}

JoblibAudit *JoblibAudit_loads(const void *data, size_t size,
                               const JoblibLoadOptions *options,
                               const JoblibAllowList *allow, joblib_error *error)
{
    audit_call call = {.data = data, .size = size, .error = error};
    call.options = audit_options(options, allow);
    joblib_blocking(audit_blocking, &call);
    return adopt_audit(call.status, call.audit, error);
}

JoblibAudit *JoblibAudit_read(joblib_source *source, const JoblibLoadOptions *options,
                              const JoblibAllowList *allow, joblib_error *error)
{
    const joblib_audit_options chosen = audit_options(options, allow);
    joblib_audit *audit = NULL;
    joblib_status status = joblib_audit_source(source, &chosen, &audit, error);
    return adopt_audit(status, audit, error);
}

void delete_JoblibAudit(JoblibAudit *self)
{
    if (self != NULL) {
        joblib_audit_free(self->audit);
        free(self);
    }
}

joblib_text JoblibAudit_outcome(const JoblibAudit *self)
{
    return joblib_shim__text(joblib_outcome_name(joblib_audit_outcome(self->audit)));
}

void JoblibAudit_check(const JoblibAudit *self, joblib_error *error)
{
    const joblib_error *found = joblib_audit_error(self->audit);
    if (found != NULL) {
        *error = *found;
    }
}

size_t JoblibAudit_count(const JoblibAudit *self)
{
    return joblib_audit_count(self->audit);
}

static joblib_audit_global global_at(const JoblibAudit *self, size_t index)
{
    const joblib_audit_global none = {0};
    const joblib_audit_global *found = joblib_audit_at(self->audit, index);
    return found ? *found : none;
}

joblib_text JoblibAudit_module_name(const JoblibAudit *self, size_t index)
{
    return joblib_shim__text(global_at(self, index).module);
}

joblib_text JoblibAudit_global_name(const JoblibAudit *self, size_t index)
{
    return joblib_shim__text(global_at(self, index).name);
}

joblib_text JoblibAudit_verdict(const JoblibAudit *self, size_t index)
{
    return joblib_shim__text(joblib_verdict_name((int)global_at(self, index).verdict));
}

joblib_text JoblibAudit_reason(const JoblibAudit *self, size_t index)
{
    return joblib_shim__text(global_at(self, index).reason);
}

bool JoblibAudit_is_called(const JoblibAudit *self, size_t index)
{
    return (global_at(self, index).uses & JOBLIB_USE_CALLED) != 0;
}

bool JoblibAudit_is_built(const JoblibAudit *self, size_t index)
{
    return (global_at(self, index).uses & JOBLIB_USE_BUILT) != 0;
}

uint32_t JoblibAudit_nesting(const JoblibAudit *self, size_t index)
{
    return global_at(self, index).nesting;
}

uint64_t JoblibAudit_offset(const JoblibAudit *self, size_t index)
{
    return global_at(self, index).offset;
}

uint64_t JoblibAudit_occurrences(const JoblibAudit *self, size_t index)
{
    return global_at(self, index).count;
}
