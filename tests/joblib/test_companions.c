/* Arrays in files of their own: which files are opened, what is refused, and that damage of
   any kind is an error. */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "joblib.h"
#include "support/chunked.h"
#include "support/fault.h"
#include "support/test.h"
#include "support/vectors.h"
#include "value/node.h"

#define MOST_FAULTS 300

/* A folder of this run, and a main file in it that names `x.npy` once or more. */
static char folder[] = "/tmp/joblib-companions-XXXXXX";
static char main_path[64], companion_path[64];

#define HEAD "\x80\2]("
#define WRAPPER(name) \
    "cjoblib.numpy_pickle\nNDArrayWrapper\n)\x81}(X\x08\0\0\0filenameX\5\0\0\0" name \
    "X\x08\0\0\0subclasscnumpy\nndarray\nub"
#define ONE HEAD WRAPPER("x.npy") "e."
#define BUILD_OFFSET (sizeof(HEAD WRAPPER("x.npy")) - 2)

static void write_file(const char *path, const char *data, size_t size)
{
    FILE *file = fopen(path, "wb");
    CHECK(file != NULL);
    if (!file) return;
    CHECK_EQ_SIZE(fwrite(data, 1, size, file), size);
    CHECK_EQ_INT(fclose(file), 0);
}

static void remove_companion(void)
{
    if (unlink(companion_path) != 0) (void)rmdir(companion_path);
}

static void write_companion(const char *data, size_t size)
{
    remove_companion();
    write_file(companion_path, data, size);
}

/* A npy file of `count` doubles. */
static size_t make_npy(char *out, size_t count)
{
    static const char magic[] = "\x93NUMPY\1\0\x3c";
    memset(out, 0, 10 + 60 + count * sizeof(double));
    memcpy(out, magic, sizeof magic - 1);
    int size =
        snprintf(out + 10, 61,
                 "{'descr': '<f8', 'fortran_order': False, 'shape': (%zu,)}", count);
    memset(out + 10 + size, ' ', (size_t)(60 - size));
    for (size_t i = 0; i < count; i++) {
        double number = (double)i;
        memcpy(out + 70 + i * sizeof number, &number, sizeof number);
    }
    return 70 + count * sizeof(double);
}

static joblib_status load_main(const joblib_load_options *options,
                               joblib_document **document, joblib_error *error)
{
    joblib_status status = joblib_load_file(main_path, options, document, error);
    CHECK((status == JOBLIB_OK) == (*document != NULL));
    return status;
}

static const joblib_value *first_of(const joblib_document *document)
{
    return joblib_value_at(joblib_document_root(document), 0);
}

static void set_up(void)
{
    char npy[256];
    REQUIRE(mkdtemp(folder) != NULL);
    snprintf(main_path, sizeof main_path, "%s/main", folder);
    snprintf(companion_path, sizeof companion_path, "%s/x.npy", folder);
    write_file(main_path, ONE, sizeof ONE - 1);
    write_companion(npy, make_npy(npy, 2));
}

static void check_first(joblib_status status, joblib_document *document,
                        const joblib_error *error, joblib_kind kind)
{
    CHECK_OK(status, error);
    CHECK_EQ_INT(joblib_value_kind(first_of(document)), kind);
    joblib_document_release(document);
}

static void follows_names_beside_a_file_only(void)
{
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    joblib_status status = load_main(NULL, &document, &error);
    check_first(status, document, &error, JOBLIB_KIND_ARRAY);
    status = joblib_load_memory(ONE, sizeof ONE - 1, NULL, &document, &error);
    check_first(status, document, &error, JOBLIB_KIND_OBJECT);
    struct chunked chunked = {.data = ONE, .size = sizeof ONE - 1, .chunk = 7};
    joblib_source source = chunked_source(&chunked);
    status = joblib_load_source(&source, NULL, &document, &error);
    check_first(status, document, &error, JOBLIB_KIND_OBJECT);

    options.companions = "";
    status = load_main(&options, &document, &error);
    check_first(status, document, &error, JOBLIB_KIND_OBJECT);
}

static void follows_names_in_a_folder_that_is_given(void)
{
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    options.companions = folder;
    joblib_status status =
        joblib_load_memory(ONE, sizeof ONE - 1, &options, &document, &error);
    check_first(status, document, &error, JOBLIB_KIND_ARRAY);
    struct chunked chunked = {.data = ONE, .size = sizeof ONE - 1, .chunk = 7};
    joblib_source source = chunked_source(&chunked);
    status = joblib_load_source(&source, &options, &document, &error);
    check_first(status, document, &error, JOBLIB_KIND_ARRAY);

    options.companions = "no/such/folder";
    status = load_main(&options, &document, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_NOT_FOUND, BUILD_OFFSET);
    options.companions = main_path;
    status = load_main(&options, &document, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_IO, BUILD_OFFSET);
}

