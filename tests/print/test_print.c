/* The public functions: formats, and every way to fail. What is printed of each kind of
   value is compared by conformance.valid and command.show. */
#include <stdlib.h>

#include "joblib.h"
#include "support/collected.h"
#include "support/fault.h"
#include "support/models.h"
#include "support/test.h"

/* Prints the root of a notation; free() the text. */
static char *printed(const char *notation, uint32_t format, uint64_t levels)
{
    joblib_document *document = document_from(notation);
    joblib_print_options options = JOBLIB_PRINT_OPTIONS_INIT;
    joblib_error error = JOBLIB_ERROR_INIT;
    struct collected text = {0};
    joblib_sink sink = collect_into(&text);
    options.format = format;
    options.levels = levels;
    CHECK_OK(joblib_value_print(joblib_document_root(document), &options, &sink, &error),
             &error);
    joblib_document_release(document);
    return text.text;
}

static void check_printed(const char *notation, uint32_t format, uint64_t levels,
                          const char *expected)
{
    char *text = printed(notation, format, levels);
    CHECK_EQ_TEXT(text, expected);
    free(text);
}

static void prints_in_each_format(void)
{
    static const char notation[] = "{'a': [1, (2.5, None)], 'b': True}";
    check_printed(notation, JOBLIB_PRINT_LINE, 0, "dict of 2");
    check_printed(notation, JOBLIB_PRINT_TREE, 0,
                  "dict of 2\n"
                  "  \"a\": list of 2\n"
                  "    [0]: 1\n"
                  "    [1]: (2.5, None)\n"
                  "  \"b\": True\n");
    check_printed(notation, JOBLIB_PRINT_JSON, 0,
                  "{\"dict\":[[{\"str\":\"a\"},{\"list\":[{\"int\":\"1\"},{\"tuple\":"
                  "[{\"float\":\"4004000000000000\"},{\"none\":true}]}]}],"
                  "[{\"str\":\"b\"},{\"bool\":true}]]}");
}

/* What a pickle refers to again has an id, whatever its kind; a tuple of arguments is a value. */
static void prints_what_stands_in_a_pickle(void)
{
    check_printed(
        "[&1 'a', *1, m.C(1, a=2.0)]", JOBLIB_PRINT_PICKLE, 0,
        "{\"list\":[{\"id\":\"1\",\"str\":\"a\"},{\"ref\":\"1\"},{\"object\":"
        "{\"class\":{\"global\":[\"m\",\"C\"]},\"form\":\"reduce\",\"args\":"
        "{\"tuple\":[{\"int\":\"1\",\"long\":true}]},\"state\":{\"dict\":"
        "[[{\"str\":\"a\"},{\"float\":\"4000000000000000\"}]]},\"bare\":true}}]}");
}

/* What a builder made is in no pickle yet. */
static void refuses_what_stood_in_no_pickle(void)
{
    joblib_builder *builder = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    joblib_value *dtype = NULL;
    struct collected text = {0};
    joblib_sink sink = collect_into(&text);
    joblib_print_options options = JOBLIB_PRINT_OPTIONS_INIT;
    options.format = JOBLIB_PRINT_PICKLE;
    CHECK_OK(joblib_builder_new(NULL, &builder, &error), &error);
    CHECK_OK(joblib_builder_dtype(builder, "<f8", &dtype, &error), &error);
    CHECK_OK(joblib_builder_finish(builder, dtype, &document, &error), &error);
    CHECK_STATUS(joblib_value_print(joblib_document_root(document), &options, &sink,
                                    &error),
                 &error, JOBLIB_ERROR_UNSUPPORTED, JOBLIB_NO_OFFSET);
    CHECK_EQ_TEXT(error.message,
                  "the dtype was loaded from no pickle: dump and load it first");
    joblib_builder_free(builder);
    joblib_document_release(document);
    free(text.text);
}

static void prints_as_many_levels_as_asked(void)
{
    static const char notation[] = "[[[[[[[7], []], []], []], []], []], []]";
    check_printed(notation, JOBLIB_PRINT_TREE, 1, "list of 2\n");
    check_printed(notation, JOBLIB_PRINT_TREE, 2,
                  "list of 2\n  [0]: list of 2\n  [1]: []\n");
    char *all = printed(notation, JOBLIB_PRINT_TREE, UINT64_MAX);
    char *some = printed(notation, JOBLIB_PRINT_TREE, 0);
    CHECK(strstr(all, "            [0]: [7]\n") != NULL);
    CHECK(strstr(some, "        [0]: list of 2\n        [1]: []\n") != NULL);
    CHECK(strstr(some, "[7]") == NULL);
    free(all);
    free(some);
}

