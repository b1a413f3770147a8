#include "command/command.h"
#include "command/failure.h"
#include "command/model_text.h"

enum { MODEL_JSON };

static const joblib_command__option model_options[] = {
    [MODEL_JSON] = {"json", NULL, "the same as JSON, on one line"},
};

/* Runs a method on a row of zeros. A model may refuse that, and then needs no memory. */
static joblib_status run_on_zeros(const joblib_model *model, int method,
                                  joblib_workspace *workspace, joblib_error *error)
{
    const double zero = 0.0;
    joblib_input input;
    joblib_result *result = NULL;
    size_t columns = joblib_model_feature_count(model);
    joblib_input_dense(&input, &zero, JOBLIB_NUMBER_FLOAT64, 1,
                       columns > 0 ? columns : 1);
    input.column_stride = 0; /* the same number in all columns */
    joblib_status status =
        joblib_model_run(model, method, &input, workspace, NULL, &result, error);
    joblib_result_free(result);
    return status == JOBLIB_ERROR_MEMORY ? status : JOBLIB_OK;
}

/* Scratch memory that one row takes, for all methods that can run. */
static joblib_status measure_workspace(const joblib_model *model, size_t *out,
                                       joblib_error *error)
{
    joblib_workspace *workspace = NULL;
    joblib_status status = joblib_workspace_new(NULL, &workspace, error);
    for (int method = 0; method < joblib_method_count() && status == JOBLIB_OK;
         method++) {
        if ((joblib_model_methods(model) >> method & 1) == 0) continue;
        status = run_on_zeros(model, method, workspace, error);
    }
    if (status == JOBLIB_OK) *out = joblib_workspace_memory(workspace);
    joblib_workspace_free(workspace);
    return status;
}

/* How a model is printed. */
struct model_style {
    void (*head)(joblib_command__model_printer *printer, const char *path,
                 const joblib_document *document);
    void (*part)(joblib_command__model_printer *printer, const joblib_model_part *part);
    void (*end)(joblib_command__model_printer *printer, const joblib_model *model,
                const joblib_document *document, size_t workspace);
};

static const struct model_style person_style = {
    joblib_command__put_model_head,
    joblib_command__put_part,
    joblib_command__put_model_end,
};

static const struct model_style json_style = {
    joblib_command__put_model_head_json,
    joblib_command__put_part_json,
    joblib_command__put_model_end_json,
};

struct part_report {
    joblib_command__model_printer *printer;
    const struct model_style *style;
};

static void report_part(void *ctx, const joblib_model_part *part)
{
    const struct part_report *report = ctx;
    report->style->part(report->printer, part);
}

static joblib_status build_reported_model(joblib_document *document,
                                          struct part_report *report, joblib_model **out,
                                          joblib_error *error)
{
    joblib_model_options options = JOBLIB_MODEL_OPTIONS_INIT;
    joblib_kind kind = joblib_value_kind(joblib_document_root(document));
    if (kind != JOBLIB_KIND_OBJECT) {
        return joblib_command__fail(error, JOBLIB_ERROR_ESTIMATOR,
                                    "no estimator, but a value of kind %s",
                                    joblib_kind_name((int)kind));
    }
    options.report = report_part;
    options.report_ctx = report;
    return joblib_model_new(document, NULL, &options, out, error);
}

static int describe_document(joblib_command__context *context, const char *path,
                             joblib_document *document, const struct model_style *style)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_command__model_printer printer = {.out = context->out};
    struct part_report report = {&printer, style};
    joblib_model *model = NULL;
    size_t workspace = 0;
    style->head(&printer, path, document);
    joblib_status status = build_reported_model(document, &report, &model, &error);
    if (status == JOBLIB_OK) status = measure_workspace(model, &workspace, &error);
    style->end(&printer, model, document, workspace);
    joblib_model_release(model);
    if (status == JOBLIB_OK) return JOBLIB_COMMAND_DONE;
    return joblib_command__refuse(context, path, &error);
}

static int run_model_verb(joblib_command__context *context,
                          const joblib_command__arguments *arguments)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    const char *path = arguments->operands[0];
    joblib_status status = joblib_load_file(path, NULL, &document, &error);
    if (status != JOBLIB_OK) return joblib_command__refuse(context, path, &error);
    bool json = arguments->options[MODEL_JSON] != NULL;
    int exit_status =
        describe_document(context, path, document, json ? &json_style : &person_style);
    joblib_document_release(document);
    return exit_status;
}

static const char model_description[] =
    "Each estimator has a line: its place in the file, its class, the number of its\n"
    "input columns, the methods that can run, or why it cannot run. Then come the\n"
    "names of the input columns, the classes and the memory that is used: by the\n"
    "document, by the model beside it, and by a prediction of one row.\n"
    "Exit status 1 if any part cannot run.\n";

const joblib_command__verb joblib_command__verb_model = {
    .name = "model",
    .summary = "tells what a model is made of, and what of it can run",
    .operands = "FILE",
    .least_operands = 1,
    .most_operands = 1,
    .options = model_options,
    .option_count = sizeof model_options / sizeof *model_options,
    .description = model_description,
    .run = run_model_verb,
};
