/**
 * A model: the plan of one document's estimator, and the memory it stands in.
 */
#ifndef JOBLIB_MODEL_MODEL_H
#define JOBLIB_MODEL_MODEL_H

#include <stdatomic.h>

#include "model/estimator.h"

struct joblib_model {
    atomic_size_t references;
    joblib_base__arena arena;
    joblib_document *document; /* retained */
    joblib_model *base; /* what a prepared model was made from, retained; or NULL */
    const joblib_value *value;
    const joblib_model__estimator *root;
};

/** Makes a model without estimator, that retains `document` and `base`. */
joblib_status joblib_model__new_model(const joblib_allocator *allocator,
                                      joblib_document *document, const joblib_model *base,
                                      joblib_model **out, joblib_error *error);

#endif
