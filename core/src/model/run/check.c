#include "model/run/check.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "array/widen.h"
#include "base/checked.h"
#include "base/try.h"
#include "kernel/finite.h"

joblib_model__rows joblib_model__slice_rows(const joblib_model__rows *rows, size_t first,
                                            size_t count)
{
    joblib_model__rows slice = *rows;
    slice.rows = count;
    slice.first_row = rows->first_row + first;
    if (rows->form.kind == JOBLIB_INPUT_DENSE) {
        if (rows->values)
            slice.values = (const char *)rows->values + (int64_t)first * rows->row_stride;
        return slice;
    }
    bool is_wide = rows->from_step || rows->form.index_number == JOBLIB_NUMBER_INT64;
    size_t size = is_wide ? 8 : 4;
    slice.offsets = (const char *)rows->offsets + first * size;
    return slice;
}

static uint8_t choose_number(const joblib_model__estimator *self, uint8_t number)
{
    bool is_float = number == JOBLIB_NUMBER_FLOAT64 || joblib_model__is_narrow(number);
    switch (self->check.conversion) {
    case JOBLIB_MODEL_TO_FLOAT:
        return is_float ? number : JOBLIB_NUMBER_FLOAT64;
    case JOBLIB_MODEL_TO_FLOAT32:
        return JOBLIB_NUMBER_FLOAT32;
    case JOBLIB_MODEL_TO_FLOAT64:
        return JOBLIB_NUMBER_FLOAT64;
    default:
        return number;
    }
}

joblib_status joblib_model__check_form(const joblib_model__estimator *self,
                                       const joblib_model__rows *rows,
                                       joblib_error *error)
{
    size_t columns = rows->form.columns;
    JOBLIB_REQUIRE(self->features == 0 || columns == self->features, JOBLIB_ERROR_INPUT,
                   "the input has %zu columns (%zu are expected)", columns,
                   self->features);
    JOBLIB_REQUIRE(columns > 0, JOBLIB_ERROR_INPUT, "the input has no columns");
    JOBLIB_REQUIRE(rows->rows > 0, JOBLIB_ERROR_INPUT, "the input has no rows");
    JOBLIB_REQUIRE(rows->form.kind == JOBLIB_INPUT_DENSE || self->check.accept_sparse,
                   JOBLIB_ERROR_INPUT, "the input is sparse (a dense one is expected)");
    return JOBLIB_OK;
}

/* Whether rows can be used where they stand. */
static bool is_ready(const joblib_model__rows *rows, bool narrow)
{
    const uint8_t wanted = narrow ? JOBLIB_NUMBER_FLOAT32 : JOBLIB_NUMBER_FLOAT64;
    const int64_t size = narrow ? (int64_t)sizeof(float) : (int64_t)sizeof(double);
    if (rows->element != wanted || rows->swapped ||
        (uintptr_t)rows->values % (size_t)size)
        return false;
    if (rows->form.kind == JOBLIB_INPUT_CSR) return true;
    return rows->column_stride == size &&
           (rows->rows == 1 || rows->row_stride == (int64_t)rows->form.columns * size);
}

/* Converts `lines` lines of numbers, `step` bytes apart, to memory of the workspace. */
static joblib_status convert_lines(joblib_array__line line, size_t lines, int64_t step,
                                   joblib_workspace *workspace, joblib_model__batch *out,
                                   joblib_error *error)
{
    bool narrow = joblib_model__is_narrow(out->form.number);
    double *wide = NULL;
    float *floats = NULL;
    size_t count;
    if (!joblib_base__size_mul(lines, line.count, &count)) count = SIZE_MAX;
    JOBLIB_TRY(narrow ? joblib_model__take_floats(workspace, count, &floats, error)
                      : joblib_model__take_doubles(workspace, count, &wide, error));
    for (size_t i = 0; i < lines; i++) {
        if (narrow)
            joblib_array__narrow(&line, floats + i * line.count);
        else
            joblib_array__widen(&line, wide + i * line.count);
        line.first = (const char *)line.first + step;
    }
    out->wide = wide;
    out->narrow = floats;
    return JOBLIB_OK;
}

static void use_in_place(const void *values, joblib_model__batch *out)
{
    if (joblib_model__is_narrow(out->form.number))
        out->narrow = values;
    else
        out->wide = values;
}

static joblib_status check_dense(const joblib_model__rows *rows,
                                 joblib_workspace *workspace, joblib_model__batch *out,
                                 joblib_error *error)
{
    if (is_ready(rows, joblib_model__is_narrow(out->form.number))) {
        use_in_place(rows->values, out);
        return JOBLIB_OK;
    }
    joblib_array__line line = {rows->values, rows->column_stride, rows->form.columns,
                               rows->element, rows->swapped};
    return convert_lines(line, rows->rows, rows->row_stride, workspace, out, error);
}

