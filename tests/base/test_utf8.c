/* UTF-8 at the edges of its ranges, as Python's "surrogatepass" has it. */
#include "base/utf8.h"

#include "support/test.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* Bytes, and how many of them are valid. */
static const struct {
    const char *text;
    size_t size, valid;
} texts[] = {
    {"", 0, 0},
    {"a", 1, 1},
    {"a\0b", 3, 3},
    {"\x7f", 1, 1},
    {"\x80", 1, 0},
    {"\xbf", 1, 0},
    {"\xc0\x80", 2, 0},
    {"\xc1\xbf", 2, 0},
    {"\xc2\x80", 2, 2},
    {"\xdf\xbf", 2, 2},
    {"\xc2", 1, 0},
    {"\xc2\x41", 2, 0},
    {"\xe0\x9f\xbf", 3, 0},
    {"\xe0\xa0\x80", 3, 3},
    {"\xe0\xa0", 2, 0},
    {"\xed\x9f\xbf", 3, 3},
    {"\xed\xa0\x80", 3, 3}, /* lone surrogates are let through */
    {"\xed\xbf\xbf", 3, 3},
    {"\xef\xbf\xbf", 3, 3},
    {"\xf0\x8f\xbf\xbf", 4, 0},
    {"\xf0\x90\x80\x80", 4, 4},
    {"\xf0\x90\x80", 3, 0},
    {"\xf4\x8f\xbf\xbf", 4, 4},
    {"\xf4\x90\x80\x80", 4, 0},
    {"\xf5\x80\x80\x80", 4, 0},
    {"\xff", 1, 0},
    {"abcdefgh\xff", 9, 8},
    {"abcdefg\xc3\xa9z", 10, 10},
    {"abcdefghi\xe2\x82", 11, 9},
};

static void counts_what_is_valid(void)
{
    for (size_t i = 0; i < COUNT(texts); i++)
        CHECK_EQ_SIZE(joblib_base__utf8_valid(texts[i].text, texts[i].size),
                      texts[i].valid);
}

static void tells_ascii_apart_at_every_length(void)
{
    char text[40];
    for (size_t size = 0; size < sizeof text; size++) {
        memset(text, 'x', sizeof text);
        CHECK(joblib_base__is_ascii(text, size));
        for (size_t i = 0; i < size; i++) {
            text[i] = (char)0x80;
            CHECK(!joblib_base__is_ascii(text, size));
            CHECK_EQ_SIZE(joblib_base__utf8_valid(text, size), i);
            text[i] = 'x';
        }
    }
}

static void encodes_at_the_edges(void)
{
    static const struct {
        uint32_t code;
        const char *text;
    } codes[] = {
        {0x7f, "\x7f"},
        {0x80, "\xc2\x80"},
        {0x7ff, "\xdf\xbf"},
        {0x800, "\xe0\xa0\x80"},
        {0xd800, "\xed\xa0\x80"},
        {0xffff, "\xef\xbf\xbf"},
        {0x10000, "\xf0\x90\x80\x80"},
        {0x10ffff, "\xf4\x8f\xbf\xbf"},
    };
    for (size_t i = 0; i < COUNT(codes); i++) {
        char out[5] = "";
        uint32_t decoded = 0;
        size_t size = joblib_base__utf8_encode(codes[i].code, out);
        CHECK_EQ_SIZE(size, strlen(codes[i].text));
        CHECK_EQ_BYTES(out, codes[i].text, size);
        CHECK_EQ_SIZE(joblib_base__utf8_decode(out, &decoded), size);
        CHECK_EQ_INT(decoded, codes[i].code);
    }
}

static void decodes_what_it_encoded(void)
{
    for (uint32_t code = 0; code <= 0x10ffff; code++) {
        char out[5] = "";
        uint32_t decoded = 0;
        size_t size = joblib_base__utf8_encode(code, out);
        size_t taken = joblib_base__utf8_decode(out, &decoded);
        if (taken != size || decoded != code ||
            joblib_base__utf8_valid(out, size) != size) {
            test_fail(__FILE__, __LINE__, "code point 0x%x", (unsigned)code);
            return;
        }
    }
}

/* Every size around a word, with a byte above 0x7f at every place, or at none. */
static void copies_text_and_tells_whether_it_is_ascii(void)
{
    char text[41], out[42];
    for (size_t size = 0; size <= sizeof text; size++) {
        for (size_t odd = 0; odd <= size; odd++) {
            for (size_t i = 0; i < sizeof text; i++) text[i] = (char)('0' + i);
            if (odd < size) text[odd] = '\x80';
            memset(out, '!', sizeof out);
            CHECK_EQ_INT(joblib_base__copy_ascii(out, text, size), odd == size);
            CHECK(memcmp(out, text, size) == 0);
            CHECK_EQ_INT(out[size], '!');
        }
    }
}

int main(void)
{
    RUN(counts_what_is_valid);
    RUN(tells_ascii_apart_at_every_length);
    RUN(encodes_at_the_edges);
    RUN(decodes_what_it_encoded);
    RUN(copies_text_and_tells_whether_it_is_ascii);
    return test_finish();
}
