/**
 * UTF-8, with lone surrogates let through as three bytes each, as Python's "surrogatepass".
 */
#ifndef JOBLIB_BASE_UTF8_H
#define JOBLIB_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/** Number of valid bytes at the start of `text`: `size` when all of it is valid. */
size_t joblib_base__utf8_valid(const char *text, size_t size);

/** Whether all bytes are below 0x80. */
bool joblib_base__is_ascii(const char *text, size_t size);

/** Decodes one character of valid text; returns the bytes it took. */
size_t joblib_base__utf8_decode(const char *text, uint32_t *code_out);

/** Writes one code point up to 0x10ffff to `out` (4 bytes); returns the bytes written. */
size_t joblib_base__utf8_encode(uint32_t code, char *out);

/** Copies text to `out`, where it has room; whether it has only bytes below 0x80. */
bool joblib_base__copy_long_ascii(char *out, const char *text, size_t size);

/** The same, at once where it is short: by words that overlap. */
static inline bool joblib_base__copy_ascii(char *out, const char *text, size_t size)
{
    if (size < 8 || size > 16) return joblib_base__copy_long_ascii(out, text, size);
    uint64_t first, last;
    memcpy(&first, text, sizeof first);
    memcpy(&last, text + size - sizeof last, sizeof last);
    memcpy(out, &first, sizeof first);
    memcpy(out + size - sizeof last, &last, sizeof last);
    return !((first | last) & UINT64_C(0x8080808080808080));
}

#endif
