/**
 * The memo: values by number, as PUT and GET name them.
 */
#ifndef JOBLIB_PICKLE_MEMO_H
#define JOBLIB_PICKLE_MEMO_H

#include "pickle/machine.h"

/** Slow path of joblib_pickle__memo_put(). */
joblib_status joblib_pickle__memo_store(struct joblib_pickle__memo *memo,
                                        const joblib_allocator *allocator,
                                        uint64_t max_memo, uint32_t number,
                                        joblib_value *value, joblib_error *error);

/** Stores a value; a later one of the same number replaces it. */
static inline joblib_status joblib_pickle__memo_put(struct joblib_pickle__memo *memo,
                                                    const joblib_allocator *allocator,
                                                    uint64_t max_memo, uint32_t number,
                                                    joblib_value *value,
                                                    joblib_error *error)
{
    bool follows = number == memo->dense_used && number < memo->dense_room;
    if (!follows || memo->sparse_room > 0 || memo->count >= max_memo)
        return joblib_pickle__memo_store(memo, allocator, max_memo, number, value, error);
    memo->dense[memo->dense_used++] = value;
    memo->count++;
    return JOBLIB_OK;
}

/** The value of a number, or NULL. */
joblib_value *joblib_pickle__memo_get(const struct joblib_pickle__memo *memo,
                                      uint32_t number);

void joblib_pickle__memo_free(struct joblib_pickle__memo *memo,
                              const joblib_allocator *allocator);

#endif
