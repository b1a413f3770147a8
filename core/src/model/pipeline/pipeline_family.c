#include "model/pipeline/pipeline.h"

joblib_model__family joblib_model__pipeline_family = {
    {"Pipeline", "sklearn.pipeline", &joblib_model__pipeline_type,
     joblib_model__build_pipeline},
    {NULL, NULL, NULL, NULL},
};
