/* Values without parts, in protocols 1 and up. */
#include "base/endian.h"
#include "base/integer.h"
#include "base/try.h"
#include "base/utf8.h"
#include "pickle/write/savers.h"

joblib_status joblib_pickle__save_none(joblib_pickle__writer *writer,
                                       const joblib_value *value, joblib_error *error)
{
    (void)value;
    return joblib_pickle__write_opcode(writer, JOBLIB_OPCODE_NONE, error);
}

joblib_status joblib_pickle__save_bool(joblib_pickle__writer *writer,
                                       const joblib_value *value, joblib_error *error)
{
    bool truth = value->integer != 0;
    if (writer->protocol >= 2)
        return joblib_pickle__write_opcode(
            writer, truth ? JOBLIB_OPCODE_NEWTRUE : JOBLIB_OPCODE_NEWFALSE, error);
    return joblib_pickle__write(writer->output, truth ? "I01\n" : "I00\n", 4, error);
}

/* Integers */

/* BININT1, BININT2 or BININT: opcode and number. */
static size_t put_small_int(uint8_t *out, int64_t number)
{
    joblib_base__write_le32(out + 1, (uint32_t)number);
    bool is_byte = number >= 0 && number <= UINT8_MAX;
    bool is_word = number >= 0 && number <= UINT16_MAX;
    out[0] = is_byte   ? JOBLIB_OPCODE_BININT1
             : is_word ? JOBLIB_OPCODE_BININT2
                       : JOBLIB_OPCODE_BININT;
    return is_byte ? 2 : is_word ? 3 : 5;
}

static joblib_status write_long(joblib_pickle__writer *writer, const void *bytes,
                                size_t size, joblib_error *error)
{
    uint8_t header[5] = {JOBLIB_OPCODE_LONG1, (uint8_t)size};
    size_t header_size = 2;
    if (size > UINT8_MAX) {
        header[0] = JOBLIB_OPCODE_LONG4;
        joblib_base__write_le32(header + 1, (uint32_t)size);
        header_size = 5;
    }
    joblib_pickle__output *output = writer->output;
    JOBLIB_TRY(joblib_pickle__reserve(output, header_size + size, error));
    memcpy(output->buffer + output->used, header, header_size);
    if (size > 0) memcpy(output->buffer + output->used + header_size, bytes, size);
    return joblib_pickle__wrote(output, header_size + size, error);
}

/* Whether Python would meet a long: what Python 2 calls so, and what needs more than 32 bits. */
static bool is_long(const joblib_pickle__writer *writer, const joblib_value *value)
{
    if (value->flags & JOBLIB_VALUE_BIG) return true;
    bool named =
        writer->habits & JOBLIB_HABIT_PYTHON2 && value->flags & JOBLIB_VALUE_LONG;
    return named || value->integer > INT32_MAX || value->integer < INT32_MIN;
}

/* The 64-bit int of Python 2 is a line of text in every protocol. */
static bool is_line(const joblib_pickle__writer *writer, const joblib_value *value)
{
    if (writer->protocol == 0) return true;
    if (!is_long(writer, value)) return false;
    if (writer->protocol == 1) return true;
    return writer->habits & JOBLIB_HABIT_PYTHON2 &&
           !(value->flags & (JOBLIB_VALUE_LONG | JOBLIB_VALUE_BIG));
}

joblib_status joblib_pickle__save_int(joblib_pickle__writer *writer,
                                      const joblib_value *value, joblib_error *error)
{
    uint8_t bytes[8];
    if (is_line(writer, value)) return joblib_pickle__save_int_line(writer, value, error);
    if (value->flags & JOBLIB_VALUE_BIG)
        return write_long(writer, joblib_value__text(value),
                          joblib_value__text_size(value), error);
    if (is_long(writer, value)) {
        joblib_base__write_le64(bytes, (uint64_t)value->integer);
        return write_long(writer, bytes, joblib_base__integer_trim(bytes, 8), error);
    }
    joblib_pickle__output *output = writer->output;
    JOBLIB_TRY(joblib_pickle__reserve(output, 5, error));
    size_t size = put_small_int(output->buffer + output->used, value->integer);
    return joblib_pickle__wrote(output, size, error);
}

joblib_status joblib_pickle__save_float(joblib_pickle__writer *writer,
                                        const joblib_value *value, joblib_error *error)
{
    uint8_t bytes[9] = {JOBLIB_OPCODE_BINFLOAT};
    if (writer->protocol == 0)
        return joblib_pickle__save_float_line(writer, value, error);
    joblib_base__write_be64(bytes + 1, joblib_base__double_to_bits(value->real));
    return joblib_pickle__write(writer->output, bytes, sizeof bytes, error);
}

/* Text and bytes */

/* The opcodes of data by the width of their size; 0 for none. */
struct sized_opcodes {
    uint8_t one;
    uint8_t four;
    uint8_t eight;
};

static size_t put_data_header(uint8_t *out, struct sized_opcodes opcodes, size_t size)
{
    if (opcodes.one && size <= UINT8_MAX) {
        out[0] = opcodes.one;
        out[1] = (uint8_t)size;
        return 2;
    }
    if (opcodes.four && size <= UINT32_MAX) {
        out[0] = opcodes.four;
        joblib_base__write_le32(out + 1, (uint32_t)size);
        return 5;
    }
    out[0] = opcodes.eight;
    joblib_base__write_le64(out + 1, size);
    return 9;
}

