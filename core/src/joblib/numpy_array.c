/* Arrays as numpy pickles them itself: _reconstruct and BUILD, _frombuffer, and scalars. */
#include <string.h>

#include "base/try.h"
#include "joblib/numpy.h"

joblib_status joblib_load__read_shape(const joblib_value *value, int64_t *shape,
                                      size_t *ndim_out, joblib_error *error)
{
    JOBLIB_REQUIRE(joblib_value_kind(value) == JOBLIB_KIND_TUPLE, JOBLIB_ERROR_ARRAY,
                   "the shape is a %s, tuple expected",
                   joblib_kind_name((int)joblib_value_kind(value)));
    JOBLIB_REQUIRE(value->count <= JOBLIB_MAX_NDIM, JOBLIB_ERROR_LIMIT,
                   "%zu dimensions, %d are the most", value->count, JOBLIB_MAX_NDIM);
    for (size_t i = 0; i < value->count; i++) {
        const joblib_value *item = value->items[i];
        bool is_int = item->kind == JOBLIB_KIND_INT &&
                      joblib_value_as_int64(item, &shape[i], NULL) == JOBLIB_OK;
        JOBLIB_REQUIRE(is_int && shape[i] >= 0, JOBLIB_ERROR_ARRAY,
                       "dimension %zu of the shape is no size", i);
    }
    *ndim_out = value->count;
    return JOBLIB_OK;
}

joblib_status joblib_load__read_dtype(joblib_value *value, const joblib_dtype **out,
                                      joblib_error *error)
{
    JOBLIB_REQUIRE(joblib_value_kind(value) == JOBLIB_KIND_DTYPE, JOBLIB_ERROR_ARRAY,
                   "a %s stands where a dtype belongs",
                   joblib_kind_name((int)joblib_value_kind(value)));
    value->dtype->in_use = true;
    *out = value->dtype->dtype;
    return JOBLIB_OK;
}

/* Why an array is a view or none. Only where the input is shared is there a choice. */
static enum joblib_sharing explain_sharing(const joblib_pickle__machine *machine,
                                           const struct joblib_load__array_parts *parts)
{
    if (machine->limits->sharing != JOBLIB_SHARING_SHARED)
        return (enum joblib_sharing)machine->limits->sharing;
    if (parts->dtype->dtype->dtype->has_object) return JOBLIB_SHARING_OBJECTS;
    if (!parts->outside) return JOBLIB_SHARING_INSIDE;
    return parts->viewed ? JOBLIB_SHARING_SHARED : JOBLIB_SHARING_UNALIGNED;
}

joblib_status joblib_load__make_array(joblib_pickle__machine *machine,
                                      const struct joblib_load__array_parts *parts,
                                      struct joblib_value__array **out,
                                      joblib_error *error)
{
    /* Shape and strides stand behind the struct. */
    size_t numbers = 2 * parts->ndim * sizeof(int64_t);
    struct joblib_value__array *array =
        joblib_base__arena_allocate(&machine->document->arena, sizeof *array + numbers);
    if (!array) return joblib_pickle__exhausted(machine, sizeof *array + numbers, error);
    memset(array, 0, sizeof *array);
    int64_t *shape = (int64_t *)(array + 1);
    if (parts->ndim > 0) memcpy(shape, parts->shape, parts->ndim * sizeof *shape);
    joblib_array__view(&array->view, parts->data, parts->dtype->dtype->dtype, shape,
                       shape + parts->ndim, parts->ndim, parts->fortran);
    size_t size = array->view.count * array->view.dtype->itemsize;
    JOBLIB_REQUIRE(size <= machine->limits->max_array, JOBLIB_ERROR_LIMIT,
                   "an array of %zu bytes, %llu are the most (max_array)", size,
                   (unsigned long long)machine->limits->max_array);
    if (parts->outside && machine->limits->writable)
        array->view.flags |= JOBLIB_ARRAY_WRITABLE;
    array->dtype = parts->dtype;
    array->origin.sharing = (uint8_t)explain_sharing(machine, parts);
    array->origin.callable = parts->callable;
    array->origin.form = (uint8_t)parts->form;
    *out = array;
    return JOBLIB_OK;
}

/* The class of an array: NULL for ndarray itself; false for classes that are not decoded. */
static bool decode_class(joblib_value *class, joblib_value **subclass_out)
{
    enum joblib_load__name name = joblib_load__name_of(class);
    *subclass_out = name == JOBLIB_NAME_MATRIX ? class : NULL;
    return name == JOBLIB_NAME_NDARRAY || name == JOBLIB_NAME_MATRIX;
}

