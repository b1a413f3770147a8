/* The progress function: how often it is called, what it hears, and that it can cancel. */
#include <stdlib.h>

#include "joblib.h"
#include "support/fault.h"
#include "support/packed.h"
#include "support/test.h"
#include "support/vectors.h"

#define MEBIBYTE ((size_t)1 << 20)
#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* Who listens to a load, and what the source beneath it gave since the last call. */
struct listener {
    size_t cancel_at; /* number of the call that cancels, from 1; 0 for none */
    size_t calls;
    uint64_t read, total; /* of the last call */
    const char *data;     /* of the source */
    size_t size, offset;
    size_t given, most_given; /* bytes since the last call; most between two calls */
};

static bool hear(void *ctx, uint64_t read, uint64_t total)
{
    struct listener *listener = ctx;
    CHECK(read >= listener->read);
    CHECK(total == 0 || read <= total);
    if (listener->given > listener->most_given) listener->most_given = listener->given;
    listener->given = 0;
    listener->read = read;
    listener->total = total;
    return ++listener->calls != listener->cancel_at;
}

static joblib_status give(void *ctx, void *buffer, size_t size, size_t *got,
                          joblib_error *error)
{
    struct listener *listener = ctx;
    size_t left = listener->size - listener->offset;
    (void)error;
    *got = size < left ? size : left;
    if (*got > 0) memcpy(buffer, listener->data + listener->offset, *got);
    listener->offset += *got;
    listener->given += *got;
    return JOBLIB_OK;
}

enum input { FROM_SOURCE, FROM_MEMORY, BORROWED, INPUTS };

/* Loads with a listener; whatever the end, no memory is lost. */
static joblib_status listen_to(struct listener *listener, enum input input,
                               joblib_error *error)
{
    struct fault fault = {0};
    joblib_allocator allocator = fault_allocator(&fault);
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    joblib_source source = {(uint32_t)sizeof source, give, listener};
    joblib_document *document = NULL;
    options.allocator = &allocator;
    options.progress = hear;
    options.progress_ctx = listener;
    options.borrow = input == BORROWED;
    joblib_status status = input == FROM_SOURCE
                               ? joblib_load_source(&source, &options, &document, error)
                               : joblib_load_memory(listener->data, listener->size,
                                                    &options, &document, error);
    CHECK((status == JOBLIB_OK) == (document != NULL));
    joblib_document_release(document);
    CHECK_EQ_SIZE(fault.live_bytes, 0);
    return status;
}

/* Cancels at every call in turn, until there are no more calls; returns how many there were. */
static size_t cancel_everywhere(const char *data, size_t size, enum input input)
{
    for (size_t at = 1;; at++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        struct listener listener = {.cancel_at = at, .data = data, .size = size};
        joblib_status status = listen_to(&listener, input, &error);
        if (listener.calls < at) {
            CHECK_OK(status, &error);
            return at - 1;
        }
        CHECK_EQ_INT(status, JOBLIB_ERROR_CANCELLED);
        CHECK_EQ_INT(error.status, JOBLIB_ERROR_CANCELLED);
        CHECK_EQ_SIZE(listener.calls, at);
    }
}

/* Pickles of which each part takes long: opcodes, one large value, a large array. */
static char pickle[24 << 20];
static size_t pickle_size;

static void put(const void *bytes, size_t size)
{
    if (pickle_size + size > sizeof pickle) exit(2);
    memcpy(pickle + pickle_size, bytes, size);
    pickle_size += size;
}

#define PUT(text) put(text, sizeof(text) - 1)

/* Bytes that shrink a little: what a codec holds back is never much. */
static void put_noise(size_t size)
{
    uint32_t state = 1;
    if (pickle_size + size > sizeof pickle) exit(2);
    for (size_t i = 0; i < size; i++) {
        state = state * 1664525 + 1013904223;
        pickle[pickle_size++] = (char)(state >> 26);
    }
}

static void put_size(size_t size)
{
    const char bytes[] = {(char)size, (char)(size >> 8), (char)(size >> 16),
                          (char)(size >> 24)};
    put(bytes, sizeof bytes);
}

