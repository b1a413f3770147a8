/* Numbers as text: expected are Python's repr() and numpy's digits of floats. */
#include <math.h>

#include "base/decimal.h"
#include "print/number_text.h"
#include "support/test.h"

static const struct {
    uint64_t bits;
    const char *text;
} doubles[] = {
    {UINT64_C(0x0000000000000000), "0.0"},
    {UINT64_C(0x8000000000000000), "-0.0"},
    {UINT64_C(0x3ff0000000000000), "1.0"},
    {UINT64_C(0xbff8000000000000), "-1.5"},
    {UINT64_C(0x3fb999999999999a), "0.1"},
    {UINT64_C(0x3fe0000000000000), "0.5"},
    {UINT64_C(0x4059000000000000), "100.0"},
    {UINT64_C(0x40fe240000000000), "123456.0"},
    {UINT64_C(0x430c6bf526340000), "1000000000000000.0"},
    {UINT64_C(0x4341c37937e07fff), "9999999999999998.0"},
    {UINT64_C(0x4341c37937e08000), "1e+16"},
    {UINT64_C(0x4376345785d8a000), "1e+17"},
    {UINT64_C(0x4345eddb25e04800), "1.2345e+16"},
    {UINT64_C(0x3f1a36e2eb1c432d), "0.0001"},
    {UINT64_C(0x3f202e4b6ce5dc68), "0.00012345"},
    {UINT64_C(0x3ee4f8b588e368f1), "1e-05"},
    {UINT64_C(0x3e8421f5f40d8376), "1.5e-07"},
    {UINT64_C(0x4480f0cf064dd592), "1e+22"},
    {UINT64_C(0x44b52d02c7e14af6), "1e+23"},
    {UINT64_C(0x7fefffffffffffff), "1.7976931348623157e+308"},
    {UINT64_C(0x0010000000000000), "2.2250738585072014e-308"},
    {UINT64_C(0x0000000000000001), "5e-324"},
    {UINT64_C(0x0000000000000003), "1.5e-323"},
    {UINT64_C(0x3fe0000000000000), "0.5"},
    {UINT64_C(0x3d30000000000000), "5.684341886080802e-14"},
    {UINT64_C(0x0060000000000000), "7.120236347223045e-307"},
    {UINT64_C(0x0120000000000000), "2.916448807822559e-303"},
    {UINT64_C(0x7e70000000000000), "1.0715086071862673e+301"},
    {UINT64_C(0x3fd5555555555555), "0.3333333333333333"},
    {UINT64_C(0x3fe5555555555555), "0.6666666666666666"},
    {UINT64_C(0x3fd3333333333334), "0.30000000000000004"},
    {UINT64_C(0x4011666666666666), "4.35"},
    {UINT64_C(0x419d6f3454800000), "123456789.125"},
    {UINT64_C(0x7ff0000000000000), "inf"},
    {UINT64_C(0xfff0000000000000), "-inf"},
    {UINT64_C(0x7ff8000000000000), "nan"},
    {UINT64_C(0x25edd4249e759ffe), "5.508151987300463e-126"},
    {UINT64_C(0x0858d8da45a94da5), "1.881305151105145e-268"},
    {UINT64_C(0x3a9ed6fd2f5ab0d2), "2.491219268904933e-26"},
    {UINT64_C(0x1e56e4a7cd4d407e), "1.5901883835326914e-162"},
    {UINT64_C(0x252cae3f50179a53), "1.2930071348920775e-129"},
    {UINT64_C(0x26c2248f08633fec), "5.489038254955424e-122"},
    {UINT64_C(0x3a2a14a781af7d12), "1.6459223664903328e-28"},
    {UINT64_C(0x1e07e7166b322fd4), "5.1884671944256784e-164"},
    {UINT64_C(0x23400e3b21328322), "6.741216422254746e-139"},
    {UINT64_C(0x0c4589099dfe8e99), "1.5039194975899228e-249"},
    {UINT64_C(0x2de5c0e1ff714a3b), "1.3669083091047468e-87"},
    {UINT64_C(0x229f50ed3c31983a), "6.4202213683433266e-142"},
};

