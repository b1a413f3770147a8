/* The parts of copied values. */
#include <string.h>

#include "array/array.h"
#include "builder/copying.h"

static joblib_status meet_items(joblib_builder__copying *copying,
                                joblib_value *const *from, joblib_value **to,
                                size_t count, joblib_error *error)
{
    for (size_t i = 0; i < count; i++)
        JOBLIB_TRY(joblib_builder__meet(copying, from[i], &to[i], error));
    return JOBLIB_OK;
}

static joblib_status fill_sequence(joblib_builder__copying *copying,
                                   const joblib_value *from, joblib_value *to,
                                   joblib_error *error)
{
    return meet_items(copying, from->items, to->items, from->count, error);
}

static joblib_status fill_mapping(joblib_builder__copying *copying,
                                  const joblib_value *from, joblib_value *to,
                                  joblib_error *error)
{
    for (size_t i = 0; i < from->mapping->count; i++) {
        const struct joblib_value__entry *old = &from->mapping->entries[i];
        struct joblib_value__entry *entry = &to->mapping->entries[i];
        JOBLIB_TRY(joblib_builder__meet(copying, old->key, &entry->key, error));
        JOBLIB_TRY(joblib_builder__meet(copying, old->value, &entry->value, error));
    }
    return JOBLIB_OK;
}

static joblib_status fill_name(joblib_builder__copying *copying, const joblib_value *from,
                               joblib_value *to, joblib_error *error)
{
    if (!from->spelling) return JOBLIB_OK;
    struct joblib_value__spelling *spelling =
        joblib_base__arena_allocate(&copying->builder->document->arena, sizeof *spelling);
    if (!spelling)
        return joblib_builder__exhausted(copying->builder, sizeof *spelling, error);
    JOBLIB_TRY(
        joblib_builder__meet(copying, from->spelling->module, &spelling->module, error));
    JOBLIB_TRY(
        joblib_builder__meet(copying, from->spelling->name, &spelling->name, error));
    to->spelling = spelling;
    return JOBLIB_OK;
}

static joblib_status fill_origin(joblib_builder__copying *copying,
                                 const struct joblib_value__origin *from,
                                 struct joblib_value__origin *to, joblib_error *error)
{
    *to = *from;
    to->nested = NULL;
    to->sharing = JOBLIB_SHARING_NOT_ASKED;
    JOBLIB_TRY(joblib_builder__meet(copying, from->callable, &to->callable, error));
    JOBLIB_TRY(joblib_builder__meet(copying, from->arguments, &to->arguments, error));
    JOBLIB_TRY(joblib_builder__meet(copying, from->state, &to->state, error));
    return JOBLIB_OK;
}

static joblib_status fill_new_origin(joblib_builder__copying *copying,
                                     const struct joblib_value__origin *from,
                                     const struct joblib_value__origin **out,
                                     joblib_error *error)
{
    if (!from) return JOBLIB_OK;
    struct joblib_value__origin *to =
        joblib_base__arena_allocate(&copying->builder->document->arena, sizeof *to);
    if (!to) return joblib_builder__exhausted(copying->builder, sizeof *to, error);
    *out = to;
    return fill_origin(copying, from, to, error);
}

/* The bytes in the pickled form of an array that are its elements; NULL if there are none. */
static joblib_value *find_bytes(const joblib_value *tuple, const void *data)
{
    bool is_tuple = joblib_value_kind(tuple) == JOBLIB_KIND_TUPLE;
    for (size_t i = 0; is_tuple && i < tuple->count; i++) {
        const void *bytes = joblib_value_bytes(tuple->items[i], NULL);
        if (bytes && bytes == data) return tuple->items[i];
    }
    return NULL;
}

static joblib_status copy_elements_of(joblib_builder__copying *copying,
                                      const joblib_array *from, const void **out,
                                      joblib_error *error)
{
    size_t size = from->count * from->dtype->itemsize;
    void *data =
        joblib_base__arena_allocate_aligned(&copying->builder->document->arena, size);
    if (!data) return joblib_builder__exhausted(copying->builder, size, error);
    if (size > 0) memcpy(data, from->data, size);
    *out = data;
    return JOBLIB_OK;
}

/* Bytes of the elements: those of the copied form where they stand there, else copied. */
static joblib_status fill_elements(joblib_builder__copying *copying,
                                   const struct joblib_value__array *from,
                                   struct joblib_value__array *to, joblib_error *error)
{
    joblib_value *copy;
    const joblib_value *bytes = find_bytes(from->origin.state, from->view.data);
    if (!bytes) bytes = find_bytes(from->origin.arguments, from->view.data);
    if (!bytes) return copy_elements_of(copying, &from->view, &to->view.data, error);
    JOBLIB_TRY(joblib_builder__meet(copying, bytes, &copy, error));
    to->view.data = joblib_value_bytes(copy, NULL);
    return JOBLIB_OK;
}

