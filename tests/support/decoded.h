#ifndef DECODED_H
#define DECODED_H

/**
 * What is inside the container of a file: the bytes of its pickle, and of arrays between them.
 */

#include "support/vectors.h"

/** Decodes a file of any codec that the library reads; `data` NULL if it cannot. */
struct vector_bytes decoded_from(const struct vector_bytes *file);

#endif
