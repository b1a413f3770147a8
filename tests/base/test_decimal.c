/* Numbers from decimal text: the bits are those of Python's float(). */
#include "base/decimal.h"

#include "base/integer.h"
#include "support/test.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static const struct {
    const char *text;
    uint64_t bits;
} floats[] = {
    {"0", UINT64_C(0x0000000000000000)},
    {"-0", UINT64_C(0x8000000000000000)},
    {"1", UINT64_C(0x3ff0000000000000)},
    {"+1.5", UINT64_C(0x3ff8000000000000)},
    {".5", UINT64_C(0x3fe0000000000000)},
    {"5.", UINT64_C(0x4014000000000000)},
    {"1e5", UINT64_C(0x40f86a0000000000)},
    {"1E-5", UINT64_C(0x3ee4f8b588e368f1)},
    {"0.1", UINT64_C(0x3fb999999999999a)},
    {"123456789012345678", UINT64_C(0x437b69b4ba630f35)},
    {"9007199254740993", UINT64_C(0x4340000000000000)},
    {"9007199254740993.0000000000000000000001", UINT64_C(0x4340000000000001)},
    {"9007199254740995", UINT64_C(0x4340000000000002)},
    {"1e23", UINT64_C(0x44b52d02c7e14af6)},
    {"8.5e22", UINT64_C(0x44b1ffdbf6b2b2eb)},
    {"1.7976931348623157e308", UINT64_C(0x7fefffffffffffff)},
    {"1.7976931348623158e308", UINT64_C(0x7fefffffffffffff)},
    {"2.2250738585072011e-308", UINT64_C(0x000fffffffffffff)},
    {"2.2250738585072014e-308", UINT64_C(0x0010000000000000)},
    {"4.9e-324", UINT64_C(0x0000000000000001)},
    {"2.4703282292062327e-324", UINT64_C(0x0000000000000000)},
    {"2.4703282292062328e-324", UINT64_C(0x0000000000000001)},
    {"1e-999", UINT64_C(0x0000000000000000)},
    {"0e999999999999", UINT64_C(0x0000000000000000)},
    {"6.631236846766476e-316", UINT64_C(0x0000000008000000)},
    {"3.2378839133029012e-319", UINT64_C(0x000000000000ffff)},
    {"7.41098468761869816264853189302332058547589703921487146638378523751013"
     "2609053131277979497545424539885696948470431685765963899850655339096945"
     "9816219401617281718945106978546710679176872575177347315553307795408549"
     "8096084575009581113730347476580968710095909754422710047573078097111189"
     "3578483867565399878350301522805593404659373979179073872386829939581848"
     "1660169122019456499931289798411362062484498678713572180352209017023903"
     "2857917325202205289740208029068540216066123755499834026713000358124864"
     "7904138574340187552090159017259254714629617513415977493871857473787096"
     "1645638908718119841271673056017045493004705269590165763776884908267986"
     "9725733665217655679410725087643375608460039849049721491174630855395563"
     "54188641513168478436313080237596295773983001708984375e-324",
     UINT64_C(0x0000000000000002)},
    {"inf", UINT64_C(0x7ff0000000000000)},
    {"-Infinity", UINT64_C(0xfff0000000000000)},
    {"nan", UINT64_C(0x7ff8000000000000)},
    {"-NaN", UINT64_C(0xfff8000000000000)},
    {"1.448997445238699", UINT64_C(0x3ff72f17f1f49aad)},
    {"1797693134862315807937289714053034150799341327100378269361737789804449"
     "6829276475094664901797758720709633028641669288791094655554785194040263"
     "0657488671505820681908902000708383676273854845817711531764475730270069"
     "8555713669596228429148198608349364752927190741684443655107043427115596"
     "99508093042879",
     UINT64_C(0x7cd203af9ee75615)},
};

/* Rounded once: some would be others by way of the nearest double. */
static const struct {
    const char *text;
    uint32_t bits;
} singles[] = {
    {"0.1", UINT32_C(0x3dcccccd)},
    {"16777217", UINT32_C(0x4b800000)},
    {"16777217.0000000001", UINT32_C(0x4b800001)},
    {"1.00000017881393432617187500", UINT32_C(0x3f800002)},
    {"1.00000017881393432617187499", UINT32_C(0x3f800001)},
    {"1.000000178813934326171875000000000000001", UINT32_C(0x3f800002)},
    {"3.4028235e38", UINT32_C(0x7f7fffff)},
    {"1.17549435e-38", UINT32_C(0x00800000)},
    {"1.1754942807573643e-38", UINT32_C(0x00800000)},
    {"1.4e-45", UINT32_C(0x00000001)},
    {"7.006492321624085354618e-46", UINT32_C(0x00000000)},
    {"7.0064923216240853546186479164495807e-46", UINT32_C(0x00000001)},
    {"1e-60", UINT32_C(0x00000000)},
};

