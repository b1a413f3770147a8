/* Trees whose nodes would make a walk leave the arrays, or never end, are refused. */
#include "support/models.h"
#include "support/test.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* A tree for two features: the root, two leaves. */
#define NODES "node[3]{(1,2,0,0.5),(-1,-1,-2,-2),(-1,-1,-2,-2)}"
#define VALUES "f8[3,1,1]{1.5,1,2}"
#define TREE_WITH(arguments, depth, count, nodes, values) \
    "sklearn.tree._tree.Tree(" arguments ", max_depth=" depth ", node_count=" count \
    ", nodes=" nodes ", values=" values ")"
#define TREE_OF(arguments, count, nodes, values) \
    TREE_WITH(arguments, "1", count, nodes, values)
#define TREE(count, nodes, values) TREE_OF("2, i8[1]{1}, 1", count, nodes, values)
#define REGRESSOR(tree, rest) \
    "sklearn.tree._classes.DecisionTreeRegressor(n_features_in_=2, n_outputs_=1, " \
    "criterion='squared_error', splitter='best', _sklearn_version='1.2.2', " \
    "tree_=" tree rest ")"

/* Row `nodes` in place of the right ones. */
#define WRONG_NODES(what, nodes) \
    { \
        what, REGRESSOR(TREE("3", nodes, VALUES), ""), JOBLIB_ERROR_MODEL, "tree_.nodes" \
    }
#define WRONG_COUNT(what, count) \
    { \
        what, REGRESSOR(TREE(count, NODES, VALUES), ""), JOBLIB_ERROR_MODEL, \
            "tree_.node_count" \
    }
#define WRONG_VALUES(what, values) \
    { \
        what, REGRESSOR(TREE("3", NODES, values), ""), JOBLIB_ERROR_MODEL, \
            "tree_.values" \
    }
#define WRONG_ARGUMENTS(what, arguments) \
    { \
        what, REGRESSOR(TREE_OF(arguments, "3", NODES, VALUES), ""), JOBLIB_ERROR_MODEL, \
            "tree_" \
    }

#define LEAVES "(-1,-1,-2,-2),(-1,-1,-2,-2)"

/* x[0] = 0.25 goes left, 0.75 and NaN go right. */
static void predicts_the_leaf_of_each_row(void)
{
    static const double rows[] = {0.25, 9, 0.75, 9, 0.5, 9};
    double out[3] = {0};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_model *model = NULL;
    joblib_input input;
    CHECK_OK(model_from(REGRESSOR(TREE("3", NODES, VALUES), ""), NULL, &model, &error),
             &error);
    joblib_input_dense(&input, rows, JOBLIB_NUMBER_FLOAT64, 3, 2);
    CHECK_OK(joblib_model_fill(model, JOBLIB_METHOD_PREDICT, &input, NULL, out, 3,
                               &error),
             &error);
    CHECK_EQ_DOUBLE(out[0], 1.0);
    CHECK_EQ_DOUBLE(out[1], 2.0);
    CHECK_EQ_DOUBLE(out[2], 1.0);
    joblib_model_release(model);
}

static void refuses_children_outside_the_tree(void)
{
    static const struct refused_model rows[] = {
        WRONG_NODES("left child 3 of 3", "node[3]{(3,2,0,0.5)," LEAVES "}"),
        WRONG_NODES("left child 999999", "node[3]{(999999,2,0,0.5)," LEAVES "}"),
        WRONG_NODES("left child 2^40", "node[3]{(1099511627776,2,0,0.5)," LEAVES "}"),
        WRONG_NODES("left child -7", "node[3]{(-7,2,0,0.5)," LEAVES "}"),
        WRONG_NODES("right child 3 of 3", "node[3]{(1,3,0,0.5)," LEAVES "}"),
        WRONG_NODES("right child -7", "node[3]{(1,-7,0,0.5)," LEAVES "}"),
        WRONG_NODES("right child 2^62",
                    "node[3]{(1,4611686018427387904,0,0.5)," LEAVES "}"),
        WRONG_NODES("right child 2^32 + 2", "node[3]{(1,4294967298,0,0.5)," LEAVES "}"),
    };
    CHECK_REFUSED(rows);
}

