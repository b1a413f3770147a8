/* Arguments that are NULL or out of range, on every function of model.h. */
#include "joblib/predict.h"
#include "support/models.h"
#include "support/test.h"

#define REGRESSION \
    "sklearn.linear_model._base.LinearRegression(coef_=f8[2]{1}, intercept_=0.5, " \
    "_sklearn_version='1.2.2')"

#define CHECK_FAILS(status, call) \
    do { \
        joblib_error error = JOBLIB_ERROR_INIT; \
        CHECK_STATUS(call, &error, status, JOBLIB_NO_OFFSET); \
        CHECK(error.message[0] != '\0'); \
    } while (0)

#define CHECK_NULL(call) CHECK_FAILS(JOBLIB_ERROR_ARGUMENT, call)

static const double one_row[] = {1, 2};

static joblib_model *regression(void)
{
    joblib_model *model = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(model_from(REGRESSION, NULL, &model, &error), &error);
    return model;
}

static joblib_input one_input(void)
{
    joblib_input input;
    joblib_input_dense(&input, one_row, JOBLIB_NUMBER_FLOAT64, 1, 2);
    return input;
}

static void refuses_to_build_from_nothing(void)
{
    joblib_model *model = NULL;
    joblib_document *document = document_from(REGRESSION);
    CHECK_NULL(joblib_model_new(NULL, NULL, NULL, &model, &error));
    CHECK(model == NULL);
    CHECK_NULL(joblib_model_new(document, NULL, NULL, NULL, &error));
    CHECK_NULL(joblib_model_load_file(NULL, NULL, NULL, &model, &error));
    CHECK_NULL(joblib_model_load_file("x", NULL, NULL, NULL, &error));
    CHECK_FAILS(JOBLIB_ERROR_NOT_FOUND,
                joblib_model_load_file("no/such/file", NULL, NULL, &model, &error));
    CHECK_NULL(joblib_model_prepare(NULL, &model, &error));
    CHECK_NULL(joblib_workspace_new(NULL, NULL, &error));
    joblib_document_release(document);
}

static void refuses_to_prepare_into_nothing(void)
{
    joblib_model *model = regression();
    CHECK_NULL(joblib_model_prepare(model, NULL, &error));
    joblib_model_release(model);
}

/* The value of another document's list is an estimator as good as the root. */
static void builds_from_a_value_in_the_document(void)
{
    joblib_model *model = NULL;
    joblib_error outer = JOBLIB_ERROR_INIT;
    joblib_document *document = document_from("[5, " REGRESSION "]");
    const joblib_value *root = joblib_document_root(document);
    CHECK_OK(joblib_model_new(document, joblib_value_at(root, 1), NULL, &model, &outer),
             &outer);
    CHECK(joblib_model_value(model) == joblib_value_at(root, 1));
    CHECK(joblib_model_document(model) == document);
    joblib_model_release(model);
    CHECK_FAILS(JOBLIB_ERROR_MODEL, joblib_model_new(document, joblib_value_at(root, 0),
                                                     NULL, &model, &error));
    CHECK_FAILS(JOBLIB_ERROR_MODEL,
                joblib_model_new(document, NULL, NULL, &model, &error));
    CHECK(model == NULL);
    joblib_document_release(document);
}

static void refuses_to_run_without_model_input_or_place(void)
{
    double out[4];
    joblib_result *result = NULL;
    joblib_model *model = regression();
    joblib_input input = one_input();
    CHECK_NULL(joblib_model_run(NULL, 0, &input, NULL, NULL, &result, &error));
    CHECK_NULL(joblib_model_run(model, 0, NULL, NULL, NULL, &result, &error));
    CHECK_NULL(joblib_model_run(model, 0, &input, NULL, NULL, NULL, &error));
    CHECK_NULL(joblib_model_fill(NULL, 0, &input, NULL, out, 4, &error));
    CHECK_NULL(joblib_model_fill(model, 0, NULL, NULL, out, 4, &error));
    CHECK_NULL(joblib_model_fill(model, 0, &input, NULL, NULL, 4, &error));
    CHECK_NULL(joblib_model_bound(NULL, 0, &input, NULL, &result, &error));
    CHECK_NULL(joblib_model_bound(model, 0, NULL, NULL, &result, &error));
    CHECK_NULL(joblib_model_bound(model, 0, &input, NULL, NULL, &error));
    CHECK(result == NULL);
    joblib_model_release(model);
}

static void refuses_methods_that_the_model_lacks(void)
{
    static const int methods[] = {-1, 1, 2, 3, 4, 5, 31, 32, 1 << 30};
    double out[4];
    joblib_model *model = regression();
    joblib_input input = one_input();
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        joblib_result *result = NULL;
        CHECK_FAILS(JOBLIB_ERROR_METHOD, joblib_model_run(model, methods[i], &input, NULL,
                                                          NULL, &result, &error));
        CHECK_FAILS(JOBLIB_ERROR_METHOD,
                    joblib_model_fill(model, methods[i], &input, NULL, out, 4, &error));
        CHECK_FAILS(JOBLIB_ERROR_METHOD,
                    joblib_model_bound(model, methods[i], &input, NULL, &result, &error));
        CHECK(result == NULL);
        CHECK_EQ_SIZE(joblib_model_output_count(model, methods[i]), 0);
        CHECK_EQ_SIZE(joblib_model_output_columns(model, methods[i], 0), 0);
    }
    CHECK(joblib_method_name(-1) == NULL);
    CHECK(joblib_method_name(joblib_method_count()) == NULL);
    CHECK_EQ_INT(joblib_method_find(NULL), -1);
    CHECK_EQ_INT(joblib_method_find("fit"), -1);
    joblib_model_release(model);
}

