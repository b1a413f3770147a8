/* The search for the settings of a file. That it finds those of every file that joblib wrote is a
   test of conformance. */
#include <stdlib.h>

#include "joblib.h"
#include "support/fault.h"
#include "support/test.h"
#include "support/vectors.h"

static joblib_status search_bytes(const void *data, size_t size,
                                  joblib_dump_options *options, joblib_error *error)
{
    joblib_document *document = NULL;
    joblib_status status = joblib_load_memory(data, size, NULL, &document, error);
    if (status == JOBLIB_OK)
        status = joblib_dump_find_same(document, data, size, options, error);
    joblib_document_release(document);
    return status;
}

static joblib_status search_vector(const char *name, joblib_dump_options *options,
                                   joblib_error *error)
{
    struct vector_bytes file = vector_read(name, ".joblib");
    joblib_status status = search_bytes(file.data, file.size, options, error);
    free(file.data);
    return status;
}

static joblib_dump_options found_in(const char *name)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    CHECK_OK(search_vector(name, &options, &error), &error);
    return options;
}

/* All but the first hold what only these picklers write so. */
static void finds_the_pickler(void)
{
    static const struct {
        const char *name;
        uint32_t pickler, first, last, protocol;
    } wanted[] = {
        {"valid/releases/raw-joblib1.5.0", JOBLIB_PICKLER_JOBLIB, 313, 313, 4},
        {"valid/pickle4/list-1001", JOBLIB_PICKLER_JOBLIB, 310, 313, 4},
        {"valid/cpickle/list-1001-protocol5", JOBLIB_PICKLER_C, 310, 313, 5},
        {"valid/releases/bytearray-protocol5-joblib1.1", JOBLIB_PICKLER_JOBLIB, 308, 309,
         5},
        {"valid/releases/raw-joblib0.10.0-py2.7", JOBLIB_PICKLER_JOBLIB, 207, 207, 2},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        joblib_dump_options options = found_in(wanted[i].name);
        CHECK_EQ_INT(options.pickler, wanted[i].pickler);
        CHECK(options.python_version >= wanted[i].first &&
              options.python_version <= wanted[i].last);
        CHECK_EQ_INT(options.protocol, wanted[i].protocol + 1);
        CHECK_EQ_INT(options.codec, JOBLIB_CODEC_RAW + 1);
    }
}

static void finds_the_compression(void)
{
    joblib_dump_options options = found_in("valid/releases/zlib-joblib1.5.0");
    CHECK_EQ_INT(options.codec, JOBLIB_CODEC_ZLIB + 1);
    CHECK_EQ_INT(options.level, 3);
    if (!joblib_codec_available(JOBLIB_CODEC_XZ)) return;
    options = found_in("valid/releases/xz-joblib0.10.0");
    CHECK_EQ_INT(options.codec, JOBLIB_CODEC_XZ + 1);
    CHECK_EQ_INT(options.unchecked, 1);
    options = found_in("valid/releases/xz-joblib0.15.1");
    CHECK_EQ_INT(options.unchecked, 0);
}

static void tells_where_the_pickle_differs(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    CHECK_STATUS(search_vector("valid/pickle2/long-binput", &options, &error), &error,
                 JOBLIB_ERROR_DIFFERENT, 3);
    CHECK_EQ_SIZE(error.file_offset, 3);
    CHECK_EQ_INT(options.codec, JOBLIB_CODEC_RAW + 1);
}

static void tells_where_only_the_compression_differs(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    CHECK_STATUS(search_vector("valid/zf/list-joblib0.9", &options, &error), &error,
                 JOBLIB_ERROR_DIFFERENT, JOBLIB_NO_OFFSET);
    CHECK_EQ_SIZE(error.file_offset, 0);
    if (!joblib_codec_available(JOBLIB_CODEC_LZMA)) return;
    options = (joblib_dump_options)JOBLIB_DUMP_OPTIONS_INIT;
    CHECK_STATUS(search_vector("valid/lzma/two-streams", &options, &error), &error,
                 JOBLIB_ERROR_DIFFERENT, JOBLIB_NO_OFFSET);
    CHECK(error.file_offset != JOBLIB_NO_OFFSET);
    CHECK_EQ_INT(options.codec, JOBLIB_CODEC_LZMA + 1);
}

