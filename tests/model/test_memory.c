/* Building, preparing and running with memory that ends, and with memory that suffices. */
#include <stdlib.h>

#include "joblib/predict.h"
#include "support/fault.h"
#include "support/test.h"
#include "support/vectors.h"

/* Every so many vectors, one is swept; allocations beyond so many are not failed. */
#define VECTOR_STRIDE 3
#define MOST_FAULTS 200

static size_t vector_number, failed_allocations;

/* What is built and run, with the k-th allocation of the library failing. */
struct attempt {
    const char *name;
    joblib_document *document; /* loaded with memory that suffices */
    joblib_input input;
    struct fault fault;
    joblib_allocator allocator;
};

/* A step of an attempt; it leaves nothing behind. */
typedef joblib_status attempt_step(struct attempt *attempt, joblib_model *model,
                                   joblib_error *error);

static joblib_document *load_part(const char *name, const char *part)
{
    char path[256];
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    snprintf(path, sizeof path, "%s/%s", name, part);
    joblib_status status =
        joblib_load_file(vector_path(path, ".joblib"), NULL, &document, &error);
    CHECK_OK(status, &error);
    return document;
}

static joblib_status build(struct attempt *attempt, joblib_model **out,
                           joblib_error *error)
{
    joblib_model_options options = JOBLIB_MODEL_OPTIONS_INIT;
    options.allocator = &attempt->allocator;
    return joblib_model_new(attempt->document, NULL, &options, out, error);
}

static int first_method(const joblib_model *model)
{
    int method = 0;
    while (joblib_model_output_count(model, method) == 0) method++;
    return method;
}

static joblib_status prepare_step(struct attempt *attempt, joblib_model *model,
                                  joblib_error *error)
{
    joblib_model *prepared = NULL;
    (void)attempt;
    joblib_status status = joblib_model_prepare(model, &prepared, error);
    joblib_model_release(prepared);
    return status;
}

static joblib_status workspace_step(struct attempt *attempt, joblib_model *model,
                                    joblib_error *error)
{
    joblib_workspace *workspace = NULL;
    (void)model;
    joblib_status status = joblib_workspace_new(&attempt->allocator, &workspace, error);
    joblib_workspace_free(workspace);
    return status;
}

static joblib_status run_threads(struct attempt *attempt, joblib_model *model,
                                 uint32_t n_threads, joblib_error *error)
{
    joblib_result *result = NULL;
    joblib_run_options options = JOBLIB_RUN_OPTIONS_INIT;
    options.n_threads = n_threads;
    joblib_status status = joblib_model_run(model, first_method(model), &attempt->input,
                                            NULL, &options, &result, error);
    CHECK((status == JOBLIB_OK) == (result != NULL));
    joblib_result_free(result);
    return status;
}

static joblib_status run_step(struct attempt *attempt, joblib_model *model,
                              joblib_error *error)
{
    return run_threads(attempt, model, 1, error);
}

/* Which thread meets the failing allocation differs; that one fails does not. */
static joblib_status threads_step(struct attempt *attempt, joblib_model *model,
                                  joblib_error *error)
{
    return run_threads(attempt, model, 3, error);
}

static joblib_status bound_step(struct attempt *attempt, joblib_model *model,
                                joblib_error *error)
{
    joblib_result *result = NULL;
    joblib_status status = joblib_model_bound(model, first_method(model), &attempt->input,
                                              NULL, &result, error);
    CHECK((status == JOBLIB_OK) == (result != NULL));
    joblib_result_free(result);
    return status;
}

/* Methods that cannot be filled count as done. */
static joblib_status fill_step(struct attempt *attempt, joblib_model *model,
                               joblib_error *error)
{
    int method = first_method(model);
    size_t count = attempt->input.rows * joblib_model_output_columns(model, method, 0);
    if (count == 0) count = attempt->input.rows * attempt->input.columns;
    double *out = calloc(count + 1, sizeof *out);
    joblib_status status =
        joblib_model_fill(model, method, &attempt->input, NULL, out, count, error);
    free(out);
    if (status == JOBLIB_ERROR_KIND) {
        joblib_error_init(error);
        status = JOBLIB_OK;
    }
    return status;
}

/* One step on a good model with allocation `fail_at` failing; false if it did not come to it. */
static bool try_step(struct attempt *attempt, attempt_step *step, joblib_model *model,
                     size_t fail_at)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    size_t live = attempt->fault.live_bytes;
    attempt->fault.allocations = 0;
    attempt->fault.fail_at = fail_at;
    joblib_status status = step(attempt, model, &error);
    bool failed = attempt->fault.allocations >= fail_at;
    attempt->fault.fail_at = 0;
    failed_allocations += failed;
    if (failed != (status == JOBLIB_ERROR_MEMORY) || error.status != (int32_t)status)
        test_fail(__FILE__, __LINE__, "%s, allocation %zu: %d (%s)", attempt->name,
                  fail_at, (int)status, error.message);
    CHECK_EQ_SIZE(attempt->fault.live_bytes, live);
    return failed;
}

