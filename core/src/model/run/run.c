#include <string.h>

#include "base/options.h"
#include "base/try.h"
#include "model/model.h"
#include "model/run/check.h"
#include "model/run/job.h"

/* Bytes of a block of input that stay in the fastest caches, beside the outputs. */
#define BLOCK_BYTES ((size_t)64 << 10)
#define FEWEST_ROWS ((size_t)16)

void joblib_run_options_init(joblib_run_options *options)
{
    if (options) *options = (joblib_run_options)JOBLIB_RUN_OPTIONS_INIT;
}

static size_t choose_block_rows(const joblib_model__estimator *root,
                                const joblib_model__rows *rows)
{
    size_t columns = rows->form.columns > 0 ? rows->form.columns : 1;
    size_t count = BLOCK_BYTES / sizeof(double) / columns;
    if (count < FEWEST_ROWS) count = FEWEST_ROWS;
    return count < root->block_rows ? root->block_rows : count;
}

static joblib_status require_method(const joblib_model *model, int method,
                                    joblib_error *error)
{
    JOBLIB_REQUIRE(model != NULL, JOBLIB_ERROR_ARGUMENT, "model is NULL");
    if (joblib_model__has_method(model->root, method)) return JOBLIB_OK;
    const char *name = joblib_method_name(method);
    const char *reason = model->root->refusal;
    return joblib_base__set_error(error, JOBLIB_ERROR_METHOD, "%s has no %s%s%s",
                                  joblib_value_name(model->value),
                                  name ? name : "such method", reason ? ": " : "",
                                  reason ? reason : "");
}

static bool is_computed_in(uint8_t number)
{
    return number == JOBLIB_NUMBER_FLOAT64 || number == JOBLIB_NUMBER_FLOAT32;
}

static enum joblib_model__sink_mode choose_mode(const joblib_model__estimator *root,
                                                int method,
                                                const joblib_model__form *form)
{
    if (form->kind == JOBLIB_INPUT_CSR) return JOBLIB_MODEL_SINK_SPARSE;
    if (method == JOBLIB_METHOD_PREDICT && root->predicts_labels)
        return JOBLIB_MODEL_SINK_LABELS;
    return is_computed_in(form->number) ? JOBLIB_MODEL_SINK_IN_PLACE
                                        : JOBLIB_MODEL_SINK_STORE;
}

/* The bound of labels is 0, and each other bound a double. */
static void describe_bound(joblib_model__form *form)
{
    form->kind = JOBLIB_INPUT_DENSE;
    form->number = JOBLIB_NUMBER_FLOAT64;
}

static const joblib_dtype *dtype_of(const joblib_model__sink *sink)
{
    if (sink->mode == JOBLIB_MODEL_SINK_LABELS) return sink->labels->dtype;
    return joblib_dtype_number(sink->form.number);
}

static joblib_status open_array(const joblib_model__job *job, joblib_model__sink *sink,
                                size_t ranges, const joblib_result *result,
                                joblib_model__array *array, joblib_error *error)
{
    size_t rows = job->rows->rows, columns = sink->form.columns;
    bool flat = columns == 1 && (job->root->flat >> job->method & 1) != 0;
    void *data;
    array->sparse = sink->mode == JOBLIB_MODEL_SINK_SPARSE;
    array->ndim = flat ? 1 : 2;
    array->shape[0] = (int64_t)rows;
    array->shape[1] = (int64_t)columns;
    array->dtype = dtype_of(sink);
    if (array->sparse) return joblib_model__open_elements(sink, ranges, rows, error);
    size_t itemsize = joblib_dtype_itemsize(array->dtype);
    JOBLIB_REQUIRE(columns == 0 || itemsize <= SIZE_MAX / 2 / columns,
                   JOBLIB_ERROR_MEMORY, "no memory for %zu columns", columns);
    array->strides[0] = (int64_t)(columns * itemsize);
    array->strides[1] = (int64_t)itemsize;
    JOBLIB_TRY(joblib_model__allocate_result(result, rows, columns * itemsize, &data,
                                             &array->size, error));
    array->values = data;
    sink->data = data;
    return JOBLIB_OK;
}

