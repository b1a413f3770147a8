/* Integers of any size: their decimal form and their double, from Python's own. */
#include "base/integer.h"

#include <stdlib.h>

#include "support/fault.h"
#include "support/test.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* str(n), n.to_bytes(size, "little", signed=True) and float(n).hex(). */
static const struct {
    const char *text, *bytes;
    size_t size;
    double real;
} integers[] = {
    {"0", "\x00", 1, 0x0.0p+0},
    {"1", "\x01", 1, 0x1.0000000000000p+0},
    {"-1", "\xff", 1, -0x1.0000000000000p+0},
    {"127", "\x7f", 1, 0x1.fc00000000000p+6},
    {"128", "\x80\x00", 2, 0x1.0000000000000p+7},
    {"-128", "\x80\xff", 2, -0x1.0000000000000p+7},
    {"-129", "\x7f\xff", 2, -0x1.0200000000000p+7},
    {"255", "\xff\x00", 2, 0x1.fe00000000000p+7},
    {"256", "\x00\x01", 2, 0x1.0000000000000p+8},
    {"-256", "\x00\xff", 2, -0x1.0000000000000p+8},
    {"-257", "\xff\xfe", 2, -0x1.0100000000000p+8},
    {"2147483647", "\xff\xff\xff\x7f", 4, 0x1.fffffffc00000p+30},
    {"-2147483648", "\x00\x00\x00\x80\xff", 5, -0x1.0000000000000p+31},
    {"4294967296", "\x00\x00\x00\x00\x01", 5, 0x1.0000000000000p+32},
    {"1000000000", "\x00\xca\x9a\x3b", 4, 0x1.dcd6500000000p+29},
    {"999999999", "\xff\xc9\x9a\x3b", 4, 0x1.dcd64ff800000p+29},
    {"-1000000000", "\x00\x36\x65\xc4", 4, -0x1.dcd6500000000p+29},
    {"1000000000000000000", "\x00\x00\x64\xa7\xb3\xb6\xe0\x0d", 8, 0x1.bc16d674ec800p+59},
    {"999999999999999999", "\xff\xff\x63\xa7\xb3\xb6\xe0\x0d", 8, 0x1.bc16d674ec800p+59},
    {"9007199254740993", "\x01\x00\x00\x00\x00\x00\x20", 7, 0x1.0000000000000p+53},
    {"9223372036854775807", "\xff\xff\xff\xff\xff\xff\xff\x7f", 8, 0x1.0000000000000p+63},
    {"-9223372036854775808", "\x00\x00\x00\x00\x00\x00\x00\x80\xff", 9,
     -0x1.0000000000000p+63},
    {"9223372036854775808", "\x00\x00\x00\x00\x00\x00\x00\x80\x00", 9,
     0x1.0000000000000p+63},
    {"-9223372036854775809", "\xff\xff\xff\xff\xff\xff\xff\x7f\xff", 9,
     -0x1.0000000000000p+63},
    {"18446744073709551615", "\xff\xff\xff\xff\xff\xff\xff\xff\x00", 9,
     0x1.0000000000000p+64},
    {"18446744073709551616", "\x00\x00\x00\x00\x00\x00\x00\x00\x01", 9,
     0x1.0000000000000p+64},
    {"-18446744073709551616", "\x00\x00\x00\x00\x00\x00\x00\x00\xff", 9,
     -0x1.0000000000000p+64},
    {"1000000000000000000000000000", "\x00\x00\x00\xe8\x3c\x80\xd0\x9f\x3c\x2e\x3b\x03",
     12, 0x1.9d971e4fe8402p+89},
    {"-1000000000000000000000000000000000000",
     "\x00\x00\x00\x00\xf0\x60\xb4\x4c\xea\xf8\x36\x84\x31\x68\x3f\xff", 16,
     -0x1.812f9cf7920e3p+119},
    {"1267650600228229401496703205376",
     "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x10", 13, 0x1.0000000000000p+100},
    {"-1267650600228229401496703205376",
     "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xf0", 13, -0x1.0000000000000p+100},
    {"10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000007",
     "\x07\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x10\x8f\x2e\xa8\x08\x43\xb2\xaa\x7c\x1a\x21\x8e\x40\xce\x8a\xf3\x0b\xce\xc4\x84\x27\x0b\xeb\x7c\xc3\x94\x25\xad\x49\x12",
     42, 0x1.249ad2594c37dp+332},
    {"-10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000007",
     "\xf9\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xef\x70\xd1\x57\xf7\xbc\x4d\x55\x83\xe5\xde\x71\xbf\x31\x75\x0c\xf4\x31\x3b\x7b\xd8\xf4\x14\x83\x3c\x6b\xda\x52\xb6\xed",
     42, -0x1.249ad2594c37dp+332},
};

