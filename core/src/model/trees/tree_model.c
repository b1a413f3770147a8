#include <string.h>

#include "base/try.h"
#include "model/trees/trees.h"

static bool attribute_is(const joblib_model__context *context, const char *name,
                         const char *const *texts)
{
    const char *text = joblib_value_text(joblib_model__attribute(context, name), NULL);
    for (; text && *texts; texts++) {
        if (strcmp(*texts, text) == 0) return true;
    }
    return false;
}

/* Where an extra tree splits at best: the tag of its classifier was set first. */
static bool extra_tree_allows_nan(joblib_model__version version, bool classifies)
{
    if (joblib_model__holds(version, JOBLIB_MODEL_TREE_ALWAYS_ALLOWS_NAN)) return false;
    return !(classifies &&
             joblib_model__holds(version, JOBLIB_MODEL_RANDOM_TREE_ALLOWS_NAN));
}

bool joblib_model__tree_allows_nan(const joblib_model__context *context, bool is_extra,
                                   bool classifies)
{
    static const char *const criteria[] = {
        "gini", "entropy", "log_loss", "squared_error", "friedman_mse", "poisson", NULL};
    static const char *const best[] = {"best", NULL}, *const random[] = {"random", NULL};
    joblib_model__version version = context->version;
    bool splits_best = attribute_is(context, "splitter", best) &&
                       (!is_extra || extra_tree_allows_nan(version, classifies));
    bool splits_randomly = attribute_is(context, "splitter", random);
    if (!joblib_model__holds(version, JOBLIB_MODEL_TREE_ALLOWS_NAN)) return false;
    if (joblib_model__holds(version, JOBLIB_MODEL_TREE_ALWAYS_ALLOWS_NAN))
        return splits_randomly || !is_extra;
    if (!attribute_is(context, "criterion", criteria)) return false;
    if (joblib_model__has(context, "monotonic_cst")) return false;
    bool random_allows =
        joblib_model__holds(version, JOBLIB_MODEL_RANDOM_TREE_ALLOWS_NAN);
    return splits_best || (splits_randomly && random_allows);
}

/*
 * Several targets were predicted as float64 at first, and not at all where labels are no
 * numbers.
 */
static joblib_status read_tree_labels(joblib_model__context *context,
                                      joblib_model__estimator *self)
{
    const joblib_value *classes;
    enum joblib_model__label_rule rule = JOBLIB_MODEL_LABELS_FIRST;
    JOBLIB_TRY(joblib_model__require(context, "classes_", &classes));
    if (joblib_value_kind(classes) == JOBLIB_KIND_LIST &&
        !joblib_model__holds(context->version, JOBLIB_MODEL_TREE_KEEPS_LABEL_TYPE)) {
        const joblib_dtype *dtype = joblib_value_dtype(joblib_value_at(classes, 0));
        if (joblib_dtype_as_number(dtype) != JOBLIB_NUMBER_NONE) {
            rule = JOBLIB_MODEL_LABELS_FLOAT64;
        } else {
            joblib_model__drop_methods(self, 1U << JOBLIB_METHOD_PREDICT);
            self->refusal = "this version predicts several targets as numbers only";
        }
    }
    return joblib_model__read_labels(context, "classes_", rule, self);
}

joblib_status joblib_model__new_trees(joblib_model__context *context,
                                      joblib_model__trees **out)
{
    void *memory;
    JOBLIB_TRY(
        joblib_model__new_estimator(context, sizeof(joblib_model__trees), &memory));
    joblib_model__trees *self = memory;
    self->base.check = (joblib_model__check){.conversion = JOBLIB_MODEL_TO_FLOAT32,
                                             .accept_sparse = true};
    *out = self;
    const joblib_model__type *type = self->base.type;
    if (type == &joblib_model__tree_regressor_type ||
        type == &joblib_model__forest_regressor_type)
        return JOBLIB_OK;
    self->normalise =
        !joblib_model__holds(context->version, JOBLIB_MODEL_LEAVES_ARE_FRACTIONS);
    return read_tree_labels(context, &self->base);
}

joblib_status joblib_model__set_tree_features(joblib_model__context *context,
                                              joblib_model__trees *self, size_t features)
{
    if (self->base.features == 0)
        JOBLIB_TRY(
            joblib_model__read_size(context, "n_features_", 0, &self->base.features));
    if (self->base.features != 0 && self->base.features != features)
        return joblib_model__fail(context, "tree_", JOBLIB_ERROR_MODEL,
                                  "the tree is for %zu features, the estimator for %zu",
                                  features, self->base.features);
    self->base.features = features;
    return JOBLIB_OK;
}

static joblib_status compare_labels(joblib_model__context *context,
                                    const joblib_model__trees *self)
{
    const joblib_model__labels *labels = self->base.labels;
    if (labels->target_count != self->slice_count)
        return joblib_model__fail(context, "classes_", JOBLIB_ERROR_MODEL,
                                  "classes_ is for %zu targets, the trees have %zu",
                                  labels->target_count, self->slice_count);
    for (size_t i = 0; i < self->slice_count; i++) {
        if (labels->targets[i].count == self->slices[i].count) continue;
        return joblib_model__fail(context, "classes_", JOBLIB_ERROR_MODEL,
                                  "target %zu has %zu classes, in the trees %zu", i,
                                  labels->targets[i].count, self->slices[i].count);
    }
    return JOBLIB_OK;
}

/* Rows of a block are walked tree by tree: the more there are, the rarer a tree is fetched. */
static size_t choose_tree_block(const joblib_model__trees *self)
{
    const size_t most_rows = 8192, most_numbers = (size_t)1 << 20;
    size_t rows = most_numbers / self->base.features;
    return rows < most_rows ? rows : most_rows;
}

joblib_status joblib_model__finish_trees(joblib_model__context *context,
                                         joblib_model__trees *self)
{
    self->base.block_rows = choose_tree_block(self);
    if (self->base.labels) return compare_labels(context, self);
    self->base.columns[JOBLIB_METHOD_PREDICT] = self->slices[0].count;
    if (self->slices[0].count == 1) self->base.flat |= 1U << JOBLIB_METHOD_PREDICT;
    return JOBLIB_OK;
}

static joblib_status build_tree_model(joblib_model__context *context, bool is_extra,
                                      joblib_model__estimator **out)
{
    joblib_model__trees *self;
    JOBLIB_TRY(joblib_model__new_trees(context, &self));
    JOBLIB_TRY(joblib_model__read_tree(context, self));
    self->base.check.allow_nan =
        self->forest.record_size == JOBLIB_TREE_LONG_RECORD &&
        joblib_model__tree_allows_nan(context, is_extra, self->base.labels != NULL);
    *out = &self->base;
    return joblib_model__finish_trees(context, self);
}

joblib_status joblib_model__build_tree(joblib_model__context *context,
                                       joblib_model__estimator **out)
{
    return build_tree_model(context, false, out);
}

joblib_status joblib_model__build_extra_tree(joblib_model__context *context,
                                             joblib_model__estimator **out)
{
    return build_tree_model(context, true, out);
}
