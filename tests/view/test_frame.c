/* Frames of forms that pandas does not write: managers, indexes, categories, options. */
#include "joblib/frame.h"
#include "support/fault.h"
#include "support/frames.h"
#include "support/models.h"
#include "support/test.h"

#define NEW_INDEX "pandas.core.indexes.base._new_Index"
#define ROWS(count) \
    NEW_INDEX "(pandas.RangeIndex, {'start': 0, 'stop': " #count ", 'step': 1})"
#define BLOCK(values, where) \
    "pandas._libs.internals._unpickle_block(" values ", " where ", 2)"
#define SLICE(start, stop, step) "builtins.slice(" #start ", " #stop ", " #step ")"
#define MANAGER(blocks, columns, rows) \
    "pandas.core.internals.managers.BlockManager((" blocks \
    ",), [" ROWS(columns) ", " ROWS(rows) "])"
#define FRAME(manager) "pandas.DataFrame(_typ='dataframe', _mgr=" manager ")"
#define CATEGORICAL(codes, categories) \
    "pandas.Categorical(_codes=" codes \
    ", _dtype=pandas.CategoricalDtype(categories=" categories ", ordered=True))"

static joblib_status open_frame(const char *notation, const joblib_frame_options *options,
                                joblib_error *error)
{
    joblib_document *document = document_from(notation);
    joblib_frame *frame = NULL;
    joblib_status status =
        joblib_frame_new(joblib_document_root(document), options, &frame, error);
    CHECK((status == JOBLIB_OK) == (frame != NULL));
    CHECK(frame_read_all(frame, 100));
    joblib_frame_free(frame);
    joblib_document_release(document);
    return status;
}

struct refused_frame {
    const char *notation;
    joblib_status status;
    const char *message;
};

static void check_refused(const struct refused_frame *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        CHECK_STATUS(open_frame(rows[i].notation, NULL, &error), &error,
                     (int)rows[i].status, JOBLIB_NO_OFFSET);
        CHECK_EQ_TEXT(error.message, rows[i].message);
    }
}

#define CHECK_REFUSED_FRAMES(rows) check_refused(rows, sizeof(rows) / sizeof *(rows))

static void refuses_blocks_that_do_not_give_each_column_once(void)
{
    static const struct refused_frame rows[] = {
        {FRAME(MANAGER(BLOCK("f8[1,2]{1}", SLICE(0, 1, 1)), 2, 2)), JOBLIB_ERROR_ARRAY,
         "column 1 is in no block"},
        {FRAME(MANAGER(BLOCK("f8[1,2]{1}", SLICE(0, 1, 1)) "," BLOCK("f8[1,2]{1}",
                                                                     "i8[1]{0}"),
                       1, 2)),
         JOBLIB_ERROR_ARRAY, "column 0 is in two blocks"},
        {FRAME(MANAGER(BLOCK("f8[1,2]{1}", "i8[1]{7}"), 1, 2)), JOBLIB_ERROR_ARRAY,
         "a block has a column beyond the 1 labels"},
        {FRAME(MANAGER(BLOCK("f8[1,2]{1}", "i8[1]{-1}"), 1, 2)), JOBLIB_ERROR_ARRAY,
         "a block has a column beyond the 1 labels"},
        {FRAME(MANAGER(BLOCK("f8[1,2]{1}", "f8[1]{0}"), 1, 2)), JOBLIB_ERROR_ARRAY,
         "the columns of a block are <f8 of 1 dimensions"},
        {FRAME(MANAGER(BLOCK("f8[3,2]{1}", SLICE(0, 1, 1)), 1, 2)), JOBLIB_ERROR_ARRAY,
         "a block of 1 columns has an array of 3 rows"},
        {FRAME(MANAGER(BLOCK("f8[2]{1}", SLICE(0, 2, 1)), 2, 2)), JOBLIB_ERROR_ARRAY,
         "a block of 2 columns has an array of 1 rows"},
        {FRAME(MANAGER(BLOCK("f8[1,1,2]{1}", SLICE(0, 1, 1)), 1, 2)), JOBLIB_ERROR_ARRAY,
         "a column is an array of 3 dimensions, 1 or 2 expected"},
        {FRAME(MANAGER(BLOCK("f8[1,3]{1}", SLICE(0, 1, 1)), 1, 2)), JOBLIB_ERROR_ARRAY,
         "level 0 of the columns has 3 cells, 2 expected"},
        {FRAME(MANAGER(BLOCK(ROWS(2), SLICE(0, 2, 1)), 2, 2)), JOBLIB_ERROR_ARRAY,
         "a block of 2 columns has an array of one"},
    };
    CHECK_REFUSED_FRAMES(rows);
}