/* How doubles are rounded: to nearest, and to even where two are as near. */
static const struct {
    const char *what, *bytes;
    size_t size;
    double real;
} roundings[] = {
    {"2^53 + 1", "\x01\x00\x00\x00\x00\x00\x20", 7, 0x1.0000000000000p+53},
    {"2^54 + 2", "\x02\x00\x00\x00\x00\x00\x40", 7, 0x1.0000000000000p+54},
    {"2^54 + 3", "\x03\x00\x00\x00\x00\x00\x40", 7, 0x1.0000000000001p+54},
    {"2^64 - 1", "\xff\xff\xff\xff\xff\xff\xff\xff\x00", 9, 0x1.0000000000000p+64},
    {"2^63 + 2^10", "\x00\x04\x00\x00\x00\x00\x00\x80\x00", 9, 0x1.0000000000000p+63},
    {"2^63 + 2^10 + 1", "\x01\x04\x00\x00\x00\x00\x00\x80\x00", 9, 0x1.0000000000001p+63},
    {"2^63 + 3 * 2^10", "\x00\x0c\x00\x00\x00\x00\x00\x80\x00", 9, 0x1.0000000000002p+63},
    {"2^200 + 2^147",
     "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x08\x00\x00\x00\x00\x00\x00\x01",
     26, 0x1.0000000000000p+200},
    {"2^200 + 2^147 + 1",
     "\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x08\x00\x00\x00\x00\x00\x00\x01",
     26, 0x1.0000000000001p+200},
    {"-(2^200 + 2^147 + 1)",
     "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xf7\xff\xff\xff\xff\xff\xff\xfe",
     26, -0x1.0000000000001p+200},
    {"largest",
     "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xf8\xff\xff\xff\xff\xff\xff\x00",
     129, 0x1.fffffffffffffp+1023},
    {"largest and less than half",
     "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xfa\xff\xff\xff\xff\xff\xff\x00",
     129, 0x1.fffffffffffffp+1023},
};

static void check_text(const char *bytes, size_t size, const char *expected)
{
    size_t length = 0;
    joblib_allocator allocator = joblib_base__choose_allocator(NULL);
    char *text = malloc(joblib_base__integer_text_size(size));
    CHECK(joblib_base__integer_to_text((const uint8_t *)bytes, size, &allocator, text,
                                       &length));
    CHECK_EQ_TEXT(text, expected);
    CHECK_EQ_SIZE(length, strlen(expected));
    free(text);
}

static void writes_decimal_digits(void)
{
    for (size_t i = 0; i < COUNT(integers); i++)
        check_text(integers[i].bytes, integers[i].size, integers[i].text);
    check_text("", 0, "0");
}

/* More bytes of the sign change nothing. */
static void ignores_bytes_that_repeat_the_sign(void)
{
    for (size_t i = 0; i < COUNT(integers); i++) {
        char longer[80];
        size_t size = integers[i].size;
        bool negative = integers[i].text[0] == '-';
        memset(longer, negative ? 0xff : 0, sizeof longer);
        memcpy(longer, integers[i].bytes, size);
        check_text(longer, size + 9, integers[i].text);
        size_t trimmed = joblib_base__integer_trim((const uint8_t *)longer, size + 9);
        CHECK(trimmed <= size);
        check_text(longer, trimmed, integers[i].text);
    }
}

static void check_double(const char *bytes, size_t size, double expected)
{
    double real = 0;
    CHECK(joblib_base__integer_to_double((const uint8_t *)bytes, size, &real));
    CHECK_EQ_DOUBLE(real, expected);
}

static void rounds_to_the_nearest_double(void)
{
    for (size_t i = 0; i < COUNT(integers); i++)
        check_double(integers[i].bytes, integers[i].size, integers[i].real);
    for (size_t i = 0; i < COUNT(roundings); i++)
        check_double(roundings[i].bytes, roundings[i].size, roundings[i].real);
}

/* 2^1024 is beyond the largest double, and so is what would be rounded to it. */
static void finds_no_double_beyond_the_largest(void)
{
    uint8_t bytes[200] = {0};
    double real;
    bytes[128] = 1;
    CHECK(!joblib_base__integer_to_double(bytes, 130, &real));
    bytes[128] = 0;
    memset(bytes + 121, 0xff, 7);
    CHECK(!joblib_base__integer_to_double(bytes, 129, &real));
    bytes[199] = 0x80;
    CHECK(!joblib_base__integer_to_double(bytes, 200, &real));
}

static void reads_up_to_eight_bytes(void)
{
    CHECK_EQ_INT(joblib_base__integer_to_int64((const uint8_t *)"", 0), 0);
    CHECK_EQ_INT(joblib_base__integer_to_int64((const uint8_t *)"\xff", 1), -1);
    CHECK_EQ_INT(joblib_base__integer_to_int64((const uint8_t *)"\xff\0", 2), 255);
    CHECK_EQ_INT(joblib_base__integer_to_int64((const uint8_t *)"\0\0\0\0\0\0\0\x80", 8),
                 INT64_MIN);
    CHECK_EQ_INT(joblib_base__integer_to_int64(
                     (const uint8_t *)"\xff\xff\xff\xff\xff\xff\xff\x7f", 8),
                 INT64_MAX);
}

static void has_no_digits_without_memory(void)
{
    struct fault fault = {.fail_at = 1};
    joblib_allocator allocator = fault_allocator(&fault);
    char text[40];
    size_t size = 0;
    CHECK(!joblib_base__integer_to_text((const uint8_t *)"\1\2", 2, &allocator, text,
                                        &size));
    CHECK_EQ_SIZE(fault.live_bytes, 0);
}

int main(void)
{
    RUN(writes_decimal_digits);
    RUN(ignores_bytes_that_repeat_the_sign);
    RUN(rounds_to_the_nearest_double);
    RUN(finds_no_double_beyond_the_largest);
    RUN(reads_up_to_eight_bytes);
    RUN(has_no_digits_without_memory);
    return test_finish();
}
