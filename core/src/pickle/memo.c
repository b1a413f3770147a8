#include "pickle/memo.h"

#include <string.h>

#include "base/try.h"
#include "base/vector.h"

/* Numbers up to so far beyond the count of entries stay in the plain array. */
#define DENSE_SLACK 1024

struct joblib_pickle__memo_entry {
    joblib_value *value; /* NULL in an empty slot */
    uint32_t number;
};

static struct joblib_pickle__memo_entry *find_sparse(
    const struct joblib_pickle__memo *memo, uint32_t number)
{
    size_t mask = memo->sparse_room - 1;
    size_t slot = (size_t)(number * UINT64_C(0x9e3779b97f4a7c15) >> 32) & mask;
    while (memo->sparse[slot].value && memo->sparse[slot].number != number)
        slot = (slot + 1) & mask;
    return &memo->sparse[slot];
}

static joblib_status grow_sparse(struct joblib_pickle__memo *memo,
                                 const joblib_allocator *allocator, joblib_error *error)
{
    struct joblib_pickle__memo old = *memo;
    size_t room = old.sparse_room ? old.sparse_room * 2 : 64;
    size_t size = room * sizeof *memo->sparse;
    memo->sparse = joblib_base__allocate(allocator, size);
    if (!memo->sparse) {
        memo->sparse = old.sparse;
        return joblib_base__set_no_memory(error, size);
    }
    memset(memo->sparse, 0, size);
    memo->sparse_room = room;
    for (size_t i = 0; i < old.sparse_room; i++) {
        if (old.sparse[i].value) *find_sparse(memo, old.sparse[i].number) = old.sparse[i];
    }
    joblib_base__free(allocator, old.sparse, old.sparse_room * sizeof *old.sparse);
    return JOBLIB_OK;
}

static joblib_status put_sparse(struct joblib_pickle__memo *memo,
                                const joblib_allocator *allocator, uint32_t number,
                                joblib_value *value, joblib_error *error)
{
    if (memo->sparse_count * 2 >= memo->sparse_room)
        JOBLIB_TRY(grow_sparse(memo, allocator, error));
    struct joblib_pickle__memo_entry *entry = find_sparse(memo, number);
    bool is_new = !entry->value;
    *entry = (struct joblib_pickle__memo_entry){value, number};
    memo->sparse_count += is_new;
    memo->count += is_new;
    return JOBLIB_OK;
}

/* Makes `number` an entry of the array. Only entries in use are written: room costs nothing. */
static joblib_status reach_dense(struct joblib_pickle__memo *memo,
                                 const joblib_allocator *allocator, uint32_t number,
                                 joblib_error *error)
{
    void *items = memo->dense;
    JOBLIB_TRY(joblib_base__grow(allocator, &items, &memo->dense_room, (size_t)number + 1,
                                 sizeof *memo->dense, error));
    memo->dense = items;
    while (memo->dense_used <= number) memo->dense[memo->dense_used++] = NULL;
    return JOBLIB_OK;
}

joblib_status joblib_pickle__memo_put(struct joblib_pickle__memo *memo,
                                      const joblib_allocator *allocator,
                                      uint64_t max_memo, uint32_t number,
                                      joblib_value *value, joblib_error *error)
{
    if (number == memo->count && joblib_pickle__memo_append(memo, max_memo, value))
        return JOBLIB_OK;
    JOBLIB_REQUIRE(memo->count < max_memo, JOBLIB_ERROR_LIMIT,
                   "more than %llu memo entries (max_memo)",
                   (unsigned long long)max_memo);
    /* A number that went to `sparse` once is kept there, although the array may reach it. */
    bool is_sparse = memo->sparse_room > 0 && find_sparse(memo, number)->value;
    if (number >= memo->dense_used) {
        if (is_sparse || number > 2 * memo->count + DENSE_SLACK)
            return put_sparse(memo, allocator, number, value, error);
        JOBLIB_TRY(reach_dense(memo, allocator, number, error));
    }
    if (is_sparse) return put_sparse(memo, allocator, number, value, error);
    memo->count += !memo->dense[number];
    memo->dense[number] = value;
    return JOBLIB_OK;
}

joblib_value *joblib_pickle__memo_get(const struct joblib_pickle__memo *memo,
                                      uint32_t number)
{
    if (number < memo->dense_used && memo->dense[number]) return memo->dense[number];
    return memo->sparse_room > 0 ? find_sparse(memo, number)->value : NULL;
}

void joblib_pickle__memo_free(struct joblib_pickle__memo *memo,
                              const joblib_allocator *allocator)
{
    joblib_base__free(allocator, memo->dense, memo->dense_room * sizeof *memo->dense);
    joblib_base__free(allocator, memo->sparse, memo->sparse_room * sizeof *memo->sparse);
    memset(memo, 0, sizeof *memo);
}
