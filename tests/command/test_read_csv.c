/* Lines of numbers become tables; whatever else a file holds is refused. */
#include <math.h>

#include "command/run.h"
#include "command/table/input_table.h"

static joblib_model *model_with_names;

/* Reads a copy of the text, so that reading behind it is noticed. */
static joblib_status read_text(const char *text, size_t size, const joblib_model *model,
                               joblib_command__table *table, joblib_error *error)
{
    char *copy = malloc(size > 0 ? size : 1);
    joblib_error_init(error);
    *table = (joblib_command__table){JOBLIB_INPUT_INIT, NULL, NULL};
    if (copy == NULL) return JOBLIB_ERROR_MEMORY;
    if (size > 0) memcpy(copy, text, size);
    joblib_status status = joblib_command__read_csv(copy, size, model, table, error);
    free(copy);
    return status;
}

static void check_numbers(const char *text, const joblib_model *model, size_t rows,
                          size_t columns, const double *expected)
{
    joblib_error error;
    joblib_command__table table;
    joblib_status status = read_text(text, strlen(text), model, &table, &error);
    CHECK_OK(status, &error);
    CHECK_EQ_SIZE(table.input.rows, rows);
    CHECK_EQ_SIZE(table.input.columns, columns);
    if (table.input.rows == rows && table.input.columns == columns) {
        const double *found = table.input.values;
        for (size_t i = 0; i < rows * columns; i++) {
            if (isnan(expected[i])) {
                CHECK(isnan(found[i]));
            } else {
                CHECK_EQ_DOUBLE(found[i], expected[i]);
            }
        }
    }
    if (test_counts.case_failed) printf("    in \"%s\"\n", text);
    joblib_command__table_free(&table);
}

#define CHECK_TABLE(text, rows, columns, ...) \
    check_numbers((text), NULL, (rows), (columns), (const double[]){__VA_ARGS__})

static void check_refusal(const char *text, const joblib_model *model,
                          const char *message)
{
    joblib_error error;
    joblib_command__table table;
    joblib_status status = read_text(text, strlen(text), model, &table, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_INPUT, JOBLIB_NO_OFFSET);
    CHECK_EQ_TEXT(error.message, message);
    joblib_command__table_free(&table);
}

static void reads_numbers(void)
{
    CHECK_TABLE("1,2\n3,4\n", 2, 2, 1, 2, 3, 4);
    CHECK_TABLE("1,2\n3,4", 2, 2, 1, 2, 3, 4);
    CHECK_TABLE("1,2\r\n3,4\r\n", 2, 2, 1, 2, 3, 4);
    CHECK_TABLE("1,2\r3,4\r", 2, 2, 1, 2, 3, 4);
    CHECK_TABLE("\n\n1,2\n\n\n3,4\n\n", 2, 2, 1, 2, 3, 4);
    CHECK_TABLE("\xef\xbb\xbf"
                "7\n",
                1, 1, 7);
    CHECK_TABLE("1e3,-.5,+2.,1E-2, 4 , 5\n", 1, 6, 1e3, -0.5, 2, 1e-2, 4, 5);
    CHECK_TABLE("0.1,5e-324,1.7976931348623157e308,1e400\n", 1, 4, 0.1, 5e-324,
                1.7976931348623157e308, (double)INFINITY);
    CHECK_TABLE("\"1\",\"2\"\n", 1, 2, 1, 2);
}

static void finds_the_separator(void)
{
    CHECK_TABLE("1;2\n3;4\n", 2, 2, 1, 2, 3, 4);
    CHECK_TABLE("1\t2\n3\t4\n", 2, 2, 1, 2, 3, 4);
    CHECK_TABLE("\"a;b\",c\n1,2\n", 1, 2, 1, 2);
    CHECK_TABLE("a,b;c\n1;2\n", 1, 2, 1, 2);
}

static void knows_a_header(void)
{
    CHECK_TABLE("a,b\n1,2\n", 1, 2, 1, 2);
    CHECK_TABLE("a,2\n1,2\n", 1, 2, 1, 2);
    CHECK_TABLE("\"a \"\"b\"\"\nc\",d\n1,2\n", 1, 2, 1, 2);
    check_refusal("a,b\n", NULL, "a header, but no row below it");
}

static void reads_what_is_missing(void)
{
    const double none = (double)NAN, many = (double)INFINITY;
    CHECK_TABLE("1,\n,2\n", 2, 2, 1, none, none, 2);
    CHECK_TABLE("NA,N/A,<NA>,nan,NaN,-nan,null,NULL,None\n", 1, 9, none, none, none, none,
                none, none, none, none, none);
    CHECK_TABLE("inf,-inf,Infinity,-INFINITY\n", 1, 4, many, -many, many, -many);
    CHECK_TABLE("True,False,true,false,TRUE,FALSE\n", 1, 6, 1, 0, 1, 0, 1, 0);
}

