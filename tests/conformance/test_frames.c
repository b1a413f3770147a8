/* Every frame of the vectors has the columns and the cells that pandas says it has. */
#include <stdlib.h>

#include "joblib.h"
#include "support/fault.h"
#include "support/frames.h"
#include "support/json.h"
#include "support/test.h"
#include "support/vectors.h"

/* Bytes of a file that are changed, and cells of a column that are read then. */
#define CHANGES 100
#define MOST_CELLS 1000

static size_t changed_frames;

/* What is compared, for messages. */
static struct {
    const char *vector;
    const char *what;
    size_t number;
} here;

#define DIFFERS(...) \
    (test_fail(__FILE__, __LINE__, "%s, %s %zu", here.vector, here.what, here.number), \
     (void)printf("        " __VA_ARGS__), (void)puts(""))

static size_t as_size(const struct json *object, const char *key)
{
    return (size_t)strtoull(json_text(object, key), NULL, 10);
}

static bool same_bytes(const char *base64, const joblib_value *found)
{
    size_t size, found_size = 0;
    unsigned char *expected = json_base64(base64, &size);
    const void *bytes = joblib_value_bytes(found, &found_size);
    bool same = bytes && size == found_size && memcmp(bytes, expected, size) == 0;
    free(expected);
    return same;
}

static bool same_text(const struct json *expected, const char *found, size_t size)
{
    return found && size == strlen(expected->text) &&
           memcmp(found, expected->text, size) == 0;
}

/* Integers beyond int64 stand in arrays of uint64. */
static bool same_integer(const char *text, const joblib_column *column, size_t row)
{
    int64_t found;
    uint64_t wide = strtoull(text, NULL, 10);
    if (text[0] != '-' && wide > INT64_MAX) {
        uint64_t item;
        memcpy(&item, joblib_array_item(joblib_column_values(column), row), sizeof item);
        return joblib_column_int64(column, row, &found, NULL) == JOBLIB_ERROR_RANGE &&
               item == wide;
    }
    return joblib_column_int64(column, row, &found, NULL) == JOBLIB_OK &&
           found == strtoll(text, NULL, 10);
}

static bool same_float(const char *hexadecimal, const joblib_column *column, size_t row)
{
    double found;
    uint64_t bits;
    if (joblib_column_float64(column, row, &found, NULL) != JOBLIB_OK) return false;
    memcpy(&bits, &found, sizeof bits);
    return bits == strtoull(hexadecimal, NULL, 16);
}

static bool same_bool(const struct json *expected, const joblib_column *column,
                      size_t row)
{
    int64_t found;
    return joblib_column_int64(column, row, &found, NULL) == JOBLIB_OK &&
           found == (expected->kind == 't');
}

static bool same_cell(const struct json *cell, const joblib_column *column, size_t row)
{
    const struct json *tag = cell->first;
    size_t size = 0;
    bool missing = strcmp(tag->key, "missing") == 0;
    if (joblib_column_is_missing(column, row) != missing) return false;
    if (missing) return true;
    if (strcmp(tag->key, "int") == 0) return same_integer(tag->text, column, row);
    if (strcmp(tag->key, "float") == 0) return same_float(tag->text, column, row);
    if (strcmp(tag->key, "bool") == 0) return same_bool(tag, column, row);
    if (strcmp(tag->key, "str") == 0) {
        const char *text = joblib_column_text(column, row, &size);
        return same_text(tag, text, size);
    }
    if (strcmp(tag->key, "other") == 0) return true;
    return same_bytes(tag->text, joblib_column_value(column, row));
}

/* A code, and that the cell is the one that it counts. */
static bool same_code(const struct json *cell, const joblib_column *column, size_t row,
                      int64_t code)
{
    const joblib_column *inner = joblib_column_inner(column, JOBLIB_INNER_CATEGORIES);
    const struct json *expected = json_find(cell, "int");
    if (!expected) return code == -1 && joblib_column_is_missing(column, row);
    int64_t left = 0, right = 0;
    size_t place = (size_t)code;
    bool same =
        joblib_column_text(column, row, NULL) == joblib_column_text(inner, place, NULL) &&
        joblib_column_int64(column, row, &left, NULL) ==
            joblib_column_int64(inner, place, &right, NULL) &&
        left == right;
    return same && code == strtoll(expected->text, NULL, 10);
}

