/**
 * Base64, read.
 */
#ifndef JOBLIB_COMMAND_BASE64_H
#define JOBLIB_COMMAND_BASE64_H

#include <stddef.h>

/**
 * Decodes text into `out`, which has room for 3 bytes for each 4 of it, and returns how many
 * bytes there are; SIZE_MAX where the text is not canonical base64 with its padding.
 */
size_t joblib_command__base64_read(const char *text, size_t size, unsigned char *out);

#endif