static void refuses_slices_that_are_none(void)
{
    static const char *const slices[] = {
        SLICE(0, 1, 0),        SLICE(-1, 1, 1), SLICE('a', 1, 1),
        SLICE(0, 'a', 1),      "None",          "5",
        "some.slice(0, 1, 1)",
    };
    for (size_t i = 0; i < sizeof slices / sizeof *slices; i++) {
        char notation[1024];
        joblib_error error = JOBLIB_ERROR_INIT;
        snprintf(notation, sizeof notation,
                 FRAME(MANAGER(BLOCK("f8[1,2]{1}", "%s"), 1, 2)), slices[i]);
        CHECK_EQ_INT(open_frame(notation, NULL, &error), JOBLIB_ERROR_KIND);
        CHECK_EQ_TEXT(error.message, "a block does not tell its columns");
    }
}

/* Python's slices: the end is cut, a step may be larger than the whole. */
static void reads_slices_as_python_does(void)
{
    static const struct {
        const char *slice;
        double first; /* of the first column */
    } rows[] = {{SLICE(0, 2, 1), 1},
                {SLICE(0, 9223372036854775807, 1), 1},
                {SLICE(0, None, 1), 1},
                {SLICE(0, None, None), 1},
                {SLICE(1, None, -1), 2}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char notation[1024];
        snprintf(notation, sizeof notation,
                 FRAME(MANAGER(BLOCK("f8[2,1]{1,2}", "%s"), 2, 1)), rows[i].slice);
        joblib_document *document = document_from(notation);
        joblib_frame *frame = NULL;
        joblib_error error = JOBLIB_ERROR_INIT;
        double first = 0;
        CHECK_OK(joblib_frame_new(joblib_document_root(document), NULL, &frame, &error),
                 &error);
        CHECK_OK(joblib_column_float64(joblib_frame_column(frame, 0), 0, &first, &error),
                 &error);
        CHECK_EQ_DOUBLE(first, rows[i].first);
        joblib_frame_free(frame);
        joblib_document_release(document);
    }
}

static void refuses_values_that_are_no_frame(void)
{
    static const struct refused_frame rows[] = {
        {"5", JOBLIB_ERROR_KIND,
         "int found, a frame, series, index or array of pandas expected"},
        {"some.Categorical(_codes=i1[1]{0})", JOBLIB_ERROR_KIND,
         "object found, a frame, series, index or array of pandas expected"},
        {"pandas.DataFrame(_typ='dataframe')", JOBLIB_ERROR_KIND,
         "None found, a manager with blocks and axes expected"},
        {"pandas.Panel(_typ='panel')", JOBLIB_ERROR_KIND,
         "panel found, dataframe or series expected"},
        {FRAME("pandas.core.internals.ArrayManager([], [])"), JOBLIB_ERROR_KIND,
         "object found, a manager with blocks and axes expected"},
        {FRAME("pandas.core.internals.managers.BlockManager((), [None, None])"),
         JOBLIB_ERROR_KIND, "None found, an index expected"},
        {FRAME("pandas.core.internals.managers.BlockManager((), [1, 2, 3])"),
         JOBLIB_ERROR_ARRAY, "a manager of 3 axes, 2 expected"},
        {"pandas.Series(_typ='series', _mgr="
         "pandas.core.internals.managers.SingleBlockManager((), [" ROWS(1) "]))",
         JOBLIB_ERROR_ARRAY, "a series of 0 blocks"},
    };
    CHECK_REFUSED_FRAMES(rows);
}

