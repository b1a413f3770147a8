/* numpy.dtype(text, align, copy), completed by BUILD with
   (version, byteorder, subdtype, names, fields, itemsize, alignment, flags[, metadata]). */
#include <stdio.h>
#include <string.h>

#include "array/array.h"
#include "base/try.h"
#include "base/vector.h"
#include "joblib/numpy.h"
#include "value/mapping.h"

enum state_index {
    STATE_VERSION,
    STATE_BYTEORDER,
    STATE_SUBDTYPE,
    STATE_NAMES,
    STATE_FIELDS,
    STATE_ITEMSIZE,
    STATE_ALIGNMENT,
    STATE_FLAGS,
    STATE_METADATA
};

#define STATE_MIN 8
#define STATE_MAX 9
#define MAX_UNIT 32

/* Elements are references, or are pickled as a list. */
#define OBJECT_FLAGS 3

/* numpy.record in place of the text: a record, whose size only the state tells. */
static bool is_record_type(const joblib_value *type)
{
    return joblib_load__name_of(type) == JOBLIB_NAME_RECORD;
}

static const char *type_text(const joblib_value *type, size_t *size_out)
{
    if (!type || !is_record_type(type)) return joblib_value_text(type, size_out);
    *size_out = 2;
    return "V0";
}

/* dtype(text, align, copy): the last two say nothing about a dtype of one element. */
static joblib_status check_dtype_arguments(const joblib_value *arguments,
                                           joblib_error *error)
{
    JOBLIB_REQUIRE(arguments->count <= 3, JOBLIB_ERROR_ARRAY,
                   "a dtype is made with %zu arguments, at most 3 expected",
                   arguments->count);
    for (size_t i = 1; i < arguments->count; i++) {
        joblib_kind kind = joblib_value_kind(arguments->items[i]);
        JOBLIB_REQUIRE(kind == JOBLIB_KIND_BOOL || kind == JOBLIB_KIND_INT,
                       JOBLIB_ERROR_ARRAY,
                       "argument %zu of a dtype is a %s, bool expected", i,
                       joblib_kind_name((int)kind));
    }
    return JOBLIB_OK;
}

joblib_status joblib_load__reduce_dtype(joblib_pickle__machine *machine,
                                        joblib_value *callable, joblib_value *arguments,
                                        joblib_value **out, joblib_error *error)
{
    size_t size = 0;
    const char *text = type_text(joblib_value_at(arguments, 0), &size);
    if (!text) return JOBLIB_OK;
    JOBLIB_TRY(check_dtype_arguments(arguments, error));
    joblib_value *value = joblib_value__new(machine->document, JOBLIB_KIND_DTYPE);
    struct joblib_value__dtype *dtype =
        joblib_base__arena_allocate(&machine->document->arena, sizeof *dtype);
    if (!value || !dtype) return joblib_pickle__exhausted(machine, sizeof *dtype, error);
    memset(dtype, 0, sizeof *dtype);
    dtype->origin.callable = callable;
    dtype->origin.arguments = arguments;
    value->dtype = dtype;
    JOBLIB_TRY(joblib_array__dtype_simple(&machine->document->arena, text, size, '=',
                                          NULL, &dtype->dtype, error));
    *out = value;
    return JOBLIB_OK;
}

static joblib_status read_byteorder(const joblib_value *value, char *out,
                                    joblib_error *error)
{
    size_t size = 0;
    const char *text = joblib_value_text(value, &size);
    JOBLIB_REQUIRE(text && size == 1 && strchr("<>|=", text[0]), JOBLIB_ERROR_ARRAY,
                   "byte order of a dtype is none of < > | =");
    *out = text[0];
    return JOBLIB_OK;
}

static joblib_status read_size(const joblib_value *value, const char *what, size_t *out,
                               joblib_error *error)
{
    int64_t number = -1;
    bool is_int = joblib_value_kind(value) == JOBLIB_KIND_INT &&
                  joblib_value_as_int64(value, &number, NULL) == JOBLIB_OK;
    JOBLIB_REQUIRE(is_int && number >= 0 && (uint64_t)number <= SIZE_MAX,
                   JOBLIB_ERROR_ARRAY, "%s of a dtype is no size", what);
    *out = (size_t)number;
    return JOBLIB_OK;
}

/* Records */

/* By its whole name, in which NUL is a character. */
static const joblib_value *find_field(const joblib_value *fields, const char *name,
                                      size_t size)
{
    const struct joblib_value__entry *entry = joblib_value__find_text(fields, name, size);
    return entry ? entry->value : NULL;
}

