#include "model/linear/linear.h"

joblib_model__family joblib_model__linear_family = {
    {"LinearRegression", "sklearn.linear_model._base sklearn.linear_model.base",
     &joblib_model__regressor_type, joblib_model__build_regressor},
    {"Ridge", "sklearn.linear_model._ridge sklearn.linear_model.ridge",
     &joblib_model__regressor_type, joblib_model__build_regressor},
    {"LogisticRegression", "sklearn.linear_model._logistic sklearn.linear_model.logistic",
     &joblib_model__logistic_type, joblib_model__build_logistic},
    {"RidgeClassifier", "sklearn.linear_model._ridge sklearn.linear_model.ridge",
     &joblib_model__ridge_classifier_type, joblib_model__build_ridge_classifier},
    {NULL, NULL, NULL, NULL},
};
