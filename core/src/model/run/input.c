#include <string.h>

#include "base/checked.h"
#include "base/endian.h"
#include "base/options.h"
#include "base/try.h"
#include "joblib/sparse.h"
#include "joblib/view.h"
#include "model/run/check.h"

void joblib_input_dense(joblib_input *out, const void *values, int number, size_t rows,
                        size_t columns)
{
    if (!out) return;
    const joblib_dtype *dtype = joblib_dtype_number(number);
    int64_t size = (int64_t)joblib_dtype_itemsize(dtype);
    *out = (joblib_input){.struct_size = sizeof *out,
                          .kind = JOBLIB_INPUT_DENSE,
                          .rows = rows,
                          .columns = columns,
                          .values = values,
                          .dtype = dtype,
                          .row_stride = (int64_t)columns * size,
                          .column_stride = size};
}

static void describe_dense(const joblib_array *array, joblib_input *out)
{
    const bool is_matrix = array->ndim == 2;
    const size_t last = array->ndim - 1;
    out->kind = JOBLIB_INPUT_DENSE;
    out->rows = is_matrix ? (uint64_t)array->shape[0] : 1;
    out->columns = (uint64_t)array->shape[last];
    out->values = array->data;
    out->dtype = array->dtype;
    out->row_stride = is_matrix ? array->strides[0] : 0;
    out->column_stride = array->strides[last];
}

static joblib_status describe_csr(const joblib_sparse *sparse, joblib_input *out,
                                  joblib_error *error)
{
    joblib_number number = joblib_dtype_as_number(sparse->indices->dtype);
    bool is_native =
        (sparse->indices->flags & sparse->pointers->flags & JOBLIB_ARRAY_NATIVE) != 0;
    JOBLIB_REQUIRE(sparse->format == JOBLIB_SPARSE_CSR, JOBLIB_ERROR_KIND,
                   "a sparse matrix by columns or coordinates, csr expected");
    JOBLIB_REQUIRE(is_native && joblib_dtype_as_number(sparse->pointers->dtype) == number,
                   JOBLIB_ERROR_KIND, "indices of type %s and %s are not supported",
                   joblib_dtype_text(sparse->indices->dtype),
                   joblib_dtype_text(sparse->pointers->dtype));
    out->kind = JOBLIB_INPUT_CSR;
    out->rows = sparse->rows;
    out->columns = sparse->columns;
    out->values = sparse->data->data;
    out->dtype = sparse->data->dtype;
    out->row_offsets = sparse->pointers->data;
    out->column_indices = sparse->indices->data;
    out->index_number = number;
    return JOBLIB_OK;
}

