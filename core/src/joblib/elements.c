/* What joblib's wrappers of arrays have in common: their states, and elements that stand
   outside the pickle. */
#include <string.h>

#include "base/try.h"
#include "joblib/numpy.h"
#include "pickle/growing.h"
#include "value/key.h"

joblib_status joblib_load__find_key(const joblib_value *state, const char *key,
                                    joblib_value **out, joblib_error *error)
{
    *out = NULL;
    for (size_t i = 0; i < state->mapping->count; i++) {
        if (!joblib_value__is_text_key(state->mapping->entries[i].key, key, strlen(key)))
            continue;
        JOBLIB_REQUIRE(!*out, JOBLIB_ERROR_ARRAY, "two keys %s in an array wrapper", key);
        *out = state->mapping->entries[i].value;
    }
    return JOBLIB_OK;
}

joblib_status joblib_load__require_key(const joblib_value *state, const char *key,
                                       joblib_value **out, joblib_error *error)
{
    JOBLIB_TRY(joblib_load__find_key(state, key, out, error));
    JOBLIB_REQUIRE(*out, JOBLIB_ERROR_ARRAY, "no %s in an array wrapper", key);
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
                                        size_t ndim, joblib_value **out,
                                        joblib_error *error)
{
    int protocol;
    joblib_value *value;
    JOBLIB_TRY(joblib_pickle__load(reader, machine->document, machine->limits,
                                   machine->hooks, machine, &value, &protocol, error));
    *out = value;
    if (value->kind == JOBLIB_KIND_OBJECT && dtype->kind != 'O') return JOBLIB_OK;
    bool agrees = value->kind == JOBLIB_KIND_ARRAY &&
                  value->array->view.dtype->kind == 'O' &&
                  has_shape(&value->array->view, shape, ndim);
    JOBLIB_REQUIRE(agrees, JOBLIB_ERROR_ARRAY,
                   "the pickle behind a wrapper of objects is a %s of another shape",
                   joblib_kind_name(value->kind));
    value->array->origin.protocol = (uint8_t)protocol;
    return JOBLIB_OK;
}
