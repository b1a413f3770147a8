/* Options of a dump: what they change, and what is out of their range. */
#include <stdlib.h>

#include "joblib.h"
#include "support/test.h"
#include "support/vectors.h"

static joblib_document *load_vector(const char *name)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_load_file(vector_path(name, ".joblib"), NULL, &document, &error),
             &error);
    return document;
}

static joblib_status dump_with(const joblib_dump_options *options, char *first,
                               joblib_error *error)
{
    void *data = NULL;
    size_t size = 0;
    joblib_document *document = load_vector("valid/ndarray/alignment-none");
    joblib_status status = joblib_dump_memory(document, options, &data, &size, error);
    if (status == JOBLIB_OK && size >= 4) memcpy(first, data, 4);
    CHECK((status == JOBLIB_OK) == (data != NULL));
    joblib_dump_free(data, size, NULL);
    joblib_document_release(document);
    return status;
}

static void lists_what_is_valid(void)
{
    static const struct {
        joblib_dump_options options;
        const char *says;
    } wrong[] = {
        {{.protocol = 7}, "protocol 6, 0 to 5 are valid"},
        {{.python_version = 300}, "207 and 304 to 314 are valid"},
        {{.joblib_version = 900}, "1000 (0.10) to 10600 (1.6.0) are valid"},
        {{.pickler = 2}, "pickler 2 is unknown"},
        {{.codec = 20}, "codec 19 is unknown"},
        {{.codec = JOBLIB_CODEC_ZLIB + 1, .level = 10},
         "level 10 of zlib, 1 to 9 are valid"},
        {{.numpy_version = 3}, "numpy_version 3, 1 and 2 are valid"},
        {{.allow_count = 1}, "allow is NULL, and has 1 names"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char first[4];
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_dump_options options = wrong[i].options;
        options.struct_size = sizeof options;
        CHECK_STATUS(dump_with(&options, first, &error), &error, JOBLIB_ERROR_ARGUMENT,
                     JOBLIB_NO_OFFSET);
        if (!strstr(error.message, wrong[i].says))
            test_fail(__FILE__, __LINE__, "\"%s\", expected \"%s\"", error.message,
                      wrong[i].says);
    }
}

static void refuses_to_write_the_format_before_0_10(void)
{
    char first[4];
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    options.codec = JOBLIB_CODEC_ZF + 1;
    CHECK_STATUS(dump_with(&options, first, &error), &error, JOBLIB_ERROR_UNSUPPORTED,
                 JOBLIB_NO_OFFSET);
}

static void refuses_missing_arguments(void)
{
    void *data = NULL;
    size_t size = 0;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = load_vector("valid/ndarray/alignment-none");
    CHECK_STATUS(joblib_dump_memory(NULL, NULL, &data, &size, &error), &error,
                 JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
    CHECK_STATUS(joblib_dump_memory(document, NULL, NULL, &size, &error), &error,
                 JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
    CHECK_STATUS(joblib_dump_sink(document, NULL, NULL, &error), &error,
                 JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
    CHECK_STATUS(joblib_dump_file(document, NULL, NULL, &error), &error,
                 JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
    joblib_document_release(document);
}

static void chooses_protocol_and_codec(void)
{
    char first[4];
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    options.protocol = 3;
    CHECK_OK(dump_with(&options, first, &error), &error);
    CHECK_EQ_BYTES(first, "\x80\x02", 2);
    options.codec = JOBLIB_CODEC_GZIP + 1;
    CHECK_OK(dump_with(&options, first, &error), &error);
    CHECK_EQ_BYTES(first, "\x1f\x8b", 2);
}

/* The values of a document survive every protocol and every version. */
static void writes_every_protocol_and_version(void)
{
    static const uint32_t pythons[] = {207, 306, 307, 308, 313};
    static const uint32_t releases[] = {0, 1000, 1100, 10200, 10400, 10600};
    for (size_t i = 0; i < 6 * 5 * 6 * 2; i++) {
        char first[4];
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
        options.protocol = (uint32_t)(i % 6) + 1;
        options.python_version = pythons[i / 6 % 5];
        options.joblib_version = releases[i / 30 % 6];
        options.pickler = (uint32_t)(i / 180);
        CHECK_OK(dump_with(&options, first, &error), &error);
    }
}

/* Default protocols are those of pickle.DEFAULT_PROTOCOL, and of joblib on Python 2. */
static void reads_versions_from_a_text(void)
{
    static const struct {
        const char *text;
        uint32_t joblib, python, protocol;
    } rows[] = {
        {"1.6.0/py3.13", 10600, 313, 5},
        {"0.14.1/py2.7", 1401, 207, 3},
        {"0.11", 1100, 0, 0},
        {"py3.6", 0, 306, 4},
        {"0.10.3/py3.8", 1003, 308, 5},
        {"1.5/py3.14", 10500, 314, 6},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
        CHECK_OK(joblib_dump_options_like(&options, rows[i].text, &error), &error);
        CHECK_EQ_INT(options.joblib_version, rows[i].joblib);
        CHECK_EQ_INT(options.python_version, rows[i].python);
        CHECK_EQ_INT(options.protocol, rows[i].protocol);
        options.protocol = 1;
        CHECK_OK(joblib_dump_options_like(&options, rows[i].text, &error), &error);
        CHECK_EQ_INT(options.protocol, 1);
    }
}

static void refuses_texts_that_are_no_versions(void)
{
    static const char *const wrong[] = {
        "",        "1",           "1.6.0/",  "1.6.0/3.13", "1.6.0py3.13",
        "py",      "py3",         "py3.13/", "1.6.0.1",    "1..6",
        "v1.6.0",  "1.6.0/py3.3", "0.9.4",   "1.600",      "1.6.0/py3.x",
        "py3.13 ", "3.13/1.6.0",  "-1.6",    "2.0.0",      "py2.6",
    };
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        CHECK_STATUS(joblib_dump_options_like(&options, wrong[i], &error), &error,
                     JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
        CHECK_EQ_INT(options.joblib_version + options.python_version, 0);
    }
    CHECK_EQ_INT(joblib_dump_options_like(NULL, "py3.8", NULL), JOBLIB_ERROR_ARGUMENT);
    CHECK_EQ_INT(joblib_dump_options_like(&options, NULL, NULL), JOBLIB_ERROR_ARGUMENT);
}

int main(void)
{
    RUN(lists_what_is_valid);
    RUN(refuses_to_write_the_format_before_0_10);
    RUN(refuses_missing_arguments);
    RUN(chooses_protocol_and_codec);
    RUN(writes_every_protocol_and_version);
    RUN(reads_versions_from_a_text);
    RUN(refuses_texts_that_are_no_versions);
    return test_finish();
}
