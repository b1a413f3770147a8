/**
 * The scikit-learn version that wrote an estimator, and what follows from it.
 */
#ifndef JOBLIB_MODEL_SKLEARN_VERSION_H
#define JOBLIB_MODEL_SKLEARN_VERSION_H

#include <stdbool.h>
#include <stdint.h>

/** Major times 1000 plus minor: 1.2.1 is 1002; 0 where no version is known. */
typedef uint16_t joblib_model__version;

/** What depends on the version: a row each in sklearn_version.def. */
typedef enum joblib_model__rule {
#define JOBLIB_X(rule, major, minor) JOBLIB_MODEL_##rule,
#include "model/sklearn_version.def"
#undef JOBLIB_X
    JOBLIB_MODEL_RULE_COUNT
} joblib_model__rule;

/** Reads "1.2.1" or "0.24.dev0"; 0 for what is no version. */
joblib_model__version joblib_model__parse_version(const char *text);

/** Whether a rule holds in a version. */
bool joblib_model__holds(joblib_model__version version, joblib_model__rule rule);

#endif
