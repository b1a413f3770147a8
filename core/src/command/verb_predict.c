#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "command/failure.h"
#include "command/table/input_table.h"
#include "command/table/write.h"

enum { PREDICT_METHOD, PREDICT_OUTPUT, PREDICT_THREADS };

static const joblib_command__option predict_options[] = {
    [PREDICT_METHOD] =
        {"method", "NAME",
         "predict, predict_proba, predict_log_proba, decision_function or\n"
         "transform; without it predict, or transform where there is no\n"
         "predict"},
    [PREDICT_OUTPUT] = {"output", "OUT", "a file that ends in .joblib, .npy or .csv"},
    [PREDICT_THREADS] = {"threads", "N", "threads that share the rows; 1"},
};

struct prediction {
    joblib_command__context *context;
    const char *model_path, *input_path, *output_path; /* the last may be NULL */
    const char *method_name;                           /* or NULL */
    uint32_t threads;
    joblib_model *model;
    int method;
    joblib_command__table table;
    joblib_workspace *workspace;
    joblib_result *result;
};

static joblib_status choose_method(struct prediction *prediction, joblib_error *error)
{
    uint32_t methods = joblib_model_methods(prediction->model);
    if (prediction->method_name != NULL) return JOBLIB_OK;
    prediction->method = JOBLIB_METHOD_PREDICT;
    if ((methods >> JOBLIB_METHOD_PREDICT & 1) != 0) return JOBLIB_OK;
    prediction->method = JOBLIB_METHOD_TRANSFORM;
    if ((methods >> JOBLIB_METHOD_TRANSFORM & 1) != 0) return JOBLIB_OK;
    return joblib_command__fail(error, JOBLIB_ERROR_METHOD,
                                "the model has neither predict nor transform");
}

static joblib_status run_prediction(struct prediction *prediction, joblib_error *error)
{
    joblib_run_options options = JOBLIB_RUN_OPTIONS_INIT;
    options.n_threads = prediction->threads;
    JOBLIB_COMMAND_TRY(joblib_workspace_new(NULL, &prediction->workspace, error));
    return joblib_model_run(prediction->model, prediction->method,
                            &prediction->table.input, prediction->workspace, &options,
                            &prediction->result, error);
}

/* Views the outputs of the result; sparse ones are refused. */
static joblib_status view_outputs(const joblib_result *result, joblib_array *arrays,
                                  size_t count, joblib_error *error)
{
    for (size_t i = 0; i < count; i++) {
        if (joblib_result_is_sparse(result, i)) {
            return joblib_command__fail(error, JOBLIB_ERROR_KIND,
                                        "a sparse result can be written to .csv only");
        }
        JOBLIB_COMMAND_TRY(joblib_result_array(result, i, &arrays[i], error));
    }
    return JOBLIB_OK;
}

static joblib_status write_arrays(const struct prediction *prediction, bool is_npy,
                                  joblib_command__output *out, joblib_error *error)
{
    size_t count = joblib_result_count(prediction->result);
    bool as_list = count != 1;
    if (is_npy && as_list) {
        return joblib_command__fail(error, JOBLIB_ERROR_KIND,
                                    "%zu arrays, of which .npy holds one", count);
    }
    joblib_array *arrays = calloc(count + 1, sizeof *arrays);
    if (arrays == NULL) return joblib_command__no_memory(error);
    joblib_status status = view_outputs(prediction->result, arrays, count, error);
    if (status == JOBLIB_OK && is_npy) {
        status = joblib_command__write_npy(out, arrays, error);
    } else if (status == JOBLIB_OK) {
        status = joblib_command__write_joblib(out, arrays, count, as_list, error);
    }
    free(arrays);
    return status;
}

static joblib_status write_result(const struct prediction *prediction,
                                  joblib_command__output *out, joblib_error *error)
{
    const char *path = prediction->output_path;
    if (path == NULL || joblib_command__ends_in(path, ".csv")) {
        return joblib_command__write_csv(out, prediction->model, prediction->method,
                                         prediction->result, error);
    }
    return write_arrays(prediction, joblib_command__ends_in(path, ".npy"), out, error);
}

