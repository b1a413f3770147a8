/**
 * Objects of pandas, in any of the forms in which its releases pickle them.
 *
 *   class.__new__(class), state a dict                        most classes
 *   _new_Index(class, fields)                                 an index
 *   __pyx_unpickle_Enum(class, checksum, None), state         classes of Cython
 *       (dtype, array), (dtype, array, fields) or (fields,)
 */
#ifndef JOBLIB_VIEW_FRAME_PANDAS_H
#define JOBLIB_VIEW_FRAME_PANDAS_H

#include "base/arena.h"
#include "base/error.h"
#include "view/frame/column.h"
#include "view/view.h"

struct joblib_view__pandas {
    const char *name; /**< of the class; its module moved from release to release */
    const joblib_value *fields; /**< a dict, or NULL */
    const joblib_value *array;  /**< that stands beside the fields, or NULL */
    const joblib_value *dtype;  /**< that stands beside the fields, or NULL */
};

/** Whether `value` is an object whose class or function is of pandas; fills `out`. */
bool joblib_view__open_pandas(const joblib_value *value, struct joblib_view__pandas *out);

/** A field; NULL for None and where there is none. */
const joblib_value *joblib_view__pandas_field(const struct joblib_view__pandas *object,
                                              const char *name);

/** The array that an extension array or an index keeps its cells in, or NULL. */
const joblib_value *joblib_view__pandas_array(const struct joblib_view__pandas *object);

/** The dtype of an extension array, or NULL. */
const joblib_value *joblib_view__pandas_dtype(const struct joblib_view__pandas *object);

/** Number of integers from `start` by `step` before `stop`; 0 for a step of 0. */
uint64_t joblib_view__range_count(int64_t start, int64_t stop, int64_t step);

/** The name of a time zone as pandas prints it. NULL when memory is exhausted. */
const char *joblib_view__zone_text(joblib_base__arena *arena, const joblib_value *zone);

/** The dtype of a column in pandas' words. NULL when memory is exhausted. */
const char *joblib_view__dtype_text(joblib_base__arena *arena,
                                    const joblib_column *column);

/** "period[M]" from a dtype or a frequency; "period" where it has no letter. */
const char *joblib_view__period_text(joblib_base__arena *arena,
                                     const joblib_value *given);

/** "str" or "string" from a StringDtype. */
const char *joblib_view__string_text(const joblib_value *dtype);

/** Formats text in the arena. NULL when memory is exhausted. */
const char *joblib_view__format(joblib_base__arena *arena, const char *format, ...)
    JOBLIB_PRINTF(2, 3);

#endif
