#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/failure.h"
#include "command/printing.h"
#include "command/table/label_text.h"
#include "command/table/matrix.h"
#include "command/table/write.h"

struct csv_writer {
    joblib_command__output *out;
    const joblib_model *model;
    int method;
    joblib_command__matrix *matrices;
    size_t count;
    double *row;                /* of a sparse matrix */
    joblib_command__bytes text; /* of the cell being made */
};

static bool needs_quotes(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (strchr(",;\t\"\r\n ", text[i]) != NULL) return true;
    }
    return false;
}

/* A terminal gets control characters escaped; files and pipes get the text as it is. */
static void put_cell(joblib_command__output *out, const char *text, size_t size)
{
    if (!needs_quotes(text, size)) {
        if (out->terminal) {
            joblib_command__put_plain(out, text, size);
        } else {
            joblib_command__put(out, text, size);
        }
        return;
    }
    joblib_command__put(out, "\"", 1);
    while (size > 0) {
        const char *quote = memchr(text, '"', size);
        size_t part = quote != NULL ? (size_t)(quote - text) + 1 : size;
        if (out->terminal) {
            joblib_command__put_plain(out, text, part);
        } else {
            joblib_command__put(out, text, part);
        }
        if (quote != NULL) joblib_command__put(out, "\"", 1);
        text += part;
        size -= part;
    }
    joblib_command__put(out, "\"", 1);
}

static joblib_status put_item_cell(struct csv_writer *writer, const joblib_array *array,
                                   size_t index, const char *prefix, joblib_error *error)
{
    joblib_status status = JOBLIB_ERROR_MEMORY;
    writer->text.size = 0;
    if (joblib_command__write_memory(&writer->text, prefix, strlen(prefix))) {
        status = joblib_command__append_label(&writer->text, array, index);
    }
    if (status == JOBLIB_OK) {
        put_cell(writer->out, writer->text.data, writer->text.size);
        return JOBLIB_OK;
    }
    return joblib_command__fail(error, status,
                                "element %zu, of type %s, has no text for .csv", index,
                                joblib_dtype_text(array->dtype));
}

/* True if the columns of an output are the classes of a target, which it views then. */
static bool has_class_columns(const struct csv_writer *writer, size_t index,
                              joblib_array *classes)
{
    bool is_scored = writer->method == JOBLIB_METHOD_PREDICT_PROBA ||
                     writer->method == JOBLIB_METHOD_PREDICT_LOG_PROBA ||
                     writer->method == JOBLIB_METHOD_DECISION_FUNCTION;
    return is_scored && writer->matrices[index].columns > 1 &&
           index < joblib_model_target_count(writer->model) &&
           joblib_model_classes(writer->model, index, classes, NULL) == JOBLIB_OK &&
           classes->count == writer->matrices[index].columns;
}

static joblib_status put_name(struct csv_writer *writer, size_t index, size_t column,
                              joblib_error *error)
{
    char prefix[40] = "";
    joblib_array classes;
    const char *method = joblib_method_name(writer->method);
    bool is_alone = writer->count == 1 && writer->matrices[index].columns == 1;
    if (writer->count > 1) (void)snprintf(prefix, sizeof prefix, "target%zu_", index);
    if (has_class_columns(writer, index, &classes)) {
        return put_item_cell(writer, &classes, column, prefix, error);
    }
    if (is_alone) {
        joblib_command__put_text(writer->out, method);
    } else if (writer->method == JOBLIB_METHOD_PREDICT) {
        joblib_command__put_format(writer->out, "target%zu", column);
    } else {
        joblib_command__put_format(writer->out, "%s%s%zu", prefix, method, column);
    }
    return JOBLIB_OK;
}

static joblib_status put_names(struct csv_writer *writer, joblib_error *error)
{
    for (size_t i = 0; i < writer->count; i++) {
        for (size_t j = 0; j < writer->matrices[i].columns; j++) {
            if (i + j > 0) joblib_command__put_text(writer->out, ",");
            JOBLIB_COMMAND_TRY(put_name(writer, i, j, error));
        }
    }
    joblib_command__put_text(writer->out, "\n");
    return JOBLIB_OK;
}

static joblib_status put_sparse_cells(struct csv_writer *writer, size_t index, size_t row,
                                      joblib_error *error)
{
    const joblib_command__matrix *matrix = &writer->matrices[index];
    bool single = joblib_dtype_as_number(matrix->csr.dtype) == JOBLIB_NUMBER_FLOAT32;
    JOBLIB_COMMAND_TRY(joblib_command__matrix_row(matrix, row, writer->row, error));
    for (size_t j = 0; j < matrix->columns; j++) {
        char text[JOBLIB_FLOAT_TEXT_SIZE];
        (void)joblib_float_text(writer->row[j], single, text);
        if (index + j > 0) joblib_command__put_text(writer->out, ",");
        joblib_command__put_text(writer->out, text);
    }
    return JOBLIB_OK;
}

static joblib_status put_dense_cells(struct csv_writer *writer, size_t index, size_t row,
                                     joblib_error *error)
{
    const joblib_command__matrix *matrix = &writer->matrices[index];
    for (size_t j = 0; j < matrix->columns; j++) {
        size_t item = row * matrix->columns + j;
        if (index + j > 0) joblib_command__put_text(writer->out, ",");
        JOBLIB_COMMAND_TRY(put_item_cell(writer, &matrix->array, item, "", error));
    }
    return JOBLIB_OK;
}

static joblib_status put_csv_row(struct csv_writer *writer, size_t row,
                                 joblib_error *error)
{
    for (size_t i = 0; i < writer->count; i++) {
        if (writer->matrices[i].is_sparse) {
            JOBLIB_COMMAND_TRY(put_sparse_cells(writer, i, row, error));
        } else {
            JOBLIB_COMMAND_TRY(put_dense_cells(writer, i, row, error));
        }
    }
    joblib_command__put_text(writer->out, "\n");
    return JOBLIB_OK;
}

static joblib_status put_csv(struct csv_writer *writer, const joblib_result *result,
                             joblib_error *error)
{
    size_t widest = 0;
    for (size_t i = 0; i < writer->count; i++) {
        joblib_command__matrix *matrix = &writer->matrices[i];
        JOBLIB_COMMAND_TRY(joblib_command__matrix_of_result(result, i, matrix, error));
        if (matrix->is_sparse && matrix->columns > widest) widest = matrix->columns;
    }
    writer->row = calloc(widest + 1, sizeof *writer->row);
    if (writer->row == NULL) return joblib_command__no_memory(error);
    JOBLIB_COMMAND_TRY(put_names(writer, error));
    size_t rows = writer->count > 0 ? writer->matrices[0].rows : 0;
    for (size_t i = 0; i < rows && !writer->out->failed; i++) {
        JOBLIB_COMMAND_TRY(put_csv_row(writer, i, error));
    }
    return JOBLIB_OK;
}

joblib_status joblib_command__write_csv(joblib_command__output *out,
                                        const joblib_model *model, int method,
                                        const joblib_result *result, joblib_error *error)
{
    struct csv_writer writer = {.out = out,
                                .model = model,
                                .method = method,
                                .count = joblib_result_count(result)};
    writer.matrices = calloc(writer.count + 1, sizeof *writer.matrices);
    if (writer.matrices == NULL) return joblib_command__no_memory(error);
    joblib_status status = put_csv(&writer, result, error);
    free(writer.matrices);
    free(writer.row);
    free(writer.text.data);
    return status;
}