/* Offsets from 0 on. Returns the first element's offset. */
static joblib_status convert_offsets(const joblib_model__rows *rows,
                                     joblib_workspace *workspace,
                                     joblib_model__batch *out, joblib_error *error)
{
    void *memory;
    JOBLIB_TRY(
        joblib_model__take(workspace, rows->rows + 1, sizeof(int64_t), &memory, error));
    int64_t *offsets = memory;
    int64_t first = joblib_model__offset_at(rows, 0);
    for (size_t i = 0; i <= rows->rows; i++)
        offsets[i] = joblib_model__offset_at(rows, i) - first;
    out->offsets = offsets;
    return JOBLIB_OK;
}

static joblib_status convert_indices(const joblib_model__rows *rows, int64_t first,
                                     size_t count, joblib_workspace *workspace,
                                     joblib_model__batch *out, joblib_error *error)
{
    const char *from = rows->indices;
    bool is_wide = !rows->from_step && rows->form.index_number == JOBLIB_NUMBER_INT64;
    if (from) from += first * (is_wide ? 8 : 4);
    if (!is_wide && (uintptr_t)from % sizeof(int32_t) == 0) {
        out->indices = (const int32_t *)(const void *)from;
        return JOBLIB_OK;
    }
    void *memory;
    JOBLIB_TRY(joblib_model__take(workspace, count, sizeof(int32_t), &memory, error));
    int32_t *indices = memory;
    out->indices = indices;
    if (!is_wide) {
        memcpy(indices, from, count * sizeof *indices);
        return JOBLIB_OK;
    }
    for (size_t i = 0; i < count; i++) {
        int64_t wide;
        memcpy(&wide, from + i * sizeof wide, sizeof wide);
        indices[i] = (int32_t)wide;
    }
    return JOBLIB_OK;
}

static joblib_status check_csr(const joblib_model__rows *rows,
                               joblib_workspace *workspace, joblib_model__batch *out,
                               joblib_error *error)
{
    JOBLIB_TRY(convert_offsets(rows, workspace, out, error));
    int64_t first = joblib_model__offset_at(rows, 0);
    size_t count = (size_t)out->offsets[rows->rows];
    JOBLIB_TRY(convert_indices(rows, first, count, workspace, out, error));
    int64_t size = (int64_t)joblib_dtype_itemsize(joblib_dtype_number(rows->element));
    const char *values = rows->values;
    if (values) values += first * size;
    if (is_ready(rows, joblib_model__is_narrow(out->form.number))) {
        use_in_place(values, out);
        return JOBLIB_OK;
    }
    joblib_array__line line = {values, size, count, rows->element, rows->swapped};
    return convert_lines(line, 1, 0, workspace, out, error);
}

/* Element `index` of the batch as row and column. */
static void locate_element(const joblib_model__batch *batch, size_t index, size_t *row,
                           size_t *column)
{
    *row = index / batch->form.columns;
    *column = index % batch->form.columns;
    if (batch->form.kind == JOBLIB_INPUT_DENSE) return;
    *column = (size_t)batch->indices[index];
    for (*row = 0; batch->offsets[*row + 1] <= (int64_t)index;) ++*row;
}

static joblib_status fail_value(const joblib_model__batch *batch, size_t index,
                                joblib_error *error)
{
    size_t row, column;
    locate_element(batch, index, &row, &column);
    bool nan = batch->wide ? isnan(batch->wide[index]) : isnan(batch->narrow[index]);
    uint64_t place = batch->first_row + row;
    const char *what = nan             ? "NaN"
                       : batch->narrow ? "infinity, or more than float32 holds,"
                                       : "infinity";
    if (!error) return JOBLIB_ERROR_VALUE;
    joblib_base__set_error(error, JOBLIB_ERROR_VALUE, "%s in row %llu, column %zu", what,
                           (unsigned long long)place, column);
    error->row = (int64_t)place;
    error->column = (int64_t)column;
    return JOBLIB_ERROR_VALUE;
}

/* Integers are finite, but not what they become when they are made floats. */
static joblib_status check_values(const joblib_model__estimator *self,
                                  const joblib_model__batch *batch, joblib_error *error)
{
    bool allow_nan = self->check.allow_nan;
    if (self->check.allow_infinity) return JOBLIB_OK;
    size_t count = batch->form.kind == JOBLIB_INPUT_CSR
                       ? (size_t)batch->offsets[batch->rows]
                       : batch->rows * batch->form.columns;
    size_t bad = batch->wide
                     ? joblib_kernel__find_bad(batch->wide, count, allow_nan)
                     : joblib_kernel__find_bad_narrow(batch->narrow, count, allow_nan);
    return bad == count ? JOBLIB_OK : fail_value(batch, bad, error);
}

joblib_status joblib_model__check_rows(const joblib_model__estimator *self,
                                       const joblib_model__rows *rows,
                                       joblib_workspace *workspace,
                                       joblib_model__batch *out, joblib_error *error)
{
    JOBLIB_TRY(joblib_model__check_form(self, rows, error));
    *out = (joblib_model__batch){.form = rows->form,
                                 .rows = rows->rows,
                                 .first_row = rows->first_row};
    out->form.number = choose_number(self, rows->form.number);
    JOBLIB_TRY(rows->form.kind == JOBLIB_INPUT_CSR
                   ? check_csr(rows, workspace, out, error)
                   : check_dense(rows, workspace, out, error));
    return check_values(self, out, error);
}
