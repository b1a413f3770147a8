/**
 * The long double of x86: 80 bits in 12 or 16 bytes, little endian.
 *
 *     byte   0                                8             10         12 or 16
 *            | 64 digits, the first one first | exponent 15 | nothing that counts |
 *                                               and sign 1
 */
#ifndef JOBLIB_ARRAY_EXTENDED_H
#define JOBLIB_ARRAY_EXTENDED_H

#include "array/array.h"

/**
 * Whether elements are taken for long doubles of x86: "<f12" and "<f16". Machines whose long
 * double is another write the second text too, so what it holds is checked number by number.
 */
bool joblib_array__is_extended(const joblib_dtype *dtype);

/**
 * Rounds a number at `item` to the nearest double, ties to even. False for bits that no
 * processor of x86 makes: the highest digit says whether the exponent is the least one.
 */
bool joblib_array__extended_to_double(const void *item, double *out);

#endif
