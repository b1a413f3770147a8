/* Arrays and scalars of numpy. */
#include <string.h>

#include "array/array.h"
#include "array/rows.h"
#include "base/checked.h"
#include "builder/builder.h"

#define BUILDER_FLAGS ((uint32_t)(JOBLIB_BUILDER_BORROW | JOBLIB_BUILDER_MATRIX))

/* An array before it is made. The parts agree already. */
struct builder_array {
    joblib_kind kind;
    joblib_value *dtype;
    joblib_value *subclass; /* or NULL */
    const int64_t *shape;
    size_t ndim;
    const void *data;
    bool fortran;
    bool borrowed;
};

static joblib_status make_built_array(joblib_builder *builder,
                                      const struct builder_array *parts,
                                      joblib_value **out, joblib_error *error)
{
    /* Shape and strides stand behind the struct. */
    size_t numbers = parts->ndim * sizeof(int64_t);
    struct joblib_value__array *array =
        joblib_base__arena_allocate(&builder->document->arena,
                                    sizeof *array + 2 * numbers);
    joblib_value *value = joblib_value__new(builder->document, parts->kind);
    if (!array || !value)
        return joblib_builder__exhausted(builder, sizeof *array + 2 * numbers, error);
    memset(array, 0, sizeof *array);
    int64_t *shape = (int64_t *)(array + 1);
    if (numbers > 0) memcpy(shape, parts->shape, numbers);
    joblib_array__view(&array->view, parts->data, parts->dtype->dtype->dtype, shape,
                       shape + parts->ndim, parts->ndim, parts->fortran);
    array->dtype = parts->dtype;
    array->subclass = parts->subclass;
    if (parts->borrowed) array->origin.sharing = JOBLIB_SHARING_SHARED;
    value->array = array;
    joblib_builder__place(value, parts->dtype);
    if (parts->subclass) joblib_builder__place(value, parts->subclass);
    *out = value;
    return JOBLIB_OK;
}

/* Elements are numbers, text or records that a copy of their bytes is. */
static joblib_status check_element_type(const joblib_dtype *dtype, joblib_error *error)
{
    JOBLIB_REQUIRE(!dtype->has_object, JOBLIB_ERROR_ARRAY,
                   "elements of dtype %s are objects, which have no bytes", dtype->text);
    JOBLIB_REQUIRE(!dtype->base, JOBLIB_ERROR_ARRAY,
                   "a sub-array is no dtype of an array");
    return JOBLIB_OK;
}

static joblib_status check_view(const joblib_array *view, uint32_t flags,
                                size_t *size_out, joblib_error *error)
{
    size_t count;
    JOBLIB_REQUIRE(view && view->struct_size == sizeof *view, JOBLIB_ERROR_ARGUMENT,
                   view ? "struct_size of a joblib_array is wrong" : "the view is NULL");
    JOBLIB_REQUIRE((flags & ~BUILDER_FLAGS) == 0, JOBLIB_ERROR_ARGUMENT,
                   "flags 0x%x are unknown", flags);
    JOBLIB_REQUIRE(view->dtype && (view->shape || view->ndim == 0), JOBLIB_ERROR_ARGUMENT,
                   "the %s of a view is NULL", view->dtype ? "shape" : "dtype");
    JOBLIB_TRY(check_element_type(view->dtype, error));
    JOBLIB_TRY(joblib_array__measure(view->shape, view->ndim, view->dtype->itemsize,
                                     &count, size_out, error));
    JOBLIB_REQUIRE(count == view->count, JOBLIB_ERROR_ARRAY,
                   "a view says %zu elements, its shape %zu", view->count, count);
    JOBLIB_REQUIRE(view->data || *size_out == 0, JOBLIB_ERROR_ARGUMENT,
                   "the data of a view is NULL");
    JOBLIB_REQUIRE(!(flags & JOBLIB_BUILDER_MATRIX) || view->ndim == 2,
                   JOBLIB_ERROR_ARRAY, "a matrix of %zu dimensions, 2 expected",
                   view->ndim);
    return JOBLIB_OK;
}

