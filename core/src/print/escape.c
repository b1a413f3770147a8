#include "print/escape.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

/* Stands for a byte that is no part of a character. */
#define NO_CHARACTER UINT32_MAX

/* Reads a character of `size` > 0 bytes; returns how many it took. */
static size_t read_character(const char *text, size_t size, uint32_t *out)
{
    if (joblib_base__utf8_valid(text, size < 4 ? size : 4) > 0) {
        return joblib_base__utf8_decode(text, out);
    }
    *out = NO_CHARACTER;
    return 1;
}

/* Ranges of characters that a terminal may obey or that hide what stands beside them. */
static bool is_hidden(uint32_t code)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x00, 0x1f},     /* control characters, the escape among them */
        {0x7f, 0x9f},     /* more of them */
        {0xad, 0xad},     /* soft hyphen */
        {0x61c, 0x61c},   /* marks and overrides of the direction of writing */
        {0x200b, 0x200f}, /* those, and characters without width */
        {0x2028, 0x202e}, /* line and paragraph separator, and overrides */
        {0x2060, 0x206f}, {0xd800, 0xdfff}, /* surrogates */
        {0xfeff, 0xfeff},                   /* byte order mark */
        {0xfff9, 0xfffb}, {0xe0000, 0xe0fff}, {0x110000, UINT32_MAX},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) return true;
    }
    return false;
}

static void put_hidden(joblib_print__output *out, uint32_t code, unsigned char byte)
{
    if (code == NO_CHARACTER) {
        joblib_print__put_format(out, "\\x%02x", byte);
    } else if (code == '\n' || code == '\t') {
        joblib_print__put_text(out, code == '\n' ? "\\n" : "\\t");
    } else {
        joblib_print__put_format(out,
                                 code < 0x100     ? "\\x%02x"
                                 : code < 0x10000 ? "\\u%04x"
                                                  : "\\U%08x",
                                 (unsigned)code);
    }
}

/* Puts at most `limit` characters, and returns the number of bytes that they took. */
static size_t put_characters(joblib_print__output *out, const char *text, size_t size,
                             size_t limit, bool quoted)
{
    size_t at = 0;
    for (; at < size && limit > 0; limit--) {
        uint32_t code;
        size_t count = read_character(text + at, size - at, &code);
        if (is_hidden(code)) {
            put_hidden(out, code, (unsigned char)text[at]);
        } else {
            if (quoted && (code == '"' || code == '\\')) joblib_print__put(out, "\\", 1);
            joblib_print__put(out, text + at, count);
        }
        at += count;
    }
    return at;
}

void joblib_print__put_plain(joblib_print__output *out, const char *text, size_t size)
{
    (void)put_characters(out, text, size, SIZE_MAX, false);
}

static void put_size_of_rest(joblib_print__output *out, size_t shown, size_t size)
{
    if (shown < size) {
        joblib_print__put_format(out, "\xe2\x80\xa6\" of %zu bytes", size);
    } else {
        joblib_print__put(out, "\"", 1);
    }
}

void joblib_print__put_quoted(joblib_print__output *out, const char *text, size_t size,
                              size_t limit)
{
    joblib_print__put(out, "\"", 1);
    put_size_of_rest(out, put_characters(out, text, size, limit, true), size);
}

void joblib_print__put_quoted_bytes(joblib_print__output *out, const void *data,
                                    size_t size, size_t limit)
{
    const unsigned char *bytes = data;
    size_t shown = size < limit ? size : limit;
    joblib_print__put(out, "\"", 1);
    for (size_t i = 0; i < shown; i++) {
        bool plain = bytes[i] >= 0x20 && bytes[i] < 0x7f;
        bool special = bytes[i] == '"' || bytes[i] == '\\';
        joblib_print__put_format(out, plain ? (special ? "\\%c" : "%c") : "\\x%02x",
                                 bytes[i]);
    }
    put_size_of_rest(out, shown, size);
}

static void put_json_character(joblib_print__output *out, uint32_t code)
{
    static const char short_forms[] = "\"\"\\\\\nn\rr\tt\bb\ff";
    for (const char *pair = short_forms; *pair != '\0'; pair += 2) {
        if (code == (unsigned char)pair[0]) {
            joblib_print__put_format(out, "\\%c", pair[1]);
            return;
        }
    }
    if (code < 0x10000) {
        joblib_print__put_format(out, "\\u%04x", (unsigned)code);
        return;
    }
    unsigned rest = (unsigned)(code - 0x10000);
    joblib_print__put_format(out, "\\u%04x\\u%04x", 0xd800 + (rest >> 10),
                             0xdc00 + (rest & 0x3ff));
}

/* Bytes out of place stand as Python's surrogateescape has them. */
void joblib_print__put_json_text(joblib_print__output *out, const char *text, size_t size)
{
    size_t plain = 0; /* where the characters begin that stand for themselves */
    joblib_print__put(out, "\"", 1);
    for (size_t at = 0; at < size;) {
        uint32_t code;
        size_t count = read_character(text + at, size - at, &code);
        if (code < 0x20 || code > 0x7e || code == '"' || code == '\\') {
            if (code == NO_CHARACTER) {
                code = 0xdc00 + (unsigned char)text[at];
            }
            joblib_print__put(out, text + plain, at - plain);
            put_json_character(out, code);
            plain = at + count;
        }
        at += count;
    }
    joblib_print__put(out, text + plain, size - plain);
    joblib_print__put(out, "\"", 1);
}

/* Puts the first `count` of the four letters that three bytes make. */
static void put_group(joblib_print__output *out, const unsigned char *group, size_t count)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint32_t bits = (uint32_t)group[0] << 16 | (uint32_t)group[1] << 8 | group[2];
    char text[4];
    for (int i = 0; i < 4; i++) text[i] = letters[bits >> (18 - 6 * i) & 63];
    joblib_print__put(out, text, count);
}

void joblib_print__base64_put(joblib_print__base64 *state, const void *data, size_t size)
{
    const unsigned char *bytes = data;
    while (size > 0 && state->count > 0) {
        state->held[state->count++] = *bytes++;
        size--;
        if (state->count == 3) {
            put_group(state->out, state->held, 4);
            state->count = 0;
        }
    }
    for (; size >= 3; size -= 3, bytes += 3) put_group(state->out, bytes, 4);
    for (; size > 0; size--) state->held[state->count++] = *bytes++;
}

void joblib_print__base64_end(joblib_print__base64 *state)
{
    if (state->count == 0) return;
    memset(state->held + state->count, 0, 3 - state->count);
    put_group(state->out, state->held, state->count + 1);
    joblib_print__put_text(state->out, state->count == 1 ? "==" : "=");
    state->count = 0;
}

#undef NO_CHARACTER
