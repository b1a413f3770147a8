/* NDArrayWrapper and ZNDArrayWrapper: arrays that joblib before 0.10 wrote to files of their
   own beside the main one. spec/legacy.md#companions */
#include "joblib/companion.h"

#include <string.h>

#include "base/try.h"
#include "io/file.h"
#include "joblib/npy.h"
#include "joblib/numpy.h"

/* Longest name of a file, as on all systems. */
#define MOST_NAME 255

/* A companion while it is read, and what the wrapper says of it. */
struct companion {
    joblib_load__companions *from;
    const char *name;
    joblib_value *subclass;
    joblib_value *callable, *state;
    bool allow_mmap;
};

/* The text of a str of either Python. */
static const char *read_any_text(const joblib_value *value, size_t *size_out)
{
    const char *text = joblib_value_text(value, size_out);
    bool is_py2 = value->kind == JOBLIB_KIND_BYTES && (value->flags & JOBLIB_VALUE_PY2);
    return text || !is_py2 ? text : joblib_value_bytes(value, size_out);
}

static bool is_drive(const char *name, size_t size)
{
    char letter = (char)(size >= 2 ? name[0] | 0x20 : 0);
    return letter >= 'a' && letter <= 'z' && name[1] == ':';
}

/* Whether a name is that of a file in a folder, on every system. */
static bool is_base_name(const char *name, size_t size)
{
    bool is_dots =
        (size == 1 && name[0] == '.') || (size == 2 && name[0] == '.' && name[1] == '.');
    return size > 0 && size <= MOST_NAME && !is_dots && !is_drive(name, size) &&
           !memchr(name, '/', size) && !memchr(name, '\\', size) &&
           !memchr(name, '\0', size);
}

static joblib_status read_file_name(const joblib_value *state, const char **out,
                                    joblib_error *error)
{
    joblib_value *value;
    char shown[JOBLIB_ESCAPED_SIZE];
    size_t size = 0;
    JOBLIB_TRY(joblib_load__require_key(state, "filename", &value, error));
    const char *name = read_any_text(value, &size);
    JOBLIB_REQUIRE(name, JOBLIB_ERROR_ARRAY,
                   "the file name of an array wrapper is a %s, str expected",
                   joblib_kind_name(value->kind));
    JOBLIB_REQUIRE(is_base_name(name, size), JOBLIB_ERROR_FORBIDDEN,
                   "the companion \"%s\" is no name of a file in the same folder",
                   joblib_base__escape(shown, name, size));
    *out = name;
    return JOBLIB_OK;
}

/* Names the companion in an error. The offset becomes that of the opcode. */
static void blame_companion(const struct companion *companion, joblib_status status,
                            joblib_error *error)
{
    if (!error) return;
    char shown[JOBLIB_ESCAPED_SIZE];
    joblib_error inner = *error;
    joblib_base__escape(shown, companion->name, strlen(companion->name));
    if (inner.offset == JOBLIB_NO_OFFSET)
        joblib_base__set_error(error, status, "companion %s: %s", shown, inner.message);
    else
        joblib_base__set_error(error, status, "companion %s, byte %llu: %s", shown,
                               (unsigned long long)inner.offset, inner.message);
}

/* Nothing may follow the array. */
static joblib_status end_companion(joblib_io__reader *reader, joblib_error *error)
{
    uint64_t offset = joblib_io__offset(reader), surplus;
    JOBLIB_TRY(joblib_io__drain(reader, &surplus, error));
    if (surplus == 0) return JOBLIB_OK;
    joblib_base__set_error(error, JOBLIB_ERROR_TRAILING, "%llu bytes follow the array",
                           (unsigned long long)surplus);
    joblib_base__set_offset(error, offset, JOBLIB_NO_OFFSET);
    return JOBLIB_ERROR_TRAILING;
}

