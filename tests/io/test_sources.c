/* Sources of the caller that give little, too much, nothing, or an error of their own. */
#include <stdlib.h>

#include "joblib/load.h"
#include "support/fault.h"
#include "support/test.h"

/* The pickle of a text of 100,000 letters: more than one window of a reader. */
#define LETTERS 100000
static char pickle[LETTERS + 8];

static void make_pickle(void)
{
    memset(pickle, 'a', sizeof pickle);
    memcpy(pickle, "\x80\2X\xa0\x86\1\0", 7);
    pickle[sizeof pickle - 1] = '.';
}

/* What a source does at its call number `at`; all others give `chunk` bytes. */
struct behaviour {
    size_t chunk, offset, calls, at;
    joblib_status status;
    size_t claimed; /* bytes that it says it gave; 0: what it gave */
    const char *message;
};

static joblib_status read_oddly(void *ctx, void *buffer, size_t size, size_t *got,
                                joblib_error *error)
{
    struct behaviour *odd = ctx;
    bool acts = ++odd->calls == odd->at;
    if (acts && odd->message) {
        error->status = JOBLIB_ERROR_IO;
        error->row = 5;
        memset(error->message, 'x', sizeof error->message);
        memcpy(error->message, odd->message, strlen(odd->message));
    }
    if (acts && odd->status != JOBLIB_OK) return odd->status;
    *got = sizeof pickle - odd->offset;
    if (*got > odd->chunk) *got = odd->chunk;
    if (*got > size) *got = size;
    memcpy(buffer, pickle + odd->offset, *got);
    odd->offset += *got;
    if (acts && odd->claimed > 0) *got = odd->claimed;
    return JOBLIB_OK;
}

static joblib_status load_oddly(struct behaviour *odd, joblib_error *error)
{
    struct fault fault = {0};
    joblib_allocator allocator = fault_allocator(&fault);
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    joblib_source source = {sizeof source, read_oddly, odd};
    joblib_document *document = NULL;
    size_t size = 0;
    options.allocator = &allocator;
    joblib_status status = joblib_load_source(&source, &options, &document, error);
    CHECK((status == JOBLIB_OK) == (document != NULL));
    if (document) joblib_value_text(joblib_document_root(document), &size);
    CHECK(!document || size == LETTERS);
    joblib_document_release(document);
    CHECK_EQ_SIZE(fault.live_bytes, 0);
    return status;
}

static void reads_pieces_of_every_size(void)
{
    static const size_t chunks[] = {1, 2, 7, 4095, 4096, 65535, 65536, 65537, SIZE_MAX};
    for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        struct behaviour odd = {.chunk = chunks[i]};
        CHECK_OK(load_oddly(&odd, &error), &error);
    }
}

static void refuses_more_bytes_than_it_asked_for(void)
{
    static const size_t claims[] = {(size_t)1 << 20, SIZE_MAX};
    for (size_t i = 0; i < 2; i++) {
        for (size_t at = 1; at < 4; at++) {
            joblib_error error = JOBLIB_ERROR_INIT;
            struct behaviour odd = {.chunk = 50000, .at = at, .claimed = claims[i]};
            CHECK_EQ_INT(load_oddly(&odd, &error), JOBLIB_ERROR_CALLBACK);
            CHECK_EQ_INT(error.status, JOBLIB_ERROR_CALLBACK);
        }
    }
}

/* Whatever status a source gives, the load gives, and with a message. */
static void passes_on_the_status_of_a_source(void)
{
    static const joblib_status statuses[] = {JOBLIB_ERROR_CALLBACK, JOBLIB_ERROR_IO,
                                             JOBLIB_ERROR_MEMORY, (joblib_status)77};
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        for (size_t at = 1; at < 4; at++) {
            joblib_error error = JOBLIB_ERROR_INIT;
            struct behaviour odd = {.chunk = 50000, .at = at, .status = statuses[i]};
            CHECK_EQ_INT(load_oddly(&odd, &error), statuses[i]);
            CHECK_EQ_INT(error.status, statuses[i]);
            CHECK(error.message[0] != '\0');
        }
    }
}

/* The status that is returned counts; a message without end is ended. */
static void keeps_the_message_of_a_source(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    struct behaviour odd = {.chunk = 50000,
                            .at = 2,
                            .status = JOBLIB_ERROR_CALLBACK,
                            .message = "the disk is gone"};
    CHECK_EQ_INT(load_oddly(&odd, &error), JOBLIB_ERROR_CALLBACK);
    CHECK_EQ_INT(error.status, JOBLIB_ERROR_CALLBACK);
    CHECK(strncmp(error.message, "the disk is gone", 16) == 0);
    CHECK_EQ_SIZE(strlen(error.message), sizeof error.message - 1);
    CHECK_EQ_INT(error.row, 5);
}

/* An error that a source leaves and then succeeds is forgotten. */
/* A source that loads another document before it gives its bytes. */
static joblib_status read_after_a_load(void *ctx, void *buffer, size_t size, size_t *got,
                                       joblib_error *error)
{
    joblib_document *inner = NULL;
    CHECK_OK(joblib_load_memory("\x80\2N.", 4, NULL, &inner, error), error);
    joblib_document_release(inner);
    return read_oddly(ctx, buffer, size, got, error);
}

static void loads_within_a_source(void)
{
    struct behaviour odd = {.chunk = 1000};
    joblib_source source = {sizeof source, read_after_a_load, &odd};
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_load_source(&source, NULL, &document, &error), &error);
    CHECK(odd.calls > 100);
    joblib_document_release(document);
}

static void forgets_an_error_without_failure(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    struct behaviour odd = {.chunk = 50000, .at = 2, .message = "nothing"};
    CHECK_OK(load_oddly(&odd, &error), &error);
    CHECK_EQ_INT(error.status, JOBLIB_OK);
}

int main(void)
{
    make_pickle();
    RUN(reads_pieces_of_every_size);
    RUN(refuses_more_bytes_than_it_asked_for);
    RUN(passes_on_the_status_of_a_source);
    RUN(keeps_the_message_of_a_source);
    RUN(loads_within_a_source);
    RUN(forgets_an_error_without_failure);
    return test_finish();
}
