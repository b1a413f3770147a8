/**
 * Makes a model from a description of it, for tests/python/templates.py.
 *
 * Usage: template_models DESCRIPTION MODEL
 *
 * DESCRIPTION is a joblib file of a description as support/described.h explains it.
 */
#include <stdio.h>
#include <string.h>

#include "joblib.h"
#include "support/described.h"

static joblib_status write_model(joblib_builder *builder,
                                 const joblib_document *description, const char *path,
                                 joblib_error *error)
{
    joblib_value *root;
    joblib_document *document = NULL;
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    const char *version =
        joblib_value_text(joblib_value_find(joblib_document_root(description), "version"),
                          NULL);
    joblib_status status = make_described(builder, description, &root, error);
    if (status == JOBLIB_OK)
        status = joblib_builder_finish(builder, root, &document, error);
    if (status == JOBLIB_OK)
        status = joblib_template_dump_options(version, &options, error);
    if (status == JOBLIB_OK) status = joblib_dump_file(document, path, &options, error);
    joblib_document_release(document);
    return status;
}

int main(int count, char **words)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *description = NULL;
    joblib_builder *builder = NULL;
    if (count != 3) return 2;
    joblib_status status = joblib_load_file(words[1], NULL, &description, &error);
    if (status == JOBLIB_OK) status = joblib_builder_new(NULL, &builder, &error);
    if (status == JOBLIB_OK) status = write_model(builder, description, words[2], &error);
    if (status != JOBLIB_OK)
        fprintf(stderr, "%s: %s: %s\n", words[1], joblib_status_name((int)status),
                error.message);
    joblib_builder_free(builder);
    joblib_document_release(description);
    return status != JOBLIB_OK;
}
