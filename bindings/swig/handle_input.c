/* Input of predictions: appended rows, packed numbers, loaded values, sparse results. */

#include <stdlib.h>
#include <string.h>

#include "handle_common.h"

void delete_JoblibInput(JoblibInput *self)
{
    if (self != NULL) {
        joblib_shim__release(&self->owner);
        free(self->memory);
        free(self);
    }
}

/* Rows appended one by one */

JoblibInput *new_JoblibInput(joblib_error *error)
{
    const joblib_owner nobody = {NULL, NULL, NULL};
    joblib_input input;
    joblib_input_dense(&input, NULL, JOBLIB_NUMBER_FLOAT64, 0, 0);
    return joblib_shim__input(nobody, &input, error);
}

static bool reserve_row(JoblibInput *self, size_t used, size_t size, joblib_error *error)
{
    size_t capacity = self->capacity;
    void *memory;
    if (size <= capacity - used) {
        return true;
    }
    capacity = capacity > SIZE_MAX / 2 ? SIZE_MAX : capacity * 2;
    if (size > SIZE_MAX - used) {
        joblib_shim__fail(error, JOBLIB_ERROR_MEMORY, "rows of %zu bytes and more", used);
        return false;
    }
    capacity = capacity < used + size ? used + size : capacity;
    memory = realloc(self->memory, capacity);
    if (memory == NULL) {
        joblib_shim__fail(error, JOBLIB_ERROR_MEMORY, "no memory for rows of %zu bytes",
                          capacity);
        return false;
    }
    self->memory = memory;
    self->capacity = capacity;
    return true;
}

static bool can_append(const JoblibInput *self, size_t count, joblib_error *error)
{
    const bool is_own = self->owner.document == NULL && self->owner.result == NULL;
    if (!is_own || joblib_dtype_as_number(self->input.dtype) != JOBLIB_NUMBER_FLOAT64) {
        joblib_shim__fail(error, JOBLIB_ERROR_ARGUMENT,
                          "no row can be added to this input");
        return false;
    }
    if (self->input.rows > 0 && count != self->input.columns) {
        joblib_shim__fail(error, JOBLIB_ERROR_INPUT,
                          "row %zu has %zu columns, the first row %zu",
                          (size_t)self->input.rows, count, (size_t)self->input.columns);
        if (error != NULL) {
            error->row = (int64_t)self->input.rows;
        }
        return false;
    }
    if (count > SIZE_MAX / sizeof(double)) {
        joblib_shim__fail(error, JOBLIB_ERROR_MEMORY, "a row of %zu columns", count);
        return false;
    }
    return true;
}

void JoblibInput_append(JoblibInput *self, const double *values, size_t count,
                        joblib_error *error)
{
    const size_t rows = (size_t)self->input.rows, size = count * sizeof(double);
    if (!can_append(self, count, error) || !reserve_row(self, rows * size, size, error)) {
        return;
    }
    if (size > 0) {
        memcpy((char *)self->memory + rows * size, values, size);
    }
    joblib_input_dense(&self->input, self->memory, JOBLIB_NUMBER_FLOAT64, rows + 1,
                       count);
}

/* Packed numbers */

static const struct {
    const char *text; /**< kind and itemsize */
    joblib_number number;
} packed_types[] = {
    {"b1", JOBLIB_NUMBER_BOOL},    {"?", JOBLIB_NUMBER_BOOL},
    {"i1", JOBLIB_NUMBER_INT8},    {"i2", JOBLIB_NUMBER_INT16},
    {"i4", JOBLIB_NUMBER_INT32},   {"i8", JOBLIB_NUMBER_INT64},
    {"u1", JOBLIB_NUMBER_UINT8},   {"u2", JOBLIB_NUMBER_UINT16},
    {"u4", JOBLIB_NUMBER_UINT32},  {"u8", JOBLIB_NUMBER_UINT64},
    {"f2", JOBLIB_NUMBER_FLOAT16}, {"f4", JOBLIB_NUMBER_FLOAT32},
    {"f8", JOBLIB_NUMBER_FLOAT64},
};

static joblib_number find_number(const char *text, joblib_error *error)
{
    const char *bare = text + (text[0] != '\0' && strchr("<>=|", text[0]) != NULL);
    for (size_t i = 0; i < sizeof packed_types / sizeof packed_types[0]; i++) {
        if (strcmp(packed_types[i].text, bare) == 0) {
            return packed_types[i].number;
        }
    }
    joblib_shim__fail(error, JOBLIB_ERROR_ARGUMENT,
                      "dtype %.20s is not of packed numbers", text);
    return JOBLIB_NUMBER_NONE;
}

static bool is_foreign(char order)
{
    const uint16_t one = 1;
    unsigned char first;
    memcpy(&first, &one, 1);
    return order == (first == 1 ? '>' : '<');
}

static void swap_items(unsigned char *bytes, size_t size, size_t itemsize)
{
    for (unsigned char *item = bytes; item < bytes + size; item += itemsize) {
        for (size_t i = 0; i < itemsize / 2; i++) {
            const unsigned char kept = item[i];
            item[i] = item[itemsize - 1 - i];
            item[itemsize - 1 - i] = kept;
        }
    }
}

