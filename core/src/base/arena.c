#include "base/arena.h"

#include <string.h>

#define FIRST_BLOCK ((size_t)4 << 10)
#define LAST_BLOCK ((size_t)8 << 20)

/* 64 bytes, so that what follows the header of a large piece is aligned to 64. */
typedef struct joblib_base__block {
    _Alignas(64) struct joblib_base__block *next;
    struct joblib_base__block *previous; /* large pieces only */
    size_t size;                         /* bytes with this header */
} base_block;

_Static_assert(sizeof(base_block) == 64, "pieces behind the header are aligned to 64");

void joblib_base__arena_init(joblib_base__arena *arena, const joblib_allocator *allocator,
                             uint64_t limit)
{
    memset(arena, 0, sizeof *arena);
    arena->allocator = joblib_base__choose_allocator(allocator);
    arena->block_size = FIRST_BLOCK;
    arena->limit = limit;
}

static void free_blocks(const joblib_base__arena *arena, base_block *block)
{
    while (block) {
        base_block *next = block->next;
        arena->allocator.resize(arena->allocator.ctx, block, block->size, 0, 64);
        block = next;
    }
}

void joblib_base__arena_free(joblib_base__arena *arena)
{
    free_blocks(arena, arena->blocks);
    free_blocks(arena, arena->large);
    arena->blocks = arena->large = NULL;
    arena->next = arena->end = NULL;
    arena->used = 0;
}

/* Takes `size` bytes for a block, or resizes `old`; the budget is checked first. */
static base_block *take_block(joblib_base__arena *arena, base_block *old, size_t size)
{
    size_t old_size = old ? old->size : 0;
    uint64_t others = arena->used - old_size;
    arena->limited = size > arena->limit || others > arena->limit - size;
    if (arena->limited) return NULL;
    base_block *block =
        arena->allocator.resize(arena->allocator.ctx, old, old_size, size, 64);
    if (!block) return NULL;
    arena->used = others + size;
    block->size = size;
    return block;
}

static void *allocate_large(joblib_base__arena *arena, size_t size)
{
    if (size > SIZE_MAX - sizeof(base_block)) return NULL;
    base_block *block = take_block(arena, NULL, size + sizeof(base_block));
    if (!block) return NULL;
    block->previous = NULL;
    block->next = arena->large;
    if (arena->large) arena->large->previous = block;
    arena->large = block;
    return block + 1;
}

/* A block for `size` bytes: smaller than the others where the limit is near. */
static bool add_block(joblib_base__arena *arena, size_t size)
{
    size_t needed = size + sizeof(base_block), block_size = arena->block_size;
    while (block_size / 2 >= needed && block_size > arena->limit - arena->used)
        block_size /= 2;
    base_block *block = take_block(arena, NULL, block_size);
    if (!block) return false;
    block->next = arena->blocks;
    block->previous = NULL;
    arena->blocks = block;
    arena->next = (char *)(block + 1);
    arena->end = (char *)block + block->size;
    if (arena->block_size < LAST_BLOCK) arena->block_size *= 2;
    return true;
}

static void *allocate_in_block(joblib_base__arena *arena, size_t size, size_t alignment)
{
    size_t rounded = (size + alignment - 1) & ~(alignment - 1);
    size_t skipped = (size_t)(-(uintptr_t)arena->next & (alignment - 1));
    if (!arena->next || rounded + skipped > (size_t)(arena->end - arena->next)) {
        if (!add_block(arena, rounded)) return NULL;
        skipped = 0;
    }
    char *piece = arena->next + skipped;
    arena->next = piece + rounded;
    return piece;
}

void *joblib_base__arena_extend(joblib_base__arena *arena, size_t size, size_t alignment)
{
    if (size >= JOBLIB_LARGE_PIECE || size > arena->block_size / 4)
        return allocate_large(arena, size);
    return allocate_in_block(arena, size, alignment);
}

void *joblib_base__arena_allocate_aligned(joblib_base__arena *arena, size_t size)
{
    if (size > arena->block_size / 8) return allocate_large(arena, size);
    return allocate_in_block(arena, size, size < JOBLIB_LARGE_PIECE ? 16 : 64);
}

void *joblib_base__arena_allocate_zeroed(joblib_base__arena *arena, size_t size)
{
    if (size < JOBLIB_LARGE_PIECE) {
        void *small = joblib_base__arena_allocate(arena, size);
        return small ? memset(small, 0, size) : NULL;
    }
    base_block *piece = allocate_large(arena, size);
    if (!piece) return NULL;
    if (joblib_base__gives_zeros(&arena->allocator, piece[-1].size)) return piece;
    return memset(piece, 0, size);
}

void joblib_base__arena_expect(joblib_base__arena *arena, uint64_t size)
{
    while (arena->block_size < LAST_BLOCK && arena->block_size <= size / 4)
        arena->block_size *= 2;
}

static void *resize_large(joblib_base__arena *arena, void *piece, size_t new_size)
{
    if (new_size > SIZE_MAX - sizeof(base_block)) return NULL;
    base_block *old = (base_block *)piece - 1;
    base_block *block = take_block(arena, old, new_size + sizeof(base_block));
    if (!block) return NULL;
    if (block->next) block->next->previous = block;
    if (block->previous)
        block->previous->next = block;
    else
        arena->large = block;
    return block + 1;
}

void *joblib_base__arena_resize(joblib_base__arena *arena, void *piece, size_t old_size,
                                size_t new_size)
{
    if (piece && old_size >= JOBLIB_LARGE_PIECE)
        return resize_large(arena, piece, new_size);
    void *moved = joblib_base__arena_allocate(arena, new_size);
    if (moved && piece) memcpy(moved, piece, old_size < new_size ? old_size : new_size);
    return moved;
}

static bool is_in_blocks(const base_block *block, uintptr_t address)
{
    for (; block; block = block->next) {
        uintptr_t start = (uintptr_t)(block + 1);
        if (address >= start && address - start < block->size - sizeof *block)
            return true;
    }
    return false;
}

bool joblib_base__arena_owns(const joblib_base__arena *arena, const void *pointer)
{
    uintptr_t address = (uintptr_t)pointer;
    return is_in_blocks(arena->blocks, address) || is_in_blocks(arena->large, address);
}

joblib_status joblib_base__arena_fail(const joblib_base__arena *arena, size_t size,
                                      joblib_error *error)
{
    if (!arena->limited) return joblib_base__set_no_memory(error, size);
    return joblib_base__set_error(error, JOBLIB_ERROR_LIMIT,
                                  "%zu bytes more would pass max_memory, %llu bytes",
                                  size, (unsigned long long)arena->limit);
}
