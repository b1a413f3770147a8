#include "model/model.h"

#include <string.h>

#include "base/options.h"
#include "base/try.h"
#include "model/build/build.h"

static const char *const method_names[JOBLIB_MODEL_METHODS] = {
    [JOBLIB_METHOD_PREDICT] = "predict",
    [JOBLIB_METHOD_PREDICT_PROBA] = "predict_proba",
    [JOBLIB_METHOD_PREDICT_LOG_PROBA] = "predict_log_proba",
    [JOBLIB_METHOD_DECISION_FUNCTION] = "decision_function",
    [JOBLIB_METHOD_TRANSFORM] = "transform",
};

int joblib_method_count(void)
{
    return JOBLIB_MODEL_METHODS;
}

const char *joblib_method_name(int method)
{
    return method >= 0 && method < JOBLIB_MODEL_METHODS ? method_names[method] : NULL;
}

int joblib_method_find(const char *name)
{
    for (int i = 0; name && i < JOBLIB_MODEL_METHODS; i++) {
        if (strcmp(method_names[i], name) == 0) return i;
    }
    return -1;
}

void joblib_model_options_init(joblib_model_options *options)
{
    if (options) *options = (joblib_model_options)JOBLIB_MODEL_OPTIONS_INIT;
}

joblib_status joblib_model__new_model(const joblib_allocator *allocator,
                                      joblib_document *document, const joblib_model *base,
                                      joblib_model **out, joblib_error *error)
{
    joblib_allocator chosen = joblib_base__choose_allocator(allocator);
    joblib_model *model = joblib_base__allocate(&chosen, sizeof *model);
    if (!model) return joblib_base__set_no_memory(error, sizeof *model);
    memset(model, 0, sizeof *model);
    atomic_init(&model->references, 1);
    joblib_base__arena_init(&model->arena, &chosen, UINT64_MAX);
    model->document = joblib_document_retain(document);
    model->base = joblib_model_retain(base);
    *out = model;
    return JOBLIB_OK;
}

/* Frees a model, and gives back the one that it was made from. */
static joblib_model *free_model(joblib_model *model)
{
    joblib_allocator allocator = model->arena.allocator;
    joblib_model *base = model->base;
    joblib_base__arena_free(&model->arena);
    joblib_document_release(model->document);
    joblib_base__free(&allocator, model, sizeof *model);
    return base;
}

static bool is_last_owner(joblib_model *model)
{
    return atomic_fetch_sub_explicit(&model->references, 1, memory_order_acq_rel) == 1;
}

joblib_model *joblib_model_retain(const joblib_model *model)
{
    joblib_model *owned = (joblib_model *)model;
    if (owned) atomic_fetch_add_explicit(&owned->references, 1, memory_order_relaxed);
    return owned;
}

void joblib_model_release(joblib_model *model)
{
    while (model && is_last_owner(model)) model = free_model(model);
}

static joblib_status build_model(joblib_model *model, const joblib_model_options *options,
                                 joblib_error *error)
{
    joblib_model__build build;
    joblib_model__estimator *root;
    joblib_model__build_init(&build, &model->arena, options->allocator,
                             options->report != NULL);
    joblib_status status = joblib_model__build_whole(&build, model->value, &root, error);
    if (status == JOBLIB_OK) {
        joblib_model__report_parts(&build, options);
        if (!root) status = joblib_model__fail_build(&build, error);
        model->root = root;
    }
    joblib_model__build_free(&build);
    return status;
}

joblib_status joblib_model_new(joblib_document *document, const joblib_value *value,
                               const joblib_model_options *given, joblib_model **out,
                               joblib_error *error)
{
    joblib_model_options options;
    joblib_model *model;
    JOBLIB_REQUIRE(out != NULL, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    *out = NULL;
    JOBLIB_REQUIRE(document != NULL, JOBLIB_ERROR_ARGUMENT, "document is NULL");
    JOBLIB_TRY(
        joblib_base__read_struct(given, &options, sizeof options, "options", error));
    JOBLIB_TRY(joblib_model__new_model(options.allocator, document, NULL, &model, error));
    model->value = value ? value : joblib_document_root(document);
    joblib_status status = build_model(model, &options, error);
    if (status == JOBLIB_OK)
        *out = model;
    else
        joblib_model_release(model);
    joblib_base__set_layer(status == JOBLIB_OK ? NULL : error, JOBLIB_LAYER_MODEL);
    return status;
}

joblib_status joblib_model_load_file(const char *path,
                                     const joblib_load_options *load_options,
                                     const joblib_model_options *options,
                                     joblib_model **out, joblib_error *error)
{
    joblib_document *document;
    JOBLIB_REQUIRE(out != NULL, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    *out = NULL;
    JOBLIB_TRY(joblib_load_file(path, load_options, &document, error));
    joblib_status status = joblib_model_new(document, NULL, options, out, error);
    joblib_document_release(document);
    return status;
}
