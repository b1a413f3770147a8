/* spec/ndarray.md#longdouble */
#include "array/extended.h"

#include "base/endian.h"

#define EXPONENT_MAX 0x7fff
#define BIAS 16383
#define DOUBLE_BIAS 1023
#define DOUBLE_DIGITS 53
#define DIGITS 64

bool joblib_array__is_extended(const joblib_dtype *dtype)
{
    return dtype->kind == 'f' && dtype->byteorder == '<' && dtype->itemsize > 8;
}

/* Drops the low `shift` digits, ties to even. */
static uint64_t round_digits(uint64_t digits, int shift)
{
    if (shift > DIGITS) return 0;
    uint64_t kept = shift < DIGITS ? digits >> shift : 0;
    uint64_t half = UINT64_C(1) << (shift - 1);
    uint64_t rest = shift < DIGITS ? digits & (half * 2 - 1) : digits;
    return kept + (rest > half || (rest == half && (kept & 1)));
}

/* Infinity, or a quiet NaN with the high digits of its payload. */
static uint64_t special_bits(uint64_t digits)
{
    uint64_t fraction = digits << 1 >> (DIGITS - DOUBLE_DIGITS + 1);
    if (digits << 1 != 0) fraction |= UINT64_C(1) << (DOUBLE_DIGITS - 2);
    return UINT64_C(2047) << (DOUBLE_DIGITS - 1) | fraction;
}

/* The bits of a positive double. Rounding up may carry into the exponent, as it should. */
static uint64_t finite_bits(uint64_t digits, int exponent)
{
    int power = exponent - BIAS; /* of the first digit */
    int shift = DIGITS - DOUBLE_DIGITS;
    if (power > DOUBLE_BIAS) return special_bits(0);
    if (power < 1 - DOUBLE_BIAS)
        return round_digits(digits, shift + 1 - DOUBLE_BIAS - power);
    uint64_t below = (uint64_t)(power + DOUBLE_BIAS - 1) << (DOUBLE_DIGITS - 1);
    return below + round_digits(digits, shift);
}

bool joblib_array__extended_to_double(const void *item, double *out)
{
    const uint8_t *bytes = item;
    uint64_t digits = joblib_base__read_le64(bytes);
    int exponent = joblib_base__read_le16(bytes + 8) & EXPONENT_MAX;
    bool has_first = digits >> (DIGITS - 1) != 0;
    if (exponent != 0 && !has_first) return false;
    uint64_t bits =
        exponent == EXPONENT_MAX ? special_bits(digits) : finite_bits(digits, exponent);
    *out = joblib_base__bits_to_double((uint64_t)(bytes[9] >> 7) << 63 | bits);
    return true;
}

#undef EXPONENT_MAX
#undef BIAS
#undef DOUBLE_BIAS
#undef DOUBLE_DIGITS
#undef DIGITS