/* The elements must lie within half the address space. */
static joblib_status check_strides(const joblib_array *view, joblib_error *error)
{
    size_t reach = view->dtype->itemsize;
    for (size_t i = 0; view->count > 0 && i < view->ndim; i++) {
        int64_t stride = view->strides[i];
        uint64_t bytes = stride < 0 ? 0 - (uint64_t)stride : (uint64_t)stride;
        size_t steps = (size_t)view->shape[i] - 1, span;
        bool fits =
            steps == 0 ||
            (bytes <= PTRDIFF_MAX && joblib_base__size_mul(steps, (size_t)bytes, &span) &&
             joblib_base__size_add(reach, span, &reach) && reach <= PTRDIFF_MAX);
        JOBLIB_REQUIRE(fits, JOBLIB_ERROR_ARRAY,
                       "stride %zu of a view, %lld bytes, leaves the address space", i,
                       (long long)stride);
    }
    return JOBLIB_OK;
}

/* Whether elements stand one behind the other. Strides of dimensions of one do not matter. */
static bool is_contiguous(const joblib_array *view, bool fortran)
{
    int64_t expected = (int64_t)view->dtype->itemsize;
    if (view->count == 0) return true;
    for (size_t n = 0; n < view->ndim; n++) {
        size_t i = fortran ? n : view->ndim - 1 - n;
        if (view->shape[i] == 1) continue;
        if (view->strides[i] != expected) return false;
        expected *= view->shape[i];
    }
    return true;
}

/* The elements as bytes in C order; their own order of bytes stays. */
static void gather_view(const joblib_array *view, char *out)
{
    joblib_array__rows rows;
    size_t itemsize = view->dtype->itemsize;
    for (joblib_array__rows_begin(&rows, view); rows.left > 0;
         joblib_array__rows_next(&rows)) {
        const char *item = rows.item;
        for (size_t i = 0; i < rows.count; i++, item += rows.stride, out += itemsize)
            memcpy(out, item, itemsize);
    }
}

static joblib_status copy_view(joblib_builder *builder, const joblib_array *view,
                               bool contiguous, size_t size, const void **out,
                               joblib_error *error)
{
    void *data = joblib_base__arena_allocate_aligned(&builder->document->arena, size);
    if (!data) return joblib_builder__exhausted(builder, size, error);
    if (size > 0 && contiguous)
        memcpy(data, view->data, size);
    else if (size > 0)
        gather_view(view, data);
    *out = data;
    return JOBLIB_OK;
}

/* Whose strides are set and right, and whose flags say only whether rows are one. */
static void complete_view(const joblib_array *given, int64_t *strides, joblib_array *out)
{
    *out = *given;
    out->flags = 0;
    if (given->strides) return;
    joblib_array__view(out, given->data, given->dtype, given->shape, strides, given->ndim,
                       (given->flags & JOBLIB_ARRAY_F_ORDER) &&
                           !(given->flags & JOBLIB_ARRAY_C_ORDER));
    out->flags = 0;
}

static joblib_status read_elements_of(joblib_builder *builder, const joblib_array *given,
                                      size_t size, struct builder_array *parts,
                                      joblib_error *error)
{
    int64_t strides[JOBLIB_MAX_NDIM];
    joblib_array view;
    complete_view(given, strides, &view);
    JOBLIB_TRY(check_strides(&view, error));
    bool c_order = is_contiguous(&view, false);
    parts->fortran = !c_order && is_contiguous(&view, true);
    parts->data = given->data;
    bool contiguous = c_order || parts->fortran;
    JOBLIB_REQUIRE(!parts->borrowed || contiguous, JOBLIB_ERROR_ARRAY,
                   "elements to borrow are not contiguous");
    if (parts->borrowed && given->data) return JOBLIB_OK;
    return copy_view(builder, &view, contiguous, size, &parts->data, error);
}

joblib_status joblib_builder_array(joblib_builder *builder, const joblib_array *view,
                                   uint32_t flags, joblib_value **out,
                                   joblib_error *error)
{
    size_t size;
    JOBLIB_TRY(joblib_builder__begin(builder, out, error));
    JOBLIB_TRY(check_view(view, flags, &size, error));
    struct builder_array parts = {.kind = JOBLIB_KIND_ARRAY,
                                  .shape = view->shape,
                                  .ndim = view->ndim,
                                  .borrowed = flags & JOBLIB_BUILDER_BORROW};
    JOBLIB_TRY(read_elements_of(builder, view, size, &parts, error));
    JOBLIB_TRY(joblib_builder__find_dtype(builder, view->dtype, &parts.dtype, error));
    if (flags & JOBLIB_BUILDER_MATRIX)
        JOBLIB_TRY(
            joblib_builder__name(builder, "numpy", "matrix", &parts.subclass, error));
    return make_built_array(builder, &parts, out, error);
}

