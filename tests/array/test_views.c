/* Views: strides, orders, flags, and reading of elements wherever they stand. */
#include "array/array.h"

#include "support/test.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static const int32_t numbers[24] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11,
                                    12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23};

/* Shape, order, and what numpy's strides and flags are. */
static const struct {
    int64_t shape[3];
    size_t ndim;
    bool fortran;
    int64_t strides[3];
    uint32_t order;
} views[] = {
    {{2, 3, 4}, 3, false, {48, 16, 4}, JOBLIB_ARRAY_C_ORDER},
    {{2, 3, 4}, 3, true, {4, 8, 24}, JOBLIB_ARRAY_F_ORDER},
    {{24}, 1, false, {4}, JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER},
    {{24}, 1, true, {4}, JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER},
    {{1, 24}, 2, false, {96, 4}, JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER},
    {{24, 1}, 2, true, {4, 96}, JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER},
    {{0, 24}, 2, false, {96, 4}, JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER},
    {{0}, 0, false, {0}, JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER},
};

static void has_the_strides_of_numpy(void)
{
    const joblib_dtype *dtype = joblib_dtype_number(JOBLIB_NUMBER_INT32);
    for (size_t i = 0; i < COUNT(views); i++) {
        joblib_array array;
        int64_t strides[3] = {0};
        size_t count = 1;
        joblib_array__view(&array, numbers, dtype, views[i].shape, strides, views[i].ndim,
                           views[i].fortran);
        for (size_t k = 0; k < views[i].ndim; k++) {
            count *= (size_t)views[i].shape[k];
            if (count > 0) CHECK_EQ_INT(strides[k], views[i].strides[k]);
        }
        CHECK_EQ_SIZE(array.count, count);
        CHECK_EQ_INT(array.flags,
                     views[i].order | JOBLIB_ARRAY_ALIGNED | JOBLIB_ARRAY_NATIVE);
    }
}

/* Element (i, j, k) in C order, whatever the order in memory. */
static void counts_elements_in_c_order(void)
{
    static const int64_t shape[] = {2, 3, 4};
    const joblib_dtype *dtype = joblib_dtype_number(JOBLIB_NUMBER_INT32);
    joblib_array array;
    int64_t strides[3], read[24];
    double real[24];
    int32_t bytes[24];
    joblib_array__view(&array, numbers, dtype, shape, strides, 3, true);
    CHECK_EQ_INT(joblib_array_read_int64(&array, read, 24, NULL), JOBLIB_OK);
    CHECK_EQ_INT(joblib_array_read_float64(&array, real, 24, NULL), JOBLIB_OK);
    CHECK_EQ_INT(joblib_array_read_bytes(&array, bytes, sizeof bytes, NULL), JOBLIB_OK);
    for (int i = 0, index = 0; i < 2; i++) {
        for (int j = 0; j < 3; j++) {
            for (int k = 0; k < 4; k++, index++) {
                int expected = i + 2 * j + 6 * k;
                int32_t item;
                memcpy(&item, joblib_array_item(&array, (size_t)index), sizeof item);
                CHECK_EQ_INT(item, expected);
                CHECK_EQ_INT(read[index], expected);
                CHECK_EQ_INT(bytes[index], expected);
                CHECK_EQ_DOUBLE(real[index], (double)expected);
            }
        }
    }
}

/* A caller's own view may go backwards, or stand still. */
static void reads_strides_of_any_sign(void)
{
    static const int64_t shape[] = {2, 3};
    static const int64_t backwards[] = {-12, -4}, still[] = {0, 4};
    int64_t read[6];
    joblib_array array = {.struct_size = sizeof array,
                          .flags = JOBLIB_ARRAY_ALIGNED | JOBLIB_ARRAY_NATIVE,
                          .data = numbers + 5,
                          .dtype = joblib_dtype_number(JOBLIB_NUMBER_INT32),
                          .shape = shape,
                          .strides = backwards,
                          .ndim = 2,
                          .count = 6};
    CHECK_EQ_INT(joblib_array_read_int64(&array, read, 6, NULL), JOBLIB_OK);
    for (int i = 0; i < 6; i++) CHECK_EQ_INT(read[i], 5 - i);
    array.strides = still;
    CHECK_EQ_INT(joblib_array_read_int64(&array, read, 6, NULL), JOBLIB_OK);
    for (int i = 0; i < 6; i++) CHECK_EQ_INT(read[i], 5 + i % 3);
}

