/* Names that a builder gave: which are written, and which only when they are allowed. */
#include "joblib.h"
#include "support/built.h"
#include "support/test.h"

static joblib_document *name_one(const char *module, const char *name)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_builder *builder = built_begin();
    joblib_value *global = NULL;
    CHECK_OK(joblib_builder_global(builder, module, name, &global, &error), &error);
    return built_finish(builder, global);
}

static joblib_status dump_allowing(const joblib_document *document, const char *allowed,
                                   joblib_document **again, joblib_error *error)
{
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    void *data = NULL;
    size_t size = 0;
    options.allow = &allowed;
    options.allow_count = allowed != NULL;
    joblib_status status = joblib_dump_memory(document, &options, &data, &size, error);
    if (status == JOBLIB_OK)
        CHECK_OK(joblib_load_memory(data, size, NULL, again, error), error);
    joblib_dump_free(data, size, NULL);
    return status;
}

static void writes_known_names(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = name_one("collections", "OrderedDict"), *again = NULL;
    CHECK_OK(dump_allowing(document, NULL, &again, &error), &error);
    joblib_document_release(again);
    joblib_document_release(document);
}

static void asks_for_unknown_names_until_a_file_has_them(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = name_one("own.module", "Thing"), *again = NULL;
    joblib_document *third = NULL;
    CHECK_STATUS(dump_allowing(document, NULL, &again, &error), &error,
                 JOBLIB_ERROR_FORBIDDEN, JOBLIB_NO_OFFSET);
    CHECK_OK(dump_allowing(document, "own.module.Thing", &again, &error), &error);
    CHECK_OK(dump_allowing(again, NULL, &third, &error), &error);
    joblib_document_release(third);
    joblib_document_release(again);
    joblib_document_release(document);
}

static void refuses_dangerous_names(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = name_one("os", "system"), *again = NULL;
    CHECK_STATUS(dump_allowing(document, NULL, &again, &error), &error,
                 JOBLIB_ERROR_FORBIDDEN, JOBLIB_NO_OFFSET);
    joblib_document_release(document);
}

int main(void)
{
    RUN(writes_known_names);
    RUN(asks_for_unknown_names_until_a_file_has_them);
    RUN(refuses_dangerous_names);
    return test_finish();
}
