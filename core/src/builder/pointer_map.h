/**
 * A map from addresses to addresses.
 */
#ifndef JOBLIB_BUILDER_POINTER_MAP_H
#define JOBLIB_BUILDER_POINTER_MAP_H

#include "base/allocator.h"
#include "base/error.h"

struct joblib_builder__pair {
    const void *key; /**< NULL where the slot is empty */
    void *item;
};

/** Begins as zeros. */
typedef struct joblib_builder__map {
    struct joblib_builder__pair *pairs;
    size_t room; /**< a power of two, or 0 */
    size_t used; /**< slots with a key */
} joblib_builder__map;

void joblib_builder__map_free(joblib_builder__map *map,
                              const joblib_allocator *allocator);

/** The item of a key; NULL if there is none. */
void *joblib_builder__map_find(const joblib_builder__map *map, const void *key);

/** Makes room for so many keys more. */
joblib_status joblib_builder__map_reserve(joblib_builder__map *map,
                                          const joblib_allocator *allocator, size_t more,
                                          joblib_error *error);

/** Sets the item of a key, for which there is room. */
void joblib_builder__map_set(joblib_builder__map *map, const void *key, void *item);

#endif
