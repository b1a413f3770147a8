/**
 * Reading data whose size is announced while nobody knows how much will come.
 */
#ifndef JOBLIB_PICKLE_GROWING_H
#define JOBLIB_PICKLE_GROWING_H

#include "pickle/machine.h"

/** Up to this many bytes are allocated on the word of the input. */
#define JOBLIB_TRUSTED_SIZE ((size_t)64 << 10)

/**
 * Reads `size` bytes (more than none) into memory of the document that grows as they arrive,
 * with room for `extra` bytes behind them. Aligned as large pieces of the arena are.
 */
joblib_status joblib_pickle__read_growing(joblib_pickle__machine *machine,
                                          joblib_io__reader *reader, size_t size,
                                          size_t extra, void **out, joblib_error *error);

#endif
