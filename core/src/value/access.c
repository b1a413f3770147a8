/* Reading text, containers, objects and arrays. */
#include <string.h>

#include "base/try.h"
#include "value/node.h"

joblib_kind joblib_value_kind(const joblib_value *value)
{
    return value ? (joblib_kind)value->kind : JOBLIB_KIND_NONE;
}

const char *joblib_kind_name(int kind)
{
    static const char *const names[] = {
        [JOBLIB_KIND_NONE] = "None",
        [JOBLIB_KIND_BOOL] = "bool",
        [JOBLIB_KIND_INT] = "int",
        [JOBLIB_KIND_FLOAT] = "float",
        [JOBLIB_KIND_COMPLEX] = "complex",
        [JOBLIB_KIND_STR] = "str",
        [JOBLIB_KIND_BYTES] = "bytes",
        [JOBLIB_KIND_BYTEARRAY] = "bytearray",
        [JOBLIB_KIND_LIST] = "list",
        [JOBLIB_KIND_TUPLE] = "tuple",
        [JOBLIB_KIND_DICT] = "dict",
        [JOBLIB_KIND_SET] = "set",
        [JOBLIB_KIND_FROZENSET] = "frozenset",
        [JOBLIB_KIND_ARRAY] = "ndarray",
        [JOBLIB_KIND_SCALAR] = "scalar",
        [JOBLIB_KIND_DTYPE] = "dtype",
        [JOBLIB_KIND_GLOBAL] = "global",
        [JOBLIB_KIND_OBJECT] = "object",
    };
    bool known = kind >= 0 && (size_t)kind < sizeof names / sizeof names[0];
    return known ? names[kind] : "unknown";
}

/* Text and bytes */

const char *joblib_value_text(const joblib_value *value, size_t *size_out)
{
    joblib_kind kind = joblib_value_kind(value);
    uint8_t ascii = JOBLIB_VALUE_PY2 | JOBLIB_VALUE_ASCII;
    bool is_ascii = kind == JOBLIB_KIND_BYTES && (value->flags & ascii) == ascii;
    if (kind != JOBLIB_KIND_STR && !is_ascii) return NULL;
    if (size_out) *size_out = joblib_value__text_size(value);
    return joblib_value__text(value);
}

const void *joblib_value_bytes(const joblib_value *value, size_t *size_out)
{
    joblib_kind kind = joblib_value_kind(value);
    if (kind != JOBLIB_KIND_BYTES && kind != JOBLIB_KIND_BYTEARRAY) return NULL;
    if (size_out) *size_out = joblib_value__text_size(value);
    return joblib_value__text(value);
}

bool joblib_value_is_py2(const joblib_value *value)
{
    return joblib_value_kind(value) == JOBLIB_KIND_BYTES &&
           value->flags & JOBLIB_VALUE_PY2;
}

/* Containers */

size_t joblib_value_count(const joblib_value *value)
{
    switch (joblib_value_kind(value)) {
    case JOBLIB_KIND_LIST:
    case JOBLIB_KIND_TUPLE:
        return value->count;
    case JOBLIB_KIND_DICT:
    case JOBLIB_KIND_SET:
    case JOBLIB_KIND_FROZENSET:
        return value->mapping->count;
    case JOBLIB_KIND_ARRAY: {
        const joblib_array *view = &value->array->view;
        return view->ndim > 0 ? (size_t)view->shape[0] : 0;
    }
    default:
        return 0;
    }
}

static bool is_mapping(const joblib_value *value)
{
    joblib_kind kind = joblib_value_kind(value);
    return kind == JOBLIB_KIND_DICT || kind == JOBLIB_KIND_SET ||
           kind == JOBLIB_KIND_FROZENSET;
}

const joblib_value *joblib_value_at(const joblib_value *value, size_t index)
{
    if (is_mapping(value)) {
        if (index >= value->mapping->count) return NULL;
        const struct joblib_value__entry *entry = &value->mapping->entries[index];
        return value->kind == JOBLIB_KIND_DICT ? entry->value : entry->key;
    }
    joblib_kind kind = joblib_value_kind(value);
    if (kind != JOBLIB_KIND_LIST && kind != JOBLIB_KIND_TUPLE) return NULL;
    return index < value->count ? value->items[index] : NULL;
}

