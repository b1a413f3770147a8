#include "support/fault.h"

#include <stdlib.h>
#include <string.h>

static void *allocate_counted(struct fault *fault, size_t size, size_t alignment)
{
    size_t number = ++fault->allocations;
    bool fails = fault->for_ever ? number >= fault->fail_at : number == fault->fail_at;
    if (fault->fail_at > 0 && fails) return NULL;
    return aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
}

static void *resize_counted(void *ctx, void *ptr, size_t old_size, size_t new_size,
                            size_t alignment)
{
    struct fault *fault = ctx;
    void *moved = NULL;
    if (new_size > 0) {
        moved = allocate_counted(fault, new_size, alignment);
        if (!moved) return NULL;
        if (ptr) memcpy(moved, ptr, old_size < new_size ? old_size : new_size);
    }
    free(ptr);
    fault->live_bytes += new_size;
    if (fault->live_bytes > fault->peak_bytes) fault->peak_bytes = fault->live_bytes;
    fault->live_bytes -= old_size;
    return moved;
}

joblib_allocator fault_allocator(struct fault *fault)
{
    joblib_allocator allocator = {(uint32_t)sizeof allocator, resize_counted, fault};
    return allocator;
}
