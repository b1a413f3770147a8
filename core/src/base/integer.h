/**
 * Integers of any size: two's complement, little endian, as pickle stores them.
 */
#ifndef JOBLIB_BASE_INTEGER_H
#define JOBLIB_BASE_INTEGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/allocator.h"

/** Number of bytes that matter: the shortest form of the same integer. 0 bytes mean 0. */
size_t joblib_base__integer_trim(const uint8_t *bytes, size_t size);

/** Reads an integer of at most 8 bytes. */
int64_t joblib_base__integer_to_int64(const uint8_t *bytes, size_t size);

/** Converts to the nearest double; false if it is beyond the largest. */
bool joblib_base__integer_to_double(const uint8_t *bytes, size_t size, double *out);

/** Bytes that joblib_base__integer_to_text() needs at most, with the NUL. */
size_t joblib_base__integer_text_size(size_t size);

/**
 * Writes the decimal form, terminated, and its length to `size_out`. Takes scratch memory
 * from `allocator`; false when there is none.
 */
bool joblib_base__integer_to_text(const uint8_t *bytes, size_t size,
                                  const joblib_allocator *allocator, char *out,
                                  size_t *size_out);

#endif
