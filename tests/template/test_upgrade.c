/* What an upgrade changes, keeps and refuses. What scikit-learn makes of it, tests/python tells. */
#include <stdlib.h>

#include "joblib.h"
#include "support/collected.h"
#include "support/models.h"
#include "support/test.h"
#include "support/vectors.h"

#define LOGISTIC(version, attributes) \
    "sklearn.linear_model._logistic.LogisticRegression(coef_=f8[1,2]{1,2}, " \
    "intercept_=f8[1]{0}, classes_=i8[2]{0,1}, " attributes \
    ", _sklearn_version='" version "')"
#define SOFTMAX(version, attributes) \
    "sklearn.linear_model._logistic.LogisticRegression(coef_=f8[3,1]{1,2,3}, " \
    "intercept_=f8[3]{0}, classes_=i8[3]{0,1,2}, " attributes \
    ", _sklearn_version='" version "')"
#define SCALER \
    "sklearn.preprocessing._data.StandardScaler(mean_=f8[2]{1}, scale_=f8[2]{1}, "

static joblib_error error;

/* The printed value of an upgrade; NULL where it was refused. free() it. */
static char *upgraded_text(const char *notation, const char *version)
{
    joblib_document *document = document_from(notation), *out = NULL;
    joblib_print_options options = JOBLIB_PRINT_OPTIONS_INIT;
    options.format = JOBLIB_PRINT_JSON;
    joblib_error_init(&error);
    joblib_status status = joblib_upgrade(document, version, NULL, &out, &error);
    joblib_document_release(document);
    if (status != JOBLIB_OK) {
        CHECK(out == NULL);
        CHECK_EQ_INT(error.status, status);
        return NULL;
    }
    struct collected text = {0};
    joblib_sink sink = collect_into(&text);
    CHECK_OK(joblib_value_print(joblib_document_root(out), &options, &sink, &error),
             &error);
    joblib_document_release(out);
    return text.text;
}

/* Rows: what the text of the result has, and has not. */
static const struct {
    const char *notation;
    const char *version;
    const char *has;
    const char *lacks;
} changes[] = {
    {SCALER "_sklearn_version='0.24.2')", "0.20", "sklearn.preprocessing.data", "_data"},
    {SCALER "_sklearn_version='0.22.1')", "1.6", "n_features_in_", NULL},
    {SCALER "_sklearn_version='0.22rc2')", "1.6", "n_features_in_", "0.22"},
    {SCALER "_sklearn_version='0.24.2')", "1.6", "1.6.1", "0.24"},
    {SCALER "_sklearn_version='1.6.0')", "1.6.1", "1.6.1", "n_features_in_"},
    {SCALER "_sklearn_version='1.6.0', mine=5)", "0.22", "mine", NULL},
    {SCALER "_sklearn_version='1.6.0', feature_names_in_=O[2]{'a','b'})", "0.24", "mean_",
     "feature_names_in_"},
    {"sklearn.naive_bayes.GaussianNB(theta_=f8[2,3]{1}, sigma_=f8[2,3]{2}, "
     "_sklearn_version='0.24.2')",
     "1.0", "var_", "sigma_"},
    {"sklearn.naive_bayes.GaussianNB(theta_=f8[2,3]{1}, var_=f8[2,3]{2}, "
     "_sklearn_version='1.0')",
     "0.24", "sigma_", "\"var_\""},
    {LOGISTIC("0.24.2", "penalty='none', multi_class='auto'"), "1.6", "\"coef_\"",
     "{\"str\":\"none\"}"},
    {LOGISTIC("0.24.2", "penalty='l1', multi_class='ovr'"), "1.9", "l1_ratio",
     "multi_class"},
    {LOGISTIC("1.9.1", "penalty='deprecated', l1_ratio=1.0, C=1.0"), "0.24", "\"l1\"",
     "deprecated"},
    {SOFTMAX("1.9.1", "solver='lbfgs'"), "0.20", "multinomial", NULL},
    {SOFTMAX("1.6.1", "solver='lbfgs', multi_class='deprecated'"), "1.9", "coef_",
     "multi_class"},
    {"sklearn.linear_model._ridge.Ridge(coef_=f8[2]{1}, normalize='deprecated', "
     "_sklearn_version='1.0')",
     "0.24", "normalize", "deprecated"},
    {"sklearn.tree._classes.DecisionTreeRegressor(criterion='mse', "
     "_sklearn_version='0.24.2')",
     "1.2", "squared_error", "mse"},
    {"[mine.Model(a=1), numpy.float64, " SCALER "_sklearn_version='0.24.2')]", "1.2",
     "mine", "0.24"},
};