joblib_status joblib_builder_scalar(joblib_builder *builder, const joblib_value *dtype,
                                    const void *data, joblib_value **out,
                                    joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__begin(builder, out, error));
    JOBLIB_TRY(joblib_builder__check(builder, dtype, "the dtype", error));
    JOBLIB_REQUIRE(dtype->kind == JOBLIB_KIND_DTYPE, JOBLIB_ERROR_TYPE,
                   "a %s stands where a dtype belongs", joblib_kind_name(dtype->kind));
    const joblib_dtype *type = dtype->dtype->dtype;
    JOBLIB_TRY(check_element_type(type, error));
    JOBLIB_REQUIRE(data || type->itemsize == 0, JOBLIB_ERROR_ARGUMENT,
                   "the data of a scalar is NULL");
    struct builder_array parts = {.kind = JOBLIB_KIND_SCALAR,
                                  .dtype = joblib_builder__given(dtype)};
    joblib_array view = {.data = data, .dtype = type, .count = 1};
    JOBLIB_TRY(copy_view(builder, &view, true, type->itemsize, &parts.data, error));
    return make_built_array(builder, &parts, out, error);
}

static joblib_status copy_items(joblib_builder *builder, const joblib_value *const *items,
                                size_t size, const void **out, joblib_error *error)
{
    void *copy = joblib_base__arena_allocate_aligned(&builder->document->arena, size);
    if (!copy) return joblib_builder__exhausted(builder, size, error);
    if (size > 0) memcpy(copy, items, size);
    *out = copy;
    return JOBLIB_OK;
}

joblib_status joblib_builder_object_array(joblib_builder *builder,
                                          const joblib_value *const *items,
                                          const int64_t *shape, size_t ndim,
                                          joblib_value **out, joblib_error *error)
{
    size_t count, size;
    struct builder_array parts = {.kind = JOBLIB_KIND_ARRAY,
                                  .shape = shape,
                                  .ndim = ndim};
    JOBLIB_TRY(joblib_builder__begin(builder, out, error));
    JOBLIB_REQUIRE(shape || ndim == 0, JOBLIB_ERROR_ARGUMENT, "the shape is NULL");
    JOBLIB_TRY(
        joblib_array__measure(shape, ndim, sizeof(joblib_value *), &count, &size, error));
    JOBLIB_TRY(joblib_builder__check_all(builder, items, count, error));
    JOBLIB_TRY(joblib_builder_dtype(builder, "O", &parts.dtype, error));
    JOBLIB_TRY(copy_items(builder, items, size, &parts.data, error));
    JOBLIB_TRY(make_built_array(builder, &parts, out, error));
    for (size_t i = 0; i < count; i++) joblib_builder__place(*out, items[i]);
    return JOBLIB_OK;
}

/*
 * The list of the objects in the pickled form of an array, which names them once more. NULL where
 * there is none, or where something else may refer to it.
 */
static joblib_value *find_pickled_items(const struct joblib_value__array *array)
{
    const struct joblib_value__origin *origin =
        array->origin.nested ? array->origin.nested : &array->origin;
    joblib_value *state = origin->state;
    if (!state || state->kind != JOBLIB_KIND_TUPLE || state->count != 5) return NULL;
    joblib_value *list = state->items[4];
    bool own = list->kind == JOBLIB_KIND_LIST && list->count == array->view.count &&
               !((state->flags | list->flags) & JOBLIB_VALUE_SHARED);
    return own ? list : NULL;
}

void joblib_builder__set_element(joblib_value *value, size_t index, joblib_value *item)
{
    struct joblib_value__array *array = value->array;
    joblib_value *list = find_pickled_items(array);
    joblib_builder__place(value, item);
    *(joblib_value **)joblib_array_item(&array->view, index) = item;
    if (list)
        list->items[index] = item;
    else
        array->origin = (struct joblib_value__origin){.sharing = array->origin.sharing};
}

#undef BUILDER_FLAGS
