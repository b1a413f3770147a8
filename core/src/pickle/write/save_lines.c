/* Values as lines of text: protocol 0, and long integers in protocol 1. */
#include <inttypes.h>
#include <stdio.h>

#include "base/float_text.h"
#include "base/integer.h"
#include "base/try.h"
#include "base/utf8.h"
#include "pickle/write/savers.h"

/* Integers and floats */

static bool is_short_line(const joblib_pickle__writer *writer, const joblib_value *value)
{
    if (writer->habits & JOBLIB_HABIT_PYTHON2)
        return !(value->flags & (JOBLIB_VALUE_LONG | JOBLIB_VALUE_BIG));
    bool is_big = value->flags & JOBLIB_VALUE_BIG;
    return writer->habits & JOBLIB_HABIT_SHORT_AS_INT && !is_big &&
           value->integer >= INT32_MIN && value->integer <= INT32_MAX;
}

static joblib_status write_plain_int(joblib_pickle__writer *writer, int64_t number,
                                     bool is_short, joblib_error *error)
{
    char line[32];
    int size = snprintf(line, sizeof line,
                        is_short ? "I%" PRId64 "\n" : "L%" PRId64 "L\n", number);
    return joblib_pickle__write(writer->output, line, (size_t)size, error);
}

joblib_status joblib_pickle__save_int_line(joblib_pickle__writer *writer,
                                           const joblib_value *value, joblib_error *error)
{
    joblib_pickle__output *output = writer->output;
    if (!(value->flags & JOBLIB_VALUE_BIG))
        return write_plain_int(writer, value->integer, is_short_line(writer, value),
                               error);
    size_t room = joblib_base__integer_text_size(joblib_value__text_size(value)) + 3,
           size = 0;
    JOBLIB_TRY(joblib_pickle__reserve(output, room, error));
    char *line = (char *)output->buffer + output->used;
    line[0] = (char)JOBLIB_OPCODE_LONG;
    if (!joblib_base__integer_to_text((const uint8_t *)joblib_value__text(value),
                                      joblib_value__text_size(value),
                                      writer->writing->allocator, line + 1, &size))
        return joblib_base__set_no_memory(error, room);
    memcpy(line + 1 + size, "L\n", 2);
    return joblib_pickle__wrote(output, size + 3, error);
}

joblib_status joblib_pickle__save_float_line(joblib_pickle__writer *writer,
                                             const joblib_value *value,
                                             joblib_error *error)
{
    char line[JOBLIB_FLOAT_TEXT_ROOM + 2];
    line[0] = (char)JOBLIB_OPCODE_FLOAT;
    size_t size = joblib_base__float_text(value->real, false, line + 1);
    line[1 + size] = '\n';
    return joblib_pickle__write(writer->output, line, size + 2, error);
}

/* Text, as raw-unicode-escape */

static const char hex_digits[] = "0123456789abcdef";

enum { MOST_ESCAPED = 10 };

static size_t put_escape(char *out, uint32_t code)
{
    bool is_long = code > 0xffff;
    int digits = is_long ? 8 : 4;
    out[0] = '\\';
    out[1] = is_long ? 'U' : 'u';
    for (int i = 0; i < digits; i++)
        out[2 + i] = hex_digits[code >> 4 * (digits - 1 - i) & 15];
    return 2 + (size_t)digits;
}

static bool needs_escape(const joblib_pickle__writer *writer, uint32_t code)
{
    if (code > 0xff || code == '\\' || code == '\n') return true;
    bool is_control = code == 0 || code == '\r' || code == 0x1a;
    return is_control && writer->habits & JOBLIB_HABIT_ESCAPES;
}

static size_t put_escaped(const joblib_pickle__writer *writer, const joblib_value *text,
                          char *out)
{
    size_t size = 0;
    for (size_t i = 0; i < joblib_value__text_size(text);) {
        uint32_t code;
        i += joblib_base__utf8_decode(joblib_value__text(text) + i, &code);
        if (needs_escape(writer, code))
            size += put_escape(out + size, code);
        else
            out[size++] = (char)code;
    }
    return size;
}

joblib_status joblib_pickle__save_str_line(joblib_pickle__writer *writer,
                                           const joblib_value *value, joblib_error *error)
{
    joblib_pickle__output *output = writer->output;
    JOBLIB_REQUIRE(joblib_value__text_size(value) <= SIZE_MAX / MOST_ESCAPED - 2,
                   JOBLIB_ERROR_LIMIT, "a text of %zu bytes as a line",
                   joblib_value__text_size(value));
    JOBLIB_TRY(joblib_pickle__reserve(
        output, joblib_value__text_size(value) * MOST_ESCAPED + 2, error));
    char *line = (char *)output->buffer + output->used;
    line[0] = (char)JOBLIB_OPCODE_UNICODE;
    size_t size = put_escaped(writer, value, line + 1);
    line[1 + size] = '\n';
    return joblib_pickle__wrote(output, size + 2, error);
}

/* The str of Python 2, as its repr() */

static bool has_quotes(const joblib_value *value)
{
    return memchr(joblib_value__text(value), '\'', joblib_value__text_size(value)) &&
           !memchr(joblib_value__text(value), '"', joblib_value__text_size(value));
}

static size_t put_repr_byte(char *out, uint8_t byte, char quote)
{
    static const char named[] = "\t\n\r", letters[] = "tnr";
    const char *found = byte ? strchr(named, byte) : NULL;
    out[0] = '\\';
    if (found) return out[1] = letters[found - named], 2;
    if (byte == '\\' || byte == (uint8_t)quote) return out[1] = (char)byte, 2;
    if (byte >= ' ' && byte < 0x7f) return out[0] = (char)byte, 1;
    out[1] = 'x';
    out[2] = hex_digits[byte >> 4];
    out[3] = hex_digits[byte & 15];
    return 4;
}

joblib_status joblib_pickle__save_py2_line(joblib_pickle__writer *writer,
                                           const joblib_value *value, joblib_error *error)
{
    joblib_pickle__output *output = writer->output;
    char quote = joblib_value__text_size(value) > 0 && has_quotes(value) ? '"' : '\'';
    JOBLIB_REQUIRE(joblib_value__text_size(value) <= SIZE_MAX / 4 - 4, JOBLIB_ERROR_LIMIT,
                   "bytes of %zu bytes as a line", joblib_value__text_size(value));
    JOBLIB_TRY(
        joblib_pickle__reserve(output, joblib_value__text_size(value) * 4 + 4, error));
    char *line = (char *)output->buffer + output->used;
    size_t size = 0;
    line[size++] = (char)JOBLIB_OPCODE_STRING;
    line[size++] = quote;
    for (size_t i = 0; i < joblib_value__text_size(value); i++)
        size += put_repr_byte(line + size, (uint8_t)joblib_value__text(value)[i], quote);
    line[size++] = quote;
    line[size++] = '\n';
    return joblib_pickle__wrote(output, size, error);
}