static void refuses_outputs_that_are_not_there(void)
{
    joblib_array array;
    joblib_input csr;
    joblib_result *result = NULL;
    joblib_error outer = JOBLIB_ERROR_INIT;
    joblib_model *model = regression();
    joblib_input input = one_input();
    CHECK_OK(joblib_model_run(model, 0, &input, NULL, NULL, &result, &outer), &outer);
    CHECK_NULL(joblib_result_array(result, 0, NULL, &error));
    CHECK_NULL(joblib_result_csr(result, 0, NULL, &error));
    CHECK_FAILS(JOBLIB_ERROR_RANGE, joblib_result_array(result, 1, &array, &error));
    CHECK_FAILS(JOBLIB_ERROR_RANGE, joblib_result_array(NULL, 0, &array, &error));
    CHECK_FAILS(JOBLIB_ERROR_RANGE, joblib_result_csr(NULL, 0, &csr, &error));
    CHECK_FAILS(JOBLIB_ERROR_KIND, joblib_result_csr(result, 0, &csr, &error));
    CHECK(!joblib_result_is_sparse(result, 1));
    CHECK_NULL(joblib_model_classes(model, 0, NULL, &error));
    CHECK_FAILS(JOBLIB_ERROR_RANGE, joblib_model_classes(model, 0, &array, &error));
    CHECK_FAILS(JOBLIB_ERROR_RANGE, joblib_model_classes(NULL, 0, &array, &error));
    joblib_result_free(result);
    joblib_model_release(model);
}

static void describes_no_input_from_nothing(void)
{
    joblib_input input = JOBLIB_INPUT_INIT;
    joblib_document *document = document_from("[f8[2,1,1]{1}, U1[2]{a}, 5, f8[]{1}]");
    const joblib_value *root = joblib_document_root(document);
    CHECK_NULL(joblib_input_from_value(root, NULL, &error));
    CHECK_FAILS(JOBLIB_ERROR_KIND, joblib_input_from_value(NULL, &input, &error));
    for (size_t i = 0; i < 4; i++)
        CHECK_FAILS(JOBLIB_ERROR_KIND,
                    joblib_input_from_value(joblib_value_at(root, i), &input, &error));
    CHECK(input.values == NULL);
    joblib_input_dense(NULL, NULL, JOBLIB_NUMBER_FLOAT64, 1, 1);
    joblib_document_release(document);
}

static void answers_nothing_for_no_model(void)
{
    CHECK(joblib_model_retain(NULL) == NULL);
    joblib_model_release(NULL);
    joblib_workspace_free(NULL);
    joblib_result_free(NULL);
    joblib_model_options_init(NULL);
    joblib_run_options_init(NULL);
    CHECK(joblib_model_value(NULL) == NULL);
    CHECK(joblib_model_document(NULL) == NULL);
    CHECK_EQ_TEXT(joblib_model_version(NULL), "");
    CHECK_EQ_INT(joblib_model_methods(NULL), 0);
    CHECK_EQ_SIZE(joblib_model_feature_count(NULL), 0);
    CHECK(joblib_model_feature_name(NULL, 0) == NULL);
    CHECK_EQ_SIZE(joblib_model_target_count(NULL), 0);
    CHECK_EQ_SIZE(joblib_model_output_count(NULL, 0), 0);
    CHECK_EQ_SIZE(joblib_model_output_columns(NULL, 0, 0), 0);
    CHECK_EQ_SIZE(joblib_model_memory(NULL), 0);
    CHECK_EQ_SIZE(joblib_workspace_memory(NULL), 0);
    CHECK_EQ_SIZE(joblib_result_count(NULL), 0);
    CHECK(!joblib_result_is_sparse(NULL, 0));
}

/* One struct serves many calls: each failure is told, not the first for ever. */
static void reports_each_failure_anew(void)
{
    double out[1];
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_model *model = regression(), *other = NULL;
    joblib_result *result;
    joblib_input input = one_input();
    joblib_status status =
        joblib_model_run(model, 3, &input, NULL, NULL, &result, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_METHOD, JOBLIB_NO_OFFSET);
    input.columns = 3;
    status = joblib_model_fill(model, 0, &input, NULL, out, 1, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_INPUT, JOBLIB_NO_OFFSET);
    status = joblib_model_bound(model, 0, NULL, NULL, &result, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
    status = joblib_model_load_file("no/such/file", NULL, NULL, &other, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_NOT_FOUND, JOBLIB_NO_OFFSET);
    status = joblib_model_prepare(NULL, &other, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
    status = joblib_result_array(NULL, 0, NULL, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
    joblib_model_release(model);
}

int main(void)
{
    RUN(refuses_to_build_from_nothing);
    RUN(refuses_to_prepare_into_nothing);
    RUN(builds_from_a_value_in_the_document);
    RUN(refuses_to_run_without_model_input_or_place);
    RUN(refuses_methods_that_the_model_lacks);
    RUN(refuses_outputs_that_are_not_there);
    RUN(describes_no_input_from_nothing);
    RUN(answers_nothing_for_no_model);
    RUN(reports_each_failure_anew);
    return test_finish();
}
