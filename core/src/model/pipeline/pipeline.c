#include "model/pipeline/pipeline.h"

#include <string.h>

#include "array/widen.h"
#include "base/try.h"
#include "model/run/check.h"
#include "model/workspace.h"

/* What reaches the last step. */
static joblib_model__form form_at_last(const joblib_model__pipeline *self,
                                       const joblib_model__form *input)
{
    joblib_model__form form = *input;
    for (size_t i = 0; i < self->step_count; i++) {
        joblib_model__form next;
        joblib_model__describe(self->steps[i].estimator, JOBLIB_METHOD_TRANSFORM, &form,
                               0, &next);
        form = next;
    }
    return form;
}

static void describe_pipeline(const joblib_model__estimator *base, int method,
                              const joblib_model__form *input, size_t index,
                              joblib_model__form *output)
{
    const joblib_model__pipeline *self = (const joblib_model__pipeline *)base;
    joblib_model__form form = form_at_last(self, input);
    if (self->last.estimator)
        joblib_model__describe(self->last.estimator, method, &form, index, output);
    else
        *output = form;
}

/* Tells in which step an error happened. The column is one of that step's input. */
static joblib_status fail_in_step(const joblib_model__step *step, joblib_status status,
                                  joblib_error *error)
{
    const joblib_model__segment steps = {NULL, "steps", 0};
    const joblib_model__segment pair = {&steps, NULL, step->index};
    const joblib_model__segment estimator = {&pair, NULL, 1};
    joblib_model__prefix_path(error, &estimator);
    return status;
}

static joblib_status run_step(const joblib_model__step *step,
                              const joblib_model__call *call, joblib_model__rows *rows,
                              joblib_error *error)
{
    joblib_model__output *outputs;
    joblib_model__call inner = {.method = JOBLIB_METHOD_TRANSFORM,
                                .rows = rows,
                                .workspace = call->workspace};
    JOBLIB_TRY(joblib_model__take_outputs(step->estimator, &inner, &outputs, error));
    inner.outputs = outputs;
    joblib_status status = joblib_model__run_block(step->estimator, &inner, error);
    if (status != JOBLIB_OK) return fail_in_step(step, status, error);
    *rows = joblib_model__output_rows(outputs, rows);
    return JOBLIB_OK;
}

static joblib_status run_steps(const joblib_model__pipeline *self,
                               const joblib_model__call *call, joblib_model__rows *rows,
                               joblib_error *error)
{
    *rows = *call->rows;
    for (size_t i = 0; i < self->step_count; i++)
        JOBLIB_TRY(run_step(&self->steps[i], call, rows, error));
    return JOBLIB_OK;
}

/* The rows themselves are the result. */
static joblib_status pass_through(const joblib_model__rows *rows,
                                  const joblib_model__call *call, joblib_error *error)
{
    const joblib_model__estimator any = {.check = {.conversion = JOBLIB_MODEL_KEEP,
                                                   .allow_nan = true,
                                                   .allow_infinity = true,
                                                   .accept_sparse = true}};
    joblib_model__output *output = &call->outputs[0];
    joblib_model__batch batch;
    JOBLIB_TRY(joblib_model__check_rows(&any, rows, call->workspace, &batch, error));
    if (rows->form.kind == JOBLIB_INPUT_CSR) {
        output->wide = (double *)batch.wide;
        output->narrow = (float *)batch.narrow;
        output->offsets = batch.offsets;
        output->indices = batch.indices;
        return JOBLIB_OK;
    }
    size_t count = rows->rows * rows->form.columns;
    if (joblib_model__is_narrow(rows->form.number))
        memcpy(output->narrow, batch.narrow, count * sizeof(float));
    else
        memcpy(output->wide, batch.wide, count * sizeof(double));
    return JOBLIB_OK;
}

static joblib_status run_pipeline(const joblib_model__estimator *base,
                                  const joblib_model__call *call, joblib_error *error)
{
    const joblib_model__pipeline *self = (const joblib_model__pipeline *)base;
    joblib_model__rows rows;
    joblib_model__call inner = *call;
    JOBLIB_TRY(run_steps(self, call, &rows, error));
    if (!self->last.estimator) return pass_through(&rows, call, error);
    inner.rows = &rows;
    joblib_status status = joblib_model__run_block(self->last.estimator, &inner, error);
    return status == JOBLIB_OK ? JOBLIB_OK : fail_in_step(&self->last, status, error);
}

/* Transformers have no error so far: each computes a fixed sequence. */
static joblib_status bound_pipeline(const joblib_model__estimator *base,
                                    const joblib_model__call *call, joblib_error *error)
{
    const joblib_model__pipeline *self = (const joblib_model__pipeline *)base;
    joblib_model__rows rows;
    joblib_model__call inner = *call;
    JOBLIB_TRY(run_steps(self, call, &rows, error));
    if (!self->last.estimator) {
        memset(call->outputs[0].wide, 0,
               rows.rows * call->outputs[0].form.columns * sizeof(double));
        return JOBLIB_OK;
    }
    inner.rows = &rows;
    joblib_status status = joblib_model__bound_block(self->last.estimator, &inner, error);
    return status == JOBLIB_OK ? JOBLIB_OK : fail_in_step(&self->last, status, error);
}

static joblib_status prepare_pipeline(const joblib_model__estimator *base,
                                      joblib_base__arena *arena,
                                      const joblib_model__estimator **out,
                                      joblib_error *error)
{
    const joblib_model__pipeline *self = (const joblib_model__pipeline *)base;
    size_t size = self->step_count * sizeof *self->steps;
    joblib_model__pipeline *copy = joblib_base__arena_allocate(arena, sizeof *copy);
    joblib_model__step *steps = joblib_base__arena_allocate(arena, size);
    if (!copy || !steps) return joblib_base__set_no_memory(error, size + sizeof *copy);
    *copy = *self;
    copy->steps = steps;
    bool changed = false;
    for (size_t i = 0; i < self->step_count; i++) {
        steps[i] = self->steps[i];
        JOBLIB_TRY(joblib_model__prepare(self->steps[i].estimator, arena,
                                         &steps[i].estimator, error));
        changed = changed || steps[i].estimator != self->steps[i].estimator;
    }
    if (self->last.estimator)
        JOBLIB_TRY(joblib_model__prepare(self->last.estimator, arena,
                                         &copy->last.estimator, error));
    changed = changed || copy->last.estimator != self->last.estimator;
    if (changed) *out = &copy->base;
    return JOBLIB_OK;
}

const joblib_model__type joblib_model__pipeline_type = {
    .compute = {[JOBLIB_METHOD_PREDICT] = run_pipeline,
                [JOBLIB_METHOD_PREDICT_PROBA] = run_pipeline,
                [JOBLIB_METHOD_PREDICT_LOG_PROBA] = run_pipeline,
                [JOBLIB_METHOD_DECISION_FUNCTION] = run_pipeline,
                [JOBLIB_METHOD_TRANSFORM] = run_pipeline},
    .bound = bound_pipeline,
    .describe = describe_pipeline,
    .prepare = prepare_pipeline,
};
