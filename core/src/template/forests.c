/* Decision trees and random forests. */
#include <math.h>
#include <string.h>

#include "base/try.h"
#include "template/derive.h"
#include "template/tree_nodes.h"

/* How far from 1 the sum of fractions may be. */
#define ROUNDING 1e-9

/* Weights of classes become fractions. Fractions stay as they are, to the last bit. */
static void divide_weights(struct joblib_template__nodes *nodes)
{
    size_t classes = (size_t)nodes->classes;
    for (size_t i = 0; i < nodes->count; i++) {
        double *row = nodes->values + i * classes, sum = 0;
        for (size_t k = 0; k < classes; k++) sum += row[k];
        if (sum == 0 || fabs(sum - 1) <= ROUNDING) continue;
        for (size_t k = 0; k < classes; k++) row[k] /= sum;
    }
}

#undef ROUNDING

static joblib_status put_max_features(struct joblib_template *made, joblib_error *error)
{
    joblib_value *count;
    if (joblib_template__is_given(made, "max_features_")) return JOBLIB_OK;
    JOBLIB_TRY(joblib_builder_int64(
        made->builder, made->sizes[JOBLIB_TEMPLATE_FEATURES].count, &count, error));
    joblib_template__put(made, "max_features_", count);
    return JOBLIB_OK;
}

/* Trees of a forest know classes by their number, as doubles. */
static joblib_status put_class_numbers(struct joblib_template *made, joblib_error *error)
{
    double *numbers;
    joblib_value *array;
    int64_t shape[1] = {made->sizes[JOBLIB_TEMPLATE_CLASSES].count};
    if (joblib_template__is_given(made, "classes_")) return JOBLIB_OK;
    JOBLIB_TRY(
        joblib_template__room(made, (size_t)shape[0], sizeof *numbers, &numbers, error));
    for (int64_t i = 0; i < shape[0]; i++) numbers[i] = (double)i;
    JOBLIB_TRY(joblib_template__array(made->builder, JOBLIB_NUMBER_FLOAT64, numbers,
                                      shape, 1, &array, error));
    joblib_template__put(made, "classes_", array);
    return JOBLIB_OK;
}

static joblib_status put_tree(struct joblib_template *made,
                              const struct joblib_template__nodes *nodes,
                              joblib_error *error)
{
    joblib_value *tree;
    JOBLIB_TRY(joblib_template__make_tree(made, nodes, &tree, error));
    joblib_template__put(made, "tree_", tree);
    return put_max_features(made, error);
}

joblib_status joblib_template__derive_tree_classifier(struct joblib_template *made,
                                                      joblib_error *error)
{
    struct joblib_template__nodes nodes;
    JOBLIB_TRY(joblib_template__read_nodes(made, true, &nodes, error));
    if (made->release >= JOBLIB_TEMPLATE_V1_4) divide_weights(&nodes);
    JOBLIB_TRY(put_class_numbers(made, error));
    return put_tree(made, &nodes, error);
}

joblib_status joblib_template__derive_tree_regressor(struct joblib_template *made,
                                                     joblib_error *error)
{
    struct joblib_template__nodes nodes;
    JOBLIB_TRY(joblib_template__read_nodes(made, false, &nodes, error));
    return put_tree(made, &nodes, error);
}

/* Binds the columns, and the classes or targets, of one tree of a forest. */
static joblib_status bind_tree(struct joblib_template *made, const joblib_value *tree,
                               bool is_classifier, joblib_error *error)
{
    int64_t features = -1, counted = -1;
    const joblib_value *arguments =
        joblib_value_arguments(joblib_value_attribute(tree, "tree_"));
    const joblib_value *counts =
        joblib_value_attribute(tree, is_classifier ? "n_classes_" : "n_outputs_");
    if (joblib_value_as_int64(joblib_value_at(arguments, 0), &features, NULL) ||
        joblib_value_as_int64(counts, &counted, NULL))
        return joblib_template__refuse(error, "estimators_",
                                       "holds a tree without nodes");
    JOBLIB_TRY(joblib_template__bind(made, JOBLIB_TEMPLATE_FEATURES, features,
                                     "estimators_", error));
    return joblib_template__bind(made,
                                 is_classifier ? JOBLIB_TEMPLATE_CLASSES
                                               : JOBLIB_TEMPLATE_TARGETS,
                                 counted, "estimators_", error);
}

static joblib_status check_trees(struct joblib_template *made, const char *tree_class,
                                 bool is_classifier, joblib_error *error)
{
    joblib_value *trees;
    JOBLIB_TRY(joblib_template__get(made, "estimators_", &trees, error));
    if (joblib_value_count(trees) == 0)
        return joblib_template__refuse(error, "estimators_", "has no trees");
    for (size_t i = 0; i < joblib_value_count(trees); i++) {
        const joblib_value *tree = joblib_value_at(trees, i);
        const char *name = joblib_value_name(tree);
        if (!name || strcmp(name, tree_class) != 0)
            return joblib_template__refuse(error, "estimators_", "item %zu is no %s", i,
                                           tree_class);
        JOBLIB_TRY(joblib_template__check_version(made, tree, "estimators_", error));
        JOBLIB_TRY(bind_tree(made, tree, is_classifier, error));
    }
    return JOBLIB_OK;
}

joblib_status joblib_template__derive_forest(struct joblib_template *made,
                                             joblib_error *error)
{
    joblib_value *plain;
    bool is_classifier = strcmp(made->class->name, "RandomForestClassifier") == 0;
    const char *tree_class =
        is_classifier ? "DecisionTreeClassifier" : "DecisionTreeRegressor";
    JOBLIB_TRY(check_trees(made, tree_class, is_classifier, error));
    JOBLIB_TRY(joblib_template__make_plain(made, tree_class, &plain, error));
    joblib_template__put(made, "estimator", plain);
    joblib_template__put(made, "estimator_", plain);
    joblib_template__put(made, "base_estimator_", plain);
    if (made->release < JOBLIB_TEMPLATE_V1_2)
        joblib_template__put(made, "base_estimator", plain);
    return JOBLIB_OK;
}