/* Elements that are values, in the order of memory. */
static joblib_status fill_objects(joblib_builder__copying *copying,
                                  const struct joblib_value__array *from,
                                  struct joblib_value__array *to, joblib_error *error)
{
    size_t size = from->view.count * sizeof(joblib_value *);
    void *items =
        joblib_base__arena_allocate_aligned(&copying->builder->document->arena, size);
    if (!items) return joblib_builder__exhausted(copying->builder, size, error);
    to->view.data = items;
    return meet_items(copying, from->view.data, items, from->view.count, error);
}

/* Where the elements stand decides whether they are aligned. Nobody may write to them. */
static void complete_flags(joblib_array *view)
{
    uint32_t order = JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER | JOBLIB_ARRAY_NATIVE;
    bool aligned = ((uintptr_t)view->data & (view->dtype->alignment - 1)) == 0;
    view->flags = (view->flags & order) | (aligned ? JOBLIB_ARRAY_ALIGNED : 0);
}

/* What stands behind a wrapper, in a pickle of its own, is met as such. */
static joblib_status fill_array(joblib_builder__copying *copying,
                                const joblib_value *from, joblib_value *to,
                                joblib_error *error)
{
    const struct joblib_value__array *old = from->array;
    struct joblib_value__array *array = to->array;
    bool outer = copying->nested;
    JOBLIB_TRY(
        joblib_builder__copy_dtype(copying, old->view.dtype, &array->view.dtype, error));
    JOBLIB_TRY(joblib_builder__meet(copying, old->dtype, &array->dtype, error));
    JOBLIB_TRY(joblib_builder__meet(copying, old->subclass, &array->subclass, error));
    JOBLIB_TRY(fill_origin(copying, &old->origin, &array->origin, error));
    copying->nested = outer || old->origin.nested;
    JOBLIB_TRY(
        fill_new_origin(copying, old->origin.nested, &array->origin.nested, error));
    JOBLIB_TRY(old->view.dtype->has_object ? fill_objects(copying, old, array, error)
                                           : fill_elements(copying, old, array, error));
    copying->nested = outer;
    complete_flags(&array->view);
    return JOBLIB_OK;
}

static joblib_status fill_dtype(joblib_builder__copying *copying,
                                const joblib_value *from, joblib_value *to,
                                joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__copy_dtype(copying, from->dtype->dtype, &to->dtype->dtype,
                                          error));
    return fill_origin(copying, &from->dtype->origin, &to->dtype->origin, error);
}

static joblib_status fill_object(joblib_builder__copying *copying,
                                 const joblib_value *from, joblib_value *to,
                                 joblib_error *error)
{
    const struct joblib_value__object *old = from->object;
    struct joblib_value__object *object = to->object;
    bool outer = copying->nested;
    JOBLIB_TRY(fill_new_origin(copying, old->wrapper, &object->wrapper, error));
    copying->nested = outer || old->wrapper;
    JOBLIB_TRY(joblib_builder__meet(copying, old->callable, &object->callable, error));
    JOBLIB_TRY(joblib_builder__meet(copying, old->arguments, &object->arguments, error));
    JOBLIB_TRY(joblib_builder__meet(copying, old->keywords, &object->keywords, error));
    JOBLIB_TRY(joblib_builder__meet(copying, old->state, &object->state, error));
    JOBLIB_TRY(joblib_builder__meet(copying, old->items, &object->items, error));
    JOBLIB_TRY(joblib_builder__meet(copying, old->entries, &object->entries, error));
    copying->nested = outer;
    return JOBLIB_OK;
}

typedef joblib_status fill_function(joblib_builder__copying *copying,
                                    const joblib_value *from, joblib_value *to,
                                    joblib_error *error);

static fill_function *const fill_functions[JOBLIB_KIND_OBJECT + 1] = {
    [JOBLIB_KIND_LIST] = fill_sequence,     [JOBLIB_KIND_TUPLE] = fill_sequence,
    [JOBLIB_KIND_DICT] = fill_mapping,      [JOBLIB_KIND_SET] = fill_mapping,
    [JOBLIB_KIND_FROZENSET] = fill_mapping, [JOBLIB_KIND_ARRAY] = fill_array,
    [JOBLIB_KIND_SCALAR] = fill_array,      [JOBLIB_KIND_DTYPE] = fill_dtype,
    [JOBLIB_KIND_GLOBAL] = fill_name,       [JOBLIB_KIND_OBJECT] = fill_object,
};

joblib_status joblib_builder__fill(joblib_builder__copying *copying, size_t index,
                                   joblib_error *error)
{
    struct joblib_builder__copied line = copying->log[index];
    fill_function *fill = line.found ? NULL : fill_functions[line.to->kind];
    copying->nested = line.nested;
    return fill ? fill(copying, line.from, line.to, error) : JOBLIB_OK;
}
