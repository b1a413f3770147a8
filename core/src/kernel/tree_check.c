#include <string.h>

#include "base/try.h"
#include "kernel/tree.h"

typedef struct node_record {
    int64_t left, right, feature;
} node_record;

static node_record read_node_record(const unsigned char *at)
{
    node_record record;
    memcpy(&record.left, at + JOBLIB_TREE_LEFT, sizeof record.left);
    memcpy(&record.right, at + JOBLIB_TREE_RIGHT, sizeof record.right);
    memcpy(&record.feature, at + JOBLIB_TREE_FEATURE, sizeof record.feature);
    return record;
}

static joblib_status fail_leaf(size_t node, const node_record *record,
                               joblib_error *error)
{
    return joblib_base__set_error(error, JOBLIB_ERROR_MODEL,
                                  "leaf %zu has right child %lld, feature %lld (-1, -2)",
                                  node, (long long)record->right,
                                  (long long)record->feature);
}

static joblib_status fail_child(size_t node, int64_t child, size_t node_count,
                                joblib_error *error)
{
    return joblib_base__set_error(
        error, JOBLIB_ERROR_MODEL,
        "node %zu of %zu has child %lld (a later one is expected)", node, node_count,
        (long long)child);
}

/* Marks a child as seen; it must stand behind its parent and have no other. */
static joblib_status check_child(size_t node, int64_t child, size_t node_count,
                                 unsigned char *seen, joblib_error *error)
{
    if (child <= (int64_t)node || child >= (int64_t)node_count)
        return fail_child(node, child, node_count, error);
    JOBLIB_REQUIRE(!seen[child], JOBLIB_ERROR_MODEL, "node %lld has two parents",
                   (long long)child);
    seen[child] = 1;
    return JOBLIB_OK;
}

static joblib_status check_node(const joblib_kernel__tree *tree, size_t record_size,
                                size_t node, size_t feature_count, unsigned char *seen,
                                joblib_error *error)
{
    node_record record = read_node_record(tree->nodes + node * record_size);
    JOBLIB_REQUIRE(seen[node], JOBLIB_ERROR_MODEL, "node %zu has no parent", node);
    if (record.left == JOBLIB_TREE_NO_CHILD) {
        bool is_leaf = record.right == JOBLIB_TREE_NO_CHILD &&
                       record.feature == JOBLIB_TREE_NO_FEATURE;
        return is_leaf ? JOBLIB_OK : fail_leaf(node, &record, error);
    }
    JOBLIB_TRY(check_child(node, record.left, tree->node_count, seen, error));
    JOBLIB_TRY(check_child(node, record.right, tree->node_count, seen, error));
    JOBLIB_REQUIRE(record.feature >= 0 && (uint64_t)record.feature < feature_count,
                   JOBLIB_ERROR_MODEL, "node %zu compares feature %lld of %zu", node,
                   (long long)record.feature, feature_count);
    return JOBLIB_OK;
}

joblib_status joblib_kernel__check_tree(const joblib_kernel__tree *tree,
                                        size_t record_size, size_t feature_count,
                                        unsigned char *seen, joblib_error *error)
{
    JOBLIB_REQUIRE(tree->node_count > 0 && tree->node_count <= INT32_MAX,
                   JOBLIB_ERROR_MODEL, "the tree has %zu nodes", tree->node_count);
    memset(seen, 0, tree->node_count);
    seen[0] = 1;
    for (size_t i = 0; i < tree->node_count; i++)
        JOBLIB_TRY(check_node(tree, record_size, i, feature_count, seen, error));
    return JOBLIB_OK;
}