const joblib_value *joblib_value_key(const joblib_value *value, size_t index)
{
    if (joblib_value_kind(value) != JOBLIB_KIND_DICT) return NULL;
    return index < value->mapping->count ? value->mapping->entries[index].key : NULL;
}

/* Classes and objects */

static const struct joblib_value__object *as_object(const joblib_value *value)
{
    return joblib_value_kind(value) == JOBLIB_KIND_OBJECT ? value->object : NULL;
}

/* The global that names a value: itself, or the class of an object, however deep. */
static const struct joblib_value__global *find_global(const joblib_value *value)
{
    while (joblib_value_kind(value) == JOBLIB_KIND_OBJECT)
        value = value->object->callable;
    return joblib_value_kind(value) == JOBLIB_KIND_GLOBAL ? value->global : NULL;
}

const char *joblib_value_module(const joblib_value *value)
{
    const struct joblib_value__global *global = find_global(value);
    return global ? global->module : NULL;
}

const char *joblib_value_name(const joblib_value *value)
{
    const struct joblib_value__global *global = find_global(value);
    return global ? global->name : NULL;
}

const joblib_value *joblib_value_class(const joblib_value *object)
{
    const struct joblib_value__object *found = as_object(object);
    return found ? found->callable : NULL;
}

joblib_form joblib_value_form(const joblib_value *object)
{
    return as_object(object) ? (joblib_form)object->count : JOBLIB_FORM_REDUCE;
}

const joblib_value *joblib_value_arguments(const joblib_value *object)
{
    const struct joblib_value__object *found = as_object(object);
    return found ? found->arguments : NULL;
}

const joblib_value *joblib_value_keywords(const joblib_value *object)
{
    const struct joblib_value__object *found = as_object(object);
    return found ? found->keywords : NULL;
}

const joblib_value *joblib_value_state(const joblib_value *object)
{
    const struct joblib_value__object *found = as_object(object);
    return found ? found->state : NULL;
}

const joblib_value *joblib_value_items(const joblib_value *object)
{
    const struct joblib_value__object *found = as_object(object);
    return found ? found->items : NULL;
}

const joblib_value *joblib_value_entries(const joblib_value *object)
{
    const struct joblib_value__object *found = as_object(object);
    return found ? found->entries : NULL;
}

const joblib_value *joblib_value_attribute(const joblib_value *object, const char *name)
{
    const joblib_value *state = joblib_value_state(object);
    const joblib_value *found = joblib_value_find(state, name);
    if (found || joblib_value_kind(state) != JOBLIB_KIND_TUPLE) return found;
    found = joblib_value_find(joblib_value_at(state, 0), name);
    return found ? found : joblib_value_find(joblib_value_at(state, 1), name);
}

/* Arrays */

joblib_status joblib_value_array(const joblib_value *value, joblib_array *out,
                                 joblib_error *error)
{
    JOBLIB_REQUIRE(out != NULL, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    joblib_kind kind = joblib_value_kind(value);
    JOBLIB_REQUIRE(kind == JOBLIB_KIND_ARRAY || kind == JOBLIB_KIND_SCALAR,
                   JOBLIB_ERROR_KIND, "%s found, ndarray or scalar expected",
                   joblib_kind_name((int)kind));
    *out = value->array->view;
    return JOBLIB_OK;
}

const joblib_dtype *joblib_value_dtype(const joblib_value *value)
{
    switch (joblib_value_kind(value)) {
    case JOBLIB_KIND_ARRAY:
    case JOBLIB_KIND_SCALAR:
        return value->array->view.dtype;
    case JOBLIB_KIND_DTYPE:
        return value->dtype->dtype;
    default:
        return NULL;
    }
}

const joblib_value *joblib_value_subclass(const joblib_value *array)
{
    return joblib_value_kind(array) == JOBLIB_KIND_ARRAY ? array->array->subclass : NULL;
}
