#ifndef JOBLIB_FRAME_H
#define JOBLIB_FRAME_H

/**
 * Frames: what objects of pandas hold, as columns.
 *
 * A document keeps a DataFrame as pandas pickled it: managers, blocks, extension arrays, in
 * a form that differs from release to release. A frame reads all of them, from pandas 0.20
 * to 3, as the same thing: columns, the labels of rows (the index) and the labels of columns.
 *
 *                 labels
 *                 "a"     "b"
 *     index   0 |  1    | "x"  |
 *             1 |  2    | "y"  |
 *                 columns
 *
 * Index and labels have one level, or more where pandas has a MultiIndex; each level is a
 * column too. A frame borrows from its document, which must outlive it; it copies what
 * pandas does not keep as plain arrays: bits of Arrow, the places of its texts. Everything
 * is checked when a frame is made, so reading cannot fail on what the file says.
 *
 * Frames are immutable. Functions accept NULL for frame and column and then give NULL or 0.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "joblib/allocator.h"
#include "joblib/array.h"
#include "joblib/error.h"
#include "joblib/export.h"
#include "joblib/value.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct joblib_frame joblib_frame;
typedef struct joblib_column joblib_column;

/** What the cells of a column are. */
typedef enum joblib_cells {
    /** an array of a class that is not decoded: joblib_column_source() has it */
    JOBLIB_CELLS_UNKNOWN = 0,
    JOBLIB_CELLS_NUMBER = 1,    /**< bool, integer, float or complex */
    JOBLIB_CELLS_RANGE = 2,     /**< integers at one distance; no array */
    JOBLIB_CELLS_DATETIME = 3,  /**< ticks since 1970, UTC; the dtype tells their unit */
    JOBLIB_CELLS_TIMEDELTA = 4, /**< ticks */
    JOBLIB_CELLS_PERIOD = 5,    /**< ordinals of the frequency in the dtype */
    JOBLIB_CELLS_TEXT = 6,      /**< a dtype that holds text alone */
    JOBLIB_CELLS_OBJECT = 7,    /**< any values; text, before pandas 3 */
    JOBLIB_CELLS_CATEGORY = 8,  /**< codes: places in the column of categories */
    JOBLIB_CELLS_INTERVAL = 9   /**< two columns: left and right ends */
} joblib_cells;

/** Which column within a column. */
typedef enum joblib_inner {
    JOBLIB_INNER_CATEGORIES = 0, /**< of CATEGORY: what the codes count */
    JOBLIB_INNER_LEFT = 1,       /**< of INTERVAL */
    JOBLIB_INNER_RIGHT = 2       /**< of INTERVAL */
} joblib_inner;

/** Options of a frame. Zero in any field is its default. */
typedef struct joblib_frame_options {
    uint32_t struct_size;
    uint32_t reserved;                 /**< 0 */
    const joblib_allocator *allocator; /**< NULL: the C library's memory */
    uint64_t max_memory;               /**< bytes of the frame; default 1 GiB */
    /** cells that are checked one by one, codes and all that Arrow keeps, and bytes of text
        of Arrow; default 2^32. Bounds the time that a small file can take by naming one
        array many times */
    uint64_t max_cells;
} joblib_frame_options;

/** Options with their struct_size set and every default. */
#define JOBLIB_FRAME_OPTIONS_INIT \
    { \
        (uint32_t)sizeof(joblib_frame_options), 0, NULL, 0, 0 \
    }

/** Sets options to JOBLIB_FRAME_OPTIONS_INIT. Threads: one per object.   Since: 1.0 */
JOBLIB_API void joblib_frame_options_init(joblib_frame_options *options);

/**
 * Reads an object of pandas.
 *
 * A DataFrame gives its columns. A Series gives one column, whose name is that of the
 * series, and no labels. An Index gives its levels as columns, and neither index nor labels.
 * A Categorical or another extension array gives one column.
 *
 * @return JOBLIB_OK, and `*out` is a new frame: joblib_frame_free() it, before the document.
 *         Otherwise `*out` is NULL:
 *         JOBLIB_ERROR_ARGUMENT  `out` is NULL, or `options` has unknown fields
 *         JOBLIB_ERROR_KIND      no object of pandas, or not in a form that it writes
 *         JOBLIB_ERROR_ARRAY     its parts contradict each other
 *         JOBLIB_ERROR_LIMIT, JOBLIB_ERROR_MEMORY
 * Threads: any number of calls at once.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status
joblib_frame_new(const joblib_value *value, const joblib_frame_options *options,
                 joblib_frame **out, joblib_error *error);

/** Frees a frame. NULL is accepted. Threads: one per object.   Since: 1.0 */
JOBLIB_API void joblib_frame_free(joblib_frame *frame);

/** Number of rows. Threads: any.   Since: 1.0 */
JOBLIB_API size_t joblib_frame_rows(const joblib_frame *frame);

/** Number of columns. Threads: any.   Since: 1.0 */
JOBLIB_API size_t joblib_frame_count(const joblib_frame *frame);

/** Column `index`, from the left; NULL outside. Threads: any.   Since: 1.0 */
JOBLIB_API const joblib_column *joblib_frame_column(const joblib_frame *frame,
                                                    size_t index);

