#include "support/samples.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/described.h"
#include "support/models.h"

#define BEGIN(class) "{'class': '" class "', 'version': '@', 'set': {"
#define END "}}"

#define NODES \
    "'n_features_in_': 2, 'children_left': [1, -1, -1], 'children_right': [2, -1, -1], " \
    "'feature': [1, -2, -2], 'threshold': [0.5, -2.0, -2.0], "
#define CLASSIFIER_TREE(classes) \
    BEGIN("DecisionTreeClassifier") \
    NODES classes "'value': [[4.0, 4.0], [4.0, 0.0], [1.0, 3.0]]" END
#define REGRESSOR_TREE \
    BEGIN("DecisionTreeRegressor") \
    NODES "'value': [0.0, -1.5, 2.5]" END
#define SCALER \
    BEGIN("StandardScaler") \
    "'mean_': [1.0, 2.0], 'scale_': [1.0, 4.0]" END
#define LOGISTIC \
    BEGIN("LogisticRegression") \
    "'coef_': [[1.0, -2.0]], 'intercept_': [0.5], 'classes_': ['no', 'yes']" END

static const struct {
    const char *class;
    const char *notation;
} samples[] = {
    /* clang-format off */
    {"LinearRegression",
     BEGIN("LinearRegression") "'coef_': [1.0, 2.0], 'intercept_': 0.5" END},
    {"Ridge", BEGIN("Ridge") "'coef_': f8[2]{1,2}, 'intercept_': 0.5" END},
    {"LogisticRegression",
     BEGIN("LogisticRegression")
     "'coef_': [[1.0, 2.0], [3.0, 4.0], [-1.0, 0.0]], 'classes_': [0, 1, 2]" END},
    {"SGDClassifier",
     BEGIN("SGDClassifier")
     "'coef_': f8[1,2]{1,2}, 'intercept_': [1.0], 'classes_': [3, 5]" END},
    {"StandardScaler", SCALER},
    {"MinMaxScaler",
     BEGIN("MinMaxScaler") "'data_min_': [0.0, 1.0], 'data_max_': [2.0, 1.0]" END},
    {"OneHotEncoder",
     BEGIN("OneHotEncoder") "'categories_': [['a', 'c'], [1, 2, 4]]" END},
    {"SimpleImputer", BEGIN("SimpleImputer") "'statistics_': [0.5, 1.5]" END},
    {"PCA", BEGIN("PCA") "'components_': [[0.5, 0.5]], 'mean_': [1.0, 2.0]" END},
    {"KMeans", BEGIN("KMeans") "'cluster_centers_': [[1.0, 2.0], [3.0, 4.0]]" END},
    {"GaussianNB",
     BEGIN("GaussianNB")
     "'classes_': [0, 1], 'theta_': [[1.0, 2.0], [3.0, 4.0]], "
     "'var_': [[1.0, 1.0], [2.0, 2.0]], 'class_prior_': [0.5, 0.5]" END},
    {"KNeighborsClassifier",
     BEGIN("KNeighborsClassifier")
     "'_fit_X': [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], '_y': [0, 1, 1], "
     "'classes_': [4, 7]" END},
    {"DecisionTreeClassifier", CLASSIFIER_TREE("'classes_': [2, 3], ")},
    {"DecisionTreeRegressor", REGRESSOR_TREE},
    {"RandomForestClassifier",
     BEGIN("RandomForestClassifier") "'classes_': [1, 2], 'estimators_': ["
     CLASSIFIER_TREE("") ", " CLASSIFIER_TREE("") "]" END},
    {"RandomForestRegressor",
     BEGIN("RandomForestRegressor") "'estimators_': [" REGRESSOR_TREE "]" END},
    {"MLPClassifier",
     BEGIN("MLPClassifier")
     "'coefs_': [f8[2,3]{1,2,3}, f8[3,1]{1}], "
     "'intercepts_': [[0.0, 1.0, 2.0], [0.5]], 'classes_': [0, 1]" END},
    {"MLPRegressor",
     BEGIN("MLPRegressor")
     "'coefs_': [f8[2,3]{1,2,3}, f8[3,1]{1}], "
     "'intercepts_': [f8[3]{0}, f8[1]{0.5}]" END},
    {"Pipeline",
     "{'class': 'Pipeline', 'version': '@', 'set': {}, 'parts': ["
     "['scale', " SCALER ", None], ['model', " LOGISTIC ", None]]}"},
    {"ColumnTransformer",
     "{'class': 'ColumnTransformer', 'version': '@', 'set': {'n_features_in_': 4, "
     "'remainder': 'passthrough'}, 'parts': [['scale', " SCALER ", [0, 2]], "
     "['left', 'drop', [1]]]}"},
    /* clang-format on */
};

#undef BEGIN
#undef END

size_t sample_count(void)
{
    return sizeof samples / sizeof samples[0];
}

const char *sample_class(size_t index)
{
    return samples[index].class;
}

/* The notation with the version in it; free() it. */
static char *put_version(const char *notation, const char *version)
{
    size_t size = strlen(version), count = 0;
    for (const char *at = notation; *at; at++) count += *at == '@';
    char *text = malloc(strlen(notation) + count * size + 1), *to = text;
    if (!text) abort();
    for (; *notation; notation++) {
        if (*notation != '@') {
            *to++ = *notation;
            continue;
        }
        memcpy(to, version, size);
        to += size;
    }
    *to = '\0';
    return text;
}

joblib_status notation_make(joblib_builder *builder, const char *notation,
                            const char *version, joblib_value **out, joblib_error *error)
{
    char *text = put_version(notation, version);
    joblib_document *description = document_from(text);
    joblib_status status = make_described(builder, description, out, error);
    joblib_document_release(description);
    free(text);
    return status;
}

joblib_status sample_make(joblib_builder *builder, size_t index, const char *version,
                          joblib_value **out, joblib_error *error)
{
    return notation_make(builder, samples[index].notation, version, out, error);
}