static joblib_status read_npy_file(joblib_pickle__machine *machine,
                                   const struct companion *companion,
                                   joblib_io__file *file, joblib_value **out,
                                   joblib_error *error)
{
    joblib_codec__settings *settings = &companion->from->settings;
    joblib_io__reader reader;
    joblib_source source = joblib_io__file_source(file);
    JOBLIB_TRY(joblib_io__reader_open_source(&reader, &source, file->size,
                                             &settings->allocator, error));
    joblib_codec__guard_input(settings, &reader);
    joblib_io__set_limit(&reader, settings->max_decoded, "max_decoded");
    joblib_status status = joblib_load__read_npy(machine, &reader, out, error);
    if (status == JOBLIB_OK) status = end_companion(&reader, error);
    settings->max_decoded -= joblib_io__offset(&reader);
    joblib_io__reader_close(&reader);
    return status;
}

static void note_companion(struct joblib_value__array *array, int form,
                           const struct companion *companion)
{
    array->subclass = companion->subclass;
    array->origin.callable = companion->callable;
    array->origin.state = companion->state;
    array->origin.allow_mmap = companion->allow_mmap;
    array->origin.form = (uint8_t)form;
    if (array->origin.sharing == JOBLIB_SHARING_UNALIGNED)
        array->origin.sharing = JOBLIB_SHARING_COMPANION;
}

static joblib_status load_npy(joblib_pickle__machine *machine,
                              const struct companion *companion, joblib_value **out,
                              joblib_error *error)
{
    joblib_io__file file;
    const joblib_load__companions *from = companion->from;
    JOBLIB_TRY(joblib_io__file_open_in(&file, from->folder, from->folder_size,
                                       companion->name, error));
    joblib_status status = read_npy_file(machine, companion, &file, out, error);
    joblib_io__file_close(&file);
    if (status == JOBLIB_OK && (*out)->kind == JOBLIB_KIND_ARRAY)
        note_companion((*out)->array, JOBLIB_VALUE_COMPANION, companion);
    return status;
}

/* Opens nothing yet: false where the wrapper is an object like any other. */
static bool is_followed(const joblib_pickle__machine *machine)
{
    const joblib_load__companions *from = machine->hooks->ctx;
    return machine->nesting == 0 && from && from->folder;
}

static joblib_status begin_companion(joblib_pickle__machine *machine,
                                     joblib_value *object, joblib_value *state,
                                     struct companion *out, joblib_error *error)
{
    JOBLIB_REQUIRE(!(object->flags & JOBLIB_VALUE_BUILT), JOBLIB_ERROR_ARRAY,
                   "a second array behind one wrapper");
    JOBLIB_REQUIRE(state->kind == JOBLIB_KIND_DICT, JOBLIB_ERROR_ARRAY,
                   "the state of an array wrapper is a %s, dict expected",
                   joblib_kind_name(state->kind));
    *out = (struct companion){.from = machine->hooks->ctx,
                              .callable = object->object->callable,
                              .state = state,
                              .allow_mmap = true};
    JOBLIB_TRY(read_file_name(state, &out->name, error));
    object->flags |= JOBLIB_VALUE_BUILT;
    object->object->state = state;
    return JOBLIB_OK;
}

joblib_status joblib_load__reduce_companion(joblib_pickle__machine *machine,
                                            joblib_value *callable,
                                            joblib_value *arguments, joblib_value **out,
                                            joblib_error *error)
{
    (void)callable, (void)arguments, (void)out;
    JOBLIB_REQUIRE(!is_followed(machine), JOBLIB_ERROR_FORBIDDEN,
                   "an array wrapper is made by a call, NEWOBJ expected");
    return JOBLIB_OK;
}

joblib_status joblib_load__build_companion(joblib_pickle__machine *machine,
                                           joblib_value *object, joblib_value *state,
                                           joblib_value **out, joblib_error *error)
{
    struct companion companion;
    joblib_value *subclass, *allow_mmap;
    if (!is_followed(machine)) return JOBLIB_OK;
    JOBLIB_TRY(begin_companion(machine, object, state, &companion, error));
    JOBLIB_TRY(joblib_load__require_key(state, "subclass", &subclass, error));
    JOBLIB_TRY(joblib_load__read_subclass(subclass, &companion.subclass, error));
    JOBLIB_TRY(joblib_load__find_key(state, "allow_mmap", &allow_mmap, error));
    if (allow_mmap)
        companion.allow_mmap =
            allow_mmap->kind == JOBLIB_KIND_BOOL && allow_mmap->integer != 0;
    joblib_status status = load_npy(machine, &companion, out, error);
    if (status != JOBLIB_OK) blame_companion(&companion, status, error);
    return status;
}

