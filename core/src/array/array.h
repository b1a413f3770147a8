/**
 * Element types and views, made from what a pickle says of them.
 */
#ifndef JOBLIB_ARRAY_ARRAY_H
#define JOBLIB_ARRAY_ARRAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "joblib/array.h"
#include "joblib/dtype.h"

/** Most fields of a record, and most records or sub-arrays within one another. */
#define JOBLIB_MAX_FIELDS 4096
#define JOBLIB_MAX_DTYPE_DEPTH 16

struct joblib_dtype_field {
    const char *name; /* UTF-8, terminated */
    size_t name_size; /* bytes, without the NUL */
    const joblib_dtype *dtype;
    size_t offset; /* bytes */
};

struct joblib_dtype {
    char kind;        /* numpy's letter: b i u f c U S V M m O */
    char byteorder;   /* '<', '>' or '|' */
    uint8_t number;   /* joblib_number; FLOAT64 for ">f8" too */
    uint8_t depth;    /* nesting of fields and bases: 0 for plain types */
    bool has_object;  /* it or something in it is of kind 'O' */
    bool foreign;     /* it or something in it is not in this machine's byte order */
    size_t itemsize;  /* bytes */
    size_t alignment; /* of a C object of this type: 1, 2, 4, 8 or 16 */
    const char *text; /* numpy's form, "<f8" */
    const struct joblib_dtype_field *fields;
    size_t field_count;
    const joblib_dtype *base; /* of a sub-array */
    size_t ndim;              /* of a sub-array */
    const int64_t *shape;     /* of a sub-array */
};

/**
 * Makes a simple dtype from the text that numpy.dtype() is called with ("f8", "<U5", "O8",
 * "V16", "M8", "S3", "b1") and the byte order of its state: '<', '>', '|', or '=' where
 * there is no state, and then the text decides, or else little endian. `unit` is the text
 * in brackets of dates, such as "ns" or "25s", or NULL. Native numbers give the constants.
 * JOBLIB_ERROR_ARRAY for what numpy would not take.
 */
joblib_status joblib_array__dtype_simple(joblib_base__arena *arena, const char *text,
                                         size_t text_size, char byteorder,
                                         const char *unit, const joblib_dtype **out,
                                         joblib_error *error);

/**
 * Makes a record of `itemsize` bytes. Fields and names are copied; the fields must lie
 * inside, not overlap, and have different names: JOBLIB_ERROR_ARRAY otherwise.
 * JOBLIB_ERROR_LIMIT for more than JOBLIB_MAX_FIELDS of them or too deep a nesting.
 * `aligned` is numpy's flag.
 */
joblib_status joblib_array__dtype_record(joblib_base__arena *arena,
                                         const struct joblib_dtype_field *fields,
                                         size_t field_count, size_t itemsize,
                                         bool aligned, const joblib_dtype **out,
                                         joblib_error *error);

/** Makes a sub-array type: `base` repeated over `shape`; `base` itself for no dimension. */
joblib_status joblib_array__dtype_subarray(joblib_base__arena *arena,
                                           const joblib_dtype *base, const int64_t *shape,
                                           size_t ndim, const joblib_dtype **out,
                                           joblib_error *error);

/**
 * Checks a shape and computes count and bytes. JOBLIB_ERROR_ARRAY for more than 64
 * dimensions, for negative ones, and where the product of all that are not zero does not
 * fit, as numpy demands.
 */
joblib_status joblib_array__measure(const int64_t *shape, size_t ndim, size_t itemsize,
                                    size_t *count_out, size_t *size_out,
                                    joblib_error *error);

/**
 * Fills a view of contiguous memory that was measured. `shape` must live as long as the
 * view; `strides` has room for `ndim` numbers and is written. `fortran`: first index
 * fastest. Sets count and all flags.
 */
void joblib_array__view(joblib_array *out, const void *data, const joblib_dtype *dtype,
                        const int64_t *shape, int64_t *strides, size_t ndim,
                        bool fortran);

/** Reads one bool, integer or float at `item`, of any alignment and byte order. */
double joblib_array__number_float64(const void *item, const joblib_dtype *dtype);

/** Reads one bool or integer at `item` as int64; false if it does not fit. */
bool joblib_array__number_int64(const void *item, const joblib_dtype *dtype,
                                int64_t *out);

#endif
