#include "base/vector.h"

#include <stdint.h>

#include "base/try.h"

joblib_status joblib_base__grow(const joblib_allocator *allocator, void **items,
                                size_t *room, size_t needed, size_t item_size,
                                joblib_error *error)
{
    if (needed <= *room) return JOBLIB_OK;
    size_t target = *room < 16 ? 16 : *room;
    while (target < needed && target <= SIZE_MAX / 2) target *= 2;
    JOBLIB_REQUIRE(target >= needed && target <= SIZE_MAX / item_size, JOBLIB_ERROR_LIMIT,
                   "%zu items of %zu bytes do not fit the address space", needed,
                   item_size);
    void *moved =
        joblib_base__resize(allocator, *items, *room * item_size, target * item_size);
    if (!moved) return joblib_base__set_no_memory(error, target * item_size);
    *items = moved;
    *room = target;
    return JOBLIB_OK;
}
