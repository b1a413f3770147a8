/**
 * Growing of arrays that live outside an arena: stacks and tables of one call.
 */
#ifndef JOBLIB_BASE_VECTOR_H
#define JOBLIB_BASE_VECTOR_H

#include <stddef.h>

#include "base/allocator.h"
#include "base/error.h"

/**
 * Makes room for at least `needed` items of `item_size` bytes: `*items` and `*room` change
 * together, at least doubling. They start as NULL and 0 and end in joblib_base__free().
 */
joblib_status joblib_base__grow(const joblib_allocator *allocator, void **items,
                                size_t *room, size_t needed, size_t item_size,
                                joblib_error *error);

#endif
