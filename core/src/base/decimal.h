/**
 * Numbers from decimal text, as the text opcodes of pickle have them. Locale plays no part.
 */
#ifndef JOBLIB_BASE_DECIMAL_H
#define JOBLIB_BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Most digits of an integer: Python reads no more. */
#define JOBLIB_DECIMAL_DIGITS 4300

/** Bytes that joblib_base__decimal_to_integer() writes at most. */
#define JOBLIB_DECIMAL_BYTES 1792

/** Whether the text is `0`, or digits that do not begin with 0, perhaps after `-`. */
bool joblib_base__is_decimal(const char *text, size_t size);

/**
 * Reads a decimal of at most JOBLIB_DECIMAL_DIGITS digits: two's complement, little endian.
 * Returns the number of bytes.
 */
size_t joblib_base__decimal_to_integer(const char *text, size_t size,
                                       uint8_t out[JOBLIB_DECIMAL_BYTES]);

/**
 * Reads the text of a float, rounded to the nearest double, ties to even: digits with at most
 * one point, perhaps a sign before and an exponent behind; or `inf`, `infinity`, `nan` in any
 * case, perhaps with a sign. False for other text and beyond the largest double.
 */
bool joblib_base__decimal_to_double(const char *text, size_t size, double *out);

/** The same, rounded to the nearest float at once. False beyond the largest double. */
bool joblib_base__decimal_to_single(const char *text, size_t size, double *out);

#endif
