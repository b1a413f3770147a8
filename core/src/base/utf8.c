#include "base/utf8.h"

#include <string.h>

static size_t count_ascii(const char *text, size_t size)
{
    const uint64_t high_bits = UINT64_C(0x8080808080808080);
    size_t i = 0;
    for (; i + 8 <= size; i += 8) {
        uint64_t word;
        memcpy(&word, text + i, 8);
        if (word & high_bits) break;
    }
    while (i < size && !((unsigned char)text[i] & 0x80)) i++;
    return i;
}

bool joblib_base__is_ascii(const char *text, size_t size)
{
    return count_ascii(text, size) == size;
}

bool joblib_base__copy_long_ascii(char *out, const char *text, size_t size)
{
    unsigned char seen = 0;
    if (size >= 8) {
        memcpy(out, text, size);
        return joblib_base__is_ascii(out, size);
    }
    for (size_t i = 0; i < size; i++) seen |= (unsigned char)(out[i] = text[i]);
    return seen < 0x80;
}

/* Bytes of the character at `text`, by its first byte; 0 for a byte that starts none. */
static size_t character_size(unsigned char first)
{
    if (first < 0x80) return 1;
    if (first < 0xc2) return 0;
    if (first < 0xe0) return 2;
    if (first < 0xf0) return 3;
    return first < 0xf5 ? 4 : 0;
}

/* Overlong forms and code points past 0x10ffff show in the second byte. */
static bool second_byte_fits(unsigned char first, unsigned char second)
{
    if (first == 0xe0) return second >= 0xa0;
    if (first == 0xf0) return second >= 0x90;
    if (first == 0xf4) return second < 0x90;
    return true;
}

static bool is_character(const unsigned char *bytes, size_t size)
{
    for (size_t i = 1; i < size; i++) {
        if ((bytes[i] & 0xc0) != 0x80) return false;
    }
    return size == 1 || second_byte_fits(bytes[0], bytes[1]);
}

size_t joblib_base__utf8_valid(const char *text, size_t size)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t i = 0;
    for (;;) {
        i += count_ascii(text + i, size - i);
        if (i == size) return size;
        size_t count = character_size(bytes[i]);
        if (count == 0 || count > size - i || !is_character(bytes + i, count)) return i;
        i += count;
    }
}

size_t joblib_base__utf8_decode(const char *text, uint32_t *code_out)
{
    static const unsigned char masks[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    const unsigned char *bytes = (const unsigned char *)text;
    size_t count = character_size(bytes[0]);
    uint32_t code = bytes[0] & masks[count];
    for (size_t i = 1; i < count; i++) code = code << 6 | (bytes[i] & 0x3fu);
    *code_out = code;
    return count;
}

size_t joblib_base__utf8_encode(uint32_t code, char *out)
{
    static const unsigned char marks[] = {0, 0, 0xc0, 0xe0, 0xf0};
    size_t count = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = count; i-- > 1; code >>= 6) out[i] = (char)(0x80 | (code & 0x3f));
    out[0] = (char)(marks[count] | code);
    return count;
}
