/* Sparse matrices of scipy: the attributes of each release, as one struct. */
#include "joblib/sparse.h"

#include "base/try.h"
#include "view/sparse_check.h"
#include "view/view.h"

static const struct {
    uint8_t format;
    uint8_t flags;
} sparse_classes[] = {
    [JOBLIB_CLASS_CSR_MATRIX] = {JOBLIB_SPARSE_CSR, 0},
    [JOBLIB_CLASS_CSC_MATRIX] = {JOBLIB_SPARSE_CSC, 0},
    [JOBLIB_CLASS_COO_MATRIX] = {JOBLIB_SPARSE_COO, 0},
    [JOBLIB_CLASS_CSR_ARRAY] = {JOBLIB_SPARSE_CSR, JOBLIB_SPARSE_ARRAY},
    [JOBLIB_CLASS_CSC_ARRAY] = {JOBLIB_SPARSE_CSC, JOBLIB_SPARSE_ARRAY},
    [JOBLIB_CLASS_COO_ARRAY] = {JOBLIB_SPARSE_COO, JOBLIB_SPARSE_ARRAY},
};

/* `name` is that of the attribute, for the message. */
static joblib_status open_part(const joblib_value *value, const char *name,
                               const joblib_array **out, joblib_error *error)
{
    joblib_kind kind = joblib_value_kind(value);
    JOBLIB_REQUIRE(value && kind == JOBLIB_KIND_ARRAY, JOBLIB_ERROR_KIND,
                   "%s of a sparse matrix is %s, ndarray expected", name,
                   value ? joblib_kind_name((int)kind) : "missing");
    const joblib_array *array = &value->array->view;
    JOBLIB_REQUIRE(array->ndim == 1 && (array->flags & JOBLIB_ARRAY_C_ORDER) != 0,
                   JOBLIB_ERROR_KIND,
                   "%s of a sparse matrix has %zu dimensions, 1 expected", name,
                   array->ndim);
    *out = array;
    return JOBLIB_OK;
}

static joblib_status open_indices(const joblib_value *value, const char *name,
                                  const joblib_array **out, joblib_error *error)
{
    JOBLIB_TRY(open_part(value, name, out, error));
    joblib_number number = joblib_dtype_as_number((*out)->dtype);
    JOBLIB_REQUIRE(number == JOBLIB_NUMBER_INT32 || number == JOBLIB_NUMBER_INT64,
                   JOBLIB_ERROR_KIND,
                   "%s of a sparse matrix is of type '%s', int32 or int64 expected", name,
                   joblib_dtype_text((*out)->dtype));
    return JOBLIB_OK;
}

static joblib_status read_shape(const joblib_value *value, joblib_sparse *out,
                                joblib_error *error)
{
    uint64_t extents[2] = {1, 1};
    out->shape = joblib_value_attribute(value, "_shape");
    size_t ndim = joblib_value_count(out->shape);
    bool is_shape =
        out->shape && out->shape->kind == JOBLIB_KIND_TUPLE && ndim >= 1 &&
        (ndim == 2 || (ndim <= JOBLIB_MAX_NDIM && out->flags & JOBLIB_SPARSE_ARRAY));
    JOBLIB_REQUIRE(is_shape, JOBLIB_ERROR_KIND,
                   "_shape of a sparse matrix has %zu numbers, 2 expected", ndim);
    out->ndim = (uint32_t)ndim;
    for (size_t i = 0; i < ndim; i++) {
        int64_t extent;
        joblib_status status =
            joblib_value_as_int64(joblib_value_at(out->shape, i), &extent, NULL);
        JOBLIB_REQUIRE(status == JOBLIB_OK && extent >= 0, JOBLIB_ERROR_KIND,
                       "_shape[%zu] of a sparse matrix is not from 0 to 2^63 - 1", i);
        if (ndim <= 2) extents[2 - ndim + i] = (uint64_t)extent;
    }
    out->rows = ndim <= 2 ? extents[0] : 0;
    out->columns = ndim <= 2 ? extents[1] : 0;
    return JOBLIB_OK;
}

