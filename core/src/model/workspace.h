/**
 * Scratch memory of predictions: taken piece by piece, given back all at once.
 *
 * Blocks are kept when pieces are given back, so the same sequence of smaller or equal pieces
 * never allocates again. Pieces are aligned to 64 bytes.
 */
#ifndef JOBLIB_MODEL_WORKSPACE_H
#define JOBLIB_MODEL_WORKSPACE_H

#include "base/allocator.h"
#include "joblib/predict.h"

struct joblib_model__scratch;

struct joblib_workspace {
    joblib_allocator allocator;
    struct joblib_model__scratch *first;   /* all blocks, in the order they are filled */
    struct joblib_model__scratch *current; /* the block that pieces are taken from */
    size_t used;                           /* bytes of the current block */
    struct joblib_workspace *helpers;      /* one for each further thread */
    size_t helper_count;
};

/** A place to go back to. */
typedef struct joblib_model__mark {
    struct joblib_model__scratch *current;
    size_t used;
} joblib_model__mark;

void joblib_model__workspace_init(joblib_workspace *workspace,
                                  const joblib_allocator *allocator);

/** Frees all memory of an initialised workspace, not the struct. */
void joblib_model__workspace_clear(joblib_workspace *workspace);

/** Takes memory for `count` items of `item_size` bytes; it is not cleared. */
joblib_status joblib_model__take(joblib_workspace *workspace, size_t count,
                                 size_t item_size, void **out, joblib_error *error);

joblib_status joblib_model__take_doubles(joblib_workspace *workspace, size_t count,
                                         double **out, joblib_error *error);

joblib_status joblib_model__take_floats(joblib_workspace *workspace, size_t count,
                                        float **out, joblib_error *error);

/** The place up to which memory is taken. */
joblib_model__mark joblib_model__mark_workspace(const joblib_workspace *workspace);

/** Gives back what was taken after the mark. */
void joblib_model__rewind(joblib_workspace *workspace, joblib_model__mark mark);

/** Makes sure that there are `count` helpers. */
joblib_status joblib_model__grow_helpers(joblib_workspace *workspace, size_t count,
                                         joblib_error *error);

#endif
