/**
 * Numbers from the text of a table or an option.
 */
#ifndef JOBLIB_COMMAND_PARSE_NUMBER_H
#define JOBLIB_COMMAND_PARSE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * Reads a decimal number, with a sign, a fraction and an exponent perhaps, or "inf" or
 * "nan" in any case. `text` ends before `size` bytes; blanks around it are skipped. False
 * for everything else.
 */
bool joblib_command__parse_number(const char *text, size_t size, double *out);

/** Reads a decimal number without sign. False for everything else and beyond 64 bits. */
bool joblib_command__parse_count(const char *text, uint64_t *out);

#endif
