/* Settings of the process that must change nothing: rounding, locale, little address space,
   a fork. */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include <fcntl.h>
#include <fenv.h>
#include <locale.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "joblib.h"
#include "support/models.h"
#include "support/test.h"
#include "support/vectors.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* Files of floats as text: their bits depend on how a reader rounds, and on its point. */
static const char *const texts[] = {"valid/text/float-forms", "valid/text/float-edges",
                                    "valid/text/float-ties",
                                    "valid/text/float-many-digits"};

#define TEXTS (sizeof texts / sizeof *texts)

static joblib_document *load_vector(const char *name)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_load_file(vector_path(name, ".joblib"), NULL, &document, &error),
             &error);
    return document;
}

/* The bits of all numbers of a list or tuple. */
static uint64_t sum_bits(const joblib_value *list)
{
    uint64_t sum = joblib_value_count(list);
    for (size_t i = 0; i < joblib_value_count(list); i++) {
        uint64_t bits = 0;
        double number = 0;
        if (joblib_value_as_float64(joblib_value_at(list, i), &number, NULL) != JOBLIB_OK)
            continue;
        memcpy(&bits, &number, sizeof bits);
        sum = sum * 31 + bits;
    }
    return sum;
}

static uint64_t sum_of_vector(const char *name)
{
    joblib_document *document = load_vector(name);
    uint64_t sum = sum_bits(joblib_document_root(document));
    joblib_document_release(document);
    return sum;
}

static void reads_the_same_numbers_however_the_process_rounds(void)
{
    static const int modes[] = {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
    for (size_t i = 0; i < TEXTS; i++) {
        uint64_t expected = sum_of_vector(texts[i]);
        for (size_t k = 0; k < sizeof modes / sizeof *modes; k++) {
            CHECK_EQ_INT(fesetround(modes[k]), 0);
            CHECK_EQ_INT(sum_of_vector(texts[i]), expected);
            CHECK_EQ_INT(fegetround(), modes[k]);
            CHECK_EQ_INT(fesetround(FE_TONEAREST), 0);
        }
    }
}

/* With a comma, with other digits, with an i that has no dot; as far as the system has them. */
static void reads_the_same_numbers_in_every_locale(void)
{
    static const char *const locales[] = {"C.UTF-8",     "de_DE.UTF-8", "fr_FR.UTF-8",
                                          "tr_TR.UTF-8", "fa_IR.UTF-8", ""};
    uint64_t expected[TEXTS];
    for (size_t i = 0; i < TEXTS; i++) expected[i] = sum_of_vector(texts[i]);
    for (size_t k = 0; k < sizeof locales / sizeof *locales; k++) {
        if (!setlocale(LC_ALL, locales[k])) continue;
        char *before = strdup(setlocale(LC_ALL, NULL));
        for (size_t i = 0; i < TEXTS; i++)
            CHECK_EQ_INT(sum_of_vector(texts[i]), expected[i]);
        CHECK_EQ_TEXT(setlocale(LC_ALL, NULL), before);
        free(before);
    }
    setlocale(LC_ALL, "C");
}

/* Runs a function in a child; whether it returned true. */
static bool succeeds_in_child(bool (*function)(void *ctx), void *ctx)
{
    int status = -1;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) _exit(function(ctx) ? 0 : 1);
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

/* 512 MiB of bytes in a file without any, with 256 MiB of address space. */
static bool runs_out_of_address_space(void *path)
{
    struct rlimit limit = {(rlim_t)256 << 20, (rlim_t)256 << 20};
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    if (setrlimit(RLIMIT_AS, &limit) != 0) return false;
    joblib_status status = joblib_load_file(path, NULL, &document, &error);
    if (status != JOBLIB_ERROR_MEMORY || document) return false;
    status = joblib_load_memory("\x80\2N.", 4, NULL, &document, &error);
    joblib_document_release(document);
    return status == JOBLIB_OK;
}

static void reports_what_the_system_has_no_room_for(void)
{
    char path[] = "/tmp/joblib-process-XXXXXX";
    int file = mkstemp(path);
    CHECK(write(file, "\x80\4\x8e\0\0\0\x20\0\0\0\0", 11) == 11);
    CHECK(ftruncate(file, 11 + ((off_t)512 << 20)) == 0);
    CHECK(pwrite(file, ".", 1, 11 + ((off_t)512 << 20)) == 1);
    close(file);
    if (!SANITIZED) CHECK(succeeds_in_child(runs_out_of_address_space, path));
    unlink(path);
}

/* A document and a model that a process inherits. */
struct inherited {
    joblib_document *document;
    joblib_model *model;
    uint64_t sum;
};

static bool uses_and_frees(void *ctx)
{
    struct inherited *inherited = ctx;
    double row[2] = {1, 2}, out = 0;
    joblib_input input;
    joblib_input_dense(&input, row, JOBLIB_NUMBER_FLOAT64, 1, 2);
    joblib_status status = joblib_model_fill(inherited->model, JOBLIB_METHOD_PREDICT,
                                             &input, NULL, &out, 1, NULL);
    bool same = sum_bits(joblib_document_root(inherited->document)) == inherited->sum;
    joblib_model_release(inherited->model);
    joblib_document_release(inherited->document);
    return status == JOBLIB_OK && out == 1 * 3 + 2 * 4 + 5 && same;
}

static void serves_a_child_and_its_parent(void)
{
    struct inherited inherited = {0};
    joblib_error error = JOBLIB_ERROR_INIT;
    inherited.document = load_vector("valid/text/float-forms");
    inherited.sum = sum_bits(joblib_document_root(inherited.document));
    CHECK_OK(model_from("sklearn.linear_model._base.LinearRegression(n_features_in_=2, "
                        "coef_=f8[2]{3,4}, intercept_=5.0)",
                        NULL, &inherited.model, &error),
             &error);
    CHECK(succeeds_in_child(uses_and_frees, &inherited));
    CHECK(succeeds_in_child(uses_and_frees, &inherited));
    CHECK(uses_and_frees(&inherited));
}

int main(void)
{
    RUN(reads_the_same_numbers_however_the_process_rounds);
    RUN(reads_the_same_numbers_in_every_locale);
    RUN(reports_what_the_system_has_no_room_for);
    RUN(serves_a_child_and_its_parent);
    return test_finish();
}
