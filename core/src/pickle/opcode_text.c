/* Opcodes whose operand is a line of text: protocol 0, and what Python 2 writes besides. */
#include <string.h>

#include "base/decimal.h"
#include "base/hex.h"
#include "base/utf8.h"
#include "pickle/opcodes.h"
#include "pickle/stack.h"

struct line {
    const char *text;
    size_t size;
};

/* Numbers */

static joblib_status read_short_line(joblib_pickle__machine *machine, struct line *line,
                                     joblib_error *error)
{
    return joblib_io__read_line(machine->reader, &line->text, &line->size, error);
}

static joblib_status push_decimal(joblib_pickle__machine *machine, struct line line,
                                  uint8_t flags, joblib_error *error)
{
    uint8_t bytes[JOBLIB_DECIMAL_BYTES];
    char shown[JOBLIB_ESCAPED_SIZE];
    JOBLIB_REQUIRE(joblib_base__is_decimal(line.text, line.size), JOBLIB_ERROR_SYNTAX,
                   "\"%s\" is no decimal integer",
                   joblib_base__escape(shown, line.text, line.size));
    size_t digits = line.size - (line.text[0] == '-');
    JOBLIB_REQUIRE(digits <= JOBLIB_DECIMAL_DIGITS, JOBLIB_ERROR_LIMIT,
                   "an integer of %zu digits, %d are the most", digits,
                   JOBLIB_DECIMAL_DIGITS);
    size_t size = joblib_base__decimal_to_integer(line.text, line.size, bytes);
    joblib_value *value = joblib_value__new_integer(machine->document, bytes, size);
    if (value) value->flags |= flags;
    return joblib_pickle__push(machine, value, error);
}

/* 00 and 01 are the bools of protocols 0 and 1. */
joblib_status joblib_pickle__op_int(joblib_pickle__machine *machine, joblib_error *error)
{
    struct line line;
    JOBLIB_TRY(read_short_line(machine, &line, error));
    if (line.size == 2 && line.text[0] == '0' && (line.text[1] | 1) == '1')
        return joblib_pickle__push(machine, joblib_value__bool(line.text[1] == '1'),
                                   error);
    return push_decimal(machine, line, 0, error);
}

joblib_status joblib_pickle__op_long(joblib_pickle__machine *machine, joblib_error *error)
{
    struct line line;
    JOBLIB_TRY(read_short_line(machine, &line, error));
    if (line.size > 0 && line.text[line.size - 1] == 'L') line.size--;
    return push_decimal(machine, line, JOBLIB_VALUE_LONG, error);
}

joblib_status joblib_pickle__op_float(joblib_pickle__machine *machine,
                                      joblib_error *error)
{
    struct line line;
    double number;
    char shown[JOBLIB_ESCAPED_SIZE];
    JOBLIB_TRY(read_short_line(machine, &line, error));
    JOBLIB_REQUIRE(joblib_base__decimal_to_double(line.text, line.size, &number),
                   JOBLIB_ERROR_SYNTAX, "\"%s\" is no float",
                   joblib_base__escape(shown, line.text, line.size));
    return joblib_pickle__push(machine,
                               joblib_value__new_float(machine->document, number), error);
}

/* Lines of text, of any size: they stand in the window, or are gathered in the arena. */

struct gathered {
    char *text;
    size_t size;
    size_t room;
};

static joblib_status gather(joblib_pickle__machine *machine, struct gathered *gathered,
                            size_t size, joblib_error *error)
{
    size_t wanted = gathered->size + size;
    if (wanted > gathered->room) {
        size_t room = wanted > gathered->room * 2 ? wanted : gathered->room * 2;
        char *moved = joblib_base__arena_resize(&machine->document->arena, gathered->text,
                                                gathered->room, room);
        if (!moved) return joblib_pickle__exhausted(machine, room, error);
        gathered->text = moved;
        gathered->room = room;
    }
    if (size > 0) memcpy(gathered->text + gathered->size, machine->reader->next, size);
    machine->reader->next += size;
    gathered->size = wanted;
    return JOBLIB_OK;
}

static joblib_status check_line(const joblib_pickle__machine *machine, uint64_t size,
                                joblib_error *error)
{
    JOBLIB_REQUIRE(size <= machine->limits->max_text, JOBLIB_ERROR_LIMIT,
                   "a line of %llu bytes or more, %llu are the most (max_text)",
                   (unsigned long long)size,
                   (unsigned long long)machine->limits->max_text);
    return JOBLIB_OK;
}

/* Valid until the next bytes are read. */
static joblib_status read_long_line(joblib_pickle__machine *machine, struct line *line,
                                    joblib_error *error)
{
    joblib_io__reader *reader = machine->reader;
    struct gathered gathered = {NULL, 0, 0};
    const uint8_t *newline = NULL;
    while (!newline) {
        JOBLIB_TRY(joblib_io__need(reader, 1, error));
        size_t there = (size_t)(reader->end - reader->next);
        newline = memchr(reader->next, '\n', there);
        size_t size = newline ? (size_t)(newline - reader->next) : there;
        JOBLIB_TRY(check_line(machine, (uint64_t)gathered.size + size, error));
        *line = (struct line){(const char *)reader->next, size};
        if (newline && gathered.size == 0)
            reader->next += size;
        else
            JOBLIB_TRY(gather(machine, &gathered, size, error));
    }
    if (gathered.size > 0) *line = (struct line){gathered.text, gathered.size};
    reader->next++;
    return JOBLIB_OK;
}

/* Escapes of STRING */

