/* Every inference vector gives what real scikit-learn gave, however it is run. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "joblib.h"
#include "support/expected.h"
#include "support/json.h"
#include "support/test.h"
#include "support/vectors.h"

/* One case while it is checked. */
struct inference {
    const char *name;
    const joblib_model *model;
    const joblib_model *prepared;
    const joblib_input *input;
    joblib_workspace *workspace;
    int method;
};

static void fail_case(const struct inference *inference, const char *what)
{
    test_fail(__FILE__, __LINE__, "%s, %s: %s", inference->name,
              joblib_method_name(inference->method), what);
}

static joblib_result *run_case(const struct inference *inference,
                               const joblib_model *model, const joblib_input *input,
                               uint32_t n_threads)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_result *result;
    joblib_run_options options = JOBLIB_RUN_OPTIONS_INIT;
    options.n_threads = n_threads;
    if (joblib_model_run(model, inference->method, input, inference->workspace, &options,
                         &result, &error) != JOBLIB_OK)
        fail_case(inference, error.message);
    return result;
}

/* Equal, but for numbers that may differ: those must be within both bounds. */
static void compare_numbers(const struct inference *inference,
                            const struct expected *found, const struct expected *wanted,
                            const struct expected *bound,
                            const struct expected *own_bound)
{
    char text[160];
    for (size_t i = 0; i < expected_count(wanted); i++) {
        double left = expected_number(found, i), right = expected_number(wanted, i);
        if (left == right || (isnan(left) && isnan(right))) continue;
        double difference = fabs(left - right);
        double allowed = expected_number(bound, i);
        double own = expected_number(own_bound, i);
        if (difference <= allowed && difference <= own) continue;
        snprintf(text, sizeof text,
                 "number %zu is %.17g, expected %.17g +- %g, own bound %g", i, left,
                 right, allowed, own);
        fail_case(inference, text);
        return;
    }
}

static void compare_output(const struct inference *inference, size_t index,
                           const joblib_result *result, const joblib_result *bounds,
                           const struct json *output, const struct json *bound)
{
    char text[160];
    struct expected found = expected_from_result(result, index);
    struct expected own = expected_from_result(bounds, index);
    struct expected wanted = expected_read(output);
    struct expected allowed = {.dtype = ""};
    if (bound) allowed = expected_read(bound);
    if (!expected_same_form(&found, &wanted)) {
        snprintf(text, sizeof text,
                 "output %zu is %s of %zu-D %lld, expected %s of %zu-D %lld", index,
                 found.dtype, found.ndim, (long long)found.shape[0], wanted.dtype,
                 wanted.ndim, (long long)wanted.shape[0]);
        fail_case(inference, text);
    } else if (!expected_same(&found, &wanted)) {
        if (bound)
            compare_numbers(inference, &found, &wanted, &allowed, &own);
        else
            fail_case(inference, "the bits differ");
    }
    expected_free(&found);
    expected_free(&own);
    expected_free(&wanted);
    expected_free(&allowed);
}

static const struct json *item_at(const struct json *list, size_t index)
{
    const struct json *item = list ? list->first : NULL;
    while (item && index-- > 0) item = item->next;
    return item;
}

static void compare_with_expectation(const struct inference *inference,
                                     const joblib_result *result,
                                     const struct json *expect)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_result *bounds;
    const struct json *outputs = json_find(expect, "outputs");
    if (joblib_model_bound(inference->model, inference->method, inference->input,
                           inference->workspace, &bounds, &error) != JOBLIB_OK)
        fail_case(inference, error.message);
    if (joblib_result_count(result) != json_count(outputs))
        fail_case(inference, "another number of outputs");
    for (size_t i = 0; i < json_count(outputs); i++)
        compare_output(inference, i, result, bounds, item_at(outputs, i),
                       item_at(json_find(expect, "bound"), i));
    joblib_result_free(bounds);
}

