#include "base/try.h"
#include "model/model.h"

joblib_status joblib_model__prepare(const joblib_model__estimator *self,
                                    joblib_base__arena *arena,
                                    const joblib_model__estimator **out,
                                    joblib_error *error)
{
    *out = self;
    return self->type->prepare ? self->type->prepare(self, arena, out, error) : JOBLIB_OK;
}

/* What was prepared may point into the model that it was made from. */
joblib_status joblib_model_prepare(const joblib_model *model, joblib_model **out,
                                   joblib_error *error)
{
    joblib_model *prepared;
    JOBLIB_REQUIRE(out != NULL, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    *out = NULL;
    JOBLIB_REQUIRE(model != NULL, JOBLIB_ERROR_ARGUMENT, "model is NULL");
    JOBLIB_TRY(joblib_model__new_model(&model->arena.allocator, model->document, model,
                                       &prepared, error));
    prepared->value = model->value;
    joblib_status status =
        joblib_model__prepare(model->root, &prepared->arena, &prepared->root, error);
    if (status == JOBLIB_OK && prepared->root != model->root) {
        *out = prepared;
        return JOBLIB_OK;
    }
    joblib_model_release(prepared);
    if (status == JOBLIB_OK) *out = joblib_model_retain(model);
    return status;
}