/* `count` hexadecimal digits; false if there are fewer. */
static bool read_hex(const char *at, const char *end, size_t count, uint32_t *out)
{
    *out = 0;
    for (size_t i = 0; i < count; i++) {
        int digit = at + i < end ? joblib_base__hex_digit((unsigned char)at[i]) : -1;
        if (digit < 0) return false;
        *out = *out << 4 | (uint32_t)digit;
    }
    return true;
}

/* Up to three octal digits; of more than 8 bits the lower remain. Returns their end. */
static const char *read_octal(const char *at, const char *end, char *out)
{
    unsigned number = 0;
    for (int i = 0; i < 3 && at < end && *at >= '0' && *at <= '7'; i++)
        number = number * 8 + (unsigned)(*at++ - '0');
    *out = (char)(unsigned char)(number & 0xff);
    return at;
}

/* What stands behind a backslash, at least one byte. Returns its end; NULL for a bad \x. */
static const char *decode_escape(const char *at, const char *end, char **out)
{
    static const char letters[] = "\\'\"abfnrtv", meanings[] = "\\'\"\a\b\f\n\r\t\v";
    uint32_t code;
    const char *letter = *at != '\0' ? strchr(letters, *at) : NULL;
    if (letter) {
        *(*out)++ = meanings[letter - letters];
        return at + 1;
    }
    if (*at >= '0' && *at <= '7') return read_octal(at, end, (*out)++);
    if (*at == 'x') {
        if (!read_hex(at + 1, end, 2, &code)) return NULL;
        *(*out)++ = (char)(unsigned char)code;
        return at + 3;
    }
    *(*out)++ = '\\';
    *(*out)++ = *at;
    return at + 1;
}

/* Decodes to `out`, which has as much room as the text; false for a bad escape. */
static bool decode_string(struct line line, char *out, size_t *size_out)
{
    const char *at = line.text, *end = line.text + line.size;
    char *next = out;
    while (at < end) {
        if (*at != '\\') {
            *next++ = *at++;
            continue;
        }
        at = at + 1 < end ? decode_escape(at + 1, end, &next) : NULL;
        if (!at) return false;
    }
    *size_out = (size_t)(next - out);
    return true;
}

static bool is_quoted(struct line line)
{
    return line.size >= 2 && (line.text[0] == '\'' || line.text[0] == '"') &&
           line.text[line.size - 1] == line.text[0];
}

joblib_status joblib_pickle__op_string(joblib_pickle__machine *machine,
                                       joblib_error *error)
{
    struct line line;
    char shown[JOBLIB_ESCAPED_SIZE];
    JOBLIB_TRY(read_long_line(machine, &line, error));
    JOBLIB_REQUIRE(is_quoted(line), JOBLIB_ERROR_SYNTAX, "\"%s\" is not in quotes",
                   joblib_base__escape(shown, line.text, line.size));
    line.text++;
    line.size -= 2;
    joblib_value *value =
        joblib_value__new_text(machine->document, JOBLIB_KIND_BYTES, line.size);
    if (!value) return joblib_pickle__exhausted(machine, line.size, error);
    char *bytes = joblib_value__text_room(value);
    size_t size;
    JOBLIB_REQUIRE(decode_string(line, bytes, &size), JOBLIB_ERROR_SYNTAX,
                   "a string of %zu bytes has a bad escape", line.size);
    joblib_value__cut_text(value, size);
    machine->document->python2 = true;
    value->flags = JOBLIB_VALUE_PY2;
    if (joblib_base__is_ascii(bytes, size)) value->flags |= JOBLIB_VALUE_ASCII;
    return joblib_pickle__push(machine, value, error);
}

/* Escapes of UNICODE: \u and \U; bytes are the first 256 code points. */

/* One code point. Returns its end, or NULL for a bad escape. */
static const char *decode_point(const char *at, const char *end, uint32_t *code)
{
    bool escaped = *at == '\\' && end - at > 1 && (at[1] == 'u' || at[1] == 'U');
    *code = (unsigned char)*at;
    if (!escaped) return at + 1;
    size_t digits = at[1] == 'u' ? 4 : 8;
    if (!read_hex(at + 2, end, digits, code) || *code > 0x10ffff) return NULL;
    return at + 2 + digits;
}

/* A backslash behind a backslash begins no escape. */
static bool decode_unicode(struct line line, char *out, size_t *size_out)
{
    const char *at = line.text, *end = line.text + line.size;
    char *next = out;
    while (at < end) {
        uint32_t code;
        if (*at == '\\' && end - at > 1 && at[1] == '\\') {
            memcpy(next, at, 2);
            next += 2;
            at += 2;
            continue;
        }
        at = decode_point(at, end, &code);
        if (!at) return false;
        next += joblib_base__utf8_encode(code, next);
    }
    *size_out = (size_t)(next - out);
    return true;
}

/* Bytes above 7f become two. */
static size_t unicode_room(struct line line)
{
    size_t room = line.size;
    for (size_t i = 0; i < line.size; i++) room += (unsigned char)line.text[i] >> 7;
    return room;
}

joblib_status joblib_pickle__op_unicode(joblib_pickle__machine *machine,
                                        joblib_error *error)
{
    struct line line;
    JOBLIB_TRY(read_long_line(machine, &line, error));
    size_t room = unicode_room(line);
    joblib_value *value =
        joblib_value__new_text(machine->document, JOBLIB_KIND_STR, room);
    if (!value) return joblib_pickle__exhausted(machine, room, error);
    size_t size;
    JOBLIB_REQUIRE(decode_unicode(line, joblib_value__text_room(value), &size),
                   JOBLIB_ERROR_SYNTAX, "text of %zu bytes has a bad escape", line.size);
    joblib_value__cut_text(value, size);
    return joblib_pickle__push(machine, value, error);
}
