/**
 * Walking a few pairs of a tree and a row together: each step moves all of them, without
 * branches, until none moves.
 */
#ifndef JOBLIB_KERNEL_TREE_LANES_H
#define JOBLIB_KERNEL_TREE_LANES_H

#include "kernel/tree.h"

/* Steps of all lanes before it is looked whether any still moves. */
#define JOBLIB_TREE_STEPS 4

/* Lanes live in registers only where the loop over them is unrolled. */
#if defined(__clang__)
#define JOBLIB_TREE_UNROLL _Pragma("clang loop unroll(full)")
#elif defined(__GNUC__)
#define JOBLIB_TREE_UNROLL _Pragma("GCC unroll 16")
#else
#define JOBLIB_TREE_UNROLL
#endif

typedef struct joblib_kernel__lane {
    const void *nodes; /* records, or packed nodes */
    const float *row;
} joblib_kernel__lane;

/** Finds the leaf of `lanes[0]` alone, or of JOBLIB_TREE_LANES lanes. */
typedef struct joblib_kernel__walker {
    uint32_t (*one)(const joblib_kernel__lane *lane, unsigned feature_bits);
    void (*all)(const joblib_kernel__lane *lanes, unsigned feature_bits,
                uint32_t *leaves);
} joblib_kernel__walker;

/** Walkers of packed trees give packed nodes. */
const joblib_kernel__walker *joblib_kernel__packed_walker(unsigned feature_bits);

#endif
