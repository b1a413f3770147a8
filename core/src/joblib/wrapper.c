/* NumpyArrayWrapper: joblib's own form of an array. BUILD brings shape, order and dtype; the
   bytes of the elements follow the opcode in the stream. spec/ndarray.md#wrapper */
#include <string.h>

#include "base/try.h"
#include "joblib/numpy.h"

/* The only alignment that joblib writes, since 1.2. */
#define DATA_ALIGNMENT 16

struct wrapper {
    struct joblib_load__array_parts parts;
    const joblib_dtype *dtype; /* NULL for strings of any length */
    bool has_object;
    int64_t shape[JOBLIB_MAX_NDIM];
    joblib_value *arguments; /* of the call that made the wrapper */
    joblib_value *state;
    joblib_value *subclass;
    int16_t alignment; /* bytes; 0 for None; -1 where it is not stored */
    bool allow_mmap;
    size_t count;
    size_t size; /* bytes */
};

/* The keys of a wrapper's state, in joblib's order. */
enum wrapper_key {
    KEY_SUBCLASS,
    KEY_SHAPE,
    KEY_ORDER,
    KEY_DTYPE,
    KEY_ALLOW_MMAP,
    KEY_ALIGNMENT,
    WRAPPER_KEYS
};

static const joblib_load__key wrapper_keys[WRAPPER_KEYS] = {
    [KEY_SUBCLASS] = {"subclass", 8, true},
    [KEY_SHAPE] = {"shape", 5, true},
    [KEY_ORDER] = {"order", 5, true},
    [KEY_DTYPE] = {"dtype", 5, true},
    [KEY_ALLOW_MMAP] = {"allow_mmap", 10, false},
    [KEY_ALIGNMENT] = {"numpy_array_alignment_bytes", 27, false},
};

static joblib_status read_alignment(const joblib_value *value, int16_t *out,
                                    joblib_error *error)
{
    int64_t number = -1;
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
    joblib_value *values[WRAPPER_KEYS];
    JOBLIB_TRY(joblib_load__find_keys(state, wrapper_keys, WRAPPER_KEYS, values, error));
    JOBLIB_TRY(
        joblib_load__read_subclass(values[KEY_SUBCLASS], &wrapper->subclass, error));
    wrapper->parts.shape = wrapper->shape;
    JOBLIB_TRY(joblib_load__read_shape(values[KEY_SHAPE], wrapper->shape,
                                       &wrapper->parts.ndim, error));
    JOBLIB_TRY(
        joblib_load__read_order(values[KEY_ORDER], &wrapper->parts.fortran, error));
    wrapper->parts.dtype = values[KEY_DTYPE];
    if (!joblib_load__is_strings(wrapper->parts.dtype))
        JOBLIB_TRY(joblib_load__read_dtype(wrapper->parts.dtype, &wrapper->dtype, error));
    wrapper->has_object = !wrapper->dtype || wrapper->dtype->has_object;
    JOBLIB_TRY(read_alignment(values[KEY_ALIGNMENT], &wrapper->alignment, error));
    const joblib_value *allow_mmap = values[KEY_ALLOW_MMAP];
    wrapper->allow_mmap =
        allow_mmap && allow_mmap->kind == JOBLIB_KIND_BOOL && allow_mmap->integer != 0;
    JOBLIB_REQUIRE(!(wrapper->allow_mmap && wrapper->has_object), JOBLIB_ERROR_ARRAY,
                   "an array of objects that is said to be mappable");
    return joblib_array__measure(wrapper->shape, wrapper->parts.ndim,
                                 wrapper->dtype ? wrapper->dtype->itemsize : 1,
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

static void note_origin(struct joblib_value__origin *origin,
                        const struct wrapper *wrapper)
{
    origin->allow_mmap = wrapper->allow_mmap;
    origin->alignment = wrapper->alignment;
    origin->callable = wrapper->parts.callable;
    origin->arguments = wrapper->arguments;
    origin->state = wrapper->state;
    origin->form = JOBLIB_VALUE_WRAPPER;
}

static joblib_status load_elements(joblib_pickle__machine *machine,
                                   struct wrapper *wrapper, joblib_value **out,
                                   joblib_error *error)
{
    struct joblib_value__array *array;
    if (wrapper->alignment > 0) JOBLIB_TRY(skip_padding(machine->reader, error));
    JOBLIB_TRY(joblib_load__read_elements(machine, machine->reader, wrapper->dtype,
                                          wrapper->size, &wrapper->parts, error));
    JOBLIB_TRY(joblib_load__make_array(machine, &wrapper->parts, &array, error));
    array->subclass = wrapper->subclass;
    note_origin(&array->origin, wrapper);
    *out = joblib_value__new(machine->document, JOBLIB_KIND_ARRAY);
    if (!*out) return joblib_pickle__exhausted(machine, sizeof **out, error);
    (*out)->array = array;
    return JOBLIB_OK;
}

/* The origin that a value got in its pickle makes room for that of the wrapper before it. */
static joblib_status wrap_object(joblib_pickle__machine *machine, joblib_value *value,
                                 const struct wrapper *wrapper, int protocol,
                                 joblib_error *error)
{
    struct joblib_value__origin *origin =
        joblib_base__arena_allocate(&machine->document->arena, sizeof *origin);
    if (!origin) return joblib_pickle__exhausted(machine, sizeof *origin, error);
    *origin = (struct joblib_value__origin){.protocol = (uint8_t)protocol};
    if (value->kind == JOBLIB_KIND_OBJECT) {
        note_origin(origin, wrapper);
        value->object->wrapper = origin;
        return JOBLIB_OK;
    }
    struct joblib_value__array *array = value->array;
    *origin = array->origin;
    array->subclass = wrapper->subclass;
    array->origin.nested = origin;
    array->origin.protocol = (uint8_t)protocol;
    note_origin(&array->origin, wrapper);
    return JOBLIB_OK;
}

/* Arrays of objects have no bytes: a complete pickle of the array follows. */
static joblib_status load_objects(joblib_pickle__machine *machine,
                                  struct wrapper *wrapper, joblib_value **out,
                                  joblib_error *error)
{
    int protocol;
    JOBLIB_TRY(joblib_load__read_objects(machine, machine->reader, wrapper->dtype,
                                         wrapper->shape, wrapper->parts.ndim, &protocol,
                                         out, error));
    return wrap_object(machine, *out, wrapper, protocol, error);
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
    struct wrapper wrapper = {.parts = {.callable = object->object->callable,
                                        .form = JOBLIB_VALUE_WRAPPER},
                              .arguments = object->object->arguments,
                              .state = state};
    /* Python's unpickler of a nested pickle is not joblib's: no bytes follow there. */
    if (machine->nesting > 0) return JOBLIB_OK;
    JOBLIB_REQUIRE(!(object->flags & JOBLIB_VALUE_BUILT), JOBLIB_ERROR_ARRAY,
                   "a second array behind one wrapper");
    JOBLIB_TRY(read_wrapper(state, &wrapper, error));
    JOBLIB_TRY(joblib_pickle__leave_frame(machine, error));
    machine->incomplete--;
    object->flags |= JOBLIB_VALUE_BUILT;
    object->object->state = state;
    if (wrapper.has_object) return load_objects(machine, &wrapper, out, error);
    return load_elements(machine, &wrapper, out, error);
}