static void rewrites_attributes_and_values(void)
{
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        char *text = upgraded_text(changes[i].notation, changes[i].version);
        if (!text || !strstr(text, changes[i].has) ||
            (changes[i].lacks && strstr(text, changes[i].lacks)))
            test_fail(__FILE__, __LINE__, "row %zu: %s", i, text ? text : error.message);
        free(text);
    }
}

static const struct {
    const char *notation;
    const char *version;
    const char *path;
    const char *message;
} refusals[] = {
    {"sklearn.pipeline.Pipeline(steps=[('a', " SCALER
     "_sklearn_version='1.0')), ('b', sklearn.mystery.Model(x=1, "
     "_sklearn_version='1.0'))], memory=None, _sklearn_version='1.0')",
     "1.6", "steps[1][1]", "Model has no upgrade rule"},
    {"{'deep': [O[1]{1}, {'er': (1, sklearn.mystery.Model(_sklearn_version='1.0'))}]}",
     "1.6", "deep[1].er[1]", "Model has no upgrade rule"},
    {"sklearn.linear_model._base.LinearRegression(coef_=f8[2]{1}, positive=True, "
     "_sklearn_version='1.0')",
     "0.22", "positive",
     "LinearRegression of scikit-learn 0.22 has no positive, and it is not the default "
     "False"},
    {SOFTMAX("0.24.2", "solver='lbfgs', multi_class='ovr'"), "1.9", "multi_class",
     "probabilities of 3 classes by one-vs-rest, which scikit-learn 1.9 has only for two"},
    {LOGISTIC("0.24.2", "solver='lbfgs', multi_class='multinomial'"), "1.8",
     "multi_class",
     "probabilities of 2 classes by softmax, which scikit-learn 1.8 has only for more "
     "than two"},
    {SCALER "_sklearn_version='0.18.2')", "1.6", "",
     "StandardScaler of scikit-learn 0.18.2, of which nothing is known"},
    {SCALER "a=1)", "1.6", "",
     "StandardScaler does not tell its version of scikit-learn"},
    {"sklearn.ensemble._stacking.StackingRegressor(final_estimator=None, "
     "_sklearn_version='1.2')",
     "0.20", "", "StackingRegressor has no upgrade rule to scikit-learn 0.20.4"},
    {"sklearn.discriminant_analysis.LinearDiscriminantAnalysis(coef_=f8[1,1]{1}, "
     "_sklearn_version='1.2')",
     "0.20", "",
     "LinearDiscriminantAnalysis computes predict_proba in another way since scikit-learn "
     "0.21"},
    {"sklearn.ensemble._weight_boosting.AdaBoostClassifier(algorithm='SAMME.R', "
     "_sklearn_version='1.4')",
     "1.6", "algorithm",
     "'SAMME.R', which AdaBoostClassifier of scikit-learn 1.6 has not"},
    {"sklearn.preprocessing._polynomial.PolynomialFeatures(degree=(1, 2), "
     "_sklearn_version='1.4')",
     "0.24", "degree", "a range, which PolynomialFeatures of scikit-learn 0.24 has not"},
    {"sklearn.feature_extraction.text.TfidfTransformer(_idf_diag=5, "
     "_sklearn_version='1.4')",
     "1.6", "_idf_diag", "no matrix with a number in each row"},
    {"sklearn.ensemble._iforest.IsolationForest(offset_=0.5, _sklearn_version='1.0')",
     "1.6", "_average_path_length_per_tree",
     "nothing of IsolationForest tells _average_path_length_per_tree, which scikit-learn "
     "1.6 has"},
    {"sklearn.compose._column_transformer.ColumnTransformer(transformers=[], "
     "transformers_=[('a', 'drop', 1.5)], n_features_in_=2, _sklearn_version='0.24.2')",
     "1.0", "transformers_",
     "columns that cannot be numbered: a kind of columns without rule, or a name that "
     "feature_names_in_ does not have"},
    {"sklearn.compose._column_transformer.ColumnTransformer(transformers=[], "
     "transformers_=[('a', 'drop')], n_features_in_=2, _sklearn_version='0.24.2')",
     "1.0", "transformers_", "an item is no tuple of three"},
    {SCALER "scorer=sklearn.metrics.scorer.f, _sklearn_version='0.24.1')", "1.0",
     "scorer", "sklearn.metrics.scorer.f has no upgrade rule to scikit-learn 1.0.2"},
    {"sklearn.tree._classes.DecisionTreeRegressor(tree_=sklearn.tree._tree.Tree(1, "
     "i8[1]{1}, 1, nodes=f8[3]{1}, values=f8[3,1,1]{1}), _sklearn_version='1.6.1')",
     "1.2", "tree_.nodes", "nodes of another layout than that of a 64-bit Python"},
    {"sklearn.preprocessing._encoders.OneHotEncoder(_legacy_mode=True, "
     "_sklearn_version='0.20.1')",
     "1.0", "_legacy_mode",
     "OneHotEncoder counts with values and not categories, as only scikit-learn 0.20 and "
     "0.21 do"},
};

