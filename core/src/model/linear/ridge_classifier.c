#include <string.h>

#include "base/try.h"
#include "model/linear/linear.h"
#include "model/workspace.h"

const joblib_model__type joblib_model__ridge_classifier_type = {
    .compute = {[JOBLIB_METHOD_DECISION_FUNCTION] = joblib_model__linear_scores},
    .derive = JOBLIB_MODEL_LABELS_FROM_SCORES,
    .bound = joblib_model__linear_bound,
    .describe = joblib_model__describe_linear,
};

/* Several labels a row: 1 for those whose score is above 0. */
static joblib_status predict_each_label(const joblib_model__estimator *base,
                                        const joblib_model__call *call,
                                        joblib_error *error)
{
    joblib_model__output *scores;
    joblib_model__call inner = *call;
    inner.method = JOBLIB_METHOD_DECISION_FUNCTION;
    JOBLIB_TRY(joblib_model__take_outputs(base, &inner, &scores, error));
    inner.outputs = scores;
    JOBLIB_TRY(joblib_model__linear_scores(base, &inner, error));
    size_t count = call->input->rows * scores->form.columns;
    bool narrow = joblib_model__is_narrow(scores->form.number);
    for (size_t i = 0; i < count; i++)
        call->outputs[0].wide[i] = narrow ? scores->narrow[i] > 0 : scores->wide[i] > 0;
    return JOBLIB_OK;
}

static void describe_each_label(const joblib_model__estimator *self, int method,
                                const joblib_model__form *input, size_t index,
                                joblib_model__form *output)
{
    if (method == JOBLIB_METHOD_PREDICT)
        output->number = JOBLIB_NUMBER_INT64;
    else
        joblib_model__describe_linear(self, method, input, index, output);
}

static joblib_status bound_each_label(const joblib_model__estimator *self,
                                      const joblib_model__call *call, joblib_error *error)
{
    if (call->method != JOBLIB_METHOD_PREDICT)
        return joblib_model__linear_bound(self, call, error);
    size_t count = call->input->rows * call->outputs[0].form.columns;
    memset(call->outputs[0].wide, 0, count * sizeof(double));
    return JOBLIB_OK;
}

static const joblib_model__type multilabel_type = {
    .compute = {[JOBLIB_METHOD_PREDICT] = predict_each_label,
                [JOBLIB_METHOD_DECISION_FUNCTION] = joblib_model__linear_scores},
    .bound = bound_each_label,
    .describe = describe_each_label,
};

/* The classes stand in the LabelBinarizer, which tells the kind of target too. */
static joblib_status read_binarizer(joblib_model__context *context,
                                    joblib_model__linear *self)
{
    const joblib_value *binarizer;
    JOBLIB_TRY(joblib_model__require(context, "_label_binarizer", &binarizer));
    const joblib_value *classes = joblib_value_attribute(binarizer, "classes_");
    JOBLIB_TRY(joblib_model__labels_of(context, classes, "_label_binarizer.classes_",
                                       JOBLIB_MODEL_LABELS_FIRST, &self->base));
    const char *kind =
        joblib_value_text(joblib_value_attribute(binarizer, "y_type_"), NULL);
    if (!kind)
        return joblib_model__fail(context, "_label_binarizer.y_type_", JOBLIB_ERROR_MODEL,
                                  "y_type_ of the label binarizer is missing");
    if (strncmp(kind, "multilabel", strlen("multilabel")) != 0 ||
        !joblib_model__holds(context->version, JOBLIB_MODEL_RIDGE_MULTILABEL))
        return joblib_model__check_class_count(context, self);
    self->base.type = &multilabel_type;
    self->base.predicts_labels = false;
    self->base.flat &= ~(1U << JOBLIB_METHOD_PREDICT);
    return JOBLIB_OK;
}

joblib_status joblib_model__build_ridge_classifier(joblib_model__context *context,
                                                   joblib_model__estimator **out)
{
    void *self;
    JOBLIB_TRY(joblib_model__new_linear(context, sizeof(joblib_model__linear), &self));
    *out = self;
    return read_binarizer(context, self);
}