static void compare_codes(const struct json *cells, const joblib_column *column)
{
    size_t count = joblib_column_count(column), row = 0;
    int64_t *codes = malloc(count * sizeof *codes + 1);
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_array_read_int64(joblib_column_values(column), codes, count, &error),
             &error);
    for (const struct json *cell = cells->first; cell && row < count; cell = cell->next) {
        if (!same_code(cell, column, row, codes[row])) DIFFERS("code %zu", row);
        row++;
    }
    free(codes);
}

static void compare_name(const struct json *name, const joblib_value *found)
{
    size_t size = 0;
    const char *text = joblib_value_text(found, &size);
    int64_t number;
    if (!name)
        CHECK(found == NULL);
    else if (strcmp(name->first->key, "str") == 0)
        CHECK(same_text(name->first, text, size));
    else if (strcmp(name->first->key, "int") == 0)
        CHECK(joblib_value_as_int64(found, &number, NULL) == JOBLIB_OK &&
              number == strtoll(name->first->text, NULL, 10));
    else
        CHECK(same_bytes(name->first->text, found));
}

static void compare_texts(const struct json *expected, const joblib_column *column)
{
    const char *kind = joblib_cells_name((int)joblib_column_kind(column));
    const char *closed = joblib_column_closed(column);
    if (strcmp(json_text(expected, "kind"), kind) != 0)
        DIFFERS("is %s, expected %s", kind, json_text(expected, "kind"));
    if (strcmp(json_text(expected, "dtype"), joblib_column_dtype(column)) != 0)
        DIFFERS("dtype is %s, expected %s", joblib_column_dtype(column),
                json_text(expected, "dtype"));
    CHECK_EQ_TEXT(closed ? closed : "", json_text(expected, "closed"));
    const struct json *ordered = json_find(expected, "ordered");
    CHECK(joblib_column_is_ordered(column) == (ordered && ordered->kind == 't'));
}

static void compare_one(const struct json *expected, const joblib_column *column)
{
    const struct json *cells = json_find(expected, "cells");
    size_t row = 0, count = joblib_column_count(column);
    compare_texts(expected, column);
    compare_name(json_find(expected, "name"), joblib_column_name(column));
    if (count != as_size(expected, "count")) DIFFERS("has %zu cells", count);
    if (joblib_column_kind(column) == JOBLIB_CELLS_CATEGORY) {
        compare_codes(cells, column);
        return;
    }
    for (const struct json *cell = cells->first; cell; cell = cell->next, row++)
        if (!same_cell(cell, column, row))
            DIFFERS("cell %zu, expected %s %s", row, cell->first->key,
                    cell->first->text ? cell->first->text : "");
}

/* A column and those within it. */
static void compare_column(const struct json *expected, const joblib_column *column)
{
    static const char *const parts[] = {[JOBLIB_INNER_CATEGORIES] = "categories",
                                        [JOBLIB_INNER_LEFT] = "left",
                                        [JOBLIB_INNER_RIGHT] = "right"};
    compare_one(expected, column);
    for (int part = 0; part <= JOBLIB_INNER_RIGHT; part++) {
        const struct json *inner = json_find(expected, parts[part]);
        const joblib_column *found = joblib_column_inner(column, part);
        CHECK((inner == NULL) == (found == NULL));
        if (inner && found) compare_one(inner, found);
    }
}

static void compare_list(const struct json *frame, const char *what,
                         const joblib_column *(*at)(const joblib_frame *, size_t),
                         const joblib_frame *found, size_t count)
{
    const struct json *list = json_find(frame, what);
    here.what = what;
    here.number = 0;
    CHECK_EQ_SIZE(count, json_count(list));
    for (const struct json *column = list->first; column; column = column->next) {
        compare_column(column, at(found, here.number));
        here.number++;
    }
    CHECK(at(found, count) == NULL);
}

