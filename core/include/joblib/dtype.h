#ifndef JOBLIB_DTYPE_H
#define JOBLIB_DTYPE_H

/**
 * Element types of arrays, as numpy has them.
 *
 * A dtype belongs to its document, or is one of the constants of joblib_dtype_number().
 * All functions are pure. NULL for the dtype gives 0, NULL or "".
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "joblib/export.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct joblib_dtype joblib_dtype;

/** Numbers that C has a type for, in native byte order. */
typedef enum joblib_number {
    JOBLIB_NUMBER_NONE = 0, /**< something else: text, bytes, dates, objects, records */
    JOBLIB_NUMBER_BOOL = 1, /**< one byte, 0 or 1 */
    JOBLIB_NUMBER_INT8 = 2,
    JOBLIB_NUMBER_INT16 = 3,
    JOBLIB_NUMBER_INT32 = 4,
    JOBLIB_NUMBER_INT64 = 5,
    JOBLIB_NUMBER_UINT8 = 6,
    JOBLIB_NUMBER_UINT16 = 7,
    JOBLIB_NUMBER_UINT32 = 8,
    JOBLIB_NUMBER_UINT64 = 9,
    JOBLIB_NUMBER_FLOAT16 = 10, /**< IEEE half; C has no type for it, 2 bytes */
    JOBLIB_NUMBER_FLOAT32 = 11,
    JOBLIB_NUMBER_FLOAT64 = 12
} joblib_number;

/**
 * Gives the dtype of a plain number in native byte order.
 *
 * @return a constant, never freed; NULL for JOBLIB_NUMBER_NONE and unknown numbers.
 * Threads: any.   Since: 1.0
 */
JOBLIB_API const joblib_dtype *joblib_dtype_number(int number);

/**
 * Tells which plain number the elements are once byte order is set right: both "<f8" and
 * ">f8" are JOBLIB_NUMBER_FLOAT64. Threads: any.   Since: 1.0
 */
JOBLIB_API joblib_number joblib_dtype_as_number(const joblib_dtype *dtype);

/**
 * numpy's kind letter: 'b' bool, 'i' and 'u' integers, 'f' float, 'c' complex, 'U' text
 * of four-byte code points, 'S' bytes, 'V' raw bytes and records, 'M' and 'm' dates and
 * durations, 'O' objects. Threads: any.   Since: 1.0
 */
JOBLIB_API char joblib_dtype_kind(const joblib_dtype *dtype);

/** Bytes of one element. For 'O' the size of a pointer. Threads: any.   Since: 1.0 */
JOBLIB_API size_t joblib_dtype_itemsize(const joblib_dtype *dtype);

/** Byte order: '<', '>' or '|' (does not matter). Threads: any.   Since: 1.0 */
JOBLIB_API char joblib_dtype_byteorder(const joblib_dtype *dtype);

/**
 * The dtype as numpy writes it: "<f8", "|b1", "<U5", "<M8[ns]", "|O". Records give
 * "|V64".
 *
 * @return text that lives as long as the dtype.   Threads: any.   Since: 1.0
 */
JOBLIB_API const char *joblib_dtype_text(const joblib_dtype *dtype);

/** Number of fields of a record; 0 for everything else. Threads: any.   Since: 1.0 */
JOBLIB_API size_t joblib_dtype_field_count(const joblib_dtype *dtype);

/**
 * Describes field `index` of a record: its name (UTF-8, terminated), dtype, and offset in
 * bytes from the start of the record. Each `out` may be NULL.
 *
 * @return false if there is no such field.   Threads: any.   Since: 1.0
 */
JOBLIB_API bool joblib_dtype_field(const joblib_dtype *dtype, size_t index,
                                   const char **name_out, const joblib_dtype **dtype_out,
                                   size_t *offset_out);

/**
 * The name of field `index` with its size, for in numpy a name may hold a NUL, where the name
 * of joblib_dtype_field() ends: UTF-8, terminated too.
 *
 * @param size_out  set to the bytes of the name; may be NULL
 * @return text that lives as long as the dtype; NULL if there is no such field.
 * Threads: any.   Since: 1.0
 */
JOBLIB_API const char *joblib_dtype_field_name(const joblib_dtype *dtype, size_t index,
                                               size_t *size_out);

/**
 * Element type of a sub-array such as `("<f8", (2, 3))`; NULL otherwise. Threads: any.
 */
JOBLIB_API const joblib_dtype *joblib_dtype_base(const joblib_dtype *dtype);

/** Number of dimensions of a sub-array dtype; 0 otherwise. Threads: any.   Since: 1.0 */
JOBLIB_API size_t joblib_dtype_ndim(const joblib_dtype *dtype);

/**
 * Shape of a sub-array dtype, joblib_dtype_ndim() numbers; NULL otherwise. Threads: any.
 */
JOBLIB_API const int64_t *joblib_dtype_shape(const joblib_dtype *dtype);

#ifdef __cplusplus
}
#endif

#endif
