#ifndef ENCODED_H
#define ENCODED_H

/**
 * Bytes behind the library's own encoders.
 */

#include <stdbool.h>
#include <stddef.h>

#include "codec/encoder.h"
#include "support/collected.h"

/**
 * Encodes `data` in pieces of `piece` bytes into `out`, which begins as zeros, or with the calls
 * that are to fail. Closes the encoder in any case.
 */
joblib_status encode_into(struct collected *out, const joblib_codec__encoding *what,
                          const joblib_allocator *allocator, const void *data,
                          size_t size, size_t piece, joblib_error *error);

/**
 * Whether the library of a codec is the one that Python used for the vectors and for
 * encoded.tsv. Another one may give other bytes for the same content.
 */
bool encodes_as_recorded(int codec);

#endif
