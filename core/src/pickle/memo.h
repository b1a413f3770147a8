/**
 * The memo: values by number, as PUT and GET name them.
 */
#ifndef JOBLIB_PICKLE_MEMO_H
#define JOBLIB_PICKLE_MEMO_H

#include "pickle/machine.h"

/** Stores a value; a later one of the same number replaces it. */
joblib_status joblib_pickle__memo_put(struct joblib_pickle__memo *memo,
                                      const joblib_allocator *allocator,
                                      uint64_t max_memo, uint32_t number,
                                      joblib_value *value, joblib_error *error);

/**
 * Stores a value by the number of entries, where all before have followed each other and there
 * is room; false where only joblib_pickle__memo_put() can.
 */
static inline bool joblib_pickle__memo_append(struct joblib_pickle__memo *memo,
                                              uint64_t max_memo, joblib_value *value)
{
    size_t number = memo->count;
    bool has_room = number < memo->dense_room && number < max_memo;
    if (!has_room || number != memo->dense_used || memo->sparse_room > 0) return false;
    memo->dense[number] = value;
    memo->count = memo->dense_used = number + 1;
    return true;
}

/** The value of a number, or NULL. */
joblib_value *joblib_pickle__memo_get(const struct joblib_pickle__memo *memo,
                                      uint32_t number);

void joblib_pickle__memo_free(struct joblib_pickle__memo *memo,
                              const joblib_allocator *allocator);

#endif
