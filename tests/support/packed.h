#ifndef PACKED_H
#define PACKED_H

/**
 * Compressed files, for tests of decoding. Each codec has a checksum where its format allows one.
 */

#include <stddef.h>

struct packed {
    unsigned char *data; /* malloc's; NULL if this build lacks the codec */
    size_t size;
};

/** Compresses as a file of joblib's `codec`; `level` as the library of the codec has it. */
struct packed packed_as(int codec, int level, const void *data, size_t size);

/** Appends a stream; frees `more`. */
void packed_append(struct packed *packed, struct packed more);

#endif
