/* Models made from numbers, run by this library: what their arithmetic gives by hand. */
#include <math.h>
#include <stdlib.h>

#include "joblib.h"
#include "support/samples.h"
#include "support/test.h"

#define MAX_OUTPUT 4

/* Makes a model of an estimator; the builder is empty afterwards. */
static joblib_model *model_of(joblib_builder *builder, const joblib_value *estimator)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    joblib_model *model = NULL;
    CHECK_OK(joblib_builder_finish(builder, estimator, &document, &error), &error);
    CHECK_OK(joblib_model_new(document, NULL, NULL, &model, &error), &error);
    joblib_document_release(document);
    return model;
}

/* The sample of a class, as a model; NULL if there is no such sample. */
static joblib_model *sample_model(const char *class, const char *version)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_builder *builder = NULL;
    joblib_value *estimator = NULL;
    joblib_model *model = NULL;
    size_t i = 0;
    while (i < sample_count() && strcmp(sample_class(i), class) != 0) i++;
    if (i == sample_count()) return NULL;
    CHECK_OK(joblib_builder_new(NULL, &builder, &error), &error);
    CHECK_OK(sample_make(builder, i, version, &estimator, &error), &error);
    if (estimator) model = model_of(builder, estimator);
    joblib_builder_free(builder);
    return model;
}

/* What a method gives for one row must be these numbers. */
static void check_row(const joblib_model *model, int method, const double *row,
                      size_t columns, const double *expected, size_t count)
{
    double found[MAX_OUTPUT] = {0};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_input input;
    joblib_input_dense(&input, row, JOBLIB_NUMBER_FLOAT64, 1, columns);
    CHECK_EQ_SIZE(joblib_model_output_columns(model, method, 0), count);
    CHECK_OK(joblib_model_fill(model, method, &input, NULL, found, MAX_OUTPUT, &error),
             &error);
    for (size_t i = 0; i < count; i++) CHECK_EQ_DOUBLE(found[i], expected[i]);
}

/* A sample, a method, a row of two numbers and what it gives. */
static const struct {
    const char *class;
    int method;
    double row[2];
    double expected[MAX_OUTPUT];
    size_t count;
} runs[] = {
    {"LinearRegression", JOBLIB_METHOD_PREDICT, {3, 4}, {11.5}, 1},
    {"Ridge", JOBLIB_METHOD_PREDICT, {3, 4}, {11.5}, 1},
    {"LogisticRegression", JOBLIB_METHOD_DECISION_FUNCTION, {3, 4}, {11, 25, -3}, 3},
    {"LogisticRegression", JOBLIB_METHOD_PREDICT, {3, 4}, {1}, 1},
    {"StandardScaler", JOBLIB_METHOD_TRANSFORM, {3, 4}, {2, 0.5}, 2},
    {"MinMaxScaler", JOBLIB_METHOD_TRANSFORM, {1, 3}, {0.5, 2}, 2},
    {"DecisionTreeClassifier", JOBLIB_METHOD_PREDICT_PROBA, {9, 0.5}, {1, 0}, 2},
    {"DecisionTreeClassifier", JOBLIB_METHOD_PREDICT_PROBA, {9, 0.75}, {0.25, 0.75}, 2},
    {"DecisionTreeClassifier", JOBLIB_METHOD_PREDICT, {9, 0.75}, {3}, 1},
    {"DecisionTreeRegressor", JOBLIB_METHOD_PREDICT, {9, 0.75}, {2.5}, 1},
    {"RandomForestClassifier", JOBLIB_METHOD_PREDICT_PROBA, {9, 0.75}, {0.25, 0.75}, 2},
    {"RandomForestClassifier", JOBLIB_METHOD_PREDICT, {9, 0.5}, {1}, 1},
    {"RandomForestRegressor", JOBLIB_METHOD_PREDICT, {9, 0.5}, {-1.5}, 1},
};

static void runs_in_every_release(void)
{
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++)
        for (size_t k = 0; k < joblib_template_version_count(); k++) {
            joblib_model *model = sample_model(runs[i].class, joblib_template_version(k));
            CHECK(model != NULL);
            if (model)
                check_row(model, runs[i].method, runs[i].row, 2, runs[i].expected,
                          runs[i].count);
            joblib_model_release(model);
        }
}

/* (3 - 1) / 1 = 2 and (4 - 2) / 4 = 0.5; 2 - 2 * 0.5 + 0.5 = 1.5 */
static void runs_a_pipeline(void)
{
    static const double row[] = {3, 4};
    double expected[] = {1.5};
    joblib_model *model = sample_model("Pipeline", "1.6");
    REQUIRE(model != NULL);
    CHECK_EQ_TEXT(joblib_model_version(model), "1.6.1");
    check_row(model, JOBLIB_METHOD_DECISION_FUNCTION, row, 2, expected, 1);
    joblib_model_release(model);
}

