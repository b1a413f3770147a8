/**
 * Reading a path such as `steps[1][1].C` step by step.
 */
#ifndef JOBLIB_BUILDER_PATH_READER_H
#define JOBLIB_BUILDER_PATH_READER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

enum joblib_builder__step_kind {
    JOBLIB_STEP_NAME,  /**< `coef_`, `.coef_` */
    JOBLIB_STEP_INDEX, /**< `[3]` */
    JOBLIB_STEP_KEY    /**< `["a.b"]` */
};

typedef struct joblib_builder__step {
    enum joblib_builder__step_kind kind;
    const char *text; /**< of a name or key, without escapes; not terminated */
    size_t size;
    int64_t index;
} joblib_builder__step;

typedef struct joblib_builder__path {
    const char *text;
    size_t at;    /**< bytes read */
    char *memory; /**< of the texts: as many bytes as `text` has */
    size_t used;
} joblib_builder__path;

/** Reads one step; there must be one. JOBLIB_ERROR_ARGUMENT for what is none. */
joblib_status joblib_builder__read_step(joblib_builder__path *path,
                                        joblib_builder__step *out, joblib_error *error);

#endif
