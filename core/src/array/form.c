#include "array/form.h"

#include <string.h>

#define MOST_DIGITS 20

static size_t write_number(size_t number, char digits[MOST_DIGITS])
{
    char *first = digits + MOST_DIGITS;
    do {
        *--first = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    size_t size = (size_t)(digits + MOST_DIGITS - first);
    memmove(digits, first, size);
    return size;
}

const char *joblib_array__dtype_form(joblib_base__arena *arena, char byteorder, char kind,
                                     size_t number, const char *unit)
{
    char digits[MOST_DIGITS];
    size_t digit_count = kind == 'O' ? 0 : write_number(number, digits);
    size_t unit_size = strlen(unit);
    char *form = joblib_base__arena_allocate(arena, 2 + digit_count + unit_size + 3);
    if (!form) return NULL;
    char *next = form;
    *next++ = byteorder;
    *next++ = kind;
    memcpy(next, digits, digit_count);
    next += digit_count;
    if (unit_size > 0) {
        *next++ = '[';
        memcpy(next, unit, unit_size);
        next += unit_size;
        *next++ = ']';
    }
    *next = '\0';
    return form;
}

#undef MOST_DIGITS
