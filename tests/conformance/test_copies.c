/* A copy of the document of every valid vector, made by a builder, says what the file says, and
   needs nothing of the document that it was made of. So does one that is made value by value. */
#include <stdio.h>
#include <stdlib.h>

#include "joblib.h"
#include "support/collected.h"
#include "support/fault.h"
#include "support/rebuilt.h"
#include "support/test.h"
#include "support/twins.h"
#include "support/vectors.h"

static size_t dumped_count;

#define EXPECT "\"expect\": {\"value\": "

/* Prints a document and compares it with the line of the case. */
static void compare_copy(const char *name, const char *expected,
                         const joblib_document *document)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    struct collected bytes = {0};
    joblib_sink sink = collect_into(&bytes);
    joblib_print_options options = JOBLIB_PRINT_OPTIONS_INIT;
    options.format = JOBLIB_PRINT_JSON;
    CHECK_OK(joblib_value_print(joblib_document_root(document), &options, &sink, &error),
             &error);
    size_t size = strcspn(expected, "\n") - 1; /* the brace that closes "expect" */
    if (bytes.size != size || memcmp(bytes.text, expected, size) != 0)
        test_fail(__FILE__, __LINE__, "%s:\nfound    %.*s\nexpected %.*s", name,
                  (int)(bytes.size < 2000 ? bytes.size : 2000), bytes.text,
                  (int)(size < 2000 ? size : 2000), expected);
    free(bytes.text);
}

/* Dumps a document as it was loaded; the status is that of the dump. free() the text. */
static joblib_status dump_of(const joblib_document *document, struct collected *out)
{
    joblib_sink sink = collect_into(out);
    return joblib_dump_sink(document, NULL, &sink, NULL);
}

/* A copy is dumped to the same bytes. */
static void compare_dumps(const char *name, const joblib_document *document,
                          const joblib_document *copy)
{
    struct collected one = {0}, other = {0};
    joblib_status status = dump_of(document, &one);
    if (dump_of(copy, &other) != status || one.size != other.size ||
        (one.size > 0 && memcmp(one.text, other.text, one.size) != 0))
        test_fail(__FILE__, __LINE__, "%s: dumped to %zu bytes, the copy to %zu", name,
                  one.size, other.size);
    dumped_count += status == JOBLIB_OK;
    free(one.text);
    free(other.text);
}

/* Copies a document whole, and checks that both have the same nodes, in the same places. */
static joblib_document *copy_of(const char *name, const joblib_document *document)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_builder *builder = NULL;
    joblib_value *root = NULL;
    joblib_document *copy = NULL;
    char difference[200];
    CHECK_OK(joblib_builder_new_from(document, NULL, &builder, &root, &error), &error);
    if (!twins_agree(joblib_document_root(document), root, difference, sizeof difference))
        test_fail(__FILE__, __LINE__, "%s: the copy differs: %s", name, difference);
    CHECK_OK(joblib_builder_finish(builder, root, &copy, &error), &error);
    CHECK_EQ_INT(joblib_document_protocol(copy), joblib_document_protocol(document));
    CHECK_EQ_INT(joblib_document_codec(copy), joblib_document_codec(document));
    joblib_builder_free(builder);
    compare_dumps(name, document, copy);
    return copy;
}

static joblib_document *load_vector(const char *name, uint32_t mapping)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    options.mapping = mapping;
    CHECK_OK(joblib_load_file(vector_path(name, ".joblib"), &options, &document, &error),
             &error);
    return document;
}

/* The copy of a mapped file, whose mapping then ends; and a copy of that. */
static void check_vector(const char *name)
{
    struct vector_bytes text = vector_read(name, ".json");
    const char *expect = text.data ? strstr(text.data, EXPECT) : NULL;
    joblib_document *document = load_vector(name, JOBLIB_MAPPING_READ);
    if (!expect || !document) {
        test_fail(__FILE__, __LINE__, "%s: cannot be read", name);
    } else {
        joblib_document *copy = copy_of(name, document);
        joblib_document_release(document);
        compare_copy(name, expect + strlen(EXPECT), copy);
        document = copy_of(name, copy);
        joblib_document_release(copy);
        compare_copy(name, expect + strlen(EXPECT), document);
    }
    joblib_document_release(document);
    free(text.data);
}

static void copies_every_valid_vector(void)
{
    size_t count = vector_each("valid/", check_vector);
    printf("    %zu of 2 * %zu copies were dumped\n", dumped_count, count);
    CHECK(count > 700);
    CHECK(dumped_count > count);
}

static size_t rebuilt_count;

/* The value of a vector made anew, step by step, by the functions that make values. */
static void rebuild_vector(const char *name)
{
    struct vector_bytes text = vector_read(name, ".json");
    const char *expect = text.data ? strstr(text.data, EXPECT) : NULL;
    joblib_document *document = load_vector(name, JOBLIB_MAPPING_NONE), *made = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_builder *builder = NULL;
    joblib_value *root = NULL;
    CHECK_OK(joblib_builder_new(NULL, &builder, &error), &error);
    joblib_status status =
        rebuild(builder, joblib_document_root(document), &root, &error);
    joblib_document_release(document);
    if (status == JOBLIB_OK && expect) {
        CHECK_OK(joblib_builder_finish(builder, root, &made, &error), &error);
        compare_copy(name, expect + strlen(EXPECT), made);
        rebuilt_count++;
    } else if (status != JOBLIB_ERROR_ARGUMENT) {
        test_fail(__FILE__, __LINE__, "%s: %s", name, error.message);
    }
    joblib_document_release(made);
    joblib_builder_free(builder);
    free(text.data);
}

/* But for objects that stand for arrays, and dtypes that no text says. */
static void makes_most_valid_vectors_anew(void)
{
    size_t count = vector_each("valid/", rebuild_vector);
    printf("    %zu of %zu\n", rebuilt_count, count);
    CHECK(rebuilt_count > count * 9 / 10);
}

/* One allocation fails, then the next, until none is left: an error, and nothing is lost. */
static void copy_with_faults(const char *name)
{
    joblib_document *document = load_vector(name, JOBLIB_MAPPING_NONE);
    joblib_status status = JOBLIB_ERROR_MEMORY;
    for (size_t fail_at = 1; document && status == JOBLIB_ERROR_MEMORY; fail_at++) {
        struct fault fault = {.fail_at = fail_at};
        joblib_allocator allocator = fault_allocator(&fault);
        joblib_builder_options options = JOBLIB_BUILDER_OPTIONS_INIT;
        options.allocator = &allocator;
        joblib_builder *builder = NULL;
        joblib_value *root = NULL;
        status = joblib_builder_new_from(document, &options, &builder, &root, NULL);
        if ((status == JOBLIB_OK) != (builder != NULL) || (status == JOBLIB_OK) != !!root)
            test_fail(__FILE__, __LINE__, "%s: fault %zu", name, fail_at);
        joblib_builder_free(builder);
        if (fault.live_bytes != 0)
            test_fail(__FILE__, __LINE__, "%s: fault %zu leaks", name, fail_at);
    }
    CHECK_EQ_INT(status, JOBLIB_OK);
    joblib_document_release(document);
}

static void gives_memory_back_where_a_copy_fails(void)
{
    CHECK(vector_each("valid/estimators/", copy_with_faults) > 0);
    CHECK(vector_each("valid/dtype/", copy_with_faults) > 0);
}

int main(void)
{
    RUN(copies_every_valid_vector);
    RUN(makes_most_valid_vectors_anew);
    RUN(gives_memory_back_where_a_copy_fails);
    return test_finish();
}
