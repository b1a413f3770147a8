/* One workspace for many models, after failures, and with any number of threads. */
#include <stdlib.h>

#include "joblib/predict.h"
#include "support/fault.h"
#include "support/models.h"
#include "support/test.h"

#define ROWS 3000

#define LINEAR \
    "sklearn.linear_model._base.LinearRegression(coef_=f8[2]{1,10}, intercept_=0.5, " \
    "_sklearn_version='1.2.2')"
#define LOGISTIC \
    "sklearn.linear_model._logistic.LogisticRegression(_sklearn_version='1.2.2', " \
    "multi_class='multinomial', coef_=f8[3,2]{1,2,3,4,5,6}, intercept_=f8[3]{0}, " \
    "classes_=i8[3]{3,4,5})"
#define TREE \
    "sklearn.tree._classes.DecisionTreeRegressor(n_features_in_=2, " \
    "_sklearn_version='1.2.2', tree_=sklearn.tree._tree.Tree(2, i8[1]{1}, 1, " \
    "node_count=3, nodes=node[3]{(1,2,0,0.5),(-1,-1,-2,-2),(-1,-1,-2,-2)}, " \
    "values=f8[3,1,1]{1.5,1,2}))"

static double values[2 * ROWS];

static joblib_model *model_of(const char *notation)
{
    joblib_model *model = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(model_from(notation, NULL, &model, &error), &error);
    return model;
}

static joblib_input input_of(size_t rows)
{
    joblib_input input;
    for (size_t i = 0; i < 2 * ROWS; i++) values[i] = (double)(i * 7 % 11) - 5;
    joblib_input_dense(&input, values, JOBLIB_NUMBER_FLOAT64, rows, 2);
    return input;
}

/* What a model gives with a workspace that others used is what it gives without one. */
static void serves_models_of_every_kind_in_turn(void)
{
    static const char *const notations[] = {LINEAR, LOGISTIC, TREE, LINEAR, TREE};
    static const size_t rows[] = {1, ROWS, 17, 5, ROWS};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_workspace *workspace = NULL;
    double *with = calloc(ROWS, sizeof *with), *without = calloc(ROWS, sizeof *with);
    CHECK_OK(joblib_workspace_new(NULL, &workspace, &error), &error);
    for (size_t i = 0; i < 5; i++) {
        joblib_model *model = model_of(notations[i]);
        joblib_input input = input_of(rows[i]);
        CHECK_OK(joblib_model_fill(model, 0, &input, workspace, with, ROWS, &error),
                 &error);
        CHECK_OK(joblib_model_fill(model, 0, &input, NULL, without, ROWS, &error),
                 &error);
        CHECK_EQ_BYTES(with, without, rows[i] * sizeof *with);
        joblib_model_release(model);
    }
    joblib_workspace_free(workspace);
    free(without);
    free(with);
}

static void serves_again_after_a_failure(void)
{
    double out[2] = {0};
    struct fault fault = {0};
    joblib_allocator allocator = fault_allocator(&fault);
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_workspace *workspace = NULL;
    joblib_model *model = model_of(LINEAR);
    joblib_input input = input_of(2), wrong = input;
    CHECK_OK(joblib_workspace_new(&allocator, &workspace, &error), &error);
    fault.fail_at = fault.allocations + 1;
    joblib_status status = joblib_model_fill(model, 0, &input, workspace, out, 2, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_MEMORY, JOBLIB_NO_OFFSET);
    CHECK_OK(joblib_model_fill(model, 0, &input, workspace, out, 2, &error), &error);
    wrong.columns = 3;
    status = joblib_model_fill(model, 0, &wrong, workspace, out, 2, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_INPUT, JOBLIB_NO_OFFSET);
    CHECK_OK(joblib_model_fill(model, 0, &input, workspace, out, 2, &error), &error);
    CHECK_EQ_DOUBLE(out[0], values[0] + 10 * values[1] + 0.5);
    CHECK_EQ_DOUBLE(out[1], values[2] + 10 * values[3] + 0.5);
    joblib_workspace_free(workspace);
    CHECK_EQ_SIZE(fault.live_bytes, 0);
    joblib_model_release(model);
}

