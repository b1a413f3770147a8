/* Dense input of every type, order and stride, and input that is refused. */
#include <stdlib.h>

#include "joblib/predict.h"
#include "support/models.h"
#include "support/test.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* Predicts x + 10 y, without rounding for small integers. */
#define WEIGHTED \
    "sklearn.linear_model._base.LinearRegression(coef_=f8[2]{1,10}, intercept_=0.0, " \
    "_sklearn_version='1.2.2')"

static joblib_model *model_of(const char *notation)
{
    joblib_model *model = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(model_from(notation, NULL, &model, &error), &error);
    return model;
}

/* Two rows, (1, 2) and (3, 4): 21 and 43. */
static void check_prediction(const joblib_model *model, const joblib_input *input,
                             const char *what)
{
    double out[2] = {0};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_status status =
        joblib_model_fill(model, JOBLIB_METHOD_PREDICT, input, NULL, out, 2, &error);
    if (status != JOBLIB_OK || out[0] != 21 || out[1] != 43)
        test_fail(__FILE__, __LINE__, "%s: %g and %g (%s)", what, out[0], out[1],
                  error.message);
}

static void reads_every_type_of_number(void)
{
    static const int8_t int8[] = {1, 2, 3, 4};
    static const int16_t int16[] = {1, 2, 3, 4};
    static const int32_t int32[] = {1, 2, 3, 4};
    static const int64_t int64[] = {1, 2, 3, 4};
    static const uint16_t half[] = {0x3c00, 0x4000, 0x4200, 0x4400};
    static const float float32[] = {1, 2, 3, 4};
    static const double float64[] = {1, 2, 3, 4};
    static const void *const values[] = {
        [JOBLIB_NUMBER_INT8] = int8,      [JOBLIB_NUMBER_INT16] = int16,
        [JOBLIB_NUMBER_INT32] = int32,    [JOBLIB_NUMBER_INT64] = int64,
        [JOBLIB_NUMBER_UINT8] = int8,     [JOBLIB_NUMBER_UINT16] = int16,
        [JOBLIB_NUMBER_UINT32] = int32,   [JOBLIB_NUMBER_UINT64] = int64,
        [JOBLIB_NUMBER_FLOAT16] = half,   [JOBLIB_NUMBER_FLOAT32] = float32,
        [JOBLIB_NUMBER_FLOAT64] = float64};
    joblib_model *model = model_of(WEIGHTED);
    for (int number = JOBLIB_NUMBER_INT8; number <= JOBLIB_NUMBER_FLOAT64; number++) {
        joblib_input input;
        joblib_input_dense(&input, values[number], number, 2, 2);
        check_prediction(model, &input, joblib_dtype_text(joblib_dtype_number(number)));
    }
    joblib_model_release(model);
}

/* Whatever byte is not 0 is true. */
static void reads_bools_as_0_and_1(void)
{
    static const unsigned char bools[] = {0, 1, 2, 255};
    double out[2];
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_input input;
    joblib_model *model = model_of(WEIGHTED);
    joblib_input_dense(&input, bools, JOBLIB_NUMBER_BOOL, 2, 2);
    CHECK_OK(joblib_model_fill(model, 0, &input, NULL, out, 2, &error), &error);
    CHECK_EQ_DOUBLE(out[0], 10.0);
    CHECK_EQ_DOUBLE(out[1], 11.0);
    joblib_model_release(model);
}

static void reads_both_byte_orders(void)
{
    static const char *const types[] = {"<i2", ">i2", "<i4", ">i4", "<i8", ">i8", ">u2",
                                        ">u4", ">u8", "<f4", ">f4", "<f8", ">f8"};
    joblib_model *model = model_of(WEIGHTED);
    for (size_t i = 0; i < COUNT(types); i++) {
        char notation[64];
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_input input;
        snprintf(notation, sizeof notation, "%s[2,2]{1,2,3,4}", types[i]);
        joblib_document *document = document_from(notation);
        CHECK_OK(joblib_input_from_value(joblib_document_root(document), &input, &error),
                 &error);
        check_prediction(model, &input, types[i]);
        joblib_document_release(document);
    }
    joblib_model_release(model);
}

static void reads_one_dimension_as_a_row(void)
{
    double out[1];
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_input input;
    joblib_model *model = model_of(WEIGHTED);
    joblib_document *document = document_from("f8[2]{1,2}");
    CHECK_OK(joblib_input_from_value(joblib_document_root(document), &input, &error),
             &error);
    CHECK_EQ_SIZE(input.rows, 1);
    CHECK_EQ_SIZE(input.columns, 2);
    CHECK_OK(joblib_model_fill(model, 0, &input, NULL, out, 1, &error), &error);
    CHECK_EQ_DOUBLE(out[0], 21.0);
    joblib_document_release(document);
    joblib_model_release(model);
}

