#include "base/integer.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Decimal digits come in groups of nine: the largest power of ten in 32 bits. */
#define GROUP UINT32_C(1000000000)
#define GROUP_DIGITS 9

size_t joblib_base__integer_trim(const uint8_t *bytes, size_t size)
{
    while (size > 1) {
        uint8_t sign = bytes[size - 2] & 0x80 ? 0xff : 0x00;
        if (bytes[size - 1] != sign) break;
        size--;
    }
    return size == 1 && bytes[0] == 0 ? 0 : size;
}

int64_t joblib_base__integer_to_int64(const uint8_t *bytes, size_t size)
{
    uint64_t number = size > 0 && bytes[size - 1] & 0x80 ? UINT64_MAX : 0;
    for (size_t i = size; i-- > 0;) number = number << 8 | bytes[i];
    int64_t out;
    memcpy(&out, &number, sizeof out);
    return out;
}

/* The magnitude as 32-bit words, least significant first; `words` has room for all bytes. */
static size_t read_magnitude(const uint8_t *bytes, size_t size, uint32_t *words)
{
    bool negative = size > 0 && bytes[size - 1] & 0x80;
    size_t count = (size + 3) / 4;
    uint32_t carry = negative;
    for (size_t i = 0; i < count; i++) {
        uint32_t word = negative ? UINT32_MAX : 0;
        for (size_t j = size - 4 * i < 4 ? size - 4 * i : 4; j-- > 0;)
            word = word << 8 | bytes[4 * i + j];
        words[i] = negative ? ~word + carry : word;
        carry = carry && words[i] == 0;
    }
    while (count > 0 && words[count - 1] == 0) count--;
    return count;
}

/* Byte `i` of the magnitude, given whether all lower bytes of the number are zero. */
static uint8_t magnitude_byte(const uint8_t *bytes, size_t i, bool negative,
                              bool zero_below)
{
    if (!negative) return bytes[i];
    return (uint8_t)(~bytes[i] + (zero_below ? 1 : 0));
}

bool joblib_base__integer_to_double(const uint8_t *bytes, size_t size, double *out)
{
    bool negative = size > 0 && bytes[size - 1] & 0x80;
    size_t first = 0;
    while (first < size && bytes[first] == 0) first++;
    uint64_t top = 0;
    bool sticky = false;
    int dropped = 0;
    for (size_t i = size; i-- > 0;) {
        uint8_t byte = magnitude_byte(bytes, i, negative, i <= first);
        if (top >> 56 == 0) {
            top = top << 8 | byte;
        } else {
            sticky = sticky || byte != 0;
            if (dropped < 100000) dropped += 8;
        }
    }
    /* 57 bits or more stand above the sticky bit, so one rounding of the sum is right. */
    double magnitude = ldexp((double)(top | sticky), dropped);
    *out = negative ? -magnitude : magnitude;
    return !isinf(magnitude);
}

size_t joblib_base__integer_text_size(size_t size)
{
    return size / 4 * 10 + 16; /* log10(2^32) < 10 digits for each four bytes */
}

static uint32_t divide_by_group(uint32_t *words, size_t *count)
{
    uint64_t rest = 0;
    for (size_t i = *count; i-- > 0;) {
        rest = rest << 32 | words[i];
        words[i] = (uint32_t)(rest / GROUP);
        rest %= GROUP;
    }
    while (*count > 0 && words[*count - 1] == 0) (*count)--;
    return (uint32_t)rest;
}

/* Writes digits from the right end of `out`; returns where they begin. */
static char *write_digits(uint32_t *words, size_t count, char *end)
{
    char *next = end;
    do {
        uint32_t group = divide_by_group(words, &count);
        for (int i = 0; i < GROUP_DIGITS && (count > 0 || group > 0 || next == end);
             i++) {
            *--next = (char)('0' + group % 10);
            group /= 10;
        }
    } while (count > 0);
    return next;
}

bool joblib_base__integer_to_text(const uint8_t *bytes, size_t size,
                                  const joblib_allocator *allocator, char *out,
                                  size_t *size_out)
{
    size_t memory = size + 4;
    uint32_t *words = joblib_base__allocate(allocator, memory);
    if (!words) return false;
    size_t count = read_magnitude(bytes, size, words);
    char *end = out + joblib_base__integer_text_size(size) - 1;
    char *begin = write_digits(words, count, end);
    if (size > 0 && bytes[size - 1] & 0x80) *--begin = '-';
    *size_out = (size_t)(end - begin);
    memmove(out, begin, *size_out);
    out[*size_out] = '\0';
    joblib_base__free(allocator, words, memory);
    return true;
}

#undef GROUP
#undef GROUP_DIGITS
