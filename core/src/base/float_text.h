/**
 * Floats as decimal text, as Python's repr() writes them.
 */
#ifndef JOBLIB_BASE_FLOAT_TEXT_H
#define JOBLIB_BASE_FLOAT_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/** Room that the text needs, with its NUL. */
#define JOBLIB_FLOAT_TEXT_ROOM 32

/**
 * Writes the shortest decimal that reads back as the same double, or float if `single`:
 * "0.1", "1e+16", "-inf". Returns the length.
 */
size_t joblib_base__float_text(double value, bool single, char *out);

#endif
