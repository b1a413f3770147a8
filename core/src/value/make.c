#include "value/make.h"

#include <string.h>

#include "base/integer.h"
#include "base/utf8.h"

joblib_value *joblib_value__none(void)
{
    static const joblib_value none = {.kind = JOBLIB_KIND_NONE};
    return (joblib_value *)&none;
}

joblib_value *joblib_value__bool(bool truth)
{
    static const joblib_value truths[] = {{.kind = JOBLIB_KIND_BOOL, .integer = 0},
                                          {.kind = JOBLIB_KIND_BOOL, .integer = 1}};
    return (joblib_value *)&truths[truth];
}

joblib_value *joblib_value__new_integer(joblib_document *document, const uint8_t *bytes,
                                        size_t size)
{
    size = joblib_base__integer_trim(bytes, size);
    if (size <= sizeof(int64_t))
        return joblib_value__new_int(document,
                                     joblib_base__integer_to_int64(bytes, size));
    joblib_value *value = joblib_value__new_text(document, JOBLIB_KIND_INT, size);
    if (!value) return NULL;
    value->flags = JOBLIB_VALUE_BIG;
    memcpy(joblib_value__text_room(value), bytes, size);
    return value;
}

joblib_value *joblib_value__new_float(joblib_document *document, double number)
{
    joblib_value *value = joblib_value__new_short(document, JOBLIB_KIND_FLOAT);
    if (value) value->real = number;
    return value;
}

joblib_value *joblib_value__new_complex(joblib_document *document, double real,
                                        double imaginary)
{
    joblib_value *value = joblib_value__new(document, JOBLIB_KIND_COMPLEX);
    if (!value) return NULL;
    value->real = real;
    value->imaginary = imaginary;
    return value;
}

joblib_value *joblib_value__new_far_text(joblib_document *document, joblib_kind kind,
                                         const char *text, size_t size)
{
    joblib_value *value = joblib_value__new(document, kind);
    if (!value) return NULL;
    value->room = JOBLIB_FAR_TEXT;
    value->far_text = text;
    value->far_size = size;
    return value;
}

joblib_value *joblib_value__new_large_text(joblib_document *document, joblib_kind kind,
                                           size_t size)
{
    if (size == SIZE_MAX) return NULL;
    char *text = joblib_base__arena_allocate(&document->arena, size + 1);
    if (!text) return NULL;
    text[size] = '\0';
    return joblib_value__new_far_text(document, kind, text, size);
}

void joblib_value__cut_text(joblib_value *value, size_t size)
{
    if (value->room == JOBLIB_FAR_TEXT)
        value->far_size = size;
    else
        value->room = (uint32_t)size;
    joblib_value__text_room(value)[size] = '\0';
}

joblib_value *joblib_value__new_tuple(joblib_document *document, size_t count)
{
    size_t room = SIZE_MAX / sizeof(joblib_value *) - sizeof(joblib_value);
    if (count > room) return NULL;
    joblib_value *value =
        joblib_base__arena_allocate(&document->arena,
                                    sizeof *value + count * sizeof(joblib_value *));
    if (!value) return NULL;
    *value = (joblib_value){.kind = JOBLIB_KIND_TUPLE};
    value->items = (joblib_value **)(value + 1);
    value->count = count;
    return value;
}

joblib_value *joblib_value__new_mapping(joblib_document *document, joblib_kind kind)
{
    joblib_value *value = joblib_value__new(document, kind);
    struct joblib_value__mapping *mapping =
        joblib_base__arena_allocate(&document->arena, sizeof *mapping);
    if (!value || !mapping) return NULL;
    memset(mapping, 0, sizeof *mapping);
    mapping->document = document;
    mapping->next = document->mappings;
    document->mappings = mapping;
    value->mapping = mapping;
    return value;
}

joblib_value *joblib_value__new_object(joblib_document *document, joblib_form form,
                                       joblib_value *callable, joblib_value *arguments)
{
    joblib_value *value = joblib_value__new(document, JOBLIB_KIND_OBJECT);
    struct joblib_value__object *object =
        joblib_base__arena_allocate(&document->arena, sizeof *object);
    if (!value || !object) return NULL;
    memset(object, 0, sizeof *object);
    object->callable = callable;
    object->arguments = arguments;
    value->object = object;
    value->count = (size_t)form;
    return value;
}

/* New room: at least double, in whole steps that keep small containers small. */
static size_t choose_room(size_t room, size_t needed)
{
    size_t target = room < 4 ? 4 : room > SIZE_MAX / 2 ? needed : room * 2;
    return target < needed ? needed : target;
}

static bool make_list_room(joblib_document *document, joblib_value *list, size_t needed)
{
    size_t room = list->count == 0 ? needed : choose_room(list->room, needed);
    if (room > UINT32_MAX) return false;
    size_t item = sizeof *list->items;
    void *items = joblib_base__arena_resize(&document->arena, list->items,
                                            list->room * item, room * item);
    if (!items) return false;
    list->items = items;
    list->room = (uint32_t)room;
    return true;
}

bool joblib_value__append(joblib_document *document, joblib_value *list,
                          joblib_value *const *items, size_t count)
{
    if (count > list->room - list->count &&
        !make_list_room(document, list, list->count + count))
        return false;
    if (count > 0) memcpy(list->items + list->count, items, count * sizeof *items);
    list->count += count;
    return true;
}

bool joblib_value__grow_mapping(joblib_document *document,
                                struct joblib_value__mapping *mapping)
{
    size_t room = choose_room(mapping->room, mapping->count + 1);
    size_t entry = sizeof *mapping->entries;
    if (room > UINT32_MAX / 2) return false;
    void *entries = joblib_base__arena_resize(&document->arena, mapping->entries,
                                              mapping->room * entry, room * entry);
    if (!entries) return false;
    mapping->entries = entries;
    mapping->room = room;
    return true;
}
