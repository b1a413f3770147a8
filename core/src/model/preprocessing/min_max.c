#include "array/widen.h"
#include "base/try.h"
#include "kernel/scaling.h"
#include "model/preprocessing/preprocessing.h"

typedef struct min_max_scaler {
    joblib_model__estimator base;
    const double *factors; /* scale_ */
    const double *terms;   /* min_ */
    bool clip;
    double low, high;
} min_max_scaler;

static joblib_status transform_min_max(const joblib_model__estimator *base,
                                       const joblib_model__call *call,
                                       joblib_error *error)
{
    const min_max_scaler *self = (const min_max_scaler *)base;
    const joblib_model__batch *input = call->input;
    const joblib_model__output *output = &call->outputs[0];
    size_t rows = input->rows, columns = input->form.columns;
    bool half = input->form.number == JOBLIB_NUMBER_FLOAT16;
    (void)error;
    if (!joblib_model__is_narrow(input->form.number)) {
        joblib_kernel__affine(input->wide, rows, columns, self->factors, self->terms,
                              output->wide);
        if (self->clip)
            joblib_kernel__clip(output->wide, rows * columns, self->low, self->high);
        return JOBLIB_OK;
    }
    joblib_kernel__affine_narrow(input->narrow, rows, columns, self->factors, self->terms,
                                 half, output->narrow);
    if (self->clip)
        joblib_kernel__clip_narrow(
            output->narrow, rows * columns,
            (float)(half ? joblib_array__round_to_half(self->low) : self->low),
            (float)(half ? joblib_array__round_to_half(self->high) : self->high));
    return JOBLIB_OK;
}

const joblib_model__type joblib_model__min_max_scaler_type = {
    .compute = {[JOBLIB_METHOD_TRANSFORM] = transform_min_max},
    .describe = joblib_model__describe_scaled,
};

/* `feature_range`: a pair of numbers. */
static joblib_status read_range(joblib_model__context *context, min_max_scaler *self)
{
    const joblib_value *range;
    JOBLIB_TRY(joblib_model__require(context, "feature_range", &range));
    if (joblib_value_count(range) == 2 &&
        joblib_value_as_float64(joblib_value_at(range, 0), &self->low, NULL) ==
            JOBLIB_OK &&
        joblib_value_as_float64(joblib_value_at(range, 1), &self->high, NULL) ==
            JOBLIB_OK)
        return JOBLIB_OK;
    return joblib_model__fail(context, "feature_range", JOBLIB_ERROR_MODEL,
                              "feature_range is no pair of numbers");
}

joblib_status joblib_model__build_min_max_scaler(joblib_model__context *context,
                                                 joblib_model__estimator **out)
{
    void *memory;
    joblib_model__numbers factors, terms;
    JOBLIB_TRY(joblib_model__new_estimator(context, sizeof(min_max_scaler), &memory));
    min_max_scaler *self = memory;
    *out = &self->base;
    self->base.check = joblib_model__scaler_check(context);
    JOBLIB_TRY(joblib_model__read_vector(context, "scale_", JOBLIB_MODEL_ANY, &factors));
    JOBLIB_TRY(joblib_model__set_features(context, *out, "scale_", factors.count));
    JOBLIB_TRY(joblib_model__read_vector(context, "min_", factors.count, &terms));
    self->factors = factors.values;
    self->terms = terms.values;
    JOBLIB_TRY(joblib_model__read_flag(context, "clip", false, &self->clip));
    return self->clip ? read_range(context, self) : JOBLIB_OK;
}