static void refuses_what_is_no_table(void)
{
    check_refusal("", NULL, "no line in the file");
    check_refusal("\n\r\n", NULL, "no line in the file");
    check_refusal("1,2\n3\n", NULL, "line 2 has 1 fields, the first has 2");
    check_refusal("1,2\n\n3,4,5\n", NULL, "line 3 has 3 fields, the first has 2");
    check_refusal("1\nx\n", NULL, "line 2, field 1 is no number: \"x\"");
    check_refusal("a,b\n1,0x10\n", NULL, "line 2, field 2 is no number: \"0x10\"");
    check_refusal("a\n1_000\n", NULL, "line 2, field 1 is no number: \"1_000\"");
    check_refusal("a\n1e\n", NULL, "line 2, field 1 is no number: \"1e\"");
    check_refusal("a\n.\n", NULL, "line 2, field 1 is no number: \".\"");
    check_refusal("a\nnan(1)\n", NULL, "line 2, field 1 is no number: \"nan(1)\"");
    check_refusal("a\n\"1\n", NULL, "line 2 begins a quote that never ends");
    check_refusal("a\n\"1\"2\n", NULL, "line 2 has text after a quote");
    check_refusal("\"a\nb\"\nx\n", NULL, "line 3, field 1 is no number: \"x\"");
}

/* The columns of the model are width, height and "weight, in kg". */
static void takes_columns_by_name(void)
{
    check_numbers("n,\"weight, in kg\",width,height\nx,3,1,2\n", model_with_names, 1, 3,
                  (const double[]){1, 2, 3});
    check_numbers("a,b,c\n1,2,3\n", model_with_names, 1, 3, (const double[]){1, 2, 3});
    check_numbers("1,2,3\n", model_with_names, 1, 3, (const double[]){1, 2, 3});
    check_refusal("width,height\n1,2\n", model_with_names,
                  "the header lacks a column of the model: \"weight, in kg\"");
    check_refusal("width,width,height,\"weight, in kg\"\n1,1,2,3\n", model_with_names,
                  "the header has a column twice: \"width\"");
}

/* Every text of up to five of these characters is read or refused. */
static void survives_short_texts(void)
{
    static const char letters[] = "1a,;\"\n\r ";
    const size_t base = sizeof letters - 1;
    size_t count = 1;
    for (int length = 0; length <= 5; length++, count *= base) {
        for (size_t code = 0; code < count; code++) {
            char text[8];
            joblib_error error;
            joblib_command__table table;
            size_t rest = code;
            for (int i = 0; i < length; i++, rest /= base) text[i] = letters[rest % base];
            joblib_status status = read_text(text, (size_t)length, NULL, &table, &error);
            CHECK(status == JOBLIB_OK ? table.input.rows > 0 && table.input.columns > 0
                                      : error.message[0] != '\0');
            joblib_command__table_free(&table);
        }
    }
}

static void survives_every_cut_and_every_byte(void)
{
    struct vector_bytes file = data_read("rows-shuffled.csv");
    REQUIRE(file.data != NULL);
    size_t size = file.size < 200 ? file.size : 200;
    for (size_t at = 0; at < size; at++) {
        char kept = file.data[at];
        for (int byte = 0; byte <= 256; byte++) {
            joblib_error error;
            joblib_command__table table;
            if (byte < 256) file.data[at] = (char)byte;
            size_t used = byte < 256 ? size : at;
            joblib_status status =
                read_text(file.data, used, model_with_names, &table, &error);
            CHECK(status == JOBLIB_OK || error.message[0] != '\0');
            joblib_command__table_free(&table);
        }
        file.data[at] = kept;
    }
    free(file.data);
}

static void reads_long_lines(void)
{
    const size_t columns = 100000;
    joblib_error error;
    joblib_command__table table;
    char *text = malloc(2 * columns);
    REQUIRE(text != NULL);
    for (size_t i = 0; i < columns; i++) {
        text[2 * i] = (char)('0' + i % 10);
        text[2 * i + 1] = ',';
    }
    joblib_status status = read_text(text, 2 * columns - 1, NULL, &table, &error);
    CHECK_OK(status, &error);
    CHECK_EQ_SIZE(table.input.columns, columns);
    joblib_command__table_free(&table);
    memset(text, '1', 2 * columns);
    status = read_text(text, 2 * columns, NULL, &table, &error);
    CHECK_EQ_TEXT(error.message, "a header, but no row below it");
    joblib_command__table_free(&table);
    free(text);
}

int main(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_status status = joblib_model_load_file(data_path("tree.joblib"), NULL, NULL,
                                                  &model_with_names, &error);
    CHECK_OK(status, &error);
    RUN(reads_numbers);
    RUN(finds_the_separator);
    RUN(knows_a_header);
    RUN(reads_what_is_missing);
    RUN(refuses_what_is_no_table);
    RUN(takes_columns_by_name);
    RUN(survives_short_texts);
    RUN(survives_every_cut_and_every_byte);
    RUN(reads_long_lines);
    joblib_model_release(model_with_names);
    return test_finish();
}