static void sweep_build(struct attempt *attempt)
{
    size_t fail_at = 0;
    bool failed = true;
    while (failed && ++fail_at < MOST_FAULTS) {
        joblib_model *model = NULL;
        joblib_error error = JOBLIB_ERROR_INIT;
        attempt->fault.allocations = 0;
        attempt->fault.fail_at = fail_at;
        joblib_status status = build(attempt, &model, &error);
        failed = attempt->fault.allocations >= fail_at;
        attempt->fault.fail_at = 0;
        failed_allocations += failed;
        if (failed != (status == JOBLIB_ERROR_MEMORY) || (failed && model))
            test_fail(__FILE__, __LINE__, "%s, allocation %zu: %d (%s)", attempt->name,
                      fail_at, (int)status, error.message);
        joblib_model_release(model);
        CHECK_EQ_SIZE(attempt->fault.live_bytes, 0);
    }
}

static void sweep_vector(const char *name)
{
    static attempt_step *const steps[] = {prepare_step, workspace_step, run_step,
                                          threads_step, bound_step,     fill_step};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_model *model = NULL;
    if (vector_number++ % VECTOR_STRIDE != 0) return;
    struct attempt attempt = {.name = name};
    attempt.allocator = fault_allocator(&attempt.fault);
    attempt.document = load_part(name, "model");
    joblib_document *rows = load_part(name, "input");
    CHECK_OK(joblib_input_from_value(joblib_document_root(rows), &attempt.input, &error),
             &error);
    sweep_build(&attempt);
    CHECK_OK(build(&attempt, &model, &error), &error);
    for (size_t i = 0; model && i < sizeof steps / sizeof *steps; i++) {
        size_t fail_at = 1;
        while (fail_at < MOST_FAULTS && try_step(&attempt, steps[i], model, fail_at))
            fail_at++;
    }
    joblib_model_release(model);
    CHECK_EQ_SIZE(attempt.fault.live_bytes, 0);
    joblib_document_release(attempt.document);
    joblib_document_release(rows);
}

static void survives_failing_allocations(void)
{
    CHECK(vector_each("inference/", sweep_vector) > 500);
    CHECK(failed_allocations > 5000);
}

/* Fills once to warm a workspace, and again: the second time allocates nothing. */
static void check_warm_fill(const struct attempt *attempt, joblib_model *model,
                            int method, joblib_workspace *workspace,
                            const struct fault *fault)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    size_t columns = joblib_model_output_columns(model, method, 0);
    if (columns == 0) columns = attempt->input.columns;
    size_t count = attempt->input.rows * columns;
    double *out = calloc(count + 1, sizeof *out), *again = calloc(count + 1, sizeof *out);
    joblib_status status =
        joblib_model_fill(model, method, &attempt->input, workspace, out, count, &error);
    size_t allocations = fault->allocations;
    if (status == JOBLIB_OK) {
        CHECK_OK(joblib_model_fill(model, method, &attempt->input, workspace, again,
                                   count, &error),
                 &error);
        CHECK_EQ_SIZE(fault->allocations, allocations);
        CHECK_EQ_BYTES(again, out, count * sizeof *out);
    } else {
        CHECK_EQ_INT(status, JOBLIB_ERROR_KIND);
    }
    free(again);
    free(out);
}

static void warm_vector(const char *name)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_model *model = NULL;
    joblib_workspace *workspace = NULL;
    struct attempt attempt = {.name = name};
    attempt.allocator = fault_allocator(&attempt.fault);
    attempt.document = load_part(name, "model");
    joblib_document *rows = load_part(name, "input");
    CHECK_OK(joblib_input_from_value(joblib_document_root(rows), &attempt.input, &error),
             &error);
    CHECK_OK(build(&attempt, &model, &error), &error);
    CHECK_OK(joblib_workspace_new(&attempt.allocator, &workspace, &error), &error);
    for (int method = 0; method < joblib_method_count(); method++) {
        if (joblib_model_output_count(model, method) > 0)
            check_warm_fill(&attempt, model, method, workspace, &attempt.fault);
    }
    joblib_workspace_free(workspace);
    joblib_model_release(model);
    CHECK_EQ_SIZE(attempt.fault.live_bytes, 0);
    joblib_document_release(attempt.document);
    joblib_document_release(rows);
}

static void fills_without_memory_once_it_is_warm(void)
{
    CHECK(vector_each("inference/", warm_vector) > 500);
}

int main(void)
{
    RUN(survives_failing_allocations);
    RUN(fills_without_memory_once_it_is_warm);
    return test_finish();
}