static void refuses_codes_that_count_no_category(void)
{
    static const struct refused_frame rows[] = {
        {CATEGORICAL("i1[3]{0,-1,2}", ROWS(2)), JOBLIB_ERROR_ARRAY,
         "the code of cell 2 is 2, of 2 categories"},
        {CATEGORICAL("i1[2]{0,-2}", ROWS(2)), JOBLIB_ERROR_ARRAY,
         "the code of cell 1 is -2, of 2 categories"},
        {CATEGORICAL("u1[2]{0,1}", ROWS(2)), JOBLIB_ERROR_ARRAY,
         "cells of category are kept as |u1"},
        {"pandas.Categorical(_codes=i1[1]{0})", JOBLIB_ERROR_KIND,
         "a column of category lacks a part"},
        {"pandas.Categorical(_dtype=pandas.CategoricalDtype(categories=" ROWS(1) "))",
         JOBLIB_ERROR_KIND, "Categorical has no array"},
        {NEW_INDEX "(pandas.CategoricalIndex, {'data': i1[1]{0}})", JOBLIB_ERROR_KIND,
         "a category column has no categories"},
        {NEW_INDEX "(pandas.MultiIndex, {'levels': [" ROWS(2) "], 'codes': [i1[1]{5}]})",
         JOBLIB_ERROR_ARRAY, "the code of cell 0 is 5, of 2 categories"},
        {NEW_INDEX "(pandas.MultiIndex, {'levels': [], 'codes': []})", JOBLIB_ERROR_ARRAY,
         "MultiIndex has 0 levels and codes for 0"},
        {NEW_INDEX "(pandas.MultiIndex, {'levels': [" ROWS(2) "], 'codes': []})",
         JOBLIB_ERROR_ARRAY, "MultiIndex has 1 levels and codes for 0"},
        {NEW_INDEX "(pandas.MultiIndex, {'levels': [" ROWS(2) "," ROWS(
             2) "], 'codes': [i1[1]{0}, i1[2]{0}]})",
         JOBLIB_ERROR_ARRAY, "level 1 of the columns has 2 cells, 1 expected"},
    };
    CHECK_REFUSED_FRAMES(rows);
}

static void refuses_arrays_that_contradict_their_class(void)
{
    static const struct refused_frame rows[] = {
        {NEW_INDEX "(pandas.RangeIndex, {'start': 0, 'stop': 1, 'step': 0})",
         JOBLIB_ERROR_ARRAY, "a range of step 0 and 0 numbers"},
        {NEW_INDEX "(pandas.RangeIndex, {'start': -9223372036854775807, "
                   "'stop': 9223372036854775807, 'step': 1})",
         JOBLIB_ERROR_ARRAY, "a range of step 1 and 18446744073709551614 numbers"},
        {NEW_INDEX "(pandas.RangeIndex, {'start': 0, 'step': 1})", JOBLIB_ERROR_KIND,
         "None found, int expected"},
        {"pandas.arrays.IntegerArray(_data=i8[2]{1}, _mask=u1[2]{0})", JOBLIB_ERROR_ARRAY,
         "a mask is kept as |u1"},
        {"pandas.arrays.IntegerArray(_data=i8[2]{1}, _mask=b1[3]{0})", JOBLIB_ERROR_ARRAY,
         "a mask of 3 cells for 2"},
        {"pandas.arrays.IntegerArray(_data=i8[2]{1})", JOBLIB_ERROR_KIND,
         "None found, ndarray or scalar expected"},
        {"pandas.arrays.IntegerArray(_data=O[1]{'a'}, _mask=b1[1]{0})",
         JOBLIB_ERROR_ARRAY, "cells of number are kept as |O"},
        {"pandas.arrays.StringArray(_ndarray=f8[1]{1})", JOBLIB_ERROR_ARRAY,
         "cells of text are kept as <f8"},
        {"pandas.arrays.DatetimeArray(_ndarray=i8[1]{1})", JOBLIB_ERROR_ARRAY,
         "cells of datetime are kept as <i8"},
        {"pandas.arrays.IntervalArray(_left=i8[1]{1}, _right=i8[1]{1})",
         JOBLIB_ERROR_KIND, "intervals do not tell their ends"},
        {"pandas.arrays.IntervalArray(_left=i8[1]{1}, _closed='left')", JOBLIB_ERROR_KIND,
         "a column of interval lacks a part"},
        {"pandas.arrays.IntervalArray(_left=i8[1]{1}, _right=i8[2]{1}, _closed='left')",
         JOBLIB_ERROR_ARRAY, "intervals have 1 left and 2 right ends"},
        {"pandas.arrays.IntervalArray(_left=&1 pandas.arrays.IntervalArray(_left=i8[1]{1}, "
         "_right=i8[1]{1}, _closed='left'), _right=*1, _closed='left')",
         JOBLIB_ERROR_ARRAY, "an interval ends with an interval"},
    };
    CHECK_REFUSED_FRAMES(rows);
}

