/**
 * The memory of one object: allocated piece by piece, freed all at once.
 *
 *   blocks   [ header | used ......... | free .... ]  growing, for small pieces
 *   large    [ header | one piece ]                    one piece each, may be resized
 *
 * Small pieces are aligned to 8 bytes, or to 16 when asked; large ones (from
 * JOBLIB_LARGE_PIECE bytes) to 64. All memory counts against `limit`.
 */
#ifndef JOBLIB_BASE_ARENA_H
#define JOBLIB_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/allocator.h"
#include "base/error.h"

#define JOBLIB_LARGE_PIECE ((size_t)64 << 10)

struct joblib_base__block;

typedef struct joblib_base__arena {
    joblib_allocator allocator;
    char *next;                        /**< first free byte of the newest block */
    char *end;                         /**< end of the newest block */
    struct joblib_base__block *blocks; /**< newest first */
    struct joblib_base__block *large;  /**< newest first, doubly linked */
    size_t block_size;                 /**< size of the next block */
    uint64_t used;                     /**< bytes taken from the allocator */
    uint64_t limit;                    /**< most bytes to take */
    bool limited; /**< the limit, not memory, stopped an allocation */
} joblib_base__arena;

void joblib_base__arena_init(joblib_base__arena *arena, const joblib_allocator *allocator,
                             uint64_t limit);

/** Frees everything. The arena may be initialised again. */
void joblib_base__arena_free(joblib_base__arena *arena);

/** Slow path of joblib_base__arena_allocate(). */
void *joblib_base__arena_extend(joblib_base__arena *arena, size_t size, size_t alignment);

/** Allocates `size` bytes aligned to 8; NULL when memory or limit are exhausted. */
static inline void *joblib_base__arena_allocate(joblib_base__arena *arena, size_t size)
{
    size_t rounded = (size + 7) & ~(size_t)7;
    if (rounded < size || rounded >= (size_t)(arena->end - arena->next) ||
        rounded >= JOBLIB_LARGE_PIECE)
        return joblib_base__arena_extend(arena, size, 8);
    void *piece = arena->next;
    arena->next += rounded;
    return piece;
}

/**
 * Allocates `size` bytes that are never resized, for array elements: aligned to 16, or to 64
 * from JOBLIB_LARGE_PIECE bytes on. They stand in a block where one is much larger.
 */
void *joblib_base__arena_allocate_aligned(joblib_base__arena *arena, size_t size);

/** Allocates `size` bytes that are 0, aligned to 8 or as a large piece. */
void *joblib_base__arena_allocate_zeroed(joblib_base__arena *arena, size_t size);

/**
 * Makes blocks large from the start, for an arena that will hold some `size` bytes: a few
 * blocks of large pages cost less than many faults.
 */
void joblib_base__arena_expect(joblib_base__arena *arena, uint64_t size);

/**
 * Resizes a piece of this arena, keeping min(old_size, new_size) bytes. Large pieces are
 * resized in place or moved; a small piece is moved and its old place is lost until the end.
 * NULL when memory or limit are exhausted; the old piece is then still valid.
 */
void *joblib_base__arena_resize(joblib_base__arena *arena, void *piece, size_t old_size,
                                size_t new_size);

/** Whether a pointer points into a piece of this arena. Takes a step for each block. */
bool joblib_base__arena_owns(const joblib_base__arena *arena, const void *pointer);

/** Sets the error that made an allocation of `size` bytes return NULL: memory or limit. */
joblib_status joblib_base__arena_fail(const joblib_base__arena *arena, size_t size,
                                      joblib_error *error);

#endif
