/* The arena: alignment, limits, pieces that are resized, and that all of it is given back. */
#include "base/arena.h"

#include "base/checked.h"
#include "support/fault.h"
#include "support/test.h"

static struct fault fault;
static joblib_base__arena arena;

static void open_arena(uint64_t limit)
{
    fault = (struct fault){0};
    joblib_allocator allocator = fault_allocator(&fault);
    joblib_base__arena_init(&arena, &allocator, limit);
}

static void close_arena(void)
{
    joblib_base__arena_free(&arena);
    CHECK_EQ_SIZE(fault.live_bytes, 0);
}

static void aligns_every_piece(void)
{
    open_arena(UINT64_MAX);
    for (size_t size = 1; size < 300000; size = size * 3 / 2 + 1) {
        char *small = joblib_base__arena_allocate(&arena, size);
        char *aligned = joblib_base__arena_allocate_aligned(&arena, size);
        CHECK((uintptr_t)small % 8 == 0);
        CHECK((uintptr_t)aligned % 16 == 0);
        CHECK(size < JOBLIB_LARGE_PIECE || (uintptr_t)aligned % 64 == 0);
        memset(small, 1, size);
        memset(aligned, 2, size);
    }
    CHECK_EQ_SIZE(arena.used, fault.live_bytes);
    close_arena();
}

/* Pieces keep what they held, small and large, and whether they grow or shrink. */
static void keeps_bytes_of_pieces_that_are_resized(void)
{
    static const size_t sizes[] = {10, 1000, 70000, 300000, 66000, 3000, 100000, 200};
    open_arena(UINT64_MAX);
    unsigned char *piece = NULL;
    size_t old = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_t kept = old < sizes[i] ? old : sizes[i];
        piece = joblib_base__arena_resize(&arena, piece, old, sizes[i]);
        REQUIRE(piece != NULL);
        for (size_t k = 0; k < kept; k++) {
            if (piece[k] == (unsigned char)(k % 251)) continue;
            test_fail(__FILE__, __LINE__, "byte %zu of step %zu", k, i);
            break;
        }
        for (size_t k = 0; k < sizes[i]; k++) piece[k] = (unsigned char)(k % 251);
        old = sizes[i];
    }
    close_arena();
}

static void stops_at_its_limit(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    open_arena(100000);
    CHECK(joblib_base__arena_allocate(&arena, 99000) != NULL);
    CHECK(joblib_base__arena_allocate(&arena, 2000) == NULL);
    CHECK(arena.used <= arena.limit);
    CHECK_STATUS(joblib_base__arena_fail(&arena, 2000, &error), &error,
                 JOBLIB_ERROR_LIMIT, JOBLIB_NO_OFFSET);
    CHECK(joblib_base__arena_allocate(&arena, SIZE_MAX) == NULL);
    CHECK(joblib_base__arena_allocate(&arena, SIZE_MAX - 3) == NULL);
    CHECK(joblib_base__arena_allocate_aligned(&arena, SIZE_MAX) == NULL);
    close_arena();
}

static void tells_missing_memory_from_a_limit(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    open_arena(UINT64_MAX);
    fault.fail_at = 1;
    CHECK(joblib_base__arena_allocate(&arena, 10) == NULL);
    CHECK_STATUS(joblib_base__arena_fail(&arena, 10, &error), &error, JOBLIB_ERROR_MEMORY,
                 JOBLIB_NO_OFFSET);
    CHECK(joblib_base__arena_allocate(&arena, 10) != NULL);
    close_arena();
}

/* A large piece that cannot grow is still there. */
static void keeps_a_piece_that_cannot_grow(void)
{
    open_arena(UINT64_MAX);
    char *piece = joblib_base__arena_resize(&arena, NULL, 0, 100000);
    REQUIRE(piece != NULL);
    piece[99999] = 'x';
    fault.fail_at = fault.allocations + 1;
    CHECK(joblib_base__arena_resize(&arena, piece, 100000, 200000) == NULL);
    CHECK_EQ_INT(piece[99999], 'x');
    close_arena();
}

/* Large pieces are in a list from both ends: resize those in the middle. */
static void resizes_large_pieces_in_any_order(void)
{
    char *pieces[5];
    open_arena(UINT64_MAX);
    for (size_t i = 0; i < 5; i++) {
        pieces[i] = joblib_base__arena_resize(&arena, NULL, 0, 70000);
        REQUIRE(pieces[i] != NULL);
        pieces[i][0] = (char)i;
    }
    static const size_t order[] = {2, 0, 4, 2, 3, 1, 0};
    size_t sizes[5] = {70000, 70000, 70000, 70000, 70000};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        size_t k = order[i];
        pieces[k] =
            joblib_base__arena_resize(&arena, pieces[k], sizes[k], sizes[k] + 70000);
        REQUIRE(pieces[k] != NULL);
        sizes[k] += 70000;
    }
    for (size_t i = 0; i < 5; i++) CHECK_EQ_INT(pieces[i][0], i);
    close_arena();
}

static void notices_sizes_that_overflow(void)
{
    size_t size;
    CHECK(joblib_base__size_add(1, 2, &size) && size == 3);
    CHECK(joblib_base__size_add(SIZE_MAX, 0, &size) && size == SIZE_MAX);
    CHECK(!joblib_base__size_add(SIZE_MAX, 1, &size));
    CHECK(!joblib_base__size_add(SIZE_MAX / 2 + 1, SIZE_MAX / 2 + 1, &size));
    CHECK(joblib_base__size_mul(0, SIZE_MAX, &size) && size == 0);
    CHECK(joblib_base__size_mul(SIZE_MAX, 0, &size) && size == 0);
    CHECK(joblib_base__size_mul(SIZE_MAX, 1, &size) && size == SIZE_MAX);
    CHECK(!joblib_base__size_mul(SIZE_MAX / 2 + 1, 2, &size));
    CHECK(!joblib_base__size_mul(SIZE_MAX, SIZE_MAX, &size));
}

static void knows_which_pointers_are_its_own(void)
{
    joblib_base__arena other;
    joblib_base__arena_init(&other, NULL, UINT64_MAX);
    open_arena(UINT64_MAX);
    CHECK(!joblib_base__arena_owns(&arena, NULL));
    CHECK(!joblib_base__arena_owns(&arena, &arena));
    for (size_t size = 1; size < 300000; size = size * 3 / 2 + 1) {
        char *piece = joblib_base__arena_allocate(&arena, size);
        const char *foreign = joblib_base__arena_allocate(&other, size);
        CHECK(joblib_base__arena_owns(&arena, piece));
        CHECK(joblib_base__arena_owns(&arena, piece + size - 1));
        CHECK(!joblib_base__arena_owns(&arena, foreign));
    }
    char *large = joblib_base__arena_allocate(&arena, JOBLIB_LARGE_PIECE);
    char *moved = joblib_base__arena_resize(&arena, large, JOBLIB_LARGE_PIECE, 1 << 20);
    CHECK(joblib_base__arena_owns(&arena, moved + (1 << 20) - 1));
    CHECK(!joblib_base__arena_owns(&arena, moved + (1 << 20)));
    joblib_base__arena_free(&other);
    close_arena();
}

int main(void)
{
    RUN(aligns_every_piece);
    RUN(keeps_bytes_of_pieces_that_are_resized);
    RUN(stops_at_its_limit);
    RUN(tells_missing_memory_from_a_limit);
    RUN(keeps_a_piece_that_cannot_grow);
    RUN(resizes_large_pieces_in_any_order);
    RUN(notices_sizes_that_overflow);
    RUN(knows_which_pointers_are_its_own);
    return test_finish();
}