/* _reconstruct(class, (0,), b'b'): the arguments that numpy writes, and no others. */
static joblib_status check_reconstruct(const joblib_value *arguments, joblib_error *error)
{
    JOBLIB_REQUIRE(arguments->count == 3, JOBLIB_ERROR_ARRAY,
                   "_reconstruct has %zu arguments, 3 expected", arguments->count);
    const joblib_value *shape = arguments->items[1];
    bool is_empty = shape->kind == JOBLIB_KIND_TUPLE && shape->count == 1 &&
                    joblib_load__is_zero(shape->items[0]);
    JOBLIB_REQUIRE(is_empty, JOBLIB_ERROR_ARRAY, "_reconstruct makes no empty array");
    return JOBLIB_OK;
}

enum array_state_index {
    ARRAY_STATE_VERSION,
    ARRAY_STATE_SHAPE,
    ARRAY_STATE_DTYPE,
    ARRAY_STATE_FORTRAN,
    ARRAY_STATE_DATA,
    ARRAY_STATE_COUNT
};

joblib_status joblib_load__read_array_head(joblib_value *state, size_t count,
                                           int64_t *shape,
                                           struct joblib_load__array_parts *parts,
                                           joblib_error *error)
{
    const joblib_dtype *dtype;
    JOBLIB_REQUIRE(state->kind == JOBLIB_KIND_TUPLE && state->count == count,
                   JOBLIB_ERROR_ARRAY,
                   "the state of an array is a %s of %zu, %zu expected",
                   joblib_kind_name(state->kind), joblib_value_count(state), count);
    joblib_value *fortran = state->items[ARRAY_STATE_FORTRAN];
    JOBLIB_REQUIRE(fortran->kind == JOBLIB_KIND_BOOL || fortran->kind == JOBLIB_KIND_INT,
                   JOBLIB_ERROR_ARRAY, "the order of an array is a %s, bool expected",
                   joblib_kind_name(fortran->kind));
    JOBLIB_TRY(joblib_load__read_shape(state->items[ARRAY_STATE_SHAPE], shape,
                                       &parts->ndim, error));
    parts->dtype = state->items[ARRAY_STATE_DTYPE];
    parts->shape = shape;
    parts->fortran = !joblib_load__is_zero(fortran);
    return joblib_load__read_dtype(parts->dtype, &dtype, error);
}

/* Objects stand in a list, in C order whatever the array's order. They are copied, as numpy
   does: the list may grow, and its memory move. */
static joblib_status read_object_items(joblib_pickle__machine *machine,
                                       const joblib_value *list, size_t count,
                                       const void **out, joblib_error *error)
{
    JOBLIB_REQUIRE(list->kind == JOBLIB_KIND_LIST && list->count == count,
                   JOBLIB_ERROR_ARRAY, "an array of %zu objects has a %s of %zu as data",
                   count, joblib_kind_name(list->kind), joblib_value_count(list));
    size_t size = count * sizeof *list->items;
    void *items = joblib_base__arena_allocate_aligned(&machine->document->arena, size);
    if (!items && size > 0) return joblib_pickle__exhausted(machine, size, error);
    if (size > 0) memcpy(items, list->items, size);
    *out = items;
    return JOBLIB_OK;
}

static joblib_status read_raw_items(const joblib_value *bytes, size_t size,
                                    const void **out, joblib_error *error)
{
    bool is_bytes =
        bytes->kind == JOBLIB_KIND_BYTES || bytes->kind == JOBLIB_KIND_BYTEARRAY;
    size_t there = is_bytes ? joblib_value__text_size(bytes) : 0;
    JOBLIB_REQUIRE(is_bytes && there == size, JOBLIB_ERROR_ARRAY,
                   "an array of %zu bytes has a %s of %zu as data", size,
                   joblib_kind_name(bytes->kind), there);
    *out = joblib_value__text(bytes);
    return JOBLIB_OK;
}

/* Finds the elements; records that hold objects are left as they are: false. */
static joblib_status read_items(joblib_pickle__machine *machine, const joblib_value *data,
                                struct joblib_load__array_parts *parts, bool *decoded_out,
                                joblib_error *error)
{
    const joblib_dtype *dtype = parts->dtype->dtype->dtype;
    size_t count, size;
    JOBLIB_TRY(joblib_array__measure(parts->shape, parts->ndim, dtype->itemsize, &count,
                                     &size, error));
    *decoded_out = true;
    if (dtype->kind == 'O')
        return read_object_items(machine, data, count, &parts->data, error);
    *decoded_out = !dtype->has_object;
    return dtype->has_object ? JOBLIB_OK
                             : read_raw_items(data, size, &parts->data, error);
}

