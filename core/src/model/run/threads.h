/**
 * Threads for predictions: the only place that makes any.
 */
#ifndef JOBLIB_MODEL_RUN_THREADS_H
#define JOBLIB_MODEL_RUN_THREADS_H

#include <stddef.h>

/**
 * Calls `work(items[i])` for each of `count` items of `item_size` bytes: the first in this
 * thread, the others in one each. What cannot have a thread is done in this one. Returns when
 * all is done. `threads` has room for `count` times joblib_model__thread_size().
 */
void joblib_model__run_threads(void (*work)(void *item), void *items, size_t count,
                               size_t item_size, void *threads);

size_t joblib_model__thread_size(void);

#endif
