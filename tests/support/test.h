#ifndef TEST_H
#define TEST_H

/**
 * The test harness: one executable a unit, one function a case.
 *     static void rejects_an_empty_input(void) { CHECK_EQ_INT(load_bytes("", 0), 20); }
 *
 *     int main(void) { RUN(rejects_an_empty_input); return test_finish(); }
 *
 * A failed check prints where and what, fails its case and goes on, so that the case can
 * free what it holds. REQUIRE leaves the case instead.
 */

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "joblib/error.h"

static struct {
    int passed;
    int failed;
    bool case_failed;
} test_counts;

/** Runs one case and prints its name. */
#define RUN(case) test_run(#case, case)

/** Checks that a condition holds. */
#define CHECK(condition) \
    ((condition) ? (void)0 : test_fail(__FILE__, __LINE__, "%s", #condition))

/** Like CHECK, but a failure also leaves the case. */
#define REQUIRE(condition) \
    do { \
        if (!(condition)) { \
            test_fail(__FILE__, __LINE__, "%s", #condition); \
            return; \
        } \
    } while (0)

/** Checks two integers of at most 64 bits. */
#define CHECK_EQ_INT(found, expected) \
    test_int(__FILE__, __LINE__, #found, (int64_t)(found), (int64_t)(expected))

/** The same for sizes, counts and offsets. */
#define CHECK_EQ_SIZE(found, expected) CHECK_EQ_INT(found, expected)

/** Checks two terminated texts, either of which may be NULL. */
#define CHECK_EQ_TEXT(found, expected) \
    test_text(__FILE__, __LINE__, #found, (found), (expected))

/** Checks `size` bytes. */
#define CHECK_EQ_BYTES(found, expected, size) \
    test_bytes(__FILE__, __LINE__, #found, (found), (expected), (size))

/** Checks that two doubles have the same bits: -0.0 is not 0.0, and a NaN equals itself. */
#define CHECK_EQ_DOUBLE(found, expected) \
    test_double(__FILE__, __LINE__, #found, (found), (expected))

/** Checks that a call succeeded; prints the message of `error` if not. */
#define CHECK_OK(status, error) \
    test_status(__FILE__, __LINE__, (int)(status), (error), JOBLIB_OK, JOBLIB_NO_OFFSET)

/** Checks a status, that `*error` holds it too, and its offset in the decoded stream. */
#define CHECK_STATUS(status, error, expected, offset) \
    test_status(__FILE__, __LINE__, (int)(status), (error), (expected), (offset))

#define test_fail(file, line, ...) \
    (test_counts.case_failed = true, (void)printf("    %s:%d: ", (file), (int)(line)), \
     (void)printf(__VA_ARGS__), (void)puts(""))

static inline void test_run(const char *name, void (*run)(void))
{
    test_counts.case_failed = false;
    printf("%s\n", name);
    fflush(stdout);
    run();
    test_counts.passed += !test_counts.case_failed;
    test_counts.failed += test_counts.case_failed;
    if (test_counts.case_failed) printf("    FAILED: %s\n", name);
}

/** Prints the totals and gives the exit status. A program without cases fails. */
static inline int test_finish(void)
{
    printf("%d passed, %d failed\n", test_counts.passed, test_counts.failed);
    return test_counts.failed > 0 || test_counts.passed == 0;
}

/** Sizes are printed signed too: JOBLIB_NO_OFFSET is -1. */
static inline void test_int(const char *file, int line, const char *what, int64_t found,
                            int64_t expected)
{
    if (found != expected) {
        test_fail(file, line, "%s is %" PRId64 ", expected %" PRId64, what, found,
                  expected);
    }
}

static inline void test_text(const char *file, int line, const char *what,
                             const char *found, const char *expected)
{
    const char *left = found != NULL ? found : "(NULL)";
    const char *right = expected != NULL ? expected : "(NULL)";
    if (strcmp(left, right) != 0) {
        test_fail(file, line, "%s is \"%s\", expected \"%s\"", what, left, right);
    }
}

static inline void test_bytes(const char *file, int line, const char *what,
                              const void *found, const void *expected, size_t size)
{
    const unsigned char *left = found, *right = expected;
    for (size_t i = 0; i < size; i++) {
        if (left == NULL || right == NULL || left[i] != right[i]) {
            test_fail(file, line, "%s differs at byte %zu of %zu", what, i, size);
            return;
        }
    }
}

static inline void test_double(const char *file, int line, const char *what, double found,
                               double expected)
{
    uint64_t bits[2] = {0, 0};
    memcpy(&bits[0], &found, sizeof found);
    memcpy(&bits[1], &expected, sizeof expected);
    if (bits[0] != bits[1]) {
        test_fail(file, line, "%s is %a (%.17g), expected %a (%.17g)", what, found, found,
                  expected, expected);
    }
}

static inline void test_status(const char *file, int line, int found,
                               const joblib_error *error, int expected, uint64_t offset)
{
    if (found != expected) {
        test_fail(file, line, "status is %d (%s), expected %d", found,
                  error != NULL ? error->message : "", expected);
    } else if (error != NULL && found != JOBLIB_OK) {
        test_int(file, line, "error->status", error->status, expected);
        test_int(file, line, "error->offset", (int64_t)error->offset, (int64_t)offset);
    }
}

#endif
