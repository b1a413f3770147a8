/* Files of Python 2 written as Python 3 would: what held the bytes of arrays and scalars, a str
   there, must be bytes, which every reader takes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "joblib.h"
#include "support/names.h"
#include "support/test.h"
#include "support/vectors.h"

static size_t rewritten;

static void read_again(const char *name, const void *data, size_t size)
{
    joblib_document *again = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    if (joblib_load_memory(data, size, NULL, &again, &error) != JOBLIB_OK)
        test_fail(__FILE__, __LINE__, "%s: what was written is not read: %s", name,
                  error.message);
    joblib_document_release(again);
}

static void dump_for_python3(const char *name, const struct vector_bytes *file,
                             const joblib_document *document, uint32_t protocol)
{
    void *data = NULL;
    size_t size = 0;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    struct named allowed = names_in(file);
    options.allow = (const char *const *)allowed.names;
    options.allow_count = allowed.count;
    options.protocol = protocol + 1;
    CHECK_OK(joblib_dump_options_like(&options, "1.6.0/py3.13", &error), &error);
    joblib_status status = joblib_dump_memory(document, &options, &data, &size, &error);
    if (status != JOBLIB_OK) test_fail(__FILE__, __LINE__, "%s: %s", name, error.message);
    if (data) read_again(name, data, size);
    joblib_dump_free(data, size, NULL);
    names_free(&allowed);
}

static void rewrite_path(const char *name)
{
    struct vector_bytes file = vector_read(name, ".joblib");
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    options.companions = vector_folder(name);
    CHECK_OK(joblib_load_memory(file.data, file.size, &options, &document, &error),
             &error);
    if (document) dump_for_python3(name, &file, document, 2);
    if (document) dump_for_python3(name, &file, document, 4);
    joblib_document_release(document);
    free(file.data);
    rewritten++;
}

static void rewrite_value(const char *name)
{
    if (strstr(name, "-py2.7")) rewrite_path(name);
}

static void rewrite_model(const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/model", name);
    if (strstr(name, "-py2.7")) rewrite_path(path);
}

static void what_python_2_wrote_is_read_again(void)
{
    vector_each("valid/", rewrite_value);
    vector_each("inference/", rewrite_model);
    CHECK(rewritten > 500);
}

int main(void)
{
    RUN(what_python_2_wrote_is_read_again);
    return test_finish();
}
