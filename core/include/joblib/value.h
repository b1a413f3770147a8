#ifndef JOBLIB_VALUE_H
#define JOBLIB_VALUE_H

/**
 * Reading the values of a document.
 *
 * A `const joblib_value *` is borrowed from its document and lives as long. Values are
 * immutable: any number of threads may read them. Two references to one Python object are
 * one pointer, so shared and cyclic references can be told by comparing pointers.
 *
 * Functions that look something up return NULL when there is nothing, and accept NULL for
 * the value, so that look-ups can be chained.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "joblib/array.h"
#include "joblib/dtype.h"
#include "joblib/error.h"
#include "joblib/export.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct joblib_value joblib_value;

typedef enum joblib_kind {
    JOBLIB_KIND_NONE = 0, /**< Python's None */
    JOBLIB_KIND_BOOL = 1,
    JOBLIB_KIND_INT = 2, /**< of any size */
    JOBLIB_KIND_FLOAT = 3,
    JOBLIB_KIND_COMPLEX = 4,
    JOBLIB_KIND_STR = 5, /**< text */
    JOBLIB_KIND_BYTES =
        6, /**< bytes, and the str of Python 2 (see joblib_value_is_py2()) */
    JOBLIB_KIND_BYTEARRAY = 7,
    JOBLIB_KIND_LIST = 8,
    JOBLIB_KIND_TUPLE = 9,
    JOBLIB_KIND_DICT = 10,
    JOBLIB_KIND_SET = 11,
    JOBLIB_KIND_FROZENSET = 12,
    JOBLIB_KIND_ARRAY = 13,  /**< numpy.ndarray */
    JOBLIB_KIND_SCALAR = 14, /**< one numpy number, such as numpy.float64 */
    JOBLIB_KIND_DTYPE = 15,  /**< numpy.dtype */
    JOBLIB_KIND_GLOBAL = 16, /**< a class or function, by its name only */
    JOBLIB_KIND_OBJECT =
        17 /**< an instance of a class, never made: name, arguments, state */
} joblib_kind;

/** How an object was made, which its class alone does not tell. */
typedef enum joblib_form {
    JOBLIB_FORM_REDUCE = 0,    /**< class(*arguments), a call of a class or function */
    JOBLIB_FORM_NEWOBJ = 1,    /**< class.__new__(class, *arguments) */
    JOBLIB_FORM_NEWOBJ_EX = 2, /**< class.__new__(class, *arguments, **keywords) */
    JOBLIB_FORM_RECONSTRUCTOR = 3, /**< copyreg._reconstructor(class, object, None) */
    JOBLIB_FORM_INSTANCE =
        4 /**< class(*arguments), or class.__new__(class) without any: an
                                  old-style class of Python 2 */
} joblib_form;

/** The kind of a value; JOBLIB_KIND_NONE for NULL. Threads: any.   Since: 1.0 */
JOBLIB_API joblib_kind joblib_value_kind(const joblib_value *value);

/**
 * Names a kind in Python's words: "dict", "ndarray", "object". Threads: any.   Since: 1.0
 */
JOBLIB_API const char *joblib_kind_name(int kind);

/* Numbers */

/**
 * Reads a bool. numpy's bool_ scalars are read too.
 *
 * @return JOBLIB_OK or JOBLIB_ERROR_KIND.   Threads: any.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_value_as_bool(const joblib_value *value,
                                                             bool *out,
                                                             joblib_error *error);

/**
 * Reads an integer: int, bool, or a numpy scalar of either.
 *
 * @return JOBLIB_OK; JOBLIB_ERROR_KIND; JOBLIB_ERROR_RANGE if it does not fit 64 bits.
 * Threads: any.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_value_as_int64(const joblib_value *value,
                                                              int64_t *out,
                                                              joblib_error *error);

/** Like joblib_value_as_int64(), but unsigned. Threads: any.   Since: 1.0 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_value_as_uint64(const joblib_value *value,
                                                               uint64_t *out,
                                                               joblib_error *error);

/**
 * Reads a number as double: float, int, bool, or a numpy scalar of these. Integers are
 * rounded to nearest.
 *
 * @return JOBLIB_OK; JOBLIB_ERROR_KIND; JOBLIB_ERROR_RANGE for integers beyond double.
 * Threads: any.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_value_as_float64(const joblib_value *value,
                                                                double *out,
                                                                joblib_error *error);

/**
 * Reads both parts of a complex number, or of a numpy scalar of this kind.
 *
 * @return JOBLIB_OK; JOBLIB_ERROR_KIND.   Threads: any.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_value_as_complex(const joblib_value *value,
                                                                double *real_out,
                                                                double *imaginary_out,
                                                                joblib_error *error);

/**
 * Writes an int of any size in decimal, terminated. `capacity` counts bytes; 24 are
 * enough for 64 bits. `*size_out` (may be NULL) becomes the length without the NUL, also
 * when `capacity` is too small: then JOBLIB_ERROR_RANGE.
 *
 * Threads: any.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_value_int_text(const joblib_value *value,
                                                              char *buffer,
                                                              size_t capacity,
                                                              size_t *size_out,
                                                              joblib_error *error);

/* Text and bytes */

