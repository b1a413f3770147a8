/**
 * SipHash-1-3, a keyed hash: without the key nobody can choose inputs that collide.
 */
#ifndef JOBLIB_BASE_HASH_H
#define JOBLIB_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

typedef struct joblib_base__hash_key {
    uint64_t low, high;
} joblib_base__hash_key;

/** Hashes `size` bytes at `data`. */
uint64_t joblib_base__hash(joblib_base__hash_key key, const void *data, size_t size);

#endif
