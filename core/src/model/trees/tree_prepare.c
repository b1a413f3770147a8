#include <string.h>

#include "base/checked.h"
#include "base/try.h"
#include "model/trees/trees.h"

static size_t count_most_nodes(const joblib_kernel__forest *forest)
{
    size_t most = 0;
    for (size_t i = 0; i < forest->tree_count; i++) {
        if (forest->trees[i].node_count > most) most = forest->trees[i].node_count;
    }
    return most;
}

static joblib_status allocate_in(joblib_base__arena *arena, size_t count,
                                 size_t item_size, void **out, joblib_error *error)
{
    size_t size;
    if (!joblib_base__size_mul(count, item_size, &size)) size = SIZE_MAX;
    *out = joblib_base__arena_allocate_aligned(arena, size);
    return *out ? JOBLIB_OK : joblib_base__arena_fail(arena, size, error);
}

static joblib_status pack_into(joblib_base__arena *arena,
                               const joblib_kernel__forest *forest, size_t index,
                               uint32_t *places, joblib_kernel__packed_tree *out,
                               joblib_error *error)
{
    const joblib_kernel__tree *tree = &forest->trees[index];
    void *nodes, *records;
    JOBLIB_TRY(allocate_in(arena, tree->node_count, sizeof *out->nodes, &nodes, error));
    JOBLIB_TRY(
        allocate_in(arena, tree->node_count, sizeof *out->records, &records, error));
    joblib_kernel__pack_tree(tree, forest->record_size, forest->feature_bits, nodes,
                             records, places);
    *out = (joblib_kernel__packed_tree){nodes, records};
    return JOBLIB_OK;
}

static joblib_status pack_forest(joblib_base__arena *arena, joblib_kernel__forest *forest,
                                 uint32_t *places, joblib_error *error)
{
    void *memory;
    JOBLIB_TRY(
        allocate_in(arena, forest->tree_count, sizeof *forest->packed, &memory, error));
    joblib_kernel__packed_tree *packed = memory;
    for (size_t i = 0; i < forest->tree_count; i++)
        JOBLIB_TRY(pack_into(arena, forest, i, places, &packed[i], error));
    forest->packed = packed;
    return JOBLIB_OK;
}

joblib_status joblib_model__prepare_trees(const joblib_model__estimator *base,
                                          joblib_base__arena *arena,
                                          const joblib_model__estimator **out,
                                          joblib_error *error)
{
    void *memory;
    const joblib_model__trees *self = (const joblib_model__trees *)base;
    size_t most_nodes = count_most_nodes(&self->forest);
    unsigned bits = joblib_kernel__feature_bits(base->features, most_nodes);
    if (bits == 0 || self->forest.packed) return JOBLIB_OK;
    JOBLIB_TRY(allocate_in(arena, 1, sizeof *self, &memory, error));
    joblib_model__trees *prepared = memory;
    *prepared = *self;
    prepared->forest.feature_bits = bits;
    size_t size = most_nodes * sizeof(uint32_t);
    uint32_t *places = joblib_base__allocate(&arena->allocator, size);
    if (!places) return joblib_base__set_no_memory(error, size);
    joblib_status status = pack_forest(arena, &prepared->forest, places, error);
    joblib_base__free(&arena->allocator, places, size);
    if (status == JOBLIB_OK) *out = &prepared->base;
    return status;
}
