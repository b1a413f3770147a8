/*
 * Trees: a node has a byte more since 1.3, and leaves of classifiers hold fractions of the
 * weight since 1.4, weights before.
 */
#include <math.h>
#include <string.h>

#include "base/try.h"
#include "template/tree_record.h"
#include "template/upgrade/rules.h"

typedef struct joblib_template__record upgraded_record;

/* The nodes of a tree, in memory of a template. */
struct upgraded_nodes {
    struct joblib_template *made;
    upgraded_record *records;
    size_t count;
    bool has_missing; /* the last field is there */
};

/* A template only for its room and its release. */
static joblib_status open_room(const struct joblib_upgrade__run *run,
                               struct joblib_template **out, joblib_error *error)
{
    return joblib_template_new(run->builder, "DecisionTreeRegressor", run->version, out,
                               error);
}

static bool is_field(const joblib_dtype *dtype, size_t index, const char *name,
                     const char *form, size_t offset)
{
    const char *own_name;
    const joblib_dtype *own;
    size_t own_offset;
    return joblib_dtype_field(dtype, index, &own_name, &own, &own_offset) &&
           strcmp(own_name, name) == 0 && own_offset == offset &&
           strcmp(joblib_dtype_text(own), form) == 0;
}

/* Whether nodes are as a 64-bit scikit-learn has them in memory on this machine. */
static bool has_layout(const joblib_dtype *dtype, bool *has_missing)
{
    static const struct {
        const char *name;
        const char *form;
    } fields[] = {{"left_child", "<i8"},
                  {"right_child", "<i8"},
                  {"feature", "<i8"},
                  {"threshold", "<f8"},
                  {"impurity", "<f8"},
                  {"n_node_samples", "<i8"},
                  {"weighted_n_node_samples", "<f8"},
                  {"missing_go_to_left", "|u1"}};
    size_t size = joblib_dtype_itemsize(dtype);
    *has_missing = size == JOBLIB_TEMPLATE_NODE_SIZE;
    size_t count = *has_missing ? 8 : 7;
    if (size != JOBLIB_TEMPLATE_NODE_SIZE && size != JOBLIB_TEMPLATE_OLD_NODE_SIZE)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!is_field(dtype, i, fields[i].name, fields[i].form, 8 * i)) return false;
    return true;
}

static bool is_little_endian(void)
{
    const uint16_t one = 1;
    uint8_t first;
    memcpy(&first, &one, 1);
    return first == 1;
}

static joblib_status read_upgraded_nodes(struct joblib_template *made,
                                         const joblib_value *tree, const char *place,
                                         struct upgraded_nodes *out, joblib_error *error)
{
    joblib_array view = JOBLIB_ARRAY_INIT;
    const joblib_value *nodes = joblib_value_attribute(tree, "nodes");
    *out = (struct upgraded_nodes){.made = made};
    if (joblib_value_array(nodes, &view, NULL) != JOBLIB_OK || view.ndim != 1 ||
        !has_layout(view.dtype, &out->has_missing) || !is_little_endian())
        return joblib_upgrade__refuse(
            error, place, "nodes of another layout than that of a 64-bit Python");
    size_t size = joblib_dtype_itemsize(view.dtype);
    JOBLIB_TRY(joblib_template__room(made, view.count, sizeof *out->records,
                                     &out->records, error));
    out->count = view.count;
    memset(out->records, 0, view.count * sizeof *out->records);
    for (size_t i = 0; i < view.count; i++)
        memcpy(&out->records[i], (const char *)view.data + (int64_t)i * view.strides[0],
               size);
    return JOBLIB_OK;
}

static bool is_child(const struct upgraded_nodes *nodes, int64_t child)
{
    return child >= 0 && (uint64_t)child < nodes->count;
}

/* Where nothing was missing, missing values go to the child of most samples, or all right. */
static bool goes_to_most(const struct upgraded_nodes *nodes,
                         const upgraded_record *record)
{
    if (!is_child(nodes, record->left_child) || !is_child(nodes, record->right_child))
        return true;
    return record->missing_go_to_left ==
           (nodes->records[record->left_child].n_node_samples >
            nodes->records[record->right_child].n_node_samples);
}

/* Whether the training had missing values: an older release has no place for them. */
static bool knows_missing(const struct upgraded_nodes *nodes)
{
    bool has_left = false, is_usual = true;
    for (size_t i = 0; i < nodes->count; i++) {
        const upgraded_record *record = &nodes->records[i];
        if (record->left_child < 0) continue;
        if (isinf(record->threshold)) return true;
        has_left |= record->missing_go_to_left != 0;
        is_usual &= goes_to_most(nodes, record);
    }
    return has_left && !is_usual;
}

