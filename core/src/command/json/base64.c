#include "command/json/base64.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

enum { NO_DIGIT = 255 };

static void fill_digits(uint8_t digits[256])
{
    memset(digits, NO_DIGIT, 256);
    for (uint8_t i = 0; i < 64; i++) digits[(uint8_t)alphabet[i]] = i;
}

/* Four characters, of which the last one or two may be padding: 1 to 3 bytes, or 0. */
static size_t read_group(const uint8_t digits[256], const char *text, unsigned char *out,
                         bool is_last)
{
    uint32_t bits = 0;
    size_t padding = 0;
    for (size_t i = 0; i < 4; i++) {
        bool is_padding = is_last && i >= 2 && text[i] == '=';
        uint8_t digit = is_padding ? 0 : digits[(uint8_t)text[i]];
        if (digit == NO_DIGIT || (padding > 0 && !is_padding)) return 0;
        padding += is_padding;
        bits = bits << 6 | digit;
    }
    if (bits & ((UINT32_C(1) << 8 * padding) - 1)) return 0;
    for (size_t i = 0; i < 3 - padding; i++)
        out[i] = (unsigned char)(bits >> (16 - 8 * i));
    return 3 - padding;
}

size_t joblib_command__base64_read(const char *text, size_t size, unsigned char *out)
{
    uint8_t digits[256];
    size_t count = 0;
    fill_digits(digits);
    if (size % 4 != 0) return SIZE_MAX;
    for (size_t i = 0; i < size; i += 4) {
        size_t found = read_group(digits, text + i, out + count, i + 4 == size);
        if (found == 0) return SIZE_MAX;
        count += found;
    }
    return count;
}