static void refuses_walks_that_never_end(void)
{
    static const struct refused_model rows[] = {
        WRONG_NODES("a root that is its own child", "node[3]{(0,2,0,0.5)," LEAVES "}"),
        WRONG_NODES("a node that is its own child",
                    "node[3]{(1,2,0,0.5),(1,2,0,0.5),(-1,-1,-2,-2)}"),
        WRONG_NODES("two nodes that are each other's child",
                    "node[3]{(1,2,0,0.5),(2,2,0,0.5),(1,1,0,0.5)}"),
        WRONG_NODES("a child before its parent",
                    "node[3]{(1,2,0,0.5),(-1,-1,-2,-2),(1,0,0,0.5)}"),
        WRONG_NODES("a child that is left and right", "node[3]{(1,1,0,0.5)," LEAVES "}"),
        WRONG_NODES("a node with two parents",
                    "node[3]{(1,2,0,0.5),(2,2,0,0.5),(-1,-1,-2,-2)}"),
        WRONG_NODES("a node without parent",
                    "node[3]{(-1,-1,-2,-2),(-1,-1,-2,-2),(-1,-1,-2,-2)}"),
    };
    CHECK_REFUSED(rows);
}

static void refuses_nodes_that_are_half_a_leaf(void)
{
    static const struct refused_model rows[] = {
        WRONG_NODES("a leaf with a right child",
                    "node[3]{(1,2,0,0.5),(-1,2,-2,-2),(-1,-1,-2,-2)}"),
        WRONG_NODES("a node without right child", "node[3]{(1,-1,0,0.5)," LEAVES "}"),
        WRONG_NODES("a leaf that compares a feature",
                    "node[3]{(1,2,0,0.5),(-1,-1,1,-2),(-1,-1,-2,-2)}"),
    };
    CHECK_REFUSED(rows);
}

static void refuses_features_outside_the_input(void)
{
    static const struct refused_model rows[] = {
        WRONG_NODES("feature 2 of 2", "node[3]{(1,2,2,0.5)," LEAVES "}"),
        WRONG_NODES("feature 10^9", "node[3]{(1,2,1000000000,0.5)," LEAVES "}"),
        WRONG_NODES("feature -1", "node[3]{(1,2,-1,0.5)," LEAVES "}"),
        WRONG_NODES("feature -2 in a node", "node[3]{(1,2,-2,0.5)," LEAVES "}"),
        WRONG_NODES("feature -3", "node[3]{(1,2,-3,0.5)," LEAVES "}"),
        WRONG_NODES("feature 2^32", "node[3]{(1,2,4294967296,0.5)," LEAVES "}"),
    };
    CHECK_REFUSED(rows);
}

static void refuses_node_counts_that_lie(void)
{
    static const struct refused_model rows[] = {
        WRONG_COUNT("one node fewer", "2"),
        WRONG_COUNT("one node more", "4"),
        WRONG_COUNT("a million nodes", "1000000"),
        WRONG_COUNT("no node", "0"),
        WRONG_COUNT("minus three nodes", "-3"),
        WRONG_COUNT("a float", "3.0"),
        WRONG_COUNT("a text", "'3'"),
        WRONG_COUNT("None", "None"),
        {"nodes without any", REGRESSOR(TREE("0", "node[0]{}", "f8[0,1,1]{}"), ""),
         JOBLIB_ERROR_MODEL, "tree_.nodes"},
    };
    CHECK_REFUSED(rows);
}

static void refuses_nodes_of_another_form(void)
{
    static const struct refused_model rows[] = {
        WRONG_NODES("numbers", "f8[3]{0}"),
        WRONG_NODES("a matrix", "node[3,1]{(1,2,0,0.5)," LEAVES "}"),
        WRONG_NODES("a list", "[1, 2, 3]"),
        WRONG_NODES("None", "None"),
        WRONG_NODES("objects", "O[3]{1,2,3}"),
    };
    CHECK_REFUSED(rows);
}

