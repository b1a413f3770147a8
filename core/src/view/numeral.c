/* Numbers that are objects in Python: Fraction, Decimal, UUID. */
#include <string.h>

#include "base/integer.h"
#include "base/try.h"
#include "view/text.h"
#include "view/view.h"

/* The only argument of an object where it is text; NULL otherwise. */
static const char *only_text(const joblib_value *value, size_t *size_out)
{
    const joblib_value *arguments = joblib_value_arguments(value);
    if (joblib_value_count(arguments) != 1) return NULL;
    return joblib_value_text(joblib_value_at(arguments, 0), size_out);
}

static size_t count_digits(const char *text)
{
    size_t count = 0;
    while (text[count] >= '0' && text[count] <= '9') count++;
    return count;
}

/* Takes digits, of which there must be some, behind `prefix` bytes. */
static bool take_digits(const char **at, size_t prefix)
{
    size_t digits = count_digits(*at + prefix);
    *at += prefix + digits;
    return digits > 0;
}

static bool is_positive(const joblib_value *value)
{
    return !(value->flags & JOBLIB_VALUE_BIG)
               ? value->integer > 0
               : (joblib_value__text(value)[joblib_value__text_size(value) - 1] & 0x80) ==
                     0;
}

static bool is_pair_of_ints(const joblib_value *arguments)
{
    return joblib_value_count(arguments) == 2 &&
           joblib_value_at(arguments, 0)->kind == JOBLIB_KIND_INT &&
           joblib_value_at(arguments, 1)->kind == JOBLIB_KIND_INT &&
           is_positive(joblib_value_at(arguments, 1));
}

/* "-1/3" or "5", as Python before 3.11 writes it: no zero in front of the denominator. */
static bool is_fraction_text(const char *text, size_t size)
{
    const char *at = text;
    if (!take_digits(&at, *text == '-')) return false;
    if (*at == '/' && (at[1] == '0' || !take_digits(&at, 1))) return false;
    return (size_t)(at - text) == size;
}

static joblib_status check_fraction(const joblib_value *value, joblib_error *error)
{
    const struct joblib_view__row *row;
    size_t size = 0;
    JOBLIB_TRY(joblib_view__open(value, JOBLIB_VIEW_FRACTION, &row, error));
    const char *text = only_text(value, &size);
    bool is_known = text ? is_fraction_text(text, size)
                         : is_pair_of_ints(joblib_value_arguments(value));
    JOBLIB_REQUIRE(is_known, JOBLIB_ERROR_KIND,
                   "a Fraction is not made of two ints, or of text as '1/3'");
    return JOBLIB_OK;
}

/* The digits at `text`, which ends behind them; false beyond 64 bits. */
static bool read_decimal(const char *text, bool negative, int64_t *out)
{
    uint64_t number = 0, limit = (uint64_t)INT64_MAX + negative;
    for (; *text >= '0' && *text <= '9'; text++) {
        uint64_t digit = (uint64_t)(*text - '0');
        if (number > (limit - digit) / 10) return false;
        number = number * 10 + digit;
    }
    *out = negative ? (int64_t)(0 - number) : (int64_t)number;
    return true;
}

static joblib_status read_fraction_text(const char *text, int64_t *numerator_out,
                                        int64_t *denominator_out, joblib_error *error)
{
    bool negative = *text == '-';
    const char *slash = strchr(text, '/');
    *denominator_out = 1;
    bool fits = read_decimal(text + negative, negative, numerator_out) &&
                (!slash || read_decimal(slash + 1, false, denominator_out));
    JOBLIB_REQUIRE(fits, JOBLIB_ERROR_RANGE, "the fraction does not fit int64");
    return JOBLIB_OK;
}

joblib_status joblib_view_fraction(const joblib_value *value, int64_t *numerator_out,
                                   int64_t *denominator_out, joblib_error *error)
{
    JOBLIB_REQUIRE(numerator_out && denominator_out, JOBLIB_ERROR_ARGUMENT,
                   "a place for the numbers is NULL");
    JOBLIB_TRY(check_fraction(value, error));
    const char *text = only_text(value, NULL);
    if (text) return read_fraction_text(text, numerator_out, denominator_out, error);
    const joblib_value *arguments = joblib_value_arguments(value);
    JOBLIB_TRY(
        joblib_value_as_int64(joblib_value_at(arguments, 0), numerator_out, error));
    return joblib_value_as_int64(joblib_value_at(arguments, 1), denominator_out, error);
}

