#ifndef JOBLIB_VIEW_H
#define JOBLIB_VIEW_H

/**
 * Views: what objects of well-known classes hold, whatever form a release pickled them in.
 *
 * A document keeps objects as the file has them: class, arguments, state. A view reads one
 * as what it is in Python: an ordered dict as entries, a sparse matrix as arrays, a date as
 * numbers. joblib_view_kind() tells by the exact name of the class which view there is; the
 * function of that view then checks the object in full. Nothing is allocated or executed:
 * what a view points to belongs to the document and lives as long.
 *
 * Structs are the caller's, with `struct_size` set by their JOBLIB_…_INIT. After a failure
 * their other fields are as before.
 *
 * All functions that return a status give, unless they say more:
 *     JOBLIB_OK
 *     JOBLIB_ERROR_KIND      the value has another view, or none, or not the shape that its
 *                            class writes: the message tells what was found
 *     JOBLIB_ERROR_ARGUMENT  a place for the result is NULL
 */

#include <stddef.h>
#include <stdint.h>

#include "joblib/array.h"
#include "joblib/error.h"
#include "joblib/export.h"
#include "joblib/value.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum joblib_view {
    JOBLIB_VIEW_NONE = 0,
    JOBLIB_VIEW_MAPPING = 1,  /**< OrderedDict, defaultdict, Counter, Bunch */
    JOBLIB_VIEW_SEQUENCE = 2, /**< deque */
    JOBLIB_VIEW_FRACTION = 3,
    JOBLIB_VIEW_DECIMAL = 4,
    JOBLIB_VIEW_DATE = 5,
    JOBLIB_VIEW_TIME = 6,
    JOBLIB_VIEW_DATETIME = 7,
    JOBLIB_VIEW_DURATION = 8, /**< timedelta */
    JOBLIB_VIEW_TIMEZONE = 9, /**< datetime.timezone */
    JOBLIB_VIEW_PATH = 10,    /**< of pathlib */
    JOBLIB_VIEW_UUID = 11,
    JOBLIB_VIEW_SLICE = 12,
    JOBLIB_VIEW_RANGE = 13,
    JOBLIB_VIEW_FUNCTION = 14, /**< a class, function or method, by its name */
    JOBLIB_VIEW_UFUNC = 15,    /**< a function of numpy over arrays, by its name */
    JOBLIB_VIEW_PARTIAL = 16,
    JOBLIB_VIEW_RANDOM = 17, /**< RandomState, Generator, bit generators */
    JOBLIB_VIEW_SPARSE = 18, /**< sparse matrices and arrays of scipy */
    JOBLIB_VIEW_FRAME = 19,  /**< pandas.DataFrame */
    JOBLIB_VIEW_SERIES = 20,
    JOBLIB_VIEW_INDEX = 21,
    JOBLIB_VIEW_CATEGORICAL = 22
} joblib_view;

/**
 * Tells which view a value has, a joblib_view, by the exact name of its class. A class or
 * function alone is JOBLIB_VIEW_FUNCTION. NULL has none.
 *
 * Threads: any.   Since: 1.0
 */
JOBLIB_API joblib_view joblib_view_kind(const joblib_value *value);

/**
 * Names a view: "mapping", "datetime"; "none", and "unknown" for other numbers.
 *
 * @return a constant string.   Threads: any.   Since: 1.0
 */
JOBLIB_API const char *joblib_view_name(int view);

/* Containers */

/** A dict with an order, a default or another name. */
typedef struct joblib_entries {
    uint32_t struct_size;
    uint32_t reserved;
    size_t count;
    const joblib_value *source;  /**< for joblib_entries_key() and joblib_entries_at() */
    const joblib_value *factory; /**< of a defaultdict; NULL if it has none */
} joblib_entries;

#define JOBLIB_ENTRIES_INIT \
    { \
        (uint32_t)sizeof(joblib_entries), 0, 0, NULL, NULL \
    }

/**
 * Views OrderedDict, defaultdict, Counter, UserDict, and Bunch of scikit-learn. Python 2
 * pickles an OrderedDict as a list of pairs: its keys were distinct when it was written,
 * but are not compared here.
 *
 * Threads: any.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_view_mapping(const joblib_value *value,
                                                            joblib_entries *out,
                                                            joblib_error *error);

/** The key of entry `index`, in Python's order; NULL outside. Threads: any. */
JOBLIB_API const joblib_value *joblib_entries_key(const joblib_entries *entries,
                                                  size_t index);

/** The value of entry `index`; NULL outside. Threads: any.   Since: 1.0 */
JOBLIB_API const joblib_value *joblib_entries_at(const joblib_entries *entries,
                                                 size_t index);

/** A deque. */
typedef struct joblib_sequence {
    uint32_t struct_size;
    uint32_t reserved;
    size_t count;
    const joblib_value *items;   /**< a list or tuple; NULL if `count` is 0 */
    const joblib_value *maximum; /**< an int: most items; NULL without a limit */
} joblib_sequence;

#define JOBLIB_SEQUENCE_INIT \
    { \
        (uint32_t)sizeof(joblib_sequence), 0, 0, NULL, NULL \
    }

/** Views a deque. Threads: any.   Since: 1.0 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_view_sequence(const joblib_value *value,
                                                             joblib_sequence *out,
                                                             joblib_error *error);

#ifdef __cplusplus
}
#endif

#endif
