/* Tables of .npy files are those that joblib wrote too; damaged ones are refused. */
#include "command/run.h"
#include "command/table/input_table.h"

/* Reads a copy of `size` bytes, so that reading behind them is noticed. */
static joblib_status read_copy(const char *data, size_t size,
                               joblib_command__table *table, joblib_error *error)
{
    char *copy = malloc(size > 0 ? size : 1);
    *table = (joblib_command__table){JOBLIB_INPUT_INIT, NULL, NULL};
    if (copy == NULL) return JOBLIB_ERROR_MEMORY;
    if (size > 0) memcpy(copy, data, size);
    joblib_status status = joblib_command__read_npy(copy, size, table, error);
    if (status != JOBLIB_OK) free(copy);
    return status;
}

static double read_cell(const joblib_input *input, size_t row, size_t column)
{
    double value = 0.0;
    joblib_array array = JOBLIB_ARRAY_INIT;
    array.data = (const char *)input->values + (int64_t)row * input->row_stride +
                 (int64_t)column * input->column_stride;
    array.dtype = input->dtype;
    array.count = 1;
    CHECK_OK(joblib_array_read_float64(&array, &value, 1, NULL), NULL);
    return value;
}

static void compare_table(const char *name, const joblib_input *found,
                          const joblib_input *expected, uint64_t rows)
{
    CHECK_EQ_SIZE(found->rows, rows);
    CHECK_EQ_SIZE(found->columns, expected->columns);
    for (size_t i = 0; i < rows && !test_counts.case_failed; i++) {
        for (size_t j = 0; j < found->columns; j++) {
            double left = read_cell(found, i, j), right = read_cell(expected, i, j);
            if (strstr(name, "b1") != NULL) right = right != 0.0;
            CHECK_EQ_DOUBLE(left, right);
        }
    }
    if (test_counts.case_failed) printf("    in %s\n", name);
}

static void check_table(const char *name, const char *joblib_name, uint64_t rows)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_command__table table, expected;
    CHECK_OK(joblib_command__read_table(data_path(name), NULL, &table, &error), &error);
    CHECK_OK(joblib_command__read_table(data_path(joblib_name), NULL, &expected, &error),
             &error);
    REQUIRE(error.status == JOBLIB_OK);
    compare_table(name, &table.input, &expected.input, rows);
    joblib_command__table_free(&table);
    joblib_command__table_free(&expected);
}

static void reads_what_numpy_wrote(void)
{
    check_table("table-1.npy", "table.joblib", 2);
    check_table("table-2.npy", "table.joblib", 2);
    check_table("table-3.npy", "table.joblib", 2);
    check_table("table-fortran.npy", "table.joblib", 2);
}

static void reads_one_dimension_as_a_row(void)
{
    check_table("table-row.npy", "table.joblib", 1);
}

static void reads_every_type_of_number(void)
{
    static const char *const types[] = {"b1", "i1", "i2", "i4", "i8", "u1",
                                        "u2", "u4", "u8", "f2", "f4"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        char name[32];
        snprintf(name, sizeof name, "whole-%s.npy", types[i]);
        check_table(name, "whole.joblib", 2);
    }
}

static void refuses_other_types(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_command__table table;
    joblib_status status =
        joblib_command__read_table(data_path("array-text.npy"), NULL, &table, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_ARRAY, 20);
    status = joblib_command__read_table(data_path("array-three-dimensions.npy"), NULL,
                                        &table, &error);
    CHECK_EQ_INT(status, JOBLIB_ERROR_ARRAY);
    status = joblib_command__read_table(data_path("array-zero-dimensions.npy"), NULL,
                                        &table, &error);
    CHECK_EQ_INT(status, JOBLIB_ERROR_ARRAY);
    CHECK_EQ_TEXT(error.message, "an array without dimensions");
}

