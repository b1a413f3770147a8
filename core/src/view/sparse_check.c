#include "view/sparse_check.h"

#include <string.h>

#include "array/element.h"
#include "base/try.h"

/* An index array, so that reading an element looks up nothing. */
struct index_reader {
    const char *data;
    bool is_wide;    /* int64; int32 otherwise */
    bool is_swapped; /* not in this machine's byte order */
};

static struct index_reader open_reader(const joblib_array *array)
{
    return (struct index_reader){.data = array->data,
                                 .is_wide = joblib_dtype_itemsize(array->dtype) ==
                                            sizeof(int64_t),
                                 .is_swapped = (array->flags & JOBLIB_ARRAY_NATIVE) == 0};
}

static int64_t read_index(const struct index_reader *reader, size_t index)
{
    int32_t narrow;
    int64_t wide;
    if (reader->is_wide) {
        memcpy(&wide, reader->data + index * sizeof wide, sizeof wide);
        if (reader->is_swapped) joblib_array__swap(&wide, sizeof wide);
        return wide;
    }
    memcpy(&narrow, reader->data + index * sizeof narrow, sizeof narrow);
    if (reader->is_swapped) joblib_array__swap(&narrow, sizeof narrow);
    return narrow;
}

static joblib_status check_index(int64_t index, size_t element, uint64_t extent,
                                 joblib_error *error)
{
    JOBLIB_REQUIRE(index >= 0 && (uint64_t)index < extent, JOBLIB_ERROR_ARRAY,
                   "element %zu has index %lld of %llu", element, (long long)index,
                   (unsigned long long)extent);
    return JOBLIB_OK;
}

joblib_status joblib_view__check_indices(const joblib_array *indices, size_t count,
                                         uint64_t extent, joblib_error *error)
{
    struct index_reader reader = open_reader(indices);
    for (size_t i = 0; i < count; i++)
        JOBLIB_TRY(check_index(read_index(&reader, i), i, extent, error));
    return JOBLIB_OK;
}

static joblib_status check_pointers(const joblib_sparse *sparse, uint64_t lines,
                                    joblib_error *error)
{
    struct index_reader reader = open_reader(sparse->pointers);
    const size_t count = sparse->pointers->count;
    JOBLIB_REQUIRE(count > 0 && count - 1 == lines, JOBLIB_ERROR_ARRAY,
                   "indptr has %zu numbers for %llu lines", count,
                   (unsigned long long)lines);
    int64_t last = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t pointer = read_index(&reader, i);
        JOBLIB_REQUIRE(i > 0 || pointer == 0, JOBLIB_ERROR_ARRAY,
                       "indptr begins at %lld, 0 expected", (long long)pointer);
        JOBLIB_REQUIRE(pointer >= last, JOBLIB_ERROR_ARRAY,
                       "indptr falls from %lld to %lld", (long long)last,
                       (long long)pointer);
        last = pointer;
    }
    size_t data = sparse->data->count, indices = sparse->indices->count;
    JOBLIB_REQUIRE((uint64_t)last <= data && (uint64_t)last <= indices,
                   JOBLIB_ERROR_ARRAY,
                   "indptr ends at %lld, data has %zu, indices %zu numbers",
                   (long long)last, data, indices);
    return JOBLIB_OK;
}

/* Indices of all lines, and whether each line is in order. */
static joblib_status check_lines(joblib_sparse *sparse, uint64_t width,
                                 joblib_error *error)
{
    struct index_reader pointers = open_reader(sparse->pointers);
    struct index_reader indices = open_reader(sparse->indices);
    bool sorted = true, distinct = true;
    size_t at = 0;
    for (size_t line = 1; line < sparse->pointers->count; line++) {
        int64_t before = -1;
        for (size_t end = (size_t)read_index(&pointers, line); at < end; at++) {
            int64_t index = read_index(&indices, at);
            JOBLIB_TRY(check_index(index, at, width, error));
            sorted = sorted && index >= before;
            distinct = distinct && index != before;
            before = index;
        }
    }
    sparse->count = at;
    if (sorted) sparse->flags |= JOBLIB_SPARSE_SORTED;
    if (sorted && distinct) sparse->flags |= JOBLIB_SPARSE_CANONICAL;
    return JOBLIB_OK;
}

joblib_status joblib_view__check_compressed(joblib_sparse *sparse, joblib_error *error)
{
    bool by_rows = sparse->format == JOBLIB_SPARSE_CSR;
    JOBLIB_TRY(check_pointers(sparse, by_rows ? sparse->rows : sparse->columns, error));
    return check_lines(sparse, by_rows ? sparse->columns : sparse->rows, error);
}
