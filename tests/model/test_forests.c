/* Forests and classifiers whose trees, classes and settings contradict each other. */
#include "support/models.h"
#include "support/test.h"

#define NODES "node[3]{(1,2,0,0.5),(-1,-1,-2,-2),(-1,-1,-2,-2)}"
#define LONG_NODES "node64[3]{(1,2,0,0.5,1),(-1,-1,-2,-2,0),(-1,-1,-2,-2,0)}"
#define TREE(arguments, nodes, values) \
    "sklearn.tree._tree.Tree(" arguments ", max_depth=1, node_count=3, nodes=" nodes \
    ", values=" values ")"

/* Trees of one target: of two classes, and of a number. */
#define TWO_CLASSES TREE("2, i8[1]{2}, 1", NODES, "f8[3,1,2]{3,1,3,0,0,1}")
#define NUMBER TREE("2, i8[1]{1}, 1", NODES, "f8[3,1,1]{1.5,1,2}")

#define CLASSIFIER(tree, classes) \
    "sklearn.tree._classes.DecisionTreeClassifier(n_features_in_=2, n_outputs_=1, " \
    "classes_=" classes ", tree_=" tree ", _sklearn_version='1.2.2')"
#define REGRESSOR(tree) \
    "sklearn.tree._classes.DecisionTreeRegressor(n_features_in_=2, tree_=" tree \
    ", _sklearn_version='1.2.2')"
#define FOREST(trees, classes) \
    "sklearn.ensemble._forest.RandomForestClassifier(n_features_in_=2, " \
    "estimators_=" trees ", classes_=" classes ", _sklearn_version='1.2.2')"
#define REGRESSORS(trees) \
    "sklearn.ensemble._forest.RandomForestRegressor(n_features_in_=2, " \
    "estimators_=" trees ", _sklearn_version='1.2.2')"

#define GOOD_TREE CLASSIFIER(TWO_CLASSES, "f8[2]{0,1}")
#define LABELS "i8[2]{7,9}"

/* Leaf counts (3, 0) and (0, 1): a forest of two such trees is sure of either class. */
static void averages_its_trees(void)
{
    static const double rows[] = {0.25, 9, 0.75, 9};
    double out[4] = {0};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_model *model = NULL;
    joblib_input input;
    CHECK_OK(model_from(FOREST("[" GOOD_TREE ", " GOOD_TREE "]", LABELS), NULL, &model,
                        &error),
             &error);
    joblib_input_dense(&input, rows, JOBLIB_NUMBER_FLOAT64, 2, 2);
    CHECK_OK(joblib_model_fill(model, JOBLIB_METHOD_PREDICT_PROBA, &input, NULL, out, 4,
                               &error),
             &error);
    CHECK_EQ_DOUBLE(out[0], 1.0);
    CHECK_EQ_DOUBLE(out[1], 0.0);
    CHECK_EQ_DOUBLE(out[2], 0.0);
    CHECK_EQ_DOUBLE(out[3], 1.0);
    CHECK_OK(joblib_model_fill(model, JOBLIB_METHOD_PREDICT, &input, NULL, out, 2,
                               &error),
             &error);
    CHECK_EQ_DOUBLE(out[0], 7.0);
    CHECK_EQ_DOUBLE(out[1], 9.0);
    joblib_model_release(model);
}

