#include "array/form.h"

#include <stdio.h>
#include <string.h>

const char *joblib_array__dtype_form(joblib_base__arena *arena, char byteorder, char kind,
                                     size_t number, const char *unit)
{
    char digits[24] = "";
    if (kind != 'O') snprintf(digits, sizeof digits, "%zu", number);
    size_t digit_count = strlen(digits);
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
