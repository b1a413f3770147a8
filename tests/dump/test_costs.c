/* What a dump takes beside the document: the same whatever the document holds. */
#include <stdlib.h>

#include "joblib.h"
#include "support/fault.h"
#include "support/test.h"

#define MIB ((size_t)1 << 20)
#define COUNT ((size_t)400000)

static joblib_status count_bytes(void *ctx, const void *data, size_t size,
                                 joblib_error *error)
{
    size_t *count = ctx;
    (void)data, (void)error;
    *count += size;
    return JOBLIB_OK;
}

/* A list of texts that are met once each, so that none has to be found again. */
static joblib_document *load_many_texts(void)
{
    static const char begin[] = "\x80\4](", text[] = "\x8c\x14twenty letters in it";
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    size_t used = sizeof begin - 1, part = sizeof text - 1;
    char *pickle = malloc(used + COUNT * part + 2);
    memcpy(pickle, begin, used);
    for (size_t i = 0; i < COUNT; i++, used += part) memcpy(pickle + used, text, part);
    memcpy(pickle + used, "e.", 2);
    CHECK_OK(joblib_load_memory(pickle, used + 2, NULL, &document, &error), &error);
    free(pickle);
    return document;
}

/* Protocols with frames and without, and a codec whose bytes depend on the pieces. */
static void takes_no_more_memory_for_more_values(void)
{
    static const joblib_dump_options cases[] = {
        {.protocol = 2 + 1},
        {.protocol = 4 + 1},
        {.protocol = 4 + 1, .python_version = 304},
        {.protocol = 5 + 1, .pickler = JOBLIB_PICKLER_C},
        {.protocol = 4 + 1, .codec = JOBLIB_CODEC_ZLIB + 1},
        {.protocol = 4 + 1, .codec = JOBLIB_CODEC_LZ4 + 1},
    };
    joblib_document *document = load_many_texts();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fault fault = {0};
        joblib_allocator allocator = fault_allocator(&fault);
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_dump_options options = cases[i];
        size_t count = 0;
        joblib_sink sink = {sizeof sink, count_bytes, &count};
        if (options.codec && !joblib_codec_available((int)options.codec - 1)) continue;
        options.struct_size = sizeof options;
        options.allocator = &allocator;
        CHECK_OK(joblib_dump_sink(document, &options, &sink, &error), &error);
        CHECK(options.codec || count > 20 * COUNT);
        CHECK(fault.peak_bytes < (options.codec ? 2 * MIB : MIB / 2));
        CHECK_EQ_SIZE(fault.live_bytes, 0);
    }
    joblib_document_release(document);
}

int main(void)
{
    RUN(takes_no_more_memory_for_more_values);
    return test_finish();
}
