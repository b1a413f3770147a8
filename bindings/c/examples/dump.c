/* dump MODEL ROWS
 *
 * Trains a logistic regression by a few steps of gradient descent, and dumps it as scikit-learn's.
 * Dumps the rows too, and prints the label of each, as `joblib predict MODEL ROWS` and Python do.
 */
#include <joblib.h>

#include <math.h>
#include <stdio.h>

#define COUNT 6
#define FEATURES 2
#define STEPS 200
#define RATE 0.5

static const double rows[COUNT][FEATURES] = {{0.2, 1.1}, {0.4, 0.3}, {0.9, 0.8},
                                             {2.1, 1.9}, {2.6, 3.2}, {3.0, 2.4}};
static const int is_ripe[COUNT] = {0, 0, 0, 1, 1, 1};
static const char *const labels[] = {"green", "ripe"};

/** What is learned. */
typedef struct line {
    double weights[FEATURES];
    double intercept;
} line;

static double score_of(const line *model, const double *row)
{
    return model->weights[0] * row[0] + model->weights[1] * row[1] + model->intercept;
}

static line fit(void)
{
    line model = {{0.0, 0.0}, 0.0};
    for (int step = 0; step < STEPS; step++) {
        for (int i = 0; i < COUNT; i++) {
            const double wanted = is_ripe[i];
            const double found = 1.0 / (1.0 + exp(-score_of(&model, rows[i])));
            for (int j = 0; j < FEATURES; j++) {
                model.weights[j] += RATE * (wanted - found) * rows[i][j];
            }
            model.intercept += RATE * (wanted - found);
        }
    }
    return model;
}

/* Fills a template; the model is a value of the builder. */
static joblib_status make_model(joblib_builder *builder, const line *learned,
                                joblib_template *made, joblib_value **out,
                                joblib_error *error)
{
    static const int64_t shape[] = {1, FEATURES}, one[] = {1};
    joblib_value *classes, *weights, *intercept;
    joblib_status status = joblib_template_texts(builder, labels, 2, &classes, error);
    if (status == JOBLIB_OK)
        status = joblib_template_set(made, "classes_", classes, error);
    if (status == JOBLIB_OK)
        status = joblib_template_float64s(builder, learned->weights, shape, 2, &weights,
                                          error);
    if (status == JOBLIB_OK) status = joblib_template_set(made, "coef_", weights, error);
    if (status == JOBLIB_OK)
        status = joblib_template_float64s(builder, &learned->intercept, one, 1,
                                          &intercept, error);
    if (status == JOBLIB_OK)
        status = joblib_template_set(made, "intercept_", intercept, error);
    if (status == JOBLIB_OK) status = joblib_template_finish(made, out, error);
    return status;
}

static joblib_status make_rows(joblib_builder *builder, joblib_value **out,
                               joblib_error *error)
{
    static const int64_t shape[] = {COUNT, FEATURES};
    return joblib_template_float64s(builder, &rows[0][0], shape, 2, out, error);
}

/* The builder may build another document afterwards. */
static joblib_status dump_value(joblib_builder *builder, const joblib_value *root,
                                const char *path, joblib_error *error)
{
    joblib_document *document = NULL;
    joblib_status status = joblib_builder_finish(builder, root, &document, error);
    if (status == JOBLIB_OK) status = joblib_dump_file(document, path, NULL, error);
    joblib_document_release(document);
    return status;
}

static joblib_status dump_model(joblib_builder *builder, const line *learned,
                                const char *path, joblib_error *error)
{
    joblib_template *made = NULL;
    joblib_value *model = NULL;
    joblib_status status =
        joblib_template_new(builder, "LogisticRegression", "1.9", &made, error);
    if (status == JOBLIB_OK) status = make_model(builder, learned, made, &model, error);
    joblib_template_free(made);
    return status == JOBLIB_OK ? dump_value(builder, model, path, error) : status;
}

int main(int count, char **words)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_builder *builder = NULL;
    joblib_value *array = NULL;
    joblib_status status;
    const line learned = fit();
    if (count != 3) {
        fprintf(stderr, "usage: dump MODEL ROWS\n");
        return 2;
    }
    status = joblib_builder_new(NULL, &builder, &error);
    if (status == JOBLIB_OK) status = dump_model(builder, &learned, words[1], &error);
    if (status == JOBLIB_OK) status = make_rows(builder, &array, &error);
    if (status == JOBLIB_OK) status = dump_value(builder, array, words[2], &error);
    joblib_builder_free(builder);
    if (status != JOBLIB_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    for (int i = 0; i < COUNT; i++) puts(labels[score_of(&learned, rows[i]) > 0.0]);
    return 0;
}
