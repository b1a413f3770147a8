#include "base/allocator.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/pages.h"

/* Blocks this large are worth the system's large pages (a fault of 4 KiB costs microseconds). */
#define LARGE_BLOCK ((size_t)4 << 20)
#define LARGE_PAGE ((size_t)2 << 20)

static void *allocate_aligned(size_t size, size_t alignment)
{
    if (size >= LARGE_BLOCK && alignment < LARGE_PAGE) alignment = LARGE_PAGE;
    if (size > SIZE_MAX - alignment) return NULL;
    size_t rounded = (size + alignment - 1) / alignment * alignment;
    void *block = aligned_alloc(alignment, rounded);
    if (block && size >= LARGE_BLOCK) joblib_base__advise_large_pages(block, rounded);
    return block;
}

static bool needs_alignment(size_t size, size_t alignment)
{
    return size >= LARGE_BLOCK || alignment > _Alignof(max_align_t);
}

static void *resize_system_memory(void *ctx, void *ptr, size_t old_size, size_t new_size,
                                  size_t alignment)
{
    (void)ctx;
    if (new_size == 0) {
        free(ptr);
        return NULL;
    }
    bool plain =
        !needs_alignment(new_size, alignment) && !needs_alignment(old_size, alignment);
    if (plain) return realloc(ptr, new_size);
    void *block = allocate_aligned(new_size, alignment);
    if (!block || !ptr) return block;
    memcpy(block, ptr, old_size < new_size ? old_size : new_size);
    free(ptr);
    return block;
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
