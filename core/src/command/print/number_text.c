#include "command/print/number_text.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Digits d1 d2 … of a number d1.d2… times ten to the `exponent`. */
struct decimal {
    char digits[24];
    int count;
    int exponent;
};

static bool reads_back(const char *text, double value, bool single)
{
    return single ? strtof(text, NULL) == (float)value : strtod(text, NULL) == value;
}

/* Adds one to the last digit of "d.ddde-05". False where the first would overflow. */
static bool step_up(char *text)
{
    char *at = strchr(text, 'e') - 1;
    while (at > text && (*at == '9' || *at == '.')) {
        if (*at == '9') *at = '0';
        at--;
    }
    if (*at == '9') return false;
    ++*at;
    return true;
}

/*
 * Tries the nearest decimals of ever more digits. A normal number that has a short form
 * shows it at DBL_DIG (or FLT_DIG) digits too, with zeros behind, so the search begins
 * there. Below a power of two doubles stand closer than above it: there a decimal may
 * read back that is not the nearest, but the next above.
 */
static void find_shortest(double value, bool single, char text[32])
{
    int most = single ? 9 : 17;
    int count = single ? FLT_DIG : DBL_DIG;
    if (value < (single ? (double)FLT_MIN : DBL_MIN)) count = 1;
    for (; count <= most; count++) {
        (void)snprintf(text, 32, "%.*e", count - 1, value);
        if (reads_back(text, value, single)) return;
        if (count < most && step_up(text) && reads_back(text, value, single)) return;
    }
}

static struct decimal split_decimal(const char *text)
{
    struct decimal number = {"", 0, 0};
    const char *mark = strchr(text, 'e');
    for (const char *at = text; at < mark; at++) {
        if (*at != '.') number.digits[number.count++] = *at;
    }
    while (number.count > 1 && number.digits[number.count - 1] == '0') number.count--;
    number.exponent = (int)strtol(mark + 1, NULL, 10);
    return number;
}

/* Digits `from` to `to` of a number; 0 stands before its first and after its last. */
static char *put_digits(char *text, const struct decimal *number, int from, int to)
{
    for (int i = from; i < to; i++) {
        *text++ = i >= 0 && i < number->count ? number->digits[i] : '0';
    }
    *text = '\0';
    return text;
}

static void lay_out_scientific(const struct decimal *number, char *text)
{
    text = put_digits(text, number, 0, 1);
    if (number->count > 1) *text++ = '.';
    text = put_digits(text, number, 1, number->count);
    (void)snprintf(text, 14, "e%c%02d", number->exponent < 0 ? '-' : '+',
                   abs(number->exponent));
}

/* Python's rule: an exponent below -4 and from 16 on, a fraction otherwise. */
static void lay_out(const struct decimal *number, char *text)
{
    int point = number->exponent < 0 ? 0 : number->exponent + 1;
    int end = number->count > point ? number->count : point + 1;
    if (number->exponent < -4 || number->exponent >= 16) {
        lay_out_scientific(number, text);
        return;
    }
    if (point == 0) *text++ = '0';
    text = put_digits(text, number, 0, point);
    *text++ = '.';
    (void)put_digits(text, number, point == 0 ? number->exponent + 1 : point, end);
}

void joblib_command__float_text(double value, bool single,
                                char text[JOBLIB_COMMAND_NUMBER_SIZE])
{
    char shortest[32];
    if (isnan(value)) {
        memcpy(text, "nan", 4);
        return;
    }
    if (signbit(value)) *text++ = '-';
    value = fabs(value);
    if (isinf(value) || value == 0.0) {
        memcpy(text, isinf(value) ? "inf" : "0.0", 4);
        return;
    }
    find_shortest(value, single, shortest);
    struct decimal number = split_decimal(shortest);
    lay_out(&number, text);
}

void joblib_command__view_item(joblib_array *out, const joblib_dtype *dtype,
                               const void *item)
{
    *out = (joblib_array)JOBLIB_ARRAY_INIT;
    out->data = item;
    out->dtype = dtype;
    out->count = 1;
}

static bool write_unsigned(const joblib_array *view, char *text)
{
    uint64_t wide = 0;
    uint32_t half = 0;
    uint16_t quarter = 0;
    uint8_t byte = 0;
    size_t size = joblib_dtype_itemsize(view->dtype);
    void *target = size == 8   ? (void *)&wide
                   : size == 4 ? (void *)&half
                   : size == 2 ? (void *)&quarter
                               : (void *)&byte;
    if (joblib_array_read_bytes(view, target, size, NULL) != JOBLIB_OK) return false;
    (void)snprintf(text, JOBLIB_COMMAND_NUMBER_SIZE, "%" PRIu64,
                   wide + half + quarter + byte);
    return true;
}

static bool write_signed(const joblib_array *view, char *text)
{
    int64_t value;
    if (joblib_array_read_int64(view, &value, 1, NULL) != JOBLIB_OK) return false;
    (void)snprintf(text, JOBLIB_COMMAND_NUMBER_SIZE, "%" PRId64, value);
    return true;
}

static bool write_bool(const joblib_array *view, char *text)
{
    int64_t value;
    if (joblib_array_read_int64(view, &value, 1, NULL) != JOBLIB_OK) return false;
    memcpy(text, value != 0 ? "True" : "False", value != 0 ? 5 : 6);
    return true;
}

static bool write_float(const joblib_array *view, char *text)
{
    double value;
    if (joblib_array_read_float64(view, &value, 1, NULL) != JOBLIB_OK) return false;
    bool single = joblib_dtype_as_number(view->dtype) == JOBLIB_NUMBER_FLOAT32;
    joblib_command__float_text(value, single, text);
    return true;
}

bool joblib_command__number_text(const joblib_dtype *dtype, const void *item,
                                 char text[JOBLIB_COMMAND_NUMBER_SIZE])
{
    joblib_array view;
    if (joblib_dtype_as_number(dtype) == JOBLIB_NUMBER_NONE) return false;
    joblib_command__view_item(&view, dtype, item);
    switch (joblib_dtype_kind(dtype)) {
    case 'b':
        return write_bool(&view, text);
    case 'i':
        return write_signed(&view, text);
    case 'u':
        return write_unsigned(&view, text);
    case 'f':
        return write_float(&view, text);
    default:
        return false;
    }
}

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
