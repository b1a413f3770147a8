#include <string.h>

#include "array/array.h"
#include "base/checked.h"
#include "base/endian.h"
#include "base/options.h"
#include "base/try.h"
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

/* A 1-D contiguous native array of the state of a sparse matrix. */
static joblib_status read_sparse_part(const joblib_value *object, const char *name,
                                      joblib_array *out, joblib_error *error)
{
    const joblib_value *value = joblib_value_attribute(object, name);
    JOBLIB_TRY(joblib_value_array(value, out, error));
    JOBLIB_REQUIRE(out->ndim == 1 && (out->flags & JOBLIB_ARRAY_C_ORDER) != 0,
                   JOBLIB_ERROR_KIND, "%s of a sparse matrix is not a 1-D array", name);
    return JOBLIB_OK;
}

static joblib_status read_sparse_shape(const joblib_value *object, joblib_input *out,
                                       joblib_error *error)
{
    const joblib_value *shape = joblib_value_attribute(object, "_shape");
    JOBLIB_REQUIRE(joblib_value_count(shape) == 2, JOBLIB_ERROR_KIND,
                   "_shape of a sparse matrix has %zu numbers, 2 are expected",
                   joblib_value_count(shape));
    JOBLIB_TRY(joblib_value_as_uint64(joblib_value_at(shape, 0), &out->rows, error));
    return joblib_value_as_uint64(joblib_value_at(shape, 1), &out->columns, error);
}

static bool is_csr(const joblib_value *value)
{
    const char *module = joblib_value_module(value);
    const char *name = joblib_value_name(value);
    if (joblib_value_kind(value) != JOBLIB_KIND_OBJECT || !module || !name) return false;
    bool is_scipy = strcmp(module, "scipy.sparse._csr") == 0 ||
                    strcmp(module, "scipy.sparse.csr") == 0;
    return is_scipy &&
           (strcmp(name, "csr_matrix") == 0 || strcmp(name, "csr_array") == 0);
}

/* The caller trusts the lengths: offsets must not point behind the elements. */
static joblib_status check_sparse_sizes(const joblib_input *input,
                                        const joblib_array *data,
                                        const joblib_array *indices,
                                        const joblib_array *offsets, joblib_error *error)
{
    JOBLIB_REQUIRE(offsets->count > 0 && offsets->count - 1 == input->rows,
                   JOBLIB_ERROR_KIND, "indptr has %zu numbers for %llu rows",
                   offsets->count, (unsigned long long)input->rows);
    int64_t end;
    const void *last = joblib_array_item(offsets, offsets->count - 1);
    bool fits = joblib_array__number_int64(last, offsets->dtype, &end);
    JOBLIB_REQUIRE(fits && end >= 0 && (uint64_t)end <= data->count &&
                       (uint64_t)end <= indices->count,
                   JOBLIB_ERROR_KIND,
                   "indptr ends at %lld, data has %zu, indices %zu numbers",
                   (long long)end, data->count, indices->count);
    return JOBLIB_OK;
}

static bool is_native_index(const joblib_array *array)
{
    joblib_number number = joblib_dtype_as_number(array->dtype);
    return (array->flags & JOBLIB_ARRAY_NATIVE) != 0 &&
           (number == JOBLIB_NUMBER_INT32 || number == JOBLIB_NUMBER_INT64);
}

static joblib_status describe_csr(const joblib_value *value, joblib_input *out,
                                  joblib_error *error)
{
    joblib_array data, indices, offsets;
    JOBLIB_TRY(read_sparse_shape(value, out, error));
    JOBLIB_TRY(read_sparse_part(value, "data", &data, error));
    JOBLIB_TRY(read_sparse_part(value, "indices", &indices, error));
    JOBLIB_TRY(read_sparse_part(value, "indptr", &offsets, error));
    JOBLIB_REQUIRE(is_native_index(&indices) && is_native_index(&offsets) &&
                       joblib_dtype_as_number(indices.dtype) ==
                           joblib_dtype_as_number(offsets.dtype),
                   JOBLIB_ERROR_KIND, "indices of type %s and %s are not supported",
                   joblib_dtype_text(indices.dtype), joblib_dtype_text(offsets.dtype));
    JOBLIB_TRY(check_sparse_sizes(out, &data, &indices, &offsets, error));
    out->kind = JOBLIB_INPUT_CSR;
    out->values = data.data;
    out->dtype = data.dtype;
    out->row_offsets = offsets.data;
    out->column_indices = indices.data;
    out->index_number = joblib_dtype_as_number(indices.dtype);
    return JOBLIB_OK;
}

joblib_status joblib_input_from_value(const joblib_value *value, joblib_input *out,
                                      joblib_error *error)
{
    JOBLIB_REQUIRE(out != NULL, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    joblib_array array;
    joblib_input described = JOBLIB_INPUT_INIT;
    if (is_csr(value)) {
        JOBLIB_TRY(describe_csr(value, &described, error));
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
