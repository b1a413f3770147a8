/**
 * The allocator of an object: the caller's functions, or the C library's.
 */
#ifndef JOBLIB_BASE_ALLOCATOR_H
#define JOBLIB_BASE_ALLOCATOR_H

#include <stdbool.h>
#include <stddef.h>

#include "joblib/allocator.h"

/** Alignment that fits every C type. */
#define JOBLIB_ALIGNMENT 16

/** The allocator to keep: a copy of `given`, or the C library's for NULL. */
joblib_allocator joblib_base__choose_allocator(const joblib_allocator *given);

/** Whether memory comes from the C library, so that the system's pages may be used as well. */
bool joblib_base__is_system_allocator(const joblib_allocator *allocator);

/** Whether a new block of this size is all 0 already. */
bool joblib_base__gives_zeros(const joblib_allocator *allocator, size_t size);

/** Allocates `size` bytes, NULL if there are none; `size` 0 gives a valid pointer. */
void *joblib_base__allocate(const joblib_allocator *allocator, size_t size);

/** Resizes what joblib_base__allocate() gave; on NULL the old memory is still valid. */
void *joblib_base__resize(const joblib_allocator *allocator, void *ptr, size_t old_size,
                          size_t new_size);

/** Frees what joblib_base__allocate() gave. NULL is accepted. */
void joblib_base__free(const joblib_allocator *allocator, void *ptr, size_t size);

#endif
