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
 * function alone is JOBLIB_VIEW_FUNCTION. NULL has none. Threads: any.   Since: 1.0
 */
JOBLIB_API joblib_view joblib_view_kind(const joblib_value *value);

/** Names a view: "mapping", "none"; "unknown" for other numbers. Threads: any. */
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

/* Numbers and moments */

/**
 * Reads the two numbers of a Fraction; the second is above 0.
 *
 * @return also JOBLIB_ERROR_RANGE where one of them does not fit: joblib_view_text() then
 *         gives both.   Threads: any.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_view_fraction(const joblib_value *value,
                                                             int64_t *numerator_out,
                                                             int64_t *denominator_out,
                                                             joblib_error *error);

/** A date, a time of day, or both. */
typedef struct joblib_datetime {
    uint32_t struct_size;
    int32_t year;  /**< 1 to 9999; 0 for a time */
    int32_t month; /**< 1 to 12; 0 for a time */
    int32_t day;   /**< 1 to 31, as the month has; 0 for a time */
    int32_t hour;  /**< 0 to 23; this and what follows is 0 for a date */
    int32_t minute;
    int32_t second;
    int32_t microsecond;
    int32_t fold; /**< 1 for the second of two times that a clock set back shows */
    int32_t reserved;
    const joblib_value *zone; /**< tzinfo; NULL if there is none */
} joblib_datetime;

#define JOBLIB_DATETIME_INIT \
    { \
        (uint32_t)sizeof(joblib_datetime), 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL \
    }

/** Views a date, time or datetime: joblib_view_kind() tells which. Threads: any. */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_view_datetime(const joblib_value *value,
                                                             joblib_datetime *out,
                                                             joblib_error *error);

/** A timedelta: the sum of the three. */
typedef struct joblib_duration {
    uint32_t struct_size;
    int32_t days;         /**< -999999999 to 999999999 */
    int32_t seconds;      /**< 0 to 86399 */
    int32_t microseconds; /**< 0 to 999999 */
} joblib_duration;

#define JOBLIB_DURATION_INIT \
    { \
        (uint32_t)sizeof(joblib_duration), 0, 0, 0 \
    }

/** Views a timedelta. Threads: any.   Since: 1.0 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_view_duration(const joblib_value *value,
                                                             joblib_duration *out,
                                                             joblib_error *error);

/** A datetime.timezone: a fixed distance from UTC. */
typedef struct joblib_timezone {
    uint32_t struct_size;
    uint32_t reserved;
    int64_t offset;           /**< microseconds ahead of UTC; less than a day */
    const joblib_value *name; /**< text; NULL if it was not given one */
} joblib_timezone;

#define JOBLIB_TIMEZONE_INIT \
    { \
        (uint32_t)sizeof(joblib_timezone), 0, 0, NULL \
    }

/** Views a datetime.timezone, not those of other modules. Threads: any.   Since: 1.0 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_view_timezone(const joblib_value *value,
                                                             joblib_timezone *out,
                                                             joblib_error *error);

/* Text */

/**
 * Writes what Python's str() gives of a fraction, decimal, path, uuid, duration or
 * timezone; isoformat() of a date, time or datetime; `module.name` of a function or ufunc.
 * The offset of a zone that is no datetime.timezone is left out.
 *
 * UTF-8, terminated. `capacity` counts bytes. `*size_out` (may be NULL) becomes the length
 * without the NUL, also when `capacity` is too small.
 *
 * @return also JOBLIB_ERROR_RANGE if `capacity` is too small: nothing is written but a
 *         NUL.   Threads: any.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_view_text(const joblib_value *value,
                                                         char *buffer, size_t capacity,
                                                         size_t *size_out,
                                                         joblib_error *error);

/* Slices, ranges, functions */

/** A slice or range. */
typedef struct joblib_slice {
    uint32_t struct_size;
    uint32_t reserved;
    const joblib_value *start; /**< of a range all three are ints, and `step` not 0 */
    const joblib_value *stop;
    const joblib_value *step;
} joblib_slice;

#define JOBLIB_SLICE_INIT \
    { \
        (uint32_t)sizeof(joblib_slice), 0, NULL, NULL, NULL \
    }

/** Views a slice, or a range or xrange. Threads: any.   Since: 1.0 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_view_slice(const joblib_value *value,
                                                          joblib_slice *out,
                                                          joblib_error *error);

/** A class, function, method or ufunc, by its name. */
typedef struct joblib_function {
    uint32_t struct_size;
    uint32_t reserved;
    const char *module;        /**< NULL where there is an owner */
    const char *name;          /**< may have dots: a class inside another */
    const joblib_value *owner; /**< whose attribute `name` is: a class, by its name again,
                                    or the object of a bound method; NULL if it is none */
} joblib_function;

#define JOBLIB_FUNCTION_INIT \
    { \
        (uint32_t)sizeof(joblib_function), 0, NULL, NULL, NULL \
    }

/** Views a function or ufunc; also a global. Threads: any.   Since: 1.0 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_view_function(const joblib_value *value,
                                                             joblib_function *out,
                                                             joblib_error *error);

/** A functools.partial. */
typedef struct joblib_partial {
    uint32_t struct_size;
    uint32_t reserved;
    const joblib_value *function;
    const joblib_value *arguments; /**< a tuple */
    const joblib_value *keywords;  /**< a dict; NULL if there are none */
} joblib_partial;

#define JOBLIB_PARTIAL_INIT \
    { \
        (uint32_t)sizeof(joblib_partial), 0, NULL, NULL, NULL \
    }

/** Views a functools.partial. Threads: any.   Since: 1.0 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_view_partial(const joblib_value *value,
                                                            joblib_partial *out,
                                                            joblib_error *error);

/** A source of random numbers of numpy, at rest: its state, which nothing draws from. */
typedef struct joblib_random {
    uint32_t struct_size;
    int32_t position;          /**< in `key`; 0 without one */
    const char *bit_generator; /**< "MT19937", "PCG64", … */
    const joblib_value *state; /**< numpy's own: a dict, or a tuple before numpy 1.17 */
    const joblib_array *key;   /**< 624 uint32 of MT19937; NULL for the others */
} joblib_random;

#define JOBLIB_RANDOM_INIT \
    { \
        (uint32_t)sizeof(joblib_random), 0, NULL, NULL, NULL \
    }

/** Views a RandomState, Generator or bit generator. Threads: any.   Since: 1.0 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_view_random(const joblib_value *value,
                                                           joblib_random *out,
                                                           joblib_error *error);

#ifdef __cplusplus
}
#endif

#endif
