/**
 * The nodes of scikit-learn's Tree, as numpy has them in memory.
 */
#ifndef JOBLIB_TEMPLATE_TREE_RECORD_H
#define JOBLIB_TEMPLATE_TREE_RECORD_H

#include <stddef.h>

#include "template/made.h"

/** Releases before 1.3 lack the last byte and what pads it. */
struct joblib_template__record {
    int64_t left_child; /**< -1 in leaves */
    int64_t right_child;
    int64_t feature;
    double threshold;
    double impurity;
    int64_t n_node_samples;
    double weighted_n_node_samples;
    uint8_t missing_go_to_left;
    uint8_t padding[7];
};

#define JOBLIB_TEMPLATE_NODE_SIZE sizeof(struct joblib_template__record)
#define JOBLIB_TEMPLATE_OLD_NODE_SIZE \
    offsetof(struct joblib_template__record, missing_go_to_left)

_Static_assert(JOBLIB_TEMPLATE_NODE_SIZE == 64, "a node has 64 bytes");
_Static_assert(JOBLIB_TEMPLATE_OLD_NODE_SIZE == 56, "a node had 56 bytes");

/** Makes the array of nodes that the template's release has. */
joblib_status joblib_template__make_records(struct joblib_template *made,
                                            const struct joblib_template__record *records,
                                            size_t count, joblib_value **out,
                                            joblib_error *error);

#endif
