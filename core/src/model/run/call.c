#include <string.h>

#include "array/widen.h"
#include "base/checked.h"
#include "base/try.h"
#include "kernel/argmax.h"
#include "kernel/probability.h"
#include "model/run/check.h"
#include "model/workspace.h"

static bool gives_probabilities(int method)
{
    return method == JOBLIB_METHOD_PREDICT_PROBA ||
           method == JOBLIB_METHOD_PREDICT_LOG_PROBA;
}

static bool gives_labels(const joblib_model__estimator *self, int method)
{
    return method == JOBLIB_METHOD_PREDICT && self->predicts_labels;
}

size_t joblib_model__output_count(const joblib_model__estimator *self, int method)
{
    if (!joblib_model__has_method(self, method)) return 0;
    return gives_probabilities(method) && self->labels ? self->labels->target_count : 1;
}

static size_t usual_columns(const joblib_model__estimator *self, int method,
                            const joblib_model__form *input, size_t index)
{
    if (gives_labels(self, method)) return self->labels->target_count;
    if (gives_probabilities(method) && self->labels)
        return self->labels->targets[index].count;
    size_t columns = self->columns[method];
    return columns > 0 ? columns : input->columns;
}

void joblib_model__describe(const joblib_model__estimator *self, int method,
                            const joblib_model__form *input, size_t index,
                            joblib_model__form *output)
{
    bool labels = gives_labels(self, method);
    *output = (joblib_model__form){
        .kind = JOBLIB_INPUT_DENSE,
        .number = labels ? JOBLIB_NUMBER_UINT32 : JOBLIB_NUMBER_FLOAT64,
        .index_number = input->index_number,
        .columns = usual_columns(self, method, input, index),
    };
    if (self->type->describe && !labels)
        self->type->describe(self, method, input, index, output);
}

/* Memory for a dense output; a sparse one is made by the estimator. */
static joblib_status take_output(const joblib_model__call *call, bool labels,
                                 joblib_model__output *output, joblib_error *error)
{
    size_t count;
    void *memory;
    if (output->form.kind == JOBLIB_INPUT_CSR) return JOBLIB_OK;
    if (!joblib_base__size_mul(call->rows->rows, output->form.columns, &count))
        return joblib_base__set_no_memory(error, SIZE_MAX);
    if (labels) {
        JOBLIB_TRY(
            joblib_model__take(call->workspace, count, sizeof(uint32_t), &memory, error));
        output->labels = memory;
        return JOBLIB_OK;
    }
    return joblib_model__is_narrow(output->form.number)
               ? joblib_model__take_floats(call->workspace, count, &output->narrow, error)
               : joblib_model__take_doubles(call->workspace, count, &output->wide, error);
}

joblib_status joblib_model__take_outputs(const joblib_model__estimator *self,
                                         const joblib_model__call *call,
                                         joblib_model__output **out, joblib_error *error)
{
    void *memory;
    size_t count = joblib_model__output_count(self, call->method);
    JOBLIB_TRY(joblib_model__take(call->workspace, count, sizeof **out, &memory, error));
    joblib_model__output *outputs = memory;
    memset(outputs, 0, count * sizeof *outputs);
    for (size_t i = 0; i < count; i++) {
        joblib_model__describe(self, call->method, &call->rows->form, i,
                               &outputs[i].form);
        JOBLIB_TRY(
            take_output(call, gives_labels(self, call->method), &outputs[i], error));
    }
    *out = outputs;
    return JOBLIB_OK;
}

joblib_model__rows joblib_model__output_rows(const joblib_model__output *output,
                                             const joblib_model__rows *input)
{
    bool narrow = joblib_model__is_narrow(output->form.number);
    int64_t size = narrow ? (int64_t)sizeof(float) : (int64_t)sizeof(double);
    joblib_model__rows rows = {
        .form = output->form,
        .rows = input->rows,
        .first_row = input->first_row,
        .values = narrow ? (const void *)output->narrow : output->wide,
        .row_stride = (int64_t)output->form.columns * size,
        .column_stride = size,
        .element = narrow ? JOBLIB_NUMBER_FLOAT32 : JOBLIB_NUMBER_FLOAT64,
        .offsets = output->offsets,
        .indices = output->indices,
        .from_step = true,
    };
    return rows;
}

/* The scores or probabilities that labels are derived from. */
static int primitive_of(const joblib_model__estimator *self)
{
    return self->type->derive & JOBLIB_MODEL_LABELS_FROM_SCORES
               ? JOBLIB_METHOD_DECISION_FUNCTION
               : JOBLIB_METHOD_PREDICT_PROBA;
}

static void choose_labels(const joblib_model__output *from, bool by_sign, size_t rows,
                          uint32_t *labels, size_t stride)
{
    size_t columns = from->form.columns;
    bool narrow = joblib_model__is_narrow(from->form.number);
    if (by_sign && narrow)
        joblib_kernel__positive_narrow(from->narrow, rows, labels);
    else if (by_sign)
        joblib_kernel__positive(from->wide, rows, labels);
    else if (narrow)
        joblib_kernel__argmax_narrow(from->narrow, rows, columns, labels, stride);
    else
        joblib_kernel__argmax(from->wide, rows, columns, labels, stride);
}

