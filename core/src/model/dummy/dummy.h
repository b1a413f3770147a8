/**
 * Estimators that ignore their input: the same answer for every row.
 */
#ifndef JOBLIB_MODEL_DUMMY_DUMMY_H
#define JOBLIB_MODEL_DUMMY_DUMMY_H

#include "model/context.h"

/** How dummies take their input: they looked at it once, and ignored it then. */
joblib_model__check joblib_model__dummy_check(const joblib_model__context *context);

/** A label as numpy would see it: an element of an array, or a Python value. */
typedef struct joblib_model__label {
    const joblib_array *array; /* NULL for a value */
    size_t index;
    const joblib_value *value;
} joblib_model__label;

/** Compares two labels as numpy does: numbers by value, text with text. */
joblib_status joblib_model__equal_labels(const joblib_model__context *context,
                                         const joblib_model__label *a,
                                         const joblib_model__label *b, bool *out);

/**
 * Makes `predict` give one label a target, its class 0, of the dtype that
 * numpy.array([labels]) has. `self->labels` must have been read.
 */
joblib_status joblib_model__fix_labels(const joblib_model__context *context,
                                       const joblib_model__label *given,
                                       joblib_model__estimator *self);

extern const joblib_model__type joblib_model__dummy_classifier_type;
extern const joblib_model__type joblib_model__dummy_regressor_type;

joblib_status joblib_model__build_dummy_classifier(joblib_model__context *context,
                                                   joblib_model__estimator **out);
joblib_status joblib_model__build_dummy_regressor(joblib_model__context *context,
                                                  joblib_model__estimator **out);

extern joblib_model__family joblib_model__dummy_family;

#endif
