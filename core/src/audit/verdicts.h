/**
 * What is known of a name: the table verdicts.def, and what follows for dotted names.
 */
#ifndef JOBLIB_AUDIT_VERDICTS_H
#define JOBLIB_AUDIT_VERDICTS_H

#include <stddef.h>

enum joblib_audit__rule {
    JOBLIB_RULE_KNOWN,
    JOBLIB_RULE_NAMED, /* known while it is not called */
    JOBLIB_RULE_IMPORTS, /* known while it is called with module and name, which are judged */
    JOBLIB_RULE_GETS, /* known while it is called with a global and the name of an attribute,
                            which are judged together */
    JOBLIB_RULE_UNKNOWN,
    JOBLIB_RULE_DANGEROUS
};

/** A row of verdicts.def. */
typedef struct joblib_audit__row {
    const char *modules;
    enum joblib_audit__rule rule;
    const char *reason;
    const char *names;
} joblib_audit__row;

/** The row that decides on a global; one that says unknown where none fits. Never NULL. */
const joblib_audit__row *joblib_audit__judge(const char *module, const char *name);

/** Row `index` of the table; NULL behind the last. */
const joblib_audit__row *joblib_audit__row_at(size_t index);

#endif
