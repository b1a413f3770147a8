#include "support/json.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

struct json_reader {
    const char *at;
    bool failed;
};

static struct json *read_json(struct json_reader *reader);

static char skip_blanks(struct json_reader *reader)
{
    reader->at += strspn(reader->at, " \t\r\n");
    return *reader->at;
}

static unsigned read_hex(const char **at)
{
    char digits[5] = "";
    strncpy(digits, *at, 4);
    *at += strlen(digits);
    return (unsigned)strtoul(digits, NULL, 16);
}

/* \uXXXX, or two of them for a character beyond the first plane. */
static size_t read_code(struct json_reader *reader, char *out)
{
    unsigned code = read_hex(&reader->at);
    if (code >= 0xd800 && code < 0xdc00 && strncmp(reader->at, "\\u", 2) == 0) {
        reader->at += 2;
        code = 0x10000 + ((code - 0xd800) << 10) + (read_hex(&reader->at) - 0xdc00);
    }
    return joblib_base__utf8_encode(code, out);
}

/* The text between two quotation marks. It is never longer than it was written. */
static char *read_string(struct json_reader *reader)
{
    static const char plain[] = "\"\"\\\\//b\bf\fn\nr\rt\t";
    char *text = malloc(strlen(reader->at) + 1), *out = text;
    reader->at++;
    while (*reader->at != '"' && *reader->at != '\0') {
        if (*reader->at != '\\') {
            *out++ = *reader->at++;
            continue;
        }
        char escape = reader->at[1];
        reader->at += 2;
        const char *found = strchr(plain, escape);
        if (escape == 'u')
            out += read_code(reader, out);
        else if (escape != '\0' && found)
            *out++ = plain[(found - plain) | 1];
        else
            reader->failed = true;
    }
    if (*reader->at == '"') reader->at++;
    *out++ = '\0';
    return realloc(text, (size_t)(out - text));
}

static char *read_word(struct json_reader *reader)
{
    size_t size = strspn(reader->at, "+-.0123456789abcdefghijklmnopqrstuvwxyzE");
    char *text = calloc(size + 1, 1);
    memcpy(text, reader->at, size);
    reader->at += size;
    if (size == 0) reader->failed = true;
    return text;
}

static void read_members(struct json_reader *reader, struct json *json, char end)
{
    struct json **last = &json->first;
    reader->at++;
    while (!reader->failed && skip_blanks(reader) != end) {
        char *key = NULL;
        if (json->kind == '{') {
            key = *reader->at == '"' ? read_string(reader) : NULL;
            if (skip_blanks(reader) == ':') reader->at++;
        }
        *last = read_json(reader);
        (*last)->key = key;
        last = &(*last)->next;
        if (skip_blanks(reader) == ',') reader->at++;
    }
    if (!reader->failed) reader->at++;
}

static struct json *read_json(struct json_reader *reader)
{
    struct json *json = calloc(1, sizeof *json);
    json->kind = skip_blanks(reader);
    switch (json->kind) {
    case '{':
        read_members(reader, json, '}');
        break;
    case '[':
        read_members(reader, json, ']');
        break;
    case '"':
        json->text = read_string(reader);
        break;
    default:
        json->text = read_word(reader);
        if (!strchr("tfn", json->kind)) json->kind = '0';
    }
    return json;
}

struct json *json_parse(const char *text)
{
    struct json_reader reader = {text, false};
    struct json *json = read_json(&reader);
    if (!reader.failed && skip_blanks(&reader) == '\0') return json;
    json_free(json);
    return NULL;
}

void json_free(struct json *json)
{
    while (json) {
        struct json *next = json->next;
        json_free(json->first);
        free(json->key);
        free(json->text);
        free(json);
        json = next;
    }
}

const struct json *json_find(const struct json *object, const char *key)
{
    const struct json *member = object ? object->first : NULL;
    while (member && (!member->key || strcmp(member->key, key) != 0))
        member = member->next;
    return member;
}

size_t json_count(const struct json *json)
{
    size_t count = 0;
    for (const struct json *item = json ? json->first : NULL; item; item = item->next)
        count++;
    return count;
}

const char *json_text(const struct json *object, const char *key)
{
    const struct json *member = json_find(object, key);
    return member && member->text ? member->text : "";
}

unsigned char *json_base64(const char *text, size_t *size_out)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned char *out = malloc(strlen(text) / 4 * 3 + 3);
    unsigned long bits = 0;
    size_t size = 0;
    int held = 0;
    for (; *text != '\0' && *text != '='; text++) {
        const char *digit = strchr(digits, *text);
        bits = (bits << 6 | (unsigned long)(digit ? digit - digits : 0)) & 0xffffff;
        held += 6;
        if (held < 8) continue;
        held -= 8;
        out[size++] = (unsigned char)(bits >> held);
    }
    *size_out = size;
    return out;
}
