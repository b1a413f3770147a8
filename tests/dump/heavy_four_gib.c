/* Values of more than 4 GiB. Sizes, first and last bytes are those that pickle.py and joblib 1.6.0 of
   Python 3.13 write for zeros; protocol 3, where Python raises an error too, has no form for them. */
#include <stdlib.h>

#include "joblib.h"
#include "support/test.h"

#define GIB4 ((size_t)1 << 32)

static joblib_error error;

/* What a sink was given: how much, and both ends. */
struct ends {
    size_t size;
    unsigned char first[256];
    unsigned char last[4];
};

static joblib_status note_ends(void *ctx, const void *data, size_t size,
                               joblib_error *problem)
{
    struct ends *ends = ctx;
    const unsigned char *bytes = data;
    (void)problem;
    for (size_t i = 0; i < size && ends->size + i < sizeof ends->first; i++)
        ends->first[ends->size + i] = bytes[i];
    size_t kept = size < sizeof ends->last ? size : sizeof ends->last;
    memmove(ends->last, ends->last + kept, sizeof ends->last - kept);
    memcpy(ends->last + sizeof ends->last - kept, bytes + size - kept, kept);
    ends->size += size;
    return JOBLIB_OK;
}

static joblib_status dump_ends(const joblib_document *document, uint32_t protocol,
                               struct ends *ends)
{
    joblib_sink sink = JOBLIB_SINK_INIT;
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    *ends = (struct ends){.size = 0};
    sink.write = note_ends;
    sink.ctx = ends;
    options.protocol = protocol + 1;
    return joblib_dump_sink(document, &options, &sink, &error);
}

static joblib_document *finish(joblib_builder *builder, joblib_value *root)
{
    joblib_document *document = NULL;
    CHECK_OK(joblib_builder_finish(builder, root, &document, &error), &error);
    joblib_builder_free(builder);
    return document;
}

static void check_text(bool is_bytes, const char *opcode)
{
    static const unsigned char size_bytes[8] = {5, 0, 0, 0, 1, 0, 0, 0};
    struct ends ends;
    joblib_builder_options options = JOBLIB_BUILDER_OPTIONS_INIT;
    joblib_builder *builder = NULL;
    joblib_value *value = NULL;
    char *zeros = calloc(GIB4 + 5, 1);
    REQUIRE(zeros != NULL);
    options.max_memory = UINT64_MAX;
    CHECK_OK(joblib_builder_new(&options, &builder, &error), &error);
    CHECK_OK(is_bytes ? joblib_builder_bytes(builder, zeros, GIB4 + 5, &value, &error)
                      : joblib_builder_text(builder, zeros, GIB4 + 5, &value, &error),
             &error);
    free(zeros);
    joblib_document *document = finish(builder, value);
    CHECK_OK(dump_ends(document, 4, &ends), &error);
    CHECK_EQ_SIZE(ends.size, GIB4 + 18);
    CHECK_EQ_BYTES(ends.first, opcode, 3);
    CHECK_EQ_BYTES(ends.first + 3, size_bytes, 8);
    CHECK_EQ_BYTES(ends.last, "\0\0\x94.", 4);
    CHECK_EQ_INT(dump_ends(document, 3, &ends), JOBLIB_ERROR_UNSUPPORTED);
    joblib_document_release(document);
}

static void writes_text_and_bytes_with_long_sizes(void)
{
    check_text(true, "\x80\x04\x8e");
    check_text(false, "\x80\x04\x8d");
}

/* The elements stay where they are. */
static void writes_long_arrays(void)
{
    static const int64_t shape[] = {((int64_t)1 << 32) + 16}, strides[] = {1};
    static const char part[] = "\x8c\x05shape\x94\x8a\x05\x10\0\0\0\1\x85\x94";
    struct ends ends;
    joblib_array view = JOBLIB_ARRAY_INIT;
    joblib_builder *builder = NULL;
    joblib_value *value = NULL;
    void *zeros = calloc(GIB4 + 16, 1);
    REQUIRE(zeros != NULL);
    view.data = zeros;
    view.dtype = joblib_dtype_number(JOBLIB_NUMBER_UINT8);
    view.shape = shape;
    view.strides = strides;
    view.ndim = 1;
    view.count = GIB4 + 16;
    view.flags = JOBLIB_ARRAY_C_ORDER;
    CHECK_OK(joblib_builder_new(NULL, &builder, &error), &error);
    CHECK_OK(joblib_builder_array(builder, &view, JOBLIB_BUILDER_BORROW, &value, &error),
             &error);
    joblib_document *document = finish(builder, value);
    CHECK_OK(dump_ends(document, 4, &ends), &error);
    CHECK_EQ_SIZE(ends.size, GIB4 + 257);
    CHECK_EQ_BYTES(ends.first + 92, part, sizeof part - 1);
    CHECK_EQ_BYTES(ends.last, "\0\0\0.", 4);
    joblib_document_release(document);
    free(zeros);
}

int main(void)
{
    RUN(writes_text_and_bytes_with_long_sizes);
    RUN(writes_long_arrays);
    return test_finish();
}
