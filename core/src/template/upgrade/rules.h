/**
 * What single classes need beyond the tables.
 *
 * A rule sees an estimator whose attributes have the names of the target, and may set, replace
 * and remove some. What the target does not know is dropped afterwards.
 */
#ifndef JOBLIB_TEMPLATE_UPGRADE_RULES_H
#define JOBLIB_TEMPLATE_UPGRADE_RULES_H

#include "template/upgrade/upgrade.h"

typedef joblib_status joblib_upgrade__rule_function(
    const struct joblib_upgrade__estimator *estimator, joblib_error *error);

#define JOBLIB_X(class, function) \
    joblib_upgrade__rule_function joblib_upgrade__rule_##function;
#include "template/upgrade/rules.def"
#undef JOBLIB_X

/**
 * Begins a template of the estimator's class in the target, with the attributes that the
 * estimator has: what implies others can be asked for these. joblib_template_free() it.
 */
joblib_status joblib_upgrade__open_template(
    const struct joblib_upgrade__estimator *estimator, struct joblib_template **out,
    joblib_error *error);

/** Sets an attribute that a template derived; nothing where it did not. */
joblib_status joblib_upgrade__take(const struct joblib_upgrade__estimator *estimator,
                                   struct joblib_template *made, const char *name,
                                   joblib_error *error);

#endif
