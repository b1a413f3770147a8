#include "base/float_text.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"

/* Digits d1 d2 … of a number d1.d2… times ten to the `exponent`. */
struct digits {
    char digits[24];
    int count;
    int exponent;
};

/* The nearest decimal of `count` digits. The point, which the locale chooses, is skipped. */
static struct digits nearest_digits(double value, int count)
{
    struct digits number = {"", 0, 0};
    char text[48];
    (void)snprintf(text, sizeof text, "%.*e", count - 1, value);
    const char *at = text;
    for (; *at != 'e'; at++) {
        if (*at >= '0' && *at <= '9') number.digits[number.count++] = *at;
    }
    number.exponent = (int)strtol(at + 1, NULL, 10);
    return number;
}

/* The exponent has at most three digits. */
static bool reads_back(const struct digits *number, double value, bool single)
{
    char text[32];
    double found;
    size_t size = (size_t)number->count;
    int exponent = number->exponent - number->count + 1;
    memcpy(text, number->digits, size);
    text[size++] = 'e';
    text[size++] = exponent < 0 ? '-' : '+';
    for (int place = 100; place > 0; place /= 10) {
        text[size++] = (char)('0' + abs(exponent) / place % 10);
    }
    bool is_read = single ? joblib_base__decimal_to_single(text, size, &found)
                          : joblib_base__decimal_to_double(text, size, &found);
    return is_read && found == value;
}

/* Adds one to the last digit. False where the first would overflow. */
static bool step_up(struct digits *number)
{
    int last = number->count - 1;
    while (last > 0 && number->digits[last] == '9') number->digits[last--] = '0';
    if (number->digits[last] == '9') return false;
    number->digits[last]++;
    return true;
}

/*
 * Tries the nearest decimals of ever more digits. A normal number that has a short form
 * shows it at DBL_DIG (or FLT_DIG) digits too, with zeros behind, so the search begins
 * there. Below a power of two doubles stand closer than above it: there a decimal may
 * read back that is not the nearest, but the next above.
 */
static struct digits find_shortest(double value, bool single)
{
    int most = single ? 9 : 17;
    int count = single ? FLT_DIG : DBL_DIG;
    struct digits number;
    if (value < (single ? (double)FLT_MIN : DBL_MIN)) count = 1;
    for (;; count++) {
        number = nearest_digits(value, count);
        if (count == most || reads_back(&number, value, single)) break;
        if (step_up(&number) && reads_back(&number, value, single)) break;
    }
    while (number.count > 1 && number.digits[number.count - 1] == '0') number.count--;
    return number;
}

/* Digits `from` to `to` of a number; 0 stands before its first and after its last. */
static char *put_digits(char *text, const struct digits *number, int from, int to)
{
    for (int i = from; i < to; i++) {
        *text++ = i >= 0 && i < number->count ? number->digits[i] : '0';
    }
    *text = '\0';
    return text;
}

static void lay_out_scientific(const struct digits *number, char *text)
{
    text = put_digits(text, number, 0, 1);
    if (number->count > 1) *text++ = '.';
    text = put_digits(text, number, 1, number->count);
    (void)snprintf(text, 14, "e%c%02d", number->exponent < 0 ? '-' : '+',
                   abs(number->exponent));
}

/* Python's rule: an exponent below -4 and from 16 on, a fraction otherwise. */
static void lay_out(const struct digits *number, char *text)
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

size_t joblib_base__float_text(double value, bool single, char *out)
{
    char *text = out;
    if (isnan(value)) {
        memcpy(text, "nan", 4);
        return 3;
    }
    if (signbit(value)) *text++ = '-';
    value = fabs(value);
    if (isinf(value) || value == 0.0) {
        memcpy(text, isinf(value) ? "inf" : "0.0", 4);
    } else {
        struct digits number = find_shortest(value, single);
        lay_out(&number, text);
    }
    return strlen(out);
}
