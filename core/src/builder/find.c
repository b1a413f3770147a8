/* Places by path, and putting other values there. */
#include <string.h>

#include "array/array.h"
#include "base/vector.h"
#include "builder/builder.h"
#include "builder/path_reader.h"
#include "value/mapping.h"

/* A place on the way: what holds it, and where its value is written. */
struct path_place {
    joblib_value *holder; /* a list, tuple, dict or array of objects */
    joblib_value **slot;
    size_t index; /* of sequences and arrays */
};

/* The places from the root to where a path leads. */
struct path_walk {
    const joblib_builder *builder;
    joblib_builder__path path;
    size_t path_size;
    struct path_place *places;
    size_t count;
    size_t room;
};

static struct path_place find_indexed(joblib_value *value, int64_t index)
{
    size_t number = (size_t)index;
    bool is_list = value->kind == JOBLIB_KIND_LIST || value->kind == JOBLIB_KIND_TUPLE;
    if (is_list && index >= 0 && number < value->count)
        return (struct path_place){value, &value->items[number], number};
    bool is_array =
        value->kind == JOBLIB_KIND_ARRAY && value->array->view.dtype->kind == 'O';
    if (is_array && index >= 0 && number < value->array->view.count)
        return (struct path_place){
            value, (joblib_value **)joblib_array_item(&value->array->view, number),
            number};
    struct joblib_value__entry *entry = joblib_value__find_integer(value, index);
    return entry ? (struct path_place){value, &entry->value, 0}
                 : (struct path_place){NULL, NULL, 0};
}

/* An object that is a list or a dict in Python. */
static struct path_place find_object_item(const joblib_value *value, int64_t index)
{
    const struct joblib_value__object *object = value->object;
    struct path_place place = {NULL, NULL, 0};
    if (object->items) place = find_indexed(object->items, index);
    if (!place.slot && object->entries) place = find_indexed(object->entries, index);
    return place;
}

static struct path_place find_step(joblib_value *value, const joblib_builder__step *step)
{
    bool is_object = value->kind == JOBLIB_KIND_OBJECT;
    joblib_value *dict = value;
    struct joblib_value__entry *entry;
    if (step->kind == JOBLIB_STEP_INDEX)
        return is_object ? find_object_item(value, step->index)
                         : find_indexed(value, step->index);
    if (is_object && step->kind == JOBLIB_STEP_NAME)
        entry = joblib_builder__find_attribute(value, step->text, step->size, &dict);
    else {
        if (is_object) dict = value->object->entries;
        entry = joblib_value__find_text(dict, step->text, step->size);
    }
    return entry ? (struct path_place){dict, &entry->value, 0}
                 : (struct path_place){NULL, NULL, 0};
}

/* There is no such place: the error tells the part of the path that is there. */
static joblib_status fail_place(const struct path_walk *walk, const joblib_value *value,
                                size_t before, joblib_error *error)
{
    char there[sizeof error->path];
    size_t size = before < sizeof there ? before : sizeof there - 1;
    memcpy(there, walk->path.text, size);
    there[size] = '\0';
    char shown[JOBLIB_ESCAPED_SIZE];
    joblib_status status = joblib_base__set_error(
        error, JOBLIB_ERROR_RANGE, "a %s has no %s", joblib_kind_name(value->kind),
        joblib_base__escape(shown, walk->path.text + before, walk->path.at - before));
    joblib_base__set_path(error, there);
    return status;
}

static joblib_status walk_step(struct path_walk *walk, joblib_value **value,
                               joblib_error *error)
{
    joblib_builder__step step;
    size_t before = walk->path.at;
    JOBLIB_TRY(joblib_builder__read_step(&walk->path, &step, error));
    struct path_place place = find_step(*value, &step);
    if (!place.slot) return fail_place(walk, *value, before, error);
    void *places = walk->places;
    JOBLIB_TRY(joblib_base__grow(&walk->builder->allocator, &places, &walk->room,
                                 walk->count + 1, sizeof place, error));
    walk->places = places;
    walk->places[walk->count++] = place;
    *value = *place.slot;
    return JOBLIB_OK;
}

static void end_walk(struct path_walk *walk)
{
    const joblib_allocator *allocator = &walk->builder->allocator;
    joblib_base__free(allocator, walk->path.memory, walk->path_size);
    joblib_base__free(allocator, walk->places, walk->room * sizeof *walk->places);
}

