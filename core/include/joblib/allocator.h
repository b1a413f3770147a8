#ifndef JOBLIB_ALLOCATOR_H
#define JOBLIB_ALLOCATOR_H

/**
 * Memory of the caller's choosing.
 *
 * One function allocates, resizes and frees:
 *
 *   | ptr      | new_size | what it does                                      |
 *   |----------|----------|---------------------------------------------------|
 *   | NULL     | above 0  | allocates `new_size` bytes                        |
 *   | not NULL | above 0  | resizes, and keeps min(old_size, new_size) bytes  |
 *   | not NULL | 0        | frees, and returns NULL                           |
 *
 * It returns NULL when there is no memory, and then `ptr` is still valid.
 * `alignment` is a power of two; for one pointer it never changes.
 *
 * An object copies the struct at birth and uses it for its whole life, on whichever
 * thread the object is used or released; the function and `ctx` must stay valid for as
 * long.
 */

#include <stddef.h>
#include <stdint.h>

#include "joblib/export.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct joblib_allocator {
    uint32_t struct_size;
    void *(*resize)(void *ctx, void *ptr, size_t old_size, size_t new_size,
                    size_t alignment);
    void *ctx;
} joblib_allocator;

/** An allocator with its struct_size set; `resize` NULL means the C library's memory. */
#define JOBLIB_ALLOCATOR_INIT \
    { \
        (uint32_t)sizeof(joblib_allocator), NULL, NULL \
    }

#ifdef __cplusplus
}
#endif

#endif
