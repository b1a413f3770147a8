#include "command/table/matrix.h"

#include <string.h>

#include "command/failure.h"

static joblib_status measure_array(joblib_command__matrix *out, joblib_error *error)
{
    const joblib_array *array = &out->array;
    if (array->ndim != 1 && array->ndim != 2) {
        return joblib_command__fail(error, JOBLIB_ERROR_KIND,
                                    "an array of %zu dimensions (1 or 2 are expected)",
                                    array->ndim);
    }
    out->is_sparse = false;
    out->rows = (size_t)array->shape[0];
    out->columns = array->ndim == 2 ? (size_t)array->shape[1] : 1;
    return JOBLIB_OK;
}

static void measure_csr(joblib_command__matrix *out)
{
    out->is_sparse = true;
    out->rows = (size_t)out->csr.rows;
    out->columns = (size_t)out->csr.columns;
}

joblib_status joblib_command__matrix_of_result(const joblib_result *result, size_t index,
                                               joblib_command__matrix *out,
                                               joblib_error *error)
{
    if (!joblib_result_is_sparse(result, index)) {
        JOBLIB_COMMAND_TRY(joblib_result_array(result, index, &out->array, error));
        return measure_array(out, error);
    }
    JOBLIB_COMMAND_TRY(joblib_result_csr(result, index, &out->csr, error));
    measure_csr(out);
    return JOBLIB_OK;
}

joblib_status joblib_command__matrix_of_value(const joblib_value *value,
                                              joblib_command__matrix *out,
                                              joblib_error *error)
{
    if (joblib_value_kind(value) == JOBLIB_KIND_ARRAY) {
        JOBLIB_COMMAND_TRY(joblib_value_array(value, &out->array, error));
        return measure_array(out, error);
    }
    JOBLIB_COMMAND_TRY(joblib_input_from_value(value, &out->csr, error));
    measure_csr(out);
    return JOBLIB_OK;
}

const joblib_dtype *joblib_command__matrix_dtype(const joblib_command__matrix *matrix)
{
    return matrix->is_sparse ? matrix->csr.dtype : matrix->array.dtype;
}

/* Index arrays of a file may stand at any address. */
static int64_t read_index(const void *indices, uint32_t number, size_t at)
{
    int64_t wide = 0;
    int32_t narrow = 0;
    if (number == JOBLIB_NUMBER_INT64) {
        memcpy(&wide, (const char *)indices + at * sizeof wide, sizeof wide);
        return wide;
    }
    memcpy(&narrow, (const char *)indices + at * sizeof narrow, sizeof narrow);
    return narrow;
}

static joblib_status read_element(const joblib_dtype *dtype, const void *item,
                                  double *out, joblib_error *error)
{
    joblib_array view = JOBLIB_ARRAY_INIT;
    view.data = item;
    view.dtype = dtype;
    view.count = 1;
    return joblib_array_read_float64(&view, out, 1, error);
}

static joblib_status read_csr_row(const joblib_input *csr, size_t row, double *out,
                                  joblib_error *error)
{
    size_t itemsize = joblib_dtype_itemsize(csr->dtype);
    int64_t first = read_index(csr->row_offsets, csr->index_number, row);
    int64_t end = read_index(csr->row_offsets, csr->index_number, row + 1);
    int64_t all = read_index(csr->row_offsets, csr->index_number, (size_t)csr->rows);
    if (first < 0 || end < first || all < end) {
        return joblib_command__fail(error, JOBLIB_ERROR_INPUT,
                                    "row offsets are not sorted");
    }
    for (size_t i = 0; i < (size_t)csr->columns; i++) out[i] = 0.0;
    for (int64_t i = first; i < end; i++) {
        double value;
        int64_t column = read_index(csr->column_indices, csr->index_number, (size_t)i);
        if (column < 0 || (uint64_t)column >= csr->columns) {
            return joblib_command__fail(error, JOBLIB_ERROR_INPUT,
                                        "a sparse row has a column outside");
        }
        const char *item = (const char *)csr->values + (size_t)i * itemsize;
        JOBLIB_COMMAND_TRY(read_element(csr->dtype, item, &value, error));
        out[column] += value;
    }
    return JOBLIB_OK;
}

joblib_status joblib_command__matrix_row(const joblib_command__matrix *matrix, size_t row,
                                         double *out, joblib_error *error)
{
    if (matrix->is_sparse) return read_csr_row(&matrix->csr, row, out, error);
    for (size_t i = 0; i < matrix->columns; i++) {
        const void *item = joblib_array_item(&matrix->array, row * matrix->columns + i);
        JOBLIB_COMMAND_TRY(read_element(matrix->array.dtype, item, &out[i], error));
    }
    return JOBLIB_OK;
}
