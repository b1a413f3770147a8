#include <math.h>
#include <string.h>

#include "kernel/tree_lanes.h"

/*
 * One step from record `node`. The children stand side by side, so the comparison picks one
 * by its address; a leaf, whose children are -1, stays.
 */
static inline size_t step_record(const unsigned char *nodes, size_t node,
                                 const float *row, size_t record_size, bool has_nan)
{
    const unsigned char *record = nodes + node * record_size;
    int64_t feature, next;
    double threshold;
    memcpy(&feature, record + JOBLIB_TREE_FEATURE, sizeof feature);
    memcpy(&threshold, record + JOBLIB_TREE_THRESHOLD, sizeof threshold);
    uint64_t inner = (uint64_t)(feature >> 63) ^ UINT64_MAX;
    float x = row[(uint64_t)feature & inner];
    size_t right = !((double)x <= threshold);
    if (has_nan) right &= !(isnan(x) & (record[JOBLIB_TREE_NAN_LEFT] != 0));
    memcpy(&next, record + right * sizeof next, sizeof next);
    uint64_t stays = (uint64_t)(next >> 63);
    return (size_t)((node & stays) | ((uint64_t)next & ~stays));
}

static inline uint32_t walk_record_lane(const joblib_kernel__lane *lane,
                                        size_t record_size, bool has_nan)
{
    size_t node = 0, next = 0;
    do {
        node = next;
        next = step_record(lane->nodes, node, lane->row, record_size, has_nan);
    } while (next != node);
    return (uint32_t)node;
}

static inline void walk_record_lanes(const joblib_kernel__lane *lanes, size_t record_size,
                                     bool has_nan, uint32_t *leaves)
{
    size_t nodes[JOBLIB_TREE_LANES] = {0}, moved;
    do {
        for (int step = 1; step < JOBLIB_TREE_STEPS; step++) {
            JOBLIB_TREE_UNROLL
            for (int i = 0; i < JOBLIB_TREE_LANES; i++)
                nodes[i] = step_record(lanes[i].nodes, nodes[i], lanes[i].row,
                                       record_size, has_nan);
        }
        moved = 0;
        JOBLIB_TREE_UNROLL
        for (int i = 0; i < JOBLIB_TREE_LANES; i++) {
            size_t next =
                step_record(lanes[i].nodes, nodes[i], lanes[i].row, record_size, has_nan);
            moved |= next ^ nodes[i];
            nodes[i] = next;
        }
    } while (moved != 0);
    for (int i = 0; i < JOBLIB_TREE_LANES; i++) leaves[i] = (uint32_t)nodes[i];
}

/* One function a kind of record, so that its size and its questions are constants. */

static uint32_t walk_short_lane(const joblib_kernel__lane *lane, unsigned feature_bits)
{
    (void)feature_bits;
    return walk_record_lane(lane, JOBLIB_TREE_SHORT_RECORD, false);
}

static void walk_short_lanes(const joblib_kernel__lane *lanes, unsigned feature_bits,
                             uint32_t *leaves)
{
    (void)feature_bits;
    walk_record_lanes(lanes, JOBLIB_TREE_SHORT_RECORD, false, leaves);
}

static uint32_t walk_long_lane(const joblib_kernel__lane *lane, unsigned feature_bits)
{
    (void)feature_bits;
    return walk_record_lane(lane, JOBLIB_TREE_LONG_RECORD, false);
}

static void walk_long_lanes(const joblib_kernel__lane *lanes, unsigned feature_bits,
                            uint32_t *leaves)
{
    (void)feature_bits;
    walk_record_lanes(lanes, JOBLIB_TREE_LONG_RECORD, false, leaves);
}

static uint32_t walk_nan_lane(const joblib_kernel__lane *lane, unsigned feature_bits)
{
    (void)feature_bits;
    return walk_record_lane(lane, JOBLIB_TREE_LONG_RECORD, true);
}

static void walk_nan_lanes(const joblib_kernel__lane *lanes, unsigned feature_bits,
                           uint32_t *leaves)
{
    (void)feature_bits;
    walk_record_lanes(lanes, JOBLIB_TREE_LONG_RECORD, true, leaves);
}

static const joblib_kernel__walker short_walker = {walk_short_lane, walk_short_lanes};
static const joblib_kernel__walker long_walker = {walk_long_lane, walk_long_lanes};
static const joblib_kernel__walker nan_walker = {walk_nan_lane, walk_nan_lanes};

static const joblib_kernel__walker *record_walker(const joblib_kernel__forest *forest,
                                                  bool has_nan)
{
    if (forest->record_size == JOBLIB_TREE_SHORT_RECORD) return &short_walker;
    return has_nan ? &nan_walker : &long_walker;
}

/* A pair of tree and row, trees before rows: pair p is row p % rows of tree p / rows. */
typedef struct tree_pair {
    size_t tree, row;
} tree_pair;

static void next_pair(tree_pair *pair, size_t row_count)
{
    if (++pair->row < row_count) return;
    pair->row = 0;
    pair->tree++;
}

static joblib_kernel__lane make_lane(const joblib_kernel__forest *forest, bool packed,
                                     tree_pair pair, const joblib_kernel__tree_rows *rows)
{
    joblib_kernel__lane lane = {packed ? (const void *)forest->packed[pair.tree].nodes
                                       : forest->trees[pair.tree].nodes,
                                rows->values + pair.row * rows->columns};
    return lane;
}

/* From numbers of packed nodes to those of their records. */
static void unpack_leaves(const joblib_kernel__packed_tree *trees, size_t count,
                          size_t rows, uint32_t *leaves)
{
    for (size_t tree = 0; tree < count; tree++, leaves += rows) {
        for (size_t i = 0; i < rows; i++) leaves[i] = trees[tree].records[leaves[i]];
    }
}

void joblib_kernel__find_leaves(const joblib_kernel__forest *forest, size_t first,
                                size_t count, const joblib_kernel__tree_rows *rows,
                                uint32_t *leaves)
{
    bool packed = forest->packed && !rows->has_nan;
    const joblib_kernel__walker *walker =
        packed ? joblib_kernel__packed_walker(forest->feature_bits)
               : record_walker(forest, rows->has_nan);
    joblib_kernel__lane lanes[JOBLIB_TREE_LANES];
    tree_pair pair = {first, 0};
    size_t done = 0, total = count * rows->count;
    for (; total - done >= JOBLIB_TREE_LANES; done += JOBLIB_TREE_LANES) {
        for (int i = 0; i < JOBLIB_TREE_LANES; i++, next_pair(&pair, rows->count))
            lanes[i] = make_lane(forest, packed, pair, rows);
        walker->all(lanes, forest->feature_bits, leaves + done);
    }
    for (; done < total; done++, next_pair(&pair, rows->count)) {
        lanes[0] = make_lane(forest, packed, pair, rows);
        leaves[done] = walker->one(lanes, forest->feature_bits);
    }
    if (packed) unpack_leaves(forest->packed + first, count, rows->count, leaves);
}