static joblib_status derive_labels(const joblib_model__estimator *self,
                                   const joblib_model__call *call, joblib_error *error)
{
    joblib_model__call inner = *call;
    inner.method = primitive_of(self);
    JOBLIB_TRY(joblib_model__take_outputs(self, &inner, &inner.outputs, error));
    JOBLIB_TRY(self->type->compute[inner.method](self, &inner, error));
    bool by_sign = inner.method == JOBLIB_METHOD_DECISION_FUNCTION &&
                   inner.outputs[0].form.columns == 1;
    size_t targets = self->labels->target_count;
    for (size_t i = 0; i < targets; i++)
        choose_labels(&inner.outputs[i], by_sign, call->rows->rows,
                      call->outputs[0].labels + i, targets);
    return JOBLIB_OK;
}

static joblib_status derive_logarithms(const joblib_model__estimator *self,
                                       const joblib_model__call *call,
                                       joblib_error *error)
{
    joblib_model__call inner = *call;
    inner.method = JOBLIB_METHOD_PREDICT_PROBA;
    JOBLIB_TRY(self->type->compute[inner.method](self, &inner, error));
    size_t count = joblib_model__output_count(self, call->method);
    for (size_t i = 0; i < count; i++) {
        joblib_model__output *output = &call->outputs[i];
        size_t numbers = call->rows->rows * output->form.columns;
        if (joblib_model__is_narrow(output->form.number))
            joblib_kernel__log_narrow(output->narrow, numbers);
        else
            joblib_kernel__log(output->wide, numbers);
    }
    return JOBLIB_OK;
}

static joblib_status compute_block(const joblib_model__estimator *self,
                                   const joblib_model__call *call, joblib_error *error)
{
    joblib_model__compute *compute = self->type->compute[call->method];
    if (compute) return compute(self, call, error);
    return call->method == JOBLIB_METHOD_PREDICT ? derive_labels(self, call, error)
                                                 : derive_logarithms(self, call, error);
}

/* Checks the rows, if the estimator looks at them, and goes on with `next`. */
static joblib_status run_checked(const joblib_model__estimator *self,
                                 const joblib_model__call *call,
                                 joblib_model__compute *next, joblib_error *error)
{
    joblib_model__batch batch;
    joblib_model__call checked = *call;
    JOBLIB_NEVER(!joblib_model__has_method(self, call->method));
    checked.input = NULL;
    if (self->check.conversion != JOBLIB_MODEL_CONVERT_NONE) {
        JOBLIB_TRY(
            joblib_model__check_rows(self, call->rows, call->workspace, &batch, error));
        checked.input = &batch;
    }
    return next(self, &checked, error);
}

joblib_status joblib_model__run_block(const joblib_model__estimator *self,
                                      const joblib_model__call *call, joblib_error *error)
{
    return run_checked(self, call, compute_block, error);
}

static void clear_outputs(const joblib_model__estimator *self,
                          const joblib_model__call *call)
{
    size_t count = joblib_model__output_count(self, call->method);
    for (size_t i = 0; i < count; i++) {
        const joblib_model__output *output = &call->outputs[i];
        memset(output->wide, 0, call->rows->rows * output->form.columns * sizeof(double));
    }
}

/* Probabilities in double, and the rounding unit of their own type. */
static joblib_status compute_wide(const joblib_model__estimator *self,
                                  const joblib_model__call *call,
                                  joblib_model__output **out, double *unit,
                                  joblib_error *error)
{
    joblib_model__call inner = *call;
    JOBLIB_TRY(joblib_model__take_outputs(self, &inner, out, error));
    inner.outputs = *out;
    JOBLIB_TRY(self->type->compute[call->method](self, &inner, error));
    *unit = 0x1p-52;
    size_t count = joblib_model__output_count(self, call->method);
    for (size_t i = 0; i < count; i++) {
        joblib_model__output *output = &inner.outputs[i];
        if (!joblib_model__is_narrow(output->form.number)) continue;
        *unit = 0x1p-23;
        size_t numbers = call->rows->rows * output->form.columns;
        JOBLIB_TRY(
            joblib_model__take_doubles(call->workspace, numbers, &output->wide, error));
        joblib_array__widen_floats(output->narrow, numbers, output->wide);
    }
    return JOBLIB_OK;
}

static joblib_status bound_logarithms(const joblib_model__estimator *self,
                                      const joblib_model__call *call, joblib_error *error)
{
    double unit;
    joblib_model__output *probabilities;
    joblib_model__call inner = *call;
    inner.method = JOBLIB_METHOD_PREDICT_PROBA;
    JOBLIB_TRY(compute_wide(self, &inner, &probabilities, &unit, error));
    if (self->type->bound)
        JOBLIB_TRY(self->type->bound(self, &inner, error));
    else
        clear_outputs(self, &inner);
    size_t count = joblib_model__output_count(self, call->method);
    for (size_t i = 0; i < count; i++) {
        size_t numbers = call->rows->rows * call->outputs[i].form.columns;
        joblib_kernel__bound_log(call->outputs[i].wide, probabilities[i].wide, numbers,
                                 unit);
    }
    return JOBLIB_OK;
}

static joblib_status bound_checked(const joblib_model__estimator *self,
                                   const joblib_model__call *call, joblib_error *error)
{
    if (call->method == JOBLIB_METHOD_PREDICT_LOG_PROBA &&
        !self->type->compute[call->method])
        return bound_logarithms(self, call, error);
    if (self->type->bound && !gives_labels(self, call->method))
        return self->type->bound(self, call, error);
    clear_outputs(self, call);
    return JOBLIB_OK;
}

joblib_status joblib_model__bound_block(const joblib_model__estimator *self,
                                        const joblib_model__call *call,
                                        joblib_error *error)
{
    return run_checked(self, call, bound_checked, error);
}
