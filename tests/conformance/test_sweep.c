/* What every vector must survive: being cut, changed, followed by more, and read by a process
   that runs out of memory or whose input fails. Exhaustive up to a size, sampled beyond. */
#include <stdio.h>
#include <stdlib.h>

#include "joblib.h"
#include "support/chunked.h"
#include "support/fault.h"
#include "support/test.h"
#include "support/vectors.h"

/* Vectors up to this size are swept at every byte, larger ones at a fixed sample. */
#define SMALL_VECTOR 4096
#define SMALL_COMPRESSED 128
#define SAMPLES 64

/* Every so many vectors, one is swept with failing allocations. */
#define FAULT_STRIDE 8
#define MOST_FAULTS 200

static size_t vector_number;

static bool is_compressed(const struct vector_bytes *bytes)
{
    joblib_document *document = NULL;
    joblib_status status =
        joblib_load_memory(bytes->data, bytes->size, NULL, &document, NULL);
    int codec = joblib_document_codec(document);
    joblib_document_release(document);
    return status == JOBLIB_OK && codec != JOBLIB_CODEC_RAW;
}

/* Decoders take megabytes at every start, so that compressed vectors are sampled sooner. */
static size_t step_of(const struct vector_bytes *bytes)
{
    size_t small = is_compressed(bytes) ? SMALL_COMPRESSED : SMALL_VECTOR;
    return bytes->size <= small ? 1 : 1 + bytes->size / SAMPLES;
}

static joblib_status load_bytes(const char *data, size_t size, joblib_error *error)
{
    joblib_document *document = NULL;
    joblib_status status = joblib_load_memory(data, size, NULL, &document, error);
    CHECK((status == JOBLIB_OK) == (document != NULL));
    joblib_document_release(document);
    return status;
}

/* The copy ends where the input ends, so that a sanitizer sees each byte read behind it. */
static void sweep_prefixes(const char *name)
{
    struct vector_bytes bytes = vector_read(name, ".joblib");
    const size_t step = step_of(&bytes);
    for (size_t size = 0; size < bytes.size; size += step) {
        joblib_error error = JOBLIB_ERROR_INIT;
        char *copy = malloc(size + 1);
        memcpy(copy + 1, bytes.data, size);
        joblib_status status = load_bytes(copy + 1, size, &error);
        if (status != JOBLIB_ERROR_TRUNCATED || error.offset == JOBLIB_NO_OFFSET)
            test_fail(__FILE__, __LINE__, "%s cut to %zu bytes: %d at %lld (%s)", name,
                      size, status, (long long)error.offset, error.message);
        free(copy);
    }
    free(bytes.data);
}

static void sweep_trailing(const char *name)
{
    struct vector_bytes bytes = vector_read(name, ".joblib");
    joblib_error error = JOBLIB_ERROR_INIT;
    char *longer = malloc(bytes.size + 3);
    memcpy(longer, bytes.data, bytes.size);
    memcpy(longer + bytes.size, "abc", 3);
    joblib_status status = load_bytes(longer, bytes.size + 3, &error);
    if (status != JOBLIB_ERROR_TRAILING)
        test_fail(__FILE__, __LINE__, "%s and 3 bytes: %d (%s)", name, status,
                  error.message);
    free(longer);
    free(bytes.data);
}

/* Whatever comes of a changed byte, it is a document or an error, and the same twice. */
static void sweep_changes(const char *name)
{
    static const unsigned char masks[] = {0x01, 0x80, 0xff};
    struct vector_bytes bytes = vector_read(name, ".joblib");
    const size_t step = step_of(&bytes);
    for (size_t i = 0; i < bytes.size; i += step) {
        for (size_t j = 0; j < sizeof masks; j++) {
            joblib_error error = JOBLIB_ERROR_INIT;
            bytes.data[i] = (char)(bytes.data[i] ^ masks[j]);
            joblib_status status = load_bytes(bytes.data, bytes.size, &error);
            CHECK_EQ_INT(error.status, (int)status);
            CHECK(status == JOBLIB_OK || error.message[0] != '\0');
            bytes.data[i] = (char)(bytes.data[i] ^ masks[j]);
        }
    }
    free(bytes.data);
}

/* One load with the k-th allocation failing; false once none is left to fail. */
static bool load_with_fault(const char *name, const struct vector_bytes *bytes,
                            size_t fail_at, bool for_ever)
{
    struct fault fault = {.fail_at = fail_at, .for_ever = for_ever};
    joblib_allocator allocator = fault_allocator(&fault);
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    options.allocator = &allocator;
    joblib_status status =
        joblib_load_memory(bytes->data, bytes->size, &options, &document, &error);
    bool failed = fault.allocations >= fail_at;
    if (failed && status != JOBLIB_ERROR_MEMORY)
        test_fail(__FILE__, __LINE__, "%s, allocation %zu: %d (%s)", name, fail_at,
                  status, error.message);
    joblib_document_release(document);
    CHECK_EQ_SIZE(fault.live_bytes, 0);
    return failed;
}

static void sweep_allocations(const char *name)
{
    if (vector_number++ % FAULT_STRIDE != 0) return;
    struct vector_bytes bytes = vector_read(name, ".joblib");
    for (int for_ever = 0; for_ever < 2; for_ever++) {
        size_t fail_at = 1;
        while (fail_at < MOST_FAULTS && load_with_fault(name, &bytes, fail_at, for_ever))
            fail_at++;
    }
    free(bytes.data);
}

static void sweep_reads(const char *name)
{
    if (vector_number++ % FAULT_STRIDE != 0) return;
    struct vector_bytes bytes = vector_read(name, ".joblib");
    for (size_t fail_at = 1; fail_at <= bytes.size / 16 + 1; fail_at++) {
        struct chunked chunked = {
            .data = bytes.data, .size = bytes.size, .chunk = 16, .fail_at = fail_at};
        joblib_source source = chunked_source(&chunked);
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_document *document = NULL;
        joblib_status status = joblib_load_source(&source, NULL, &document, &error);
        CHECK_EQ_INT(status, JOBLIB_ERROR_CALLBACK);
        CHECK(document == NULL);
    }
    free(bytes.data);
}

static void calls_every_prefix_truncated(void)
{
    CHECK(vector_each("valid/", sweep_prefixes) > 700);
}

static void reports_what_follows(void)
{
    CHECK(vector_each("valid/", sweep_trailing) > 700);
}

static void survives_changed_bytes(void)
{
    CHECK(vector_each("valid/", sweep_changes) > 700);
    CHECK(vector_each("invalid/", sweep_changes) > 200);
}

static void survives_failing_allocations(void)
{
    CHECK(vector_each("valid/", sweep_allocations) > 700);
}

static void survives_failing_reads(void)
{
    CHECK(vector_each("valid/", sweep_reads) > 700);
}

int main(void)
{
    RUN(calls_every_prefix_truncated);
    RUN(reports_what_follows);
    RUN(survives_changed_bytes);
    RUN(survives_failing_allocations);
    RUN(survives_failing_reads);
    return test_finish();
}
