#ifndef TWINS_H
#define TWINS_H

/**
 * Comparing two graphs of values node by node, with everything that a dump would look at.
 */

#include <stdbool.h>
#include <stddef.h>

#include "joblib/value.h"

/**
 * Whether two values have the same nodes, in the same places, shared in the same way, and no
 * memory in common but constants. If not, `why` tells what differs first.
 */
bool twins_agree(const joblib_value *a, const joblib_value *b, char *why, size_t size);

#endif
