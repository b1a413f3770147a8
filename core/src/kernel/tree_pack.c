#include <math.h>
#include <string.h>

#include "kernel/tree_lanes.h"

/* As many bits as nearly all models need; the compiler then knows them. */
#define USUAL_FEATURE_BITS 8
#define LINK_BITS 32

unsigned joblib_kernel__feature_bits(size_t feature_count, size_t node_count)
{
    unsigned bits = USUAL_FEATURE_BITS;
    while (bits < LINK_BITS && (feature_count - 1) >> bits != 0) bits++;
    return bits < LINK_BITS && (node_count - 1) >> (LINK_BITS - bits) == 0 ? bits : 0;
}

/* The largest float not above a threshold: it is below a float x where the threshold is. */
static float round_threshold(double threshold)
{
    float rounded = (float)threshold;
    return (double)rounded > threshold ? nextafterf(rounded, -INFINITY) : rounded;
}

static uint64_t pack_node(float threshold, uint32_t left, uint32_t feature,
                          unsigned feature_bits)
{
    uint32_t bits;
    memcpy(&bits, &threshold, sizeof bits);
    return (uint64_t)bits << LINK_BITS | (uint64_t)left << feature_bits | feature;
}

/*
 * Children get their places when their parent is met, and records stand depth first as a
 * rule: so do the packed pairs.
 */
void joblib_kernel__pack_tree(const joblib_kernel__tree *tree, size_t record_size,
                              unsigned feature_bits, uint64_t *nodes, uint32_t *records,
                              uint32_t *places)
{
    uint32_t used = 1;
    places[0] = 0;
    for (size_t i = 0; i < tree->node_count; i++) {
        const unsigned char *record = tree->nodes + i * record_size;
        int64_t children[2], feature;
        double threshold;
        memcpy(children, record + JOBLIB_TREE_LEFT, sizeof children);
        memcpy(&feature, record + JOBLIB_TREE_FEATURE, sizeof feature);
        memcpy(&threshold, record + JOBLIB_TREE_THRESHOLD, sizeof threshold);
        uint32_t place = places[i];
        records[place] = (uint32_t)i;
        if (children[0] < 0) {
            nodes[place] = pack_node(INFINITY, place, 0, feature_bits);
            continue;
        }
        nodes[place] =
            pack_node(round_threshold(threshold), used, (uint32_t)feature, feature_bits);
        places[children[0]] = used;
        places[children[1]] = used + 1;
        used += 2;
    }
}

static inline uint32_t step_packed(const uint64_t *nodes, uint32_t node, const float *row,
                                   unsigned feature_bits)
{
    uint64_t packed = nodes[node];
    uint32_t bits = (uint32_t)(packed >> LINK_BITS), link = (uint32_t)packed;
    float threshold;
    memcpy(&threshold, &bits, sizeof threshold);
    return (link >> feature_bits) +
           !(row[link & ((1U << feature_bits) - 1)] <= threshold);
}

static uint32_t walk_packed_lane(const joblib_kernel__lane *lane, unsigned feature_bits)
{
    uint32_t node = 0, next = 0;
    do {
        node = next;
        next = step_packed(lane->nodes, node, lane->row, feature_bits);
    } while (next != node);
    return node;
}

static inline void walk_packed(const joblib_kernel__lane *lanes, unsigned feature_bits,
                               uint32_t *leaves)
{
    uint32_t nodes[JOBLIB_TREE_LANES] = {0}, moved;
    do {
        for (int step = 1; step < JOBLIB_TREE_STEPS; step++) {
            JOBLIB_TREE_UNROLL
            for (int i = 0; i < JOBLIB_TREE_LANES; i++)
                nodes[i] =
                    step_packed(lanes[i].nodes, nodes[i], lanes[i].row, feature_bits);
        }
        moved = 0;
        JOBLIB_TREE_UNROLL
        for (int i = 0; i < JOBLIB_TREE_LANES; i++) {
            uint32_t next =
                step_packed(lanes[i].nodes, nodes[i], lanes[i].row, feature_bits);
            moved |= next ^ nodes[i];
            nodes[i] = next;
        }
    } while (moved != 0);
    memcpy(leaves, nodes, sizeof nodes);
}

static void walk_usual_lanes(const joblib_kernel__lane *lanes, unsigned feature_bits,
                             uint32_t *leaves)
{
    (void)feature_bits;
    walk_packed(lanes, USUAL_FEATURE_BITS, leaves);
}

static void walk_packed_lanes(const joblib_kernel__lane *lanes, unsigned feature_bits,
                              uint32_t *leaves)
{
    walk_packed(lanes, feature_bits, leaves);
}

static const joblib_kernel__walker usual_walker = {walk_packed_lane, walk_usual_lanes};
static const joblib_kernel__walker packed_walker = {walk_packed_lane, walk_packed_lanes};

const joblib_kernel__walker *joblib_kernel__packed_walker(unsigned feature_bits)
{
    return feature_bits == USUAL_FEATURE_BITS ? &usual_walker : &packed_walker;
}

#undef USUAL_FEATURE_BITS
#undef LINK_BITS
