#ifndef DAMAGE_H
#define DAMAGE_H

/**
 * Models with one byte changed: whatever comes of them is an error or a prediction.
 */

#include <stddef.h>

struct damage {
    size_t samples; /* bytes of a vector that are changed at most, evenly spread */
    size_t loaded, built, predicted; /* how far the changed models came */
    size_t failures;                 /* what neither succeeded nor failed as it should */
};

/**
 * Changes bytes of the inference vector `name`, after decoding, one at a time and in three
 * ways; loads, builds, prepares and runs what comes of it.
 */
void damage_vector(const char *name, struct damage *damage);

/** Loads, builds, prepares and runs `size` bytes, with `input` if it is not NULL. */
void damage_try(const char *data, size_t size, const void *input, struct damage *damage);

#endif