/* end_walk() follows, whatever comes of it. */
static joblib_status walk_path(struct path_walk *walk, const joblib_value *root,
                               joblib_value **out, joblib_error *error)
{
    joblib_value *value = joblib_builder__given(root);
    walk->path.memory = joblib_base__allocate(&walk->builder->allocator, walk->path_size);
    if (!walk->path.memory) return joblib_base__set_no_memory(error, walk->path_size);
    while (walk->path.text[walk->path.at]) JOBLIB_TRY(walk_step(walk, &value, error));
    *out = value;
    return JOBLIB_OK;
}

static joblib_status begin_walk(const joblib_builder *builder, const joblib_value *root,
                                const char *path, struct path_walk *out,
                                joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__check(builder, root, "the root", error));
    JOBLIB_REQUIRE(path, JOBLIB_ERROR_ARGUMENT, "the path is NULL");
    *out = (struct path_walk){.builder = builder,
                              .path = {.text = path},
                              .path_size = strlen(path)};
    return JOBLIB_OK;
}

joblib_status joblib_builder_find(joblib_builder *builder, const joblib_value *root,
                                  const char *path, joblib_value **out,
                                  joblib_error *error)
{
    struct path_walk walk;
    joblib_value *found = NULL;
    JOBLIB_TRY(joblib_builder__begin(builder, out, error));
    JOBLIB_TRY(begin_walk(builder, root, path, &walk, error));
    joblib_status status = walk_path(&walk, root, &found, error);
    end_walk(&walk);
    if (status == JOBLIB_OK) *out = found;
    return status;
}

/* A tuple with another item. The old one stays for whatever else refers to it. */
static joblib_status renew_tuple(joblib_builder *builder, const struct path_place *place,
                                 const joblib_value *with, const joblib_value **out,
                                 joblib_error *error)
{
    joblib_value *const *items = place->holder->items;
    size_t count = place->holder->count, size = count * sizeof *items;
    joblib_value *made;
    const joblib_value **copy =
        (const joblib_value **)joblib_base__allocate(&builder->allocator, size);
    if (!copy) return joblib_base__set_no_memory(error, size);
    for (size_t i = 0; i < count; i++) copy[i] = items[i];
    copy[place->index] = with;
    joblib_status status = joblib_builder_tuple(builder, copy, count, &made, error);
    joblib_base__free(&builder->allocator, (void *)copy, size);
    if (status == JOBLIB_OK) *out = made;
    return status;
}

/* The innermost place on the way whose holder can be written to. */
static joblib_status find_writable(const struct path_walk *walk, size_t *out,
                                   joblib_error *error)
{
    size_t index = walk->count;
    JOBLIB_REQUIRE(index > 0, JOBLIB_ERROR_ARGUMENT, "the path leads to the root itself");
    while (index > 0 && walk->places[index - 1].holder->kind == JOBLIB_KIND_TUPLE)
        index--;
    JOBLIB_REQUIRE(index > 0, JOBLIB_ERROR_TYPE, "all of the path is items of tuples");
    *out = index - 1;
    return joblib_builder__check_editable(walk->places[*out].holder, error);
}

static joblib_status write_place(joblib_builder *builder, const struct path_walk *walk,
                                 const joblib_value *with, joblib_error *error)
{
    size_t last;
    JOBLIB_TRY(find_writable(walk, &last, error));
    for (size_t i = walk->count - 1; i > last; i--)
        JOBLIB_TRY(renew_tuple(builder, &walk->places[i], with, &with, error));
    const struct path_place *place = &walk->places[last];
    joblib_value *item = joblib_builder__given(with);
    if (place->holder->kind == JOBLIB_KIND_ARRAY) {
        joblib_builder__set_element(place->holder, place->index, item);
        return JOBLIB_OK;
    }
    joblib_builder__place(place->holder, item);
    *place->slot = item;
    return JOBLIB_OK;
}

joblib_status joblib_builder_replace(joblib_builder *builder, joblib_value *root,
                                     const char *path, const joblib_value *with,
                                     joblib_error *error)
{
    struct path_walk walk;
    joblib_value *old;
    JOBLIB_TRY(begin_walk(builder, root, path, &walk, error));
    JOBLIB_TRY(joblib_builder__check(builder, with, "the value", error));
    joblib_status status = walk_path(&walk, root, &old, error);
    if (status == JOBLIB_OK) status = write_place(builder, &walk, with, error);
    end_walk(&walk);
    return status;
}
