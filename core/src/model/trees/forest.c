#include <string.h>

#include "base/try.h"
#include "model/trees/trees.h"

/* Whether a part is a tree that this forest can sum. */
static bool is_tree_of(const joblib_model__trees *self,
                       const joblib_model__estimator *part)
{
    return part->type == (self->base.type == &joblib_model__forest_classifier_type
                              ? &joblib_model__tree_classifier_type
                              : &joblib_model__tree_regressor_type);
}

/* What the first tree is, all others must be. */
static void take_after_tree(joblib_model__trees *self, const joblib_model__trees *tree)
{
    self->forest.record_size = tree->forest.record_size;
    self->slices = tree->slices;
    self->slice_count = tree->slice_count;
    self->base.check.allow_nan = tree->base.check.allow_nan;
}

static bool has_same_slices(const joblib_model__trees *self,
                            const joblib_model__trees *tree)
{
    return self->slice_count == tree->slice_count &&
           memcmp(self->slices, tree->slices, self->slice_count * sizeof *self->slices) ==
               0;
}

/* `item` is the context with the path of the tree. */
static joblib_status compare_tree(const joblib_model__context *item,
                                  const joblib_model__trees *self,
                                  const joblib_model__trees *tree)
{
    if (tree->base.features != self->base.features)
        return joblib_model__fail(item, "tree_", JOBLIB_ERROR_MODEL,
                                  "the tree is for %zu features, the forest for %zu",
                                  tree->base.features, self->base.features);
    if (!has_same_slices(self, tree))
        return joblib_model__fail(item, "tree_", JOBLIB_ERROR_MODEL,
                                  "the tree has other targets than the first");
    if (tree->forest.record_size != self->forest.record_size)
        return joblib_model__fail(item, "tree_", JOBLIB_ERROR_MODEL,
                                  "the tree has records of %zu bytes, the first of %zu",
                                  tree->forest.record_size, self->forest.record_size);
    return JOBLIB_OK;
}

static joblib_status add_tree(joblib_model__context *context, joblib_model__trees *self,
                              const joblib_model__estimator *part,
                              const joblib_model__segment *place,
                              joblib_kernel__tree *out)
{
    joblib_model__context item = *context;
    item.path = place;
    if (!is_tree_of(self, part))
        return joblib_model__fail(&item, NULL, JOBLIB_ERROR_MODEL,
                                  "a part of the forest is no decision tree of its kind");
    const joblib_model__trees *tree = (const joblib_model__trees *)part;
    if (!self->slices) {
        take_after_tree(self, tree);
        JOBLIB_TRY(joblib_model__set_tree_features(&item, self, tree->base.features));
    }
    JOBLIB_TRY(compare_tree(&item, self, tree));
    *out = tree->forest.trees[0];
    return JOBLIB_OK;
}

static joblib_status build_trees(joblib_model__context *context, const joblib_value *list,
                                 joblib_model__trees *self, joblib_kernel__tree *trees)
{
    const joblib_model__segment place = {context->path, "estimators_", 0};
    for (size_t i = 0; i < self->forest.tree_count; i++) {
        const joblib_model__segment item = {&place, NULL, i};
        joblib_model__estimator *part;
        JOBLIB_TRY(
            joblib_model__build_part(context, joblib_value_at(list, i), &item, &part));
        if (part) JOBLIB_TRY(add_tree(context, self, part, &item, &trees[i]));
    }
    return JOBLIB_OK;
}

joblib_status joblib_model__build_forest(joblib_model__context *context,
                                         joblib_model__estimator **out)
{
    joblib_model__trees *self;
    const joblib_value *list;
    void *memory;
    JOBLIB_TRY(joblib_model__new_trees(context, &self));
    JOBLIB_TRY(joblib_model__require(context, "estimators_", &list));
    *out = &self->base;
    self->is_forest = true;
    self->forest.tree_count = joblib_value_count(list);
    if (joblib_value_kind(list) != JOBLIB_KIND_LIST || self->forest.tree_count == 0)
        return joblib_model__fail(context, "estimators_", JOBLIB_ERROR_MODEL,
                                  "estimators_ is no list of trees");
    JOBLIB_TRY(joblib_model__allocate(context, self->forest.tree_count,
                                      sizeof(joblib_kernel__tree), &memory));
    self->forest.trees = memory;
    JOBLIB_TRY(build_trees(context, list, self, memory));
    if (context->part_failed) return JOBLIB_OK;
    self->base.check.allow_nan &=
        joblib_model__holds(context->version, JOBLIB_MODEL_FOREST_ALLOWS_NAN);
    return joblib_model__finish_trees(context, self);
}