static void refuses_classes_that_do_not_fit_the_tree(void)
{
    static const struct refused_model rows[] = {
        {"a class too few", CLASSIFIER(TWO_CLASSES, "i8[1]{0}"), JOBLIB_ERROR_MODEL,
         "classes_"},
        {"a class too many", CLASSIFIER(TWO_CLASSES, "i8[3]{0,1,2}"), JOBLIB_ERROR_MODEL,
         "classes_"},
        {"no classes", CLASSIFIER(TWO_CLASSES, "i8[0]{}"), JOBLIB_ERROR_MODEL,
         "classes_"},
        {"classes of two targets", CLASSIFIER(TWO_CLASSES, "[i8[2]{0,1}, i8[2]{0,1}]"),
         JOBLIB_ERROR_MODEL, "classes_"},
        {"a matrix of classes", CLASSIFIER(TWO_CLASSES, "i8[2,1]{0,1}"),
         JOBLIB_ERROR_MODEL, "classes_"},
        {"an empty list", CLASSIFIER(TWO_CLASSES, "[]"), JOBLIB_ERROR_MODEL, "classes_"},
        {"a list of numbers", CLASSIFIER(TWO_CLASSES, "[0, 1]"), JOBLIB_ERROR_MODEL,
         "classes_"},
        {"a text", CLASSIFIER(TWO_CLASSES, "'ab'"), JOBLIB_ERROR_MODEL, "classes_"},
        {"None", CLASSIFIER(TWO_CLASSES, "None"), JOBLIB_ERROR_MODEL, "classes_"},
        {"no classes_",
         "sklearn.tree._classes.DecisionTreeClassifier(tree_=" TWO_CLASSES ")",
         JOBLIB_ERROR_MODEL, "classes_"},
    };
    CHECK_REFUSED(rows);
}

static void refuses_values_that_do_not_fit_the_classes(void)
{
    static const struct refused_model rows[] = {
        {"one number a node",
         CLASSIFIER(TREE("2, i8[1]{2}, 1", NODES, "f8[3,1,1]{1}"), "i8[2]{0,1}"),
         JOBLIB_ERROR_MODEL, "tree_.values"},
        {"the larger of two targets",
         CLASSIFIER(TREE("2, i8[2]{2,3}, 2", NODES, "f8[3,2,2]{1}"),
                    "[i8[2]{0,1}, i8[3]{0,1,2}]"),
         JOBLIB_ERROR_MODEL, "tree_.values"},
        {"targets that swapped places",
         CLASSIFIER(TREE("2, i8[2]{3,2}, 2", NODES, "f8[3,2,3]{1}"),
                    "[i8[2]{0,1}, i8[3]{0,1,2}]"),
         JOBLIB_ERROR_MODEL, "classes_"},
    };
    CHECK_REFUSED(rows);
}

static void refuses_forests_without_trees(void)
{
    static const struct refused_model rows[] = {
        {"an empty list", REGRESSORS("[]"), JOBLIB_ERROR_MODEL, "estimators_"},
        {"None", REGRESSORS("None"), JOBLIB_ERROR_MODEL, "estimators_"},
        {"a tree alone", REGRESSORS(REGRESSOR(NUMBER)), JOBLIB_ERROR_MODEL,
         "estimators_"},
        {"a dict", REGRESSORS("{0: 1}"), JOBLIB_ERROR_MODEL, "estimators_"},
        {"a number in the list", REGRESSORS("[" REGRESSOR(NUMBER) ", 5]"),
         JOBLIB_ERROR_MODEL, "estimators_[1]"},
        {"None in the list", REGRESSORS("[None]"), JOBLIB_ERROR_MODEL, "estimators_[0]"},
        {"a forest that was not fitted",
         "sklearn.ensemble._forest.RandomForestRegressor(n_estimators=3)",
         JOBLIB_ERROR_MODEL, "estimators_"},
    };
    CHECK_REFUSED(rows);
}

static void refuses_trees_that_are_of_another_kind(void)
{
    static const struct refused_model rows[] = {
        {"a classifier in a regressor",
         REGRESSORS("[" REGRESSOR(NUMBER) ", " GOOD_TREE "]"), JOBLIB_ERROR_MODEL,
         "estimators_[1]"},
        {"a regressor in a classifier", FOREST("[" REGRESSOR(NUMBER) "]", LABELS),
         JOBLIB_ERROR_MODEL, "estimators_[0]"},
        {"a forest in a forest",
         FOREST("[" FOREST("[" GOOD_TREE "]", LABELS) "]", LABELS), JOBLIB_ERROR_MODEL,
         "estimators_[0]"},
        {"a linear model",
         REGRESSORS("[sklearn.linear_model._base.LinearRegression(coef_=f8[2]{1}, "
                    "intercept_=0.0)]"),
         JOBLIB_ERROR_MODEL, "estimators_[0]"},
        {"a class that is not known", REGRESSORS("[some.module.Tree(a=1)]"),
         JOBLIB_ERROR_ESTIMATOR, "estimators_[0]"},
    };
    CHECK_REFUSED(rows);
}

