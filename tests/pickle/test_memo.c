/* The memo: numbers that follow each other, that leave gaps, that are far away, that repeat. */
#include <stdlib.h>

#include "joblib.h"
#include "support/test.h"

/* Pickles of a tuple of ints, and the ints that CPython's pickle makes of them. */
static const struct {
    const char *pickle;
    size_t size;
    int64_t items[8];
    size_t count;
} pickles[] = {
#define TEXT(text) text, sizeof(text) - 1
    {TEXT("\x80\4(K\1\x94K\2\x94h\1h\0t."), {1, 2, 2, 1}, 4},
    {TEXT("\x80\4(K\1q\5K\2\x94h\5h\1t."), {1, 2, 1, 2}, 4}, /* MEMOIZE counts entries */
    {TEXT("\x80\4(K\1q\0K\2q\0K\3\x94h\0h\1t."), {1, 2, 3, 2, 3}, 5},
    {TEXT("\x80\4(K\1r\xff\xff\xff\xffK\2\x94j\xff\xff\xff\xffh\1t."), {1, 2, 1, 2}, 4},
#undef TEXT
};

static void remembers_as_python_does(void)
{
    for (size_t i = 0; i < sizeof pickles / sizeof *pickles; i++) {
        joblib_document *document = NULL;
        CHECK_OK(joblib_load_memory(pickles[i].pickle, pickles[i].size, NULL, &document,
                                    NULL),
                 NULL);
        const joblib_value *root = joblib_document_root(document);
        CHECK_EQ_SIZE(joblib_value_count(root), pickles[i].count);
        for (size_t k = 0; k < pickles[i].count; k++) {
            int64_t item = -1;
            CHECK_OK(joblib_value_as_int64(joblib_value_at(root, k), &item, NULL), NULL);
            CHECK_EQ_INT(item, pickles[i].items[k]);
        }
        joblib_document_release(document);
    }
}

static void remembers_nothing_in_a_gap(void)
{
    static const char pickle[] = "\x80\4K\1q\5h\3.";
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_STATUS(joblib_load_memory(pickle, sizeof pickle - 1, NULL, &document, &error),
                 &error, JOBLIB_ERROR_MEMO, 6);
}

#define MANY (1 << 20)

/* BININT and LONG_BINPUT, or MEMOIZE; then LONG_BINGET of all. */
static size_t append_number(char *out, char opcode, uint32_t number)
{
    *out++ = opcode;
    for (int i = 0; i < 4; i++) *out++ = (char)(number >> 8 * i & 0xff);
    return 5;
}

/* Number of the entry at step `i`: some steps back, so that entries come out of order. */
static uint32_t number_of_step(uint32_t i)
{
    return i ^ 511;
}

static size_t make_many(char *out, bool numbered)
{
    size_t at = 3;
    memcpy(out, "\x80\4(", at);
    for (uint32_t i = 0; i < MANY; i++) {
        at += append_number(out + at, 'J', numbered ? number_of_step(i) : i);
        if (numbered)
            at += append_number(out + at, 'r', number_of_step(i));
        else
            out[at++] = '\x94';
        out[at++] = '0';
    }
    for (uint32_t i = 0; i < MANY / 2; i++) at += append_number(out + at, 'j', 2 * i);
    out[at++] = 't';
    out[at++] = '.';
    return at;
}

static void keeps_a_million_entries(bool numbered)
{
    joblib_document *document = NULL;
    char *pickle = malloc(20 * (size_t)MANY);
    if (!pickle) exit(2);
    size_t size = make_many(pickle, numbered);
    CHECK_OK(joblib_load_memory(pickle, size, NULL, &document, NULL), NULL);
    const joblib_value *root = joblib_document_root(document);
    CHECK_EQ_SIZE(joblib_value_count(root), MANY / 2);
    for (size_t i = 0; i < joblib_value_count(root); i++) {
        int64_t item = -1;
        CHECK_OK(joblib_value_as_int64(joblib_value_at(root, i), &item, NULL), NULL);
        if (item != 2 * (int64_t)i) test_fail(__FILE__, __LINE__, "entry %zu", 2 * i);
    }
    joblib_document_release(document);
    free(pickle);
}

static void keeps_a_million_entries_in_order(void)
{
    keeps_a_million_entries(false);
}

static void keeps_a_million_entries_out_of_order(void)
{
    keeps_a_million_entries(true);
}

int main(void)
{
    RUN(remembers_as_python_does);
    RUN(remembers_nothing_in_a_gap);
    RUN(keeps_a_million_entries_in_order);
    RUN(keeps_a_million_entries_out_of_order);
    return test_finish();
}
