/* Every valid vector gives the value that real Python gave, however it is read. */
#include <stdio.h>
#include <stdlib.h>

#include "command/print/tagged_json.h"
#include "joblib.h"
#include "support/chunked.h"
#include "support/test.h"
#include "support/vectors.h"

#define EXPECT "\"expect\": {\"value\": "

/* Prints a document and compares it with the line of the case. */
static void compare_document(const char *name, const char *how, const char *expected,
                             const joblib_document *document)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_command__bytes bytes = {NULL, 0, 0};
    joblib_command__output output;
    joblib_command__output_init(&output, joblib_command__write_memory, &bytes);
    joblib_status status =
        joblib_command__put_tagged(&output, joblib_document_root(document), &error);
    CHECK_OK(status, &error);
    CHECK(joblib_command__flush(&output));
    size_t size = strcspn(expected, "\n") - 1; /* the brace that closes "expect" */
    if (bytes.size != size || memcmp(bytes.data, expected, size) != 0)
        test_fail(__FILE__, __LINE__, "%s, %s:\nfound    %.*s\nexpected %.*s", name, how,
                  (int)(bytes.size < 2000 ? bytes.size : 2000), bytes.data,
                  (int)(size < 2000 ? size : 2000), expected);
    free(bytes.data);
}

static void compare_load(const char *name, const char *how, const char *expected,
                         joblib_status status, joblib_document *document,
                         const joblib_error *error)
{
    if (status != JOBLIB_OK)
        test_fail(__FILE__, __LINE__, "%s, %s: %s at %lld: %s", name, how,
                  joblib_status_name((int)status), (long long)error->offset,
                  error->message);
    else
        compare_document(name, how, expected, document);
    joblib_document_release(document);
}

/* The protocol of the document is the one that the case tells. */
static void check_protocol(const char *name, const struct vector_bytes *bytes,
                           const char *text)
{
    static const char key[] = "\"protocol\": \"";
    joblib_document *document = NULL;
    const char *told = strstr(text, key);
    if (joblib_load_memory(bytes->data, bytes->size, NULL, &document, NULL) != JOBLIB_OK)
        return;
    int found = joblib_document_protocol(document);
    if (!told || told[sizeof key - 1] - '0' != found)
        test_fail(__FILE__, __LINE__, "%s: found protocol %d", name, found);
    joblib_document_release(document);
}

static bool go_on(void *ctx, uint64_t read, uint64_t total)
{
    (void)ctx, (void)read, (void)total;
    return true;
}

static void check_loads(const char *name, const struct vector_bytes *bytes,
                        const char *expected)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    options.companions = vector_folder(name);
    joblib_status status =
        joblib_load_memory(bytes->data, bytes->size, &options, &document, &error);
    compare_load(name, "from memory", expected, status, document, &error);

    status = joblib_load_file(vector_path(name, ".joblib"), NULL, &document, &error);
    compare_load(name, "from a file", expected, status, document, &error);

    options.mapping = JOBLIB_MAPPING_READ;
    status = joblib_load_file(vector_path(name, ".joblib"), &options, &document, &error);
    compare_load(name, "from a mapped file", expected, status, document, &error);

    options.mapping = JOBLIB_MAPPING_COPY_ON_WRITE;
    options.borrow = 1;
    options.progress = go_on;
    status = joblib_load_file(vector_path(name, ".joblib"), &options, &document, &error);
    compare_load(name, "from a watched mapping", expected, status, document, &error);

    status = joblib_load_memory(bytes->data, bytes->size, &options, &document, &error);
    compare_load(name, "from watched and borrowed memory", expected, status, document,
                 &error);

    struct chunked chunked = {.data = bytes->data, .size = bytes->size, .chunk = 1};
    joblib_source source = chunked_source(&chunked);
    status = joblib_load_source(&source, &options, &document, &error);
    compare_load(name, "byte by byte", expected, status, document, &error);
}

static void check_vector(const char *name)
{
    struct vector_bytes bytes = vector_read(name, ".joblib");
    struct vector_bytes text = vector_read(name, ".json");
    const char *expect = text.data ? strstr(text.data, EXPECT) : NULL;
    if (bytes.data && expect) {
        check_loads(name, &bytes, expect + strlen(EXPECT));
        check_protocol(name, &bytes, text.data);
    } else {
        test_fail(__FILE__, __LINE__, "%s: cannot be read", name);
    }
    free(bytes.data);
    free(text.data);
}

static void reads_every_valid_vector(void)
{
    CHECK(vector_each("valid/", check_vector) > 700);
}

int main(void)
{
    RUN(reads_every_valid_vector);
    return test_finish();
}
