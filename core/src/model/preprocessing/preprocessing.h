/**
 * Scalers: each column by itself, dtype and shape kept.
 */
#ifndef JOBLIB_MODEL_PREPROCESSING_PREPROCESSING_H
#define JOBLIB_MODEL_PREPROCESSING_PREPROCESSING_H

#include "model/context.h"

/** How scalers take their input: float types stay, NaN passes from 0.20 on. */
joblib_model__check joblib_model__scaler_check(const joblib_model__context *context);

/** The output is of the input's kind and of the type that it is computed in. */
void joblib_model__describe_scaled(const joblib_model__estimator *self, int method,
                                   const joblib_model__form *input, size_t index,
                                   joblib_model__form *output);

extern const joblib_model__type joblib_model__standard_scaler_type;
extern const joblib_model__type joblib_model__min_max_scaler_type;

joblib_status joblib_model__build_standard_scaler(joblib_model__context *context,
                                                  joblib_model__estimator **out);
joblib_status joblib_model__build_min_max_scaler(joblib_model__context *context,
                                                 joblib_model__estimator **out);

extern joblib_model__family joblib_model__preprocessing_family;

#endif
