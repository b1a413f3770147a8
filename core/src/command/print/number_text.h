/**
 * Numbers as text.
 */
#ifndef JOBLIB_COMMAND_NUMBER_TEXT_H
#define JOBLIB_COMMAND_NUMBER_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "joblib.h"

/** Room for any number of joblib_command__number_text(), with its NUL. */
#define JOBLIB_COMMAND_NUMBER_SIZE 40

/**
 * Writes the shortest decimal that reads back as the same double, as Python's repr()
 * does: "0.1", "1e-05", "nan". With `single`, that reads back as the same float.
 */
void joblib_command__float_text(double value, bool single,
                                char text[JOBLIB_COMMAND_NUMBER_SIZE]);

/**
 * Writes the number at `item`, whose dtype is a plain number: "True", "-5", "0.1". False
 * for every other dtype.
 */
bool joblib_command__number_text(const joblib_dtype *dtype, const void *item,
                                 char text[JOBLIB_COMMAND_NUMBER_SIZE]);

/** Views one element of an array, or of a field in it, as an array without dimensions. */
void joblib_command__view_item(joblib_array *out, const joblib_dtype *dtype,
                               const void *item);

/**
 * Reads a decimal number, with a sign, a fraction and an exponent perhaps, or "inf" or
 * "nan" in any case. `text` ends before `size` bytes; blanks around it are skipped. False
 * for everything else.
 */
bool joblib_command__parse_number(const char *text, size_t size, double *out);

/** Reads a decimal number without sign. False for everything else and beyond 64 bits. */
bool joblib_command__parse_count(const char *text, uint64_t *out);

#endif