static void reads_rows_of_any_stride(void)
{
    static const double by_columns[] = {1, 3, 2, 4}, backwards[] = {4, 3, 2, 1};
    static const double swapped[] = {3, 4, 1, 2};
    static const double padded[] = {1, -9, 2, -9, -9, 3, -9, 4, -9, -9};
    const struct {
        const char *what;
        const double *first;
        int64_t row_stride, column_stride;
    } cases[] = {
        {"columns first", by_columns, 8, 16},
        {"backwards", backwards + 3, -16, -8},
        {"rows backwards", swapped + 2, -16, 8},
        {"with gaps", padded, 40, 16},
    };
    joblib_model *model = model_of(WEIGHTED);
    for (size_t i = 0; i < COUNT(cases); i++) {
        joblib_input input;
        joblib_input_dense(&input, cases[i].first, JOBLIB_NUMBER_FLOAT64, 2, 2);
        input.row_stride = cases[i].row_stride;
        input.column_stride = cases[i].column_stride;
        check_prediction(model, &input, cases[i].what);
    }
    joblib_model_release(model);
}

/* A stride of 0 repeats a row or a column. */
static void repeats_rows_without_stride(void)
{
    static const double row[] = {1, 2};
    double out[3] = {0};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_input input;
    joblib_model *model = model_of(WEIGHTED);
    joblib_input_dense(&input, row, JOBLIB_NUMBER_FLOAT64, 3, 2);
    input.row_stride = 0;
    CHECK_OK(joblib_model_fill(model, 0, &input, NULL, out, 3, &error), &error);
    CHECK_EQ_DOUBLE(out[2], 21.0);
    input.column_stride = 0;
    CHECK_OK(joblib_model_fill(model, 0, &input, NULL, out, 3, &error), &error);
    CHECK_EQ_DOUBLE(out[2], 11.0);
    joblib_model_release(model);
}

static void reads_numbers_of_any_alignment(void)
{
    static const double numbers[] = {1, 2, 3, 4};
    static const float floats[] = {1, 2, 3, 4};
    joblib_model *model = model_of(WEIGHTED);
    char *memory = malloc(64);
    for (size_t shift = 1; shift < 8; shift++) {
        joblib_input input;
        memcpy(memory + shift, numbers, sizeof numbers);
        joblib_input_dense(&input, memory + shift, JOBLIB_NUMBER_FLOAT64, 2, 2);
        check_prediction(model, &input, "unaligned doubles");
        memcpy(memory + shift, floats, sizeof floats);
        joblib_input_dense(&input, memory + shift, JOBLIB_NUMBER_FLOAT32, 2, 2);
        check_prediction(model, &input, "unaligned floats");
    }
    free(memory);
    joblib_model_release(model);
}

static void takes_a_vector_as_one_row(void)
{
    double out[1];
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_input input;
    joblib_document *document = document_from("i4[2]{3,4}");
    joblib_model *model = model_of(WEIGHTED);
    CHECK_OK(joblib_input_from_value(joblib_document_root(document), &input, &error),
             &error);
    CHECK_OK(joblib_model_fill(model, 0, &input, NULL, out, 1, &error), &error);
    CHECK_EQ_DOUBLE(out[0], 43.0);
    joblib_document_release(document);
    joblib_model_release(model);
}

/* A change to a good input of one row, and what comes of it. */
struct wrong_input {
    const char *what;
    uint64_t rows, columns;
    int64_t row_stride, column_stride;
    joblib_status status;
};

#define FAR (INT64_MAX / 4)