static void compare_frame(const struct json *expected, const joblib_value *value)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_frame *frame = NULL;
    joblib_status status = joblib_frame_new(value, NULL, &frame, &error);
    if (status != JOBLIB_OK) {
        DIFFERS("%s: %s", joblib_status_name((int)status), error.message);
        return;
    }
    CHECK_EQ_SIZE(joblib_frame_rows(frame), as_size(expected, "rows"));
    compare_list(expected, "columns", joblib_frame_column, frame,
                 joblib_frame_count(frame));
    compare_list(expected, "index", joblib_frame_index, frame,
                 joblib_frame_index_count(frame));
    compare_list(expected, "labels", joblib_frame_label, frame,
                 joblib_frame_label_count(frame));
    joblib_frame_free(frame);
}

/* The view of an object, by the start of the vector's name. */
static void check_view(const char *name, const joblib_value *value)
{
    static const struct {
        const char *start;
        joblib_view view;
    } views[] = {{"valid/pandas/frame-", JOBLIB_VIEW_FRAME},
                 {"valid/pandas/pickle", JOBLIB_VIEW_FRAME},
                 {"valid/pandas/series-", JOBLIB_VIEW_SERIES},
                 {"valid/pandas/index-", JOBLIB_VIEW_INDEX},
                 {"valid/pandas/array-categorical", JOBLIB_VIEW_CATEGORICAL},
                 {"valid/pandas/array-dates", JOBLIB_VIEW_NONE}};
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        if (strncmp(name, views[i].start, strlen(views[i].start)) == 0)
            CHECK_EQ_INT(joblib_view_kind(value), views[i].view);
}

/* Fails each allocation in turn. */
static void fail_allocations(const joblib_value *value)
{
    joblib_status status = JOBLIB_ERROR_MEMORY;
    for (size_t fail_at = 1; status != JOBLIB_OK; fail_at++) {
        struct fault fault = {.fail_at = fail_at};
        joblib_allocator allocator = fault_allocator(&fault);
        joblib_frame_options options = JOBLIB_FRAME_OPTIONS_INIT;
        joblib_frame *frame = NULL;
        options.allocator = &allocator;
        status = joblib_frame_new(value, &options, &frame, NULL);
        CHECK(status == JOBLIB_OK || (status == JOBLIB_ERROR_MEMORY && !frame));
        joblib_frame_free(frame);
        CHECK_EQ_SIZE(fault.live_bytes, 0);
    }
}

/* Changes bytes of a file, evenly spread: an error, or a frame that can be read. */
static void change_bytes(const char *name)
{
    struct vector_bytes bytes = vector_read(name, ".joblib");
    size_t step = bytes.size / CHANGES + 1;
    for (size_t at = 0; at < bytes.size; at += step) {
        joblib_document *document = NULL;
        joblib_frame *frame = NULL;
        bytes.data[at] ^= (char)(1 << at % 8);
        if (joblib_load_memory(bytes.data, bytes.size, NULL, &document, NULL) ==
            JOBLIB_OK)
            changed_frames += joblib_frame_new(joblib_document_root(document), NULL,
                                               &frame, NULL) == JOBLIB_OK;
        CHECK(frame_read_all(frame, MOST_CELLS));
        joblib_frame_free(frame);
        joblib_document_release(document);
        bytes.data[at] ^= (char)(1 << at % 8);
    }
    free(bytes.data);
}

static void check_frames(const char *name)
{
    struct vector_bytes text = vector_read(name, ".json");
    struct json *json = json_parse(text.data);
    const struct json *frame = json_find(json, "frame");
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    here.vector = name;
    here.what = "frame";
    CHECK(frame != NULL);
    CHECK_OK(joblib_load_file(vector_path(name, ".joblib"), NULL, &document, &error),
             &error);
    if (frame && document) {
        compare_frame(frame, joblib_document_root(document));
        fail_allocations(joblib_document_root(document));
        check_view(name, joblib_document_root(document));
    }
    joblib_document_release(document);
    json_free(json);
    free(text.data);
}

static void reads_every_frame_as_pandas_does(void)
{
    CHECK(vector_each("valid/pandas/", check_frames) > 100);
}

static void survives_changed_files(void)
{
    (void)vector_each("valid/pandas/", change_bytes);
    CHECK(changed_frames > 1000);
}

int main(void)
{
    RUN(reads_every_frame_as_pandas_does);
    RUN(survives_changed_files);
    return test_finish();
}
