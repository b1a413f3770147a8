#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "command/command.h"
#include "command/failure.h"
#include "command/printing.h"
#include "command/table/compare.h"

struct verification {
    joblib_command__output *out;
    const joblib_model *model;
    joblib_workspace *workspace;
    joblib_input input;
    bool agrees; /* all that was compared */
    size_t methods;
};

static void put_share(joblib_command__output *out, double share)
{
    if (isinf(share)) {
        joblib_command__put_text(out, ", beyond the bound");
    } else {
        joblib_command__put_format(out, ", %.2g of the bound", share);
    }
}

static void put_compared(joblib_command__output *out, const joblib_command__bytes *text,
                         bool is_number)
{
    if (is_number) {
        joblib_command__put(out, text->data, text->size);
    } else {
        joblib_command__put_quoted(out, text->data, text->size);
    }
}

static void put_difference(joblib_command__output *out,
                           const joblib_command__comparison *comparison)
{
    joblib_command__put_format(out, "; first differs row %zu, column %zu: ",
                               comparison->first_row, comparison->first_column);
    put_compared(out, &comparison->found, comparison->is_number);
    joblib_command__put_text(out, ", expected ");
    put_compared(out, &comparison->expected, comparison->is_number);
}

static void put_comparison(joblib_command__output *out,
                           const joblib_command__comparison *comparison)
{
    if (!comparison->same_shape) {
        joblib_command__put_text(out, "another shape: no\n");
        return;
    }
    joblib_command__put_format(out, "%zu of %zu rows equal", comparison->equal_rows,
                               comparison->rows);
    if (comparison->equal_rows < comparison->rows) {
        if (comparison->is_number) {
            joblib_command__put_format(out, ", %" PRIu64 " ULP at most",
                                       comparison->ulps);
            put_share(out, comparison->share);
        }
        put_difference(out, comparison);
    }
    joblib_command__put_text(out,
                             joblib_command__agrees(comparison) ? ": yes\n" : ": no\n");
}

/* Output `index` of what a method returned: an element of a list, or the value. */
static const joblib_value *expected_output(const joblib_value *expected, size_t index)
{
    bool is_list = joblib_value_kind(expected) == JOBLIB_KIND_LIST;
    return is_list ? joblib_value_at(expected, index) : expected;
}

static joblib_status verify_output(struct verification *verification, int method,
                                   const joblib_value *expected, size_t index,
                                   const joblib_result *results[2], joblib_error *error)
{
    joblib_command__matrix found, wanted, bound;
    joblib_command__comparison comparison = {.same_shape = false};
    JOBLIB_COMMAND_TRY(
        joblib_command__matrix_of_result(results[0], index, &found, error));
    JOBLIB_COMMAND_TRY(
        joblib_command__matrix_of_result(results[1], index, &bound, error));
    JOBLIB_COMMAND_TRY(joblib_command__matrix_of_value(expected_output(expected, index),
                                                       &wanted, error));
    bool has_bound = bound.rows == found.rows && bound.columns == found.columns;
    joblib_status status =
        joblib_command__compare(&found, &wanted, has_bound ? &bound : NULL, &comparison,
                                error);
    if (status == JOBLIB_OK) {
        joblib_command__put_text(verification->out, joblib_method_name(method));
        if (joblib_result_count(results[0]) > 1) {
            joblib_command__put_format(verification->out, "[%zu]", index);
        }
        joblib_command__put_text(verification->out, ": ");
        put_comparison(verification->out, &comparison);
        verification->agrees =
            verification->agrees && joblib_command__agrees(&comparison);
    }
    joblib_command__comparison_free(&comparison);
    return status;
}

static joblib_status verify_outputs(struct verification *verification, int method,
                                    const joblib_value *expected,
                                    const joblib_result *results[2], joblib_error *error)
{
    size_t count = joblib_result_count(results[0]);
    bool is_list = joblib_value_kind(expected) == JOBLIB_KIND_LIST;
    size_t wanted = is_list ? joblib_value_count(expected) : 1;
    if (count != wanted || count != joblib_result_count(results[1])) {
        return joblib_command__fail(error, JOBLIB_ERROR_KIND,
                                    "%s gives %zu arrays, the cases hold %zu",
                                    joblib_method_name(method), count, wanted);
    }
    for (size_t i = 0; i < count; i++) {
        JOBLIB_COMMAND_TRY(
            verify_output(verification, method, expected, i, results, error));
    }
    return JOBLIB_OK;
}

