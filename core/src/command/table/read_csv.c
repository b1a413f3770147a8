#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "command/failure.h"
#include "command/output.h"
#include "command/parse_number.h"
#include "command/table/csv_fields.h"
#include "command/table/input_table.h"

/* A column of the file that is no column of the input. */
#define IGNORED_COLUMN SIZE_MAX

struct csv_table {
    joblib_command__csv_reader reader;
    joblib_command__csv_field *fields; /* of the line read last */
    size_t field_count;
    size_t field_capacity;
    size_t *targets; /* for each column of the file: the column of the input */
    size_t width;    /* columns of the file */
    size_t columns;  /* of the input */
    size_t rows;
    double *values;
    size_t capacity; /* of `values`, in numbers */
};

/* Reads one line into `fields`. */
static joblib_status read_line(struct csv_table *table, joblib_error *error)
{
    joblib_command__csv_field field;
    table->field_count = 0;
    do {
        JOBLIB_COMMAND_TRY(joblib_command__next_field(&table->reader, &field, error));
        joblib_command__csv_field *grown =
            joblib_command__grow(table->fields, &table->field_capacity,
                                 table->field_count + 1, sizeof *grown);
        if (grown == NULL) return joblib_command__no_memory(error);
        table->fields = grown;
        grown[table->field_count++] = field;
    } while (!field.is_last);
    return JOBLIB_OK;
}

static bool is_word(const joblib_command__csv_field *field, const char *word)
{
    return strlen(word) == field->size && memcmp(word, field->text, field->size) == 0;
}

static bool is_missing(const joblib_command__csv_field *field)
{
    static const char *const words[] = {"NA", "N/A", "<NA>", "null", "NULL", "None"};
    if (field->size == 0) return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (is_word(field, words[i])) return true;
    }
    return false;
}

static bool read_csv_number(const joblib_command__csv_field *field, double *out)
{
    if (is_missing(field)) {
        *out = (double)NAN;
        return true;
    }
    if (is_word(field, "True") || is_word(field, "true") || is_word(field, "TRUE")) {
        *out = 1.0;
        return true;
    }
    if (is_word(field, "False") || is_word(field, "false") || is_word(field, "FALSE")) {
        *out = 0.0;
        return true;
    }
    return joblib_command__parse_number(field->text, field->size, out);
}

static bool is_header(const struct csv_table *table)
{
    double ignored;
    for (size_t i = 0; i < table->field_count; i++) {
        if (!read_csv_number(&table->fields[i], &ignored)) return true;
    }
    return false;
}

/* The place of a name in the header; the number of columns if it has none. */
static size_t find_column(const struct csv_table *table, const char *name, size_t first)
{
    while (first < table->field_count && !is_word(&table->fields[first], name)) first++;
    return first;
}

static size_t count_names_in_header(const struct csv_table *table,
                                    const joblib_model *model, size_t names)
{
    size_t found = 0;
    for (size_t i = 0; i < names; i++) {
        const char *name = joblib_model_feature_name(model, i);
        if (find_column(table, name, 0) < table->field_count) found++;
    }
    return found;
}

static joblib_status fail_name(joblib_error *error, const char *what, const char *name)
{
    return joblib_command__fail(error, JOBLIB_ERROR_INPUT, "%s: \"%.100s\"", what, name);
}

/* Sends each column that the model names to its place, and ignores the others. */
static joblib_status map_by_name(struct csv_table *table, const joblib_model *model,
                                 size_t names, joblib_error *error)
{
    for (size_t i = 0; i < table->width; i++) table->targets[i] = IGNORED_COLUMN;
    for (size_t i = 0; i < names; i++) {
        const char *name = joblib_model_feature_name(model, i);
        size_t column = find_column(table, name, 0);
        if (column == table->width) {
            return fail_name(error, "the header lacks a column of the model", name);
        }
        if (find_column(table, name, column + 1) < table->width) {
            return fail_name(error, "the header has a column twice", name);
        }
        if (table->targets[column] != IGNORED_COLUMN) {
            return fail_name(error, "the model has a column twice", name);
        }
        table->targets[column] = i;
    }
    table->columns = names;
    return JOBLIB_OK;
}