static joblib_status read_field(const joblib_value *names, const joblib_value *fields,
                                size_t index, struct joblib_dtype_field *out,
                                joblib_error *error)
{
    out->name = joblib_value_text(joblib_value_at(names, index), &out->name_size);
    JOBLIB_REQUIRE(out->name, JOBLIB_ERROR_ARRAY, "name of field %zu is no text", index);
    const joblib_value *field = find_field(fields, out->name, out->name_size);
    bool is_tuple = joblib_value_kind(field) == JOBLIB_KIND_TUPLE;
    JOBLIB_REQUIRE(is_tuple && field->count >= 2 && field->count <= 3, JOBLIB_ERROR_ARRAY,
                   "field %zu has no dtype and offset", index);
    JOBLIB_TRY(joblib_load__read_dtype(field->items[0], &out->dtype, error));
    return read_size(field->items[1], "the offset of a field", &out->offset, error);
}

static joblib_status read_fields(const joblib_value *names, const joblib_value *fields,
                                 struct joblib_dtype_field *out, joblib_error *error)
{
    for (size_t i = 0; i < names->count; i++)
        JOBLIB_TRY(read_field(names, fields, i, &out[i], error));
    return JOBLIB_OK;
}

/* numpy's flag for a record laid out as C does. */
#define ALIGNED_STRUCT 0x80

static bool is_aligned_record(const joblib_value *flags)
{
    int64_t bits = 0;
    if (joblib_value_as_int64(flags, &bits, NULL) != JOBLIB_OK) return false;
    return (bits & ALIGNED_STRUCT) != 0;
}

static joblib_status make_record(joblib_pickle__machine *machine,
                                 const joblib_value *state, size_t itemsize,
                                 const joblib_dtype **out, joblib_error *error)
{
    const joblib_value *names = state->items[STATE_NAMES];
    const joblib_value *fields = state->items[STATE_FIELDS];
    JOBLIB_REQUIRE(names->kind == JOBLIB_KIND_TUPLE && fields->kind == JOBLIB_KIND_DICT,
                   JOBLIB_ERROR_ARRAY, "names and fields of a dtype are a %s and a %s",
                   joblib_kind_name(names->kind), joblib_kind_name(fields->kind));
    JOBLIB_REQUIRE(names->count <= JOBLIB_MAX_FIELDS, JOBLIB_ERROR_LIMIT,
                   "a record of %zu fields, %d are the most", names->count,
                   JOBLIB_MAX_FIELDS);
    const joblib_allocator *allocator = &machine->document->arena.allocator;
    size_t size = names->count * sizeof(struct joblib_dtype_field);
    struct joblib_dtype_field *list = joblib_base__allocate(allocator, size);
    if (!list) return joblib_base__set_no_memory(error, size);
    joblib_status status = read_fields(names, fields, list, error);
    if (status == JOBLIB_OK)
        status = joblib_array__dtype_record(&machine->document->arena, list, names->count,
                                            itemsize,
                                            is_aligned_record(state->items[STATE_FLAGS]),
                                            out, error);
    joblib_base__free(allocator, list, size);
    return status;
}

/* Sub-arrays: (base dtype, shape), the shape a tuple or one number. */

static joblib_status read_subarray_shape(const joblib_value *value, int64_t *shape,
                                         size_t *ndim_out, joblib_error *error)
{
    size_t size;
    if (value->kind == JOBLIB_KIND_TUPLE)
        return joblib_load__read_shape(value, shape, ndim_out, error);
    JOBLIB_TRY(read_size(value, "the shape", &size, error));
    shape[0] = (int64_t)size;
    *ndim_out = 1;
    return JOBLIB_OK;
}

static joblib_status make_subarray(joblib_pickle__machine *machine,
                                   const joblib_value *pair, const joblib_dtype **out,
                                   joblib_error *error)
{
    const joblib_dtype *base;
    int64_t shape[JOBLIB_MAX_NDIM];
    size_t ndim;
    JOBLIB_REQUIRE(pair->kind == JOBLIB_KIND_TUPLE && pair->count == 2,
                   JOBLIB_ERROR_ARRAY, "a sub-array of a dtype is a %s, a pair expected",
                   joblib_kind_name(pair->kind));
    JOBLIB_TRY(joblib_load__read_dtype(pair->items[0], &base, error));
    JOBLIB_TRY(read_subarray_shape(pair->items[1], shape, &ndim, error));
    return joblib_array__dtype_subarray(&machine->document->arena, base, shape, ndim, out,
                                        error);
}

