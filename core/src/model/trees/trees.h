/**
 * What trees and forests share: they are sums over trees of what a row's leaf holds.
 */
#ifndef JOBLIB_MODEL_TREES_TREES_H
#define JOBLIB_MODEL_TREES_TREES_H

#include "kernel/tree.h"
#include "model/context.h"

/**
 * One tree, or the trees of a forest. A regressor has one slice, a number for each target; a
 * classifier has one for each target, a number for each class.
 */
typedef struct joblib_model__trees {
    joblib_model__estimator base;
    joblib_kernel__forest forest;
    const joblib_kernel__tree_slice *slices;
    size_t slice_count;
    bool normalise; /* classifiers whose leaves hold weights, not fractions */
    bool is_forest; /* a sum that starts at 0, even if it is of one tree */
} joblib_model__trees;

/** Makes the estimator, with everything but its trees and slices. */
joblib_status joblib_model__new_trees(joblib_model__context *context,
                                      joblib_model__trees **out);

/** Reads the number of columns as versions before `n_features_in_` stored it. */
joblib_status joblib_model__set_tree_features(joblib_model__context *context,
                                              joblib_model__trees *self, size_t features);

/** Sets what follows from the slices, and compares labels with them. */
joblib_status joblib_model__finish_trees(joblib_model__context *context,
                                         joblib_model__trees *self);

/** Reads a Tree object into the only tree of `self`, and its slices. */
joblib_status joblib_model__read_tree(joblib_model__context *context,
                                      joblib_model__trees *self);

/** Whether NaN is let through to trees of this setting. */
bool joblib_model__tree_allows_nan(const joblib_model__context *context, bool is_extra,
                                   bool classifies);

/** Means over the trees: probabilities, or numbers. */
joblib_status joblib_model__average_trees(const joblib_model__estimator *base,
                                          const joblib_model__call *call,
                                          joblib_error *error);

/** Labels of a tree alone: the largest number, as stored. */
joblib_status joblib_model__predict_tree_labels(const joblib_model__estimator *base,
                                                const joblib_model__call *call,
                                                joblib_error *error);

joblib_status joblib_model__prepare_trees(const joblib_model__estimator *base,
                                          joblib_base__arena *arena,
                                          const joblib_model__estimator **out,
                                          joblib_error *error);

/* The rows of the family. */
extern const joblib_model__type joblib_model__tree_classifier_type;
extern const joblib_model__type joblib_model__tree_regressor_type;
extern const joblib_model__type joblib_model__forest_classifier_type;
extern const joblib_model__type joblib_model__forest_regressor_type;

joblib_status joblib_model__build_tree(joblib_model__context *context,
                                       joblib_model__estimator **out);
joblib_status joblib_model__build_extra_tree(joblib_model__context *context,
                                             joblib_model__estimator **out);
joblib_status joblib_model__build_forest(joblib_model__context *context,
                                         joblib_model__estimator **out);

extern joblib_model__family joblib_model__trees_family;

#endif
