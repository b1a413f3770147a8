#include "base/try.h"
#include "model/linear/linear.h"

const joblib_model__type joblib_model__regressor_type = {
    .compute = {[JOBLIB_METHOD_PREDICT] = joblib_model__linear_scores,
                [JOBLIB_METHOD_DECISION_FUNCTION] = joblib_model__linear_scores},
    .bound = joblib_model__linear_bound,
    .describe = joblib_model__describe_linear,
};

joblib_status joblib_model__build_regressor(joblib_model__context *context,
                                            joblib_model__estimator **out)
{
    void *self;
    JOBLIB_TRY(joblib_model__new_linear(context, sizeof(joblib_model__linear), &self));
    *out = self;
    if (joblib_model__holds(context->version, JOBLIB_MODEL_REGRESSOR_WITHOUT_SCORES))
        joblib_model__drop_methods(*out, 1U << JOBLIB_METHOD_DECISION_FUNCTION);
    return JOBLIB_OK;
}
