#include "command/table/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "command/failure.h"
#include "command/table/label_text.h"

/* Numbers of one row each, of `columns` columns. */
struct row_buffers {
    double *found, *expected, *bound;
};

/* Floats as integers in the same order, which differ by one between neighbours. */
static int64_t order_double(double value)
{
    int64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits < 0 ? INT64_MIN - bits : bits;
}

static int64_t order_float(double value)
{
    int32_t bits;
    float narrow = (float)value;
    memcpy(&bits, &narrow, sizeof bits);
    return bits < 0 ? (int64_t)INT32_MIN - bits : bits;
}

static uint64_t count_ulps(double found, double expected, bool single)
{
    if (isnan(found) || isnan(expected)) return UINT64_MAX;
    int64_t left = single ? order_float(found) : order_double(found);
    int64_t right = single ? order_float(expected) : order_double(expected);
    return left > right ? (uint64_t)left - (uint64_t)right
                        : (uint64_t)right - (uint64_t)left;
}

static double share_of_bound(double found, double expected, double bound)
{
    double difference = fabs(found - expected);
    if (isnan(difference) || bound <= 0.0) return (double)INFINITY;
    return difference / bound;
}

static bool write_number_text(joblib_command__bytes *out, double value, bool single)
{
    char text[JOBLIB_FLOAT_TEXT_SIZE];
    (void)joblib_float_text(value, single, text);
    out->size = 0;
    return joblib_command__write_memory(out, text, strlen(text));
}

static bool are_same(double found, double expected)
{
    return found == expected || (isnan(found) && isnan(expected));
}

/* Compares one row of numbers. False if there is no memory. */
static bool compare_numbers(const struct row_buffers *row, size_t columns, size_t index,
                            bool single, joblib_command__comparison *out)
{
    bool equal = true;
    for (size_t i = 0; i < columns; i++) {
        double found = row->found[i], expected = row->expected[i];
        if (are_same(found, expected)) continue;
        if (equal && out->equal_rows == index) {
            out->first_row = index;
            out->first_column = i;
            if (!write_number_text(&out->found, found, single)) return false;
            if (!write_number_text(&out->expected, expected, single)) return false;
        }
        equal = false;
        uint64_t ulps = count_ulps(found, expected, single);
        double share = share_of_bound(found, expected, row->bound[i]);
        if (ulps > out->ulps) out->ulps = ulps;
        if (share > out->share) out->share = share;
    }
    if (equal) out->equal_rows++;
    return true;
}

static joblib_status compare_number_rows(const joblib_command__matrix *found,
                                         const joblib_command__matrix *expected,
                                         const joblib_command__matrix *bound,
                                         const struct row_buffers *row,
                                         joblib_command__comparison *out,
                                         joblib_error *error)
{
    bool single = joblib_dtype_as_number(joblib_command__matrix_dtype(found)) ==
                  JOBLIB_NUMBER_FLOAT32;
    for (size_t i = 0; i < found->rows; i++) {
        JOBLIB_COMMAND_TRY(joblib_command__matrix_row(found, i, row->found, error));
        JOBLIB_COMMAND_TRY(joblib_command__matrix_row(expected, i, row->expected, error));
        if (bound != NULL) {
            JOBLIB_COMMAND_TRY(joblib_command__matrix_row(bound, i, row->bound, error));
        }
        if (!compare_numbers(row, found->columns, i, single, out)) {
            return joblib_command__no_memory(error);
        }
    }
    return JOBLIB_OK;
}

static joblib_status compare_all_numbers(const joblib_command__matrix *found,
                                         const joblib_command__matrix *expected,
                                         const joblib_command__matrix *bound,
                                         joblib_command__comparison *out,
                                         joblib_error *error)
{
    size_t columns = found->columns;
    struct row_buffers row = {
        calloc(columns + 1, sizeof *row.found),
        calloc(columns + 1, sizeof *row.expected),
        calloc(columns + 1, sizeof *row.bound),
    };
    joblib_status status = joblib_command__no_memory(error);
    if (row.found != NULL && row.expected != NULL && row.bound != NULL) {
        status = compare_number_rows(found, expected, bound, &row, out, error);
    }
    free(row.found);
    free(row.expected);
    free(row.bound);
    return status;
}