static joblib_status rewrite_nodes(struct joblib_template *made, joblib_value *tree,
                                   joblib_error *error)
{
    struct upgraded_nodes nodes;
    joblib_value *records;
    bool wants_missing = made->release >= JOBLIB_TEMPLATE_V1_3;
    JOBLIB_TRY(read_upgraded_nodes(made, tree, "nodes", &nodes, error));
    if (nodes.has_missing == wants_missing) return JOBLIB_OK;
    if (!wants_missing && knows_missing(&nodes))
        return joblib_upgrade__refuse(
            error, "nodes",
            "the tree was trained with missing values, which trees of "
            "scikit-learn %s do not take",
            made->version);
    JOBLIB_TRY(
        joblib_template__make_records(made, nodes.records, nodes.count, &records, error));
    return joblib_builder_set_attribute(made->builder, tree, "nodes", records, error);
}

joblib_status joblib_upgrade__tree(struct joblib_upgrade__run *run, joblib_value *tree,
                                   joblib_error *error)
{
    struct joblib_template *made;
    JOBLIB_TRY(open_room(run, &made, error));
    joblib_status status = rewrite_nodes(made, tree, error);
    joblib_template_free(made);
    return status;
}

/* Values of classifiers */

/* How far from a whole number a weight may be that is one. */
#define NEARLY 1e-9

static double weight_of(double fraction, double total)
{
    double weight = fraction * total, whole = rint(weight);
    return fabs(weight - whole) <= NEARLY * fabs(whole) ? whole : weight;
}

#undef NEARLY

/* One output of one node. */
static void divide_row(double *row, size_t classes)
{
    double sum = 0;
    for (size_t k = 0; k < classes; k++) sum += row[k];
    for (size_t k = 0; k < classes && sum != 0; k++) row[k] /= sum;
}

static void multiply_row(double *row, size_t classes, double total)
{
    for (size_t k = 0; k < classes; k++) row[k] = weight_of(row[k], total);
}

/* values[nodes, outputs, classes] */
static void convert_values(const struct upgraded_nodes *nodes, const joblib_array *view,
                           double *values)
{
    bool to_fractions = nodes->made->release >= JOBLIB_TEMPLATE_V1_4;
    size_t outputs = (size_t)view->shape[1], classes = (size_t)view->shape[2];
    for (size_t i = 0; i < nodes->count * outputs; i++) {
        double *row = values + i * classes;
        if (to_fractions)
            divide_row(row, classes);
        else
            multiply_row(row, classes,
                         nodes->records[i / outputs].weighted_n_node_samples);
    }
}

static joblib_status rewrite_values(struct joblib_template *made, joblib_value *tree,
                                    joblib_error *error)
{
    struct upgraded_nodes nodes;
    joblib_array view = JOBLIB_ARRAY_INIT;
    joblib_value *made_values;
    double *values;
    size_t count;
    const joblib_value *given = joblib_value_attribute(tree, "values");
    JOBLIB_TRY(read_upgraded_nodes(made, tree, "tree_.nodes", &nodes, error));
    if (joblib_value_array(given, &view, NULL) != JOBLIB_OK || view.ndim != 3 ||
        view.shape[0] != (int64_t)nodes.count || joblib_dtype_kind(view.dtype) != 'f')
        return joblib_upgrade__refuse(error, "tree_.values",
                                      "expected numbers of each node, output and class");
    JOBLIB_TRY(joblib_template__reals(made, given, &values, &count, error));
    convert_values(&nodes, &view, values);
    JOBLIB_TRY(joblib_template__array(made->builder, JOBLIB_NUMBER_FLOAT64, values,
                                      view.shape, 3, &made_values, error));
    return joblib_builder_set_attribute(made->builder, tree, "values", made_values,
                                        error);
}

joblib_status joblib_upgrade__rule_tree_values(
    const struct joblib_upgrade__estimator *estimator, joblib_error *error)
{
    struct joblib_template *made;
    joblib_value *tree = joblib_upgrade__get(estimator, "tree_");
    bool is_changed = joblib_upgrade__gains(estimator, JOBLIB_TEMPLATE_V1_4) ||
                      joblib_upgrade__loses(estimator, JOBLIB_TEMPLATE_V1_4);
    if (!is_changed || !tree) return JOBLIB_OK;
    JOBLIB_TRY(open_room(estimator->run, &made, error));
    joblib_status status = rewrite_values(made, tree, error);
    joblib_template_free(made);
    return status;
}