/* No row is run without columns and rows, as in scikit-learn; no size can overflow. */
static void refuses_sizes_that_do_not_fit(void)
{
    static const double row[] = {1, 2};
    static const struct wrong_input cases[] = {
        {"a column too few", 1, 1, 16, 8, JOBLIB_ERROR_INPUT},
        {"a column too many", 1, 3, 16, 8, JOBLIB_ERROR_INPUT},
        {"no columns", 1, 0, 16, 8, JOBLIB_ERROR_INPUT},
        {"no rows", 0, 2, 16, 8, JOBLIB_ERROR_INPUT},
        {"neither", 0, 0, 16, 8, JOBLIB_ERROR_INPUT},
        {"2^64 - 1 rows", UINT64_MAX, 2, 16, 8, JOBLIB_ERROR_INPUT},
        {"2^64 - 1 columns", 1, UINT64_MAX, 16, 8, JOBLIB_ERROR_INPUT},
        {"2^63 rows", UINT64_C(1) << 63, 2, 0, 0, JOBLIB_ERROR_INPUT},
        {"2^32 by 2^32", UINT64_C(1) << 32, UINT64_C(1) << 32, 0, 0, JOBLIB_ERROR_INPUT},
        {"a product of 2^64", UINT64_C(1) << 60, 16, 0, 0, JOBLIB_ERROR_INPUT},
        {"rows beyond memory", 16, 2, FAR, 8, JOBLIB_ERROR_INPUT},
        {"rows before memory", 16, 2, INT64_MIN, 8, JOBLIB_ERROR_INPUT},
        {"columns beyond memory", 1, 2, 16, INT64_MAX, JOBLIB_ERROR_INPUT},
    };
    joblib_model *model = model_of(WEIGHTED);
    for (size_t i = 0; i < COUNT(cases); i++) {
        double out[4] = {7, 7, 7, 7};
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_input input;
        joblib_result *result = NULL;
        joblib_input_dense(&input, row, JOBLIB_NUMBER_FLOAT64, 1, 2);
        input.rows = cases[i].rows;
        input.columns = cases[i].columns;
        input.row_stride = cases[i].row_stride;
        input.column_stride = cases[i].column_stride;
        joblib_status status =
            joblib_model_run(model, 0, &input, NULL, NULL, &result, &error);
        if (status != cases[i].status || result)
            test_fail(__FILE__, __LINE__, "%s: %d (%s)", cases[i].what, (int)status,
                      error.message);
        status = joblib_model_fill(model, 0, &input, NULL, out, 4, &error);
        CHECK(status != JOBLIB_OK);
        CHECK_EQ_DOUBLE(out[0], 7.0);
    }
    joblib_model_release(model);
}

/* 2^55 times the same row are an input; the result is more than memory. */
static void has_no_memory_for_results_without_end(void)
{
    static const double row[] = {1, 2};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_input input;
    joblib_result *result = NULL;
    joblib_model *model = model_of(WEIGHTED);
    joblib_input_dense(&input, row, JOBLIB_NUMBER_FLOAT64, 1, 2);
    input.rows = UINT64_C(1) << 55;
    input.row_stride = 0;
    joblib_status status =
        joblib_model_run(model, 0, &input, NULL, NULL, &result, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_MEMORY, JOBLIB_NO_OFFSET);
    CHECK(result == NULL);
    joblib_model_release(model);
}

static void refuses_room_for_fewer_numbers(void)
{
    static const double rows[] = {1, 2, 3, 4};
    double out[2] = {7, 7};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_input input;
    joblib_model *model = model_of(WEIGHTED);
    joblib_input_dense(&input, rows, JOBLIB_NUMBER_FLOAT64, 2, 2);
    joblib_status status = joblib_model_fill(model, 0, &input, NULL, out, 1, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_RANGE, JOBLIB_NO_OFFSET);
    CHECK_EQ_DOUBLE(out[0], 7.0);
    joblib_model_release(model);
}

static void refuses_what_describes_no_numbers(void)
{
    static const double row[] = {1, 2};
    double out[1];
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_input input, good;
    joblib_model *model = model_of(WEIGHTED);
    joblib_input_dense(&good, row, JOBLIB_NUMBER_FLOAT64, 1, 2);
    input = good;
    input.dtype = NULL;
    joblib_status status = joblib_model_fill(model, 0, &input, NULL, out, 1, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_INPUT, JOBLIB_NO_OFFSET);
    input = good;
    input.kind = 2;
    status = joblib_model_fill(model, 0, &input, NULL, out, 1, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_INPUT, JOBLIB_NO_OFFSET);
    input = good;
    input.values = NULL;
    status = joblib_model_fill(model, 0, &input, NULL, out, 1, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
    input = good;
    input.struct_size = 3;
    status = joblib_model_fill(model, 0, &input, NULL, out, 1, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
    joblib_model_release(model);
}

int main(void)
{
    RUN(reads_every_type_of_number);
    RUN(reads_bools_as_0_and_1);
    RUN(reads_both_byte_orders);
    RUN(reads_one_dimension_as_a_row);
    RUN(reads_rows_of_any_stride);
    RUN(repeats_rows_without_stride);
    RUN(reads_numbers_of_any_alignment);
    RUN(takes_a_vector_as_one_row);
    RUN(refuses_sizes_that_do_not_fit);
    RUN(has_no_memory_for_results_without_end);
    RUN(refuses_room_for_fewer_numbers);
    RUN(refuses_what_describes_no_numbers);
    return test_finish();
}
