/* MLPClassifier and MLPRegressor. */
#include <string.h>

#include "base/try.h"
#include "template/derive.h"

/* Rows and columns of the weights of layer `index`. */
static joblib_status read_layer(const joblib_value *weights, size_t index,
                                int64_t shape[2], joblib_error *error)
{
    joblib_array view;
    JOBLIB_TRY(joblib_value_array(joblib_value_at(weights, index), &view, error));
    shape[0] = view.shape[0];
    shape[1] = view.shape[1];
    return JOBLIB_OK;
}

/* Each layer takes what the one before gives, and has as many intercepts as columns. */
static joblib_status check_layers(struct joblib_template *made,
                                  const joblib_value *weights,
                                  const joblib_value *intercepts, joblib_error *error)
{
    size_t count = joblib_value_count(weights);
    int64_t shape[2], before = -1;
    if (count == 0 || joblib_value_count(intercepts) != count)
        return joblib_template__refuse(
            error, "intercepts_", "%zu layers, expected %zu as coefs_ has, at least 1",
            joblib_value_count(intercepts), count);
    for (size_t i = 0; i < count; i++) {
        int64_t length = (int64_t)joblib_value_count(joblib_value_at(intercepts, i));
        JOBLIB_TRY(read_layer(weights, i, shape, error));
        if (i == 0)
            JOBLIB_TRY(joblib_template__bind(made, JOBLIB_TEMPLATE_FEATURES, shape[0],
                                             "coefs_", error));
        else if (shape[0] != before)
            return joblib_template__refuse(
                error, "coefs_",
                "item %zu has %lld rows, expected %lld as item %zu has columns", i,
                (long long)shape[0], (long long)before, i - 1);
        if (length != shape[1])
            return joblib_template__refuse(error, "intercepts_",
                                           "item %zu has %lld numbers, expected %lld", i,
                                           (long long)length, (long long)shape[1]);
        before = shape[1];
    }
    return joblib_template__bind(made, JOBLIB_TEMPLATE_OUTPUTS, before, "coefs_", error);
}

/* The widths of all layers but the last, as the constructor takes them. */
static joblib_status put_hidden_sizes(struct joblib_template *made,
                                      const joblib_value *weights, joblib_error *error)
{
    joblib_value **items, *tuple;
    int64_t shape[2];
    size_t count = joblib_value_count(weights) - 1;
    if (joblib_template__is_given(made, "hidden_layer_sizes")) return JOBLIB_OK;
    JOBLIB_TRY(joblib_template__room(made, count, sizeof *items, &items, error));
    for (size_t i = 0; i < count; i++) {
        JOBLIB_TRY(read_layer(weights, i, shape, error));
        JOBLIB_TRY(joblib_builder_int64(made->builder, shape[1], &items[i], error));
    }
    JOBLIB_TRY(joblib_template__tuple(made->builder, items, count, &tuple, error));
    joblib_template__put(made, "hidden_layer_sizes", tuple);
    return JOBLIB_OK;
}

static joblib_status derive_network(struct joblib_template *made, const char *activation,
                                    joblib_error *error)
{
    joblib_value *weights, *intercepts, *text, *count;
    JOBLIB_TRY(joblib_template__get(made, "coefs_", &weights, error));
    JOBLIB_TRY(joblib_template__get(made, "intercepts_", &intercepts, error));
    JOBLIB_TRY(check_layers(made, weights, intercepts, error));
    JOBLIB_TRY(put_hidden_sizes(made, weights, error));
    JOBLIB_TRY(
        joblib_builder_text(made->builder, activation, strlen(activation), &text, error));
    joblib_template__put(made, "out_activation_", text);
    JOBLIB_TRY(joblib_builder_int64(
        made->builder, (int64_t)joblib_value_count(weights) + 1, &count, error));
    joblib_template__put(made, "n_layers_", count);
    return JOBLIB_OK;
}

static joblib_status make_binarizer(struct joblib_template *made, joblib_value **out,
                                    joblib_error *error)
{
    struct joblib_template *part;
    joblib_value *classes;
    JOBLIB_TRY(joblib_template__get(made, "classes_", &classes, error));
    JOBLIB_TRY(joblib_template__new_part(made, "LabelBinarizer", &part, error));
    joblib_status status = joblib_template_set(part, "classes_", classes, error);
    if (status == JOBLIB_OK) status = joblib_template_finish(part, out, error);
    joblib_template_free(part);
    return status;
}

joblib_status joblib_template__derive_network_classifier(struct joblib_template *made,
                                                         joblib_error *error)
{
    joblib_value *binarizer;
    int64_t classes = made->sizes[JOBLIB_TEMPLATE_CLASSES].count;
    if (classes < 2)
        return joblib_template__refuse(error, "classes_",
                                       "%lld classes, expected 2 or more",
                                       (long long)classes);
    JOBLIB_TRY(joblib_template__bind(made, JOBLIB_TEMPLATE_OUTPUTS,
                                     classes == 2 ? 1 : classes, "classes_", error));
    JOBLIB_TRY(derive_network(made, classes == 2 ? "logistic" : "softmax", error));
    JOBLIB_TRY(make_binarizer(made, &binarizer, error));
    joblib_template__put(made, "_label_binarizer", binarizer);
    return JOBLIB_OK;
}

/* Since 1.7 a network can be trained for counts, and gives the exponential. */
joblib_status joblib_template__derive_network_regressor(struct joblib_template *made,
                                                        joblib_error *error)
{
    joblib_value *loss;
    JOBLIB_TRY(joblib_template__get(made, "loss", &loss, error));
    const char *text = joblib_value_text(loss, NULL);
    bool is_poisson = text && strcmp(text, "poisson") == 0;
    return derive_network(made, is_poisson ? "exp" : "identity", error);
}