static void prints_an_element_of_an_array(void)
{
    static const char *const items[] = {"0.5", "nan", "\"a\"", "None"};
    joblib_document *document =
        document_from("[f8[2]{0.5,nan}, f8[2]{0.5,nan}, U1[1]{a}, O[1]{None}]");
    for (size_t i = 0; i < 4; i++) {
        joblib_array array = JOBLIB_ARRAY_INIT;
        joblib_error error = JOBLIB_ERROR_INIT;
        struct collected text = {0};
        joblib_sink sink = collect_into(&text);
        CHECK_OK(joblib_value_array(joblib_value_at(joblib_document_root(document), i),
                                    &array, &error),
                 &error);
        CHECK_OK(joblib_array_print(&array, i == 1, NULL, &sink, &error), &error);
        CHECK_EQ_TEXT(text.text, items[i]);
        CHECK_STATUS(joblib_array_print(&array, array.count, NULL, &sink, &error), &error,
                     JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
        free(text.text);
    }
    joblib_document_release(document);
}

static void prints_text_in_each_form(void)
{
    static const char *const forms[] = {"a\"\\x1b", "\"a\\\"\\x1b\"", "\"a\\\"\\u001b\""};
    for (int i = 0; i < 3; i++) {
        struct collected text = {0};
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_sink sink = collect_into(&text);
        CHECK_OK(joblib_text_print("a\"\x1b", 3, i, &sink, &error), &error);
        CHECK_EQ_TEXT(text.text, forms[i]);
        free(text.text);
    }
}

static void refuses_what_it_cannot_print(void)
{
    struct collected text = {0};
    joblib_sink sink = collect_into(&text), mute = JOBLIB_SINK_INIT;
    joblib_print_options options = JOBLIB_PRINT_OPTIONS_INIT;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = document_from("1");
    const joblib_value *root = joblib_document_root(document);
    CHECK_EQ_INT(joblib_value_print(NULL, NULL, &sink, &error), JOBLIB_ERROR_ARGUMENT);
    CHECK_EQ_INT(joblib_value_print(root, NULL, NULL, NULL), JOBLIB_ERROR_ARGUMENT);
    CHECK_EQ_INT(joblib_value_print(root, NULL, &mute, &error), JOBLIB_ERROR_ARGUMENT);
    CHECK_EQ_TEXT(error.message, "a sink without write function");
    CHECK_EQ_INT(joblib_array_print(NULL, 0, NULL, &sink, &error), JOBLIB_ERROR_ARGUMENT);
    CHECK_EQ_INT(joblib_text_print(NULL, 1, 0, &sink, &error), JOBLIB_ERROR_ARGUMENT);
    CHECK_EQ_INT(joblib_text_print("a", 1, 3, &sink, &error), JOBLIB_ERROR_ARGUMENT);
    options.format = JOBLIB_PRINT_PICKLE + 1;
    CHECK_EQ_INT(joblib_value_print(root, &options, &sink, &error),
                 JOBLIB_ERROR_ARGUMENT);
    CHECK(text.text == NULL);
    joblib_document_release(document);
}

/* A sink that failed is not called again, and its message is kept if it left one. */
static void hands_on_the_failure_of_a_sink(void)
{
    joblib_document *document = document_from("f8[10000]{0.1,0.2,0.3}");
    joblib_print_options options = JOBLIB_PRINT_OPTIONS_INIT;
    options.format = JOBLIB_PRINT_JSON;
    for (size_t at = 1; at <= 4; at++) {
        struct collected text = {.fail_at = at, .says = at % 2 ? "disk is full" : NULL};
        joblib_sink sink = collect_into(&text);
        joblib_error error = JOBLIB_ERROR_INIT;
        CHECK_STATUS(joblib_value_print(joblib_document_root(document), &options, &sink,
                                        &error),
                     &error, JOBLIB_ERROR_CALLBACK, JOBLIB_NO_OFFSET);
        CHECK_EQ_SIZE(text.calls, at);
        CHECK(strstr(error.message, at % 2 ? "disk is full" : "the sink returned"));
        free(text.text);
    }
    joblib_document_release(document);
}

/* An allocator that fails at the k-th call, for k = 1, 2 … until all goes well. */
static void fails_without_memory(const char *notation, uint32_t format)
{
    joblib_document *document = document_from(notation);
    joblib_status status = JOBLIB_ERROR_MEMORY;
    for (size_t at = 1; status != JOBLIB_OK; at++) {
        struct fault fault = {.fail_at = at, .for_ever = at % 2 == 0};
        joblib_allocator allocator = fault_allocator(&fault);
        joblib_print_options options = JOBLIB_PRINT_OPTIONS_INIT;
        joblib_error error = JOBLIB_ERROR_INIT;
        struct collected text = {0};
        joblib_sink sink = collect_into(&text);
        options.format = format;
        options.allocator = &allocator;
        status =
            joblib_value_print(joblib_document_root(document), &options, &sink, &error);
        free(text.text);
        CHECK(status == JOBLIB_OK || status == JOBLIB_ERROR_MEMORY);
        CHECK_EQ_INT(error.status, status);
        CHECK_EQ_SIZE(fault.live_bytes, 0);
        if (status != JOBLIB_OK && status != JOBLIB_ERROR_MEMORY) break;
        CHECK(status != JOBLIB_OK || at > 2);
    }
    joblib_document_release(document);
}

static void survives_every_failing_allocation(void)
{
    static const char notation[] =
        "[2**400, U70[1]{ab}, &1 [[1], [2]], *1, m.C(a=1, b=[[2**300]]), O[2]{'a',1}]";
    fails_without_memory(notation, JOBLIB_PRINT_TREE);
    fails_without_memory(notation, JOBLIB_PRINT_JSON);
    fails_without_memory("[2**400, &1 [[1], [2]], *1, m.C(a=1, b=[[2**300]])]",
                         JOBLIB_PRINT_PICKLE);
}

int main(void)
{
    RUN(prints_in_each_format);
    RUN(prints_what_stands_in_a_pickle);
    RUN(refuses_what_stood_in_no_pickle);
    RUN(prints_as_many_levels_as_asked);
    RUN(prints_an_element_of_an_array);
    RUN(prints_text_in_each_form);
    RUN(refuses_what_it_cannot_print);
    RUN(hands_on_the_failure_of_a_sink);
    RUN(survives_every_failing_allocation);
    return test_finish();
}
