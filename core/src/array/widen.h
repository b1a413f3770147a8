/**
 * Numbers of any type, byte order and alignment, made into contiguous double or float.
 */
#ifndef JOBLIB_ARRAY_WIDEN_H
#define JOBLIB_ARRAY_WIDEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "joblib/dtype.h"

/** A row of numbers in memory. */
typedef struct joblib_array__line {
    const void *first;
    int64_t stride; /* bytes from one to the next */
    size_t count;
    uint8_t number; /* a joblib_number, not NONE */
    bool swapped;   /* of foreign byte order */
} joblib_array__line;

/** Converts to double; integers beyond 2^53 are rounded to nearest. */
void joblib_array__widen(const joblib_array__line *line, double *out);

/** Converts to float, each number rounded once. */
void joblib_array__narrow(const joblib_array__line *line, float *out);

/** Plain conversions of contiguous numbers. */
void joblib_array__widen_floats(const float *values, size_t count, double *out);
void joblib_array__narrow_doubles(const double *values, size_t count, float *out);

/** Converts doubles back to contiguous native numbers of any type, rounded or cut as C does. */
void joblib_array__store(const double *values, size_t count, uint8_t number, void *out);

/** Rounds to the nearest half-precision number, ties to even. */
double joblib_array__round_to_half(double value);

#endif
