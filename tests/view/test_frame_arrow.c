/* Arrays of Arrow whose buffers do not hold what they should. */
#include "joblib/frame.h"
#include "support/frames.h"
#include "support/models.h"
#include "support/test.h"

#define ALIAS(name) "pyarrow.lib.type_for_alias('" name "')"
#define BUFFER(hexadecimal) "pyarrow.lib.py_buffer(x'" hexadecimal "')"
#define CHUNK(type, count, offset, buffers) \
    "pyarrow.lib._restore_array((" type ", " #count ", 0, " #offset ", [" buffers \
    "], [], None))"
#define COLUMN(array) "pandas.arrays.ArrowExtensionArray(_pa_array=" array ")"
#define TEXT(count, offset, offsets, bytes) \
    COLUMN(CHUNK(ALIAS("string"), count, offset, \
                 "None, " BUFFER(offsets) ", " BUFFER(bytes)))
#define SHORTS(count, offset, bitmap, numbers) \
    COLUMN(CHUNK(ALIAS("int16"), count, offset, bitmap ", " BUFFER(numbers)))

static const joblib_column *open_column(const char *notation, joblib_document **document,
                                        joblib_frame **frame, joblib_error *error)
{
    *document = document_from(notation);
    *frame = NULL;
    joblib_status status =
        joblib_frame_new(joblib_document_root(*document), NULL, frame, error);
    CHECK((status == JOBLIB_OK) == (*frame != NULL));
    CHECK(frame_read_all(*frame, 100));
    return joblib_frame_column(*frame, 0);
}

static void close_column(joblib_document *document, joblib_frame *frame)
{
    joblib_frame_free(frame);
    joblib_document_release(document);
}

static void refuses_buffers_that_are_too_short(void)
{
    static const struct {
        const char *notation, *message;
    } rows[] = {
        {SHORTS(2, 0, "None", "0100"),
         "2 cells of int16 of Arrow stand in 2 bytes, 4 expected"},
        {SHORTS(1, 1, "None", "0100"),
         "2 cells of int16 of Arrow stand in 2 bytes, 4 expected"},
        {SHORTS(9, 0, BUFFER("ff"), "010001000100010001000100010001000100"),
         "the bitmap of 9 cells of Arrow has 1 bytes"},
        {SHORTS(-1, 0, "None", "0100"), "a chunk of Arrow begins or ends at cell -1"},
        {SHORTS(1, 9223372036854775807, "None", "0100"),
         "a chunk of Arrow begins or ends at cell 9223372036854775807"},
        {COLUMN(CHUNK(ALIAS("int16"), 1, 0, "None, None")),
         "1 cells of int16 of Arrow stand in 0 bytes, 2 expected"},
        {COLUMN(CHUNK(ALIAS("int16"), 1, 0, "None")),
         "a chunk of Arrow has 1 buffers, 2 expected"},
        {TEXT(2, 0, "0000000001000000", "61"),
         "2 cells of string of Arrow stand in 8 bytes, 12 expected"},
        {TEXT(1, 0, "0000000002000000", "61"),
         "text 0 of Arrow goes from byte 0 to 2 of 1"},
        {TEXT(2, 0, "000000000100000000000000", "61"),
         "text 1 of Arrow goes from byte 1 to 0 of 1"},
        {TEXT(1, 0, "ffffffffffffffff", "61"),
         "text 0 of Arrow goes from byte 4294967295 to 4294967295 of 1"},
        {TEXT(1, 0, "0000000001000000", "ff"), "text 0 of Arrow is not UTF-8"},
        {COLUMN("pyarrow.lib.chunked_array([" CHUNK(
             ALIAS("int8"), 1, 0, "None, " BUFFER("01")) "], " ALIAS("int16") ")"),
         "chunk 0 of Arrow is int8, int16 expected"},
        {COLUMN("pyarrow.lib.chunked_array([5], " ALIAS("int16") ")"),
         "chunk 0 of Arrow is of another type, int16 expected"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_document *document;
        joblib_frame *frame;
        CHECK(open_column(rows[i].notation, &document, &frame, &error) == NULL);
        CHECK_EQ_INT(error.status, JOBLIB_ERROR_ARRAY);
        CHECK_EQ_TEXT(error.message, rows[i].message);
        close_column(document, frame);
    }
}

static void does_not_decode_other_types(void)
{
    static const char *const rows[] = {
        COLUMN(CHUNK(ALIAS("null"), 1, 0, "None")),
        COLUMN(CHUNK("pyarrow.lib.decimal128(5, 2)", 1, 0, "None, None")),
        COLUMN(CHUNK("pyarrow.lib.timestamp('fortnight', None)", 1, 0, "None, None")),
        COLUMN(CHUNK("some.type_for_alias('int16')", 1, 0, "None, None")),
        COLUMN("5"),
        COLUMN("some.chunked_array([], 5)"),
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_document *document;
        joblib_frame *frame;
        const joblib_column *column = open_column(rows[i], &document, &frame, &error);
        CHECK_EQ_TEXT(error.message, "");
        CHECK_EQ_INT(joblib_column_kind(column), JOBLIB_CELLS_UNKNOWN);
        close_column(document, frame);
    }
}

static void reads_arrays_without_cells_or_buffers(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document;
    joblib_frame *frame;
    const joblib_column *column =
        open_column(COLUMN(CHUNK(ALIAS("large_string"), 0, 0, "None, None, None")),
                    &document, &frame, &error);
    CHECK_EQ_INT(joblib_column_kind(column), JOBLIB_CELLS_TEXT);
    CHECK_EQ_SIZE(joblib_column_count(column), 0);
    CHECK_EQ_TEXT(joblib_column_dtype(column), "large_string[pyarrow]");
    close_column(document, frame);
    column = open_column(COLUMN("pyarrow.lib.chunked_array([], " ALIAS("int8") ")"),
                         &document, &frame, &error);
    CHECK_EQ_INT(joblib_column_kind(column), JOBLIB_CELLS_NUMBER);
    CHECK(joblib_column_values(column) != NULL);
    close_column(document, frame);
}

static void views_one_chunk_where_it_stands(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document;
    joblib_frame *frame;
    int64_t second = 0;
    const joblib_column *column = open_column(SHORTS(2, 1, BUFFER("06"), "090005000700"),
                                              &document, &frame, &error);
    CHECK_OK(joblib_column_int64(column, 1, &second, &error), &error);
    CHECK_EQ_INT(second, 7);
    CHECK(!joblib_column_is_missing(column, 0));
    close_column(document, frame);
}

int main(void)
{
    RUN(refuses_buffers_that_are_too_short);
    RUN(does_not_decode_other_types);
    RUN(reads_arrays_without_cells_or_buffers);
    RUN(views_one_chunk_where_it_stands);
    return test_finish();
}
