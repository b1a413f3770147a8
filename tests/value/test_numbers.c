/* Numbers at the ends of their types, as int, as numpy scalar and as element. */
#include "joblib/load.h"
#include "joblib/value.h"
#include "support/models.h"
#include "support/test.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* What each reading of an int gives. */
static const struct {
    const char *notation, *text;
    bool is_int64, is_uint64;
    int64_t int64;
    uint64_t uint64;
    double real;
} integers[] = {
    {"0", "0", true, true, 0, 0, 0.0},
    {"-1", "-1", true, false, -1, 0, -1.0},
    {"2**53", "9007199254740992", true, true, INT64_C(1) << 53, UINT64_C(1) << 53,
     0x1p53},
    {"2**62", "4611686018427387904", true, true, INT64_C(1) << 62, UINT64_C(1) << 62,
     0x1p62},
    {"9223372036854775807", "9223372036854775807", true, true, INT64_MAX, INT64_MAX,
     0x1p63},
    {"2**63", "9223372036854775808", false, true, 0, UINT64_C(1) << 63, 0x1p63},
    {"2**64", "18446744073709551616", false, false, 0, 0, 0x1p64},
    {"-2**63", "-9223372036854775808", true, false, INT64_MIN, 0, -0x1p63},
    {"-2**64", "-18446744073709551616", false, false, 0, 0, -0x1p64},
    {"2**100", "1267650600228229401496703205376", false, false, 0, 0, 0x1p100},
    {"2**1023", NULL, false, false, 0, 0, 0x1p1023},
};

static void check_integer(const joblib_value *value, size_t i)
{
    int64_t int64 = 0;
    uint64_t uint64 = 0;
    double real = 0;
    char text[64];
    joblib_status status = joblib_value_as_int64(value, &int64, NULL);
    CHECK_EQ_INT(status, integers[i].is_int64 ? JOBLIB_OK : JOBLIB_ERROR_RANGE);
    CHECK_EQ_INT(int64, integers[i].int64);
    status = joblib_value_as_uint64(value, &uint64, NULL);
    CHECK_EQ_INT(status, integers[i].is_uint64 ? JOBLIB_OK : JOBLIB_ERROR_RANGE);
    CHECK_EQ_INT(uint64, integers[i].uint64);
    CHECK_EQ_INT(joblib_value_as_float64(value, &real, NULL), JOBLIB_OK);
    CHECK_EQ_DOUBLE(real, integers[i].real);
    if (!integers[i].text) return;
    CHECK_EQ_INT(joblib_value_int_text(value, text, sizeof text, NULL, NULL), JOBLIB_OK);
    CHECK_EQ_TEXT(text, integers[i].text);
}

static void reads_integers_of_every_size(void)
{
    for (size_t i = 0; i < COUNT(integers); i++) {
        joblib_document *document = document_from(integers[i].notation);
        check_integer(joblib_document_root(document), i);
        joblib_document_release(document);
    }
}

/* float(2 ** 1024) is an OverflowError. */
static void finds_no_double_for_integers_beyond(void)
{
    double real = 7;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = document_from("[2**1024, -2**1024]");
    for (size_t i = 0; i < 2; i++) {
        const joblib_value *value = joblib_value_at(joblib_document_root(document), i);
        joblib_status status = joblib_value_as_float64(value, &real, &error);
        CHECK_STATUS(status, &error, JOBLIB_ERROR_RANGE, JOBLIB_NO_OFFSET);
    }
    joblib_document_release(document);
}

/* The digits fit their number, and a NUL. */
static void needs_room_for_every_digit(void)
{
    char text[8] = "xxxxxxx";
    size_t size = 0;
    joblib_document *document = document_from("-12345");
    const joblib_value *value = joblib_document_root(document);
    CHECK_EQ_INT(joblib_value_int_text(value, text, 6, &size, NULL), JOBLIB_ERROR_RANGE);
    CHECK_EQ_SIZE(size, 6);
    CHECK_EQ_TEXT(text, "xxxxxxx");
    CHECK_EQ_INT(joblib_value_int_text(value, text, 7, &size, NULL), JOBLIB_OK);
    CHECK_EQ_TEXT(text, "-12345");
    joblib_document_release(document);
}

#define SCALAR(type, bytes) \
    "\x80\3cnumpy.core.multiarray\nscalar\n(cnumpy\ndtype\n(X\2\0\0\0" type \
    "K\0K\1tR(K\3X\1\0\0\0<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\0tbC\x08" bytes "tR."

/* numpy.uint64 and numpy.int64 at their ends; this once never ended. */
static void reads_wide_scalars_as_double(void)
{
    static const struct {
        const char *pickle;
        size_t size;
        double real;
    } scalars[] = {
        {SCALAR("u8", "\0\0\0\0\0\0\0\x80"), sizeof SCALAR("u8", "\0\0\0\0\0\0\0\x80"),
         0x1p63},
        {SCALAR("u8", "\xff\xff\xff\xff\xff\xff\xff\xff"),
         sizeof SCALAR("u8", "\xff\xff\xff\xff\xff\xff\xff\xff"), 0x1p64},
        {SCALAR("u8", "\1\4\0\0\0\0\0\x80"), sizeof SCALAR("u8", "\1\4\0\0\0\0\0\x80"),
         0x1.0000000000001p63},
        {SCALAR("i8", "\0\0\0\0\0\0\0\x80"), sizeof SCALAR("i8", "\0\0\0\0\0\0\0\x80"),
         -0x1p63},
        {SCALAR("i8", "\xff\xff\xff\xff\xff\xff\xff\xff"),
         sizeof SCALAR("i8", "\xff\xff\xff\xff\xff\xff\xff\xff"), -1.0},
    };
    for (size_t i = 0; i < COUNT(scalars); i++) {
        double real = 0;
        joblib_document *document = NULL;
        joblib_error error = JOBLIB_ERROR_INIT;
        CHECK_OK(joblib_load_memory(scalars[i].pickle, scalars[i].size - 1, NULL,
                                    &document, &error),
                 &error);
        CHECK_OK(joblib_value_as_float64(joblib_document_root(document), &real, &error),
                 &error);
        CHECK_EQ_DOUBLE(real, scalars[i].real);
        joblib_document_release(document);
    }
}

/* 1, 1.0 and True are one key for Python. */
static void finds_keys_that_are_equal_numbers(void)
{
    joblib_document *document = document_from("[{1.0: 'a'}, {True: 'a'}, {1: 'a'}, {}]");
    const joblib_value *root = joblib_document_root(document);
    for (size_t i = 0; i < 3; i++) {
        const joblib_value *dict = joblib_value_at(root, i);
        CHECK_EQ_TEXT(joblib_value_text(joblib_value_find_int(dict, 1), NULL), "a");
        CHECK(joblib_value_find_int(dict, 0) == NULL);
        CHECK(joblib_value_find(dict, "1") == NULL);
    }
    CHECK(joblib_value_find_int(joblib_value_at(root, 3), 1) == NULL);
    joblib_document_release(document);
}

int main(void)
{
    RUN(reads_integers_of_every_size);
    RUN(finds_no_double_for_integers_beyond);
    RUN(needs_room_for_every_digit);
    RUN(reads_wide_scalars_as_double);
    RUN(finds_keys_that_are_equal_numbers);
    return test_finish();
}