/* Laid out as Python's repr() does. */
static const struct {
    uint32_t bits;
    const char *text;
} singles[] = {
    {UINT32_C(0x3dcccccd), "0.1"},           {UINT32_C(0x3eaaaaab), "0.33333334"},
    {UINT32_C(0x4b800000), "16777216.0"},    {UINT32_C(0x501502f9), "10000000000.0"},
    {UINT32_C(0x7f7fffff), "3.4028235e+38"}, {UINT32_C(0x00000001), "1e-45"},
    {UINT32_C(0x00800000), "1.1754944e-38"}, {UINT32_C(0x40200000), "2.5"},
    {UINT32_C(0x33d6bf95), "1e-07"},         {UINT32_C(0x3e99999a), "0.3"},
    {UINT32_C(0x30800000), "9.313226e-10"},  {UINT32_C(0x5d800000), "1.1529215e+18"},
    {UINT32_C(0x0f800000), "1.2621775e-29"}, {UINT32_C(0x40e00000), "7.0"},
    {UINT32_C(0x47f12065), "123456.79"},
};

static void writes_doubles_as_python_does(void)
{
    char text[JOBLIB_FLOAT_TEXT_SIZE];
    for (size_t i = 0; i < sizeof doubles / sizeof *doubles; i++) {
        double value;
        memcpy(&value, &doubles[i].bits, sizeof value);
        size_t size = joblib_float_text(value, false, text);
        CHECK_EQ_SIZE(size, strlen(text));
        CHECK_EQ_TEXT(text, doubles[i].text);
    }
}

static void writes_floats_with_the_fewest_digits(void)
{
    char text[JOBLIB_FLOAT_TEXT_SIZE];
    for (size_t i = 0; i < sizeof singles / sizeof *singles; i++) {
        float value;
        memcpy(&value, &singles[i].bits, sizeof value);
        (void)joblib_float_text((double)value, true, text);
        CHECK_EQ_TEXT(text, singles[i].text);
    }
}

static void reads_back_what_it_writes(void)
{
    char text[JOBLIB_FLOAT_TEXT_SIZE];
    uint64_t bits = 1;
    for (int i = 0; i < 100000; i++) {
        double value, again = 0.0;
        bits = bits * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        memcpy(&value, &bits, sizeof value);
        if (isnan(value)) continue;
        (void)joblib_float_text(value, false, text);
        CHECK(strlen(text) < sizeof text);
        CHECK(joblib_base__decimal_to_double(text, strlen(text), &again));
        CHECK_EQ_DOUBLE(again, value);
    }
}

static void writes_every_type_of_number(void)
{
    static const struct {
        int number;
        uint64_t bits;
        const char *text;
    } items[] = {
        {JOBLIB_NUMBER_BOOL, 1, "True"},
        {JOBLIB_NUMBER_BOOL, 0, "False"},
        {JOBLIB_NUMBER_INT8, 0x80, "-128"},
        {JOBLIB_NUMBER_INT16, 0x8000, "-32768"},
        {JOBLIB_NUMBER_INT32, 0x80000000, "-2147483648"},
        {JOBLIB_NUMBER_INT64, UINT64_C(0x8000000000000000), "-9223372036854775808"},
        {JOBLIB_NUMBER_UINT8, 0xff, "255"},
        {JOBLIB_NUMBER_UINT16, 0xffff, "65535"},
        {JOBLIB_NUMBER_UINT32, 0xffffffff, "4294967295"},
        {JOBLIB_NUMBER_UINT64, UINT64_MAX, "18446744073709551615"},
        {JOBLIB_NUMBER_FLOAT16, 0x2e66, "0.0999755859375"},
        {JOBLIB_NUMBER_FLOAT32, 0x3dcccccd, "0.1"},
        {JOBLIB_NUMBER_FLOAT64, UINT64_C(0x3fb999999999999a), "0.1"},
    };
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        char text[JOBLIB_FLOAT_TEXT_SIZE] = "";
        const joblib_dtype *dtype = joblib_dtype_number(items[i].number);
        uint8_t bytes[8];
        size_t size = joblib_dtype_itemsize(dtype);
        const uint16_t one = 1;
        bool is_little = *(const uint8_t *)&one == 1;
        for (size_t j = 0; j < size; j++) {
            bytes[is_little ? j : size - 1 - j] = (uint8_t)(items[i].bits >> (8 * j));
        }
        CHECK(joblib_print__number_text(dtype, bytes, text));
        CHECK_EQ_TEXT(text, items[i].text);
    }
}

int main(void)
{
    RUN(writes_doubles_as_python_does);
    RUN(writes_floats_with_the_fewest_digits);
    RUN(reads_back_what_it_writes);
    RUN(writes_every_type_of_number);
    return test_finish();
}
