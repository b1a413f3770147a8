/* What joblib's wrappers of arrays have in common: their states, and elements that stand
   outside the pickle. */
#include <string.h>

#include "base/try.h"
#include "joblib/numpy.h"
#include "pickle/growing.h"
#include "value/key.h"

static bool is_key(const joblib_value *value, const joblib_load__key *key)
{
    return joblib_value__is_text_key(value, key->name, key->size);
}

/* Looks at the key `expected` first; `count` for a key that means nothing. */
static size_t find_key(const joblib_value *value, const joblib_load__key *keys,
                       size_t count, size_t expected)
{
    if (expected < count && is_key(value, &keys[expected])) return expected;
    for (size_t k = 0; k < count; k++) {
        if (is_key(value, &keys[k])) return k;
    }
    return count;
}

joblib_status joblib_load__find_keys(const joblib_value *state,
                                     const joblib_load__key *keys, size_t count,
                                     joblib_value **values, joblib_error *error)
{
    JOBLIB_REQUIRE(state->kind == JOBLIB_KIND_DICT, JOBLIB_ERROR_ARRAY,
                   "the state of an array wrapper is a %s, dict expected",
                   joblib_kind_name(state->kind));
    for (size_t k = 0; k < count; k++) values[k] = NULL;
    for (size_t i = 0; i < state->mapping->count; i++) {
        const struct joblib_value__entry *entry = &state->mapping->entries[i];
        size_t k = find_key(entry->key, keys, count, i);
        if (k == count) continue;
        JOBLIB_REQUIRE(!values[k], JOBLIB_ERROR_ARRAY, "two keys %s in an array wrapper",
                       keys[k].name);
        values[k] = entry->value;
    }
    for (size_t k = 0; k < count; k++)
        JOBLIB_REQUIRE(values[k] || !keys[k].required, JOBLIB_ERROR_ARRAY,
                       "no %s in an array wrapper", keys[k].name);
    return JOBLIB_OK;
}

joblib_status joblib_load__read_subclass(joblib_value *value, joblib_value **subclass_out,
                                         joblib_error *error)
{
    enum joblib_load__name name = joblib_load__name_of(value);
    char shown[JOBLIB_ESCAPED_SIZE];
    const char *class = joblib_value_name(value);
    bool known = name == JOBLIB_NAME_NDARRAY || name == JOBLIB_NAME_MATRIX ||
                 name == JOBLIB_NAME_MEMMAP;
    JOBLIB_REQUIRE(known, JOBLIB_ERROR_FORBIDDEN,
                   "an array wrapper for the class %s, ndarray expected",
                   class ? joblib_base__escape(shown, class, strlen(class))
                         : "of no name");
    *subclass_out = name == JOBLIB_NAME_MATRIX ? value : NULL;
    return JOBLIB_OK;
}

static joblib_status read_known_data(joblib_pickle__machine *machine,
                                     joblib_io__reader *reader, size_t size, void **out,
                                     joblib_error *error)
{
    *out = joblib_base__arena_allocate_aligned(&machine->document->arena, size);
    if (!*out) return joblib_pickle__exhausted(machine, size, error);
    return joblib_io__read(reader, *out, size, error);
}

static bool fits_alignment(const void *data, size_t alignment)
{
    return ((uintptr_t)data & (alignment - 1)) == 0;
}

joblib_status joblib_load__read_elements(joblib_pickle__machine *machine,
                                         joblib_io__reader *reader,
                                         const joblib_dtype *dtype, size_t size,
                                         struct joblib_load__array_parts *parts,
                                         joblib_error *error)
{
    uint64_t remaining = joblib_io__remaining(reader);
    JOBLIB_REQUIRE(size <= remaining, JOBLIB_ERROR_TRUNCATED,
                   "an array of %zu bytes, %llu left", size,
                   (unsigned long long)remaining);
    JOBLIB_REQUIRE(size <= machine->limits->max_array, JOBLIB_ERROR_LIMIT,
                   "an array of %zu bytes, %llu are the most (max_array)", size,
                   (unsigned long long)machine->limits->max_array);
    parts->outside = true;
    parts->viewed = reader->stable && fits_alignment(reader->next, dtype->alignment);
    if (parts->viewed) {
        machine->document->backing.viewed |= size > 0;
        return joblib_io__view(reader, size, &parts->data, error);
    }
    bool grows = remaining == JOBLIB_UNKNOWN_SIZE && size > JOBLIB_TRUSTED_SIZE;
    void *data = NULL;
    JOBLIB_TRY(grows ? joblib_pickle__read_growing(machine, reader, size, 0, &data, error)
                     : read_known_data(machine, reader, size, &data, error));
    parts->data = data;
    return JOBLIB_OK;
}

static bool has_shape(const joblib_array *view, const int64_t *shape, size_t ndim)
{
    size_t size = ndim * sizeof *shape;
    return view->ndim == ndim && (size == 0 || memcmp(view->shape, shape, size) == 0);
}

joblib_status joblib_load__read_objects(joblib_pickle__machine *machine,
                                        joblib_io__reader *reader,
                                        const joblib_dtype *dtype, const int64_t *shape,
                                        size_t ndim, int *protocol_out,
                                        joblib_value **out, joblib_error *error)
{
    joblib_value *value;
    JOBLIB_TRY(joblib_pickle__load(reader, machine->document, machine->limits,
                                   machine->hooks, machine, &value, protocol_out, error));
    *out = value;
    bool may_be_object = !dtype || dtype->kind != 'O';
    if (value->kind == JOBLIB_KIND_OBJECT && may_be_object) return JOBLIB_OK;
    bool agrees = dtype && value->kind == JOBLIB_KIND_ARRAY &&
                  value->array->view.dtype->kind == 'O' &&
                  has_shape(&value->array->view, shape, ndim);
    JOBLIB_REQUIRE(agrees, JOBLIB_ERROR_ARRAY,
                   "found %s behind a wrapper of objects, an array of its shape expected",
                   joblib_kind_name(value->kind));
    return JOBLIB_OK;
}
