#ifndef VIEWED_H
#define VIEWED_H

/**
 * Every view of a value, read to its end: for values that nobody meant to be viewed.
 */

#include <stdbool.h>
#include <stddef.h>

#include "joblib/value.h"

/**
 * Calls every function of joblib/view.h and joblib/sparse.h and reads what they give.
 * Returns how many took the value; `*sound` becomes false where a result contradicts what
 * the headers promise, and is left alone otherwise.
 */
size_t viewed_count(const joblib_value *value, bool *sound);

#endif
