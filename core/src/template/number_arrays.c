/* Arrays of numbers, read and made; the public makers of arrays. */
#include <string.h>

#include "array/array.h"
#include "base/checked.h"
#include "base/try.h"
#include "template/made.h"

joblib_status joblib_template__room(struct joblib_template *made, size_t count,
                                    size_t item_size, void *out, joblib_error *error)
{
    size_t size;
    JOBLIB_REQUIRE(joblib_base__size_mul(count, item_size, &size), JOBLIB_ERROR_LIMIT,
                   "%zu numbers do not fit", count);
    void *room = joblib_base__arena_allocate_aligned(&made->scratch, size ? size : 1);
    if (!room) return joblib_base__arena_fail(&made->scratch, size, error);
    memcpy(out, &room, sizeof room);
    return JOBLIB_OK;
}

joblib_status joblib_template__reals(struct joblib_template *made,
                                     const joblib_value *array, double **out,
                                     size_t *count_out, joblib_error *error)
{
    joblib_array view;
    JOBLIB_TRY(joblib_value_array(array, &view, error));
    JOBLIB_TRY(joblib_template__room(made, view.count, sizeof **out, out, error));
    *count_out = view.count;
    return joblib_array_read_float64(&view, *out, view.count, error);
}

joblib_status joblib_template__ints(struct joblib_template *made,
                                    const joblib_value *array, int64_t **out,
                                    size_t *count_out, joblib_error *error)
{
    joblib_array view;
    JOBLIB_TRY(joblib_value_array(array, &view, error));
    JOBLIB_TRY(joblib_template__room(made, view.count, sizeof **out, out, error));
    *count_out = view.count;
    return joblib_array_read_int64(&view, *out, view.count, error);
}

joblib_status joblib_template__array(joblib_builder *builder, int number,
                                     const void *data, const int64_t *shape, size_t ndim,
                                     joblib_value **out, joblib_error *error)
{
    int64_t strides[JOBLIB_MAX_NDIM];
    joblib_array view;
    size_t count, size;
    const joblib_dtype *dtype = joblib_dtype_number(number);
    *out = NULL;
    JOBLIB_TRY(joblib_array__measure(shape, ndim, joblib_dtype_itemsize(dtype), &count,
                                     &size, error));
    joblib_array__view(&view, data, dtype, shape, strides, ndim, false);
    return joblib_builder_array(builder, &view, 0, out, error);
}

joblib_status joblib_template__int64_scalar(joblib_builder *builder, int64_t number,
                                            joblib_value **out, joblib_error *error)
{
    joblib_value *dtype;
    *out = NULL;
    JOBLIB_TRY(joblib_builder_dtype(builder, "i8", &dtype, error));
    return joblib_builder_scalar(builder, dtype, &number, out, error);
}

joblib_status joblib_template__float64_scalar(joblib_builder *builder, double number,
                                              joblib_value **out, joblib_error *error)
{
    joblib_value *dtype;
    *out = NULL;
    JOBLIB_TRY(joblib_builder_dtype(builder, "f8", &dtype, error));
    return joblib_builder_scalar(builder, dtype, &number, out, error);
}

joblib_status joblib_template__tuple(joblib_builder *builder, joblib_value *const *items,
                                     size_t count, joblib_value **out,
                                     joblib_error *error)
{
    return joblib_builder_tuple(builder, (const joblib_value *const *)items, count, out,
                                error);
}

joblib_status joblib_template__objects(joblib_builder *builder,
                                       joblib_value *const *items, size_t count,
                                       joblib_value **out, joblib_error *error)
{
    int64_t shape[1] = {(int64_t)count};
    return joblib_builder_object_array(builder, (const joblib_value *const *)items, shape,
                                       1, out, error);
}

joblib_status joblib_template_float64s(joblib_builder *builder, const double *numbers,
                                       const int64_t *shape, size_t ndim,
                                       joblib_value **out, joblib_error *error)
{
    JOBLIB_REQUIRE(builder && out && (numbers || !ndim) && (shape || !ndim),
                   JOBLIB_ERROR_ARGUMENT, "builder, numbers, shape or out is NULL");
    return joblib_template__array(builder, JOBLIB_NUMBER_FLOAT64, numbers, shape, ndim,
                                  out, error);
}

joblib_status joblib_template_int64s(joblib_builder *builder, const int64_t *numbers,
                                     const int64_t *shape, size_t ndim,
                                     joblib_value **out, joblib_error *error)
{
    JOBLIB_REQUIRE(builder && out && (numbers || !ndim) && (shape || !ndim),
                   JOBLIB_ERROR_ARGUMENT, "builder, numbers, shape or out is NULL");
    return joblib_template__array(builder, JOBLIB_NUMBER_INT64, numbers, shape, ndim, out,
                                  error);
}

joblib_status joblib_template_texts(joblib_builder *builder, const char *const *texts,
                                    size_t count, joblib_value **out, joblib_error *error)
{
    joblib_value *list, *text;
    JOBLIB_REQUIRE(builder && out && (texts || !count), JOBLIB_ERROR_ARGUMENT,
                   "builder, texts or out is NULL");
    *out = NULL;
    JOBLIB_TRY(joblib_builder_list(builder, &list, error));
    for (size_t i = 0; i < count; i++) {
        JOBLIB_REQUIRE(texts[i], JOBLIB_ERROR_ARGUMENT, "text %zu is NULL", i);
        JOBLIB_TRY(
            joblib_builder_text(builder, texts[i], strlen(texts[i]), &text, error));
        JOBLIB_TRY(joblib_builder_append(builder, list, text, error));
    }
    *out = list;
    return JOBLIB_OK;
}
