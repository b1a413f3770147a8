/* What templates refuse, and what the message says of it. */
#include <stdlib.h>

#include "joblib.h"
#include "support/samples.h"
#include "support/test.h"

#define SET(class, version, attributes) \
    "{'class': '" class "', 'version': '" version "', 'set': {" attributes "}}"
#define TREE(attributes) \
    SET("DecisionTreeRegressor", "1.6", \
        "'n_features_in_': 2, 'value': [0.0, 1.0, 2.0], " attributes)
#define SCALER SET("StandardScaler", "1.6.1", "'mean_': [1.0], 'scale_': [2.0]")
#define OLD_SCALER SET("StandardScaler", "1.5.2", "'mean_': [1.0], 'scale_': [2.0]")
#define PARTS(class, attributes, parts) \
    "{'class': '" class "', 'version': '1.6', 'set': {" attributes "}, 'parts': [" parts \
                        "]}"

static const struct {
    const char *description;
    const char *path;
    const char *message;
} refusals[] = {
    {SET("LogisticRegression", "1.6", "'coef_': [[1.0]]"), "classes_",
     "classes_: is missing, expected labels[classes]"},
    {SET("LogisticRegression", "1.6", "'coef_': [1.0], 'classes_': [0, 1]"), "coef_",
     "coef_: found list of float (1,), expected real[scores,features]"},
    {SET("LogisticRegression", "1.6", "'coef_': U3[2,2]{a}, 'classes_': [0, 1]"), "coef_",
     "coef_: found array of <U3 (2, 2), expected real[scores,features]"},
    {SET("LogisticRegression", "1.6", "'coef_': None, 'classes_': [0, 1]"), "coef_",
     "coef_: found None, expected real[scores,features]"},
    {SET("LogisticRegression", "1.6", "'coef_': [[1.0], [2.0]], 'classes_': [0, 1]"),
     "coef_", "coef_: 2 scores, expected 1 for 2 classes"},
    {SET("LogisticRegression", "1.6", "'coef_': [[1.0, 2.0], [3.0]], 'classes_': [0, 1]"),
     "coef_", "coef_: lists of different length"},
    {SET("LogisticRegression", "1.6", "'coef_': [[1.0, 'x']], 'classes_': [0, 1]"),
     "coef_", "coef_: item 1 is str, expected a number"},
    {SET("LogisticRegression", "1.6",
         "'coef_': [[1.0]], 'intercept_': [1.0, 2.0], 'classes_': [0, 1]"),
     "intercept_", "intercept_: 2 scores, expected 1 as coef_ has"},
    {SET("LogisticRegression", "1.6", "'coef_': [[1.0]], 'classes_': [1, 0]"), "classes_",
     "classes_: item 0 is not below the next one, as in scikit-learn"},
    {SET("LogisticRegression", "1.6", "'coef_': [[1.0]], 'classes_': ['b', 'a']"),
     "classes_", "classes_: item 0 is not below the next one, as in scikit-learn"},
    {SET("LogisticRegression", "1.6", "'coef_': [[1.0]], 'classes_': ['a', 2]"),
     "classes_", "classes_: item 1 is int, expected a text"},
    {SET("LogisticRegression", "1.6", "'coef_': [[1.0]], 'classes_': []"), "classes_",
     "classes_: found list of nothing (0,), expected labels[classes]"},
    {SET("Ridge", "1.6", "'coef_': [1.0, 2.0], 'feature_names_in_': ['x']"), "coef_",
     "coef_: 2 features, expected 1 as feature_names_in_ has"},
    {SET("Ridge", "1.6", "'n_features_in_': 3, 'coef_': [1.0]"), "coef_",
     "coef_: 1 features, expected 3 as n_features_in_ has"},
    {SET("Ridge", "0.24", "'feature_names_in_': ['x']"), "",
     "Ridge of scikit-learn 0.24.2 has no attribute feature_names_in_"},
    {SET("Ridge", "1.6", "'solver_': 'auto'"), "solver_",
     "solver_: follows from other attributes, cannot be set"},
    {SET("Unknown", "1.6", ""), "", "no template for the class Unknown"},
    {SET("Ridge", "2.0", ""), "",
     "\"2.0\" is no version of scikit-learn from 0.20 to 1.9"},
    {SET("FunctionTransformer", "1.0", ""), "",
     "scikit-learn 1.0.2 has no FunctionTransformer"},
    {SET("StandardScaler", "1.6", "'mean_': None, 'scale_': [1.0]"), "mean_",
     "mean_: is None, but with_mean is true"},
    {SET("MinMaxScaler", "1.6", "'scale_': [1.0], 'data_max_': [1.0]"), "scale_",
     "scale_: scale_ and min_, or data_min_ and data_max_, are missing"},
    {SET("OneHotEncoder", "1.6", "'categories_': [['b', 'a']]"), "categories_",
     "categories_: item 0 is not below the next one, as in scikit-learn"},
    {SET("OneHotEncoder", "1.6", "'categories_': [['a', 'b'], 3]"), "categories_",
     "categories_: item 1 is int, expected labels of 1 dimensions"},
    {SET("OneHotEncoder", "1.6", "'categories_': [[1, 2]], 'drop': [5]"), "drop_idx_",
     "drop_idx_: is missing, as drop is set"},
    {SET("OneHotEncoder", "1.6",
         "'categories_': [[1, 2]], 'drop': [5], 'drop_idx_': [2]"),
     "drop_idx_", "drop_idx_: item 0 is 2, expected one of 2 categories"},
    {SET("SimpleImputer", "1.6", "'statistics_': [1.0], 'add_indicator': True"),
     "indicator_features", "indicator_features: is missing, as add_indicator is true"},
    {SET("PCA", "1.6", "'mean_': [1.0], 'components_': [[1.0]], 'whiten': True"),
     "explained_variance_", "explained_variance_: is missing, as whiten is true"},
    {SET("KNeighborsClassifier", "1.6",
         "'_fit_X': [[1.0]], '_y': [2], 'classes_': [0, 1]"),
     "_y", "_y: item 0 is 2, expected one of 2 classes"},
    {SET("KNeighborsClassifier", "1.6",
         "'_fit_X': [[1.0]], '_y': [1.0], 'classes_': [0, 1]"),
     "_y", "_y: found list of float (1,), expected int[samples]"},
    {TREE("'children_left': [1, -1, -1], 'children_right': [1, -1, -1], "
          "'feature': [0, -2, -2], 'threshold': [0.5, 0.0, 0.0]"),
     "children_left",
     "children_left: children 1 and 1 of node 0: expected -1, or nodes behind it"},
    {TREE("'children_left': [1, -1, -1], 'children_right': [3, -1, -1], "
          "'feature': [0, -2, -2], 'threshold': [0.5, 0.0, 0.0]"),
     "children_left",
     "children_left: children 1 and 3 of node 0: expected -1, or nodes behind it"},
    {TREE("'children_left': [-1, -1, -1], 'children_right': [-1, -1, -1], "
          "'feature': [0, -2, -2], 'threshold': [0.5, 0.0, 0.0]"),
     "children_left", "children_left: node 1 has no parent"},
    {TREE("'children_left': [1, -1, -1], 'children_right': [2, -1, -1], "
          "'feature': [2, -2, -2], 'threshold': [0.5, 0.0, 0.0]"),
     "feature", "feature: item 0 is 2, expected one of 2 features"},
    {TREE("'children_left': [1, -1, -1], 'children_right': [2, -1], "
          "'feature': [0, -2, -2], 'threshold': [0.5, 0.0, 0.0]"),
     "children_right", "children_right: 2 nodes, expected 3 as children_left has"},
    {SET("RandomForestRegressor", "1.6", "'estimators_': []"), "estimators_",
     "estimators_: has no trees"},
    {SET("RandomForestRegressor", "1.6", "'estimators_': [" SCALER "]"), "estimators_",
     "estimators_: item 0 is no DecisionTreeRegressor"},
    {SET("MLPRegressor", "1.6",
         "'coefs_': [f8[2,3]{1}, f8[2,1]{1}], "
         "'intercepts_': [f8[3]{1}, f8[1]{1}]"),
     "coefs_", "coefs_: item 1 has 2 rows, expected 3 as item 0 has columns"},
    {SET("MLPRegressor", "1.6", "'coefs_': [f8[2,3]{1}], 'intercepts_': [f8[2]{1}]"),
     "intercepts_", "intercepts_: item 0 has 2 numbers, expected 3"},
    {SET("MLPClassifier", "1.6",
         "'coefs_': [f8[2,3]{1}], 'intercepts_': [f8[3]{1}], "
         "'classes_': [0, 1]"),
     "coefs_", "coefs_: 3 outputs, expected 1 as classes_ has"},
    {PARTS("Pipeline", "", ""), "steps", "steps: is missing, expected parts"},
    {PARTS("Pipeline", "", "['a', " OLD_SCALER ", None]"), "steps",
     "steps: of scikit-learn 1.5.2, expected 1.6.1"},
    {PARTS("Pipeline", "", "['a', " SCALER ", None], ['a', " SCALER ", None]"), "steps",
     "steps: items 0 and 1 have the same name"},
    {PARTS("Pipeline", "", "['a__b', " SCALER ", None]"), "steps",
     "steps: item 0: expected a name without \"__\""},
    {PARTS("Pipeline", "", "['a', 'drop', None]"), "steps",
     "steps: is no estimator of scikit-learn"},
    {PARTS("Pipeline", "", "['a', " SCALER ", [0]]"), "", "a step has no columns"},
    {PARTS("Ridge", "", "['a', " SCALER ", [0]]"), "", "Ridge has no parts"},
    {PARTS("ColumnTransformer", "'n_features_in_': 2", "['a', " SCALER ", [2]]"),
     "transformers",
     "transformers: a column is int, expected a name, or a number below n_features_in_"},
    {PARTS("ColumnTransformer", "'n_features_in_': 2", "['a', " SCALER ", ['x']]"),
     "transformers",
     "transformers: a column is an unknown name, expected one of "
     "feature_names_in_"},
    {PARTS("ColumnTransformer", "'n_features_in_': 2", "['a', " SCALER ", 'x']"),
     "transformers", "transformers: columns are str, expected list"},
};

