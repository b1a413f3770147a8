#include <string.h>

#include "base/try.h"
#include "kernel/argmax.h"
#include "model/dummy/dummy.h"

enum strategy { MOST_FREQUENT, PRIOR, CONSTANT, UNIFORM, STRATIFIED };

static const char *const strategies[] = {
    [MOST_FREQUENT] = "most_frequent", [PRIOR] = "prior",
    [CONSTANT] = "constant",           [UNIFORM] = "uniform",
    [STRATIFIED] = "stratified",       NULL,
};

typedef struct dummy_classifier {
    joblib_model__estimator base;
    const double **probabilities; /* of each target: one row */
} dummy_classifier;

static joblib_status predict_first_labels(const joblib_model__estimator *self,
                                          const joblib_model__call *call,
                                          joblib_error *error)
{
    (void)error;
    memset(call->outputs[0].labels, 0,
           call->rows->rows * self->labels->target_count * sizeof(uint32_t));
    return JOBLIB_OK;
}

static joblib_status repeat_probabilities(const joblib_model__estimator *base,
                                          const joblib_model__call *call,
                                          joblib_error *error)
{
    const dummy_classifier *self = (const dummy_classifier *)base;
    (void)error;
    for (size_t t = 0; t < base->labels->target_count; t++) {
        size_t columns = base->labels->targets[t].count;
        double *out = call->outputs[t].wide;
        for (size_t i = 0; i < call->rows->rows; i++)
            memcpy(out + i * columns, self->probabilities[t], columns * sizeof *out);
    }
    return JOBLIB_OK;
}

const joblib_model__type joblib_model__dummy_classifier_type = {
    .compute = {[JOBLIB_METHOD_PREDICT] = predict_first_labels,
                [JOBLIB_METHOD_PREDICT_PROBA] = repeat_probabilities},
    .derive = JOBLIB_MODEL_LOG_OF_PROBABILITIES,
};

/* What stands for target `index` in an attribute: an item of a list, or all of it. */
static const joblib_value *find_for_target(const joblib_value *value, size_t index)
{
    joblib_kind kind = joblib_value_kind(value);
    bool is_list = kind == JOBLIB_KIND_LIST || kind == JOBLIB_KIND_TUPLE;
    return is_list ? joblib_value_at(value, index) : value;
}

/* The constant of target `index`: a Python value, or an element of an array. */
static joblib_model__label find_constant(const joblib_value *constant,
                                         joblib_array *array, size_t index)
{
    if (joblib_value_array(constant, array, NULL) == JOBLIB_OK && array->count > index)
        return (joblib_model__label){.array = array, .index = index};
    return (joblib_model__label){.value = find_for_target(constant, index)};
}

/* One target while it is read. */
typedef struct dummy_target {
    joblib_array constants; /* where the constants are an array */
    size_t index;
    size_t strategy;
} dummy_target;

static joblib_status read_priors(joblib_model__context *context, size_t index,
                                 size_t count, const double **out)
{
    const joblib_value *value;
    joblib_model__numbers priors;
    JOBLIB_TRY(joblib_model__require(context, "class_prior_", &value));
    value = find_for_target(value, index);
    JOBLIB_TRY(joblib_model__numbers_of(context, value, "class_prior_", &priors));
    if (priors.ndim != 1 || priors.count != count)
        return joblib_model__fail(context, "class_prior_", JOBLIB_ERROR_MODEL,
                                  "class_prior_ has %zu numbers for %zu classes",
                                  priors.count, count);
    *out = priors.values;
    return JOBLIB_OK;
}

static joblib_status choose_class(joblib_model__context *context, dummy_target *target,
                                  const joblib_array *classes, const double *priors,
                                  size_t *chosen, joblib_model__label *label)
{
    uint32_t best;
    joblib_kernel__argmax(priors, 1, classes->count, &best, 1);
    *chosen = best;
    *label = (joblib_model__label){.array = classes, .index = best};
    if (target->strategy != CONSTANT) return JOBLIB_OK;
    const joblib_value *constant;
    JOBLIB_TRY(joblib_model__require(context, "constant", &constant));
    *label = find_constant(constant, &target->constants, target->index);
    for (*chosen = 0; *chosen < classes->count; ++*chosen) {
        bool equal;
        const joblib_model__label class = {.array = classes, .index = *chosen};
        JOBLIB_TRY(joblib_model__equal_labels(context, &class, label, &equal));
        if (equal) return JOBLIB_OK;
    }
    return joblib_model__fail(context, "constant", JOBLIB_ERROR_MODEL,
                              "the constant of target %zu is none of its %zu classes",
                              target->index, classes->count);
}

