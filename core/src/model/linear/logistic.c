#include <string.h>

#include "array/widen.h"
#include "base/try.h"
#include "kernel/probability.h"
#include "model/linear/linear.h"
#include "model/workspace.h"

/* How probabilities follow from scores. */
enum link {
    LINK_SIGMOID,      /* one score: 1 - p and p */
    LINK_SOFTMAX_PAIR, /* one score d: the softmax of (-d, d) */
    LINK_SHARES,       /* one-vs-rest: each sigmoid over the sum of all */
    LINK_SOFTMAX
};

typedef struct logistic {
    joblib_model__linear linear;
    enum link link;
    bool uniform; /* shares of a sum of 0 are equal */
} logistic;

static joblib_status compute_scores_of(const joblib_model__estimator *base,
                                       const joblib_model__call *call,
                                       joblib_model__output *scores, joblib_error *error)
{
    joblib_model__output *outputs;
    joblib_model__call inner = *call;
    inner.method = JOBLIB_METHOD_DECISION_FUNCTION;
    JOBLIB_TRY(joblib_model__take_outputs(base, &inner, &outputs, error));
    inner.outputs = outputs;
    JOBLIB_TRY(joblib_model__linear_scores(base, &inner, error));
    *scores = outputs[0];
    if (!joblib_model__is_narrow(scores->form.number)) return JOBLIB_OK;
    size_t count = call->input->rows * scores->form.columns;
    JOBLIB_TRY(joblib_model__take_doubles(call->workspace, count, &scores->wide, error));
    joblib_array__widen_floats(scores->narrow, count, scores->wide);
    return JOBLIB_OK;
}

static void link_scores(const logistic *self, const double *scores, size_t rows,
                        double *out)
{
    size_t columns = self->linear.outputs;
    switch (self->link) {
    case LINK_SIGMOID:
        joblib_kernel__sigmoid_pairs(scores, rows, out);
        break;
    case LINK_SOFTMAX_PAIR:
        joblib_kernel__softmax_pairs(scores, rows, out);
        break;
    case LINK_SHARES:
        joblib_kernel__sigmoid_shares(scores, rows, columns, self->uniform, out);
        break;
    case LINK_SOFTMAX:
        joblib_kernel__softmax(scores, rows, columns, out);
        break;
    }
}

static joblib_status compute_logistic(const joblib_model__estimator *base,
                                      const joblib_model__call *call, joblib_error *error)
{
    const logistic *self = (const logistic *)base;
    const joblib_model__output *output = &call->outputs[0];
    joblib_model__output scores;
    size_t rows = call->input->rows, count = rows * output->form.columns;
    JOBLIB_TRY(compute_scores_of(base, call, &scores, error));
    if (!joblib_model__is_narrow(output->form.number)) {
        link_scores(self, scores.wide, rows, output->wide);
        return JOBLIB_OK;
    }
    double *wide;
    JOBLIB_TRY(joblib_model__take_doubles(call->workspace, count, &wide, error));
    link_scores(self, scores.wide, rows, wide);
    joblib_array__narrow_doubles(wide, count, output->narrow);
    return JOBLIB_OK;
}

static void bound_link(const logistic *self, const double *scores, const double *errors,
                       const double *p, size_t rows, double unit, double *out)
{
    size_t columns = self->linear.outputs;
    switch (self->link) {
    case LINK_SIGMOID:
        joblib_kernel__bound_pairs(errors, p, rows, 1, unit, out);
        break;
    case LINK_SOFTMAX_PAIR:
        joblib_kernel__bound_pairs(errors, p, rows, 2, unit, out);
        break;
    case LINK_SHARES:
        joblib_kernel__bound_shares(scores, errors, p, rows, columns, unit, out);
        break;
    case LINK_SOFTMAX:
        joblib_kernel__bound_softmax(scores, errors, p, rows, columns, unit, out);
        break;
    }
}