/* pickle.dumps() of CPython, protocol 2. */
static const char calls_system[] = "\x80\x02"
                                   "cposix\nsystem\nq\0X\4\0\0\0trueq\1\x85q\2Rq\3.";

static void lets_nothing_dangerous_pass(void)
{
    static const char *const name = "posix.system";
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    CHECK_STATUS(search_bytes(calls_system, sizeof calls_system - 1, &options, &error),
                 &error, JOBLIB_ERROR_FORBIDDEN, JOBLIB_NO_OFFSET);
    options.allow = &name;
    options.allow_count = 1;
    CHECK_OK(search_bytes(calls_system, sizeof calls_system - 1, &options, &error),
             &error);
}

static void keeps_what_it_does_not_search(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    options.unsynced = 1;
    options.in_place = 1;
    options.fast = 1;
    options.joblib_version = 1000;
    CHECK_OK(search_vector("valid/releases/zlib-joblib1.5.0", &options, &error), &error);
    CHECK_EQ_INT(options.unsynced, 1);
    CHECK_EQ_INT(options.in_place, 1);
    CHECK_EQ_INT(options.fast, 0);
    CHECK_EQ_INT(options.joblib_version, 0);
}

static void refuses_missing_arguments(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    CHECK_OK(joblib_load_memory("N.", 2, NULL, &document, &error), &error);
    CHECK_STATUS(joblib_dump_find_same(NULL, "N.", 2, &options, &error), &error,
                 JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
    CHECK_STATUS(joblib_dump_find_same(document, NULL, 0, &options, &error), &error,
                 JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
    CHECK_STATUS(joblib_dump_find_same(document, "N.", 2, NULL, &error), &error,
                 JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
    CHECK_OK(joblib_dump_find_same(document, "N.", 2, &options, NULL), &error);
    CHECK_STATUS(joblib_dump_find_same(document, "N.N", 3, &options, &error), &error,
                 JOBLIB_ERROR_DIFFERENT, 2);
    CHECK_STATUS(joblib_dump_find_same(document, "N", 1, &options, &error), &error,
                 JOBLIB_ERROR_DIFFERENT, 1);
    joblib_document_release(document);
}

/* Vectors of codecs that this build lacks are left out. */
static void search_with_faults(const char *name, int codec, joblib_status expected)
{
    if (!joblib_codec_available(codec)) return;
    joblib_status status = JOBLIB_ERROR_MEMORY;
    struct vector_bytes file = vector_read(name, ".joblib");
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_load_memory(file.data, file.size, NULL, &document, &error), &error);
    for (size_t k = 1; document && status == JOBLIB_ERROR_MEMORY && k < 10000; k++) {
        struct fault fault = {.fail_at = k};
        joblib_allocator allocator = fault_allocator(&fault);
        joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
        options.allocator = &allocator;
        status = joblib_dump_find_same(document, file.data, file.size, &options, &error);
        CHECK_EQ_SIZE(fault.live_bytes, 0);
    }
    CHECK_EQ_INT(status, expected);
    joblib_document_release(document);
    free(file.data);
}

static void survives_failing_allocations(void)
{
    search_with_faults("valid/releases/raw-joblib1.2.0", JOBLIB_CODEC_RAW, JOBLIB_OK);
    search_with_faults("valid/releases/zlib-joblib1.5.0", JOBLIB_CODEC_ZLIB, JOBLIB_OK);
    search_with_faults("valid/releases/xz-joblib0.10.0", JOBLIB_CODEC_XZ, JOBLIB_OK);
    search_with_faults("valid/lz4/checksum", JOBLIB_CODEC_LZ4, JOBLIB_ERROR_DIFFERENT);
    search_with_faults("valid/text/put-get", JOBLIB_CODEC_RAW, JOBLIB_ERROR_DIFFERENT);
}

int main(void)
{
    RUN(finds_the_pickler);
    RUN(finds_the_compression);
    RUN(tells_where_the_pickle_differs);
    RUN(tells_where_only_the_compression_differs);
    RUN(lets_nothing_dangerous_pass);
    RUN(keeps_what_it_does_not_search);
    RUN(refuses_missing_arguments);
    RUN(survives_failing_allocations);
    return test_finish();
}