static bool fits_packed(size_t size, size_t itemsize, size_t rows, size_t columns,
                        joblib_error *error)
{
    const size_t items = size / itemsize;
    const bool exact =
        rows == 0 || columns == 0
            ? size == 0
            : size % itemsize == 0 && items % rows == 0 && items / rows == columns;
    if (!exact) {
        joblib_shim__fail(error, JOBLIB_ERROR_ARGUMENT,
                          "%zu bytes are not %zu rows of %zu columns of %zu bytes", size,
                          rows, columns, itemsize);
    }
    return exact;
}

JoblibInput *JoblibInput_packed(const void *data, size_t size, const char *text,
                                size_t rows, size_t columns, joblib_error *error)
{
    const joblib_number number = find_number(text, error);
    const size_t itemsize = joblib_dtype_itemsize(joblib_dtype_number((int)number));
    JoblibInput *self;
    if (number == JOBLIB_NUMBER_NONE ||
        !fits_packed(size, itemsize, rows, columns, error)) {
        return NULL;
    }
    self = new_JoblibInput(error);
    if (self == NULL || !reserve_row(self, 0, size > 0 ? size : 1, error)) {
        delete_JoblibInput(self);
        return NULL;
    }
    if (size > 0) {
        memcpy(self->memory, data, size);
    }
    if (is_foreign(text[0])) {
        swap_items(self->memory, size, itemsize);
    }
    joblib_input_dense(&self->input, self->memory, (int)number, rows, columns);
    return self;
}

/* Loaded values and arrays */

JoblibInput *JoblibInput_from_value(const JoblibValue *value, joblib_error *error)
{
    const joblib_owner owner = {value->document, NULL, NULL};
    joblib_input input;
    if (joblib_input_from_value(value->node, &input, error) != JOBLIB_OK) {
        return NULL;
    }
    return joblib_shim__input(owner, &input, error);
}

JoblibInput *JoblibInput_from_array(const JoblibArray *array, joblib_error *error)
{
    const joblib_array *view = &array->view;
    joblib_input input = JOBLIB_INPUT_INIT;
    if (view->ndim < 1 || view->ndim > 2 ||
        joblib_dtype_as_number(view->dtype) == JOBLIB_NUMBER_NONE) {
        return joblib_shim__fail(error, JOBLIB_ERROR_KIND,
                                 "an array of %zu dimensions of %s is no input",
                                 view->ndim, joblib_dtype_text(view->dtype));
    }
    input.values = view->data;
    input.dtype = view->dtype;
    input.rows = view->ndim == 2 ? (uint64_t)view->shape[0] : 1;
    input.columns = (uint64_t)view->shape[view->ndim - 1];
    input.row_stride = view->ndim == 2 ? view->strides[0] : 0;
    input.column_stride = view->strides[view->ndim - 1];
    return joblib_shim__input(array->owner, &input, error);
}

/* Description */

size_t JoblibInput_rows(const JoblibInput *self)
{
    return (size_t)self->input.rows;
}

size_t JoblibInput_columns(const JoblibInput *self)
{
    return (size_t)self->input.columns;
}

bool JoblibInput_is_sparse(const JoblibInput *self)
{
    return self->input.kind == JOBLIB_INPUT_CSR;
}

static size_t count_stored(const joblib_input *input)
{
    const size_t rows = (size_t)input->rows;
    if (input->index_number == JOBLIB_NUMBER_INT32) {
        return (size_t)((const int32_t *)input->row_offsets)[rows];
    }
    return (size_t)((const int64_t *)input->row_offsets)[rows];
}

/** A view with one dimension, whose shape stands in the handle. */
static JoblibArray *view_sparse(const JoblibInput *self, const void *data,
                                const joblib_dtype *dtype, size_t count,
                                joblib_error *error)
{
    joblib_array view = JOBLIB_ARRAY_INIT;
    JoblibArray *array;
    view.data = data;
    view.dtype = dtype;
    view.count = count;
    view.ndim = 1;
    view.flags = JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER | JOBLIB_ARRAY_NATIVE;
    array = joblib_shim__array(self->owner, &view, error);
    if (array != NULL) {
        array->shape[0] = (int64_t)count;
        array->strides[0] = (int64_t)joblib_dtype_itemsize(dtype);
        array->view.shape = array->shape;
        array->view.strides = array->strides;
    }
    return array;
}

static bool require_sparse(const JoblibInput *self, joblib_error *error)
{
    if (!JoblibInput_is_sparse(self)) {
        joblib_shim__fail(error, JOBLIB_ERROR_KIND, "the rows are not sparse");
        return false;
    }
    return true;
}

JoblibArray *JoblibInput_values(const JoblibInput *self, joblib_error *error)
{
    if (!require_sparse(self, error)) {
        return NULL;
    }
    return view_sparse(self, self->input.values, self->input.dtype,
                       count_stored(&self->input), error);
}

JoblibArray *JoblibInput_row_offsets(const JoblibInput *self, joblib_error *error)
{
    if (!require_sparse(self, error)) {
        return NULL;
    }
    return view_sparse(self, self->input.row_offsets,
                       joblib_dtype_number((int)self->input.index_number),
                       (size_t)self->input.rows + 1, error);
}

JoblibArray *JoblibInput_column_indices(const JoblibInput *self, joblib_error *error)
{
    if (!require_sparse(self, error)) {
        return NULL;
    }
    return view_sparse(self, self->input.column_indices,
                       joblib_dtype_number((int)self->input.index_number),
                       count_stored(&self->input), error);
}
