/* Models, workspaces and results. */

#include <stdlib.h>

#include "handle_common.h"
#include "handle_report.h"

/* Building */

/** One build, as an argument of joblib_blocking(). */
typedef struct build_call {
    const char *path; /**< or NULL: then `document` and `value` */
    const joblib_load_options *load_options;
    joblib_document *document;
    const joblib_value *value;
    joblib_model_options options;
    joblib_model *model;
    joblib_error *error;
    joblib_status status;
} build_call;

static void build_blocking(void *argument)
{
    build_call *call = argument;
    if (call->path != NULL) {
        call->status = joblib_model_load_file(call->path, call->load_options,
                                              &call->options, &call->model, call->error);
    } else {
        call->status = joblib_model_new(call->document, call->value, &call->options,
                                        &call->model, call->error);
    }
}

static JoblibModel *adopt_model(joblib_model *model, joblib_error *error)
{
    JoblibModel *self = joblib_shim__allocate(sizeof *self, error);
    if (self == NULL) {
        joblib_model_release(model);
        return NULL;
    }
    self->model = model;
    return self;
}

static JoblibModel *build_model(build_call *call, JoblibReport *report,
                                joblib_error *error)
{
    call->error = error;
    joblib_model_options_init(&call->options);
    if (report != NULL) {
        call->options.report = joblib_shim__report_part;
        call->options.report_ctx = report;
    }
    (void)joblib_document_retain(call->document);
    joblib_blocking(build_blocking, call);
    joblib_document_release(call->document);
    return call->status == JOBLIB_OK ? adopt_model(call->model, error) : NULL;
}

JoblibModel *JoblibModel_load(const char *text, const JoblibLoadOptions *options,
                              JoblibReport *report, joblib_error *error)
{
    build_call call = {.path = text, .load_options = options ? &options->options : NULL};
    return build_model(&call, report, error);
}

JoblibModel *JoblibModel_from_document(const JoblibDocument *document,
                                       JoblibReport *report, joblib_error *error)
{
    build_call call = {.document = document->document};
    if (document->document == NULL) {
        return joblib_shim__fail(error, JOBLIB_ERROR_ARGUMENT, "the document is closed");
    }
    return build_model(&call, report, error);
}

JoblibModel *JoblibModel_from_value(const JoblibValue *value, JoblibReport *report,
                                    joblib_error *error)
{
    build_call call = {.document = value->document, .value = value->node};
    return build_model(&call, report, error);
}

void delete_JoblibModel(JoblibModel *self)
{
    if (self != NULL) {
        JoblibModel_close(self);
        free(self);
    }
}

void JoblibModel_close(JoblibModel *self)
{
    joblib_model_release(self->model);
    self->model = NULL;
}

/* Asking */

static joblib_model *require_model(const JoblibModel *self, joblib_error *error)
{
    if (self->model == NULL) {
        return joblib_shim__fail(error, JOBLIB_ERROR_ARGUMENT, "the model is closed");
    }
    return self->model;
}

JoblibModel *JoblibModel_prepare(const JoblibModel *self, joblib_error *error)
{
    const joblib_model *model = require_model(self, error);
    joblib_model *prepared = NULL;
    if (model == NULL || joblib_model_prepare(model, &prepared, error) != JOBLIB_OK) {
        return NULL;
    }
    return adopt_model(prepared, error);
}

JoblibValue *JoblibModel_value(const JoblibModel *self, joblib_error *error)
{
    const joblib_model *model = require_model(self, error);
    if (model == NULL) {
        return NULL;
    }
    return joblib_shim__value(joblib_model_document(model), joblib_model_value(model),
                              error);
}

JoblibDocument *JoblibModel_document(const JoblibModel *self, joblib_error *error)
{
    const joblib_model *model = require_model(self, error);
    return model ? joblib_shim__document(joblib_model_document(model), error) : NULL;
}

joblib_text JoblibModel_version(const JoblibModel *self, joblib_error *error)
{
    const joblib_model *model = require_model(self, error);
    return joblib_shim__text(model ? joblib_model_version(model) : NULL);
}

uint32_t JoblibModel_methods(const JoblibModel *self, joblib_error *error)
{
    const joblib_model *model = require_model(self, error);
    return model ? joblib_model_methods(model) : 0;
}

size_t JoblibModel_feature_count(const JoblibModel *self, joblib_error *error)
{
    const joblib_model *model = require_model(self, error);
    return model ? joblib_model_feature_count(model) : 0;
}

joblib_text JoblibModel_feature_name(const JoblibModel *self, size_t index,
                                     joblib_error *error)
{
    const joblib_model *model = require_model(self, error);
    return joblib_shim__text(model ? joblib_model_feature_name(model, index) : NULL);
}

size_t JoblibModel_target_count(const JoblibModel *self, joblib_error *error)
{
    const joblib_model *model = require_model(self, error);
    return model ? joblib_model_target_count(model) : 0;
}

static joblib_owner own_model(joblib_model *model, joblib_shared_result *result)
{
    return (joblib_owner){joblib_model_document(model), model, result};
}

JoblibArray *JoblibModel_classes(const JoblibModel *self, size_t index,
                                 joblib_error *error)
{
    joblib_model *model = require_model(self, error);
    joblib_array view;
    if (model == NULL || joblib_model_classes(model, index, &view, error) != JOBLIB_OK) {
        return NULL;
    }
    return joblib_shim__array(own_model(model, NULL), &view, error);
}

size_t JoblibModel_output_count(const JoblibModel *self, int method, joblib_error *error)
{
    const joblib_model *model = require_model(self, error);
    return model ? joblib_model_output_count(model, method) : 0;
}

