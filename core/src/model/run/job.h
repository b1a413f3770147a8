/**
 * One run over all rows: what is computed, and where the numbers go.
 *
 * Rows are cut into ranges, one a thread, and ranges into blocks. Each block's outputs are
 * brought to their sinks: results are written in place where their form allows it.
 */
#ifndef JOBLIB_MODEL_RUN_JOB_H
#define JOBLIB_MODEL_RUN_JOB_H

#include "model/estimator.h"
#include "model/run/result.h"
#include "model/workspace.h"

/** How a block's output gets to its sink. */
enum joblib_model__sink_mode {
    JOBLIB_MODEL_SINK_IN_PLACE, /* it is computed there */
    JOBLIB_MODEL_SINK_WIDEN,    /* floats become doubles */
    JOBLIB_MODEL_SINK_STORE,    /* numbers of a type that nothing is computed in */
    JOBLIB_MODEL_SINK_LABELS,   /* labels, as classes_ has them */
    JOBLIB_MODEL_SINK_NUMBERS,  /* labels as doubles */
    JOBLIB_MODEL_SINK_SPARSE    /* rows of stored elements, appended */
};

/** The elements of a sparse output that one range gave. */
typedef struct joblib_model__elements {
    void *values; /* doubles, or floats where the form is narrow */
    int32_t *indices;
    size_t value_room, index_room, count;
} joblib_model__elements;

/** Where one output goes. */
typedef struct joblib_model__sink {
    joblib_model__form form;
    enum joblib_model__sink_mode mode;
    char *data; /* of the result; of dense ones only */
    const joblib_model__labels *labels;
    const joblib_allocator *allocator; /* for what follows */
    joblib_model__elements *ranges;    /* sparse: one for each range */
    int64_t *row_counts;               /* sparse: elements of each row */
} joblib_model__sink;

typedef struct joblib_model__job {
    const joblib_model__estimator *root;
    int method;
    bool bound; /* the bound of the error is wanted, not the numbers */
    const joblib_model__rows *rows;
    joblib_model__sink *sinks;
    size_t sink_count;
    size_t block_rows;
} joblib_model__job;

/** Some rows of a job. */
typedef struct joblib_model__range {
    const joblib_model__job *job;
    size_t index;
    size_t first;
    size_t count;
    joblib_workspace *workspace;
} joblib_model__range;

/** Runs a range, block by block. */
joblib_status joblib_model__run_range(const joblib_model__range *range,
                                      joblib_error *error);

/** The number of ranges that rows are split into for so many threads. */
size_t joblib_model__count_ranges(size_t rows, uint32_t n_threads);

/** Runs all rows, split into `ranges`: the first in this thread, each other in its own. */
joblib_status joblib_model__run_ranges(const joblib_model__job *job, size_t ranges,
                                       joblib_workspace *workspace, joblib_error *error);

/** Gives the block's outputs their memory: of the sinks, or of the workspace. */
joblib_status joblib_model__open_block(const joblib_model__range *range, size_t first,
                                       size_t count, joblib_model__output *outputs,
                                       joblib_error *error);

/** Brings the block's outputs to their sinks. */
joblib_status joblib_model__close_block(const joblib_model__range *range, size_t first,
                                        size_t count, const joblib_model__output *outputs,
                                        joblib_error *error);

/* Sparse sinks */

joblib_status joblib_model__open_elements(joblib_model__sink *sink, size_t ranges,
                                          size_t rows, joblib_error *error);

joblib_status joblib_model__append_elements(const joblib_model__sink *sink, size_t index,
                                            size_t first, size_t rows,
                                            const joblib_model__output *output,
                                            joblib_error *error);

/** Makes one array of the elements of all ranges. */
joblib_status joblib_model__join_elements(const joblib_model__sink *sink, size_t ranges,
                                          size_t rows, const joblib_result *result,
                                          joblib_model__array *out, joblib_error *error);

void joblib_model__free_elements(joblib_model__sink *sink, size_t ranges, size_t rows);

#endif