static joblib_status open_sinks(joblib_model__job *job, size_t ranges,
                                joblib_result *result, joblib_error *error)
{
    for (size_t i = 0; i < job->sink_count; i++) {
        joblib_model__sink *sink = &job->sinks[i];
        joblib_model__describe(job->root, job->method, &job->rows->form, i, &sink->form);
        if (job->bound) describe_bound(&sink->form);
        sink->labels = job->root->labels;
        sink->allocator = &result->allocator;
        sink->mode = job->bound ? JOBLIB_MODEL_SINK_IN_PLACE
                                : choose_mode(job->root, job->method, &sink->form);
        JOBLIB_TRY(open_array(job, sink, ranges, result, &result->arrays[i], error));
    }
    return JOBLIB_OK;
}

static joblib_status join_sinks(const joblib_model__job *job, size_t ranges,
                                joblib_result *result, joblib_error *error)
{
    for (size_t i = 0; i < job->sink_count; i++) {
        if (job->sinks[i].mode != JOBLIB_MODEL_SINK_SPARSE) continue;
        JOBLIB_TRY(joblib_model__join_elements(&job->sinks[i], ranges, job->rows->rows,
                                               result, &result->arrays[i], error));
    }
    return JOBLIB_OK;
}

static joblib_status run_to_result(joblib_model__job *job, size_t ranges,
                                   joblib_workspace *workspace, joblib_result *result,
                                   joblib_error *error)
{
    JOBLIB_TRY(open_sinks(job, ranges, result, error));
    JOBLIB_TRY(joblib_model__run_ranges(job, ranges, workspace, error));
    return join_sinks(job, ranges, result, error);
}

static joblib_status run_with_sinks(const joblib_model *model, joblib_model__job *job,
                                    uint32_t n_threads, joblib_workspace *workspace,
                                    joblib_result **out, joblib_error *error)
{
    joblib_result *result;
    size_t rows = job->rows->rows, ranges = joblib_model__count_ranges(rows, n_threads);
    size_t size = job->sink_count * sizeof *job->sinks;
    const joblib_allocator *allocator = &workspace->allocator;
    job->sinks = joblib_base__allocate(allocator, size);
    if (!job->sinks) return joblib_base__set_no_memory(error, size);
    memset(job->sinks, 0, size);
    joblib_status status =
        joblib_model__new_result(allocator, model, job->sink_count, &result, error);
    if (status == JOBLIB_OK) {
        status = run_to_result(job, ranges, workspace, result, error);
        for (size_t i = 0; i < job->sink_count; i++)
            joblib_model__free_elements(&job->sinks[i], ranges, rows);
        if (status == JOBLIB_OK)
            *out = result;
        else
            joblib_result_free(result);
    }
    joblib_base__free(allocator, job->sinks, size);
    return status;
}

/* What does not fit is refused before memory for its answer is taken. */
static joblib_status open_rows(const joblib_model *model, const joblib_input *input,
                               joblib_model__rows *out, joblib_error *error)
{
    JOBLIB_TRY(joblib_model__open_input(input, out, error));
    if (model->root->check.conversion == JOBLIB_MODEL_CONVERT_NONE) return JOBLIB_OK;
    return joblib_model__check_form(model->root, out, error);
}

/* Runs in the caller's workspace, or in one that lives as long as the call. */
static joblib_status run_model(const joblib_model *model, joblib_model__job *job,
                               const joblib_input *input, uint32_t n_threads,
                               joblib_workspace *workspace, joblib_result **out,
                               joblib_error *error)
{
    joblib_model__rows rows;
    joblib_workspace own;
    JOBLIB_TRY(require_method(model, job->method, error));
    JOBLIB_TRY(open_rows(model, input, &rows, error));
    job->root = model->root;
    job->rows = &rows;
    job->sink_count = joblib_model__output_count(model->root, job->method);
    job->block_rows = choose_block_rows(model->root, &rows);
    joblib_model__workspace_init(&own, &model->arena.allocator);
    joblib_status status =
        run_with_sinks(model, job, n_threads, workspace ? workspace : &own, out, error);
    joblib_model__workspace_clear(&own);
    return status;
}

