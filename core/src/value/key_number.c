#include "value/key_number.h"

#include <math.h>
#include <string.h>

#include "array/array.h"
#include "base/integer.h"

/* Bits of the mantissa of a double. */
#define MANTISSA_BITS 53

static bool fits_int64(double number)
{
    return number >= -9223372036854775808.0 && number < 9223372036854775808.0 &&
           number == (double)(int64_t)number;
}

/* Beyond int64 every double that is finite is an integer. */
static bool is_wide_float(double number)
{
    return isfinite(number) && fabs(number) >= 9223372036854775808.0;
}

static struct joblib_value__key_number number_of_float(double number)
{
    struct joblib_value__key_number out = {.is_number = true, .real = number};
    out.is_integer = fits_int64(number);
    if (out.is_integer) {
        out.integer = (int64_t)number;
        return out;
    }
    out.is_wide = is_wide_float(number);
    if (!out.is_wide) return out;
    double fraction = frexp(fabs(number), &out.shift);
    out.mantissa = (uint64_t)ldexp(fraction, MANTISSA_BITS);
    out.shift -= MANTISSA_BITS;
    out.is_negative = number < 0;
    return out;
}

static struct joblib_value__key_number number_of_complex(double real, double imaginary)
{
    struct joblib_value__key_number out = number_of_float(real);
    out.imaginary = imaginary;
    return out;
}

/* A part of a complex scalar is a float of half its size, in the same byte order. */
static struct joblib_value__key_number number_of_parts(const joblib_array *view)
{
    joblib_dtype part = *view->dtype;
    part.kind = 'f';
    part.itemsize /= 2;
    const char *first = view->data;
    return number_of_complex(joblib_array__number_float64(first, &part),
                             joblib_array__number_float64(first + part.itemsize, &part));
}

/* The same bits as signed are those of a uint64. */
static uint64_t read_uint64(const joblib_array *view)
{
    joblib_dtype as_signed = *view->dtype;
    int64_t number;
    as_signed.kind = 'i';
    joblib_array__number_int64(view->data, &as_signed, &number);
    return (uint64_t)number;
}

static struct joblib_value__key_number number_of_scalar(const joblib_value *value)
{
    const joblib_array *view = &value->array->view;
    struct joblib_value__key_number out = {.is_number = false};
    if (!view->data) return out;
    if (view->dtype->kind == 'c' && view->dtype->itemsize <= 2 * sizeof(double))
        return number_of_parts(view);
    joblib_number number = joblib_dtype_as_number(view->dtype);
    if (number == JOBLIB_NUMBER_NONE) return out;
    if (number >= JOBLIB_NUMBER_FLOAT16)
        return number_of_float(joblib_array__number_float64(view->data, view->dtype));
    out.is_number = true;
    out.is_integer = joblib_array__number_int64(view->data, view->dtype, &out.integer);
    out.is_wide = !out.is_integer;
    if (out.is_wide) out.mantissa = read_uint64(view);
    return out;
}

struct joblib_value__key_number joblib_value__read_key_number(const joblib_value *key)
{
    struct joblib_value__key_number out = {.is_number = false};
    switch (key->kind) {
    case JOBLIB_KIND_INT:
    case JOBLIB_KIND_BOOL:
        if (key->flags & JOBLIB_VALUE_BIG) return out;
        out.is_number = out.is_integer = true;
        out.integer = key->integer;
        return out;
    case JOBLIB_KIND_FLOAT:
        return number_of_float(key->real);
    case JOBLIB_KIND_COMPLEX:
        return number_of_complex(key->real, key->imaginary);
    case JOBLIB_KIND_SCALAR:
        return number_of_scalar(key);
    default:
        return out;
    }
}

size_t joblib_value__write_wide(const struct joblib_value__key_number *number,
                                uint8_t bytes[JOBLIB_VALUE_WIDE_BYTES])
{
    unsigned carry = number->is_negative;
    uint8_t flip = number->is_negative ? 0xff : 0;
    size_t first = (size_t)number->shift / 8, bits = (size_t)number->shift % 8;
    memset(bytes, 0, JOBLIB_VALUE_WIDE_BYTES);
    for (size_t i = 0; i < 8; i++) {
        unsigned part = (unsigned)(number->mantissa >> 8 * i & 0xff) << bits;
        bytes[first + i] |= (uint8_t)part;
        bytes[first + i + 1] |= (uint8_t)(part >> 8);
    }
    for (size_t i = 0; i < JOBLIB_VALUE_WIDE_BYTES; i++) {
        carry += (uint8_t)(bytes[i] ^ flip);
        bytes[i] = (uint8_t)carry;
        carry >>= 8;
    }
    return joblib_base__integer_trim(bytes, JOBLIB_VALUE_WIDE_BYTES);
}

static bool equal_wides(const struct joblib_value__key_number *a,
                        const struct joblib_value__key_number *b)
{
    uint8_t x[JOBLIB_VALUE_WIDE_BYTES], y[JOBLIB_VALUE_WIDE_BYTES];
    size_t size = joblib_value__write_wide(a, x);
    return size == joblib_value__write_wide(b, y) && memcmp(x, y, size) == 0;
}

bool joblib_value__equal_numbers(const struct joblib_value__key_number *a,
                                 const struct joblib_value__key_number *b)
{
    if (a->imaginary != b->imaginary) return false;
    if (a->is_integer || b->is_integer)
        return a->is_integer == b->is_integer && a->integer == b->integer;
    if (a->is_wide || b->is_wide) return a->is_wide == b->is_wide && equal_wides(a, b);
    return a->real == b->real;
}