static void reads_elements_of_any_alignment(void)
{
    static const int64_t shape[] = {5};
    char memory[64];
    for (size_t shift = 0; shift < 8; shift++) {
        joblib_array array;
        int64_t stride, read[5];
        memcpy(memory + shift, numbers, 20);
        joblib_array__view(&array, memory + shift,
                           joblib_dtype_number(JOBLIB_NUMBER_INT32), shape, &stride, 1,
                           false);
        bool aligned = ((uintptr_t)memory + shift) % 4 == 0;
        CHECK_EQ_INT((array.flags & JOBLIB_ARRAY_ALIGNED) != 0, aligned);
        CHECK_EQ_INT(joblib_array_read_int64(&array, read, 5, NULL), JOBLIB_OK);
        for (int i = 0; i < 5; i++) CHECK_EQ_INT(read[i], i);
    }
}

static void refuses_unsigned_numbers_beyond_int64(void)
{
    joblib_array array;
    int64_t read[2];
    double real[2];
    joblib_error error = JOBLIB_ERROR_INIT;
    static const uint64_t wide[] = {INT64_MAX, (uint64_t)INT64_MAX + 1};
    static const int64_t shape[] = {2};
    int64_t stride;
    joblib_array__view(&array, wide, joblib_dtype_number(JOBLIB_NUMBER_UINT64), shape,
                       &stride, 1, false);
    joblib_status status = joblib_array_read_int64(&array, read, 2, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_RANGE, JOBLIB_NO_OFFSET);
    CHECK_EQ_INT(joblib_array_read_float64(&array, real, 2, NULL), JOBLIB_OK);
    CHECK_EQ_DOUBLE(real[1], 0x1p63);
}

/* Texts */

static joblib_base__arena arena;

static joblib_array text_view(const void *data, const char *type, const int64_t *shape)
{
    static int64_t stride;
    joblib_array array = JOBLIB_ARRAY_INIT;
    const joblib_dtype *dtype = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    bool has_order = type[0] == '<' || type[0] == '>';
    CHECK_OK(joblib_array__dtype_simple(&arena, type + has_order,
                                        strlen(type + has_order),
                                        has_order ? type[0] : '|', NULL, &dtype, &error),
             &error);
    joblib_array__view(&array, data, dtype, shape, &stride, 1, false);
    return array;
}

/* `expected` NULL: the element cannot be read. */
static void check_element(const joblib_array *array, size_t index, const char *expected,
                          size_t expected_size)
{
    char text[64];
    size_t size = 99;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_status status =
        joblib_array_text(array, index, text, sizeof text, &size, &error);
    if (!expected) {
        CHECK_STATUS(status, &error, JOBLIB_ERROR_ARRAY, JOBLIB_NO_OFFSET);
        return;
    }
    CHECK_OK(status, &error);
    CHECK_EQ_SIZE(size, expected_size);
    CHECK_EQ_BYTES(text, expected, expected_size);
    CHECK_OK(joblib_array_text(array, index, NULL, 0, &size, &error), &error);
    CHECK_EQ_SIZE(size, expected_size);
    if (expected_size == 0) return;
    status = joblib_array_text(array, index, text, expected_size - 1, &size, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_RANGE, JOBLIB_NO_OFFSET);
    CHECK_EQ_SIZE(size, expected_size);
}