/* Dates: the metadata are (dict, (unit, count, divisor, event)), the unit bytes or text. */

static bool is_tuple_of(const joblib_value *value, size_t count)
{
    return joblib_value_kind(value) == JOBLIB_KIND_TUPLE && value->count == count;
}

static joblib_status read_date_unit(const joblib_value *metadata, char unit[MAX_UNIT],
                                    joblib_error *error)
{
    JOBLIB_REQUIRE(is_tuple_of(metadata, 2) && is_tuple_of(metadata->items[1], 4),
                   JOBLIB_ERROR_ARRAY, "the metadata of a date dtype have no unit");
    const joblib_value *tuple = metadata->items[1];
    const joblib_value *name = joblib_value_at(tuple, 0);
    int64_t count = 0, divisor = 0;
    size_t size = 0;
    const char *text = joblib_value_text(name, &size);
    if (!text) text = joblib_value_bytes(name, &size);
    bool is_unit =
        text && size > 0 && size < 16 && strlen(text) == size &&
        joblib_value_as_int64(joblib_value_at(tuple, 1), &count, NULL) == JOBLIB_OK &&
        joblib_value_as_int64(joblib_value_at(tuple, 2), &divisor, NULL) == JOBLIB_OK;
    JOBLIB_REQUIRE(is_unit && count > 0 && count <= INT32_MAX, JOBLIB_ERROR_ARRAY,
                   "a date dtype without unit");
    JOBLIB_REQUIRE(divisor == 1, JOBLIB_ERROR_ARRAY,
                   "the unit of a date dtype is divided by %lld", (long long)divisor);
    if (count == 1)
        snprintf(unit, MAX_UNIT, "%s", text);
    else
        snprintf(unit, MAX_UNIT, "%d%s", (int)count, text);
    return JOBLIB_OK;
}

static joblib_status make_plain(joblib_pickle__machine *machine,
                                const struct joblib_value__dtype *dtype,
                                const joblib_value *state, const joblib_dtype **out,
                                joblib_error *error)
{
    char byteorder, unit[MAX_UNIT];
    size_t size = 0;
    const char *text = joblib_value_text(dtype->origin.arguments->items[0], &size);
    bool is_date = dtype->dtype->kind == 'M' || dtype->dtype->kind == 'm';
    bool has_unit = is_date && state->count == STATE_MAX &&
                    state->items[STATE_METADATA]->kind != JOBLIB_KIND_NONE;
    JOBLIB_TRY(read_byteorder(state->items[STATE_BYTEORDER], &byteorder, error));
    if (has_unit) JOBLIB_TRY(read_date_unit(state->items[STATE_METADATA], unit, error));
    return joblib_array__dtype_simple(&machine->document->arena, text, size, byteorder,
                                      has_unit ? unit : NULL, out, error);
}

static joblib_status check_version(const joblib_value *state, joblib_error *error)
{
    int64_t version = -1;
    JOBLIB_REQUIRE(state->kind == JOBLIB_KIND_TUPLE, JOBLIB_ERROR_ARRAY,
                   "the state of a dtype is a %s, tuple expected",
                   joblib_kind_name(state->kind));
    JOBLIB_REQUIRE(state->count >= STATE_MIN && state->count <= STATE_MAX,
                   JOBLIB_ERROR_ARRAY,
                   "the state of a dtype has %zu items, %d or %d expected", state->count,
                   STATE_MIN, STATE_MAX);
    bool is_int =
        joblib_value_as_int64(state->items[STATE_VERSION], &version, NULL) == JOBLIB_OK;
    JOBLIB_REQUIRE(is_int && (version == 3 || version == 4), JOBLIB_ERROR_UNSUPPORTED,
                   "the state of a dtype has version %lld, 3 or 4 expected",
                   (long long)version);
    return JOBLIB_OK;
}

/* Numpy has both of a record, and neither of any other dtype. */
static joblib_status check_fields_named(const joblib_value *state, joblib_error *error)
{
    bool has_names = state->items[STATE_NAMES]->kind != JOBLIB_KIND_NONE;
    bool has_fields = state->items[STATE_FIELDS]->kind != JOBLIB_KIND_NONE;
    JOBLIB_REQUIRE(has_names == has_fields, JOBLIB_ERROR_ARRAY,
                   "a dtype has %s without %s", has_names ? "names" : "fields",
                   has_names ? "fields" : "names");
    return JOBLIB_OK;
}