static joblib_status bound_logistic(const joblib_model__estimator *base,
                                    const joblib_model__call *call, joblib_error *error)
{
    if (call->method != JOBLIB_METHOD_PREDICT_PROBA)
        return joblib_model__linear_bound(base, call, error);
    const logistic *self = (const logistic *)base;
    size_t rows = call->input->rows, columns = call->outputs[0].form.columns;
    double *errors, *p;
    joblib_model__output scores;
    joblib_workspace *workspace = call->workspace;
    JOBLIB_TRY(compute_scores_of(base, call, &scores, error));
    JOBLIB_TRY(joblib_model__take_doubles(workspace, rows * scores.form.columns, &errors,
                                          error));
    JOBLIB_TRY(joblib_model__take_doubles(workspace, rows * columns, &p, error));
    joblib_model__output bounds = {.form = scores.form, .wide = errors};
    joblib_model__call inner = *call;
    inner.outputs = &bounds;
    JOBLIB_TRY(joblib_model__linear_bound(base, &inner, error));
    link_scores(self, scores.wide, rows, p);
    double unit = joblib_model__linear_unit(&self->linear, &call->input->form);
    bound_link(self, scores.wide, errors, p, rows, unit, call->outputs[0].wide);
    return JOBLIB_OK;
}

const joblib_model__type joblib_model__logistic_type = {
    .compute = {[JOBLIB_METHOD_DECISION_FUNCTION] = joblib_model__linear_scores,
                [JOBLIB_METHOD_PREDICT_PROBA] = compute_logistic},
    .derive = JOBLIB_MODEL_LABELS_FROM_SCORES | JOBLIB_MODEL_LOG_OF_PROBABILITIES,
    .bound = bound_logistic,
    .describe = joblib_model__describe_linear,
};

static bool is_one_of(const char *text, const char *first, const char *second)
{
    return strcmp(text, first) == 0 || strcmp(text, second) == 0;
}

/* "multinomial", "ovr" and "auto" over the years: "warn" and "deprecated" stood for defaults. */
static joblib_status is_one_vs_rest(joblib_model__context *context, bool binary,
                                    bool *out)
{
    const char *setting, *solver;
    JOBLIB_TRY(joblib_model__read_text(context, "multi_class", "auto", &setting));
    JOBLIB_TRY(joblib_model__read_text(context, "solver", "", &solver));
    bool by_version =
        joblib_model__holds(context->version, JOBLIB_MODEL_SOFTMAX_BY_CLASSES);
    if (by_version)
        *out = binary;
    else if (is_one_of(setting, "auto", "deprecated"))
        *out = binary || strcmp(solver, "liblinear") == 0;
    else
        *out = is_one_of(setting, "ovr", "warn");
    if (by_version || *out || is_one_of(setting, "multinomial", "auto")) return JOBLIB_OK;
    if (strcmp(setting, "deprecated") == 0) return JOBLIB_OK;
    char escaped[JOBLIB_ESCAPED_SIZE];
    return joblib_model__fail(context, "multi_class", JOBLIB_ERROR_ESTIMATOR,
                              "multi_class is '%s', which is not known",
                              joblib_base__escape(escaped, setting, strlen(setting)));
}

static joblib_status read_link(joblib_model__context *context, logistic *self)
{
    bool ovr;
    bool binary = self->linear.base.labels->targets[0].count <= 2;
    JOBLIB_TRY(is_one_vs_rest(context, binary, &ovr));
    bool pair = joblib_model__holds(context->version, JOBLIB_MODEL_BINARY_SOFTMAX);
    if (self->linear.outputs == 1)
        self->link = ovr || !pair ? LINK_SIGMOID : LINK_SOFTMAX_PAIR;
    else
        self->link = ovr ? LINK_SHARES : LINK_SOFTMAX;
    self->uniform = joblib_model__holds(context->version, JOBLIB_MODEL_UNIFORM_FOR_ZEROS);
    return JOBLIB_OK;
}

joblib_status joblib_model__build_logistic(joblib_model__context *context,
                                           joblib_model__estimator **out)
{
    void *memory;
    JOBLIB_TRY(joblib_model__new_linear(context, sizeof(logistic), &memory));
    logistic *self = memory;
    *out = &self->linear.base;
    JOBLIB_TRY(
        joblib_model__read_labels(context, "classes_", JOBLIB_MODEL_LABELS_FIRST, *out));
    JOBLIB_TRY(joblib_model__check_class_count(context, &self->linear));
    return read_link(context, self);
}