static void reads_text_of_code_points(void)
{
    static const uint32_t cells[] = {'a',      'b',    0,          0, 0,        0xe9,
                                     0x10ffff, 0xd800, 0,          0, 0x110000, 0,
                                     0xe9,     'x',    UINT32_MAX, 0};
    static const int64_t shape[] = {8};
    joblib_array array = text_view(cells, "<U2", shape);
    check_element(&array, 0, "ab", 2);
    check_element(&array, 1, "", 0);
    check_element(&array, 2, "\0\xc3\xa9", 3);
    check_element(&array, 3, "\xf4\x8f\xbf\xbf\xed\xa0\x80", 7);
    check_element(&array, 4, "", 0);
    check_element(&array, 5, NULL, 0);
    check_element(&array, 6, "\xc3\xa9x", 3);
    check_element(&array, 7, NULL, 0);
}

static void reads_text_of_foreign_byte_order(void)
{
    static const unsigned char cells[] = {0, 0, 0, 'a', 0, 1, 0xf6, 0x00};
    static const int64_t shape[] = {1};
    joblib_array array = text_view(cells, ">U2", shape);
    check_element(&array, 0, "a\xf0\x9f\x98\x80", 5);
}

static void reads_bytes_without_their_trailing_nuls(void)
{
    static const int64_t shape[] = {4};
    joblib_array array = text_view("abcab\0a\0c\0\0\0", "S3", shape);
    check_element(&array, 0, "abc", 3);
    check_element(&array, 1, "ab", 2);
    check_element(&array, 2, "a\0c", 3);
    check_element(&array, 3, "", 0);
}

static void measures_shapes_as_numpy_does(void)
{
    static const struct {
        int64_t shape[3];
        size_t ndim, itemsize, count;
        joblib_status status;
    } shapes[] = {
        {{2, 3, 4}, 3, 8, 24, JOBLIB_OK},
        {{0}, 0, 8, 1, JOBLIB_OK},
        {{5, 0, 7}, 3, 8, 0, JOBLIB_OK},
        {{-1}, 1, 8, 0, JOBLIB_ERROR_ARRAY},
        {{-1, -3}, 2, 8, 0, JOBLIB_ERROR_ARRAY},
        {{INT64_MAX}, 1, 1, INT64_MAX, JOBLIB_OK},
        {{INT64_MAX}, 1, 2, 0, JOBLIB_ERROR_ARRAY},
        {{INT64_C(1) << 32, INT64_C(1) << 32}, 2, 1, 0, JOBLIB_ERROR_ARRAY},
        {{0, INT64_C(1) << 62}, 2, 8, 0, JOBLIB_ERROR_ARRAY},
        {{INT32_MAX}, 1, 0, INT32_MAX, JOBLIB_OK},
        {{(int64_t)INT32_MAX + 1}, 1, 0, 0, JOBLIB_ERROR_ARRAY},
    };
    for (size_t i = 0; i < COUNT(shapes); i++) {
        size_t count, size;
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_status status =
            joblib_array__measure(shapes[i].shape, shapes[i].ndim, shapes[i].itemsize,
                                  &count, &size, &error);
        CHECK_STATUS(status, &error, (int)shapes[i].status, JOBLIB_NO_OFFSET);
        if (status != JOBLIB_OK) continue;
        CHECK_EQ_SIZE(count, shapes[i].count);
        CHECK_EQ_SIZE(size, shapes[i].count * shapes[i].itemsize);
    }
}

int main(void)
{
    joblib_base__arena_init(&arena, NULL, UINT64_MAX);
    RUN(has_the_strides_of_numpy);
    RUN(counts_elements_in_c_order);
    RUN(reads_strides_of_any_sign);
    RUN(reads_elements_of_any_alignment);
    RUN(refuses_unsigned_numbers_beyond_int64);
    RUN(reads_text_of_code_points);
    RUN(reads_text_of_foreign_byte_order);
    RUN(reads_bytes_without_their_trailing_nuls);
    RUN(measures_shapes_as_numpy_does);
    joblib_base__arena_free(&arena);
    return test_finish();
}