static const int64_t shape_2_2[] = {2, 2};

/* Through the functions for C's own numbers, as a program or a binding calls them. */
static void takes_plain_arrays(void)
{
    static const double coefficients[] = {1, 2, 3, 4};
    static const double row[] = {10, 100};
    double expected[] = {210.5, 430.5};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_builder *builder = NULL;
    joblib_template *made = NULL;
    joblib_value *value = NULL;
    CHECK_OK(joblib_builder_new(NULL, &builder, &error), &error);
    CHECK_OK(joblib_template_new(builder, "Ridge", "1.9", &made, &error), &error);
    CHECK_OK(joblib_template_set_float64(made, "intercept_", 0.5, &error), &error);
    CHECK_OK(joblib_template_set_text(made, "solver", "svd", &error), &error);
    CHECK_OK(joblib_template_set_bool(made, "copy_X", false, &error), &error);
    CHECK_OK(joblib_template_set_int64(made, "max_iter", 7, &error), &error);
    CHECK_OK(joblib_template_float64s(builder, coefficients, shape_2_2, 2, &value,
                                      &error),
             &error);
    CHECK_OK(joblib_template_set(made, "coef_", value, &error), &error);
    CHECK_OK(joblib_template_finish(made, &value, &error), &error);
    CHECK_EQ_TEXT(joblib_value_text(joblib_value_attribute(value, "solver"), NULL),
                  "svd");
    joblib_template_free(made);
    joblib_model *model = model_of(builder, value);
    if (model) check_row(model, JOBLIB_METHOD_PREDICT, row, 2, expected, 2);
    joblib_model_release(model);
    joblib_builder_free(builder);
}

/* Classes as texts, and lists that are appended to. */
static void takes_texts_and_layers(void)
{
    static const char *const classes[] = {"ant", "b\xc3\xa9"
                                                 "e"};
    static const double weights[] = {1, 2, 3, 4};
    static const int64_t shape_2_1[] = {2, 1}, two = 2, one = 1;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_builder *builder = NULL;
    joblib_template *made = NULL;
    joblib_value *value = NULL, *model = NULL;
    CHECK_OK(joblib_builder_new(NULL, &builder, &error), &error);
    CHECK_OK(joblib_template_new(builder, "MLPClassifier", "1.6", &made, &error), &error);
    CHECK_OK(joblib_template_texts(builder, classes, 2, &value, &error), &error);
    CHECK_OK(joblib_template_set(made, "classes_", value, &error), &error);
    CHECK_OK(joblib_template_float64s(builder, weights, shape_2_2, 2, &value, &error),
             &error);
    CHECK_OK(joblib_template_append(made, "coefs_", value, &error), &error);
    CHECK_OK(joblib_template_float64s(builder, weights, shape_2_1, 2, &value, &error),
             &error);
    CHECK_OK(joblib_template_append(made, "coefs_", value, &error), &error);
    CHECK_OK(joblib_template_float64s(builder, weights, &two, 1, &value, &error), &error);
    CHECK_OK(joblib_template_append(made, "intercepts_", value, &error), &error);
    CHECK_OK(joblib_template_float64s(builder, weights, &one, 1, &value, &error), &error);
    CHECK_OK(joblib_template_append(made, "intercepts_", value, &error), &error);
    CHECK_OK(joblib_template_finish(made, &model, &error), &error);
    const joblib_value *sizes = joblib_value_attribute(model, "hidden_layer_sizes");
    int64_t size = 0;
    CHECK_EQ_SIZE(joblib_value_count(sizes), 1);
    CHECK_OK(joblib_value_as_int64(joblib_value_at(sizes, 0), &size, &error), &error);
    CHECK_EQ_INT(size, 2);
    joblib_array labels = JOBLIB_ARRAY_INIT;
    char text[8];
    CHECK_OK(joblib_value_array(joblib_value_attribute(model, "classes_"), &labels,
                                &error),
             &error);
    CHECK_EQ_TEXT(joblib_dtype_text(labels.dtype), "<U3");
    size_t length = 0;
    CHECK_OK(joblib_array_text(&labels, 1, text, sizeof text, &length, &error), &error);
    CHECK_EQ_BYTES(text,
                   "b\xc3\xa9"
                   "e",
                   4);
    joblib_template_free(made);
    joblib_builder_free(builder);
}

int main(void)
{
    RUN(runs_in_every_release);
    RUN(runs_a_pipeline);
    RUN(takes_plain_arrays);
    RUN(takes_texts_and_layers);
    return test_finish();
}
