#include "model/run/result.h"

#include <string.h>

#include "array/array.h"
#include "base/checked.h"
#include "base/try.h"

static size_t size_of_result(size_t count)
{
    return sizeof(joblib_result) + count * sizeof(joblib_model__array);
}

joblib_status joblib_model__new_result(const joblib_allocator *allocator,
                                       const joblib_model *model, size_t count,
                                       joblib_result **out, joblib_error *error)
{
    size_t size = size_of_result(count);
    joblib_result *result = joblib_base__allocate(allocator, size);
    if (!result) return joblib_base__set_no_memory(error, size);
    memset(result, 0, size);
    result->allocator = *allocator;
    result->model = joblib_model_retain(model);
    result->count = count;
    *out = result;
    return JOBLIB_OK;
}

joblib_status joblib_model__allocate_result(const joblib_result *result, size_t count,
                                            size_t item_size, void **out,
                                            size_t *size_out, joblib_error *error)
{
    size_t size;
    if (!joblib_base__size_mul(count, item_size, &size))
        return joblib_base__set_no_memory(error, SIZE_MAX);
    *out = joblib_base__allocate(&result->allocator, size);
    if (!*out) return joblib_base__set_no_memory(error, size);
    *size_out = size;
    return JOBLIB_OK;
}

void joblib_result_free(joblib_result *result)
{
    if (!result) return;
    joblib_allocator allocator = result->allocator;
    for (size_t i = 0; i < result->count; i++) {
        joblib_model__array *array = &result->arrays[i];
        joblib_base__free(&allocator, array->values, array->size);
        joblib_base__free(&allocator, array->offsets, array->offsets_size);
        joblib_base__free(&allocator, array->indices, array->indices_size);
    }
    joblib_model_release(result->model);
    joblib_base__free(&allocator, result, size_of_result(result->count));
}

size_t joblib_result_count(const joblib_result *result)
{
    return result ? result->count : 0;
}

bool joblib_result_is_sparse(const joblib_result *result, size_t index)
{
    return index < joblib_result_count(result) && result->arrays[index].sparse;
}

static joblib_status find_output(const joblib_result *result, size_t index, bool sparse,
                                 const joblib_model__array **out, joblib_error *error)
{
    size_t count = joblib_result_count(result);
    JOBLIB_REQUIRE(index < count, JOBLIB_ERROR_RANGE, "output %zu of %zu", index, count);
    *out = &result->arrays[index];
    JOBLIB_REQUIRE((*out)->sparse == sparse, JOBLIB_ERROR_KIND, "output %zu is %s", index,
                   sparse ? "dense" : "sparse");
    return JOBLIB_OK;
}

joblib_status joblib_result_array(const joblib_result *result, size_t index,
                                  joblib_array *out, joblib_error *error)
{
    const joblib_model__array *array;
    int64_t strides[2];
    JOBLIB_REQUIRE(out != NULL, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    JOBLIB_TRY(find_output(result, index, false, &array, error));
    joblib_array__view(out, array->values, array->dtype, array->shape, strides,
                       array->ndim, false);
    out->strides = array->strides;
    return JOBLIB_OK;
}

joblib_status joblib_result_csr(const joblib_result *result, size_t index,
                                joblib_input *out, joblib_error *error)
{
    const joblib_model__array *array;
    JOBLIB_REQUIRE(out != NULL, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    JOBLIB_TRY(find_output(result, index, true, &array, error));
    *out = (joblib_input){.struct_size = sizeof *out,
                          .kind = JOBLIB_INPUT_CSR,
                          .rows = (uint64_t)array->shape[0],
                          .columns = (uint64_t)array->shape[1],
                          .values = array->values,
                          .dtype = array->dtype,
                          .row_offsets = array->offsets,
                          .column_indices = array->indices,
                          .index_number = array->index_number};
    return JOBLIB_OK;
}