/* Outside of frames it makes no difference to most sinks how large data are cut. */
static bool stands_outside(const joblib_pickle__writer *writer, size_t size)
{
    if (size < JOBLIB_FRAME_TARGET) return false;
    bool free = !writer->output->framing && !writer->output->pieces;
    return free || writer->habits & JOBLIB_HABIT_LARGE_OUTSIDE;
}

static joblib_status write_data(joblib_pickle__writer *writer,
                                struct sized_opcodes opcodes, const void *data,
                                size_t size, joblib_error *error)
{
    uint8_t header[9];
    size_t header_size = put_data_header(header, opcodes, size);
    JOBLIB_REQUIRE(header[0] != 0, JOBLIB_ERROR_UNSUPPORTED,
                   "%zu bytes of text or data, which protocol %d cannot hold", size,
                   writer->protocol);
    joblib_pickle__output *output = writer->output;
    if (stands_outside(writer, size))
        return joblib_pickle__write_large(output, header, header_size, data, size, error);
    JOBLIB_TRY(joblib_pickle__reserve(output, header_size + size, error));
    uint8_t *out = output->buffer + output->used;
    memcpy(out, header, header_size);
    if (size > 0) memcpy(out + header_size, data, size);
    return joblib_pickle__wrote(output, header_size + size, error);
}

/* Python has one object for each single character, and for each byte. */
static bool is_one_character(const joblib_value *value)
{
    if (joblib_value__text_size(value) <= 1) return true;
    return value->kind == JOBLIB_KIND_STR && joblib_value__text_size(value) == 2 &&
           ((uint8_t)joblib_value__text(value)[0] & 0xfc) == 0xc0;
}

/* Lets what says the same find this text or these bytes, if it could be one object in Python. */
static joblib_status note_said(joblib_pickle__writer *writer, const joblib_value *value,
                               joblib_error *error)
{
    bool implied = value->flags & JOBLIB_VALUE_IMPLIED;
    bool single = value->flags & JOBLIB_VALUE_SHARED && is_one_character(value);
    if (!implied && !single) return JOBLIB_OK;
    return joblib_pickle__written_note(&writer->written, writer->writing->allocator,
                                       value, error);
}

joblib_status joblib_pickle__save_str(joblib_pickle__writer *writer,
                                      const joblib_value *value, joblib_error *error)
{
    bool newer = writer->protocol >= 4;
    struct sized_opcodes opcodes = {newer ? JOBLIB_OPCODE_SHORT_BINUNICODE : 0,
                                    JOBLIB_OPCODE_BINUNICODE,
                                    newer ? JOBLIB_OPCODE_BINUNICODE8 : 0};
    JOBLIB_TRY(writer->protocol == 0
                   ? joblib_pickle__save_str_line(writer, value, error)
                   : write_data(writer, opcodes, joblib_value__text(value),
                                joblib_value__text_size(value), error));
    JOBLIB_TRY(joblib_pickle__memoize(writer, value, error));
    return note_said(writer, value, error);
}

/* The str of Python 2. Python 3 reads it as text if it is ASCII: so it becomes that. */
static joblib_status save_py2_str(joblib_pickle__writer *writer,
                                  const joblib_value *value, joblib_error *error)
{
    const struct sized_opcodes opcodes = {JOBLIB_OPCODE_SHORT_BINSTRING,
                                          JOBLIB_OPCODE_BINSTRING, 0};
    JOBLIB_TRY(writer->protocol == 0
                   ? joblib_pickle__save_py2_line(writer, value, error)
                   : write_data(writer, opcodes, joblib_value__text(value),
                                joblib_value__text_size(value), error));
    JOBLIB_TRY(joblib_pickle__memoize(writer, value, error));
    return note_said(writer, value, error);
}

joblib_status joblib_pickle__save_bytes(joblib_pickle__writer *writer,
                                        const joblib_value *value, joblib_error *error)
{
    const struct sized_opcodes opcodes = {JOBLIB_OPCODE_SHORT_BINBYTES,
                                          JOBLIB_OPCODE_BINBYTES,
                                          writer->protocol >= 4 ? JOBLIB_OPCODE_BINBYTES8
                                                                : 0};
    bool is_py2 = value->flags & JOBLIB_VALUE_PY2;
    if (is_py2 && writer->habits & JOBLIB_HABIT_PYTHON2)
        return save_py2_str(writer, value, error);
    if (is_py2 &&
        joblib_base__is_ascii(joblib_value__text(value), joblib_value__text_size(value)))
        return joblib_pickle__save_str(writer, value, error);
    if (writer->protocol < 3) return joblib_pickle__call_bytes(writer, value, error);
    JOBLIB_TRY(write_data(writer, opcodes, joblib_value__text(value),
                          joblib_value__text_size(value), error));
    JOBLIB_TRY(joblib_pickle__memoize(writer, value, error));
    return note_said(writer, value, error);
}

joblib_status joblib_pickle__save_bytearray(joblib_pickle__writer *writer,
                                            const joblib_value *value,
                                            joblib_error *error)
{
    const struct sized_opcodes opcodes = {0, 0, JOBLIB_OPCODE_BYTEARRAY8};
    if (writer->protocol < 5) return joblib_pickle__call_bytearray(writer, value, error);
    JOBLIB_TRY(write_data(writer, opcodes, joblib_value__text(value),
                          joblib_value__text_size(value), error));
    if (writer->habits & JOBLIB_HABIT_FORGETFUL) return JOBLIB_OK;
    return joblib_pickle__memoize(writer, value, error);
}
