/* Dumps that fail: memory that runs out, a sink that refuses, names that may not be written. The
   target stays what it was. */
#include <stdlib.h>

#include "joblib.h"
#include "support/collected.h"
#include "support/fault.h"
#include "support/folder.h"
#include "support/test.h"
#include "support/vectors.h"

/* Values of every kind, behind every codec, and old forms of arrays. */
static const char *const kinds[] = {
    "valid/releases/raw-joblib1.5.0",
    "valid/releases/zlib-joblib1.5.0",
    "valid/releases/bz2-joblib1.5.0",
    "valid/releases/lz4-joblib1.5.0",
    "valid/releases/raw-joblib0.10.0",
    "valid/releases/protocol5-joblib1.5.0",
    "valid/releases/protocol0-joblib0.10.0-py2.7",
    "valid/ndarray/scalar-big-endian",
    "valid/pickle4/newobj-ex",
    "valid/pickle5/bytearray8",
    "valid/cpickle/set-1001-protocol3",
    "valid/npy/struct-deep",
};

enum { KINDS = sizeof kinds / sizeof *kinds };

static joblib_document *load_kind(const char *name)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_status status =
        joblib_load_file(vector_path(name, ".joblib"), NULL, &document, &error);
    /* The codecs of some are not in every build: NULL then. */
    if (status != JOBLIB_ERROR_UNSUPPORTED_BUILD) CHECK_OK(status, &error);
    return document;
}

static void dump_file_with_faults(const char *name, const joblib_document *document)
{
    joblib_status status = JOBLIB_ERROR_MEMORY;
    for (size_t k = 1; status == JOBLIB_ERROR_MEMORY && k < 10000; k++) {
        struct fault fault = {.fail_at = k};
        joblib_allocator allocator = fault_allocator(&fault);
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
        options.allocator = &allocator;
        options.unsynced = 1;
        status = joblib_dump_file(document, folder_path("out"), &options, &error);
        bool right = status == JOBLIB_OK ||
                     (status == JOBLIB_ERROR_MEMORY && folder_holds("out", "old", 3));
        if (!right || folder_count() != 1 || fault.live_bytes != 0)
            test_fail(__FILE__, __LINE__, "%s, allocation %zu: %s", name, k,
                      joblib_status_name((int)status));
    }
    CHECK_EQ_INT(status, JOBLIB_OK);
    CHECK(!folder_holds("out", "old", 3));
}

static void keeps_the_old_file_when_memory_runs_out(void)
{
    for (size_t i = 0; i < KINDS; i++) {
        joblib_document *document = load_kind(kinds[i]);
        CHECK(folder_write("out", "old", 3));
        if (document) dump_file_with_faults(kinds[i], document);
        joblib_document_release(document);
        folder_clear();
    }
}

static void dump_to_failing_sink(const char *name, const joblib_document *document)
{
    joblib_status status = JOBLIB_ERROR_CALLBACK;
    for (size_t k = 1; status == JOBLIB_ERROR_CALLBACK && k < 10000; k++) {
        struct fault fault = {0};
        joblib_allocator allocator = fault_allocator(&fault);
        struct collected out = {.fail_at = k, .says = "the sink is full"};
        joblib_sink sink = collect_into(&out);
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
        options.allocator = &allocator;
        status = joblib_dump_sink(document, &options, &sink, &error);
        if (status != JOBLIB_OK) CHECK_EQ_TEXT(error.message, "the sink is full");
        CHECK_EQ_SIZE(out.calls, status == JOBLIB_OK ? k - 1 : k);
        CHECK_EQ_SIZE(fault.live_bytes, 0);
        free(out.text);
    }
    if (status != JOBLIB_OK)
        test_fail(__FILE__, __LINE__, "%s: %s", name, joblib_status_name((int)status));
}

static void ends_where_the_sink_fails(void)
{
    for (size_t i = 0; i < KINDS; i++) {
        joblib_document *document = load_kind(kinds[i]);
        if (document) dump_to_failing_sink(kinds[i], document);
        joblib_document_release(document);
    }
}

