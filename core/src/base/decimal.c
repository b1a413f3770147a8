#include "base/decimal.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/endian.h"

/*
 * An integer of any size stands as words of 32 bits, least significant first.
 *
 * A float is digits times a power of ten. Up to 767 digits decide how a double is rounded; of
 * what follows only counts whether all of it is zero. The digits become one integer, which is
 * multiplied by the power of ten, or is shifted left until 64 bits are left of it when it has
 * been divided. What a division leaves over only says that the number is a little larger.
 */

#define GROUP UINT32_C(1000000000)
#define GROUP_DIGITS 9
#define MOST_DIGITS 800
#define MOST_WORDS 512
#define MOST_EXPONENT 1000000

struct words {
    uint32_t word[MOST_WORDS];
    size_t count; /* the highest is not 0 */
};

static const uint32_t powers_of_ten[] = {
    1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, GROUP,
};

static void multiply_words(struct words *words, uint32_t factor, uint32_t addend)
{
    uint64_t carry = addend;
    for (size_t i = 0; i < words->count; i++) {
        carry += (uint64_t)words->word[i] * factor;
        words->word[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry > 0 && words->count < MOST_WORDS)
        words->word[words->count++] = (uint32_t)carry;
}

/* Returns the remainder. */
static uint32_t divide_words(struct words *words, uint32_t divisor)
{
    uint64_t rest = 0;
    for (size_t i = words->count; i-- > 0;) {
        rest = rest << 32 | words->word[i];
        words->word[i] = (uint32_t)(rest / divisor);
        rest %= divisor;
    }
    while (words->count > 0 && words->word[words->count - 1] == 0) words->count--;
    return (uint32_t)rest;
}

static void read_words(const char *digits, size_t count, struct words *words)
{
    words->count = 0;
    for (size_t i = 0; i < count;) {
        size_t size = count - i < GROUP_DIGITS ? count - i : GROUP_DIGITS;
        uint32_t group = 0;
        for (size_t end = i + size; i < end; i++)
            group = group * 10 + (uint32_t)(digits[i] - '0');
        multiply_words(words, powers_of_ten[size], group);
    }
}

/* Integers */

static bool is_decimal_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

bool joblib_base__is_decimal(const char *text, size_t size)
{
    size_t i = size > 0 && text[0] == '-';
    if (i == size || (text[i] == '0' && size > 1)) return false;
    while (i < size && is_decimal_digit(text[i])) i++;
    return i == size;
}

size_t joblib_base__decimal_to_integer(const char *text, size_t size,
                                       uint8_t out[JOBLIB_DECIMAL_BYTES])
{
    struct words words;
    bool negative = text[0] == '-';
    uint32_t carry = negative;
    read_words(text + negative, size - negative, &words);
    for (size_t i = 0; i < words.count; i++) {
        uint32_t word = negative ? ~words.word[i] + carry : words.word[i];
        carry = carry && word == 0;
        for (size_t j = 0; j < 4; j++) out[4 * i + j] = (uint8_t)(word >> 8 * j);
    }
    memset(out + 4 * words.count, negative ? 0xff : 0, 4); /* the sign */
    return 4 * words.count + 4;
}

/* Floats */

struct decimal {
    char digits[MOST_DIGITS + 1]; /* the first is not 0 */
    size_t count;
    int64_t exponent; /* the value is digits * 10^exponent */
    bool sticky;      /* digits that found no room were not all 0 */
};

static void add_digit(struct decimal *decimal, char digit, bool behind_point)
{
    bool leading = decimal->count == 0 && digit == '0';
    if (leading || decimal->count < MOST_DIGITS) {
        if (!leading) decimal->digits[decimal->count++] = digit;
        decimal->exponent -= behind_point;
        return;
    }
    decimal->sticky = decimal->sticky || digit != '0';
    decimal->exponent += !behind_point;
}

/* Digits and a point; returns where they end, or NULL where there is no digit. */
static const char *scan_digits(const char *at, const char *end, struct decimal *decimal)
{
    bool behind_point = false, any = false;
    for (; at < end; at++) {
        if (*at == '.' && !behind_point) {
            behind_point = true;
        } else if (is_decimal_digit(*at)) {
            add_digit(decimal, *at, behind_point);
            any = true;
        } else {
            break;
        }
    }
    return any ? at : NULL;
}

/* Digits behind `e`, perhaps with a sign, up to the end. */
static bool scan_exponent(const char *at, const char *end, struct decimal *decimal)
{
    int64_t exponent = 0;
    bool negative = at < end && *at == '-';
    if (negative || (at < end && *at == '+')) at++;
    if (at == end) return false;
    for (; at < end; at++) {
        if (!is_decimal_digit(*at)) return false;
        if (exponent < MOST_EXPONENT) exponent = exponent * 10 + (*at - '0');
    }
    decimal->exponent += negative ? -exponent : exponent;
    return true;
}

static bool scan_decimal(const char *at, const char *end, struct decimal *decimal)
{
    decimal->count = 0;
    decimal->exponent = 0;
    decimal->sticky = false;
    at = scan_digits(at, end, decimal);
    if (!at) return false;
    bool whole = at == end;
    if (!whole && *at != 'e' && *at != 'E') return false;
    if (!whole && !scan_exponent(at + 1, end, decimal)) return false;
    for (; decimal->count > 0 && decimal->digits[decimal->count - 1] == '0';
         decimal->count--)
        decimal->exponent++;
    return true;
}

/* The upper 64 bits, the highest of them 1, and what stands below; `*bits` is the length. */
static uint64_t upper_bits(const struct words *words, bool *sticky, int *bits)
{
    size_t count = words->count;
    uint64_t top = words->word[count - 1];
    uint32_t next = count > 1 ? words->word[count - 2] : 0;
    uint32_t last = count > 2 ? words->word[count - 3] : 0;
    int lead = 0;
    while ((top << lead & UINT64_C(0x80000000)) == 0) lead++;
    for (size_t i = 0; i + 3 < count; i++) *sticky = *sticky || words->word[i] != 0;
    *sticky = *sticky || (uint32_t)(last << lead) != 0;
    *bits = (int)count * 32 - lead;
    return (top << 32 | next) << lead | (uint64_t)last << lead >> 32;
}

/* A format of floats: bits of its numbers, and the exponent of the smallest normal one. */
struct float_format {
    int bits;
    int min_exponent;
};

/* Rounds words * 2^exponent. `sticky`: the number is a little larger. */
static double round_words(const struct words *words, int exponent, bool sticky,
                          const struct float_format *format)
{
    int bits;
    uint64_t upper = upper_bits(words, &sticky, &bits);
    int highest = exponent + bits - 1; /* exponent of the highest bit */
    int lost = highest < format->min_exponent ? format->min_exponent - highest : 0;
    int kept = format->bits - lost;
    if (kept < 0) return 0;
    uint64_t number = kept == 0 ? 0 : upper >> (64 - kept);
    uint64_t rest = upper << kept;
    uint64_t half = UINT64_C(1) << 63;
    bool up = rest > half || (rest == half && (sticky || number & 1));
    return ldexp((double)(number + up), highest + 1 - kept);
}

/* As much of an exponent as one factor takes. */
static int nearest_step(int exponent)
{
    if (exponent > GROUP_DIGITS) return GROUP_DIGITS;
    return exponent < -GROUP_DIGITS ? -GROUP_DIGITS : exponent;
}

/* digits * 10^exponent, which is neither far too large nor far too small. */
static double scale_decimal(struct decimal *decimal, const struct float_format *format)
{
    struct words words;
    int exponent = (int)decimal->exponent, shift = 0;
    bool sticky = false;
    read_words(decimal->digits, decimal->count, &words);
    if (exponent < 0) {
        size_t zeros = (size_t)(-exponent) * 107 / 1024 + 4; /* log2(10) / 32, and more */
        memmove(words.word + zeros, words.word, words.count * sizeof *words.word);
        memset(words.word, 0, zeros * sizeof *words.word);
        words.count += zeros;
        shift = -32 * (int)zeros;
    }
    for (int step; exponent != 0; exponent -= step) {
        step = nearest_step(exponent);
        if (step > 0)
            multiply_words(&words, powers_of_ten[step], 0);
        else if (divide_words(&words, powers_of_ten[-step]) > 0)
            sticky = true;
    }
    return round_words(&words, shift, sticky, format);
}

/* Whether the process rounds as usual; it may have called fesetround(). */
static bool rounds_to_nearest(void)
{
    static const volatile double tiny = DBL_EPSILON / 4;
    return 1.0 + tiny == 1.0 - tiny;
}

/*
 * Integers up to 2^53 and powers of ten up to 10^22 are doubles: one product or quotient of
 * them is rounded once. False where that does not apply.
 */
static bool scale_exactly(const struct decimal *decimal, double *out)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    uint64_t number = 0;
    int exponent = (int)decimal->exponent;
    if (FLT_EVAL_METHOD != 0 || decimal->count > 16) return false;
    if (exponent < -22 || exponent > 22 || !rounds_to_nearest()) return false;
    for (size_t i = 0; i < decimal->count; i++)
        number = number * 10 + (uint64_t)(decimal->digits[i] - '0');
    if (number > UINT64_C(1) << 53) return false;
    *out = exponent < 0 ? (double)number / powers[-exponent]
                        : (double)number * powers[exponent];
    return true;
}