/* Headers that no numpy writes. */
static const struct {
    const char *header;
    joblib_status status;
} bad_headers[] = {
    {"", JOBLIB_ERROR_ARRAY},
    {"{", JOBLIB_ERROR_ARRAY},
    {"{}", JOBLIB_ERROR_ARRAY},
    {"{'descr':'<f8','fortran_order':False,'shape':(1,)}", JOBLIB_OK},
    {"{'descr':'<f8','fortran_order':False,'shape':(1L,)}", JOBLIB_OK},
    {"{'descr':'<f8','fortran_order':False,'shape':(1,),} \n\n", JOBLIB_OK},
    {"{'shape':(1,1),'fortran_order':True,'descr':'=f8'}", JOBLIB_OK},
    {"{'descr':'<f8','fortran_order':False,'shape':(1)}", JOBLIB_OK},
    {"{'descr':'<f8','fortran_order':False,'shape':()}", JOBLIB_ERROR_ARRAY},
    {"{'descr':'<f8','fortran_order':False,'shape':(1,}", JOBLIB_ERROR_ARRAY},
    {"{'descr':'<f8','fortran_order':False,'shape':(1", JOBLIB_ERROR_ARRAY},
    {"{'descr':'<f8','fortran_order':False,'shape':(-1,)}", JOBLIB_ERROR_ARRAY},
    {"{'descr':'<f8','fortran_order':False,'shape':(1,1,1)}", JOBLIB_ERROR_ARRAY},
    {"{'descr':'<f8','fortran_order':False,'shape':(1,),'x':1}", JOBLIB_ERROR_ARRAY},
    {"{'descr':'<f8','fortran_order':False,'shape':(1,)} x", JOBLIB_ERROR_ARRAY},
    {"{'descr':'<f8','descr':'<f8','shape':(1,)}", JOBLIB_ERROR_ARRAY},
    {"{'descr':'<f8','fortran_order':0,'shape':(1,)}", JOBLIB_ERROR_ARRAY},
    {"{'descr':[('x','<f8')],'fortran_order':False,'shape':(1,)}", JOBLIB_ERROR_ARRAY},
    {"{'descr':'<f16','fortran_order':False,'shape':(1,)}", JOBLIB_ERROR_ARRAY},
    {"{'descr':'|O','fortran_order':False,'shape':(1,)}", JOBLIB_ERROR_ARRAY},
    {"{'descr':'<c8','fortran_order':False,'shape':(1,)}", JOBLIB_ERROR_ARRAY},
    {"{'descr':'<f8','shape':(1,)}", JOBLIB_ERROR_ARRAY},
    {"{'descr':'<f8','fortran_order':False,'shape':(2,)}", JOBLIB_ERROR_TRUNCATED},
    {"{'descr':'<f4','fortran_order':False,'shape':(1,)}", JOBLIB_ERROR_TRAILING},
    {"{'descr':'<f8','fortran_order':False,'shape':(0,9)}", JOBLIB_ERROR_TRAILING},
    {"{'descr':'<f8','fortran_order':False,'shape':(281474976710656,65536)}",
     JOBLIB_ERROR_TRUNCATED},
    {"{'descr':'<f8','fortran_order':False,'shape':(281474976710657,)}",
     JOBLIB_ERROR_ARRAY},
    {"{'descr':'<f8','fortran_order':False,'shape':(18446744073709551617,)}",
     JOBLIB_ERROR_ARRAY},
};

static void checks_every_part_of_the_header(void)
{
    for (size_t i = 0; i < sizeof bad_headers / sizeof *bad_headers; i++) {
        char file[200] = "\x93NUMPY\x01";
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_command__table table;
        size_t size = strlen(bad_headers[i].header);
        file[8] = (char)size;
        memcpy(file + 10, bad_headers[i].header, size);
        joblib_status status = read_copy(file, 10 + size + 8, &table, &error);
        if (status != bad_headers[i].status) {
            test_fail(__FILE__, __LINE__, "%s: %s (%s)", bad_headers[i].header,
                      joblib_status_name((int)status), error.message);
        }
        joblib_command__table_free(&table);
    }
}

static void refuses_what_is_cut_off(void)
{
    struct vector_bytes file = data_read("table-2.npy");
    REQUIRE(file.data != NULL);
    for (size_t size = 0; size < file.size; size++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_command__table table;
        joblib_status status = read_copy(file.data, size, &table, &error);
        CHECK_EQ_INT(status, JOBLIB_ERROR_TRUNCATED);
        CHECK(error.offset <= size);
    }
    free(file.data);
}

/* Any byte may be anything: the result is a table within the file, or an error. */
static void survives_every_other_byte(void)
{
    struct vector_bytes file = data_read("table-2.npy");
    REQUIRE(file.data != NULL);
    for (size_t at = 0; at < file.size; at++) {
        char kept = file.data[at];
        for (int byte = 0; byte < 256; byte++) {
            joblib_error error = JOBLIB_ERROR_INIT;
            joblib_command__table table;
            file.data[at] = (char)byte;
            joblib_status status = read_copy(file.data, file.size, &table, &error);
            if (status == JOBLIB_OK) {
                const joblib_input *input = &table.input;
                CHECK(input->rows * input->columns > 0);
                (void)read_cell(input, input->rows - 1, input->columns - 1);
                joblib_command__table_free(&table);
            } else {
                CHECK(error.message[0] != '\0' && error.offset <= file.size);
            }
        }
        file.data[at] = kept;
    }
    free(file.data);
}

int main(void)
{
    RUN(reads_what_numpy_wrote);
    RUN(reads_one_dimension_as_a_row);
    RUN(reads_every_type_of_number);
    RUN(refuses_other_types);
    RUN(checks_every_part_of_the_header);
    RUN(refuses_what_is_cut_off);
    RUN(survives_every_other_byte);
    return test_finish();
}
