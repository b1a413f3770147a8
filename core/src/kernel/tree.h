/**
 * Decision trees as scikit-learn stores them: an array of records, and numbers for each.
 *
 *   byte  0  left child, int64: number of the record that follows if x <= threshold; -1
 *         8  right child, int64                                      in both marks a leaf
 *        16  feature, int64: the column of x that is compared; -2 in a leaf
 *        24  threshold, double
 *        56  where records have 64 bytes: 1 if NaN goes to the left; else NaN goes right
 *
 * Records are 56 or 64 bytes and of any alignment; the bytes not named are not read. Columns
 * are compared as scikit-learn does: x is a float, made a double, and NaN <= t is false. A
 * child stands behind its parent, so every walk ends.
 */
#ifndef JOBLIB_KERNEL_TREE_H
#define JOBLIB_KERNEL_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum {
    JOBLIB_TREE_LEFT = 0,
    JOBLIB_TREE_RIGHT = 8,
    JOBLIB_TREE_FEATURE = 16,
    JOBLIB_TREE_THRESHOLD = 24,
    JOBLIB_TREE_NAN_LEFT = 56,
    JOBLIB_TREE_SHORT_RECORD = 56,
    JOBLIB_TREE_LONG_RECORD = 64
};

/** What stands in place of a leaf's children and feature. */
#define JOBLIB_TREE_NO_CHILD (-1)
#define JOBLIB_TREE_NO_FEATURE (-2)

/** Rows or trees that are walked together, so that their cache misses overlap. */
#define JOBLIB_TREE_LANES 16

typedef struct joblib_kernel__tree {
    const unsigned char *nodes; /* node_count records; the root is the first */
    const unsigned char
        *values;       /* node_count times value_count doubles, of any alignment */
    size_t node_count; /* at most INT32_MAX */
    size_t value_count;
} joblib_kernel__tree;

/**
 * The same tree in 8 bytes a node: the threshold as a float, rounded down to the largest not
 * above it, which decides every float alike; below it the number of the left child, and in
 * the lowest bits the feature. The right child stands behind the left. A leaf is its own left
 * child, with an infinite threshold.
 */
typedef struct joblib_kernel__packed_tree {
    const uint64_t *nodes;
    const uint32_t *records; /* number of the record that a node was made from */
} joblib_kernel__packed_tree;

/** Trees with records of one size. */
typedef struct joblib_kernel__forest {
    const joblib_kernel__tree *trees;
    const joblib_kernel__packed_tree *packed; /* the same trees, or NULL */
    size_t tree_count;
    size_t record_size;    /* JOBLIB_TREE_SHORT_RECORD or JOBLIB_TREE_LONG_RECORD */
    unsigned feature_bits; /* of packed nodes */
} joblib_kernel__forest;

/** Rows of floats, in C order. */
typedef struct joblib_kernel__tree_rows {
    const float *values;
    size_t count;
    size_t columns;
    bool has_nan; /* some may be NaN; packed trees are not used then */
} joblib_kernel__tree_rows;

/** Numbers of each node: `count` of them, from the one at `first` on. */
typedef struct joblib_kernel__tree_slice {
    size_t first;
    size_t count;
} joblib_kernel__tree_slice;

/**
 * Checks the nodes of a tree, once: what the other functions rely on. `seen` is scratch of
 * node_count bytes. JOBLIB_ERROR_MODEL, with the node's number.
 */
joblib_status joblib_kernel__check_tree(const joblib_kernel__tree *tree,
                                        size_t record_size, size_t feature_count,
                                        unsigned char *seen, joblib_error *error);

/**
 * Finds the leaf of each row in each of `count` trees from `first` on: the record's number at
 * leaves[tree * rows->count + row].
 */
void joblib_kernel__find_leaves(const joblib_kernel__forest *forest, size_t first,
                                size_t count, const joblib_kernel__tree_rows *rows,
                                uint32_t *leaves);

/**
 * Adds the slice of each row's leaf to the row's `slice.count` sums. `normalise`: divided by
 * its total first, which is made in numpy's order, unless that is 0.
 */
void joblib_kernel__add_leaves(const joblib_kernel__tree *tree, const uint32_t *leaves,
                               size_t rows, joblib_kernel__tree_slice slice,
                               bool normalise, double *sums);

/**
 * Bits that packed nodes need for a feature, so that trees of up to `node_count` nodes can be
 * packed; 0 if they cannot.
 */
unsigned joblib_kernel__feature_bits(size_t feature_count, size_t node_count);

/** Packs a checked tree. `nodes`, `records` and the scratch `places` hold node_count each. */
void joblib_kernel__pack_tree(const joblib_kernel__tree *tree, size_t record_size,
                              unsigned feature_bits, uint64_t *nodes, uint32_t *records,
                              uint32_t *places);

#endif
