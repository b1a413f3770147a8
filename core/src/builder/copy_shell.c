/* Copies of values without their parts. */
#include <string.h>

#include "array/array.h"
#include "builder/copying.h"

/* The bytes of a text, or of an integer of any size. */
static joblib_value *copy_bytes_of(joblib_document *document, const joblib_value *from)
{
    size_t size = joblib_value__text_size(from);
    joblib_value *to = joblib_value__new_text(document, (joblib_kind)from->kind, size);
    if (to && size > 0)
        memcpy(joblib_value__text_room(to), joblib_value__text(from), size);
    return to;
}

static joblib_value *copy_integer(joblib_document *document, const joblib_value *from)
{
    return from->flags & JOBLIB_VALUE_BIG
               ? copy_bytes_of(document, from)
               : joblib_value__new_int(document, from->integer);
}

static joblib_value *copy_list(joblib_document *document, const joblib_value *from)
{
    joblib_value *to = joblib_value__new(document, JOBLIB_KIND_LIST);
    return to && joblib_value__append(document, to, from->items, from->count) ? to : NULL;
}

static joblib_value *copy_tuple(joblib_document *document, const joblib_value *from)
{
    return joblib_value__new_tuple(document, from->count);
}

static joblib_value *copy_mapping(joblib_document *document, const joblib_value *from)
{
    const struct joblib_value__mapping *old = from->mapping;
    joblib_value *to = joblib_value__new_mapping(document, (joblib_kind)from->kind);
    if (!to || old->count == 0) return to;
    size_t size = old->count * sizeof *old->entries;
    to->mapping->entries = joblib_base__arena_allocate(&document->arena, size);
    if (!to->mapping->entries) return NULL;
    to->mapping->room = to->mapping->count = old->count;
    return to;
}

static joblib_value *copy_global(joblib_document *document, const joblib_value *from)
{
    const struct joblib_value__global *named = from->global;
    joblib_value *to = joblib_value__new(document, JOBLIB_KIND_GLOBAL);
    if (!to) return NULL;
    to->global = joblib_value__name_global(document, named->module, named->module_size,
                                           named->name, named->name_size);
    return to->global ? to : NULL;
}

static joblib_value *copy_object(joblib_document *document, const joblib_value *from)
{
    return joblib_value__new_object(document, joblib_value_form(from), NULL, NULL);
}

static joblib_value *copy_dtype_node(joblib_document *document, const joblib_value *from)
{
    joblib_value *to = joblib_value__new(document, JOBLIB_KIND_DTYPE);
    if (!to) return NULL;
    to->dtype = joblib_base__arena_allocate(&document->arena, sizeof *to->dtype);
    if (!to->dtype) return NULL;
    *to->dtype = (struct joblib_value__dtype){.in_use = true};
    (void)from;
    return to;
}

static joblib_value *copy_array_node(joblib_document *document, const joblib_value *from)
{
    const joblib_array *view = &from->array->view;
    joblib_value *to = joblib_value__new(document, (joblib_kind)from->kind);
    size_t numbers = view->ndim * sizeof(int64_t);
    struct joblib_value__array *array =
        joblib_base__arena_allocate(&document->arena, sizeof *array + 2 * numbers);
    if (!to || !array) return NULL;
    int64_t *shape = (int64_t *)(array + 1);
    *array = (struct joblib_value__array){.view = *view};
    if (numbers > 0) {
        memcpy(shape, view->shape, numbers);
        memcpy(shape + view->ndim, view->strides, numbers);
    }
    array->view.shape = shape;
    array->view.strides = shape + view->ndim;
    to->array = array;
    return to;
}

static joblib_value *copy_float(joblib_document *document, const joblib_value *from)
{
    return joblib_value__new_float(document, from->real);
}

static joblib_value *copy_complex(joblib_document *document, const joblib_value *from)
{
    return joblib_value__new_complex(document, from->real, from->imaginary);
}

typedef joblib_value *shell_function(joblib_document *document, const joblib_value *from);

static shell_function *const shell_functions[] = {
    [JOBLIB_KIND_INT] = copy_integer,       [JOBLIB_KIND_FLOAT] = copy_float,
    [JOBLIB_KIND_COMPLEX] = copy_complex,   [JOBLIB_KIND_STR] = copy_bytes_of,
    [JOBLIB_KIND_BYTES] = copy_bytes_of,    [JOBLIB_KIND_BYTEARRAY] = copy_bytes_of,
    [JOBLIB_KIND_LIST] = copy_list,         [JOBLIB_KIND_TUPLE] = copy_tuple,
    [JOBLIB_KIND_DICT] = copy_mapping,      [JOBLIB_KIND_SET] = copy_mapping,
    [JOBLIB_KIND_FROZENSET] = copy_mapping, [JOBLIB_KIND_ARRAY] = copy_array_node,
    [JOBLIB_KIND_SCALAR] = copy_array_node, [JOBLIB_KIND_DTYPE] = copy_dtype_node,
    [JOBLIB_KIND_GLOBAL] = copy_global,     [JOBLIB_KIND_OBJECT] = copy_object,
};

joblib_status joblib_builder__copy_shell(joblib_builder__copying *copying,
                                         const joblib_value *from, joblib_value **out,
                                         joblib_error *error)
{
    joblib_value *to = shell_functions[from->kind](copying->builder->document, from);
    if (!to) return joblib_builder__exhausted(copying->builder, sizeof *to, error);
    to->flags = from->flags | JOBLIB_VALUE_PLACED;
    to->depth = from->depth; /* or the tag of a name */
    *out = to;
    return JOBLIB_OK;
}
