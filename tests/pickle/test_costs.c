/* What large numbers of the same small thing cost: memory in proportion, and no more. */
#include <stdlib.h>

#include "joblib.h"
#include "support/fault.h"
#include "support/test.h"

/* A pickle under construction. */
static char pickle[24 << 20];
static size_t pickle_size;

static void append(const char *bytes, size_t size)
{
    if (pickle_size + size > sizeof pickle) exit(2);
    memcpy(pickle + pickle_size, bytes, size);
    pickle_size += size;
}

#define APPEND(text) append(text, sizeof(text) - 1)

static void start(void)
{
    pickle_size = 0;
    APPEND("\x80\4");
}

/* Loads what was built; tells the most memory that it took, the document's included. */
static joblib_status load_counted(joblib_document **out, size_t *peak_out,
                                  joblib_error *error)
{
    static struct fault fault;
    joblib_allocator allocator = fault_allocator(&fault);
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    options.allocator = &allocator;
    fault = (struct fault){0};
    joblib_status status = joblib_load_memory(pickle, pickle_size, &options, out, error);
    *peak_out = fault.peak_bytes;
    return status;
}

static void takes_few_bytes_for_a_small_value(void)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    size_t peak, count = 1000000;
    start();
    APPEND("]");
    for (size_t i = 0; i < count; i++) APPEND("\x8c\1a\x61");
    APPEND(".");
    CHECK_OK(load_counted(&document, &peak, &error), &error);
    /* A node and its place in the list, which doubles when it grows. */
    CHECK(joblib_document_memory(document) < 40 * count);
    CHECK(peak < 64 * count);
    joblib_document_release(document);
}

static void stops_at_a_million_values_on_the_stack(void)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    size_t peak;
    start();
    APPEND("(");
    for (int i = 0; i < 5000000; i++) APPEND("]");
    APPEND("t.");
    joblib_status status = load_counted(&document, &peak, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_LIMIT, 3 + 1000000);
    CHECK(peak < (size_t)100 << 20);
}

static void repeats_a_value_without_copying_it(void)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    size_t peak, count = 900000;
    start();
    APPEND("(]");
    for (size_t i = 1; i < count; i++) APPEND("2");
    APPEND("t.");
    CHECK_OK(load_counted(&document, &peak, &error), &error);
    const joblib_value *root = joblib_document_root(document);
    CHECK_EQ_SIZE(joblib_value_count(root), count);
    CHECK(joblib_value_at(root, 0) == joblib_value_at(root, count - 1));
    CHECK(joblib_document_memory(document) < 12 * count);
    joblib_document_release(document);
}

/* A MiB of bytes, met half a million times. */
static void shares_bytes_that_are_met_again(void)
{
    static char mib[1 << 20];
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    size_t peak, count = 500000;
    start();
    APPEND("B\0\0\x10\0");
    append(mib, sizeof mib);
    APPEND("q\0"
           "0](");
    for (size_t i = 0; i < count; i++) APPEND("h\0");
    APPEND("e.");
    CHECK_OK(load_counted(&document, &peak, &error), &error);
    CHECK_EQ_SIZE(joblib_value_count(joblib_document_root(document)), count);
    CHECK(joblib_document_memory(document) < 2 * sizeof mib + 20 * count);
    joblib_document_release(document);
}

/* A name is looked up for each GLOBAL: among 2^18 of them that must not take their number. */
static void finds_a_name_among_many(void)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    size_t peak, count = (size_t)1 << 18;
    start();
    APPEND("(");
    for (size_t i = 0; i < count; i++) {
        char text[32];
        append(text, (size_t)snprintf(text, sizeof text, "cm%zu\nn\n", i));
    }
    APPEND("cm7\nn\n"
           "t.");
    CHECK_OK(load_counted(&document, &peak, &error), &error);
    const joblib_value *root = joblib_document_root(document);
    CHECK(joblib_value_at(root, 7) == joblib_value_at(root, count));
    CHECK(peak < 512 * count);
    joblib_document_release(document);
}

