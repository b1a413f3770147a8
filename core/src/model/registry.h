/**
 * The classes that can be run.
 */
#ifndef JOBLIB_MODEL_REGISTRY_H
#define JOBLIB_MODEL_REGISTRY_H

#include "model/context.h"

/** Finds the row of a class; NULL for unknown classes and NULL names. */
const joblib_model__row *joblib_model__find_row(const char *module, const char *name);

/** The rows of family `index`, as this build has them; NULL behind the last. */
const joblib_model__row *joblib_model__family_at(size_t index);

#endif