/* Numpy's memory of a Fortran array: the objects of the list, first index fastest. */
static joblib_status reorder_objects(joblib_pickle__machine *machine, joblib_array *view,
                                     joblib_error *error)
{
    joblib_value *const *items = view->data;
    size_t size = view->count * sizeof *items;
    joblib_value **moved = joblib_base__arena_allocate(&machine->document->arena, size);
    if (!moved) return joblib_pickle__exhausted(machine, size, error);
    view->data = moved;
    for (size_t i = 0; i < view->count; i++)
        *(joblib_value **)joblib_array_item(view, i) = items[i];
    return JOBLIB_OK;
}

joblib_status joblib_load__reduce_array(joblib_pickle__machine *machine,
                                        joblib_value *callable, joblib_value *arguments,
                                        joblib_value **out, joblib_error *error)
{
    (void)machine, (void)callable, (void)out;
    joblib_value *subclass;
    if (arguments->count == 0 || !decode_class(arguments->items[0], &subclass))
        return JOBLIB_OK;
    return check_reconstruct(arguments, error);
}

bool joblib_load__is_strings(const joblib_value *dtype)
{
    return dtype->kind == JOBLIB_KIND_OBJECT &&
           joblib_load__name_of(dtype->object->callable) == JOBLIB_NAME_STRINGS;
}

/* A state whose dtype is not known: numpy has strings of any length and types of others. */
static bool has_unknown_dtype(const joblib_value *state)
{
    return state->kind == JOBLIB_KIND_TUPLE && state->count == ARRAY_STATE_COUNT &&
           state->items[ARRAY_STATE_DTYPE]->kind == JOBLIB_KIND_OBJECT;
}

joblib_status joblib_load__build_array(joblib_pickle__machine *machine,
                                       joblib_value *object, joblib_value *state,
                                       joblib_value **out, joblib_error *error)
{
    joblib_value *subclass;
    int64_t shape[JOBLIB_MAX_NDIM];
    struct joblib_load__array_parts parts = {.callable = object->object->callable,
                                             .form = JOBLIB_VALUE_RECONSTRUCT};
    joblib_value *arguments = object->object->arguments;
    bool decoded;
    if (arguments->count == 0 || !decode_class(arguments->items[0], &subclass))
        return JOBLIB_OK;
    JOBLIB_REQUIRE(!(object->flags & JOBLIB_VALUE_BUILT), JOBLIB_ERROR_TYPE,
                   "a second state for an array");
    if (has_unknown_dtype(state)) return JOBLIB_OK;
    JOBLIB_TRY(
        joblib_load__read_array_head(state, ARRAY_STATE_COUNT, shape, &parts, error));
    JOBLIB_TRY(
        read_items(machine, state->items[ARRAY_STATE_DATA], &parts, &decoded, error));
    if (!decoded) return JOBLIB_OK;
    struct joblib_value__array *array;
    JOBLIB_TRY(joblib_load__make_array(machine, &parts, &array, error));
    array->subclass = subclass;
    if (parts.dtype->dtype->dtype->kind == 'O' && parts.fortran && array->view.count > 0)
        JOBLIB_TRY(reorder_objects(machine, &array->view, error));
    array->origin.arguments = arguments;
    array->origin.state = state;
    /* The object was memoized already, so it becomes the array in its place. */
    *object = (joblib_value){.kind = JOBLIB_KIND_ARRAY,
                             .flags = object->flags & JOBLIB_VALUE_SHARED,
                             .depth = state->depth,
                             .array = array};
    *out = object;
    return JOBLIB_OK;
}

static joblib_status make_array_value(joblib_pickle__machine *machine, joblib_kind kind,
                                      const struct joblib_load__array_parts *parts,
                                      joblib_value **out, joblib_error *error)
{
    joblib_value *value = joblib_value__new(machine->document, kind);
    if (!value) return joblib_pickle__exhausted(machine, sizeof *value, error);
    JOBLIB_TRY(joblib_load__make_array(machine, parts, &value->array, error));
    *out = value;
    return JOBLIB_OK;
}

/* Reads an order of axes: each of 0 to ndim - 1 once. */
static joblib_status read_axes(const joblib_value *value, size_t ndim, int64_t *axes,
                               joblib_error *error)
{
    size_t count = 0;
    uint64_t seen = 0;
    JOBLIB_TRY(joblib_load__read_shape(value, axes, &count, error));
    for (size_t i = 0; i < count; i++) {
        if (axes[i] < JOBLIB_MAX_NDIM) seen |= UINT64_C(1) << axes[i];
    }
    uint64_t all = ndim == JOBLIB_MAX_NDIM ? UINT64_MAX : (UINT64_C(1) << ndim) - 1;
    JOBLIB_REQUIRE(count == ndim && seen == all, JOBLIB_ERROR_ARRAY,
                   "the order of %zu axes does not name each of %zu once", count, ndim);
    return JOBLIB_OK;
}