joblib_status joblib_input_from_value(const joblib_value *value, joblib_input *out,
                                      joblib_error *error)
{
    JOBLIB_REQUIRE(out != NULL, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    joblib_array array;
    joblib_input described = JOBLIB_INPUT_INIT;
    if (joblib_view_kind(value) == JOBLIB_VIEW_SPARSE) {
        joblib_sparse sparse = JOBLIB_SPARSE_INIT;
        JOBLIB_TRY(joblib_view_sparse(value, &sparse, error));
        JOBLIB_TRY(describe_csr(&sparse, &described, error));
    } else {
        JOBLIB_TRY(joblib_value_array(value, &array, error));
        JOBLIB_REQUIRE(array.ndim == 1 || array.ndim == 2, JOBLIB_ERROR_KIND,
                       "an input of %zu dimensions (1 or 2 are expected)", array.ndim);
        describe_dense(&array, &described);
    }
    JOBLIB_REQUIRE(joblib_dtype_as_number(described.dtype) != JOBLIB_NUMBER_NONE,
                   JOBLIB_ERROR_KIND, "an input of type %s, not of numbers",
                   joblib_dtype_text(described.dtype));
    *out = described;
    return JOBLIB_OK;
}

/* Whether `count` steps of `stride` bytes stay within an address space. */
static bool is_reachable(uint64_t count, int64_t stride)
{
    uint64_t size = stride < 0 ? 0 - (uint64_t)stride : (uint64_t)stride;
    return size == 0 || count <= (uint64_t)PTRDIFF_MAX / 4 / size;
}

static joblib_status open_dense(const joblib_input *input, joblib_error *error)
{
    uint64_t itemsize = joblib_dtype_itemsize(input->dtype);
    bool fits = is_reachable(input->rows, input->row_stride) &&
                is_reachable(input->columns, input->column_stride) &&
                (input->columns == 0 ||
                 input->rows <= (uint64_t)PTRDIFF_MAX / 8 / itemsize / input->columns);
    JOBLIB_REQUIRE(fits, JOBLIB_ERROR_INPUT,
                   "%llu x %llu numbers are more than memory holds",
                   (unsigned long long)input->rows, (unsigned long long)input->columns);
    JOBLIB_REQUIRE(input->values || input->rows == 0 || input->columns == 0,
                   JOBLIB_ERROR_ARGUMENT, "values of the input is NULL");
    return JOBLIB_OK;
}

static int64_t index_at(const void *indices, uint32_t number, uint64_t index)
{
    if (number == JOBLIB_NUMBER_INT64) {
        int64_t wide;
        memcpy(&wide, (const char *)indices + index * sizeof wide, sizeof wide);
        return wide;
    }
    int32_t narrow;
    memcpy(&narrow, (const char *)indices + index * sizeof narrow, sizeof narrow);
    return narrow;
}

int64_t joblib_model__offset_at(const joblib_model__rows *rows, size_t index)
{
    uint32_t number = rows->from_step ? JOBLIB_NUMBER_INT64 : rows->form.index_number;
    return index_at(rows->offsets, number, index);
}

static joblib_status check_row_offsets(const joblib_input *input, joblib_error *error)
{
    int64_t last = 0;
    for (uint64_t i = 0; i <= input->rows; i++) {
        int64_t offset = index_at(input->row_offsets, input->index_number, i);
        JOBLIB_REQUIRE(i > 0 || offset == 0, JOBLIB_ERROR_INPUT,
                       "row offsets begin at %lld (0 is expected)", (long long)offset);
        JOBLIB_REQUIRE(offset >= last, JOBLIB_ERROR_INPUT,
                       "row offset %llu is %lld, below the one before, %lld",
                       (unsigned long long)i, (long long)offset, (long long)last);
        last = offset;
    }
    return JOBLIB_OK;
}

static joblib_status check_indices(const joblib_input *input, int64_t count,
                                   joblib_error *error)
{
    for (int64_t i = 0; i < count; i++) {
        int64_t column =
            index_at(input->column_indices, input->index_number, (uint64_t)i);
        JOBLIB_REQUIRE(column >= 0 && (uint64_t)column < input->columns,
                       JOBLIB_ERROR_INPUT, "element %lld stands in column %lld of %llu",
                       (long long)i, (long long)column,
                       (unsigned long long)input->columns);
    }
    return JOBLIB_OK;
}

static joblib_status open_csr(const joblib_input *input, joblib_error *error)
{
    JOBLIB_REQUIRE(input->index_number == JOBLIB_NUMBER_INT32 ||
                       input->index_number == JOBLIB_NUMBER_INT64,
                   JOBLIB_ERROR_INPUT, "index_number is %u (int32 or int64 are expected)",
                   input->index_number);
    JOBLIB_REQUIRE(input->row_offsets != NULL, JOBLIB_ERROR_ARGUMENT,
                   "row_offsets is NULL");
    JOBLIB_REQUIRE(input->columns <= INT32_MAX && input->rows < SIZE_MAX / 16,
                   JOBLIB_ERROR_INPUT, "%llu x %llu is more than a sparse input may have",
                   (unsigned long long)input->rows, (unsigned long long)input->columns);
    JOBLIB_TRY(check_row_offsets(input, error));
    int64_t count = index_at(input->row_offsets, input->index_number, input->rows);
    JOBLIB_REQUIRE(count == 0 || (input->values && input->column_indices),
                   JOBLIB_ERROR_ARGUMENT, "values or column_indices is NULL");
    return check_indices(input, count, error);
}

static bool is_swapped(const joblib_dtype *dtype)
{
    char order = joblib_dtype_byteorder(dtype);
    return order != '|' && (order == '<') != joblib_base__is_little_endian();
}

joblib_status joblib_model__open_input(const joblib_input *given, joblib_model__rows *out,
                                       joblib_error *error)
{
    joblib_input input;
    JOBLIB_REQUIRE(given != NULL, JOBLIB_ERROR_ARGUMENT, "input is NULL");
    JOBLIB_TRY(joblib_base__read_struct(given, &input, sizeof input, "input", error));
    joblib_number number = joblib_dtype_as_number(input.dtype);
    JOBLIB_REQUIRE(number != JOBLIB_NUMBER_NONE, JOBLIB_ERROR_INPUT,
                   "elements of type '%s', not numbers", joblib_dtype_text(input.dtype));
    JOBLIB_REQUIRE(input.kind <= JOBLIB_INPUT_CSR, JOBLIB_ERROR_INPUT,
                   "input kind %u is not known", input.kind);
    JOBLIB_TRY(input.kind == JOBLIB_INPUT_CSR ? open_csr(&input, error)
                                              : open_dense(&input, error));
    *out = (joblib_model__rows){
        .form = {.kind = (uint8_t)input.kind,
                 .number = (uint8_t)number,
                 .index_number = (uint8_t)input.index_number,
                 .columns = (size_t)input.columns},
        .rows = (size_t)input.rows,
        .values = input.values,
        .row_stride = input.row_stride,
        .column_stride = input.column_stride,
        .element = (uint8_t)number,
        .swapped = is_swapped(input.dtype),
        .offsets = input.row_offsets,
        .indices = input.column_indices,
    };
    return JOBLIB_OK;
}