size_t JoblibModel_output_columns(const JoblibModel *self, int method, size_t index,
                                  joblib_error *error)
{
    const joblib_model *model = require_model(self, error);
    return model ? joblib_model_output_columns(model, method, index) : 0;
}

size_t JoblibModel_memory(const JoblibModel *self, joblib_error *error)
{
    const joblib_model *model = require_model(self, error);
    return model ? joblib_model_memory(model) : 0;
}

/* Predicting */

/** One prediction, as an argument of joblib_blocking(). */
typedef struct run_call {
    joblib_model *model;
    int method;
    const joblib_input *input;
    joblib_workspace *workspace;
    joblib_run_options options;
    joblib_result *result;
    double *out; /**< of fill */
    size_t capacity;
    joblib_error *error;
    joblib_status status;
} run_call;

static void run_blocking(void *argument)
{
    run_call *call = argument;
    call->status =
        joblib_model_run(call->model, call->method, call->input, call->workspace,
                         &call->options, &call->result, call->error);
}

static void bound_blocking(void *argument)
{
    run_call *call = argument;
    call->status = joblib_model_bound(call->model, call->method, call->input,
                                      call->workspace, &call->result, call->error);
}

static void fill_blocking(void *argument)
{
    run_call *call = argument;
    call->status =
        joblib_model_fill(call->model, call->method, call->input, call->workspace,
                          call->out, call->capacity, call->error);
}

/** Up to so many rows run without giving up the interpreter's lock: getting it back from a
    busy thread takes longer than they do. */
enum { FEW_ROWS = 16 };

/** Runs with a share in the model, which another thread may close meanwhile. */
static bool run_model(const JoblibModel *self, run_call *call, void (*function)(void *))
{
    call->model = joblib_model_retain(require_model(self, call->error));
    if (call->model == NULL) {
        return false;
    }
    if (call->input->rows <= FEW_ROWS) {
        function(call);
    } else {
        joblib_blocking(function, call);
    }
    if (call->status != JOBLIB_OK) {
        joblib_model_release(call->model);
        return false;
    }
    return true;
}

static run_call start_call(int method, const JoblibInput *input,
                           JoblibWorkspace *workspace, joblib_error *error)
{
    run_call call = {.method = method, .input = &input->input, .error = error};
    call.workspace = workspace ? workspace->workspace : NULL;
    joblib_run_options_init(&call.options);
    return call;
}

static JoblibResult *adopt_result(run_call *call)
{
    JoblibResult *self = joblib_shim__allocate(sizeof *self, call->error);
    joblib_shared_result *shared = joblib_shim__share_result(call->result, call->error);
    joblib_owner owner = own_model(call->model, shared);
    (void)joblib_document_retain(owner.document);
    if (self == NULL || shared == NULL) {
        joblib_shim__release(&owner);
        free(self);
        return NULL;
    }
    self->owner = owner;
    return self;
}

JoblibResult *JoblibModel_run(const JoblibModel *self, int method,
                              const JoblibInput *input, JoblibWorkspace *workspace,
                              uint32_t threads, joblib_error *error)
{
    run_call call = start_call(method, input, workspace, error);
    call.options.n_threads = threads;
    return run_model(self, &call, run_blocking) ? adopt_result(&call) : NULL;
}

JoblibResult *JoblibModel_bound(const JoblibModel *self, int method,
                                const JoblibInput *input, JoblibWorkspace *workspace,
                                joblib_error *error)
{
    run_call call = start_call(method, input, workspace, error);
    return run_model(self, &call, bound_blocking) ? adopt_result(&call) : NULL;
}

void JoblibModel_fill(const JoblibModel *self, int method, const JoblibInput *input,
                      JoblibWorkspace *workspace, double *out, size_t capacity,
                      joblib_error *error)
{
    run_call call = start_call(method, input, workspace, error);
    call.out = out;
    call.capacity = capacity;
    if (run_model(self, &call, fill_blocking)) {
        joblib_model_release(call.model);
    }
}

JoblibWorkspace *new_JoblibWorkspace(joblib_error *error)
{
    JoblibWorkspace *self = joblib_shim__allocate(sizeof *self, error);
    if (self != NULL &&
        joblib_workspace_new(NULL, &self->workspace, error) != JOBLIB_OK) {
        free(self);
        return NULL;
    }
    return self;
}

void delete_JoblibWorkspace(JoblibWorkspace *self)
{
    if (self != NULL) {
        joblib_workspace_free(self->workspace);
        free(self);
    }
}

size_t JoblibWorkspace_memory(const JoblibWorkspace *self)
{
    return joblib_workspace_memory(self->workspace);
}

/* Results */

void delete_JoblibResult(JoblibResult *self)
{
    if (self != NULL) {
        joblib_shim__release(&self->owner);
        free(self);
    }
}

size_t JoblibResult_count(const JoblibResult *self)
{
    return joblib_result_count(joblib_shim__result(self->owner.result));
}

bool JoblibResult_is_sparse(const JoblibResult *self, size_t index)
{
    return joblib_result_is_sparse(joblib_shim__result(self->owner.result), index);
}

JoblibArray *JoblibResult_array(const JoblibResult *self, size_t index,
                                joblib_error *error)
{
    joblib_array view;
    if (joblib_result_array(joblib_shim__result(self->owner.result), index, &view,
                            error) != JOBLIB_OK) {
        return NULL;
    }
    return joblib_shim__array(self->owner, &view, error);
}

JoblibInput *JoblibResult_csr(const JoblibResult *self, size_t index, joblib_error *error)
{
    joblib_input input;
    if (joblib_result_csr(joblib_shim__result(self->owner.result), index, &input,
                          error) != JOBLIB_OK) {
        return NULL;
    }
    return joblib_shim__input(self->owner, &input, error);
}