/* The size in the state repeats what the text says, if there is a text. */
static joblib_status read_itemsize(const struct joblib_value__dtype *dtype,
                                   const joblib_value *state, size_t *out,
                                   joblib_error *error)
{
    int64_t stored = -1;
    bool is_int =
        joblib_value_as_int64(state->items[STATE_ITEMSIZE], &stored, NULL) == JOBLIB_OK;
    JOBLIB_REQUIRE(is_int, JOBLIB_ERROR_ARRAY, "the item size of a dtype is no integer");
    *out = dtype->dtype->itemsize;
    if (is_record_type(dtype->origin.arguments->items[0])) {
        JOBLIB_REQUIRE(stored >= 0 && stored <= INT32_MAX &&
                           state->items[STATE_NAMES]->kind != JOBLIB_KIND_NONE,
                       JOBLIB_ERROR_ARRAY, "a dtype of numpy.record is no record");
        *out = (size_t)stored;
        return JOBLIB_OK;
    }
    JOBLIB_REQUIRE(stored == -1 || (uint64_t)stored == *out, JOBLIB_ERROR_ARRAY,
                   "the item size of a dtype is %lld, %zu in its name", (long long)stored,
                   *out);
    return JOBLIB_OK;
}

/* -1, or what a C compiler aligns to. */
static joblib_status check_alignment(const joblib_value *state, joblib_error *error)
{
    int64_t stored = 0;
    bool is_int =
        joblib_value_as_int64(state->items[STATE_ALIGNMENT], &stored, NULL) == JOBLIB_OK;
    bool is_power = stored > 0 && stored <= 64 && (stored & (stored - 1)) == 0;
    JOBLIB_REQUIRE(is_int && (stored == -1 || is_power), JOBLIB_ERROR_ARRAY,
                   "a dtype is aligned to %lld bytes", (long long)stored);
    return JOBLIB_OK;
}

/* Numpy lets flags decide whether elements are pointers; here they must agree with the type. */
static joblib_status check_flags(const joblib_dtype *dtype, const joblib_value *state,
                                 joblib_error *error)
{
    const joblib_value *value = state->items[STATE_FLAGS];
    int64_t flags = 0;
    bool is_int = joblib_value_kind(value) == JOBLIB_KIND_INT &&
                  joblib_value_as_int64(value, &flags, NULL) == JOBLIB_OK;
    JOBLIB_REQUIRE(is_int, JOBLIB_ERROR_ARRAY, "the flags of a dtype are no integer");
    JOBLIB_REQUIRE(((flags & OBJECT_FLAGS) != 0) == dtype->has_object, JOBLIB_ERROR_ARRAY,
                   "the flags of a dtype are %lld, but it holds %s", (long long)flags,
                   dtype->has_object ? "objects" : "no objects");
    return JOBLIB_OK;
}

joblib_status joblib_load__build_dtype(joblib_pickle__machine *machine,
                                       joblib_value *object, joblib_value *state,
                                       joblib_value **out, joblib_error *error)
{
    struct joblib_value__dtype *dtype = object->dtype;
    const joblib_dtype *made;
    JOBLIB_REQUIRE(!dtype->origin.state, JOBLIB_ERROR_TYPE, "a second state for a dtype");
    JOBLIB_TRY(check_version(state, error));
    size_t itemsize;
    JOBLIB_TRY(read_itemsize(dtype, state, &itemsize, error));
    JOBLIB_TRY(check_alignment(state, error));
    JOBLIB_TRY(check_fields_named(state, error));
    if (state->items[STATE_NAMES]->kind != JOBLIB_KIND_NONE)
        JOBLIB_TRY(make_record(machine, state, itemsize, &made, error));
    else if (state->items[STATE_SUBDTYPE]->kind != JOBLIB_KIND_NONE)
        JOBLIB_TRY(make_subarray(machine, state->items[STATE_SUBDTYPE], &made, error));
    else
        JOBLIB_TRY(make_plain(machine, dtype, state, &made, error));
    JOBLIB_REQUIRE(made->itemsize == itemsize, JOBLIB_ERROR_ARRAY,
                   "a dtype of %zu bytes is built as one of %zu", itemsize,
                   made->itemsize);
    JOBLIB_TRY(check_flags(made, state, error));
    /* To numpy the dtype stays the same object, and what was made with it would change. */
    JOBLIB_REQUIRE(!dtype->in_use, JOBLIB_ERROR_ARRAY,
                   "a state for a dtype that something was made with");
    dtype->dtype = made;
    dtype->origin.state = state;
    *out = object;
    return JOBLIB_OK;
}