static void compare_results(const struct inference *inference, const char *how,
                            const joblib_result *found, const joblib_result *wanted)
{
    for (size_t i = 0; i < joblib_result_count(wanted); i++) {
        struct expected left = expected_from_result(found, i);
        struct expected right = expected_from_result(wanted, i);
        if (!expected_same(&left, &right)) fail_case(inference, how);
        expected_free(&left);
        expected_free(&right);
    }
}

/* The same as numbers: filled, and from the result. */
static void compare_fill(const struct inference *inference, const joblib_result *result)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    struct expected wanted = expected_from_result(result, 0);
    size_t count = expected_count(&wanted);
    double *out = malloc((count + 1) * sizeof *out);
    bool fits = joblib_result_count(result) == 1 && !wanted.sparse && count > 0;
    joblib_status status =
        joblib_model_fill(inference->model, inference->method, inference->input,
                          inference->workspace, out, count, &error);
    if (fits != (status == JOBLIB_OK)) fail_case(inference, error.message);
    if (!fits && status != JOBLIB_ERROR_KIND) fail_case(inference, "fill gives no KIND");
    for (size_t i = 0; fits && i < count; i++) {
        double number = expected_number(&wanted, i);
        if (memcmp(&out[i], &number, sizeof number) == 0) continue;
        fail_case(inference, "filled numbers differ");
        break;
    }
    free(out);
    expected_free(&wanted);
}

/* One row of the input as an input of its own. */
static joblib_input slice_row(const joblib_input *input, size_t row, int64_t offsets[2])
{
    joblib_input slice = *input;
    slice.rows = 1;
    if (input->kind == JOBLIB_INPUT_DENSE) {
        slice.values = (const char *)input->values + (int64_t)row * input->row_stride;
        return slice;
    }
    bool wide = input->index_number == JOBLIB_NUMBER_INT64;
    const int64_t *far = input->row_offsets;
    const int32_t *near = input->row_offsets;
    int64_t first = wide ? far[row] : near[row];
    int64_t count = (wide ? far[row + 1] : near[row + 1]) - first;
    int32_t narrow[2] = {0, (int32_t)count};
    offsets[0] = 0;
    offsets[1] = count;
    if (!wide) memcpy(offsets, narrow, sizeof narrow);
    slice.row_offsets = offsets;
    slice.values = (const char *)input->values +
                   first * (int64_t)joblib_dtype_itemsize(input->dtype);
    slice.column_indices = (const char *)input->column_indices + first * (wide ? 8 : 4);
    return slice;
}

/* The bytes of row `index`; those of labels that are Python objects end with their line. */
static const char *row_bytes(const struct expected *all, size_t index, size_t *size)
{
    const char *data = all->data;
    size_t rows = (size_t)all->shape[0];
    if (strcmp(all->dtype, "|O") == 0) {
        for (; index > 0; index--) data = strchr(data, '\n') + 1;
        *size = strcspn(data, "\n") + 1;
        return data;
    }
    if (!all->sparse) {
        *size = all->size / rows;
        return data + index * *size;
    }
    size_t item = all->size > 0 ? all->size / (size_t)all->offsets[rows] : 0;
    *size = (size_t)(all->offsets[index + 1] - all->offsets[index]) * item;
    return data + (size_t)all->offsets[index] * item;
}

static bool is_row_of(const struct expected *row, const struct expected *all,
                      size_t index)
{
    size_t size;
    const char *bytes = row_bytes(all, index, &size);
    return row->size == size && (size == 0 || memcmp(row->data, bytes, size) == 0);
}

static void compare_rows(const struct inference *inference, const joblib_result *result)
{
    for (size_t i = 0; i < inference->input->rows; i++) {
        int64_t offsets[2];
        joblib_input slice = slice_row(inference->input, i, offsets);
        joblib_result *single = run_case(inference, inference->model, &slice, 1);
        for (size_t k = 0; k < joblib_result_count(result); k++) {
            struct expected row = expected_from_result(single, k);
            struct expected all = expected_from_result(result, k);
            if (!is_row_of(&row, &all, i)) fail_case(inference, "a row alone differs");
            expected_free(&row);
            expected_free(&all);
        }
        joblib_result_free(single);
    }
}