/* Nothing is opened for options that are wrong. */
static void looks_at_the_options_before_the_disk(void)
{
    static const joblib_dump_options wrong[] = {
        {.codec = JOBLIB_CODEC_ZLIB + 1, .level = 10},
        {.codec = 99},
        {.protocol = 7},
        {.codec = JOBLIB_CODEC_ZF + 1},
    };
    joblib_document *document = load_kind(kinds[0]);
    CHECK(folder_write("out", "old", 3));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        joblib_dump_options options = wrong[i];
        options.struct_size = sizeof options;
        joblib_status status =
            joblib_dump_file(document, folder_path("out"), &options, NULL);
        CHECK(status == JOBLIB_ERROR_ARGUMENT || status == JOBLIB_ERROR_UNSUPPORTED);
        options.in_place = 1;
        CHECK_EQ_INT(joblib_dump_file(document, folder_path("out"), &options, NULL),
                     status);
        CHECK(folder_holds("out", "old", 3));
        CHECK_EQ_SIZE(folder_count(), 1);
    }
    joblib_document_release(document);
    folder_clear();
}

/* What an audit calls dangerous, and nothing else. */
static size_t forbidden;

static int audit_vector(const char *name)
{
    joblib_audit *audit = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_audit_file(vector_path(name, ".joblib"), NULL, &audit, &error),
             &error);
    int outcome = joblib_audit_outcome(audit);
    joblib_audit_free(audit);
    return outcome;
}

static void dump_hostile(const char *name)
{
    joblib_document *document = load_kind(name);
    bool dangerous = audit_vector(name) == JOBLIB_OUTCOME_DANGEROUS;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK(folder_write("out", "old", 3));
    joblib_status status = joblib_dump_file(document, folder_path("out"), NULL, &error);
    if ((status == JOBLIB_ERROR_FORBIDDEN) != dangerous)
        test_fail(__FILE__, __LINE__, "%s: %s", name, joblib_status_name((int)status));
    if (dangerous) CHECK(folder_holds("out", "old", 3));
    CHECK_EQ_SIZE(folder_count(), 1);
    forbidden += dangerous;
    joblib_document_release(document);
    folder_clear();
}

static void writes_no_hostile_document(void)
{
    forbidden = 0;
    CHECK(vector_each("valid/hostile/", dump_hostile) >= 30);
    CHECK(vector_each("valid/text/hostile-", dump_hostile) == 3);
    CHECK(forbidden >= 28);
}

/* A MiB, met half a million times: written once, and then as many GETs. */
static void writes_shared_bytes_once(void)
{
    enum { MIB = 1 << 20, COUNT = 500000 };
    static char text[MIB + 2 * COUNT + 32];
    char *end = text;
    void *data = NULL;
    size_t size = 0;
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    memcpy(end, "\x80\3]q\0(B\0\0\x10\0", 11);
    end += 11 + MIB;
    memcpy(end, "q\1", 2);
    end += 2;
    for (size_t i = 1; i < COUNT; i++, end += 2) memcpy(end, "h\1", 2);
    memcpy(end, "e.", 2);
    CHECK_OK(joblib_load_memory(text, (size_t)(end + 2 - text), NULL, &document, &error),
             &error);
    CHECK_OK(joblib_dump_memory(document, NULL, &data, &size, &error), &error);
    CHECK(size > MIB + 2 * COUNT && size < MIB + 2 * COUNT + 8192);
    joblib_dump_free(data, size, NULL);
    joblib_document_release(document);
}

int main(void)
{
    if (!folder_make()) return 1;
    RUN(keeps_the_old_file_when_memory_runs_out);
    RUN(ends_where_the_sink_fails);
    RUN(looks_at_the_options_before_the_disk);
    RUN(writes_no_hostile_document);
    RUN(writes_shared_bytes_once);
    return test_finish();
}
