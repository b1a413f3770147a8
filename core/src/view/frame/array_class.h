/**
 * Classes of pandas that hold cells: what each one tells of the array within it.
 */
#ifndef JOBLIB_VIEW_FRAME_ARRAY_CLASS_H
#define JOBLIB_VIEW_FRAME_ARRAY_CLASS_H

#include "view/frame/pandas.h"

struct joblib_view__array_class {
    const char *name;
    uint8_t expected; /**< a joblib_cells: what the cells are; 0 where the array tells */
    bool is_complete; /**< `read` reads the cells; else the array within is read next */
    /** Notes what the object tells of the column; may be NULL. */
    joblib_status (*read)(struct joblib_view__reader *reader, joblib_column *column,
                          const struct joblib_view__pandas *object, joblib_error *error);
};

/** The row of a class; NULL for unknown ones. */
const struct joblib_view__array_class *joblib_view__find_array_class(const char *name);

/** Views row `row` of a block, which has `row_count` of them, as one dimension. */
joblib_status joblib_view__set_line(struct joblib_view__line *out,
                                    const joblib_array *array, size_t row,
                                    size_t row_count, joblib_error *error);

/**
 * FrozenNDArray, a subclass of ndarray: codes of levels before pandas 1.0. A document keeps
 * it as numpy's call and its state: (version, shape, dtype, order, bytes).
 */
bool joblib_view__is_frozen_array(const joblib_value *value);
joblib_status joblib_view__open_frozen_array(const joblib_value *value,
                                             struct joblib_view__line *out,
                                             joblib_error *error);

/** Arrays that Arrow keeps. */
joblib_status joblib_view__read_arrow(struct joblib_view__reader *reader,
                                      joblib_column *column,
                                      const struct joblib_view__pandas *object,
                                      joblib_error *error);

#endif