/* A wrapped array of `size` bytes behind its BUILD. */
static void put_array(size_t size)
{
    PUT("cjoblib.numpy_pickle\nNumpyArrayWrapper\n)\x81}(X\x08\0\0\0subclasscnumpy\nndarray"
        "\nX\x05\0\0\0shapeJ");
    put_size(size / 8);
    PUT("\x85X\x05\0\0\0orderX\1\0\0\0CX\x05\0\0\0dtype"
        "cnumpy\ndtype\n(X\2\0\0\0f8K\0K\1tR(K\3X\1\0\0\0<NNNJ\xff\xff\xff\xffJ\xff\xff\xff"
        "\xffK\0tbub");
    put_noise(size);
}

static void make_all_kinds(void)
{
    pickle_size = 0;
    PUT("\x80\3](");
    for (int i = 0; i < 70000; i++) PUT("N0");
    PUT("B");
    put_size(MEBIBYTE);
    put_noise(MEBIBYTE);
    put_array(MEBIBYTE);
    PUT("e.");
}

static void make_opcodes(size_t count)
{
    pickle_size = 0;
    PUT("\x80\3N");
    for (size_t i = 0; i < count / 2; i++) PUT("N0");
    PUT(".");
}

static void make_bytes(size_t size, bool noise)
{
    pickle_size = 0;
    PUT("\x80\3B");
    put_size(size);
    if (noise) {
        put_noise(size);
    } else {
        memset(pickle + pickle_size, 0, size);
        pickle_size += size;
    }
    PUT(".");
}

static void hears_the_start_and_the_end(void)
{
    static const char none[] = "\x80\2N.";
    for (int input = 0; input < INPUTS; input++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        struct listener listener = {.data = none, .size = 4};
        CHECK_OK(listen_to(&listener, (enum input)input, &error), &error);
        CHECK_EQ_SIZE(listener.calls, 2);
        CHECK_EQ_INT(listener.read, 4);
        CHECK_EQ_INT(listener.total, input == FROM_SOURCE ? 0 : 4);
    }
}

static void hears_of_a_file_in_bytes_of_its_size(void)
{
    const char *name = "valid/ndarray/c-order-joblib1.0";
    struct vector_bytes bytes = vector_read(name, ".joblib");
    for (uint32_t mapping = 0; mapping <= JOBLIB_MAPPING_COPY_ON_WRITE; mapping++) {
        struct listener listener = {0};
        joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
        joblib_document *document = NULL;
        joblib_error error = JOBLIB_ERROR_INIT;
        options.mapping = mapping;
        options.progress = hear;
        options.progress_ctx = &listener;
        CHECK_OK(joblib_load_file(vector_path(name, ".joblib"), &options, &document,
                                  &error),
                 &error);
        CHECK_EQ_INT(listener.read, bytes.size);
        CHECK_EQ_INT(listener.total, bytes.size);
        joblib_document_release(document);
    }
    free(bytes.data);
}

/* Bytes that a source gave between two calls, whatever the codec. */
static void never_reads_a_mebibyte_without_a_call(void)
{
    make_all_kinds();
    for (int codec = JOBLIB_CODEC_RAW; codec <= JOBLIB_CODEC_ZF; codec++) {
        struct packed packed = {NULL, 0};
        if (codec != JOBLIB_CODEC_RAW) packed = packed_as(codec, 1, pickle, pickle_size);
        if (codec != JOBLIB_CODEC_RAW && !packed.data) continue;
        joblib_error error = JOBLIB_ERROR_INIT;
        struct listener listener = {.data =
                                        packed.data ? (const char *)packed.data : pickle,
                                    .size = packed.data ? packed.size : pickle_size};
        CHECK_OK(listen_to(&listener, FROM_SOURCE, &error), &error);
        CHECK(listener.most_given > 0 && listener.most_given <= MEBIBYTE);
        CHECK_EQ_INT(listener.read, listener.size);
        free(packed.data);
    }
}

/* A bomb gives many bytes for few: each MiB of them is heard of. */
static void hears_of_each_mebibyte_of_a_bomb(void)
{
    make_bytes(8 * MEBIBYTE, false);
    for (int codec = JOBLIB_CODEC_ZLIB; codec <= JOBLIB_CODEC_ZF; codec++) {
        struct packed packed = packed_as(codec, 1, pickle, pickle_size);
        if (!packed.data) continue;
        joblib_error error = JOBLIB_ERROR_INIT;
        struct listener listener = {.data = (const char *)packed.data,
                                    .size = packed.size};
        CHECK_OK(listen_to(&listener, FROM_MEMORY, &error), &error);
        CHECK(listener.calls > 8);
        free(packed.data);
    }
}

