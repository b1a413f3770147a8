/* The C library's allocator: blocks keep what they hold on their way to large pages and back. */
#include "base/allocator.h"

#include <stdint.h>

#include "base/arena.h"
#include "support/test.h"

#define MIB ((size_t)1 << 20)

static unsigned char byte_at(size_t index)
{
    return (unsigned char)(index % 251);
}

static bool holds_bytes(const unsigned char *block, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (block[i] != byte_at(i)) return false;
    }
    return true;
}

/* Takes one block through sizes on both sides of that from which it has pages of its own. */
static void resize_through(size_t alignment)
{
    static const size_t sizes[] = {100,     3 * MIB,     4 * MIB,  5 * MIB - 7, 6 * MIB,
                                   9 * MIB, 9 * MIB + 1, 33 * MIB, 7 * MIB,     4 * MIB,
                                   3 * MIB, 40 * MIB,    50};
    joblib_allocator allocator = joblib_base__choose_allocator(NULL);
    unsigned char *block = NULL;
    size_t old = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_t size = sizes[i];
        block = allocator.resize(allocator.ctx, block, old, size, alignment);
        REQUIRE(block != NULL);
        CHECK((uintptr_t)block % alignment == 0);
        CHECK(holds_bytes(block, old < size ? old : size));
        for (size_t k = 0; k < size; k++) block[k] = byte_at(k);
        old = size;
    }
    allocator.resize(allocator.ctx, block, old, 0, alignment);
}

static void keeps_bytes_of_blocks_that_are_resized(void)
{
    resize_through(16);
    resize_through(64);
}

static void has_no_memory_for_a_size_past_the_address_space(void)
{
    joblib_allocator allocator = joblib_base__choose_allocator(NULL);
    static const size_t sizes[] = {SIZE_MAX, SIZE_MAX - 4 * MIB, SIZE_MAX / 2};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        CHECK(allocator.resize(allocator.ctx, NULL, 0, sizes[i], 64) == NULL);
    unsigned char *block = allocator.resize(allocator.ctx, NULL, 0, 4 * MIB, 64);
    REQUIRE(block != NULL);
    block[4 * MIB - 1] = 7;
    CHECK(allocator.resize(allocator.ctx, block, 4 * MIB, SIZE_MAX / 2, 64) == NULL);
    CHECK_EQ_INT(block[4 * MIB - 1], 7);
    allocator.resize(allocator.ctx, block, 4 * MIB, 0, 64);
}

static bool is_zero(const unsigned char *piece, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (piece[i] != 0) return false;
    }
    return true;
}

static void gives_zeros_where_they_are_asked_for(void)
{
    static const size_t sizes[] = {1, 100, 3000, 70000, 3 * MIB, 9 * MIB};
    for (int round = 0; round < 3; round++) {
        joblib_base__arena arena;
        joblib_base__arena_init(&arena, NULL, UINT64_MAX);
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            unsigned char *piece = joblib_base__arena_allocate_zeroed(&arena, sizes[i]);
            REQUIRE(piece != NULL);
            CHECK(is_zero(piece, sizes[i]));
            memset(piece, 0xff, sizes[i]);
        }
        joblib_base__arena_free(&arena);
    }
}

int main(void)
{
    RUN(keeps_bytes_of_blocks_that_are_resized);
    RUN(has_no_memory_for_a_size_past_the_address_space);
    RUN(gives_zeros_where_they_are_asked_for);
    return test_finish();
}
