#include "builder/pointer_map.h"

#include <stdint.h>
#include <string.h>

#include "base/try.h"

void joblib_builder__map_free(joblib_builder__map *map, const joblib_allocator *allocator)
{
    joblib_base__free(allocator, map->pairs, map->room * sizeof *map->pairs);
    memset(map, 0, sizeof *map);
}

/* The slot of a key, or the empty one where it belongs. */
static struct joblib_builder__pair *find_pair(const joblib_builder__map *map,
                                              const void *key)
{
    uint64_t hash = (uint64_t)(uintptr_t)key * UINT64_C(0x9e3779b97f4a7c15);
    size_t mask = map->room - 1, slot = (size_t)(hash >> 32) & mask;
    while (map->pairs[slot].key && map->pairs[slot].key != key) slot = (slot + 1) & mask;
    return &map->pairs[slot];
}

void *joblib_builder__map_find(const joblib_builder__map *map, const void *key)
{
    return map->room > 0 ? find_pair(map, key)->item : NULL;
}

static joblib_status grow_pairs(joblib_builder__map *map,
                                const joblib_allocator *allocator, size_t room,
                                joblib_error *error)
{
    joblib_builder__map grown = {NULL, room, 0};
    JOBLIB_REQUIRE(room <= SIZE_MAX / sizeof *grown.pairs, JOBLIB_ERROR_LIMIT,
                   "%zu values do not fit the address space", room);
    grown.pairs = joblib_base__allocate(allocator, room * sizeof *grown.pairs);
    if (!grown.pairs)
        return joblib_base__set_no_memory(error, room * sizeof *grown.pairs);
    memset(grown.pairs, 0, room * sizeof *grown.pairs);
    for (size_t i = 0; i < map->room; i++) {
        if (map->pairs[i].key)
            joblib_builder__map_set(&grown, map->pairs[i].key, map->pairs[i].item);
    }
    joblib_builder__map_free(map, allocator);
    *map = grown;
    return JOBLIB_OK;
}

joblib_status joblib_builder__map_reserve(joblib_builder__map *map,
                                          const joblib_allocator *allocator, size_t more,
                                          joblib_error *error)
{
    size_t needed = map->used + more;
    if (needed <= map->room / 2) return JOBLIB_OK;
    size_t room = map->room ? map->room : 64;
    while (room / 2 < needed && room <= SIZE_MAX / 2) room *= 2;
    return grow_pairs(map, allocator, room, error);
}

void joblib_builder__map_set(joblib_builder__map *map, const void *key, void *item)
{
    struct joblib_builder__pair *pair = find_pair(map, key);
    map->used += !pair->key;
    *pair = (struct joblib_builder__pair){key, item};
}
