/**
 * The numbers of one decision tree, as arrays with a place for each node.
 */
#ifndef JOBLIB_TEMPLATE_TREE_NODES_H
#define JOBLIB_TEMPLATE_TREE_NODES_H

#include "template/made.h"

struct joblib_template__nodes {
    size_t count;
    int64_t max_depth;
    const int64_t *left; /**< -1 in leaves */
    const int64_t *right;
    const int64_t *feature;
    const double *threshold;
    const double *impurity; /**< NULL if not given, as all below */
    const int64_t *sample_count;
    const double *weighted_count;
    const int64_t *missing_left;
    double *values; /**< nodes x outputs x classes */
    int64_t outputs;
    int64_t classes; /**< 1 for regressors */
};

/** Reads what the caller gave of a tree, and checks that it is one. */
joblib_status joblib_template__read_nodes(struct joblib_template *made,
                                          bool is_classifier,
                                          struct joblib_template__nodes *out,
                                          joblib_error *error);

/** Makes scikit-learn's Tree object. */
joblib_status joblib_template__make_tree(struct joblib_template *made,
                                         const struct joblib_template__nodes *nodes,
                                         joblib_value **out, joblib_error *error);

#endif
