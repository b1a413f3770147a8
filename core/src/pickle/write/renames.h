/**
 * Names of classes and functions between Python 2 and Python 3.
 */
#ifndef JOBLIB_PICKLE_RENAMES_H
#define JOBLIB_PICKLE_RENAMES_H

#include <stdbool.h>

#include "value/node.h"

struct joblib_pickle__name {
    const char *module;
    const char *name;
};

/** The name in the other Python; the same where it was not renamed. */
struct joblib_pickle__name joblib_pickle__rename(
    const struct joblib_value__global *global, bool to_python3);

#endif
