/* Dicts with an index: every key is found, and a later entry replaces an earlier one. */
#include <stdio.h>
#include <stdlib.h>

#include "joblib.h"
#include "support/fault.h"
#include "support/test.h"

/* A dict of `count` entries "text NUMBER": NUMBER, and the first half of them again: -1. */
static char pickle[8 << 20];

static size_t put_entry(size_t at, size_t number, int32_t value)
{
    char text[32];
    int size = snprintf(text, sizeof text, "text %zu", number);
    if (at + 64 > sizeof pickle) exit(2);
    pickle[at++] = '\x8c';
    pickle[at++] = (char)size;
    memcpy(pickle + at, text, (size_t)size);
    at += (size_t)size;
    pickle[at++] = 'J';
    for (int i = 0; i < 4; i++) pickle[at++] = (char)((uint32_t)value >> 8 * i & 0xff);
    pickle[at++] = 's';
    return at;
}

static size_t make_pickle(size_t count)
{
    size_t at = 3;
    memcpy(pickle, "\x80\4}", at);
    for (size_t i = 0; i < count; i++) at = put_entry(at, i, (int32_t)i);
    for (size_t i = 0; i < count / 2; i++) at = put_entry(at, i, -1);
    pickle[at++] = '.';
    return at;
}

static int64_t find_number(const joblib_value *dict, size_t number)
{
    char text[32];
    int64_t found = -2;
    snprintf(text, sizeof text, "text %zu", number);
    const joblib_value *value = joblib_value_find(dict, text);
    if (value) CHECK_OK(joblib_value_as_int64(value, &found, NULL), NULL);
    return found;
}

static void check_dict(size_t count)
{
    joblib_document *document = NULL;
    size_t size = make_pickle(count);
    CHECK_OK(joblib_load_memory(pickle, size, NULL, &document, NULL), NULL);
    const joblib_value *dict = joblib_document_root(document);
    CHECK_EQ_SIZE(joblib_value_count(dict), count);
    for (size_t i = 0; i < count; i++) {
        int64_t expected = i < count / 2 ? -1 : (int64_t)i;
        if (find_number(dict, i) != expected)
            test_fail(__FILE__, __LINE__, "entry %zu of %zu", i, count);
    }
    for (size_t i = count; i < 2 * count + 2; i++) CHECK_EQ_INT(find_number(dict, i), -2);
    joblib_document_release(document);
}

static void finds_every_key_whatever_the_size(void)
{
    static const size_t counts[] = {0, 1, 8, 9, 15, 16, 17, 1000, 65536, 131073};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) check_dict(counts[i]);
}

static void frees_all_when_an_allocation_fails(void)
{
    size_t size = make_pickle(3000);
    joblib_status status = JOBLIB_ERROR_MEMORY;
    for (size_t step = 1; status == JOBLIB_ERROR_MEMORY; step++) {
        struct fault fault = {.fail_at = step};
        joblib_allocator allocator = fault_allocator(&fault);
        joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
        joblib_document *document = NULL;
        options.allocator = &allocator;
        status = joblib_load_memory(pickle, size, &options, &document, NULL);
        CHECK((status == JOBLIB_OK) == (document != NULL));
        joblib_document_release(document);
        CHECK_EQ_SIZE(fault.live_bytes, 0);
    }
    CHECK_OK(status, NULL);
}

int main(void)
{
    RUN(finds_every_key_whatever_the_size);
    RUN(frees_all_when_an_allocation_fails);
    return test_finish();
}
