/**
 * What a dict key is as a number. Python finds numbers equal across their types: 1, True, 1.0,
 * 1+0j and numpy's scalars of them are one key, and so are 1e30 and the integer of that value.
 */
#ifndef JOBLIB_VALUE_KEY_NUMBER_H
#define JOBLIB_VALUE_KEY_NUMBER_H

#include "value/node.h"

/** Bytes that hold every integer that is a double or a uint64, and its sign. */
#define JOBLIB_VALUE_WIDE_BYTES 136

struct joblib_value__key_number {
    bool is_number;   /**< else nothing below means anything */
    bool is_integer;  /**< the real part is `integer` */
    bool is_wide;     /**< it is an integer beyond int64: `mantissa` times 2^`shift` */
    bool is_negative; /**< the sign of `mantissa` */
    int shift;        /**< 0 or more */
    int64_t integer;
    uint64_t mantissa;
    double real;      /**< what is no integer */
    double imaginary; /**< 0 of all that are not complex */
};

/** Reads a key. An int beyond int64 is none: its node has the bytes to compare. */
struct joblib_value__key_number joblib_value__read_key_number(const joblib_value *key);

/** Writes an integer that is wide as the node of such an int has it; returns the size. */
size_t joblib_value__write_wide(const struct joblib_value__key_number *number,
                                uint8_t bytes[JOBLIB_VALUE_WIDE_BYTES]);

/** Whether two keys that are numbers are equal. */
bool joblib_value__equal_numbers(const struct joblib_value__key_number *a,
                                 const struct joblib_value__key_number *b);

#endif
