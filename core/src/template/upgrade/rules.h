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

joblib_upgrade__rule_function joblib_upgrade__rule_ada_boost;
joblib_upgrade__rule_function joblib_upgrade__rule_columns;
joblib_upgrade__rule_function joblib_upgrade__rule_dummy;
joblib_upgrade__rule_function joblib_upgrade__rule_encoder;
joblib_upgrade__rule_function joblib_upgrade__rule_idf;
joblib_upgrade__rule_function joblib_upgrade__rule_imputer;
joblib_upgrade__rule_function joblib_upgrade__rule_logistic;
joblib_upgrade__rule_function joblib_upgrade__rule_ordinal;
joblib_upgrade__rule_function joblib_upgrade__rule_pipeline;
joblib_upgrade__rule_function joblib_upgrade__rule_polynomial;
joblib_upgrade__rule_function joblib_upgrade__rule_ridge_classifier;
joblib_upgrade__rule_function joblib_upgrade__rule_svm;
joblib_upgrade__rule_function joblib_upgrade__rule_tfidf;
joblib_upgrade__rule_function joblib_upgrade__rule_tree_values;
joblib_upgrade__rule_function joblib_upgrade__rule_whitening;

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
