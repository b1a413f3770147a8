#ifndef JOBLIB_ARRAY_H
#define JOBLIB_ARRAY_H

/**
 * A view of an n-dimensional array: memory, element type, shape and strides.
 *
 * The struct is the caller's; what it points to belongs to a document, a result or, for
 * the input of a prediction, the caller. Elements stand as the file has them, so data may
 * be unaligned or of foreign byte order: the flags say so and the reading functions cope.
 *
 * Elements of kind 'O' are pointers: `data` is an array of `const joblib_value *`.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "joblib/dtype.h"
#include "joblib/error.h"
#include "joblib/export.h"

#ifdef __cplusplus
extern "C" {
#endif

struct joblib_value;

/** Most dimensions that an array can have. */
#define JOBLIB_MAX_NDIM 64

typedef enum joblib_array_flag {
    JOBLIB_ARRAY_C_ORDER = 1, /**< contiguous, last index fastest */
    JOBLIB_ARRAY_F_ORDER = 2, /**< contiguous, first index fastest */
    JOBLIB_ARRAY_ALIGNED = 4, /**< a pointer of the elements' C type may read them */
    JOBLIB_ARRAY_NATIVE = 8,  /**< the byte order is this machine's */
    /** the caller may write to the elements: JOBLIB_MAPPING_COPY_ON_WRITE. Since: 1.0 */
    JOBLIB_ARRAY_WRITABLE = 16
} joblib_array_flag;

/** This struct never grows: functions that give one write all of it. */
typedef struct joblib_array {
    uint32_t struct_size;
    uint32_t flags;   /**< JOBLIB_ARRAY_…, or-ed */
    const void *data; /**< first element; never NULL unless `count` is 0 */
    const joblib_dtype *dtype;
    const int64_t *shape;   /**< `ndim` numbers of elements */
    const int64_t *strides; /**< `ndim` numbers of bytes */
    size_t ndim;
    size_t count; /**< elements in all */
} joblib_array;

/** An empty view with its struct_size set. */
#define JOBLIB_ARRAY_INIT \
    { \
        (uint32_t)sizeof(joblib_array), 0, NULL, NULL, NULL, NULL, 0, 0 \
    }

/**
 * Copies all elements to `out`, in C order, converted to double.
 *
 * Takes bool, integer and float elements; integers beyond 2^53 are rounded to nearest, and
 * so are long doubles of x86 ("<f12", "<f16"). Other machines have other long doubles under
 * the same text: where the bits are none of x86's, that is JOBLIB_ERROR_KIND, as for ">f16".
 * `capacity` counts elements and must be at least `array->count`.
 *
 * @return JOBLIB_OK, or nothing is written to `out`:
 *         JOBLIB_ERROR_KIND   the elements are not numbers
 *         JOBLIB_ERROR_RANGE  `capacity` is too small
 * Threads: any.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_array_read_float64(
    const joblib_array *array, double *out, size_t capacity, joblib_error *error);

/**
 * Like joblib_array_read_float64(), but to int64, exactly: JOBLIB_ERROR_RANGE also where
 * an element does not fit, JOBLIB_ERROR_KIND where elements are not bool or integers.
 * What was written to `out` before such an element was met is not defined.
 *
 * Threads: any.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_array_read_int64(const joblib_array *array,
                                                                int64_t *out,
                                                                size_t capacity,
                                                                joblib_error *error);

/**
 * Copies the bytes of all elements to `out`, in C order, in native byte order.
 *
 * `size` counts bytes and must be at least count times itemsize. Not for kind 'O'.
 *
 * @return JOBLIB_OK; JOBLIB_ERROR_KIND for objects; JOBLIB_ERROR_RANGE if `size` is too
 *         small.
 * Threads: any.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_array_read_bytes(const joblib_array *array,
                                                                void *out, size_t size,
                                                                joblib_error *error);

/**
 * Finds element `index`, counted in C order.
 *
 * @return its first byte, as stored; NULL if `index` is not below `array->count`.
 * Threads: any.   Since: 1.0
 */
JOBLIB_API const void *joblib_array_item(const joblib_array *array, size_t index);

/**
 * Finds element `index`, counted in C order, of an array of objects.
 *
 * @return a value borrowed from the array's document; NULL for other kinds and outside.
 * Threads: any.   Since: 1.0
 */
JOBLIB_API const struct joblib_value *joblib_array_object(const joblib_array *array,
                                                          size_t index);

/**
 * Writes the text of element `index`, counted in C order, of an array of kind 'U' as
 * UTF-8, or of kind 'S' as its bytes; trailing NULs are not part of it, as in numpy. Lone
 * surrogates are written as three bytes each.
 *
 * `buffer` may be NULL if `capacity` is 0: `*size_out` then tells what is needed, no NUL
 * counted. Nothing is terminated.
 *
 * @return JOBLIB_OK; JOBLIB_ERROR_KIND for other kinds; JOBLIB_ERROR_RANGE if `index` is
 *         outside, or `capacity` is too small while `buffer` is not NULL.
 * Threads: any.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_array_text(const joblib_array *array,
                                                          size_t index, char *buffer,
                                                          size_t capacity,
                                                          size_t *size_out,
                                                          joblib_error *error);

#ifdef __cplusplus
}
#endif

#endif