/* Opcodes of one byte each, so many that bytes alone would give two calls. */
static void hears_of_every_65536_opcodes(void)
{
    const size_t opcodes = (size_t)1 << 20;
    make_opcodes(opcodes);
    for (int input = 0; input < INPUTS; input++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        struct listener listener = {.data = pickle, .size = pickle_size};
        CHECK_OK(listen_to(&listener, (enum input)input, &error), &error);
        CHECK(listener.calls >= opcodes / 65536);
        CHECK(listener.calls <= opcodes / 65536 + 6);
    }
}

static void cancels_at_every_call_in_every_codec(void)
{
    make_all_kinds();
    for (int input = 0; input < INPUTS; input++)
        CHECK(cancel_everywhere(pickle, pickle_size, (enum input)input) > 5);
    for (int codec = JOBLIB_CODEC_ZLIB; codec <= JOBLIB_CODEC_ZF; codec++) {
        struct packed packed = packed_as(codec, 1, pickle, pickle_size);
        if (!packed.data) continue;
        const char *data = (const char *)packed.data;
        CHECK(cancel_everywhere(data, packed.size, FROM_SOURCE) > 8);
        if (codec == JOBLIB_CODEC_ZLIB)
            CHECK(cancel_everywhere(data, packed.size, FROM_MEMORY) > 8);
        free(packed.data);
    }
}

static void cancel_vector(const char *name)
{
    struct vector_bytes bytes = vector_read(name, ".joblib");
    for (int input = 0; input < INPUTS; input++)
        CHECK(cancel_everywhere(bytes.data, bytes.size, (enum input)input) >= 2);
    free(bytes.data);
}

static void cancels_vectors(void)
{
    CHECK(vector_each("valid/ndarray/", cancel_vector) > 10);
    if (joblib_codec_available(JOBLIB_CODEC_LZ4))
        CHECK(vector_each("valid/lz4/", cancel_vector) > 0);
    CHECK(vector_each("valid/pickle4/", cancel_vector) > 0);
}

/* 64 KiB behind STOP are looked at, and that can be cancelled too. */
static void cancels_while_it_looks_for_the_end(void)
{
    make_bytes(MEBIBYTE / 2 - 9, true);
    const size_t used = pickle_size;
    put_noise(MEBIBYTE);
    joblib_error error = JOBLIB_ERROR_INIT;
    struct listener listener = {.data = pickle, .size = pickle_size};
    CHECK_STATUS(listen_to(&listener, FROM_MEMORY, &error), &error, JOBLIB_ERROR_TRAILING,
                 used);
    listener = (struct listener){.cancel_at = listener.calls,
                                 .data = pickle,
                                 .size = pickle_size};
    CHECK_EQ_INT(listen_to(&listener, FROM_MEMORY, &error), JOBLIB_ERROR_CANCELLED);
}

/* What was asked to stop is no clean file, and says why. */
static void leaves_an_audit_incomplete(void)
{
    struct listener listener = {.cancel_at = 2};
    joblib_load_options load = JOBLIB_LOAD_OPTIONS_INIT;
    joblib_audit_options options = JOBLIB_AUDIT_OPTIONS_INIT;
    joblib_audit *audit = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    make_opcodes(200000);
    load.progress = hear;
    load.progress_ctx = &listener;
    options.load = &load;
    CHECK_OK(joblib_audit_memory(pickle, pickle_size, &options, &audit, &error), &error);
    CHECK_EQ_INT(joblib_audit_outcome(audit), JOBLIB_OUTCOME_INCOMPLETE);
    const joblib_error *reason = joblib_audit_error(audit);
    CHECK(reason && reason->status == JOBLIB_ERROR_CANCELLED);
    joblib_audit_free(audit);
}

int main(void)
{
    RUN(hears_the_start_and_the_end);
    RUN(hears_of_a_file_in_bytes_of_its_size);
    RUN(never_reads_a_mebibyte_without_a_call);
    RUN(hears_of_each_mebibyte_of_a_bomb);
    RUN(hears_of_every_65536_opcodes);
    RUN(cancels_at_every_call_in_every_codec);
    RUN(cancels_vectors);
    RUN(cancels_while_it_looks_for_the_end);
    RUN(leaves_an_audit_incomplete);
    return test_finish();
}