/* Views an array whose axes stand in memory in another order. */
static void permute_axes(joblib_array *view, const int64_t *axes)
{
    int64_t shape[JOBLIB_MAX_NDIM], strides[JOBLIB_MAX_NDIM];
    size_t size = view->ndim * sizeof *shape;
    for (size_t i = 0; i < view->ndim; i++) {
        shape[i] = view->shape[axes[i]];
        strides[i] = view->strides[axes[i]];
    }
    memcpy((int64_t *)view->shape, shape, size);
    memcpy((int64_t *)view->strides, strides, size);
    view->flags &= ~(uint32_t)(JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER);
}

static bool is_permuted(const joblib_value *arguments)
{
    const char *order = joblib_value_text(arguments->items[3], NULL);
    return arguments->count == 5 && order && strcmp(order, "K") == 0;
}

static joblib_status read_buffer(joblib_value *arguments, int64_t *shape,
                                 struct joblib_load__array_parts *parts,
                                 joblib_error *error)
{
    const joblib_dtype *dtype;
    size_t count, size;
    parts->dtype = arguments->items[1];
    parts->shape = shape;
    JOBLIB_TRY(joblib_load__read_dtype(parts->dtype, &dtype, error));
    JOBLIB_REQUIRE(!dtype->has_object, JOBLIB_ERROR_ARRAY, "_frombuffer of objects");
    JOBLIB_TRY(joblib_load__read_shape(arguments->items[2], shape, &parts->ndim, error));
    if (!is_permuted(arguments))
        JOBLIB_TRY(joblib_load__read_order(arguments->items[3], &parts->fortran, error));
    JOBLIB_TRY(
        joblib_array__measure(shape, parts->ndim, dtype->itemsize, &count, &size, error));
    return read_raw_items(arguments->items[0], size, &parts->data, error);
}

/* _frombuffer(bytes, dtype, shape, order[, axes]): arrays of protocol 5. Order K comes with
   axes: the bytes are in C order of `shape`, and the array shows its axes in that order. */
joblib_status joblib_load__reduce_frombuffer(joblib_pickle__machine *machine,
                                             joblib_value *callable,
                                             joblib_value *arguments, joblib_value **out,
                                             joblib_error *error)
{
    int64_t shape[JOBLIB_MAX_NDIM], axes[JOBLIB_MAX_NDIM];
    struct joblib_load__array_parts parts = {.callable = callable,
                                             .form = JOBLIB_VALUE_FROMBUFFER};
    joblib_value *value = NULL;
    JOBLIB_REQUIRE(arguments->count == 4 || arguments->count == 5, JOBLIB_ERROR_ARRAY,
                   "_frombuffer has %zu arguments, 4 or 5 expected", arguments->count);
    JOBLIB_TRY(read_buffer(arguments, shape, &parts, error));
    if (is_permuted(arguments))
        JOBLIB_TRY(read_axes(arguments->items[4], parts.ndim, axes, error));
    JOBLIB_TRY(make_array_value(machine, JOBLIB_KIND_ARRAY, &parts, &value, error));
    if (is_permuted(arguments)) permute_axes(&value->array->view, axes);
    value->array->origin.arguments = arguments;
    *out = value;
    return JOBLIB_OK;
}

joblib_status joblib_load__read_order(const joblib_value *value, bool *fortran_out,
                                      joblib_error *error)
{
    size_t size = 0;
    const char *text = joblib_value_text(value, &size);
    bool is_order = text && size == 1 && (text[0] == 'C' || text[0] == 'F');
    JOBLIB_REQUIRE(is_order, JOBLIB_ERROR_ARRAY,
                   "the order of an array is neither C nor F");
    *fortran_out = text[0] == 'F';
    return JOBLIB_OK;
}

/* scalar(dtype, bytes): one number. Object scalars stay objects. */
joblib_status joblib_load__reduce_scalar(joblib_pickle__machine *machine,
                                         joblib_value *callable, joblib_value *arguments,
                                         joblib_value **out, joblib_error *error)
{
    struct joblib_load__array_parts parts = {.callable = callable,
                                             .form = JOBLIB_VALUE_SCALAR,
                                             .shape = NULL};
    const joblib_dtype *dtype;
    if (arguments->count != 2) return JOBLIB_OK;
    parts.dtype = arguments->items[0];
    JOBLIB_TRY(joblib_load__read_dtype(parts.dtype, &dtype, error));
    if (dtype->has_object) return JOBLIB_OK;
    JOBLIB_TRY(read_raw_items(arguments->items[1], dtype->itemsize, &parts.data, error));
    JOBLIB_TRY(make_array_value(machine, JOBLIB_KIND_SCALAR, &parts, out, error));
    (*out)->array->origin.arguments = arguments;
    return JOBLIB_OK;
}