#define OTHER_TREE(features, arguments, nodes, values, classes) \
    "sklearn.tree._classes.DecisionTreeClassifier(n_features_in_=" features \
    ", classes_=" classes \
    ", tree_=" TREE(arguments, nodes, values) ", _sklearn_version='1.2.2')"
#define THREE_CLASSES \
    OTHER_TREE("2", "2, i8[1]{3}, 1", NODES, "f8[3,1,3]{1}", "f8[3]{0,1,2}")
#define TWO_TARGETS \
    OTHER_TREE("2", "2, i8[2]{2,2}, 2", NODES, "f8[3,2,2]{1}", "[f8[2]{0,1}, f8[2]{0,1}]")
#define THREE_FEATURES \
    OTHER_TREE("3", "3, i8[1]{2}, 1", NODES, "f8[3,1,2]{1}", "f8[2]{0,1}")
#define LONG_TREE \
    OTHER_TREE("2", "2, i8[1]{2}, 1", LONG_NODES, "f8[3,1,2]{1}", "f8[2]{0,1}")

static void refuses_trees_that_differ(void)
{
    static const struct refused_model rows[] = {
        {"in classes", FOREST("[" GOOD_TREE ", " THREE_CLASSES "]", LABELS),
         JOBLIB_ERROR_MODEL, "estimators_[1].tree_"},
        {"in targets", FOREST("[" GOOD_TREE ", " TWO_TARGETS "]", LABELS),
         JOBLIB_ERROR_MODEL, "estimators_[1].tree_"},
        {"in features", FOREST("[" GOOD_TREE ", " THREE_FEATURES "]", LABELS),
         JOBLIB_ERROR_MODEL, "estimators_[1].tree_"},
        {"in the size of nodes", FOREST("[" GOOD_TREE ", " LONG_TREE "]", LABELS),
         JOBLIB_ERROR_MODEL, "estimators_[1].tree_"},
        {"in features from the forest", FOREST("[" THREE_FEATURES "]", LABELS),
         JOBLIB_ERROR_MODEL, "estimators_[0].tree_"},
        {"in classes from the forest", FOREST("[" THREE_CLASSES "]", LABELS),
         JOBLIB_ERROR_MODEL, "classes_"},
        {"in targets from the forest", FOREST("[" TWO_TARGETS "]", LABELS),
         JOBLIB_ERROR_MODEL, "classes_"},
    };
    CHECK_REFUSED(rows);
}

/* The whole comes first, then each part that cannot run: both are reported. */
static void count_failed_parts(void *ctx, const joblib_model_part *part)
{
    int *counts = ctx;
    counts[0]++;
    if (part->status != JOBLIB_OK) counts[1]++;
    CHECK((part->status == JOBLIB_OK) == (part->reason[0] == '\0'));
}

static void reports_every_broken_tree(void)
{
    int counts[2] = {0, 0};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_model *model = NULL;
    joblib_model_options options = JOBLIB_MODEL_OPTIONS_INIT;
    options.report = count_failed_parts;
    options.report_ctx = counts;
    joblib_document *document = document_from(FOREST(
        "[" CLASSIFIER("None", LABELS) ", " GOOD_TREE
                                       ", " CLASSIFIER(TWO_CLASSES, "i8[3]{0}") "]",
        LABELS));
    joblib_status status = joblib_model_new(document, NULL, &options, &model, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_MODEL, JOBLIB_NO_OFFSET);
    CHECK_EQ_TEXT(error.path, "estimators_[0].tree_");
    CHECK(strstr(error.message, "estimators_[2]") != NULL);
    CHECK_EQ_INT(counts[0], 4);
    CHECK_EQ_INT(counts[1], 3);
    joblib_document_release(document);
}

int main(void)
{
    RUN(averages_its_trees);
    RUN(refuses_classes_that_do_not_fit_the_tree);
    RUN(refuses_values_that_do_not_fit_the_classes);
    RUN(refuses_forests_without_trees);
    RUN(refuses_trees_that_are_of_another_kind);
    RUN(refuses_trees_that_differ);
    RUN(reports_every_broken_tree);
    return test_finish();
}
