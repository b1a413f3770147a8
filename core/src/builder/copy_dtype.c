/* Copies of dtypes: each once, however many records have it as a field. */
#include <string.h>

#include "array/array.h"
#include "builder/copying.h"

/* A type whose parts are being copied. */
struct dtype_copy {
    const joblib_dtype *from;
    joblib_dtype *to;
    size_t next;
};

static joblib_base__arena *arena_of(const joblib_builder__copying *copying)
{
    return &copying->builder->document->arena;
}

static const char *copy_dtype_text(joblib_base__arena *arena, const char *text,
                                   size_t size)
{
    char *copy = joblib_base__arena_allocate(arena, size + 1);
    if (!copy) return NULL;
    memcpy(copy, text, size);
    copy[size] = '\0';
    return copy;
}

static bool copy_fields_of(joblib_base__arena *arena, const joblib_dtype *from,
                           joblib_dtype *to)
{
    struct joblib_dtype_field *fields =
        joblib_base__arena_allocate(arena, from->field_count * sizeof *fields);
    if (!fields) return false;
    for (size_t i = 0; i < from->field_count; i++) {
        fields[i] = from->fields[i];
        fields[i].name = copy_dtype_text(arena, fields[i].name, fields[i].name_size);
        if (!fields[i].name) return false;
    }
    to->fields = fields;
    return true;
}

static bool copy_shape(joblib_base__arena *arena, const joblib_dtype *from,
                       joblib_dtype *to)
{
    int64_t *shape = joblib_base__arena_allocate(arena, from->ndim * sizeof *shape);
    if (!shape) return false;
    memcpy(shape, from->shape, from->ndim * sizeof *shape);
    to->shape = shape;
    return true;
}

/* A copy that still has the fields and the base of the other. */
static joblib_dtype *begin_dtype(joblib_base__arena *arena, const joblib_dtype *from)
{
    joblib_dtype *to = joblib_base__arena_allocate(arena, sizeof *to);
    if (!to) return NULL;
    *to = *from;
    to->text = copy_dtype_text(arena, from->text, strlen(from->text));
    bool done = to->text && (!from->fields || copy_fields_of(arena, from, to)) &&
                (!from->shape || copy_shape(arena, from, to));
    return done ? to : NULL;
}

/* The copy of a type that needs none any more; NULL for one that does. */
static const joblib_dtype *known_dtype(const joblib_builder__copying *copying,
                                       const joblib_dtype *from)
{
    if (copying->within || from == joblib_dtype_number(from->number)) return from;
    const joblib_dtype *known = joblib_builder__map_find(&copying->map, from);
    if (known || !copying->older) return known;
    return joblib_builder__map_find(copying->older, from);
}

static const joblib_dtype *part_of_dtype(const joblib_dtype *dtype, size_t index)
{
    if (dtype->base) return index == 0 ? dtype->base : NULL;
    return index < dtype->field_count ? dtype->fields[index].dtype : NULL;
}

static void set_part(joblib_dtype *dtype, size_t index, const joblib_dtype *part)
{
    if (dtype->base)
        dtype->base = part;
    else
        ((struct joblib_dtype_field *)dtype->fields)[index].dtype = part;
}

static joblib_status push_dtype(joblib_builder__copying *copying,
                                struct dtype_copy *copies, size_t depth,
                                const joblib_dtype *from, joblib_error *error)
{
    JOBLIB_NEVER(depth > JOBLIB_MAX_DTYPE_DEPTH);
    joblib_dtype *to = begin_dtype(arena_of(copying), from);
    if (!to) return joblib_builder__exhausted(copying->builder, sizeof *to, error);
    copies[depth] = (struct dtype_copy){from, to, 0};
    return JOBLIB_OK;
}

joblib_status joblib_builder__copy_dtype(joblib_builder__copying *copying,
                                         const joblib_dtype *from,
                                         const joblib_dtype **out, joblib_error *error)
{
    struct dtype_copy copies[JOBLIB_MAX_DTYPE_DEPTH + 1] = {{from, NULL, 0}};
    size_t depth = 0;
    *out = known_dtype(copying, from);
    if (*out) return JOBLIB_OK;
    JOBLIB_TRY(push_dtype(copying, copies, depth++, from, error));
    while (depth > 0) {
        struct dtype_copy *copy = &copies[depth - 1];
        const joblib_dtype *part = part_of_dtype(copy->from, copy->next);
        if (!part) {
            JOBLIB_TRY(joblib_builder__remember(copying, copy->from, copy->to, error));
            depth--;
            continue;
        }
        const joblib_dtype *known = known_dtype(copying, part);
        if (known)
            set_part(copy->to, copy->next++, known);
        else
            JOBLIB_TRY(push_dtype(copying, copies, depth++, part, error));
    }
    *out = known_dtype(copying, from);
    return JOBLIB_OK;
}

joblib_status joblib_builder__copy_foreign_dtype(joblib_builder *builder,
                                                 const joblib_dtype *from,
                                                 const joblib_dtype **out,
                                                 joblib_error *error)
{
    joblib_builder__copying copying = {.builder = builder};
    joblib_status status = joblib_builder__copy_dtype(&copying, from, out, error);
    joblib_builder__end_copy(&copying);
    return status;
}
