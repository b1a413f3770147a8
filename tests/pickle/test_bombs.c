/* Small pickles that would cost a careless reader much time, memory or stack. */
#include <stdlib.h>
#include <time.h>

#include "joblib.h"
#include "support/test.h"

/* A pickle under construction. */
static char pickle[16 << 20];
static size_t pickle_size;

static void put(const char *bytes, size_t size)
{
    if (pickle_size + size > sizeof pickle) exit(2);
    memcpy(pickle + pickle_size, bytes, size);
    pickle_size += size;
}

#define PUT(text) put(text, sizeof(text) - 1)

static void begin(void)
{
    pickle_size = 0;
    PUT("\x80\2");
}

/* Loads what was built; far more than it takes, but less than what a bomb would. */
static joblib_status load(joblib_document **document, joblib_error *error)
{
    clock_t start = clock();
    joblib_status status = joblib_load_memory(pickle, pickle_size, NULL, document, error);
    CHECK((double)(clock() - start) / CLOCKS_PER_SEC < 5);
    return status;
}

/* Thirty tuples, each twice the one before: 2^30 leaves, were they counted one by one. */
static void hashes_shared_tuples_once(void)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    begin();
    PUT("}K\1\x85");
    for (int i = 0; i < 30; i++) PUT("2\x86");
    PUT("Ns.");
    CHECK_OK(load(&document, &error), &error);
    const joblib_value *root = joblib_document_root(document);
    CHECK_EQ_SIZE(joblib_value_count(root), 1);
    CHECK_EQ_INT(joblib_value_kind(joblib_value_key(root, 0)), JOBLIB_KIND_TUPLE);
    CHECK(joblib_document_memory(document) < 100000);
    joblib_document_release(document);
}

/* Two keys that are such tuples and equal are one key. */
static void compares_shared_tuples_once(void)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    begin();
    PUT("}");
    for (int key = 0; key < 2; key++) {
        PUT("K\1\x85");
        for (int i = 0; i < 26; i++) PUT("2\x86");
        PUT("Ns");
    }
    PUT(".");
    joblib_status status = load(&document, &error);
    CHECK(status == JOBLIB_OK || status == JOBLIB_ERROR_LIMIT);
    CHECK(status != JOBLIB_OK || joblib_value_count(joblib_document_root(document)) == 1);
    joblib_document_release(document);
}

/* Python hashes ints modulo 2^61 - 1, so these are all one to it. */
static void spreads_keys_that_collide_in_python(void)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    begin();
    PUT("}");
    for (uint64_t i = 1; i <= 100000; i++) {
        /* i * (2^61 - 1) in 10 bytes */
        unsigned char bytes[10] = {0};
        uint64_t low = (i << 61) - i, high = (i >> 3) - ((i << 61) < i);
        for (int k = 0; k < 8; k++) bytes[k] = (unsigned char)(low >> 8 * k);
        bytes[8] = (unsigned char)high;
        bytes[9] = (unsigned char)(high >> 8);
        PUT("\x8a\x0a");
        put((const char *)bytes, sizeof bytes);
        PUT("Ns");
    }
    PUT(".");
    CHECK_OK(load(&document, &error), &error);
    CHECK_EQ_SIZE(joblib_value_count(joblib_document_root(document)), 100000);
    joblib_document_release(document);
}

static void overwrites_one_key_again_and_again(void)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    begin();
    PUT("}");
    for (int i = 0; i < 1000000; i++) PUT("K\1Ns");
    PUT(".");
    CHECK_OK(load(&document, &error), &error);
    CHECK_EQ_SIZE(joblib_value_count(joblib_document_root(document)), 1);
    joblib_document_release(document);
}

static void stops_at_a_million_marks(void)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    begin();
    for (int i = 0; i < 1000000; i++) PUT("(");
    joblib_status status = load(&document, &error);
    CHECK_EQ_INT(status, JOBLIB_ERROR_LIMIT);
    CHECK(error.offset < 2000);
}

/* The memory of a memo is that of its entries, not of its largest number. */
static void keeps_memo_entries_with_huge_numbers(void)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    begin();
    PUT("]r\xff\xff\xff\xff]r\0\0\0\x80j\xff\xff\xff\xff\x86\x86.");
    CHECK_OK(load(&document, &error), &error);
    const joblib_value *root = joblib_document_root(document);
    const joblib_value *pair = joblib_value_at(root, 1);
    CHECK(joblib_value_at(root, 0) == joblib_value_at(pair, 1));
    CHECK(joblib_value_at(root, 0) != joblib_value_at(pair, 0));
    joblib_document_release(document);
}

/* Lists are filled from outside to inside, so none knows how deep it is. */
static void releases_what_nests_deeper_than_any_stack(void)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    size_t depth = 0;
    begin();
    PUT("]q\0]q\1a0");
    for (int i = 0; i < 500000; i++) PUT("h\1]q\1a0");
    PUT("h\0.");
    CHECK_OK(load(&document, &error), &error);
    const joblib_value *value = joblib_document_root(document);
    while (joblib_value_count(value) > 0) {
        value = joblib_value_at(value, 0);
        depth++;
    }
    CHECK_EQ_SIZE(depth, 500001);
    joblib_document_release(document);
}

/* Values that contain themselves */

static void loads_values_that_contain_themselves(void)
{
    static const char *const pickles[] = {
        "]q\0h\0a.",
        "}q\0K\1h\0s.",
        "]q\0h\0\x85\x61.",
    };
    for (size_t i = 0; i < sizeof pickles / sizeof *pickles; i++) {
        static const size_t sizes[] = {7, 9, 8};
        joblib_document *document = NULL;
        joblib_error error = JOBLIB_ERROR_INIT;
        begin();
        put(pickles[i], sizes[i]);
        CHECK_OK(load(&document, &error), &error);
        const joblib_value *root = joblib_document_root(document);
        const joblib_value *inner = joblib_value_at(root, 0);
        if (i == 2) inner = joblib_value_at(inner, 0);
        CHECK(inner == root);
        joblib_document_release(document);
    }
}

/* A tuple that holds a list that holds the tuple has no hash. */
static void refuses_keys_that_contain_themselves(void)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    begin();
    PUT("}]q\0h\0\x85q\1\x61h\1Ns.");
    joblib_status status = load(&document, &error);
    CHECK(status == JOBLIB_ERROR_TYPE || status == JOBLIB_ERROR_STACK);
    CHECK(document == NULL);
}

int main(void)
{
    RUN(hashes_shared_tuples_once);
    RUN(compares_shared_tuples_once);
    RUN(spreads_keys_that_collide_in_python);
    RUN(overwrites_one_key_again_and_again);
    RUN(stops_at_a_million_marks);
    RUN(keeps_memo_entries_with_huge_numbers);
    RUN(releases_what_nests_deeper_than_any_stack);
    RUN(loads_values_that_contain_themselves);
    RUN(refuses_keys_that_contain_themselves);
    return test_finish();
}
