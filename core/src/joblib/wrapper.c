/* NumpyArrayWrapper: joblib's own form of an array. BUILD brings shape, order and dtype; the
   bytes of the elements follow the opcode in the stream. spec/ndarray.md#wrapper */
#include <string.h>

#include "base/try.h"
#include "joblib/numpy.h"
#include "value/key.h"

/* The only alignment that joblib writes, since 1.2. */
#define DATA_ALIGNMENT 16

/* While the size of the input is unknown, memory grows as bytes arrive. */
#define FIRST_DATA ((size_t)1 << 20)

struct wrapper {
    struct joblib_load__array_parts parts;
    int64_t shape[JOBLIB_MAX_NDIM];
    joblib_value *subclass;
    int16_t alignment; /* bytes; 0 for None; -1 where it is not stored */
    bool allow_mmap;
    size_t count;
    size_t size; /* bytes */
};

static joblib_status find_key(const joblib_value *state, const char *key,
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

static joblib_status require_key(const joblib_value *state, const char *key,
                                 joblib_value **out, joblib_error *error)
{
    JOBLIB_TRY(find_key(state, key, out, error));
    JOBLIB_REQUIRE(*out, JOBLIB_ERROR_ARRAY, "no %s in an array wrapper", key);
    return JOBLIB_OK;
}

static joblib_status read_subclass(joblib_value *value, joblib_value **subclass_out,
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

static joblib_status read_alignment(const joblib_value *state, int16_t *out,
                                    joblib_error *error)
{
    joblib_value *value;
    int64_t number = -1;
    JOBLIB_TRY(find_key(state, "numpy_array_alignment_bytes", &value, error));
    *out = value ? 0 : -1;
    if (!value || value->kind == JOBLIB_KIND_NONE) return JOBLIB_OK;
    bool is_int = value->kind == JOBLIB_KIND_INT &&
                  joblib_value_as_int64(value, &number, NULL) == JOBLIB_OK;
    JOBLIB_REQUIRE(is_int && number == DATA_ALIGNMENT, JOBLIB_ERROR_ARRAY,
                   "array data aligned to %lld bytes, %d expected", (long long)number,
                   DATA_ALIGNMENT);
    *out = DATA_ALIGNMENT;
    return JOBLIB_OK;
}

static joblib_status read_wrapper(joblib_value *state, struct wrapper *wrapper,
                                  joblib_error *error)
{
    joblib_value *subclass, *shape, *order, *allow_mmap;
    const joblib_dtype *dtype;
    JOBLIB_REQUIRE(state->kind == JOBLIB_KIND_DICT, JOBLIB_ERROR_ARRAY,
                   "the state of an array wrapper is a %s, dict expected",
                   joblib_kind_name(state->kind));
    JOBLIB_TRY(require_key(state, "subclass", &subclass, error));
    JOBLIB_TRY(require_key(state, "shape", &shape, error));
    JOBLIB_TRY(require_key(state, "order", &order, error));
    JOBLIB_TRY(require_key(state, "dtype", &wrapper->parts.dtype, error));
    JOBLIB_TRY(find_key(state, "allow_mmap", &allow_mmap, error));
    JOBLIB_TRY(read_subclass(subclass, &wrapper->subclass, error));
    wrapper->parts.shape = wrapper->shape;
    JOBLIB_TRY(
        joblib_load__read_shape(shape, wrapper->shape, &wrapper->parts.ndim, error));
    JOBLIB_TRY(joblib_load__read_order(order, &wrapper->parts.fortran, error));
    JOBLIB_TRY(joblib_load__read_dtype(wrapper->parts.dtype, &dtype, error));
    JOBLIB_TRY(read_alignment(state, &wrapper->alignment, error));
    wrapper->allow_mmap =
        allow_mmap && allow_mmap->kind == JOBLIB_KIND_BOOL && allow_mmap->integer != 0;
    JOBLIB_REQUIRE(!(wrapper->allow_mmap && dtype->has_object), JOBLIB_ERROR_ARRAY,
                   "an array of objects that is said to be mappable");
    return joblib_array__measure(wrapper->shape, wrapper->parts.ndim, dtype->itemsize,
                                 &wrapper->count, &wrapper->size, error);
}

/* One byte tells how many bytes of 0xff stand between it and the data. */
static joblib_status skip_padding(joblib_io__reader *reader, joblib_error *error)
{
    JOBLIB_TRY(joblib_io__need(reader, 1, error));
    size_t size = *reader->next++;
    JOBLIB_REQUIRE(size >= 1 && size <= DATA_ALIGNMENT, JOBLIB_ERROR_ARRAY,
                   "%zu bytes of padding before array data, 1 to %d expected", size,
                   DATA_ALIGNMENT);
    JOBLIB_TRY(joblib_io__need(reader, size, error));
    for (size_t i = 0; i < size; i++) {
        JOBLIB_REQUIRE(reader->next[i] == 0xff, JOBLIB_ERROR_ARRAY,
                       "padding before array data holds 0x%02x, 0xff expected",
                       reader->next[i]);
    }
    reader->next += size;
    return JOBLIB_OK;
}

static joblib_status read_known_data(joblib_pickle__machine *machine, size_t size,
                                     const void **out, joblib_error *error)
{
    void *data = joblib_base__arena_allocate_aligned(&machine->document->arena, size);
    if (!data) return joblib_pickle__exhausted(machine, size, error);
    *out = data;
    return joblib_io__read(machine->reader, data, size, error);
}

/* Reads in pieces that double, so that a lie about the size costs no memory. */
static joblib_status read_growing_data(joblib_pickle__machine *machine, size_t size,
                                       const void **out, joblib_error *error)
{
    char *data = NULL;
    size_t done = 0;
    while (done < size) {
        size_t target = done ? done * 2 : FIRST_DATA;
        if (target > size) target = size;
        char *moved =
            joblib_base__arena_resize(&machine->document->arena, data, done, target);
        if (!moved) return joblib_pickle__exhausted(machine, target, error);
        data = moved;
        JOBLIB_TRY(joblib_io__read(machine->reader, data + done, target - done, error));
        done = target;
    }
    *out = data;
    return JOBLIB_OK;
}

static bool fits_alignment(const void *data, size_t alignment)
{
    return ((uintptr_t)data & (alignment - 1)) == 0;
}

static joblib_status read_data(joblib_pickle__machine *machine, const joblib_dtype *dtype,
                               size_t size, const void **out, joblib_error *error)
{
    joblib_io__reader *reader = machine->reader;
    uint64_t remaining = joblib_io__remaining(reader);
    JOBLIB_REQUIRE(size <= remaining, JOBLIB_ERROR_TRUNCATED,
                   "an array of %zu bytes, %llu left", size,
                   (unsigned long long)remaining);
    JOBLIB_REQUIRE(size <= machine->limits->max_array, JOBLIB_ERROR_LIMIT,
                   "an array of %zu bytes, %llu are the most (max_array)", size,
                   (unsigned long long)machine->limits->max_array);
    if (reader->stable && fits_alignment(reader->next, dtype->alignment)) {
        *out = reader->next;
        reader->next += size;
        machine->document->backing.viewed |= size > 0;
        return JOBLIB_OK;
    }
    if (remaining == JOBLIB_UNKNOWN_SIZE && size > FIRST_DATA)
        return read_growing_data(machine, size, out, error);
    return read_known_data(machine, size, out, error);
}

static void note_origin(struct joblib_value__array *array, const struct wrapper *wrapper)
{
    array->subclass = wrapper->subclass;
    array->origin.allow_mmap = wrapper->allow_mmap;
    array->origin.alignment = wrapper->alignment;
    array->origin.callable = wrapper->parts.callable;
    array->origin.form = JOBLIB_VALUE_WRAPPER;
}

static joblib_status load_elements(joblib_pickle__machine *machine,
                                   struct wrapper *wrapper, joblib_value **out,
                                   joblib_error *error)
{
    const joblib_dtype *dtype = wrapper->parts.dtype->dtype->dtype;
    struct joblib_value__array *array;
    if (wrapper->alignment > 0) JOBLIB_TRY(skip_padding(machine->reader, error));
    JOBLIB_TRY(read_data(machine, dtype, wrapper->size, &wrapper->parts.data, error));
    JOBLIB_TRY(joblib_load__make_array(machine, &wrapper->parts, &array, error));
    note_origin(array, wrapper);
    *out = joblib_value__new(machine->document, JOBLIB_KIND_ARRAY);
    if (!*out) return joblib_pickle__exhausted(machine, sizeof **out, error);
    (*out)->array = array;
    return JOBLIB_OK;
}

static bool has_shape(const joblib_array *view, const struct wrapper *wrapper)
{
    size_t size = wrapper->parts.ndim * sizeof(int64_t);
    return view->ndim == wrapper->parts.ndim &&
           (size == 0 || memcmp(view->shape, wrapper->shape, size) == 0);
}

/* Arrays of objects have no bytes: a complete pickle of the array follows. */
static joblib_status load_objects(joblib_pickle__machine *machine,
                                  struct wrapper *wrapper, joblib_value **out,
                                  joblib_error *error)
{
    int protocol;
    joblib_value *value;
    JOBLIB_TRY(joblib_pickle__load(machine->reader, machine->document, machine->limits,
                                   machine->hooks, machine, &value, &protocol, error));
    if (value->kind ==
        JOBLIB_KIND_OBJECT) { /* a record that holds objects stays as it is */
        *out = value;
        return JOBLIB_OK;
    }
    bool agrees = value->kind == JOBLIB_KIND_ARRAY &&
                  value->array->view.dtype->kind == 'O' &&
                  has_shape(&value->array->view, wrapper);
    JOBLIB_REQUIRE(agrees, JOBLIB_ERROR_ARRAY,
                   "the pickle behind a wrapper of objects is a %s of another shape",
                   joblib_kind_name(value->kind));
    note_origin(value->array, wrapper);
    value->array->origin.protocol = (uint8_t)protocol;
    *out = value;
    return JOBLIB_OK;
}

joblib_status joblib_load__reduce_wrapper(joblib_pickle__machine *machine,
                                          joblib_value *callable, joblib_value *arguments,
                                          joblib_value **out, joblib_error *error)
{
    (void)callable, (void)arguments, (void)out;
    JOBLIB_REQUIRE(machine->nesting > 0, JOBLIB_ERROR_FORBIDDEN,
                   "an array wrapper is made by a call, NEWOBJ expected");
    return JOBLIB_OK;
}

joblib_status joblib_load__build_wrapper(joblib_pickle__machine *machine,
                                         joblib_value *object, joblib_value *state,
                                         joblib_value **out, joblib_error *error)
{
    struct wrapper wrapper = {
        .parts = {.callable = object->object->callable, .form = JOBLIB_VALUE_WRAPPER}};
    /* Python's unpickler of a nested pickle is not joblib's: no bytes follow there. */
    if (machine->nesting > 0) return JOBLIB_OK;
    JOBLIB_REQUIRE(!(object->flags & JOBLIB_VALUE_BUILT), JOBLIB_ERROR_ARRAY,
                   "a second array behind one wrapper");
    JOBLIB_TRY(read_wrapper(state, &wrapper, error));
    JOBLIB_TRY(joblib_pickle__leave_frame(machine, error));
    machine->incomplete--;
    object->flags |= JOBLIB_VALUE_BUILT;
    object->object->state = state;
    if (wrapper.parts.dtype->dtype->dtype->has_object)
        return load_objects(machine, &wrapper, out, error);
    return load_elements(machine, &wrapper, out, error);
}
