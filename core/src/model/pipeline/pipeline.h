/**
 * Pipelines: transformers one after the other, then an estimator.
 */
#ifndef JOBLIB_MODEL_PIPELINE_PIPELINE_H
#define JOBLIB_MODEL_PIPELINE_PIPELINE_H

#include "model/context.h"

/** A step that does something; those that pass everything through are left out. */
typedef struct joblib_model__step {
    const joblib_model__estimator *estimator;
    size_t index; /* in `steps` */
} joblib_model__step;

typedef struct joblib_model__pipeline {
    joblib_model__estimator base;
    const joblib_model__step *steps; /* transformers */
    size_t step_count;
    joblib_model__step last; /* its estimator is NULL if it passes everything through */
} joblib_model__pipeline;

extern const joblib_model__type joblib_model__pipeline_type;

joblib_status joblib_model__build_pipeline(joblib_model__context *context,
                                           joblib_model__estimator **out);

extern joblib_model__family joblib_model__pipeline_family;

#endif
