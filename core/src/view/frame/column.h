/**
 * Columns, and the queue in which they are read.
 *
 * A column is made with the value that it stands for, and read later: reading one may make
 * more, for categories and ends of intervals, behind it in the queue. So nothing recurses.
 * `depth` counts columns within columns and is bounded, for values that hold themselves.
 *
 *   frame ----> columns[], index, labels ---+
 *   reader ---> queue of all columns -------+--> column --inner--> column
 */
#ifndef JOBLIB_VIEW_FRAME_COLUMN_H
#define JOBLIB_VIEW_FRAME_COLUMN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "joblib/frame.h"

#define JOBLIB_INNER_COUNT 3

/** A text in a buffer of Arrow. */
struct joblib_view__cell_text {
    const char *text; /**< UTF-8, not terminated; NULL where the cell is missing */
    size_t size;
};

/** A view of one dimension, with the numbers that it points to. It must not be copied. */
struct joblib_view__line {
    joblib_array view; /**< struct_size 0: there is none */
    int64_t shape[1];
    int64_t strides[1];
};

struct joblib_column {
    const joblib_value *source; /**< what is read: an array, an object */
    const joblib_value *name;   /**< or NULL */
    const char *dtype;
    const char *zone;   /**< or NULL */
    const char *closed; /**< of INTERVAL */
    joblib_column *inner[JOBLIB_INNER_COUNT];
    struct joblib_view__line values;
    struct joblib_view__line mask;
    const struct joblib_view__cell_text
        *texts;          /**< of Arrow; NULL where `values` has them */
    int64_t start, step; /**< of RANGE */
    size_t count;
    uint8_t kind; /**< a joblib_cells */
    bool ordered;
    bool masked; /**< only the mask tells what is missing: NaN is a number */
    uint8_t depth;
    /* Until the column is read. */
    joblib_column *next;           /**< in the queue */
    size_t row, row_count;         /**< of the block of which it is one row */
    const joblib_value *frequency; /**< of PERIOD, where an index has it */
    uint8_t expected;              /**< the kind that a class around the array tells */
};

/** The columns of one axis. */
struct joblib_view__levels {
    joblib_column **columns;
    size_t count;
};

struct joblib_frame {
    joblib_base__arena arena;
    joblib_column **columns;
    size_t count;
    size_t rows;
    struct joblib_view__levels index;
    struct joblib_view__levels labels;
};

struct joblib_view__reader {
    joblib_frame *frame;
    joblib_column *first, *last; /**< all columns, in the order in which they are read */
    joblib_column *next;         /**< the first that is not read yet; NULL for none */
    uint64_t cells_left;         /**< that may still be looked at one by one */
};

/** Allocates `count` pieces of `size` bytes, zeroed. LIMIT or MEMORY. */
joblib_status joblib_view__allocate(struct joblib_view__reader *reader, size_t count,
                                    size_t size, void **out, joblib_error *error);

/** Puts a column for `source` into the queue. `outer` is the column around it, or NULL. */
joblib_status joblib_view__add_column(struct joblib_view__reader *reader,
                                      const joblib_value *source,
                                      const joblib_column *outer, joblib_column **out,
                                      joblib_error *error);

/** Reads the columns of the queue up to its end. */
joblib_status joblib_view__read_columns(struct joblib_view__reader *reader,
                                        joblib_error *error);

/** Takes `count` cells from those that may be looked at. */
joblib_status joblib_view__spend_cells(struct joblib_view__reader *reader, size_t count,
                                       joblib_error *error);

/** Puts the columns of an index into the queue: one for each level. */
joblib_status joblib_view__add_index(struct joblib_view__reader *reader,
                                     const joblib_value *index,
                                     struct joblib_view__levels *out,
                                     joblib_error *error);

/** Reads axes and blocks of a manager; `axes` of its dimensions are levels of the frame. */
joblib_status joblib_view__read_manager(struct joblib_view__reader *reader,
                                        const joblib_value *manager, size_t axes,
                                        joblib_error *error);

/** Checks what only complete columns tell: codes, masks, ends of intervals. */
joblib_status joblib_view__check_columns(struct joblib_view__reader *reader,
                                         joblib_error *error);

#endif