static void finds_the_folder_of_every_path(void)
{
    static const char *const paths[] = {"main", "./main", "../"};
    char here[1024], path[128];
    REQUIRE(getcwd(here, sizeof here) != NULL);
    REQUIRE(chdir(folder) == 0);
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_document *document = NULL;
        bool is_up = i == 2;
        snprintf(path, sizeof path, "%s%s%s", paths[i],
                 is_up ? strrchr(folder, '/') + 1 : "", is_up ? "/main" : "");
        joblib_status status = joblib_load_file(path, NULL, &document, &error);
        check_first(status, document, &error, JOBLIB_KIND_ARRAY);
    }
    CHECK_EQ_INT(chdir(here), 0);
}

static void refuses_what_is_no_regular_file(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    remove_companion();
    CHECK_STATUS(load_main(NULL, &document, &error), &error, JOBLIB_ERROR_NOT_FOUND,
                 BUILD_OFFSET);
    CHECK(strstr(error.message, "x.npy") != NULL);
    CHECK_EQ_INT(mkdir(companion_path, 0700), 0);
    CHECK_STATUS(load_main(NULL, &document, &error), &error, JOBLIB_ERROR_IO,
                 BUILD_OFFSET);
    CHECK(strstr(error.message, "companion x.npy: a directory") != NULL);
    remove_companion();
    CHECK_EQ_INT(symlink(main_path, companion_path), 0);
    CHECK_STATUS(load_main(NULL, &document, &error), &error, JOBLIB_ERROR_IO,
                 BUILD_OFFSET);
    remove_companion();
    CHECK_EQ_INT(mkfifo(companion_path, 0600), 0);
    CHECK_STATUS(load_main(NULL, &document, &error), &error, JOBLIB_ERROR_IO,
                 BUILD_OFFSET);
    remove_companion();
}

static void tells_where_in_the_companion(void)
{
    char npy[256];
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    size_t size = make_npy(npy, 2);
    npy[size] = 0;
    write_companion(npy, size + 1);
    CHECK_STATUS(load_main(NULL, &document, &error), &error, JOBLIB_ERROR_TRAILING,
                 BUILD_OFFSET);
    CHECK_EQ_INT(error.file_offset, BUILD_OFFSET);
    CHECK_EQ_TEXT(error.message, "companion x.npy, byte 86: 1 bytes follow the array");
}

static void remembers_where_an_array_was(void)
{
    char npy[256];
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    write_companion(npy, make_npy(npy, 2));
    CHECK_OK(load_main(NULL, &document, &error), &error);
    REQUIRE(document != NULL);
    const struct joblib_value__origin *origin = &first_of(document)->array->origin;
    CHECK_EQ_INT(origin->form, JOBLIB_VALUE_COMPANION);
    CHECK_EQ_TEXT(joblib_value_name(origin->callable), "NDArrayWrapper");
    CHECK_EQ_TEXT(joblib_value_text(joblib_value_find(origin->state, "filename"), NULL),
                  "x.npy");
    joblib_document_release(document);
}

/* Three companions of 150 bytes count together. */
static void limits_all_companions_together(void)
{
    static const char three[] =
        HEAD WRAPPER("x.npy") WRAPPER("x.npy") WRAPPER("x.npy") "e.";
    char npy[512];
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    size_t size = make_npy(npy, 40);
    write_companion(npy, size);
    write_file(main_path, three, sizeof three - 1);
    options.max_decoded = 3 * size;
    options.max_array = 320;
    joblib_status status = load_main(&options, &document, &error);
    check_first(status, document, &error, JOBLIB_KIND_ARRAY);
    options.max_decoded--;
    CHECK_STATUS(load_main(&options, &document, &error), &error, JOBLIB_ERROR_LIMIT,
                 sizeof three - 4);
    options.max_decoded++;
    options.max_array--;
    CHECK_STATUS(load_main(&options, &document, &error), &error, JOBLIB_ERROR_LIMIT,
                 BUILD_OFFSET);
    write_file(main_path, ONE, sizeof ONE - 1);
}

/* Who listens to a load of a main file and its companions. */
struct listener {
    size_t calls, cancel_at;
    uint64_t read, total;
};

static bool hear(void *ctx, uint64_t read, uint64_t total)
{
    struct listener *listener = ctx;
    listener->read = read;
    listener->total = total;
    return ++listener->calls != listener->cancel_at;
}