static uint64_t bits_of(const char *text, size_t size)
{
    double number = 0;
    uint64_t bits;
    if (!joblib_base__decimal_to_double(text, size, &number))
        test_fail(__FILE__, __LINE__, "%s is not read", text);
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

static void reads_the_nearest_double(void)
{
    for (size_t i = 0; i < COUNT(floats); i++) {
        if (bits_of(floats[i].text, strlen(floats[i].text)) != floats[i].bits)
            test_fail(__FILE__, __LINE__, "wrong bits for %s", floats[i].text);
    }
}

static void reads_the_nearest_float(void)
{
    for (size_t i = 0; i < COUNT(singles); i++) {
        double number = -1;
        float single;
        uint32_t bits;
        const char *text = singles[i].text;
        CHECK(joblib_base__decimal_to_single(text, strlen(text), &number));
        single = (float)number;
        CHECK_EQ_DOUBLE((double)single, number);
        memcpy(&bits, &single, sizeof bits);
        if (bits != singles[i].bits)
            test_fail(__FILE__, __LINE__, "wrong bits for %s", text);
    }
}

/* A 1 far behind the digits that a double needs breaks a tie. */
static void sees_the_last_of_many_digits(void)
{
    char text[3000] = "9007199254740993.";
    size_t point = strlen(text);
    memset(text + point, '0', sizeof text - point);
    CHECK(bits_of(text, sizeof text) == UINT64_C(0x4340000000000000));
    text[sizeof text - 1] = '1';
    CHECK(bits_of(text, sizeof text) == UINT64_C(0x4340000000000001));
}

static void follows_a_long_exponent(void)
{
    char text[3008];
    memset(text, '0', sizeof text);
    memcpy(text, "1", 1);
    memcpy(text + 3001, "e-3000", 7);
    CHECK(bits_of(text, 3007) == UINT64_C(0x3ff0000000000000));
}

static void reads_nothing_else_as_a_float(void)
{
    static const char *const texts[] = {
        "",
        "-",
        ".",
        "e5",
        "1e",
        "1e+",
        "1_0",
        " 1",
        "1 ",
        "1,",
        "++",
        "1.2.3",
        "0x1p3",
        "infi",
        "nan0",
        "1e999",
        "1.8e308",
        "1e5.0",
        "1.7976931348623159e308",
        "-1e99999999999999999999",
    };
    double number;
    for (size_t i = 0; i < COUNT(texts); i++) {
        if (joblib_base__decimal_to_double(texts[i], strlen(texts[i]), &number))
            test_fail(__FILE__, __LINE__, "\"%s\" is read", texts[i]);
    }
    CHECK(!joblib_base__decimal_to_double("1\0", 2, &number));
}

static void knows_decimals(void)
{
    static const char *const good[] = {"0", "7", "-7", "10", "-123456789012345678901"};
    static const char *const bad[] = {"", "-", "-0", "00", "01", "+1", "1 ", "1L", "-01"};
    for (size_t i = 0; i < COUNT(good); i++)
        CHECK(joblib_base__is_decimal(good[i], strlen(good[i])));
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(!joblib_base__is_decimal(bad[i], strlen(bad[i])));
}

/* There and back: what integer.c writes is what was read. */
static void reads_integers_of_any_size(void)
{
    static const size_t digits[] = {1,   9,    10,
                                    18,  19,   20,
                                    100, 4299, JOBLIB_DECIMAL_DIGITS};
    static char text[JOBLIB_DECIMAL_DIGITS + 2], back[JOBLIB_DECIMAL_DIGITS + 600];
    uint8_t bytes[JOBLIB_DECIMAL_BYTES];
    joblib_allocator allocator = joblib_base__choose_allocator(NULL);
    for (size_t i = 0; i < 4 * COUNT(digits); i++) {
        size_t negative = i & 1, count = digits[i / 4] + negative, size;
        memset(text, i & 2 ? '9' : '1', sizeof text);
        if (negative) text[0] = '-';
        size = joblib_base__decimal_to_integer(text, count, bytes);
        CHECK(size <= sizeof bytes);
        size = joblib_base__integer_trim(bytes, size);
        CHECK(joblib_base__integer_to_text(bytes, size, &allocator, back, &size));
        CHECK(size == count && memcmp(back, text, count) == 0);
    }
}

int main(void)
{
    RUN(reads_the_nearest_double);
    RUN(reads_the_nearest_float);
    RUN(sees_the_last_of_many_digits);
    RUN(follows_a_long_exponent);
    RUN(reads_nothing_else_as_a_float);
    RUN(knows_decimals);
    RUN(reads_integers_of_any_size);
    return test_finish();
}
