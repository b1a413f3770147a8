/**
 * The names of a file, noted while it is loaded: each class and function once, with its row
 * of the table of verdicts and what the file does with it.
 */
#ifndef JOBLIB_AUDIT_NAMES_H
#define JOBLIB_AUDIT_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "audit/verdicts.h"
#include "base/allocator.h"
#include "base/arena.h"
#include "joblib/audit.h"
#include "pickle/machine.h"

typedef struct joblib_audit__name {
    joblib_audit_global global; /**< verdict and reason are not set yet */
    const joblib_audit__row *row;
    bool is_misused; /**< called in another way than its row knows */
} joblib_audit__name;

typedef struct joblib_audit__names {
    joblib_allocator allocator;
    joblib_base__arena texts;
    joblib_audit__name *items;
    size_t count;
    size_t room;
} joblib_audit__names;

void joblib_audit__names_init(joblib_audit__names *names,
                              const joblib_allocator *allocator);
void joblib_audit__names_free(joblib_audit__names *names);

/** For joblib_pickle__observer; `ctx` is a joblib_audit__names. */
joblib_status joblib_audit__note_use(void *ctx, const joblib_pickle__machine *machine,
                                     joblib_value *global, enum joblib_pickle__use use,
                                     const joblib_value *arguments, joblib_error *error);

#endif