static joblib_status verify_method(struct verification *verification, int method,
                                   const joblib_value *expected, joblib_error *error)
{
    joblib_result *found = NULL, *bound = NULL;
    joblib_status status =
        joblib_model_run(verification->model, method, &verification->input,
                         verification->workspace, NULL, &found, error);
    if (status == JOBLIB_OK) {
        status = joblib_model_bound(verification->model, method, &verification->input,
                                    verification->workspace, &bound, error);
    }
    if (status == JOBLIB_OK) {
        const joblib_result *results[2] = {found, bound};
        status = verify_outputs(verification, method, expected, results, error);
    }
    joblib_result_free(found);
    joblib_result_free(bound);
    verification->methods++;
    return status;
}

static joblib_status verify_cases(struct verification *verification,
                                  const joblib_value *cases, joblib_error *error)
{
    const joblib_value *rows = joblib_value_find(cases, "X");
    if (rows == NULL) {
        return joblib_command__fail(error, JOBLIB_ERROR_KIND, "no dict with a key \"X\"");
    }
    JOBLIB_COMMAND_TRY(joblib_input_from_value(rows, &verification->input, error));
    for (size_t i = 0; i < joblib_value_count(cases); i++) {
        const char *name = joblib_value_text(joblib_value_key(cases, i), NULL);
        if (name != NULL && strcmp(name, "X") == 0) continue;
        int method = name != NULL ? joblib_method_find(name) : -1;
        if (method < 0) {
            return joblib_command__fail(error, JOBLIB_ERROR_METHOD,
                                        "key %zu of the cases "
                                        "is no method: \"%.60s\"",
                                        i, name != NULL ? name : "");
        }
        JOBLIB_COMMAND_TRY(
            verify_method(verification, method, joblib_value_at(cases, i), error));
    }
    if (verification->methods > 0) return JOBLIB_OK;
    return joblib_command__fail(error, JOBLIB_ERROR_METHOD, "the cases name no method");
}

static int run_verify_verb(joblib_command__context *context,
                           const joblib_command__arguments *arguments)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_model *model = NULL;
    joblib_document *cases = NULL;
    const char *path = arguments->operands[0];
    struct verification verification = {.out = context->out, .agrees = true};
    joblib_status status = joblib_model_load_file(path, NULL, NULL, &model, &error);
    if (status == JOBLIB_OK) {
        path = arguments->operands[1];
        status = joblib_load_file(path, NULL, &cases, &error);
    }
    if (status == JOBLIB_OK) {
        status = joblib_workspace_new(NULL, &verification.workspace, &error);
    }
    if (status == JOBLIB_OK) {
        verification.model = model;
        status = verify_cases(&verification, joblib_document_root(cases), &error);
    }
    joblib_workspace_free(verification.workspace);
    joblib_document_release(cases);
    joblib_model_release(model);
    if (status != JOBLIB_OK) return joblib_command__refuse(context, path, &error);
    return verification.agrees ? JOBLIB_COMMAND_DONE : JOBLIB_COMMAND_REFUSED;
}

static const char verify_description[] =
    "CASES is a joblib file of a dict: X, and by the name of a method what\n"
    "scikit-learn returned. In Python:\n"
    "\n"
    "  joblib.dump({\"X\": X, \"predict\": model.predict(X),\n"
    "               \"predict_proba\": model.predict_proba(X)}, \"cases.joblib\")\n"
    "\n"
    "For each method a line tells how many rows are equal, the largest difference\n"
    "in units of the last place and as a share of the bound that rounding sets, and\n"
    "the first row that differs. It ends in yes if labels are equal and numbers\n"
    "within the bound, else in no, and then the exit status is 1.\n";

const joblib_command__verb joblib_command__verb_verify = {
    .name = "verify",
    .summary = "compares predictions with those that scikit-learn made",
    .operands = "MODEL CASES",
    .least_operands = 2,
    .most_operands = 2,
    .description = verify_description,
    .run = run_verify_verb,
};