/* Arrays of no elements by what numpy pickles, all of one dtype. */
static void makes_many_arrays_of_nothing(void)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    size_t peak, count = 100000;
    start();
    APPEND(
        "cnumpy.core.multiarray\n_reconstruct\nq\0"
        "0"
        "(cnumpy\nndarray\nK\0\x85"
        "C\1btq\1"
        "0"
        "cnumpy\ndtype\n(\x8c\2f8K\0K\1tR(K\3\x8c\1<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\0"
        "tbq\2"
        "0"
        "(K\1K\0\x85h\2\x89"
        "C\0tq\3"
        "0](");
    for (size_t i = 0; i < count; i++) APPEND("h\0h\1Rh\3b");
    APPEND("e.");
    CHECK_OK(load_counted(&document, &peak, &error), &error);
    CHECK_EQ_SIZE(joblib_value_count(joblib_document_root(document)), count);
    CHECK(peak < 512 * count);
    joblib_document_release(document);
}

/* The largest integer, and one byte more. */
static void limits_the_bytes_of_an_integer(void)
{
    static char digits[(1 << 17) + 1];
    memset(digits, 1, sizeof digits);
    for (size_t more = 0; more < 2; more++) {
        joblib_document *document = NULL;
        joblib_error error = JOBLIB_ERROR_INIT;
        size_t peak;
        start();
        append(more ? "\x8b\1\0\2\0" : "\x8b\0\0\2\0", 5);
        append(digits, sizeof digits - 1 + more);
        APPEND(".");
        joblib_status status = load_counted(&document, &peak, &error);
        if (more)
            CHECK_STATUS(status, &error, JOBLIB_ERROR_LIMIT, 2);
        else
            CHECK_OK(status, &error);
        CHECK(peak < (size_t)1 << 20);
        joblib_document_release(document);
    }
}

/* A line has no length: a number's ends at 64 KiB, whatever a source would give. */
static void limits_the_length_of_a_line(void)
{
    static const char opcodes[] = "ILFgp";
    for (size_t i = 0; opcodes[i] != '\0'; i++) {
        joblib_document *document = NULL;
        joblib_error error = JOBLIB_ERROR_INIT;
        size_t peak;
        start();
        APPEND("N");
        append(&opcodes[i], 1);
        memset(pickle + pickle_size, '1', (size_t)8 << 20);
        pickle_size += (size_t)8 << 20;
        joblib_status status = load_counted(&document, &peak, &error);
        CHECK_STATUS(status, &error, JOBLIB_ERROR_LIMIT, 3);
        CHECK(peak < (size_t)1 << 20);
    }
}

/* The bytes that are no opcode, each in every protocol. */
static void refuses_every_byte_that_is_no_opcode(void)
{
    static const char opcodes[] =
        "().012BCFGIJKLMNPQRSTUVXabcdeghijlopqrstu}]"
        "\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x90\x91\x92\x93\x94"
        "\x95\x96\x97\x98";
    size_t refused = 0;
    for (int byte = 0; byte < 256; byte++) {
        if (memchr(opcodes, byte, sizeof opcodes - 1)) continue;
        for (char protocol = 0; protocol <= 5; protocol++) {
            const char file[] = {'\x80', protocol, 'N', (char)byte, '.'};
            joblib_document *document = NULL;
            joblib_error error = JOBLIB_ERROR_INIT;
            joblib_status status =
                joblib_load_memory(file, sizeof file, NULL, &document, &error);
            CHECK_STATUS(status, &error, JOBLIB_ERROR_SYNTAX, 3);
        }
        refused++;
    }
    CHECK_EQ_SIZE(refused, 256 - 68);
}

int main(void)
{
    RUN(takes_few_bytes_for_a_small_value);
    RUN(stops_at_a_million_values_on_the_stack);
    RUN(repeats_a_value_without_copying_it);
    RUN(shares_bytes_that_are_met_again);
    RUN(finds_a_name_among_many);
    RUN(makes_many_arrays_of_nothing);
    RUN(limits_the_bytes_of_an_integer);
    RUN(limits_the_length_of_a_line);
    RUN(refuses_every_byte_that_is_no_opcode);
    return test_finish();
}
