#ifndef NAMES_H
#define NAMES_H

/**
 * The classes and functions that a file names, as a dump is allowed to write them.
 */

#include <stddef.h>

#include "support/vectors.h"

struct named {
    char **names; /* "module.name", malloc's */
    size_t count;
};

/** All names of a file; none if it cannot be audited. names_free() them. */
struct named names_in(const struct vector_bytes *file);
void names_free(struct named *named);

#endif
