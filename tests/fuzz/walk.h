#ifndef FUZZ_WALK_H
#define FUZZ_WALK_H

/** What every fuzz target promises of the values that it is given. */

#include <stdbool.h>

#include "joblib.h"

/** Stops the program if `truth` is false. */
void fuzz_require(bool truth);

/** Calls each function that reads a value, on the values that `root` reaches. */
void fuzz_walk(const joblib_value *root);

/** Calls each function that reads an array. */
void fuzz_read_array(const joblib_array *array);

#endif