static joblib_status open_compressed(const joblib_value *value, joblib_sparse *out,
                                     joblib_error *error)
{
    JOBLIB_REQUIRE(out->ndim == 2 || (out->ndim == 1 && out->format == JOBLIB_SPARSE_CSR),
                   JOBLIB_ERROR_KIND, "a csr or csc matrix has %u dimensions, 2 expected",
                   out->ndim);
    JOBLIB_TRY(open_indices(joblib_value_attribute(value, "indptr"), "indptr",
                            &out->pointers, error));
    JOBLIB_TRY(open_indices(joblib_value_attribute(value, "indices"), "indices",
                            &out->indices, error));
    return joblib_view__check_compressed(out, error);
}

/* One axis of a coo matrix: `coords` of scipy from 1.13 on, `row` and `col` before. */
static joblib_status open_axis(const joblib_value *value, joblib_sparse *sparse,
                               uint32_t axis, const joblib_array **out,
                               joblib_error *error)
{
    static const char *const names[] = {"row", "col"};
    const joblib_value *found = joblib_value_at(sparse->coordinates, axis);
    if (!sparse->coordinates && axis < 2)
        found = joblib_value_attribute(value, names[axis]);
    return open_indices(found, sparse->coordinates ? "coords" : names[axis & 1], out,
                        error);
}

static joblib_status open_coordinates(const joblib_value *value, joblib_sparse *out,
                                      joblib_error *error)
{
    out->coordinates = joblib_value_attribute(value, "coords");
    size_t count = out->coordinates ? joblib_value_count(out->coordinates) : 2;
    JOBLIB_REQUIRE(count == out->ndim, JOBLIB_ERROR_KIND,
                   "%zu coordinates of a coo matrix of %u dimensions", count, out->ndim);
    for (uint32_t axis = 0; axis < out->ndim; axis++) {
        const joblib_array *indices;
        uint64_t extent;
        JOBLIB_TRY(open_axis(value, out, axis, &indices, error));
        JOBLIB_REQUIRE(indices->count == out->data->count, JOBLIB_ERROR_ARRAY,
                       "axis %u has %zu coordinates of %zu elements", axis,
                       indices->count, out->data->count);
        JOBLIB_TRY(
            joblib_value_as_uint64(joblib_value_at(out->shape, axis), &extent, error));
        JOBLIB_TRY(joblib_view__check_indices(indices, out->data->count, extent, error));
        if (out->ndim <= 2 && axis + 1 == out->ndim)
            out->indices = indices;
        else if (out->ndim == 2)
            out->row_indices = indices;
    }
    out->count = out->data->count;
    return JOBLIB_OK;
}

joblib_status joblib_view_sparse(const joblib_value *value, joblib_sparse *out,
                                 joblib_error *error)
{
    const struct joblib_view__row *row;
    joblib_sparse made = JOBLIB_SPARSE_INIT;
    JOBLIB_TRY(joblib_view__open(value, JOBLIB_VIEW_SPARSE, &row, error));
    JOBLIB_REQUIRE(row->class != JOBLIB_CLASS_OTHER_SPARSE, JOBLIB_ERROR_KIND,
                   "%s has no view (csr, csc and coo have)", row->name.name);
    made.format = sparse_classes[row->class].format;
    made.flags = sparse_classes[row->class].flags;
    JOBLIB_TRY(read_shape(value, &made, error));
    JOBLIB_TRY(
        open_part(joblib_value_attribute(value, "data"), "data", &made.data, error));
    JOBLIB_TRY(made.format == JOBLIB_SPARSE_COO ? open_coordinates(value, &made, error)
                                                : open_compressed(value, &made, error));
    return joblib_view__return(&made, out, "joblib_sparse", error);
}