/**
 * The text of a str: UTF-8, `*size_out` bytes (may be NULL), terminated by a NUL that is
 * not counted; NULs inside are possible. Lone surrogates stand as three bytes each.
 * A str of Python 2 is text too if all its bytes are ASCII.
 *
 * @return NULL for other kinds.   Threads: any.   Since: 1.0
 */
JOBLIB_API const char *joblib_value_text(const joblib_value *value, size_t *size_out);

/**
 * The bytes of bytes, bytearray or a str of Python 2.
 *
 * @return NULL for other kinds; never NULL for these.   Threads: any.   Since: 1.0
 */
JOBLIB_API const void *joblib_value_bytes(const joblib_value *value, size_t *size_out);

/** Tells whether bytes are the str of a Python 2 pickle. Threads: any.   Since: 1.0 */
JOBLIB_API bool joblib_value_is_py2(const joblib_value *value);

/* Containers */

/**
 * Number of elements of a list, tuple, set or frozenset, of entries of a dict, of
 * elements of an array along its first dimension; 0 for everything else.
 *
 * Threads: any.   Since: 1.0
 */
JOBLIB_API size_t joblib_value_count(const joblib_value *value);

/**
 * Element `index` of a list, tuple, set or frozenset; the value of entry `index` of a
 * dict.
 *
 * @return NULL outside, and for other kinds.   Threads: any.   Since: 1.0
 */
JOBLIB_API const joblib_value *joblib_value_at(const joblib_value *value, size_t index);

/**
 * The key of entry `index` of a dict, in the order of the file. Threads: any.   Since:
 * 1.0
 */
JOBLIB_API const joblib_value *joblib_value_key(const joblib_value *value, size_t index);

/**
 * Finds the value of a text key in a dict. `key` is UTF-8, terminated.
 *
 * @return NULL if there is none.   Threads: any.   Since: 1.0
 */
JOBLIB_API const joblib_value *joblib_value_find(const joblib_value *dict,
                                                 const char *key);

/**
 * Finds the value of an integer key in a dict, also where the key is an equal float or
 * bool.
 *
 * @return NULL if there is none.   Threads: any.   Since: 1.0
 */
JOBLIB_API const joblib_value *joblib_value_find_int(const joblib_value *dict,
                                                     int64_t key);

/* Classes and objects */

/** Module of a global, or of an object's class; NULL for other kinds. Threads: any. */
JOBLIB_API const char *joblib_value_module(const joblib_value *value);

/** Name of a global, or of an object's class, without its module. Threads: any. */
JOBLIB_API const char *joblib_value_name(const joblib_value *value);

/**
 * What made an object: its class or the function called; a global as a rule. Threads:
 * any.
 */
JOBLIB_API const joblib_value *joblib_value_class(const joblib_value *object);

/**
 * How an object was made; JOBLIB_FORM_REDUCE for other kinds. Threads: any.   Since: 1.0
 */
JOBLIB_API joblib_form joblib_value_form(const joblib_value *object);

/** Arguments of an object, a tuple; NULL for other kinds. Threads: any.   Since: 1.0 */
JOBLIB_API const joblib_value *joblib_value_arguments(const joblib_value *object);

/** Keyword arguments of an object, a dict; NULL if there are none. Threads: any. */
JOBLIB_API const joblib_value *joblib_value_keywords(const joblib_value *object);

/** State of an object, as `__setstate__` gets it; NULL if it has none. Threads: any. */
JOBLIB_API const joblib_value *joblib_value_state(const joblib_value *object);

/**
 * Elements appended to an object that is a list in Python; a list, or NULL. Threads: any.
 */
JOBLIB_API const joblib_value *joblib_value_items(const joblib_value *object);

/** Entries set on an object that is a dict in Python; a dict, or NULL. Threads: any. */
JOBLIB_API const joblib_value *joblib_value_entries(const joblib_value *object);

/**
 * Finds an attribute in an object's state, be that a dict or a pair of dict and slots.
 *
 * @return NULL if there is none.   Threads: any.   Since: 1.0
 */
JOBLIB_API const joblib_value *joblib_value_attribute(const joblib_value *object,
                                                      const char *name);

/* Arrays */

/**
 * Views an array, or a numpy scalar as an array without dimensions.
 *
 * `out` needs no initialisation; all of it is written. The view lives as long as the
 * document.
 *
 * @return JOBLIB_OK or JOBLIB_ERROR_KIND.   Threads: any.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_value_array(const joblib_value *value,
                                                           joblib_array *out,
                                                           joblib_error *error);

/**
 * The dtype of a dtype, scalar or array; NULL for other kinds. Threads: any.   Since: 1.0
 */
JOBLIB_API const joblib_dtype *joblib_value_dtype(const joblib_value *value);

/** The class of an array where it is not ndarray, a global (numpy.matrix); else NULL. */
JOBLIB_API const joblib_value *joblib_value_subclass(const joblib_value *array);

#ifdef __cplusplus
}
#endif

#endif