joblib_status joblib_model_run(const joblib_model *model, int method,
                               const joblib_input *input, joblib_workspace *workspace,
                               const joblib_run_options *given, joblib_result **out,
                               joblib_error *error)
{
    joblib_run_options options;
    JOBLIB_REQUIRE(out != NULL, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    *out = NULL;
    JOBLIB_TRY(
        joblib_base__read_struct(given, &options, sizeof options, "options", error));
    joblib_model__job job = {.method = method};
    return run_model(model, &job, input, options.n_threads, workspace, out, error);
}

joblib_status joblib_model_bound(const joblib_model *model, int method,
                                 const joblib_input *input, joblib_workspace *workspace,
                                 joblib_result **out, joblib_error *error)
{
    JOBLIB_REQUIRE(out != NULL, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    *out = NULL;
    joblib_model__job job = {.method = method, .bound = true};
    return run_model(model, &job, input, 1, workspace, out, error);
}

/* The sink of a caller's doubles. */
static joblib_status open_fill(const joblib_model *model, int method,
                               const joblib_model__rows *rows, size_t capacity,
                               joblib_model__sink *sink, joblib_error *error)
{
    const joblib_model__estimator *root = model->root;
    size_t count = joblib_model__output_count(root, method);
    JOBLIB_REQUIRE(count == 1, JOBLIB_ERROR_KIND, "%s gives %zu outputs, not one",
                   joblib_method_name(method), count);
    joblib_model__describe(root, method, &rows->form, 0, &sink->form);
    sink->labels = root->labels;
    sink->mode = choose_mode(root, method, &sink->form);
    JOBLIB_REQUIRE(sink->mode != JOBLIB_MODEL_SINK_SPARSE, JOBLIB_ERROR_KIND,
                   "%s gives a sparse output", joblib_method_name(method));
    if (sink->mode == JOBLIB_MODEL_SINK_LABELS) {
        sink->mode = JOBLIB_MODEL_SINK_NUMBERS;
        for (size_t i = 0; i < root->labels->target_count; i++)
            JOBLIB_REQUIRE(root->labels->targets[i].numbers != NULL, JOBLIB_ERROR_KIND,
                           "the labels are of type %s, not numbers",
                           joblib_dtype_text(root->labels->dtype));
    } else {
        sink->mode = joblib_model__is_narrow(sink->form.number)
                         ? JOBLIB_MODEL_SINK_WIDEN
                         : JOBLIB_MODEL_SINK_IN_PLACE;
    }
    size_t columns = sink->form.columns;
    JOBLIB_REQUIRE(columns == 0 || rows->rows <= capacity / columns, JOBLIB_ERROR_RANGE,
                   "room for %zu numbers, %zu rows of %zu are expected", capacity,
                   rows->rows, columns);
    return JOBLIB_OK;
}

joblib_status joblib_model_fill(const joblib_model *model, int method,
                                const joblib_input *input, joblib_workspace *workspace,
                                double *out, size_t capacity, joblib_error *error)
{
    joblib_model__rows rows;
    joblib_model__sink sink = {.data = (char *)out};
    joblib_workspace own;
    JOBLIB_TRY(require_method(model, method, error));
    JOBLIB_REQUIRE(out != NULL || capacity == 0, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    JOBLIB_TRY(open_rows(model, input, &rows, error));
    JOBLIB_TRY(open_fill(model, method, &rows, capacity, &sink, error));
    joblib_model__job job = {.root = model->root,
                             .method = method,
                             .rows = &rows,
                             .sinks = &sink,
                             .sink_count = 1,
                             .block_rows = choose_block_rows(model->root, &rows)};
    if (workspace) return joblib_model__run_ranges(&job, 1, workspace, error);
    joblib_model__workspace_init(&own, &model->arena.allocator);
    joblib_status status = joblib_model__run_ranges(&job, 1, &own, error);
    joblib_model__workspace_clear(&own);
    return status;
}

#undef BLOCK_BYTES
#undef FEWEST_ROWS