static void refuses_what_contradicts_itself(void)
{
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_builder *builder = NULL;
        joblib_value *model = NULL;
        CHECK_OK(joblib_builder_new(NULL, &builder, &error), &error);
        CHECK_STATUS(notation_make(builder, refusals[i].description, "", &model, &error),
                     &error, JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
        CHECK_EQ_TEXT(error.message, refusals[i].message);
        CHECK_EQ_TEXT(error.path, refusals[i].path);
        joblib_builder_free(builder);
    }
}

#define CHECK_ARGUMENT(call) \
    do { \
        joblib_error error = JOBLIB_ERROR_INIT; \
        CHECK_STATUS(call, &error, JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET); \
        CHECK(error.message[0] != '\0'); \
    } while (0)

static void refuses_null(void)
{
    joblib_error outer = JOBLIB_ERROR_INIT;
    joblib_builder *builder = NULL;
    joblib_template *made = NULL;
    joblib_value *value = NULL;
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    const char *const texts[] = {NULL};
    CHECK_OK(joblib_builder_new(NULL, &builder, &outer), &outer);
    CHECK_ARGUMENT(joblib_template_new(NULL, "Ridge", "1.6", &made, &error));
    CHECK_ARGUMENT(joblib_template_new(builder, NULL, "1.6", &made, &error));
    CHECK_ARGUMENT(joblib_template_new(builder, "Ridge", NULL, &made, &error));
    CHECK_ARGUMENT(joblib_template_new(builder, "Ridge", "1.6", NULL, &error));
    CHECK_OK(joblib_template_new(builder, "Ridge", "1.6", &made, &outer), &outer);
    CHECK_ARGUMENT(joblib_template_set(NULL, "alpha", value, &error));
    CHECK_ARGUMENT(joblib_template_set(made, NULL, value, &error));
    CHECK_ARGUMENT(joblib_template_set(made, "alpha", NULL, &error));
    CHECK_ARGUMENT(joblib_template_set_text(made, "solver", NULL, &error));
    CHECK_ARGUMENT(joblib_template_set_bool(NULL, "copy_X", true, &error));
    CHECK_ARGUMENT(joblib_template_set_int64(NULL, "max_iter", 1, &error));
    CHECK_ARGUMENT(joblib_template_set_float64(NULL, "alpha", 1, &error));
    CHECK_ARGUMENT(joblib_template_append(made, "coef_", NULL, &error));
    CHECK_ARGUMENT(joblib_template_add(made, "a", NULL, NULL, &error));
    CHECK_ARGUMENT(joblib_template_finish(made, NULL, &error));
    CHECK_ARGUMENT(joblib_template_finish(NULL, &value, &error));
    CHECK_ARGUMENT(joblib_template_texts(builder, texts, 1, &value, &error));
    CHECK_ARGUMENT(joblib_template_texts(builder, NULL, 1, &value, &error));
    CHECK_ARGUMENT(joblib_template_float64s(builder, NULL, NULL, 1, &value, &error));
    CHECK_ARGUMENT(joblib_template_int64s(NULL, NULL, NULL, 0, &value, &error));
    CHECK_ARGUMENT(joblib_template_describe("Ridge", "1.6", 0, NULL, &error));
    CHECK_ARGUMENT(joblib_template_dump_options("1.6", NULL, &error));
    CHECK_ARGUMENT(joblib_template_dump_options("2.6", &options, &error));
    joblib_template_free(made);
    joblib_template_free(NULL);
    joblib_builder_free(builder);
}

static void finishes_once(void)
{
    joblib_error outer = JOBLIB_ERROR_INIT;
    joblib_builder *builder = NULL;
    joblib_template *made = NULL;
    joblib_value *value = NULL;
    CHECK_OK(joblib_builder_new(NULL, &builder, &outer), &outer);
    CHECK_OK(joblib_template_new(builder, "Ridge", "1.6", &made, &outer), &outer);
    CHECK_ARGUMENT(joblib_template_finish(made, &value, &error));
    CHECK_ARGUMENT(joblib_template_finish(made, &value, &error));
    CHECK_ARGUMENT(joblib_template_set_float64(made, "alpha", 1, &error));
    joblib_template_free(made);
    joblib_builder_free(builder);
}

int main(void)
{
    RUN(refuses_what_contradicts_itself);
    RUN(refuses_null);
    RUN(finishes_once);
    return test_finish();
}