static void ends_where_values_hold_themselves(void)
{
    static const struct refused_frame rows[] = {
        {"&1 pandas.Categorical(_codes=i1[1]{0}, _categories=*1)", JOBLIB_ERROR_LIMIT,
         "columns within columns more than 4 deep"},
        {"&1 pandas.Index(data=*1)", JOBLIB_ERROR_LIMIT,
         "more than 8 classes around an array"},
        {"&1 pandas.arrays.IntervalArray(_left=*1, _right=*1, _closed='both')",
         JOBLIB_ERROR_LIMIT, "columns within columns more than 4 deep"},
    };
    CHECK_REFUSED_FRAMES(rows);
}

static void keeps_what_is_not_decoded(void)
{
    joblib_document *document = document_from(
        FRAME(MANAGER(BLOCK("pandas.arrays.SparseArray(_sparse_values=i8[1]{1})",
                            SLICE(0, 1, 1)) "," BLOCK("some.Array(a=1)", "i8[1]{1}"),
                      2, 3)));
    joblib_frame *frame = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_frame_new(joblib_document_root(document), NULL, &frame, &error),
             &error);
    for (size_t i = 0; i < 2; i++) {
        const joblib_column *column = joblib_frame_column(frame, i);
        CHECK_EQ_INT(joblib_column_kind(column), JOBLIB_CELLS_UNKNOWN);
        CHECK_EQ_TEXT(joblib_column_dtype(column), "unknown");
        CHECK_EQ_SIZE(joblib_column_count(column), 3);
        CHECK(joblib_column_values(column) == NULL);
        CHECK(joblib_column_is_missing(column, 0));
    }
    CHECK_EQ_TEXT(joblib_value_name(joblib_column_source(joblib_frame_column(frame, 1))),
                  "Array");
    joblib_frame_free(frame);
    joblib_document_release(document);
}

static void stops_at_its_limits(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_frame_options options = JOBLIB_FRAME_OPTIONS_INIT;
    options.max_cells = 2;
    CHECK_EQ_INT(open_frame(CATEGORICAL("i1[2]{0}", ROWS(1)), &options, &error),
                 JOBLIB_OK);
    CHECK_EQ_INT(open_frame(CATEGORICAL("i1[3]{0}", ROWS(1)), &options, &error),
                 JOBLIB_ERROR_LIMIT);
    CHECK_EQ_TEXT(error.message, "more cells to check than max_cells allows");
    options = (joblib_frame_options)JOBLIB_FRAME_OPTIONS_INIT;
    options.max_memory = 100000;
    const char *wide = FRAME(MANAGER(BLOCK("f8[1,2]{1}", SLICE(0, 1, 1)), 1000000, 2));
    CHECK_EQ_INT(open_frame(wide, &options, &error), JOBLIB_ERROR_LIMIT);
    CHECK_EQ_INT(open_frame(wide, NULL, &error), JOBLIB_ERROR_ARRAY);
    options.reserved = 1;
    CHECK_EQ_INT(open_frame(wide, &options, &error), JOBLIB_ERROR_ARGUMENT);
}

static void accepts_null(void)
{
    size_t size;
    int64_t integer;
    CHECK_EQ_INT(joblib_frame_new(NULL, NULL, NULL, NULL), JOBLIB_ERROR_ARGUMENT);
    joblib_frame_free(NULL);
    CHECK_EQ_SIZE(joblib_frame_rows(NULL), 0);
    CHECK(joblib_frame_column(NULL, 0) == NULL && joblib_frame_find(NULL, "a") == NULL);
    CHECK(joblib_column_values(NULL) == NULL && joblib_column_dtype(NULL) == NULL);
    CHECK(joblib_column_is_missing(NULL, 0));
    CHECK(joblib_column_text(NULL, 0, &size) == NULL);
    CHECK_EQ_INT(joblib_column_int64(NULL, 0, &integer, NULL), JOBLIB_ERROR_RANGE);
    CHECK_EQ_TEXT(joblib_cells_name(-1), "unknown");
}

int main(void)
{
    RUN(refuses_blocks_that_do_not_give_each_column_once);
    RUN(refuses_slices_that_are_none);
    RUN(reads_slices_as_python_does);
    RUN(refuses_values_that_are_no_frame);
    RUN(refuses_codes_that_count_no_category);
    RUN(refuses_arrays_that_contradict_their_class);
    RUN(ends_where_values_hold_themselves);
    RUN(keeps_what_is_not_decoded);
    RUN(stops_at_its_limits);
    RUN(accepts_null);
    return test_finish();
}