static void refuses_values_of_another_form(void)
{
    static const struct refused_model rows[] = {
        WRONG_VALUES("a row too few", "f8[2,1,1]{1}"),
        WRONG_VALUES("a row too many", "f8[4,1,1]{1}"),
        WRONG_VALUES("no values", "f8[0,1,1]{}"),
        WRONG_VALUES("two targets", "f8[3,2,1]{1}"),
        WRONG_VALUES("two classes", "f8[3,1,2]{1}"),
        WRONG_VALUES("a matrix", "f8[3,1]{1}"),
        WRONG_VALUES("a vector", "f8[3]{1}"),
        WRONG_VALUES("four dimensions", "f8[3,1,1,1]{1}"),
        WRONG_VALUES("floats of four bytes", "f4[3,1,1]{1}"),
        WRONG_VALUES("integers", "i8[3,1,1]{1}"),
        WRONG_VALUES("text", "U3[3,1,1]{a}"),
        WRONG_VALUES("a list", "[1.0, 2.0, 3.0]"),
        WRONG_VALUES("a number", "1.5"),
    };
    CHECK_REFUSED(rows);
}

static void refuses_trees_of_impossible_sizes(void)
{
    static const struct refused_model rows[] = {
        WRONG_ARGUMENTS("no features", "0, i8[1]{1}, 1"),
        WRONG_ARGUMENTS("negative features", "-2, i8[1]{1}, 1"),
        WRONG_ARGUMENTS("2^40 features", "1099511627776, i8[1]{1}, 1"),
        WRONG_ARGUMENTS("other features than the estimator", "3, i8[1]{1}, 1"),
        WRONG_ARGUMENTS("no targets", "2, i8[0]{}, 0"),
        WRONG_ARGUMENTS("negative targets", "2, i8[1]{1}, -1"),
        WRONG_ARGUMENTS("more targets than class counts", "2, i8[1]{1}, 2"),
        WRONG_ARGUMENTS("2^62 targets", "2, i8[1]{1}, 4611686018427387904"),
        WRONG_ARGUMENTS("no classes", "2, i8[1]{0}, 1"),
        WRONG_ARGUMENTS("negative classes", "2, i8[1]{-1}, 1"),
        WRONG_ARGUMENTS("2^60 classes", "2, i8[1]{1152921504606846976}, 1"),
        WRONG_ARGUMENTS("classes that are floats", "2, f8[1]{1}, 1"),
        WRONG_ARGUMENTS("classes as a list", "2, [1], 1"),
        WRONG_ARGUMENTS("one argument", "2"),
        WRONG_ARGUMENTS("a text for features", "'2', i8[1]{1}, 1"),
        {"a regressor with two classes",
         REGRESSOR(TREE_OF("2, i8[1]{2}, 1", "3", NODES, "f8[3,1,2]{1}"), ""),
         JOBLIB_ERROR_MODEL, "tree_"},
    };
    CHECK_REFUSED(rows);
}

static void refuses_what_is_no_tree(void)
{
    static const struct refused_model rows[] = {
        {"None", REGRESSOR("None", ""), JOBLIB_ERROR_MODEL, "tree_"},
        {"an array", REGRESSOR("f8[3]{1}", ""), JOBLIB_ERROR_MODEL, "tree_"},
        {"an object of another class", REGRESSOR("sklearn.tree._tree.Other(a=1)", ""),
         JOBLIB_ERROR_MODEL, "tree_"},
        {"a tree without state", REGRESSOR("sklearn.tree._tree.Tree(2, i8[1]{1}, 1)", ""),
         JOBLIB_ERROR_MODEL, "tree_.nodes"},
        {"a tree that was not fitted",
         "sklearn.tree._classes.DecisionTreeRegressor(max_depth=3)", JOBLIB_ERROR_MODEL,
         "tree_"},
        {"features that are a text",
         REGRESSOR(TREE("3", NODES, VALUES), ", n_features_in_='2'"), JOBLIB_ERROR_MODEL,
         "n_features_in_"},
        {"a negative number of features",
         REGRESSOR(TREE("3", NODES, VALUES), ", n_features_in_=-1"), JOBLIB_ERROR_MODEL,
         "n_features_in_"},
        {"other features", REGRESSOR(TREE("3", NODES, VALUES), ", n_features_in_=3"),
         JOBLIB_ERROR_MODEL, "tree_"},
    };
    CHECK_REFUSED(rows);
}

