/* The arrays of a tree, read and checked. */
#include "template/tree_nodes.h"

#include <string.h>

#include "base/try.h"

typedef struct joblib_template__nodes tree_nodes;

static joblib_status read_node_ints(struct joblib_template *made, const char *name,
                                    const int64_t **out, joblib_error *error)
{
    joblib_value *array;
    int64_t *numbers;
    size_t count;
    *out = NULL;
    JOBLIB_TRY(joblib_template__get(made, name, &array, error));
    if (!array) return JOBLIB_OK;
    JOBLIB_TRY(joblib_template__ints(made, array, &numbers, &count, error));
    *out = numbers;
    return JOBLIB_OK;
}

static joblib_status read_node_reals(struct joblib_template *made, const char *name,
                                     const double **out, joblib_error *error)
{
    joblib_value *array;
    double *numbers;
    size_t count;
    *out = NULL;
    JOBLIB_TRY(joblib_template__get(made, name, &array, error));
    if (!array) return JOBLIB_OK;
    JOBLIB_TRY(joblib_template__reals(made, array, &numbers, &count, error));
    *out = numbers;
    return JOBLIB_OK;
}

static joblib_status read_node_arrays(struct joblib_template *made, tree_nodes *out,
                                      joblib_error *error)
{
    JOBLIB_TRY(read_node_ints(made, "children_left", &out->left, error));
    JOBLIB_TRY(read_node_ints(made, "children_right", &out->right, error));
    JOBLIB_TRY(read_node_ints(made, "feature", &out->feature, error));
    JOBLIB_TRY(read_node_reals(made, "threshold", &out->threshold, error));
    JOBLIB_TRY(read_node_reals(made, "impurity", &out->impurity, error));
    JOBLIB_TRY(read_node_ints(made, "n_node_samples", &out->sample_count, error));
    JOBLIB_TRY(
        read_node_reals(made, "weighted_n_node_samples", &out->weighted_count, error));
    return read_node_ints(made, "missing_go_to_left", &out->missing_left, error);
}

/* Values of a classifier: (nodes, classes) or (nodes, 1, classes); of a regressor:
   (nodes,), (nodes, outputs) or (nodes, outputs, 1). */
static bool read_value_shape(const joblib_array *view, bool is_classifier,
                             tree_nodes *out)
{
    int64_t second = view->ndim > 1 ? view->shape[1] : 1;
    int64_t third = view->ndim > 2 ? view->shape[2] : 1;
    if (view->ndim < (is_classifier ? 2 : 1) || view->ndim > 3) return false;
    if (view->shape[0] != (int64_t)out->count || second < 1 || third < 1) return false;
    if (is_classifier && view->ndim == 2) {
        third = second;
        second = 1;
    }
    out->outputs = second;
    out->classes = third;
    return is_classifier ? second == 1 : third == 1;
}

static joblib_status read_node_values(struct joblib_template *made, bool is_classifier,
                                      tree_nodes *out, joblib_error *error)
{
    joblib_value *array;
    joblib_array view;
    size_t count;
    JOBLIB_TRY(joblib_template__get(made, "value", &array, error));
    JOBLIB_TRY(joblib_value_array(array, &view, error));
    if (!read_value_shape(&view, is_classifier, out))
        return joblib_template__refuse(
            error, "value",
            "array of %zu dimensions and %zu numbers, expected %s for %zu nodes",
            view.ndim, view.count,
            is_classifier ? "(nodes, classes)" : "(nodes, outputs)", out->count);
    JOBLIB_TRY(joblib_template__bind(
        made, is_classifier ? JOBLIB_TEMPLATE_CLASSES : JOBLIB_TEMPLATE_TARGETS,
        is_classifier ? out->classes : out->outputs, "value", error));
    return joblib_template__reals(made, array, &out->values, &count, error);
}

/* Marks a child as met. False if it does not stand behind its parent, or has two. */
static bool meet_child(const tree_nodes *nodes, size_t parent, int64_t child,
                       int64_t *depths)
{
    if (child <= (int64_t)parent || child >= (int64_t)nodes->count) return false;
    if (depths[child] >= 0) return false;
    depths[child] = depths[parent] + 1;
    return true;
}

static joblib_status check_tree_node(const tree_nodes *nodes, size_t i, int64_t features,
                                     int64_t *depths, joblib_error *error)
{
    if (depths[i] < 0)
        return joblib_template__refuse(error, "children_left", "node %zu has no parent",
                                       i);
    if (nodes->left[i] < 0 && nodes->right[i] < 0) return JOBLIB_OK;
    if (!meet_child(nodes, i, nodes->left[i], depths) ||
        !meet_child(nodes, i, nodes->right[i], depths))
        return joblib_template__refuse(
            error, "children_left",
            "children %lld and %lld of node %zu: expected -1, or nodes behind it",
            (long long)nodes->left[i], (long long)nodes->right[i], i);
    if (nodes->feature[i] >= 0 && nodes->feature[i] < features) return JOBLIB_OK;
    return joblib_template__refuse(error, "feature",
                                   "item %zu is %lld, expected one of %lld features", i,
                                   (long long)nodes->feature[i], (long long)features);
}

/* Children stand behind their parents, as scikit-learn builds them: one pass is enough.
   */
static joblib_status check_tree_nodes(struct joblib_template *made, tree_nodes *nodes,
                                      joblib_error *error)
{
    int64_t *depths;
    int64_t features = made->sizes[JOBLIB_TEMPLATE_FEATURES].count;
    if (nodes->count == 0)
        return joblib_template__refuse(error, "children_left", "has no nodes");
    JOBLIB_TRY(joblib_template__room(made, nodes->count, sizeof *depths, &depths, error));
    memset(depths, 0xff, nodes->count * sizeof *depths);
    depths[0] = 0;
    for (size_t i = 0; i < nodes->count; i++) {
        JOBLIB_TRY(check_tree_node(nodes, i, features, depths, error));
        if (depths[i] > nodes->max_depth) nodes->max_depth = depths[i];
    }
    return JOBLIB_OK;
}

joblib_status joblib_template__read_nodes(struct joblib_template *made,
                                          bool is_classifier, tree_nodes *out,
                                          joblib_error *error)
{
    *out = (tree_nodes){.count = (size_t)made->sizes[JOBLIB_TEMPLATE_NODES].count};
    JOBLIB_TRY(read_node_arrays(made, out, error));
    JOBLIB_TRY(check_tree_nodes(made, out, error));
    return read_node_values(made, is_classifier, out, error);
}