/** Number of levels of the index. Threads: any.   Since: 1.0 */
JOBLIB_API size_t joblib_frame_index_count(const joblib_frame *frame);

/** Level `level` of the index: a cell for each row. Threads: any.   Since: 1.0 */
JOBLIB_API const joblib_column *joblib_frame_index(const joblib_frame *frame,
                                                   size_t level);

/** Number of levels of the labels of columns. Threads: any.   Since: 1.0 */
JOBLIB_API size_t joblib_frame_label_count(const joblib_frame *frame);

/** Level `level` of the labels: a cell for each column. Threads: any.   Since: 1.0 */
JOBLIB_API const joblib_column *joblib_frame_label(const joblib_frame *frame,
                                                   size_t level);

/**
 * Finds the first column with a text label in the outermost level. `label` is UTF-8,
 * terminated. Threads: any.   Since: 1.0
 */
JOBLIB_API const joblib_column *joblib_frame_find(const joblib_frame *frame,
                                                  const char *label);

/* A column */

/** What the cells are. Threads: any.   Since: 1.0 */
JOBLIB_API joblib_cells joblib_column_kind(const joblib_column *column);

/** Names a kind: "number"; "unknown" for other numbers. Threads: any.   Since: 1.0 */
JOBLIB_API const char *joblib_cells_name(int kind);

/** Number of cells. Threads: any.   Since: 1.0 */
JOBLIB_API size_t joblib_column_count(const joblib_column *column);

/**
 * Name of a series or of a level, any value; NULL where pandas says None. Columns of a
 * DataFrame have labels instead. Threads: any.   Since: 1.0
 */
JOBLIB_API const joblib_value *joblib_column_name(const joblib_column *column);

/**
 * The dtype as pandas writes it: "int64", "Int64", "object", "category", "str",
 * "datetime64[ns, UTC]", "timestamp[us][pyarrow]", "interval[int64, right]". "unknown" for
 * JOBLIB_CELLS_UNKNOWN, "period" for a frequency that pandas did not write as text.
 *
 * @return text that lives as long as the frame.   Threads: any.   Since: 1.0
 */
JOBLIB_API const char *joblib_column_dtype(const joblib_column *column);

/**
 * The value that was read: an ndarray, or an object of an extension array. Threads: any.
 */
JOBLIB_API const joblib_value *joblib_column_source(const joblib_column *column);

/**
 * The cells as an array of one dimension: a strided view of the document where it has them
 * so. Codes of a CATEGORY; `const joblib_value *` of an OBJECT. What stands in a missing
 * cell is not defined.
 *
 * @return NULL for RANGE, INTERVAL, UNKNOWN, and texts that Arrow keeps.
 * Threads: any.   Since: 1.0
 */
JOBLIB_API const joblib_array *joblib_column_values(const joblib_column *column);

/**
 * A bool for each cell, true where it is missing; NULL where the values tell that
 * themselves. joblib_column_is_missing() knows both. Threads: any.   Since: 1.0
 */
JOBLIB_API const joblib_array *joblib_column_mask(const joblib_column *column);

/**
 * A column within a column, `part` a joblib_inner; NULL for kinds without it.
 *
 * Threads: any.   Since: 1.0
 */
JOBLIB_API const joblib_column *joblib_column_inner(const joblib_column *column,
                                                    int part);

/** Whether the order of a CATEGORY's categories means something. Threads: any. */
JOBLIB_API bool joblib_column_is_ordered(const joblib_column *column);

/** Time zone of a DATETIME: "Europe/Berlin", "UTC"; NULL for none. Threads: any. */
JOBLIB_API const char *joblib_column_zone(const joblib_column *column);

/** Which ends belong to an INTERVAL: "left", "right", "both", "neither". Threads: any. */
JOBLIB_API const char *joblib_column_closed(const joblib_column *column);

/* Cells. In a CATEGORY they are those of the category that the code counts. */

/** Tells whether pandas.isna() holds; true for cells outside. Threads: any.   Since: 1.0 */
JOBLIB_API bool joblib_column_is_missing(const joblib_column *column, size_t row);

/**
 * The text of a cell of TEXT, or of an OBJECT that is a text: UTF-8, `*size_out` bytes (may
 * be NULL), not terminated.
 *
 * @return NULL if it is no text, or missing.   Threads: any.   Since: 1.0
 */
JOBLIB_API const char *joblib_column_text(const joblib_column *column, size_t row,
                                          size_t *size_out);

/** The value of a cell of an array of objects; NULL for others. Threads: any. */
JOBLIB_API const joblib_value *joblib_column_value(const joblib_column *column,
                                                   size_t row);

/**
 * Reads a cell as an integer: bools, integers, ranges, ticks, ordinals, objects that are.
 *
 * @return JOBLIB_OK; JOBLIB_ERROR_KIND if it is no integer, or missing; JOBLIB_ERROR_RANGE
 *         if it does not fit, or `row` is outside.
 * Threads: any.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_column_int64(const joblib_column *column,
                                                            size_t row, int64_t *out,
                                                            joblib_error *error);

/**
 * Like joblib_column_int64(), but a number as double; a missing one is a NaN.
 *
 * Threads: any.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_column_float64(const joblib_column *column,
                                                              size_t row, double *out,
                                                              joblib_error *error);

#ifdef __cplusplus
}
#endif

#endif
