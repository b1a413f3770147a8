#ifndef MODELS_H
#define MODELS_H

/**
 * Documents and models from the notation of support/pickled.h, and from vectors.
 */

#include "joblib/predict.h"

/** Loads what a notation describes. One that does not load ends the program. */
joblib_document *document_from(const char *notation);

/** Builds the model of a notation; `allocator` may be NULL. The status is the build's. */
joblib_status model_from(const char *notation, const joblib_allocator *allocator,
                         joblib_model **out, joblib_error *error);

/** A model that must not be built: why, and the attribute that is to blame. */
struct refused_model {
    const char *what;
    const char *notation;
    joblib_status status;
    const char *path;
};

/** How many of `count` models are not refused as their row tells, or leak; prints each. */
size_t count_not_refused(const struct refused_model *rows, size_t count);

/** Checks that all models of an array of rows are refused. */
#define CHECK_REFUSED(rows) \
    CHECK_EQ_SIZE(count_not_refused(rows, sizeof(rows) / sizeof *(rows)), 0)

#endif
