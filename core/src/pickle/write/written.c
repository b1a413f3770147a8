#include "pickle/write/written.h"

#include <string.h>

#include "base/try.h"
#include "base/vector.h"

#define FIRST_PLACES 64

/* Where a document has more names than this, what is implied may be written a second time. */
#define MOST_NAMED 1024

static void free_words(joblib_pickle__words *words, const joblib_allocator *allocator)
{
    joblib_base__free(allocator, words->items, words->room * sizeof *words->items);
}

void joblib_pickle__written_free(joblib_pickle__written *written,
                                 const joblib_allocator *allocator)
{
    joblib_base__free(allocator, written->places,
                      written->room * sizeof *written->places);
    free_words(&written->implied, allocator);
    free_words(&written->named, allocator);
    *written = (joblib_pickle__written){0};
}

static const void *find_identity(const joblib_value *value)
{
    return value->kind == JOBLIB_KIND_GLOBAL ? (const void *)value->global : value;
}

/* Nodes that are made one after the other get places side by side. */
static size_t first_place(const void *identity, size_t room)
{
    return (size_t)((uintptr_t)identity >> 4) & (room - 1);
}

static struct joblib_pickle__place *find_written(const joblib_pickle__written *written,
                                                 const void *identity)
{
    size_t place = first_place(identity, written->room);
    while (written->places[place].identity && written->places[place].identity != identity)
        place = (place + 1) & (written->room - 1);
    return &written->places[place];
}

static bool says_the_same(const joblib_value *a, const joblib_value *b)
{
    if (a->kind != b->kind) return false;
    if (a->kind == JOBLIB_KIND_GLOBAL)
        return strcmp(a->global->name, b->global->name) == 0 &&
               strcmp(a->global->module, b->global->module) == 0;
    return joblib_value__text_size(a) == joblib_value__text_size(b) &&
           memcmp(joblib_value__text(a), joblib_value__text(b),
                  joblib_value__text_size(a)) == 0;
}

static bool find_said(const joblib_pickle__words *words, const joblib_value *value,
                      uint32_t *number_out)
{
    for (size_t i = 0; i < words->count; i++) {
        if (!says_the_same(words->items[i].value, value)) continue;
        *number_out = words->items[i].number;
        return true;
    }
    return false;
}

static bool is_word(const joblib_value *value)
{
    return value->kind == JOBLIB_KIND_STR || value->kind == JOBLIB_KIND_BYTES ||
           value->kind == JOBLIB_KIND_GLOBAL;
}

bool joblib_pickle__written_find(const joblib_pickle__written *written,
                                 const joblib_value *value, uint32_t *number_out)
{
    if (written->room > 0) {
        const struct joblib_pickle__place *place =
            find_written(written, find_identity(value));
        if (place->identity) *number_out = place->number;
        if (place->identity) return true;
    }
    if (!is_word(value)) return false;
    if (find_said(&written->implied, value, number_out)) return true;
    return value->flags & JOBLIB_VALUE_IMPLIED &&
           find_said(&written->named, value, number_out);
}

static joblib_status grow_places(joblib_pickle__written *written,
                                 const joblib_allocator *allocator, joblib_error *error)
{
    joblib_pickle__written old = *written;
    size_t room = old.room ? old.room * 2 : FIRST_PLACES;
    size_t size = room * sizeof *old.places;
    struct joblib_pickle__place *places = joblib_base__allocate(allocator, size);
    if (!places) return joblib_base__set_no_memory(error, size);
    memset(places, 0, size);
    written->places = places;
    written->room = room;
    for (size_t i = 0; i < old.room; i++) {
        if (old.places[i].identity)
            *find_written(written, old.places[i].identity) = old.places[i];
    }
    joblib_base__free(allocator, old.places, old.room * sizeof *old.places);
    return JOBLIB_OK;
}

joblib_status joblib_pickle__written_add(joblib_pickle__written *written,
                                         const joblib_allocator *allocator,
                                         const joblib_value *value, joblib_error *error)
{
    if (written->used * 2 >= written->room)
        JOBLIB_TRY(grow_places(written, allocator, error));
    const void *identity = find_identity(value);
    *find_written(written, identity) =
        (struct joblib_pickle__place){identity, (uint32_t)written->count++};
    written->used++;
    return JOBLIB_OK;
}

joblib_status joblib_pickle__written_note(joblib_pickle__written *written,
                                          const joblib_allocator *allocator,
                                          const joblib_value *value, joblib_error *error)
{
    bool is_implied = value->flags & JOBLIB_VALUE_IMPLIED;
    joblib_pickle__words *words = is_implied ? &written->implied : &written->named;
    void *items = words->items;
    if (!is_implied && words->count == MOST_NAMED) return JOBLIB_OK;
    JOBLIB_TRY(joblib_base__grow(allocator, &items, &words->room, words->count + 1,
                                 sizeof *words->items, error));
    words->items = items;
    words->items[words->count++] =
        (struct joblib_pickle__word){value, (uint32_t)(written->count - 1)};
    return JOBLIB_OK;
}
