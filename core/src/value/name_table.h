/**
 * Tables of classes and functions, sorted by module, then name, in the order of strcmp().
 */
#ifndef JOBLIB_VALUE_NAME_TABLE_H
#define JOBLIB_VALUE_NAME_TABLE_H

#include <stddef.h>

#include "value/node.h"

/** What each row of such a table begins with. */
struct joblib_value__name {
    const char *module;
    const char *name;
};

/**
 * Finds a name among `count` rows of `row_size` bytes by halving. NULs in the name are
 * compared too: a name of a file that has one is in no table.
 *
 * Returns the number of the row, or `count`.
 */
size_t joblib_value__find_name(const void *rows, size_t row_size, size_t count,
                               const struct joblib_value__global *name);

#endif
