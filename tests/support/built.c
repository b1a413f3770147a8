#include "support/built.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Nothing goes on after a failure: what a test would look at is not there. */
static void require(joblib_status status, const joblib_error *error)
{
    if (status == JOBLIB_OK) return;
    printf("    a builder fails: %s\n", error->message);
    exit(1);
}

joblib_builder *built_begin(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_builder *builder = NULL;
    require(joblib_builder_new(NULL, &builder, &error), &error);
    return builder;
}

joblib_value *built_int(joblib_builder *builder, int64_t number)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_value *value = NULL;
    require(joblib_builder_int64(builder, number, &value, &error), &error);
    return value;
}

joblib_value *built_text(joblib_builder *builder, const char *text)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_value *value = NULL;
    require(joblib_builder_text(builder, text, strlen(text), &value, &error), &error);
    return value;
}

joblib_value *built_list(joblib_builder *builder)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_value *value = NULL;
    require(joblib_builder_list(builder, &value, &error), &error);
    return value;
}

joblib_value *built_dict(joblib_builder *builder)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_value *value = NULL;
    require(joblib_builder_dict(builder, &value, &error), &error);
    return value;
}

void built_append(joblib_builder *builder, joblib_value *list, joblib_value *item)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    require(joblib_builder_append(builder, list, item, &error), &error);
}

void built_put(joblib_builder *builder, joblib_value *dict, const char *key,
               joblib_value *value)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_value *name = NULL;
    require(joblib_builder_key(builder, key, &name, &error), &error);
    require(joblib_builder_put(builder, dict, name, value, &error), &error);
}

joblib_document *built_finish(joblib_builder *builder, joblib_value *root)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    require(joblib_builder_finish(builder, root, &document, &error), &error);
    joblib_builder_free(builder);
    return document;
}

joblib_document *built_again(joblib_builder *builder, joblib_value *root)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = built_finish(builder, root), *again = NULL;
    void *data = NULL;
    size_t size = 0;
    require(joblib_dump_memory(document, NULL, &data, &size, &error), &error);
    joblib_document_release(document);
    require(joblib_load_memory(data, size, NULL, &again, &error), &error);
    joblib_dump_free(data, size, NULL);
    return again;
}