/* A file that could not be written whole is removed. */
static int save_result(const struct prediction *prediction)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_command__context *context = prediction->context;
    const char *path = prediction->output_path;
    joblib_command__new_file file = {path, NULL};
    joblib_command__output *out = context->out;
    joblib_command__output file_output;
    if (path != NULL) {
        out = &file_output;
        joblib_command__output_init(out, joblib_command__write_new_file, &file);
    }
    joblib_status status = write_result(prediction, out, &error);
    if (status == JOBLIB_OK && !joblib_command__flush(out)) status = JOBLIB_ERROR_IO;
    if (path != NULL && !joblib_command__close_new_file(&file, status == JOBLIB_OK)) {
        out->failed = true;
        out->system_error = errno;
    }
    if (out->failed && path != NULL) {
        return joblib_command__refuse_output(context, path, out);
    }
    if (status == JOBLIB_OK || out->failed) return JOBLIB_COMMAND_DONE;
    return joblib_command__refuse(context, path != NULL ? path : "standard output",
                                  &error);
}

static int run_prediction_steps(struct prediction *prediction)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_command__context *context = prediction->context;
    const char *path = prediction->model_path;
    joblib_status status =
        joblib_model_load_file(path, NULL, NULL, &prediction->model, &error);
    if (status == JOBLIB_OK) status = choose_method(prediction, &error);
    if (status != JOBLIB_OK) return joblib_command__refuse(context, path, &error);
    path = prediction->input_path;
    status =
        joblib_command__read_table(path, prediction->model, &prediction->table, &error);
    if (status == JOBLIB_OK) status = run_prediction(prediction, &error);
    if (status == JOBLIB_ERROR_METHOD) path = prediction->model_path;
    if (status != JOBLIB_OK) return joblib_command__refuse(context, path, &error);
    return save_result(prediction);
}

static int read_predict_options(struct prediction *prediction,
                                const joblib_command__arguments *arguments)
{
    joblib_command__context *context = prediction->context;
    const char *path = arguments->options[PREDICT_OUTPUT];
    const char *method = arguments->options[PREDICT_METHOD];
    uint64_t threads = 1;
    prediction->output_path = path;
    prediction->method_name = method;
    prediction->method = method != NULL ? joblib_method_find(method) : 0;
    if (prediction->method < 0) {
        return joblib_command__wrong_usage(context, "no such method", method);
    }
    if (path != NULL && !joblib_command__ends_in(path, ".csv") &&
        !joblib_command__ends_in(path, ".npy") &&
        !joblib_command__ends_in(path, ".joblib")) {
        return joblib_command__wrong_usage(
            context, "the output ends neither in .joblib nor .npy nor .csv", path);
    }
    int usage = joblib_command__count_option(context, "threads",
                                             arguments->options[PREDICT_THREADS], 1, 4096,
                                             &threads);
    prediction->threads = (uint32_t)threads;
    return usage;
}

static int run_predict_verb(joblib_command__context *context,
                            const joblib_command__arguments *arguments)
{
    struct prediction prediction = {.context = context,
                                    .model_path = arguments->operands[0],
                                    .input_path = arguments->operands[1]};
    int status = read_predict_options(&prediction, arguments);
    if (status != JOBLIB_COMMAND_DONE) return status;
    status = run_prediction_steps(&prediction);
    joblib_result_free(prediction.result);
    joblib_workspace_free(prediction.workspace);
    joblib_command__table_free(&prediction.table);
    joblib_model_release(prediction.model);
    return status;
}

static const char predict_description[] =
    "INPUT by the end of its name:\n"
    "  .csv     lines of numbers, separated by commas, semicolons or tabs. The first\n"
    "           line is a header unless all its fields are numbers. Where a header\n"
    "           has names of the model's columns, columns are taken by name, and the\n"
    "           others are ignored; otherwise by place. Empty fields, NA, N/A, <NA>,\n"
    "           nan, null, NULL and None are NaN, True is 1, False is 0. Empty lines\n"
    "           are skipped.\n"
    "  others   a joblib file, or an array of numpy.save(): numbers in one dimension\n"
    "           (one row) or two; in a joblib file also a scipy csr_matrix\n"
    "\n"
    "OUT by the end of its name; without it, .csv on standard output:\n"
    "  .joblib  the array as joblib.dump() writes it; several outputs (predict_proba\n"
    "           of several targets) as a list of arrays\n"
    "  .npy     the array as numpy.save() writes it; neither several outputs nor\n"
    "           labels that are objects\n"
    "  .csv     a line of names, which are the classes where the columns are classes,\n"
    "           then a line for each row; several outputs stand side by side, with\n"
    "           names as target0_class. Sparse results are written in full; .joblib\n"
    "           and .npy refuse them.\n";

const joblib_command__verb joblib_command__verb_predict = {
    .name = "predict",
    .summary = "runs a method of a model on rows of numbers",
    .operands = "MODEL INPUT",
    .least_operands = 2,
    .most_operands = 2,
    .options = predict_options,
    .option_count = sizeof predict_options / sizeof *predict_options,
    .description = predict_description,
    .run = run_predict_verb,
};
