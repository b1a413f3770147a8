#include "base/allocator.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/pages.h"

/* Blocks this large are worth the system's large pages (a fault of 4 KiB costs microseconds). */
#define LARGE_BLOCK ((size_t)4 << 20)

static bool is_large(size_t size)
{
    return size >= LARGE_BLOCK;
}

static void *allocate_block(size_t size, size_t alignment)
{
    if (is_large(size)) return joblib_base__allocate_pages(size);
    size_t rounded = (size + alignment - 1) / alignment * alignment;
    return aligned_alloc(alignment, rounded);
}

static void free_block(void *block, size_t size)
{
    if (block && is_large(size))
        joblib_base__free_pages(block, size);
    else
        free(block);
}

static void *move_block(void *old, size_t old_size, size_t new_size, size_t alignment)
{
    void *block = allocate_block(new_size, alignment);
    if (!block || !old) return block;
    memcpy(block, old, old_size < new_size ? old_size : new_size);
    free_block(old, old_size);
    return block;
}

static void *resize_system_memory(void *ctx, void *ptr, size_t old_size, size_t new_size,
                                  size_t alignment)
{
    (void)ctx;
    if (new_size == 0) {
        free_block(ptr, old_size);
        return NULL;
    }
    if (ptr && is_large(old_size) && is_large(new_size))
        return joblib_base__resize_pages(ptr, old_size, new_size);
    bool plain =
        !is_large(old_size) && !is_large(new_size) && alignment <= _Alignof(max_align_t);
    return plain ? realloc(ptr, new_size)
                 : move_block(ptr, old_size, new_size, alignment);
}

joblib_allocator joblib_base__choose_allocator(const joblib_allocator *given)
{
    joblib_allocator system = {sizeof system, resize_system_memory, NULL};
    return given && given->resize ? *given : system;
}

bool joblib_base__is_system_allocator(const joblib_allocator *allocator)
{
    return allocator->resize == resize_system_memory;
}

bool joblib_base__gives_zeros(const joblib_allocator *allocator, size_t size)
{
    return joblib_base__is_system_allocator(allocator) && is_large(size);
}

void *joblib_base__allocate(const joblib_allocator *allocator, size_t size)
{
    return allocator->resize(allocator->ctx, NULL, 0, size ? size : 1, JOBLIB_ALIGNMENT);
}

void *joblib_base__resize(const joblib_allocator *allocator, void *ptr, size_t old_size,
                          size_t new_size)
{
    if (!ptr) return joblib_base__allocate(allocator, new_size);
    return allocator->resize(allocator->ctx, ptr, old_size ? old_size : 1,
                             new_size ? new_size : 1, JOBLIB_ALIGNMENT);
}

void joblib_base__free(const joblib_allocator *allocator, void *ptr, size_t size)
{
    if (ptr) allocator->resize(allocator->ctx, ptr, size ? size : 1, 0, JOBLIB_ALIGNMENT);
}