static double round_decimal(struct decimal *decimal, const struct float_format *format)
{
    int64_t place = (int64_t)decimal->count + decimal->exponent; /* value < 10^place */
    if (decimal->count == 0 || place < -330) return 0;
    if (place > 310) return HUGE_VAL;
    double exact;
    if (format->bits == 53 && scale_exactly(decimal, &exact)) return exact;
    if (decimal->sticky) {
        for (; decimal->count < MOST_DIGITS; decimal->exponent--)
            decimal->digits[decimal->count++] = '0';
        decimal->digits[decimal->count++] = '1';
        decimal->exponent--;
    }
    return scale_decimal(decimal, format);
}

static bool is_letters(const char *at, const char *end, const char *word)
{
    size_t size = strlen(word);
    if ((size_t)(end - at) != size) return false;
    for (size_t i = 0; i < size; i++) {
        if ((at[i] | 0x20) != word[i]) return false;
    }
    return true;
}

/* Not HUGE_VAL and NAN: the sign of NAN is not the same everywhere. */
static bool read_word(const char *at, const char *end, double *out)
{
    uint64_t bits = UINT64_C(0x7ff0000000000000);
    bool is_nan = is_letters(at, end, "nan");
    if (!is_nan && !is_letters(at, end, "inf") && !is_letters(at, end, "infinity"))
        return false;
    *out = joblib_base__bits_to_double(is_nan ? bits | UINT64_C(1) << 51 : bits);
    return true;
}

static double negate(double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return joblib_base__bits_to_double(bits ^ UINT64_C(1) << 63);
}

static bool read_float(const char *text, size_t size, const struct float_format *format,
                       double *out)
{
    struct decimal decimal;
    const char *at = text, *end = text + size;
    bool negative = size > 0 && text[0] == '-';
    if (negative || (size > 0 && text[0] == '+')) at++;
    if (!read_word(at, end, out)) {
        if (!scan_decimal(at, end, &decimal)) return false;
        *out = round_decimal(&decimal, format);
        if (isinf(*out)) return false;
    }
    if (negative) *out = negate(*out);
    return true;
}

bool joblib_base__decimal_to_double(const char *text, size_t size, double *out)
{
    static const struct float_format binary64 = {53, -1022};
    return read_float(text, size, &binary64, out);
}

bool joblib_base__decimal_to_single(const char *text, size_t size, double *out)
{
    static const struct float_format binary32 = {24, -126};
    return read_float(text, size, &binary32, out);
}

#undef GROUP
#undef GROUP_DIGITS
#undef MOST_DIGITS
#undef MOST_WORDS
#undef MOST_EXPONENT