/* How deep a tree is follows from its nodes. */
static void looks_at_no_depth(void)
{
    static const char *const notations[] = {
        REGRESSOR(TREE_WITH("2, i8[1]{1}, 1", "0", "3", NODES, VALUES), ""),
        REGRESSOR(TREE_WITH("2, i8[1]{1}, 1", "-5", "3", NODES, VALUES), ""),
        REGRESSOR(TREE_WITH("2, i8[1]{1}, 1", "2**62", "3", NODES, VALUES), ""),
        REGRESSOR(TREE_WITH("2, i8[1]{1}, 1", "'1'", "3", NODES, VALUES), ""),
    };
    static const double row[] = {0.75, 9};
    joblib_input input;
    joblib_input_dense(&input, row, JOBLIB_NUMBER_FLOAT64, 1, 2);
    for (size_t i = 0; i < COUNT(notations); i++) {
        double out = 0;
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_model *model = NULL;
        CHECK_OK(model_from(notations[i], NULL, &model, &error), &error);
        CHECK_OK(joblib_model_fill(model, 0, &input, NULL, &out, 1, &error), &error);
        CHECK_EQ_DOUBLE(out, 2.0);
        joblib_model_release(model);
    }
}

/* NaN is in no order with a threshold, and infinity is one. */
static void walks_by_thresholds_that_are_no_numbers(void)
{
    static const struct {
        const char *notation;
        double expected;
    } cases[] = {
        {REGRESSOR(TREE("3", "node[3]{(1,2,0,nan)," LEAVES "}", VALUES), ""), 2.0},
        {REGRESSOR(TREE("3", "node[3]{(1,2,0,inf)," LEAVES "}", VALUES), ""), 1.0},
        {REGRESSOR(TREE("3", "node[3]{(1,2,0,-inf)," LEAVES "}", VALUES), ""), 2.0},
        {REGRESSOR(TREE("3", ">node[3]{(1,2,0,0.5)," LEAVES "}", VALUES), ""), 1.0},
        {REGRESSOR(TREE("3", NODES, ">f8[3,1,1]{9,7,8}"), ""), 7.0},
    };
    static const float row[] = {0.25f, 9};
    joblib_input input;
    joblib_input_dense(&input, row, JOBLIB_NUMBER_FLOAT32, 1, 2);
    for (size_t i = 0; i < COUNT(cases); i++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_model *model = NULL, *prepared = NULL;
        double out[2] = {0};
        CHECK_OK(model_from(cases[i].notation, NULL, &model, &error), &error);
        CHECK_OK(joblib_model_prepare(model, &prepared, &error), &error);
        CHECK_OK(joblib_model_fill(model, 0, &input, NULL, &out[0], 1, &error), &error);
        CHECK_OK(joblib_model_fill(prepared, 0, &input, NULL, &out[1], 1, &error),
                 &error);
        CHECK_EQ_DOUBLE(out[0], cases[i].expected);
        CHECK_EQ_DOUBLE(out[1], cases[i].expected);
        joblib_model_release(prepared);
        joblib_model_release(model);
    }
}

int main(void)
{
    RUN(predicts_the_leaf_of_each_row);
    RUN(refuses_children_outside_the_tree);
    RUN(refuses_walks_that_never_end);
    RUN(refuses_nodes_that_are_half_a_leaf);
    RUN(refuses_features_outside_the_input);
    RUN(refuses_node_counts_that_lie);
    RUN(refuses_nodes_of_another_form);
    RUN(refuses_values_of_another_form);
    RUN(refuses_trees_of_impossible_sizes);
    RUN(refuses_what_is_no_tree);
    RUN(looks_at_no_depth);
    RUN(walks_by_thresholds_that_are_no_numbers);
    return test_finish();
}
