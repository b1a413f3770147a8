/**
 * Places in a document: a list of segments, from the inside out, on the C stack.
 *
 *     joblib_model__segment steps = {context->path, "steps", 0};
 *     joblib_model__segment item = {&steps, NULL, 1};    is `steps[1]`
 */
#ifndef JOBLIB_MODEL_PATH_H
#define JOBLIB_MODEL_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "joblib/error.h"

/** Room for every path that a joblib_error can hold. */
#define JOBLIB_MODEL_PATH_SIZE 192

typedef struct joblib_model__segment {
    const struct joblib_model__segment *parent; /* NULL at the root */
    const char *name;                           /* an attribute; NULL for an index */
    size_t index;
} joblib_model__segment;

/**
 * Writes the path, followed by `attribute` (may be NULL), to `out`, terminated; shortened at
 * its end with "…" if it is too long.
 */
void joblib_model__write_path(const joblib_model__segment *path, const char *attribute,
                              char out[JOBLIB_MODEL_PATH_SIZE]);

/** Puts a path before the path of an error: the part's, where the error tells its own. */
void joblib_model__prefix_path(joblib_error *error, const joblib_model__segment *path);

#endif
