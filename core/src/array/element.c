#include "array/element.h"

#include <string.h>

#include "array/array.h"
#include "array/half.h"
#include "base/endian.h"

void joblib_array__swap(void *bytes, size_t size)
{
    uint8_t *first = bytes;
    uint8_t *last = first + size;
    while (size > 1 && first < --last) {
        uint8_t byte = *first;
        *first++ = *last;
        *last = byte;
    }
}

/* The bits of an element in native order, in the low bytes. */
static uint64_t load_bits(const void *item, const joblib_dtype *dtype)
{
    uint8_t bytes[8];
    uint16_t two;
    uint32_t four;
    uint64_t eight;
    memcpy(bytes, item, dtype->itemsize);
    if (dtype->foreign) joblib_array__swap(bytes, dtype->itemsize);
    switch (dtype->itemsize) {
    case 1:
        return bytes[0];
    case 2:
        memcpy(&two, bytes, 2);
        return two;
    case 4:
        memcpy(&four, bytes, 4);
        return four;
    default:
        memcpy(&eight, bytes, 8);
        return eight;
    }
}

/* Extends the sign of the low `size` bytes. */
static int64_t extend_sign(uint64_t bits, size_t size)
{
    uint64_t sign = UINT64_C(1) << (8 * size - 1);
    uint64_t extended = (bits ^ sign) - sign;
    int64_t number;
    memcpy(&number, &extended, sizeof number);
    return number;
}

static double bits_to_float(uint32_t bits)
{
    float number;
    memcpy(&number, &bits, sizeof number);
    return (double)number;
}

double joblib_array__number_float64(const void *item, const joblib_dtype *dtype)
{
    uint64_t bits = load_bits(item, dtype);
    switch (dtype->kind) {
    case 'b':
        return bits != 0;
    case 'u':
        return (double)bits;
    case 'i':
        return (double)extend_sign(bits, dtype->itemsize);
    default:
        break;
    }
    if (dtype->itemsize == 2) return joblib_array__half_to_double((uint16_t)bits);
    if (dtype->itemsize == 4) return bits_to_float((uint32_t)bits);
    return joblib_base__bits_to_double(bits);
}

bool joblib_array__number_int64(const void *item, const joblib_dtype *dtype, int64_t *out)
{
    uint64_t bits = load_bits(item, dtype);
    if (dtype->kind == 'b') bits = bits != 0;
    if (dtype->kind == 'i') {
        *out = extend_sign(bits, dtype->itemsize);
        return true;
    }
    if (bits > INT64_MAX) return false;
    *out = (int64_t)bits;
    return true;
}
