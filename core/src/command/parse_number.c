#include "command/parse_number.h"

#include <stdlib.h>
#include <string.h>

static const char *skip_digits(const char *at, const char *end)
{
    while (at < end && *at >= '0' && *at <= '9') at++;
    return at;
}

/* True for digits with a sign, a point and an exponent perhaps, and nothing else. */
static bool is_decimal_text(const char *at, const char *end)
{
    if (at < end && (*at == '+' || *at == '-')) at++;
    const char *digits = at;
    at = skip_digits(at, end);
    ptrdiff_t count = at - digits;
    if (at < end && *at == '.') {
        const char *fraction = ++at;
        at = skip_digits(at, end);
        count += at - fraction;
    }
    if (count == 0) return false;
    if (at < end && (*at == 'e' || *at == 'E')) {
        at++;
        if (at < end && (*at == '+' || *at == '-')) at++;
        if (at == end) return false;
        at = skip_digits(at, end);
    }
    return at == end;
}

/* True for "inf", "infinity" and "nan" in any case, with a sign perhaps. */
static bool is_not_finite(const char *text, size_t size)
{
    static const char *const words[] = {"inf", "infinity", "nan"};
    if (size > 0 && (*text == '+' || *text == '-')) {
        text++;
        size--;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t same = 0;
        while (same < size && words[i][same] != '\0' &&
               (text[same] | 32) == words[i][same]) {
            same++;
        }
        if (same == size && words[i][same] == '\0') return true;
    }
    return false;
}

bool joblib_command__parse_number(const char *text, size_t size, double *out)
{
    char copy[800];
    while (size > 0 && (*text == ' ' || *text == '\t')) {
        text++;
        size--;
    }
    while (size > 0 && (text[size - 1] == ' ' || text[size - 1] == '\t')) size--;
    if (size == 0 || size >= sizeof copy) return false;
    if (!is_decimal_text(text, text + size) && !is_not_finite(text, size)) return false;
    memcpy(copy, text, size);
    copy[size] = '\0';
    *out = strtod(copy, NULL);
    return true;
}

bool joblib_command__parse_count(const char *text, uint64_t *out)
{
    uint64_t value = 0;
    const char *end = text + strlen(text);
    if (text == end || skip_digits(text, end) != end) return false;
    for (; text < end; text++) {
        uint64_t digit = (uint64_t)(*text - '0');
        if (value > (UINT64_MAX - digit) / 10) return false;
        value = value * 10 + digit;
    }
    *out = value;
    return true;
}
