#include "model/dummy/dummy.h"

joblib_model__family joblib_model__dummy_family = {
    {"DummyClassifier", "sklearn.dummy", &joblib_model__dummy_classifier_type,
     joblib_model__build_dummy_classifier},
    {"DummyRegressor", "sklearn.dummy", &joblib_model__dummy_regressor_type,
     joblib_model__build_dummy_regressor},
    {NULL, NULL, NULL, NULL},
};

joblib_model__check joblib_model__dummy_check(const joblib_model__context *context)
{
    bool ignores =
        joblib_model__holds(context->version, JOBLIB_MODEL_DUMMY_IGNORES_INPUT);
    return (joblib_model__check){
        .conversion = ignores ? JOBLIB_MODEL_CONVERT_NONE : JOBLIB_MODEL_KEEP,
        .accept_sparse = true,
    };
}
