#include <string.h>

#include "base/try.h"
#include "model/pipeline/pipeline.h"

/* None and "passthrough" stand for a step that does nothing. */
static bool is_nothing(const joblib_value *step)
{
    const char *text = joblib_value_text(step, NULL);
    return joblib_value_kind(step) == JOBLIB_KIND_NONE ||
           (text && strcmp(text, "passthrough") == 0);
}

/* Builds step `index`, a pair of name and estimator; NULL where it cannot run or is nothing. */
static joblib_status build_step(joblib_model__context *context, const joblib_value *steps,
                                size_t index, joblib_model__step *out)
{
    const joblib_model__segment list = {context->path, "steps", 0};
    const joblib_model__segment pair = {&list, NULL, index};
    const joblib_model__segment place = {&pair, NULL, 1};
    const joblib_value *value = joblib_value_at(joblib_value_at(steps, index), 1);
    joblib_model__estimator *estimator;
    out->index = index;
    out->estimator = NULL;
    if (!value)
        return joblib_model__fail(context, "steps", JOBLIB_ERROR_MODEL,
                                  "step %zu is no pair of name and estimator", index);
    if (is_nothing(value)) return JOBLIB_OK;
    JOBLIB_TRY(joblib_model__build_part(context, value, &place, &estimator));
    out->estimator = estimator;
    return JOBLIB_OK;
}

/* All steps are built, so that the report names each that cannot run. */
static joblib_status build_steps(joblib_model__context *context,
                                 const joblib_value *steps, joblib_model__pipeline *self,
                                 joblib_model__step *built)
{
    const size_t last = joblib_value_count(steps) - 1;
    size_t untransforming = last;
    self->steps = built;
    for (size_t i = 0; i < last; i++) {
        joblib_model__step *step = &built[self->step_count];
        JOBLIB_TRY(build_step(context, steps, i, step));
        if (!step->estimator) continue;
        self->step_count++;
        if (!joblib_model__has_method(step->estimator, JOBLIB_METHOD_TRANSFORM))
            untransforming = i;
    }
    JOBLIB_TRY(build_step(context, steps, last, &self->last));
    if (untransforming == last) return JOBLIB_OK;
    return joblib_model__fail(context, "steps", JOBLIB_ERROR_MODEL,
                              "step %zu, not the last, has no transform", untransforming);
}

/* The pipeline answers as its last step does, and takes what its first takes. */
static void take_after_steps(joblib_model__pipeline *self)
{
    const joblib_model__estimator *last = self->last.estimator;
    const joblib_model__estimator *first =
        self->step_count > 0 ? self->steps[0].estimator : last;
    self->base.methods = last ? last->methods : 1U << JOBLIB_METHOD_TRANSFORM;
    for (size_t i = 0; i < self->step_count; i++) {
        if (self->base.block_rows < self->steps[i].estimator->block_rows)
            self->base.block_rows = self->steps[i].estimator->block_rows;
    }
    if (first) {
        self->base.features = first->features;
        self->base.feature_names = first->feature_names;
    }
    if (!last) return;
    self->base.flat = last->flat;
    self->base.refusal = last->refusal;
    self->base.labels = last->labels;
    self->base.predicts_labels = last->predicts_labels;
    memcpy(self->base.columns, last->columns, sizeof self->base.columns);
    if (self->base.block_rows < last->block_rows)
        self->base.block_rows = last->block_rows;
}

joblib_status joblib_model__build_pipeline(joblib_model__context *context,
                                           joblib_model__estimator **out)
{
    const joblib_value *steps;
    void *memory, *built;
    JOBLIB_TRY(
        joblib_model__new_estimator(context, sizeof(joblib_model__pipeline), &memory));
    joblib_model__pipeline *self = memory;
    *out = &self->base;
    JOBLIB_TRY(joblib_model__require(context, "steps", &steps));
    size_t count = joblib_value_count(steps);
    if (joblib_value_kind(steps) != JOBLIB_KIND_LIST || count == 0)
        return joblib_model__fail(context, "steps", JOBLIB_ERROR_MODEL,
                                  "steps is %s of %zu, not a list of steps",
                                  joblib_kind_name((int)joblib_value_kind(steps)), count);
    JOBLIB_TRY(
        joblib_model__allocate(context, count, sizeof(joblib_model__step), &built));
    JOBLIB_TRY(build_steps(context, steps, self, built));
    if (!context->part_failed) take_after_steps(self);
    return JOBLIB_OK;
}
