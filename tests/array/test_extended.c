/* Long doubles of x86 as doubles: what numpy makes of them stands in a vector beside them. */
#include <stdlib.h>

#include "array/array.h"
#include "joblib.h"
#include "support/test.h"
#include "support/vectors.h"

#define VECTOR "valid/kinds/longdouble-joblib1.6"
#define MOST 64

static const joblib_dtype *dtype_of(joblib_base__arena *arena, const char *text)
{
    const joblib_dtype *dtype = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_array__dtype_simple(arena, text, strlen(text), '=', NULL, &dtype,
                                        &error),
             &error);
    return dtype;
}

static joblib_document *open_vector(joblib_array *numbers, joblib_array *expected)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_load_file(vector_path(VECTOR, ".joblib"), NULL, &document, &error),
             &error);
    const joblib_value *root = joblib_document_root(document);
    CHECK_OK(joblib_value_array(joblib_value_find(root, "longdouble"), numbers, &error),
             &error);
    CHECK_OK(joblib_value_array(joblib_value_find(root, "float64"), expected, &error),
             &error);
    return document;
}

/* All bits but the sign and the payload of NaN. */
static void compare(const joblib_array *numbers, const joblib_array *expected)
{
    double found[MOST], wanted[MOST];
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_array_read_float64(numbers, found, MOST, &error), &error);
    CHECK_OK(joblib_array_read_float64(expected, wanted, MOST, &error), &error);
    for (size_t i = 0; i < numbers->count; i++) {
        bool same = memcmp(&found[i], &wanted[i], sizeof found[i]) == 0;
        bool both_nan = found[i] != found[i] && wanted[i] != wanted[i];
        if (!same && !both_nan)
            test_fail(__FILE__, __LINE__, "number %zu is %a, numpy has %a", i, found[i],
                      wanted[i]);
    }
}

static void rounds_as_numpy_does(void)
{
    joblib_array numbers = JOBLIB_ARRAY_INIT, expected = JOBLIB_ARRAY_INIT;
    joblib_document *document = open_vector(&numbers, &expected);
    CHECK(numbers.count > 20 && numbers.count <= MOST);
    CHECK_EQ_SIZE(expected.count, numbers.count);
    compare(&numbers, &expected);
    joblib_document_release(document);
}

/* 32-bit x86 has the same ten bytes in twelve, and nothing aligns them. */
static void reads_twelve_bytes_of_any_alignment(void)
{
    joblib_array numbers = JOBLIB_ARRAY_INIT, expected = JOBLIB_ARRAY_INIT, narrow;
    char bytes[MOST * 12 + 1];
    int64_t shape[1], strides[1];
    joblib_base__arena arena;
    joblib_base__arena_init(&arena, NULL, SIZE_MAX);
    joblib_document *document = open_vector(&numbers, &expected);
    for (size_t i = 0; i < numbers.count; i++)
        memcpy(bytes + 1 + 12 * i, joblib_array_item(&numbers, i), 12);
    shape[0] = (int64_t)numbers.count;
    joblib_array__view(&narrow, bytes + 1, dtype_of(&arena, "<f12"), shape, strides, 1,
                       false);
    compare(&narrow, &expected);
    joblib_document_release(document);
    joblib_base__arena_free(&arena);
}

/* Bits that no x86 makes, and 1.0 of machines whose long double has 113 digits or is two
   doubles: their exponents stand elsewhere. */
static const struct {
    const char *text;
    unsigned char bytes[16];
} others[] = {
    {"<f16", {0, 0, 0, 0, 0, 0, 0, 0x7f, 0xff, 0x3f}},
    {"<f16", {0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0x7f}},
    {"<f16", {0, 0, 0, 0, 0, 0, 0, 0x40, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0xfd, 0x3f}},
    {"<f12", {0, 0, 0, 0, 0, 0, 0, 0, 1, 0}},
    {">f16", {0x3f, 0xff}},
    {"<c32", {0}},
};

static void refuses_other_bits(void)
{
    static const int64_t shape[] = {1};
    joblib_base__arena arena;
    joblib_base__arena_init(&arena, NULL, SIZE_MAX);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        double out = 5;
        int64_t strides[1];
        joblib_array array;
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_array__view(&array, others[i].bytes, dtype_of(&arena, others[i].text),
                           shape, strides, 1, false);
        CHECK_EQ_INT(joblib_array_read_float64(&array, &out, 1, &error),
                     JOBLIB_ERROR_KIND);
        CHECK_EQ_DOUBLE(out, 5.0);
    }
    joblib_base__arena_free(&arena);
}

static void reads_scalars(void)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    double number = 0;
    CHECK_OK(joblib_load_file(vector_path("valid/kinds/longdouble-scalar-joblib1.6",
                                          ".joblib"),
                              NULL, &document, &error),
             &error);
    const joblib_value *root = joblib_document_root(document);
    CHECK_OK(joblib_value_as_float64(joblib_value_at(root, 0), &number, &error), &error);
    CHECK_EQ_DOUBLE(number, 1.0);
    joblib_document_release(document);
}

static void reads_complex_scalars_of_every_size(void)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_load_file(vector_path("valid/kinds/complex-scalars-joblib1.6",
                                          ".joblib"),
                              NULL, &document, &error),
             &error);
    const joblib_value *root = joblib_document_root(document);
    CHECK_EQ_SIZE(joblib_value_count(root), 4);
    for (size_t i = 0; i < joblib_value_count(root); i++) {
        const joblib_value *both = joblib_value_at(root, i);
        double found[2], expected[2];
        CHECK_OK(joblib_value_as_complex(joblib_value_at(both, 0), &found[0], &found[1],
                                         &error),
                 &error);
        CHECK_OK(joblib_value_as_complex(joblib_value_at(both, 1), &expected[0],
                                         &expected[1], &error),
                 &error);
        CHECK_EQ_DOUBLE(found[0], expected[0]);
        CHECK_EQ_DOUBLE(found[1], expected[1]);
    }
    joblib_document_release(document);
}

int main(void)
{
    RUN(rounds_as_numpy_does);
    RUN(reads_twelve_bytes_of_any_alignment);
    RUN(refuses_other_bits);
    RUN(reads_scalars);
    RUN(reads_complex_scalars_of_every_size);
    return test_finish();
}
