/*
 * Every verb ends in an orderly way whichever allocation fails.
 *
 * The linker sends all calls of malloc, calloc and realloc in this program to the
 * functions below.
 */
#ifdef JOBLIB_HAVE_JANSSON
#include <jansson.h>
#endif

#include "command/run.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);

static size_t allocations, failing_allocation;
static bool all_later_fail;

static bool fails_now(void)
{
    allocations++;
    if (failing_allocation == 0) return false;
    return allocations == failing_allocation ||
           (all_later_fail && allocations > failing_allocation);
}

void *__wrap_malloc(size_t size)
{
    return fails_now() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails_now() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return fails_now() ? NULL : __real_realloc(memory, size);
}

static bool write_nowhere(void *ctx, const void *data, size_t size)
{
    (void)ctx;
    (void)data;
    (void)size;
    return true;
}

/* Runs the words with one allocation failing, and returns the exit status. */
static int run_failing(const char *const *words, size_t failing)
{
    static joblib_command__output out, err;
    const char *copy[9] = {"joblib"};
    int count = 1;
    for (; words[count - 1] != NULL; count++) copy[count] = words[count - 1];
    joblib_command__output_init(&out, write_nowhere, NULL);
    joblib_command__output_init(&err, write_nowhere, NULL);
    allocations = 0;
    failing_allocation = failing;
    int status = joblib_command__main(count, copy, &out, &err);
    failing_allocation = 0;
    CHECK((status == JOBLIB_COMMAND_DONE) == (err.total == 0));
    return status;
}

/* A run without failures ends the loop: by then each allocation has failed once. */
static void fail_each(const char *const *words)
{
    CHECK_EQ_INT(run_failing(words, 0), JOBLIB_COMMAND_DONE);
    size_t count = allocations;
    CHECK(count > 0);
    for (size_t i = 1; i <= count && !test_counts.case_failed; i++) {
        all_later_fail = false;
        int once = run_failing(words, i);
        CHECK(once == JOBLIB_COMMAND_DONE || once == JOBLIB_COMMAND_REFUSED);
        all_later_fail = true;
        CHECK_EQ_INT(run_failing(words, i), JOBLIB_COMMAND_REFUSED);
        if (test_counts.case_failed) printf("    allocation %zu of %zu\n", i, count);
    }
}

#define FAIL_EACH(...) fail_each((const char *const[]){__VA_ARGS__, NULL})

static void shows_or_refuses(void)
{
    FAIL_EACH("show", data_path("document.joblib"));
    FAIL_EACH("show", data_path("document.joblib"), "--json");
    FAIL_EACH("show", data_path("array-objects-mixed.joblib"), "--json");
}

static void describes_or_refuses(void)
{
    FAIL_EACH("model", data_path("line.joblib"));
    FAIL_EACH("model", data_path("two.joblib"), "--json");
}

static void predicts_or_refuses(void)
{
    static const char output[] = "command-memory-test.joblib";
    FAIL_EACH("predict", data_path("tree.joblib"), data_path("rows.csv"));
    FAIL_EACH("predict", data_path("two.joblib"), data_path("rows.npy"), "--output",
              output);
    FAIL_EACH("predict", data_path("two.joblib"), data_path("rows.npy"), "--output",
              output, "--method", "predict_proba");
    FAIL_EACH("predict", data_path("scaler.joblib"), data_path("sparse.joblib"));
    remove(output);
}

static void verifies_or_refuses(void)
{
    FAIL_EACH("verify", data_path("line.joblib"), data_path("line-cases.joblib"));
    FAIL_EACH("verify", data_path("two.joblib"), data_path("two-cases.joblib"));
}

/* Reading JSON takes memory of jansson's too. */
static void converts_or_refuses(void)
{
    static const char json[] = "command-memory-test.json", file[] = "command-memory-test";
    const char *vector = vector_path("valid/releases/raw-joblib1.5.0", ".joblib");
    FAIL_EACH("convert", vector, json);
#ifdef JOBLIB_HAVE_JANSSON
    json_set_alloc_funcs(__wrap_malloc, free);
    CHECK_EQ_INT(run_failing((const char *const[]){"convert", vector, json, NULL}, 0), 0);
    FAIL_EACH("convert", json, file);
#endif
    remove(json);
    remove(file);
}

int main(void)
{
    RUN(shows_or_refuses);
    RUN(describes_or_refuses);
    RUN(predicts_or_refuses);
    RUN(verifies_or_refuses);
    RUN(converts_or_refuses);
    return test_finish();
}