/* The compressed form: everything but the bytes stands in the pickle, as numpy's
   _reconstruct and BUILD have it. */

static joblib_status read_z_parts(const joblib_value *state, struct companion *companion,
                                  int64_t *shape, struct joblib_load__array_parts *parts,
                                  joblib_error *error)
{
    joblib_value *arguments, *inner;
    JOBLIB_TRY(joblib_load__require_key(state, "init_args", &arguments, error));
    JOBLIB_TRY(joblib_load__require_key(state, "state", &inner, error));
    JOBLIB_REQUIRE(arguments->kind == JOBLIB_KIND_TUPLE && arguments->count == 3,
                   JOBLIB_ERROR_ARRAY, "init_args of an array wrapper are no tuple of 3");
    JOBLIB_TRY(
        joblib_load__read_subclass(arguments->items[0], &companion->subclass, error));
    JOBLIB_TRY(joblib_load__read_array_head(inner, 4, shape, parts, error));
    JOBLIB_REQUIRE(!parts->dtype->dtype->dtype->has_object, JOBLIB_ERROR_ARRAY,
                   "a companion of bytes for an array that holds objects");
    return JOBLIB_OK;
}

static joblib_status read_z_stream(joblib_pickle__machine *machine,
                                   joblib_codec__stream *stream,
                                   struct joblib_load__array_parts *parts,
                                   joblib_error *error)
{
    const joblib_dtype *dtype = parts->dtype->dtype->dtype;
    size_t count, size;
    JOBLIB_REQUIRE(stream->codec == JOBLIB_CODEC_ZF, JOBLIB_ERROR_ARRAY,
                   "it begins as %s, ZF expected", joblib_codec_name((int)stream->codec));
    JOBLIB_TRY(joblib_array__measure(parts->shape, parts->ndim, dtype->itemsize, &count,
                                     &size, error));
    /* A copy: the memory that a codec shows ends with the stream. */
    stream->reader.stable = false;
    JOBLIB_TRY(
        joblib_load__read_elements(machine, &stream->reader, dtype, size, parts, error));
    return joblib_codec__finish(stream, error);
}

static joblib_status load_z(joblib_pickle__machine *machine, struct companion *companion,
                            struct joblib_load__array_parts *parts, joblib_error *error)
{
    joblib_io__file file;
    joblib_codec__stream stream;
    joblib_load__companions *from = companion->from;
    JOBLIB_TRY(joblib_io__file_open_in(&file, from->folder, from->folder_size,
                                       companion->name, error));
    joblib_source source = joblib_io__file_source(&file);
    joblib_status status =
        joblib_codec__open_source(&stream, &from->settings, &source, file.size, error);
    if (status == JOBLIB_OK) {
        status = read_z_stream(machine, &stream, parts, error);
        from->settings.max_decoded -= joblib_io__offset(&stream.reader);
        joblib_codec__close(&stream);
    }
    joblib_io__file_close(&file);
    return status;
}

joblib_status joblib_load__build_z_companion(joblib_pickle__machine *machine,
                                             joblib_value *object, joblib_value *state,
                                             joblib_value **out, joblib_error *error)
{
    struct companion companion;
    int64_t shape[JOBLIB_MAX_NDIM];
    struct joblib_load__array_parts parts = {.callable = object->object->callable,
                                             .form = JOBLIB_VALUE_Z_COMPANION};
    if (!is_followed(machine)) return JOBLIB_OK;
    JOBLIB_TRY(begin_companion(machine, object, state, &companion, error));
    JOBLIB_TRY(read_z_parts(state, &companion, shape, &parts, error));
    joblib_status status = load_z(machine, &companion, &parts, error);
    if (status != JOBLIB_OK) blame_companion(&companion, status, error);
    if (status != JOBLIB_OK) return status;
    *out = joblib_value__new(machine->document, JOBLIB_KIND_ARRAY);
    if (!*out) return joblib_pickle__exhausted(machine, sizeof **out, error);
    JOBLIB_TRY(joblib_load__make_array(machine, &parts, &(*out)->array, error));
    note_companion((*out)->array, JOBLIB_VALUE_Z_COMPANION, &companion);
    return JOBLIB_OK;
}

#undef MOST_NAME