static void check_method(const struct inference *inference, const struct json *expect)
{
    joblib_result *result = run_case(inference, inference->model, inference->input, 1);
    if (!result) return;
    compare_with_expectation(inference, result, expect);
    compare_fill(inference, result);
    compare_rows(inference, result);
    joblib_result *again = run_case(inference, inference->model, inference->input, 2);
    compare_results(inference, "two threads give other bits", again, result);
    joblib_result_free(again);
    again = run_case(inference, inference->prepared, inference->input, 1);
    compare_results(inference, "the prepared model gives other bits", again, result);
    joblib_result_free(again);
    joblib_result_free(result);
}

/* Cases ask what predicts for its predictions only. */
static void check_methods(struct inference *inference, const struct json *methods)
{
    uint32_t wanted = 0;
    const uint32_t transform = 1U << JOBLIB_METHOD_TRANSFORM;
    for (const struct json *method = methods->first; method; method = method->next) {
        inference->method = joblib_method_find(method->key);
        wanted |= 1U << inference->method;
        check_method(inference, method);
    }
    if ((joblib_model_methods(inference->model) | transform) != (wanted | transform))
        fail_case(inference, "other methods");
}

static void check_model(const char *name, joblib_document *document,
                        const joblib_input *input, const struct json *methods)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_model *model = NULL, *prepared = NULL;
    joblib_workspace *workspace = NULL;
    if (joblib_model_new(document, NULL, NULL, &model, &error) != JOBLIB_OK ||
        joblib_model_prepare(model, &prepared, &error) != JOBLIB_OK ||
        joblib_workspace_new(NULL, &workspace, &error) != JOBLIB_OK) {
        test_fail(__FILE__, __LINE__, "%s: %s: %s", name, error.path, error.message);
    } else {
        struct inference inference = {name, model, prepared, input, workspace, 0};
        check_methods(&inference, methods);
    }
    joblib_workspace_free(workspace);
    joblib_model_release(prepared);
    joblib_model_release(model);
}

static joblib_document *load_part(const char *name, const char *file)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document;
    if (joblib_load_file(vector_path(name, file), NULL, &document, &error) != JOBLIB_OK)
        test_fail(__FILE__, __LINE__, "%s%s: %s", name, file, error.message);
    return document;
}

static void check_inference(const char *name)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_input input;
    struct vector_bytes text = vector_read(name, "/expected.json");
    struct json *json = text.data ? json_parse(text.data) : NULL;
    const struct json *methods = json_find(json_find(json, "expect"), "methods");
    joblib_document *model = load_part(name, "/model.joblib");
    joblib_document *rows = load_part(name, "/input.joblib");
    if (!methods)
        test_fail(__FILE__, __LINE__, "%s: no expectation", name);
    else if (joblib_input_from_value(joblib_document_root(rows), &input, &error) !=
             JOBLIB_OK)
        test_fail(__FILE__, __LINE__, "%s: input: %s", name, error.message);
    else if (model)
        check_model(name, model, &input, methods);
    joblib_document_release(model);
    joblib_document_release(rows);
    json_free(json);
    free(text.data);
}

static void check_family(const char *family)
{
    char prefix[64];
    snprintf(prefix, sizeof prefix, "inference/%s/", family);
    size_t count = vector_each(prefix, check_inference);
    printf("    %zu vectors of %s\n", count, family);
    CHECK(count > 0);
}

static void predicts_as_linear_models_did(void)
{
    check_family("linear");
}

static void predicts_as_scalers_did(void)
{
    check_family("preprocessing");
}

static void predicts_as_pipelines_did(void)
{
    check_family("pipeline");
}

static void predicts_as_dummies_did(void)
{
    check_family("dummy");
}

static void predicts_as_trees_did(void)
{
    check_family("trees");
}

int main(void)
{
    RUN(predicts_as_linear_models_did);
    RUN(predicts_as_scalers_did);
    RUN(predicts_as_pipelines_did);
    RUN(predicts_as_dummies_did);
    RUN(predicts_as_trees_did);
    return test_finish();
}
