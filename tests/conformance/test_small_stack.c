/* Every vector in a thread with a stack of 64 KiB: nothing recurses on input. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "joblib.h"
#include "support/damage.h"
#include "support/test.h"
#include "support/vectors.h"

/* Sanitizers put red zones around what is on the stack, and call from there. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define STACK_SIZE ((size_t)512 << 10)
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer)
#define STACK_SIZE ((size_t)512 << 10)
#endif
#endif
#ifndef STACK_SIZE
#define STACK_SIZE ((size_t)64 << 10)
#endif

/* What the threads met. Threads run one after the other. */
static size_t refused, audited, dumped;
static struct damage run;

/* Runs a function over the vectors in a thread; how many there were. */
struct walk {
    const char *prefix;
    void (*visit)(const char *name);
    size_t count;
};

static void *walk_vectors(void *argument)
{
    struct walk *walk = argument;
    walk->count = vector_each(walk->prefix, walk->visit);
    return NULL;
}

static size_t walk_on_small_stack(const char *prefix, void (*visit)(const char *name))
{
    struct walk walk = {prefix, visit, 0};
    pthread_attr_t attributes;
    pthread_t thread;
    CHECK_EQ_INT(pthread_attr_init(&attributes), 0);
    CHECK_EQ_INT(pthread_attr_setstacksize(&attributes, STACK_SIZE), 0);
    CHECK_EQ_INT(pthread_create(&thread, &attributes, walk_vectors, &walk), 0);
    CHECK_EQ_INT(pthread_join(thread, NULL), 0);
    pthread_attr_destroy(&attributes);
    return walk.count;
}

static void load_and_audit(const char *name)
{
    joblib_document *document = NULL;
    joblib_audit *audit = NULL;
    struct vector_bytes bytes = vector_read(name, ".joblib");
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    options.companions = vector_folder(name);
    joblib_status status =
        joblib_load_memory(bytes.data, bytes.size, &options, &document, NULL);
    refused += status != JOBLIB_OK;
    joblib_document_release(document);
    status = joblib_audit_memory(bytes.data, bytes.size, NULL, &audit, NULL);
    audited += status == JOBLIB_OK;
    joblib_audit_free(audit);
    free(bytes.data);
}

/* Whatever it holds: what may not be written is refused on this stack too. */
static void dump_again(const char *name)
{
    joblib_document *document = NULL;
    void *data = NULL;
    size_t size = 0;
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    options.codec = JOBLIB_CODEC_RAW + 1;
    if (joblib_load_file(vector_path(name, ".joblib"), NULL, &document, NULL) ==
        JOBLIB_OK)
        dumped += joblib_dump_memory(document, &options, &data, &size, NULL) == JOBLIB_OK;
    joblib_dump_free(data, size, NULL);
    joblib_document_release(document);
}

static void predict(const char *name)
{
    struct vector_bytes bytes = vector_read(name, "/model.joblib");
    damage_try(bytes.data, bytes.size, NULL, &run);
    free(bytes.data);
}

static void loads_and_audits_on_a_small_stack(void)
{
    size_t valid = walk_on_small_stack("valid/", load_and_audit);
    CHECK(valid > 700);
    CHECK_EQ_SIZE(refused, 0);
    size_t invalid = walk_on_small_stack("invalid/", load_and_audit);
    CHECK(invalid > 400);
    CHECK_EQ_SIZE(refused, invalid);
    CHECK_EQ_SIZE(audited, valid + invalid);
}

static void dumps_on_a_small_stack(void)
{
    CHECK(walk_on_small_stack("valid/", dump_again) > 1400);
    CHECK(dumped > 1400);
}

static void predicts_on_a_small_stack(void)
{
    size_t count = walk_on_small_stack("inference/", predict);
    CHECK(count > 300);
    CHECK_EQ_SIZE(run.built, count);
    CHECK(run.predicted >= count);
    CHECK_EQ_SIZE(run.failures, 0);
}

int main(void)
{
    RUN(loads_and_audits_on_a_small_stack);
    RUN(dumps_on_a_small_stack);
    RUN(predicts_on_a_small_stack);
    return test_finish();
}
