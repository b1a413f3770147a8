/**
 * Makes a model from a description of it, for tests/python/templates.py.
 *
 * Usage: template_models DESCRIPTION MODEL
 *
 * DESCRIPTION is a joblib file of a description as support/described.h explains it, with
 * the versions "joblib", "python" and "numpy" as the options of a dump have them.
 */
#include <stdio.h>
#include <string.h>

#include "joblib.h"
#include "support/described.h"

static joblib_status write_file(const joblib_document *document,
                                const joblib_dump_options *options, const char *path,
                                joblib_error *error)
{
    void *data;
    size_t size;
    joblib_status status = joblib_dump_memory(document, options, &data, &size, error);
    if (status != JOBLIB_OK) return status;
    FILE *file = fopen(path, "wb");
    bool is_written = file && fwrite(data, 1, size, file) == size;
    if (file && fclose(file) != 0) is_written = false;
    joblib_dump_free(data, size, NULL);
    return is_written ? JOBLIB_OK : JOBLIB_ERROR_IO;
}

/* A number of the description, such as the version of Python; 0 where there is none. */
static uint32_t number_of(const joblib_document *description, const char *key)
{
    int64_t number;
    const joblib_value *value = joblib_value_find(joblib_document_root(description), key);
    return joblib_value_as_int64(value, &number, NULL) == JOBLIB_OK ? (uint32_t)number
                                                                    : 0;
}

static joblib_status write_model(joblib_builder *builder,
                                 const joblib_document *description, const char *path,
                                 joblib_error *error)
{
    joblib_value *root;
    joblib_document *document = NULL;
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    options.joblib_version = number_of(description, "joblib");
    options.python_version = number_of(description, "python");
    options.numpy_version = number_of(description, "numpy");
    joblib_status status = make_described(builder, description, &root, error);
    if (status == JOBLIB_OK)
        status = joblib_builder_finish(builder, root, &document, error);
    if (status == JOBLIB_OK) status = write_file(document, &options, path, error);
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
