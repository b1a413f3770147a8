/* scikit-learn's Tree object, as its releases pickle it. */
#include <stddef.h>
#include <string.h>

#include "array/array.h"
#include "base/try.h"
#include "template/tree_nodes.h"
#include "template/tree_record.h"

/* The dtype of a node as numpy shows it; the last field and its padding since 1.3. */
#define NODE_FIELDS \
    "[('left_child', 'i8'), ('right_child', 'i8'), ('feature', 'i8'), " \
    "('threshold', 'f8'), ('impurity', 'f8'), ('n_node_samples', 'i8'), " \
    "('weighted_n_node_samples', 'f8')"
#define NODE_56 NODE_FIELDS "]"
#define NODE_64 NODE_FIELDS ", ('missing_go_to_left', 'u1'), ('', 'V7')]"

/* What scikit-learn writes for feature and threshold of a leaf. */
#define UNDEFINED (-2)

static bool has_missing(const struct joblib_template *made)
{
    return made->release >= JOBLIB_TEMPLATE_V1_3;
}

static struct joblib_template__record record_of(
    const struct joblib_template__nodes *nodes, size_t i)
{
    bool is_leaf = nodes->left[i] < 0;
    return (struct joblib_template__record){
        .left_child = is_leaf ? -1 : nodes->left[i],
        .right_child = is_leaf ? -1 : nodes->right[i],
        .feature = is_leaf ? UNDEFINED : nodes->feature[i],
        .threshold = is_leaf ? UNDEFINED : nodes->threshold[i],
        .impurity = nodes->impurity ? nodes->impurity[i] : 0,
        .n_node_samples = nodes->sample_count ? nodes->sample_count[i] : 0,
        .weighted_n_node_samples = nodes->weighted_count ? nodes->weighted_count[i] : 0,
        .missing_go_to_left = nodes->missing_left && nodes->missing_left[i] != 0,
    };
}

static joblib_status make_records(struct joblib_template *made,
                                  const struct joblib_template__nodes *nodes,
                                  joblib_value **out, joblib_error *error)
{
    struct joblib_template__record *records;
    JOBLIB_TRY(
        joblib_template__room(made, nodes->count, sizeof *records, &records, error));
    for (size_t i = 0; i < nodes->count; i++) records[i] = record_of(nodes, i);
    return joblib_template__make_records(made, records, nodes->count, out, error);
}

joblib_status joblib_template__make_records(struct joblib_template *made,
                                            const struct joblib_template__record *records,
                                            size_t count, joblib_value **out,
                                            joblib_error *error)
{
    char *bytes;
    joblib_value *dtype;
    joblib_array view;
    int64_t stride, shape[1] = {(int64_t)count};
    size_t size =
        has_missing(made) ? JOBLIB_TEMPLATE_NODE_SIZE : JOBLIB_TEMPLATE_OLD_NODE_SIZE;
    JOBLIB_TRY(joblib_template__room(made, count, size, &bytes, error));
    for (size_t i = 0; i < count; i++) memcpy(bytes + i * size, &records[i], size);
    JOBLIB_TRY(joblib_builder_dtype(made->builder, has_missing(made) ? NODE_64 : NODE_56,
                                    &dtype, error));
    joblib_array__view(&view, bytes, joblib_value_dtype(dtype), shape, &stride, 1, false);
    return joblib_builder_array(made->builder, &view, 0, out, error);
}

#undef NODE_FIELDS
#undef NODE_56
#undef NODE_64
#undef UNDEFINED

/* Tree(n_features, array of the number of classes of each output, n_outputs) */
static joblib_status make_arguments(struct joblib_template *made,
                                    const struct joblib_template__nodes *nodes,
                                    joblib_value **out, joblib_error *error)
{
    joblib_value *items[3];
    int64_t *counts, shape[1] = {nodes->outputs};
    JOBLIB_TRY(joblib_template__room(made, (size_t)nodes->outputs, sizeof *counts,
                                     &counts, error));
    for (int64_t i = 0; i < nodes->outputs; i++) counts[i] = nodes->classes;
    JOBLIB_TRY(joblib_builder_int64(
        made->builder, made->sizes[JOBLIB_TEMPLATE_FEATURES].count, &items[0], error));
    JOBLIB_TRY(joblib_template__array(made->builder, JOBLIB_NUMBER_INT64, counts, shape,
                                      1, &items[1], error));
    JOBLIB_TRY(joblib_builder_int64(made->builder, nodes->outputs, &items[2], error));
    return joblib_template__tuple(made->builder, items, 3, out, error);
}

static joblib_status set_int(struct joblib_template *made, joblib_value *object,
                             const char *name, int64_t number, joblib_error *error)
{
    joblib_value *value;
    JOBLIB_TRY(joblib_builder_int64(made->builder, number, &value, error));
    return joblib_builder_set_attribute(made->builder, object, name, value, error);
}

static joblib_status set_arrays(struct joblib_template *made,
                                const struct joblib_template__nodes *nodes,
                                joblib_value *tree, joblib_error *error)
{
    joblib_value *records, *values;
    int64_t shape[3] = {(int64_t)nodes->count, nodes->outputs, nodes->classes};
    JOBLIB_TRY(make_records(made, nodes, &records, error));
    JOBLIB_TRY(joblib_template__array(made->builder, JOBLIB_NUMBER_FLOAT64, nodes->values,
                                      shape, 3, &values, error));
    JOBLIB_TRY(
        joblib_builder_set_attribute(made->builder, tree, "nodes", records, error));
    return joblib_builder_set_attribute(made->builder, tree, "values", values, error);
}

joblib_status joblib_template__make_tree(struct joblib_template *made,
                                         const struct joblib_template__nodes *nodes,
                                         joblib_value **out, joblib_error *error)
{
    joblib_value *class, *arguments, *tree;
    JOBLIB_TRY(joblib_builder_global(made->builder, "sklearn.tree._tree", "Tree", &class,
                                     error));
    JOBLIB_TRY(make_arguments(made, nodes, &arguments, error));
    JOBLIB_TRY(joblib_builder_object(made->builder, JOBLIB_FORM_REDUCE, class, arguments,
                                     NULL, &tree, error));
    JOBLIB_TRY(set_int(made, tree, "max_depth", nodes->max_depth, error));
    JOBLIB_TRY(set_int(made, tree, "node_count", (int64_t)nodes->count, error));
    JOBLIB_TRY(set_arrays(made, nodes, tree, error));
    *out = tree;
    return JOBLIB_OK;
}