static joblib_status map_columns(struct csv_table *table, const joblib_model *model,
                                 bool has_header, joblib_error *error)
{
    size_t names = 0;
    if (has_header && joblib_model_feature_name(model, 0) != NULL) {
        names = joblib_model_feature_count(model);
    }
    table->width = table->columns = table->field_count;
    table->targets = calloc(table->width + 1, sizeof *table->targets);
    if (table->targets == NULL) return joblib_command__no_memory(error);
    if (names > 0 && count_names_in_header(table, model, names) > 0) {
        return map_by_name(table, model, names, error);
    }
    for (size_t i = 0; i < table->width; i++) table->targets[i] = i;
    return JOBLIB_OK;
}

static joblib_status fail_csv_field(const struct csv_table *table, joblib_error *error,
                                    size_t field)
{
    const joblib_command__csv_field *found = &table->fields[field];
    int shown = found->size < 40 ? (int)found->size : 40;
    return joblib_command__fail(error, JOBLIB_ERROR_INPUT,
                                "line %zu, field %zu is no number: \"%.*s\"",
                                table->reader.line, field + 1, shown, found->text);
}

static joblib_status add_row(struct csv_table *table, joblib_error *error)
{
    if (table->field_count != table->width) {
        return joblib_command__fail(error, JOBLIB_ERROR_INPUT,
                                    "line %zu has %zu fields, the first has %zu",
                                    table->reader.line, table->field_count, table->width);
    }
    /* Each number took a byte of the file at least, or a separator. */
    size_t used = table->rows * table->columns;
    double *grown = joblib_command__grow(table->values, &table->capacity,
                                         used + table->columns, sizeof *grown);
    if (grown == NULL) return joblib_command__no_memory(error);
    table->values = grown;
    for (size_t i = 0; i < table->width; i++) {
        size_t target = table->targets[i];
        if (target == IGNORED_COLUMN) continue;
        if (!read_csv_number(&table->fields[i], &grown[used + target])) {
            return fail_csv_field(table, error, i);
        }
    }
    table->rows++;
    return JOBLIB_OK;
}

static joblib_status read_rows(struct csv_table *table, const joblib_model *model,
                               joblib_error *error)
{
    if (!joblib_command__skip_empty_lines(&table->reader)) {
        return joblib_command__fail(error, JOBLIB_ERROR_INPUT, "no line in the file");
    }
    JOBLIB_COMMAND_TRY(read_line(table, error));
    bool has_header = is_header(table);
    JOBLIB_COMMAND_TRY(map_columns(table, model, has_header, error));
    if (!has_header) JOBLIB_COMMAND_TRY(add_row(table, error));
    while (joblib_command__skip_empty_lines(&table->reader)) {
        JOBLIB_COMMAND_TRY(read_line(table, error));
        JOBLIB_COMMAND_TRY(add_row(table, error));
    }
    if (table->rows > 0) return JOBLIB_OK;
    return joblib_command__fail(error, JOBLIB_ERROR_INPUT,
                                "a header, but no row below it");
}

joblib_status joblib_command__read_csv(char *text, size_t size, const joblib_model *model,
                                       joblib_command__table *out, joblib_error *error)
{
    struct csv_table table = {.fields = NULL};
    joblib_command__csv_open(&table.reader, text, size);
    joblib_status status = read_rows(&table, model, error);
    free(table.fields);
    free(table.targets);
    if (status != JOBLIB_OK) {
        free(table.values);
        return status;
    }
    out->memory = table.values;
    joblib_input_dense(&out->input, table.values, JOBLIB_NUMBER_FLOAT64, table.rows,
                       table.columns);
    return JOBLIB_OK;
}

#undef IGNORED_COLUMN