/* A companion of 3 MiB: its bytes are heard of like those of the main file. */
static void tells_the_progress_of_companions_and_cancels_there(void)
{
    const size_t count = (size_t)3 << 17;
    char *npy = malloc(70 + count * sizeof(double));
    const size_t size = make_npy(npy, count);
    struct listener listener = {0};
    struct fault fault = {0};
    joblib_allocator allocator = fault_allocator(&fault);
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    options.allocator = &allocator;
    options.progress = hear;
    options.progress_ctx = &listener;
    write_companion(npy, size);
    joblib_status status = load_main(&options, &document, &error);
    check_first(status, document, &error, JOBLIB_KIND_ARRAY);
    CHECK_EQ_INT(listener.read, size + sizeof ONE - 1);
    CHECK_EQ_INT(listener.total, size + sizeof ONE - 1);
    const size_t calls = listener.calls;
    CHECK(calls >= 3 + 2);
    for (size_t at = 1; at <= calls; at++) {
        listener = (struct listener){.cancel_at = at};
        CHECK_EQ_INT(load_main(&options, &document, &error), JOBLIB_ERROR_CANCELLED);
        CHECK_EQ_SIZE(fault.live_bytes, 0);
    }
    options.progress = NULL;
    options.max_input = size;
    status = load_main(&options, &document, &error);
    check_first(status, document, &error, JOBLIB_KIND_ARRAY);
    options.max_input = size - 1;
    CHECK_STATUS(load_main(&options, &document, &error), &error, JOBLIB_ERROR_LIMIT,
                 BUILD_OFFSET);
    free(npy);
}

/* The companion of a vector, cut at every byte and changed at every byte. */
static void damage_companion(const char *name)
{
    static const unsigned char masks[] = {0x01, 0x80, 0xff};
    struct vector_bytes npy = vector_read(name, ".joblib_01.npy");
    for (size_t size = 0; size < npy.size; size++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_document *document = NULL;
        write_companion(npy.data, size);
        CHECK_STATUS(load_main(NULL, &document, &error), &error, JOBLIB_ERROR_TRUNCATED,
                     BUILD_OFFSET);
    }
    for (size_t i = 0; i < 3 * npy.size; i++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_document *document = NULL;
        npy.data[i / 3] = (char)(npy.data[i / 3] ^ masks[i % 3]);
        write_companion(npy.data, npy.size);
        joblib_status status = load_main(NULL, &document, &error);
        CHECK(status == JOBLIB_OK || error.offset == BUILD_OFFSET);
        joblib_document_release(document);
        npy.data[i / 3] = (char)(npy.data[i / 3] ^ masks[i % 3]);
    }
    free(npy.data);
}

static void survives_damaged_companions(void)
{
    damage_companion("valid/legacy/array-joblib0.9");
    damage_companion("valid/legacy/struct-nested-joblib0.9");
    damage_companion("valid/legacy/objects-joblib0.8-py2.7");
}

static bool load_with_fault(const char *name, size_t fail_at, bool for_ever)
{
    struct fault fault = {.fail_at = fail_at, .for_ever = for_ever};
    joblib_allocator allocator = fault_allocator(&fault);
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    options.allocator = &allocator;
    joblib_status status =
        joblib_load_file(vector_path(name, ".joblib"), &options, &document, &error);
    bool failed = fault.allocations >= fail_at;
    CHECK_EQ_INT(status, failed ? JOBLIB_ERROR_MEMORY : JOBLIB_OK);
    joblib_document_release(document);
    CHECK_EQ_SIZE(fault.live_bytes, 0);
    return failed;
}

static void sweep_faults(const char *name)
{
    for (int for_ever = 0; for_ever < 2; for_ever++) {
        size_t fail_at = 1;
        while (fail_at < MOST_FAULTS && load_with_fault(name, fail_at, for_ever))
            fail_at++;
        CHECK(fail_at < MOST_FAULTS);
    }
}

static void survives_failing_allocations(void)
{
    CHECK(vector_each("valid/legacy/", sweep_faults) > 20);
    CHECK(vector_each("valid/releases/zf-companions-", sweep_faults) > 5);
}

static void tear_down(void)
{
    remove_companion();
    CHECK_EQ_INT(unlink(main_path), 0);
    CHECK_EQ_INT(rmdir(folder), 0);
}

int main(void)
{
    RUN(set_up);
    RUN(follows_names_beside_a_file_only);
    RUN(follows_names_in_a_folder_that_is_given);
    RUN(finds_the_folder_of_every_path);
    RUN(refuses_what_is_no_regular_file);
    RUN(tells_where_in_the_companion);
    RUN(remembers_where_an_array_was);
    RUN(limits_all_companions_together);
    RUN(tells_the_progress_of_companions_and_cancels_there);
    RUN(survives_damaged_companions);
    RUN(survives_failing_allocations);
    RUN(tear_down);
    return test_finish();
}
