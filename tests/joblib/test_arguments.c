/* Arguments that are NULL or out of range, on the functions that load, and their neighbours. */
#include "joblib.h"
#include "support/test.h"
#include "support/vectors.h"

static const unsigned char none_pickle[] = {0x80, 0x02, 0x4e, 0x2e};

#define CHECK_FAILS(status, call) \
    do { \
        joblib_error error = JOBLIB_ERROR_INIT; \
        CHECK_STATUS(call, &error, status, JOBLIB_NO_OFFSET); \
        CHECK(error.message[0] != '\0'); \
    } while (0)

#define CHECK_NULL(call) CHECK_FAILS(JOBLIB_ERROR_ARGUMENT, call)

static void refuses_to_load_nothing(void)
{
    joblib_document *document = NULL;
    joblib_source source = JOBLIB_SOURCE_INIT;
    CHECK_NULL(joblib_load_memory(NULL, 0, NULL, &document, &error));
    CHECK_NULL(joblib_load_memory(NULL, 4, NULL, &document, &error));
    CHECK_NULL(joblib_load_memory(none_pickle, 4, NULL, NULL, &error));
    CHECK_NULL(joblib_load_file(NULL, NULL, &document, &error));
    CHECK_NULL(joblib_load_file("x", NULL, NULL, &error));
    CHECK_NULL(joblib_load_source(NULL, NULL, &document, &error));
    CHECK_NULL(joblib_load_source(&source, NULL, NULL, &error));
    CHECK_NULL(joblib_load_source(&source, NULL, &document, &error));
    source.struct_size = 0;
    CHECK_NULL(joblib_load_source(&source, NULL, &document, &error));
    CHECK(document == NULL);
}

static void refuses_options_it_does_not_know(void)
{
    joblib_document *document = NULL;
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    options.mapping = 3;
    CHECK_NULL(joblib_load_memory(none_pickle, 4, &options, &document, &error));
    options.mapping = 0;
    options.reserved = 1;
    CHECK_NULL(joblib_load_memory(none_pickle, 4, &options, &document, &error));
    options.reserved = 0;
    options.struct_size = 3;
    CHECK_NULL(joblib_load_memory(none_pickle, 4, &options, &document, &error));
    options.struct_size = 0;
    CHECK_NULL(joblib_load_memory(none_pickle, 4, &options, &document, &error));
}

static void refuses_paths_that_are_no_files(void)
{
    joblib_document *document = NULL;
    CHECK_FAILS(JOBLIB_ERROR_NOT_FOUND,
                joblib_load_file("no/such/file", NULL, &document, &error));
    CHECK_FAILS(JOBLIB_ERROR_IO, joblib_load_file(TEST_VECTORS, NULL, &document, &error));
    CHECK_FAILS(JOBLIB_ERROR_IO, joblib_load_file("/dev/null", NULL, &document, &error));
    CHECK_FAILS(JOBLIB_ERROR_NOT_FOUND, joblib_load_file("", NULL, &document, &error));
    CHECK(document == NULL);
}

static void answers_nothing_for_no_document(void)
{
    CHECK(joblib_document_root(NULL) == NULL);
    CHECK(joblib_document_retain(NULL) == NULL);
    joblib_document_release(NULL);
    joblib_load_options_init(NULL);
    joblib_error_init(NULL);
    CHECK_EQ_INT(joblib_document_codec(NULL), JOBLIB_CODEC_RAW);
    CHECK_EQ_INT(joblib_document_protocol(NULL), 0);
    CHECK_EQ_SIZE(joblib_document_memory(NULL), 0);
}

/* An error that an earlier call left is not this call's. */
static void reports_each_failure_anew(void)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_status status = joblib_load_memory("x", 1, NULL, &document, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_TRUNCATED, 0);
    status = joblib_load_memory(none_pickle, 3, NULL, &document, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_TRUNCATED, 3);
    status = joblib_load_file("no/such/file", NULL, &document, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_NOT_FOUND, JOBLIB_NO_OFFSET);
}

static void names_statuses_and_codecs(void)
{
    CHECK_EQ_TEXT(joblib_status_name(JOBLIB_OK), "JOBLIB_OK");
    CHECK_EQ_TEXT(joblib_status_name(JOBLIB_ERROR_VALUE), "JOBLIB_ERROR_VALUE");
    CHECK_EQ_TEXT(joblib_status_name(9999), "JOBLIB_ERROR_UNKNOWN");
    CHECK_EQ_TEXT(joblib_status_name(-1), "JOBLIB_ERROR_UNKNOWN");
    CHECK(joblib_status_text(9999)[0] != '\0');
    CHECK_EQ_TEXT(joblib_codec_name(JOBLIB_CODEC_RAW), "raw");
    CHECK_EQ_TEXT(joblib_codec_name(-1), "unknown");
    CHECK(!joblib_codec_available(-1));
    CHECK(!joblib_codec_available(JOBLIB_CODEC_ZF + 1));
    CHECK(joblib_codec_available(JOBLIB_CODEC_RAW));
    CHECK(joblib_codec_available(JOBLIB_CODEC_ZLIB));
}

int main(void)
{
    RUN(refuses_to_load_nothing);
    RUN(refuses_options_it_does_not_know);
    RUN(refuses_paths_that_are_no_files);
    RUN(answers_nothing_for_no_document);
    RUN(reports_each_failure_anew);
    RUN(names_statuses_and_codecs);
    return test_finish();
}
