/* Text made safe: expected is what Python's json.dumps() and base64 give. */
#include <stdlib.h>

#include "print/escape.h"
#include "support/collected.h"
#include "support/test.h"

static struct collected bytes;
static joblib_print__output output;

static void begin(void)
{
    bytes.size = 0;
    output.sink = collect_into(&bytes);
}

static const char *end(void)
{
    joblib_print__put(&output, "", 1);
    CHECK_EQ_INT(joblib_print__flush(&output), JOBLIB_OK);
    return bytes.text;
}

static const struct {
    const char *text;
    size_t size;
    const char *json;
} json_texts[] = {
    {"", 0, "\"\""},
    {"\x70\x6c\x61\x69\x6e", 5, "\"plain\""},
    {"\x22\x5c\x2f", 3, "\"\\\"\\\\/\""},
    {"\x0a\x0d\x09\x08\x0c", 5, "\"\\n\\r\\t\\b\\f\""},
    {"\x00\x01\x1f\x7f", 4, "\"\\u0000\\u0001\\u001f\\u007f\""},
    {"\xc3\xa9", 2, "\"\\u00e9\""},
    {"\xd0\x96\xe2\x82\xac", 5, "\"\\u0416\\u20ac\""},
    {"\xf0\x9f\x98\x80", 4, "\"\\ud83d\\ude00\""},
    {"\xed\xa0\x80", 3, "\"\\ud800\""},
    {"\xed\xbf\xbf\x20\x78", 5, "\"\\udfff x\""},
    {"\xe2\x80\xa8", 3, "\"\\u2028\""},
};

static void writes_json_as_python_does(void)
{
    for (size_t i = 0; i < sizeof json_texts / sizeof *json_texts; i++) {
        begin();
        joblib_print__put_json_text(&output, json_texts[i].text, json_texts[i].size);
        CHECK_EQ_TEXT(end(), json_texts[i].json);
    }
}

static const struct {
    const char *data;
    size_t size;
    const char *base64;
} base64_texts[] = {
    {"", 0, ""},
    {"\x61", 1, "YQ=="},
    {"\x61\x62", 2, "YWI="},
    {"\x61\x62\x63", 3, "YWJj"},
    {"\x61\x62\x63\x64", 4, "YWJjZA=="},
    {"\xfa\xfb\xfc\xfd\xfe\xff\x00", 7, "+vv8/f7/AA=="},
};

/* In every way to cut the bytes in two. */
static void writes_base64_in_pieces(void)
{
    for (size_t i = 0; i < sizeof base64_texts / sizeof *base64_texts; i++) {
        for (size_t cut = 0; cut <= base64_texts[i].size; cut++) {
            joblib_print__base64 state = {&output, {0}, 0};
            begin();
            joblib_print__base64_put(&state, base64_texts[i].data, cut);
            joblib_print__base64_put(&state, base64_texts[i].data + cut,
                                     base64_texts[i].size - cut);
            joblib_print__base64_end(&state);
            CHECK_EQ_TEXT(end(), base64_texts[i].base64);
        }
    }
}

static void hides_what_a_terminal_would_obey(void)
{
    static const char text[] =
        "\x1b[31m\a\n\x7f\xc2\x9b \xe2\x80\xae\xff\xed\xa0\x80 \xc3\xa9";
    begin();
    joblib_print__put_plain(&output, text, sizeof text - 1);
    CHECK_EQ_TEXT(end(), "\\x1b[31m\\x07\\n\\x7f\\x9b \\u202e\\xff\\ud800 \xc3\xa9");
}

static void quotes_and_cuts(void)
{
    begin();
    joblib_print__put_quoted(&output, "a\"\\", 3, 10);
    CHECK_EQ_TEXT(end(), "\"a\\\"\\\\\"");
    begin();
    joblib_print__put_quoted(&output, "\xc3\xa9\xc3\xa9\xc3\xa9", 6, 2);
    CHECK_EQ_TEXT(end(), "\"\xc3\xa9\xc3\xa9\xe2\x80\xa6\" of 6 bytes");
    begin();
    joblib_print__put_quoted_bytes(&output, "\x00\xc3z", 3, 2);
    CHECK_EQ_TEXT(end(), "\"\\x00\\xc3\xe2\x80\xa6\" of 3 bytes");
}

int main(void)
{
    RUN(writes_json_as_python_does);
    RUN(writes_base64_in_pieces);
    RUN(hides_what_a_terminal_would_obey);
    RUN(quotes_and_cuts);
    free(bytes.text);
    return test_finish();
}
