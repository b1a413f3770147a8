#include "base/try.h"
#include "model/dummy/dummy.h"

typedef struct dummy_regressor {
    joblib_model__estimator base;
    joblib_model__numbers constants; /* one a target */
    uint8_t number;                  /* joblib_number of the result */
} dummy_regressor;

static joblib_status predict_constants(const joblib_model__estimator *base,
                                       const joblib_model__call *call,
                                       joblib_error *error)
{
    const dummy_regressor *self = (const dummy_regressor *)base;
    const joblib_model__output *output = &call->outputs[0];
    size_t columns = self->constants.count;
    bool narrow = joblib_model__is_narrow(self->number);
    (void)error;
    for (size_t i = 0; i < call->rows->rows * columns; i++) {
        double value = self->constants.values[i % columns];
        if (narrow)
            output->narrow[i] = (float)value;
        else
            output->wide[i] = value;
    }
    return JOBLIB_OK;
}

static void describe_constants(const joblib_model__estimator *base, int method,
                               const joblib_model__form *input, size_t index,
                               joblib_model__form *output)
{
    (void)method;
    (void)input;
    (void)index;
    output->number = ((const dummy_regressor *)base)->number;
}

const joblib_model__type joblib_model__dummy_regressor_type = {
    .compute = {[JOBLIB_METHOD_PREDICT] = predict_constants},
    .describe = describe_constants,
};

joblib_status joblib_model__build_dummy_regressor(joblib_model__context *context,
                                                  joblib_model__estimator **out)
{
    void *memory;
    const joblib_value *constants;
    bool matrix;
    JOBLIB_TRY(joblib_model__new_estimator(context, sizeof(dummy_regressor), &memory));
    dummy_regressor *self = memory;
    *out = &self->base;
    self->base.features = 0;
    self->base.check = joblib_model__dummy_check(context);
    JOBLIB_TRY(joblib_model__require(context, "constant_", &constants));
    JOBLIB_TRY(
        joblib_model__numbers_of(context, constants, "constant_", &self->constants));
    if (self->constants.rows != 1 || self->constants.count == 0)
        return joblib_model__fail(
            context, "constant_", JOBLIB_ERROR_MODEL,
            "constant_ has %zu rows of %zu numbers, one is expected",
            self->constants.rows, self->constants.columns);
    self->number = joblib_model__holds(context->version, JOBLIB_MODEL_DUMMY_KEEPS_TYPE)
                       ? self->constants.number
                       : JOBLIB_NUMBER_FLOAT64;
    JOBLIB_TRY(joblib_model__read_flag(context, "output_2d_", false, &matrix));
    self->base.columns[JOBLIB_METHOD_PREDICT] = self->constants.count;
    bool flattens = joblib_model__holds(context->version, JOBLIB_MODEL_DUMMY_FLATTENS);
    if (self->constants.count == 1 && (flattens || !matrix))
        self->base.flat = 1U << JOBLIB_METHOD_PREDICT;
    return JOBLIB_OK;
}
