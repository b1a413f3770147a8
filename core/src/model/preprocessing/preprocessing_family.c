#include "model/preprocessing/preprocessing.h"

joblib_model__family joblib_model__preprocessing_family = {
    {"StandardScaler", "sklearn.preprocessing._data sklearn.preprocessing.data",
     &joblib_model__standard_scaler_type, joblib_model__build_standard_scaler},
    {"MinMaxScaler", "sklearn.preprocessing._data sklearn.preprocessing.data",
     &joblib_model__min_max_scaler_type, joblib_model__build_min_max_scaler},
    {NULL, NULL, NULL, NULL},
};

joblib_model__check joblib_model__scaler_check(const joblib_model__context *context)
{
    return (joblib_model__check){
        .conversion = JOBLIB_MODEL_TO_FLOAT,
        .allow_nan =
            joblib_model__holds(context->version, JOBLIB_MODEL_SCALER_ALLOWS_NAN),
    };
}

void joblib_model__describe_scaled(const joblib_model__estimator *self, int method,
                                   const joblib_model__form *input, size_t index,
                                   joblib_model__form *output)
{
    (void)self;
    (void)method;
    (void)index;
    output->kind = input->kind;
    if (joblib_model__is_narrow(input->number)) output->number = input->number;
}
