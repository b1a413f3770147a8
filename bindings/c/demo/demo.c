/*
 * Loads the demo models, predicts, and compares with what scikit-learn returned.
 *
 *     demo FOLDER
 *
 * FOLDER holds one folder for each model: model.joblib, the model, and cases.joblib, a dict of
 * the rows "X" and of scikit-learn's "predict" and "predict_proba" for them.
 *
 * The same program exists in every language; bindings/demo runs them all and makes a table of
 * their lines. A line stands for one model, its fields separated by tabs:
 *
 *     1  name of the model: iris_logistic, scaled_logistic, random_forest, in this order
 *     2  language
 *     3  seconds from the path to the model
 *     4  seconds of predict_proba for one row: the mean over all rows, REPEATS times
 *     5  number of rows
 *     6  number of rows whose label equals scikit-learn's
 *     7  largest difference of a probability from scikit-learn's, in units in the last place
 *     8… the rows SAMPLES, one a field, of five words separated by spaces: row, label,
 *        scikit-learn's label, probabilities, scikit-learn's probabilities; probabilities with
 *        17 digits and separated by commas
 *
 * The exit status is 1 with a line on standard error where something cannot be done.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "joblib.h"

enum { REPEATS = 20 };

static const char *const MODELS[] = {"iris_logistic", "scaled_logistic", "random_forest"};
static const size_t SAMPLES[] = {0, 70, 140};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

typedef struct matrix {
    size_t rows;
    size_t columns;
    double *values;
} matrix;

typedef struct cases {
    matrix x;
    matrix labels;
    matrix probabilities;
} cases;

static void check(joblib_status status, const joblib_error *error)
{
    if (status == JOBLIB_OK) return;
    fprintf(stderr, "demo: %s: %s\n", joblib_status_name(status), error->message);
    exit(EXIT_FAILURE);
}

static matrix make_matrix(size_t rows, size_t columns)
{
    matrix made = {rows, columns, calloc(rows * columns, sizeof(double))};
    if (made.values == NULL) {
        fputs("demo: no memory\n", stderr);
        exit(EXIT_FAILURE);
    }
    return made;
}

/* A column of labels is a matrix of one column. */
static matrix read_matrix(const joblib_value *dict, const char *key)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_array array = JOBLIB_ARRAY_INIT;
    check(joblib_value_array(joblib_value_find(dict, key), &array, &error), &error);
    matrix read =
        make_matrix((size_t)array.shape[0], array.ndim > 1 ? (size_t)array.shape[1] : 1);
    check(joblib_array_read_float64(&array, read.values, array.count, &error), &error);
    return read;
}

static cases read_cases(const char *path)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    check(joblib_load_file(path, NULL, &document, &error), &error);
    const joblib_value *dict = joblib_document_root(document);
    cases read = {read_matrix(dict, "X"), read_matrix(dict, "predict"),
                  read_matrix(dict, "predict_proba")};
    joblib_document_release(document);
    return read;
}

static double seconds_now(void)
{
    struct timespec now;
    timespec_get(&now, TIME_UTC);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static joblib_model *load_model(const char *path, double *seconds_out)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_model *model = NULL;
    double start = seconds_now();
    check(joblib_model_load_file(path, NULL, NULL, &model, &error), &error);
    *seconds_out = seconds_now() - start;
    return model;
}

static matrix predict(const joblib_model *model, int method, const matrix *x)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_input input;
    joblib_input_dense(&input, x->values, JOBLIB_NUMBER_FLOAT64, x->rows, x->columns);
    matrix out = make_matrix(x->rows, joblib_model_output_columns(model, method, 0));
    check(joblib_model_fill(model, method, &input, NULL, out.values,
                            out.rows * out.columns, &error),
          &error);
    return out;
}

static double time_one_row(const joblib_model *model, const matrix *x, matrix *scratch)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_workspace *workspace = NULL;
    check(joblib_workspace_new(NULL, &workspace, &error), &error);
    double start = seconds_now();
    for (size_t i = 0; i < REPEATS * x->rows; i++) {
        const double *row = x->values + i % x->rows * x->columns;
        joblib_input input;
        joblib_input_dense(&input, row, JOBLIB_NUMBER_FLOAT64, 1, x->columns);
        check(joblib_model_fill(model, JOBLIB_METHOD_PREDICT_PROBA, &input, workspace,
                                scratch->values, scratch->columns, &error),
              &error);
    }
    double seconds = seconds_now() - start;
    joblib_workspace_free(workspace);
    return seconds / (REPEATS * (double)x->rows);
}

/* Numbers the doubles in their order, so that neighbours differ by 1. */
static int64_t number_double(double value)
{
    int64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits < 0 ? INT64_MIN - bits : bits;
}

static uint64_t largest_ulp(const matrix *found, const matrix *expected)
{
    uint64_t largest = 0;
    for (size_t i = 0; i < expected->rows * expected->columns; i++) {
        int64_t left = number_double(found->values[i]);
        int64_t right = number_double(expected->values[i]);
        uint64_t distance = left > right ? (uint64_t)left - (uint64_t)right
                                         : (uint64_t)right - (uint64_t)left;
        if (distance > largest) largest = distance;
    }
    return largest;
}

static size_t count_equal(const matrix *found, const matrix *expected)
{
    size_t equal = 0;
    for (size_t i = 0; i < expected->rows; i++) {
        equal += found->values[i] == expected->values[i];
    }
    return equal;
}

static void print_numbers(const matrix *from, size_t row)
{
    for (size_t j = 0; j < from->columns; j++) {
        printf("%c%.17g", j == 0 ? ' ' : ',', from->values[row * from->columns + j]);
    }
}

static void print_samples(const cases *expected, const matrix *labels,
                          const matrix *probabilities)
{
    for (size_t i = 0; i < COUNT(SAMPLES); i++) {
        size_t row = SAMPLES[i];
        printf("\t%zu", row);
        print_numbers(labels, row);
        print_numbers(&expected->labels, row);
        print_numbers(probabilities, row);
        print_numbers(&expected->probabilities, row);
    }
    puts("");
}

static void show_model(const char *folder, const char *name)
{
    char path[4096];
    double load_seconds;
    snprintf(path, sizeof path, "%s/%s/model.joblib", folder, name);
    joblib_model *model = load_model(path, &load_seconds);
    snprintf(path, sizeof path, "%s/%s/cases.joblib", folder, name);
    cases expected = read_cases(path);

    matrix labels = predict(model, JOBLIB_METHOD_PREDICT, &expected.x);
    matrix probabilities = predict(model, JOBLIB_METHOD_PREDICT_PROBA, &expected.x);
    matrix scratch = make_matrix(1, probabilities.columns);
    double row_seconds = time_one_row(model, &expected.x, &scratch);
    printf("%s\tC\t%.9f\t%.9f\t%zu\t%zu\t%" PRIu64, name, load_seconds, row_seconds,
           expected.x.rows, count_equal(&labels, &expected.labels),
           largest_ulp(&probabilities, &expected.probabilities));
    print_samples(&expected, &labels, &probabilities);

    free(scratch.values);
    free(probabilities.values);
    free(labels.values);
    free(expected.probabilities.values);
    free(expected.labels.values);
    free(expected.x.values);
    joblib_model_release(model);
}

int main(int count, char **arguments)
{
    if (count != 2) {
        fputs("usage: demo FOLDER\n", stderr);
        return 2;
    }
    for (size_t i = 0; i < COUNT(MODELS); i++) show_model(arguments[1], MODELS[i]);
    return EXIT_SUCCESS;
}