/* Its memory is what it took from the allocator. */
static void counts_its_memory(void)
{
    static const size_t rows[] = {1, 100, ROWS};
    struct fault fault = {0};
    joblib_allocator allocator = fault_allocator(&fault);
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_workspace *workspace = NULL;
    joblib_model *model = model_of(LOGISTIC);
    CHECK_OK(joblib_workspace_new(&allocator, &workspace, &error), &error);
    for (size_t i = 0; i < 3; i++) {
        joblib_input input = input_of(rows[i]);
        joblib_result *result = NULL;
        CHECK_EQ_SIZE(joblib_workspace_memory(workspace), fault.live_bytes);
        joblib_run_options options = {(uint32_t)sizeof options, 3};
        CHECK_OK(joblib_model_run(model, 0, &input, workspace, &options, &result, &error),
                 &error);
        joblib_result_free(result);
    }
    CHECK_EQ_SIZE(joblib_workspace_memory(workspace), fault.live_bytes);
    joblib_workspace_free(workspace);
    joblib_model_release(model);
}

/* A result keeps what it needs when its model, document and workspace are gone. */
static void outlives_what_it_came_from(void)
{
    joblib_array array = JOBLIB_ARRAY_INIT;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_workspace *workspace = NULL;
    joblib_result *result = NULL;
    joblib_model *model =
        model_of("sklearn.tree._classes.DecisionTreeClassifier(n_features_in_=2, "
                 "_sklearn_version='1.2.2', classes_=U6[2]{cat,dog}, "
                 "tree_=sklearn.tree._tree.Tree(2, i8[1]{2}, 1, node_count=1, "
                 "nodes=node[1]{(-1,-1,-2,-2)}, values=f8[1,1,2]{1,2}))");
    joblib_input input = input_of(2);
    char text[8] = "";
    size_t size = 0;
    CHECK_OK(joblib_workspace_new(NULL, &workspace, &error), &error);
    CHECK_OK(joblib_model_run(model, 0, &input, workspace, NULL, &result, &error),
             &error);
    joblib_workspace_free(workspace);
    joblib_model_release(model);
    CHECK_OK(joblib_result_array(result, 0, &array, &error), &error);
    CHECK_OK(joblib_array_text(&array, 1, text, sizeof text, &size, &error), &error);
    CHECK_EQ_SIZE(size, 3);
    CHECK_EQ_BYTES(text, "dog", 3);
    joblib_result_free(result);
}

static void splits_rows_over_any_number_of_threads(void)
{
    static const uint32_t threads[] = {0, 1, 2, 7, 255, 256, 257, UINT32_MAX};
    joblib_model *model = model_of(TREE);
    for (size_t rows = 1; rows <= ROWS; rows = rows * 5 + 1) {
        joblib_input input = input_of(rows);
        for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
            joblib_array array = JOBLIB_ARRAY_INIT;
            joblib_error error = JOBLIB_ERROR_INIT;
            joblib_result *result = NULL;
            joblib_run_options options = {(uint32_t)sizeof options, threads[i]};
            CHECK_OK(joblib_model_run(model, 0, &input, NULL, &options, &result, &error),
                     &error);
            CHECK_OK(joblib_result_array(result, 0, &array, &error), &error);
            CHECK_EQ_SIZE(array.count, rows);
            for (size_t k = 0; k < array.count; k++) {
                double found;
                memcpy(&found, joblib_array_item(&array, k), sizeof found);
                CHECK_EQ_DOUBLE(found, values[2 * k] <= 0.5 ? 1.0 : 2.0);
            }
            joblib_result_free(result);
        }
    }
    joblib_model_release(model);
}

int main(void)
{
    RUN(serves_models_of_every_kind_in_turn);
    RUN(serves_again_after_a_failure);
    RUN(counts_its_memory);
    RUN(outlives_what_it_came_from);
    RUN(splits_rows_over_any_number_of_threads);
    return test_finish();
}