/* Digits of an int go to the buffer if they fit there, and are counted if not. */
static joblib_status put_integer(const joblib_value *number,
                                 struct joblib_view__text *text, joblib_error *error)
{
    size_t used = text->size < text->capacity ? text->size : text->capacity;
    size_t room = text->capacity - used, size = 0;
    char *place = room > 0 ? text->buffer + used : NULL;
    joblib_status status = joblib_value_int_text(number, place, room, &size, error);
    if (status != JOBLIB_OK && status != JOBLIB_ERROR_RANGE) return status;
    text->size += size;
    return JOBLIB_OK;
}

joblib_status joblib_view__write_fraction(const joblib_value *value,
                                          struct joblib_view__text *text,
                                          joblib_error *error)
{
    size_t size = 0;
    JOBLIB_TRY(check_fraction(value, error));
    const char *written = only_text(value, &size);
    if (written) {
        joblib_view__put(text, written, size);
        return JOBLIB_OK;
    }
    const joblib_value *arguments = joblib_value_arguments(value);
    const joblib_value *denominator = joblib_value_at(arguments, 1);
    JOBLIB_TRY(put_integer(joblib_value_at(arguments, 0), text, error));
    bool is_whole = !(denominator->flags & JOBLIB_VALUE_BIG) && denominator->integer == 1;
    if (is_whole) return JOBLIB_OK;
    joblib_view__put(text, "/", 1);
    return put_integer(denominator, text, error);
}

/* "1", "1.50", "1.5E-30": a point has digits to both sides, an exponent its sign. */
static bool is_finite_decimal(const char *text, size_t size)
{
    const char *at = text;
    if (!take_digits(&at, 0)) return false;
    if (*at == '.' && !take_digits(&at, 1)) return false;
    bool has_exponent = *at == 'E' && (at[1] == '+' || at[1] == '-');
    if (has_exponent && !take_digits(&at, 2)) return false;
    return (size_t)(at - text) == size;
}

/* What str() of a Decimal gives: a number, Infinity, or NaN and sNaN with digits. */
static bool is_decimal_text(const char *text, size_t size)
{
    if (*text == '-') text++, size--;
    if (strcmp(text, "Infinity") == 0) return size == strlen("Infinity");
    size_t mark = *text == 's';
    if (strncmp(text + mark, "NaN", 3) != 0) return is_finite_decimal(text, size);
    return mark + 3 + count_digits(text + mark + 3) == size;
}

joblib_status joblib_view__write_decimal(const joblib_value *value,
                                         struct joblib_view__text *text,
                                         joblib_error *error)
{
    const struct joblib_view__row *row;
    size_t size = 0;
    JOBLIB_TRY(joblib_view__open(value, JOBLIB_VIEW_DECIMAL, &row, error));
    const char *written = only_text(value, &size);
    JOBLIB_REQUIRE(written && is_decimal_text(written, size), JOBLIB_ERROR_KIND,
                   "a Decimal is not made of text as '1.50' or 'NaN'");
    joblib_view__put(text, written, size);
    return JOBLIB_OK;
}

/* The 128 bits of a UUID, the least significant byte first. */
static bool read_uuid(const joblib_value *number, uint8_t out[16])
{
    if (joblib_value_kind(number) != JOBLIB_KIND_INT) return false;
    memset(out, 0, 16);
    if (!(number->flags & JOBLIB_VALUE_BIG)) {
        for (int i = 0; i < 8; i++)
            out[i] = (uint8_t)((uint64_t)number->integer >> 8 * i);
        return number->integer >= 0;
    }
    const uint8_t *bytes = (const uint8_t *)joblib_value__text(number);
    size_t size = joblib_base__integer_trim(bytes, joblib_value__text_size(number));
    if (size > 17 || bytes[size - 1] & 0x80 || (size == 17 && bytes[16] != 0))
        return false;
    memcpy(out, bytes, size < 16 ? size : 16);
    return true;
}

joblib_status joblib_view__write_uuid(const joblib_value *value,
                                      struct joblib_view__text *text, joblib_error *error)
{
    static const char digits[] = "0123456789abcdef";
    const struct joblib_view__row *row;
    uint8_t bytes[16];
    JOBLIB_TRY(joblib_view__open(value, JOBLIB_VIEW_UUID, &row, error));
    JOBLIB_REQUIRE(read_uuid(joblib_value_attribute(value, "int"), bytes),
                   JOBLIB_ERROR_KIND, "int of a UUID is no number of 128 bits");
    for (int i = 15; i >= 0; i--) {
        char pair[2] = {digits[bytes[i] >> 4], digits[bytes[i] & 15]};
        joblib_view__put(text, pair, sizeof pair);
        bool is_end = i == 12 || i == 10 || i == 8 || i == 6;
        if (is_end) joblib_view__put(text, "-", 1);
    }
    return JOBLIB_OK;
}