static joblib_status read_dummy_target(joblib_model__context *context,
                                       dummy_classifier *self, dummy_target *target,
                                       joblib_model__label *label)
{
    void *memory;
    size_t chosen;
    const double *priors = NULL;
    const joblib_array *classes = &self->base.labels->targets[target->index].classes;
    JOBLIB_TRY(read_priors(context, target->index, classes->count, &priors));
    JOBLIB_TRY(choose_class(context, target, classes, priors, &chosen, label));
    JOBLIB_TRY(joblib_model__allocate(context, classes->count, sizeof(double), &memory));
    double *row = memory;
    if (target->strategy == PRIOR) memcpy(row, priors, classes->count * sizeof *row);
    if (target->strategy == MOST_FREQUENT || target->strategy == CONSTANT)
        row[chosen] = 1;
    for (size_t i = 0; target->strategy == UNIFORM && i < classes->count; i++)
        row[i] = 1 / (double)classes->count;
    self->probabilities[target->index] = row;
    return JOBLIB_OK;
}

static joblib_status read_targets_of_dummy(joblib_model__context *context,
                                           dummy_classifier *self, size_t strategy)
{
    void *targets_memory, *labels_memory, *rows;
    size_t count = self->base.labels->target_count;
    JOBLIB_TRY(
        joblib_model__allocate(context, count, sizeof(dummy_target), &targets_memory));
    JOBLIB_TRY(joblib_model__allocate(context, count, sizeof(joblib_model__label),
                                      &labels_memory));
    JOBLIB_TRY(joblib_model__allocate(context, count, sizeof(double *), &rows));
    dummy_target *targets = targets_memory;
    joblib_model__label *labels = labels_memory;
    self->probabilities = rows;
    for (size_t i = 0; i < count; i++) {
        targets[i].index = i;
        targets[i].strategy = strategy;
        JOBLIB_TRY(read_dummy_target(context, self, &targets[i], &labels[i]));
    }
    if (count == 1) self->base.flat |= 1U << JOBLIB_METHOD_PREDICT;
    if (strategy == UNIFORM) return JOBLIB_OK;
    return joblib_model__fix_labels(context, labels, &self->base);
}

/* Random answers cannot be those of scikit-learn. */
static joblib_status refuse_random(joblib_model__context *context,
                                   joblib_model__estimator *self, size_t strategy)
{
    static const char reason[] = "the strategy needs random numbers";
    if (strategy == STRATIFIED)
        return joblib_model__fail(context, "strategy", JOBLIB_ERROR_ESTIMATOR,
                                  "strategy '%s' needs random numbers",
                                  strategies[strategy]);
    if (strategy != UNIFORM) return JOBLIB_OK;
    joblib_model__drop_methods(self, 1U << JOBLIB_METHOD_PREDICT);
    self->refusal = reason;
    return JOBLIB_OK;
}

joblib_status joblib_model__build_dummy_classifier(joblib_model__context *context,
                                                   joblib_model__estimator **out)
{
    void *memory;
    size_t strategy;
    bool sparse;
    JOBLIB_TRY(joblib_model__new_estimator(context, sizeof(dummy_classifier), &memory));
    dummy_classifier *self = memory;
    *out = &self->base;
    self->base.features = 0;
    self->base.check = joblib_model__dummy_check(context);
    const char *attribute =
        joblib_model__has(context, "_strategy") ? "_strategy" : "strategy";
    JOBLIB_TRY(joblib_model__read_choice(context, attribute, strategies, "stratified",
                                         &strategy));
    JOBLIB_TRY(joblib_model__read_flag(context, "sparse_output_", false, &sparse));
    if (sparse)
        return joblib_model__fail(context, "sparse_output_", JOBLIB_ERROR_ESTIMATOR,
                                  "sparse targets are not supported");
    JOBLIB_TRY(
        joblib_model__read_labels(context, "classes_", JOBLIB_MODEL_LABELS_COMMON, *out));
    JOBLIB_TRY(refuse_random(context, *out, strategy));
    return read_targets_of_dummy(context, self, strategy);
}
