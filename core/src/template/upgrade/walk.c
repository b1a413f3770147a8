/*
 * Visiting everything that a document holds, each object once and before its parts. The way
 * there stands in an array and not on the C stack: documents may be as deep as they like.
 */
#include <stdio.h>
#include <string.h>

#include "base/try.h"
#include "base/vector.h"
#include "builder/builder.h"
#include "template/upgrade/upgrade.h"

typedef struct joblib_upgrade__frame walk_frame;

/* The parts of an object: what made it, and what it holds. */
enum { CALLABLE, ARGUMENTS, KEYWORDS, STATE, ITEMS, ENTRIES, OBJECT_PARTS };

static joblib_value *part_of_object(const joblib_value *object, size_t index)
{
    const struct joblib_value__object *parts = object->object;
    joblib_value *const all[OBJECT_PARTS] = {
        [CALLABLE] = parts->callable, [ARGUMENTS] = parts->arguments,
        [KEYWORDS] = parts->keywords, [STATE] = parts->state,
        [ITEMS] = parts->items,       [ENTRIES] = parts->entries,
    };
    return all[index];
}

static joblib_value *element_of_array(const joblib_value *array, size_t index)
{
    return joblib_template__own(joblib_array_object(&array->array->view, index));
}

/* Part `index` of a value; NULL for none there. */
static joblib_value *visited_part(const joblib_value *value, size_t index)
{
    switch (value->kind) {
    case JOBLIB_KIND_OBJECT:
        return part_of_object(value, index);
    case JOBLIB_KIND_ARRAY:
        return element_of_array(value, index);
    case JOBLIB_KIND_DICT:
        return joblib_template__own(index % 2 ? joblib_value_at(value, index / 2)
                                              : joblib_value_key(value, index / 2));
    default:
        return joblib_template__own(joblib_value_at(value, index));
    }
}

static size_t count_parts(const joblib_value *value)
{
    switch (value->kind) {
    case JOBLIB_KIND_OBJECT:
        return OBJECT_PARTS;
    case JOBLIB_KIND_ARRAY:
        return joblib_dtype_kind(value->array->view.dtype) == 'O'
                   ? value->array->view.count
                   : 0;
    case JOBLIB_KIND_DICT:
        return 2 * joblib_value_count(value);
    default:
        return joblib_value_count(value);
    }
}

static bool has_parts(const joblib_value *value)
{
    static const bool kinds[] = {
        [JOBLIB_KIND_LIST] = true,  [JOBLIB_KIND_TUPLE] = true,
        [JOBLIB_KIND_DICT] = true,  [JOBLIB_KIND_SET] = true,
        [JOBLIB_KIND_ARRAY] = true, [JOBLIB_KIND_FROZENSET] = true,
        [JOBLIB_KIND_OBJECT] = true};
    return value->kind < sizeof kinds && kinds[value->kind] && count_parts(value) > 0;
}

static joblib_status push_frame(struct joblib_upgrade__run *run, joblib_value *value,
                                unsigned source, joblib_error *error)
{
    void *frames = run->frames;
    JOBLIB_TRY(joblib_base__grow(&run->builder->allocator, &frames, &run->frame_room,
                                 run->frame_count + 1, sizeof *run->frames, error));
    run->frames = frames;
    run->frames[run->frame_count++] = (walk_frame){value, 0, source};
    return JOBLIB_OK;
}

/* Numpy's names for what makes arrays and scalars depend on the release too: a dump chooses
   them, as it does for new values. */
static void forget_form(joblib_value *value)
{
    if (value->kind != JOBLIB_KIND_ARRAY && value->kind != JOBLIB_KIND_SCALAR) return;
    value->array->origin.callable = NULL;
    value->array->origin.nested = NULL;
}

/* Rewrites a value that was not met before, and has its parts visited next. */
static joblib_status visit_value(struct joblib_upgrade__run *run, joblib_value *value,
                                 unsigned source, joblib_error *error)
{
    if (value->kind == JOBLIB_KIND_GLOBAL)
        return joblib_upgrade__global(run, value, source, error);
    forget_form(value);
    if (!has_parts(value) || joblib_builder__map_find(&run->visited, value))
        return JOBLIB_OK;
    JOBLIB_TRY(
        joblib_builder__map_reserve(&run->visited, &run->builder->allocator, 1, error));
    joblib_builder__map_set(&run->visited, value, value);
    JOBLIB_TRY(push_frame(run, value, source, error));
    if (value->kind != JOBLIB_KIND_OBJECT) return JOBLIB_OK;
    JOBLIB_TRY(joblib_upgrade__object(run, value, &source, error));
    run->frames[run->frame_count - 1].source = source;
    return JOBLIB_OK;
}

/* Paths of errors */

struct place_text {
    char text[sizeof((joblib_error *)0)->path];
    size_t size;
};

static void add_place_text(struct place_text *path, const char *text)
{
    int size =
        snprintf(path->text + path->size, sizeof path->text - path->size, "%s", text);
    path->size += size > 0 ? (size_t)size : 0;
    if (path->size >= sizeof path->text) path->size = sizeof path->text - 1;
}

static void add_place_name(struct place_text *path, const char *name, size_t size)
{
    char escaped[JOBLIB_ESCAPED_SIZE];
    if (path->size > 0) add_place_text(path, ".");
    add_place_text(path, joblib_base__escape(escaped, name, size));
}

static void add_place_index(struct place_text *path, size_t index)
{
    char text[32];
    (void)snprintf(text, sizeof text, "[%zu]", index);
    add_place_text(path, text);
}

/* The step from a frame to the part that is being visited. */
static void add_place_step(struct place_text *path, const walk_frame *frame)
{
    size_t index = frame->next - 1, size;
    if (frame->next == 0 || frame->value->kind == JOBLIB_KIND_OBJECT) return;
    if (frame->value->kind != JOBLIB_KIND_DICT) {
        add_place_index(path, index);
        return;
    }
    const joblib_value *key = joblib_value_key(frame->value, index / 2);
    const char *name = joblib_value_text(key, &size);
    if (name)
        add_place_name(path, name, size);
    else
        add_place_index(path, index / 2);
}

/* What an error says of an attribute stands in the object that is visited. */
static void complete_path(const struct joblib_upgrade__run *run, joblib_error *error)
{
    struct place_text path = {.size = 0};
    if (!error) return;
    for (size_t i = 0; i < run->frame_count; i++) add_place_step(&path, &run->frames[i]);
    if (error->path[0] != '\0') add_place_name(&path, error->path, strlen(error->path));
    error->path[0] = '\0';
    joblib_base__set_path(error, path.text);
}

joblib_status joblib_upgrade__walk(struct joblib_upgrade__run *run, joblib_value *root,
                                   joblib_error *error)
{
    joblib_status status = visit_value(run, root, JOBLIB_UPGRADE_NO_RELEASE, error);
    while (status == JOBLIB_OK && run->frame_count > 0) {
        walk_frame *frame = &run->frames[run->frame_count - 1];
        if (frame->next == count_parts(frame->value)) {
            run->frame_count--;
            continue;
        }
        joblib_value *part = visited_part(frame->value, frame->next++);
        if (part) status = visit_value(run, part, frame->source, error);
    }
    if (status == JOBLIB_ERROR_ESTIMATOR) complete_path(run, error);
    return status;
}