/* Replaces `out` by the text of one element. */
static joblib_status take_label(joblib_command__bytes *out, const joblib_array *array,
                                size_t index, joblib_error *error)
{
    out->size = 0;
    joblib_status status = joblib_command__append_label(out, array, index);
    if (status == JOBLIB_OK) return JOBLIB_OK;
    return joblib_command__fail(error, status,
                                "label %zu, of type %s, cannot be compared", index,
                                joblib_dtype_text(array->dtype));
}

static bool same_labels(const joblib_command__bytes *left,
                        const joblib_command__bytes *right)
{
    return left->size == right->size &&
           (left->size == 0 || memcmp(left->data, right->data, left->size) == 0);
}

/* Both texts stay as they are at the first difference. */
static joblib_status compare_all_labels(const joblib_command__matrix *found,
                                        const joblib_command__matrix *expected,
                                        joblib_command__comparison *out,
                                        joblib_error *error)
{
    joblib_command__bytes texts[2] = {{NULL, 0, 0}, {NULL, 0, 0}};
    joblib_status status = JOBLIB_OK;
    size_t columns = found->columns, count = found->rows * columns;
    size_t differing_row = SIZE_MAX, differing_rows = 0;
    for (size_t i = 0; i < count && status == JOBLIB_OK; i++) {
        bool is_first = differing_rows == 0;
        joblib_command__bytes *left = is_first ? &out->found : &texts[0];
        joblib_command__bytes *right = is_first ? &out->expected : &texts[1];
        status = take_label(left, &found->array, i, error);
        if (status == JOBLIB_OK) status = take_label(right, &expected->array, i, error);
        if (status != JOBLIB_OK || same_labels(left, right)) continue;
        if (is_first) {
            out->first_row = i / columns;
            out->first_column = i % columns;
        }
        if (i / columns != differing_row) differing_rows++;
        differing_row = i / columns;
    }
    out->equal_rows = found->rows - differing_rows;
    free(texts[0].data);
    free(texts[1].data);
    return status;
}

static bool has_floats(const joblib_command__matrix *matrix)
{
    return joblib_dtype_kind(joblib_command__matrix_dtype(matrix)) == 'f';
}

static bool is_any_number(const joblib_command__matrix *matrix)
{
    const joblib_dtype *dtype = joblib_command__matrix_dtype(matrix);
    return joblib_dtype_as_number(dtype) != JOBLIB_NUMBER_NONE;
}

joblib_status joblib_command__compare(const joblib_command__matrix *found,
                                      const joblib_command__matrix *expected,
                                      const joblib_command__matrix *bound,
                                      joblib_command__comparison *out,
                                      joblib_error *error)
{
    *out = (joblib_command__comparison){.rows = found->rows};
    out->same_shape =
        found->rows == expected->rows && found->columns == expected->columns;
    if (!found->is_sparse && !expected->is_sparse) {
        out->same_shape = out->same_shape && found->array.ndim == expected->array.ndim;
    }
    if (!out->same_shape) return JOBLIB_OK;
    bool is_sparse = found->is_sparse || expected->is_sparse;
    out->is_number = is_any_number(found) && is_any_number(expected) &&
                     (is_sparse || has_floats(found) || has_floats(expected));
    if (out->is_number) return compare_all_numbers(found, expected, bound, out, error);
    return compare_all_labels(found, expected, out, error);
}

bool joblib_command__agrees(const joblib_command__comparison *comparison)
{
    if (!comparison->same_shape) return false;
    if (comparison->is_number) return comparison->share <= 1.0;
    return comparison->equal_rows == comparison->rows;
}

void joblib_command__comparison_free(joblib_command__comparison *comparison)
{
    free(comparison->found.data);
    free(comparison->expected.data);
    *comparison = (joblib_command__comparison){.same_shape = false};
}
