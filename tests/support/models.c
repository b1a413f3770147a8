#include "support/models.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/fault.h"
#include "support/pickled.h"

joblib_document *document_from(const char *notation)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    struct pickled pickle = pickled_from(notation);
    joblib_status status =
        joblib_load_memory(pickle.data, pickle.size, NULL, &document, &error);
    if (status != JOBLIB_OK) {
        printf("    does not load: %s\n    %s\n", error.message, notation);
        exit(2);
    }
    free(pickle.data);
    return document;
}

joblib_status model_from(const char *notation, const joblib_allocator *allocator,
                         joblib_model **out, joblib_error *error)
{
    joblib_model_options options = JOBLIB_MODEL_OPTIONS_INIT;
    joblib_document *document = document_from(notation);
    options.allocator = allocator;
    joblib_status status = joblib_model_new(document, NULL, &options, out, error);
    joblib_document_release(document);
    return status;
}

static const char *explain_refusal(const struct refused_model *row, joblib_status status,
                                   const joblib_model *model, const joblib_error *error)
{
    if (status == JOBLIB_OK) return "is built";
    if (status != row->status || error->status != (int32_t)row->status)
        return "has another status";
    if (strcmp(error->path, row->path) != 0) return "blames something else";
    if (model) return "leaves a model";
    if (error->message[0] == '\0') return "has no message";
    if (error->layer != JOBLIB_LAYER_MODEL) return "is of another layer";
    return NULL;
}

size_t count_not_refused(const struct refused_model *rows, size_t count)
{
    size_t failures = 0;
    for (size_t i = 0; i < count; i++) {
        struct fault fault = {0};
        joblib_allocator allocator = fault_allocator(&fault);
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_model *model = NULL;
        joblib_status status = model_from(rows[i].notation, &allocator, &model, &error);
        const char *failure = explain_refusal(&rows[i], status, model, &error);
        joblib_model_release(model);
        if (!failure && fault.live_bytes > 0) failure = "leaks";
        if (!failure) continue;
        printf("    %s %s: %s, path \"%s\" (%s)\n", rows[i].what, failure,
               joblib_status_name((int)status), error.path, error.message);
        failures++;
    }
    return failures;
}
