#include <string.h>

#include "array/widen.h"
#include "base/checked.h"
#include "base/try.h"
#include "base/vector.h"
#include "model/run/job.h"

static size_t size_of_value(const joblib_model__sink *sink)
{
    return joblib_model__is_narrow(sink->form.number) ? sizeof(float) : sizeof(double);
}

joblib_status joblib_model__open_elements(joblib_model__sink *sink, size_t ranges,
                                          size_t rows, joblib_error *error)
{
    size_t size = ranges * sizeof *sink->ranges;
    sink->ranges = joblib_base__allocate(sink->allocator, size);
    if (!sink->ranges) return joblib_base__set_no_memory(error, size);
    memset(sink->ranges, 0, size);
    size = rows * sizeof *sink->row_counts;
    sink->row_counts = joblib_base__allocate(sink->allocator, size);
    return sink->row_counts ? JOBLIB_OK : joblib_base__set_no_memory(error, size);
}

void joblib_model__free_elements(joblib_model__sink *sink, size_t ranges, size_t rows)
{
    for (size_t i = 0; sink->ranges && i < ranges; i++) {
        joblib_model__elements *range = &sink->ranges[i];
        joblib_base__free(sink->allocator, range->values,
                          range->value_room * size_of_value(sink));
        joblib_base__free(sink->allocator, range->indices,
                          range->index_room * sizeof *range->indices);
    }
    joblib_base__free(sink->allocator, sink->ranges, ranges * sizeof *sink->ranges);
    joblib_base__free(sink->allocator, sink->row_counts, rows * sizeof *sink->row_counts);
    sink->ranges = NULL;
    sink->row_counts = NULL;
}

static joblib_status reserve_elements(const joblib_model__sink *sink,
                                      joblib_model__elements *range, size_t needed,
                                      joblib_error *error)
{
    void *indices = range->indices;
    JOBLIB_TRY(joblib_base__grow(sink->allocator, &range->values, &range->value_room,
                                 needed, size_of_value(sink), error));
    joblib_status status =
        joblib_base__grow(sink->allocator, &indices, &range->index_room, needed,
                          sizeof *range->indices, error);
    range->indices = indices;
    return status;
}

joblib_status joblib_model__append_elements(const joblib_model__sink *sink, size_t index,
                                            size_t first, size_t rows,
                                            const joblib_model__output *output,
                                            joblib_error *error)
{
    joblib_model__elements *range = &sink->ranges[index];
    size_t count = (size_t)output->offsets[rows], needed;
    for (size_t i = 0; i < rows; i++)
        sink->row_counts[first + i] = output->offsets[i + 1] - output->offsets[i];
    if (count == 0) return JOBLIB_OK;
    if (!joblib_base__size_add(range->count, count, &needed))
        return joblib_base__set_no_memory(error, SIZE_MAX);
    JOBLIB_TRY(reserve_elements(sink, range, needed, error));
    size_t size = size_of_value(sink);
    const void *values = joblib_model__is_narrow(sink->form.number)
                             ? (const void *)output->narrow
                             : output->wide;
    memcpy((char *)range->values + range->count * size, values, count * size);
    memcpy(range->indices + range->count, output->indices,
           count * sizeof *range->indices);
    range->count = needed;
    return JOBLIB_OK;
}

/* Index arrays have the type of the input's. */
static void store_index(void *out, uint8_t number, size_t at, int64_t index)
{
    if (number == JOBLIB_NUMBER_INT64)
        ((int64_t *)out)[at] = index;
    else
        ((int32_t *)out)[at] = (int32_t)index;
}

static void join_range(const joblib_model__sink *sink,
                       const joblib_model__elements *range, size_t first,
                       joblib_model__array *out)
{
    size_t itemsize = joblib_dtype_itemsize(out->dtype);
    char *values = (char *)out->values + first * itemsize;
    bool narrow = joblib_model__is_narrow(sink->form.number);
    for (size_t i = 0; i < range->count; i++) {
        double value = narrow ? (double)((const float *)range->values)[i]
                              : ((const double *)range->values)[i];
        joblib_array__store(&value, 1, sink->form.number, values + i * itemsize);
        store_index(out->indices, out->index_number, first + i, range->indices[i]);
    }
}

static joblib_status allocate_sparse(const joblib_result *result, size_t rows,
                                     size_t count, joblib_model__array *out,
                                     joblib_error *error)
{
    size_t index_size = out->index_number == JOBLIB_NUMBER_INT64 ? 8 : 4;
    JOBLIB_REQUIRE(index_size == 8 || count <= INT32_MAX, JOBLIB_ERROR_LIMIT,
                   "%zu elements are more than 32-bit offsets can tell", count);
    JOBLIB_TRY(joblib_model__allocate_result(result, count,
                                             joblib_dtype_itemsize(out->dtype),
                                             &out->values, &out->size, error));
    JOBLIB_TRY(joblib_model__allocate_result(result, count, index_size, &out->indices,
                                             &out->indices_size, error));
    return joblib_model__allocate_result(result, rows + 1, index_size, &out->offsets,
                                         &out->offsets_size, error);
}

joblib_status joblib_model__join_elements(const joblib_model__sink *sink, size_t ranges,
                                          size_t rows, const joblib_result *result,
                                          joblib_model__array *out, joblib_error *error)
{
    size_t count = 0;
    for (size_t i = 0; i < ranges; i++) count += sink->ranges[i].count;
    out->index_number = sink->form.index_number;
    JOBLIB_TRY(allocate_sparse(result, rows, count, out, error));
    int64_t offset = 0;
    for (size_t i = 0; i < rows; i++) {
        store_index(out->offsets, out->index_number, i, offset);
        offset += sink->row_counts[i];
    }
    store_index(out->offsets, out->index_number, rows, offset);
    size_t first = 0;
    for (size_t i = 0; i < ranges; i++) {
        join_range(sink, &sink->ranges[i], first, out);
        first += sink->ranges[i].count;
    }
    return JOBLIB_OK;
}