static void tells_place_and_reason(void)
{
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        char *text = upgraded_text(refusals[i].notation, refusals[i].version);
        CHECK(text == NULL);
        CHECK_EQ_INT(error.status, JOBLIB_ERROR_ESTIMATOR);
        CHECK_EQ_TEXT(error.path, refusals[i].path);
        CHECK_EQ_TEXT(error.message, refusals[i].message);
        free(text);
    }
}

/* Missing values in the training of a tree are a matter of 1.3 and later. */
static void refuses_missing_values_of_trees(void)
{
    static const char *const names[] = {
        "inference/trees/tree-missing-sklearn1.6",
        "inference/trees/tree-regressor-missing-sklearn1.4"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        joblib_document *document = NULL, *out = NULL;
        CHECK_OK(joblib_load_file(vector_path(names[i], "/model.joblib"), NULL, &document,
                                  &error),
                 &error);
        CHECK_EQ_INT(joblib_upgrade(document, "1.2", NULL, &out, &error),
                     JOBLIB_ERROR_ESTIMATOR);
        CHECK_EQ_TEXT(error.path, "tree_.nodes");
        CHECK_EQ_TEXT(error.message,
                      "the tree was trained with missing values, which trees of "
                      "scikit-learn 1.2.2 do not take");
        joblib_document_release(document);
    }
}

static void refuses_arguments(void)
{
    joblib_document *document = document_from("1"), *out = document;
    CHECK_EQ_INT(joblib_upgrade(NULL, "1.6", NULL, &out, &error), JOBLIB_ERROR_ARGUMENT);
    CHECK(out == NULL);
    CHECK_EQ_INT(joblib_upgrade(document, NULL, NULL, &out, &error),
                 JOBLIB_ERROR_ARGUMENT);
    CHECK_EQ_INT(joblib_upgrade(document, "2.0", NULL, &out, &error),
                 JOBLIB_ERROR_ARGUMENT);
    CHECK_EQ_INT(joblib_upgrade(document, "1.6", NULL, NULL, &error),
                 JOBLIB_ERROR_ARGUMENT);
    joblib_document_release(document);
}

/* One object stays one object, and a cycle is followed once. */
static void keeps_identity(void)
{
    joblib_document *out = NULL;
    joblib_document *document =
        document_from("[&1 " SCALER "_sklearn_version='0.24.2'), *1, &2 [*2]]");
    CHECK_OK(joblib_upgrade(document, "1.6", NULL, &out, &error), &error);
    const joblib_value *root = joblib_document_root(out);
    CHECK(joblib_value_at(root, 0) == joblib_value_at(root, 1));
    CHECK(joblib_value_at(joblib_value_at(root, 2), 0) == joblib_value_at(root, 2));
    joblib_document_release(out);
    joblib_document_release(document);
}

int main(void)
{
    RUN(rewrites_attributes_and_values);
    RUN(tells_place_and_reason);
    RUN(refuses_missing_values_of_trees);
    RUN(refuses_arguments);
    RUN(keeps_identity);
    return test_finish();
}
