/* Opcodes that push a number, text or bytes. */
#include <string.h>

#include "base/utf8.h"
#include "pickle/growing.h"
#include "pickle/opcodes.h"
#include "pickle/stack.h"

/* CPython reads longer integers too, but nothing writes them. */
#define MAX_INTEGER_BYTES ((size_t)1 << 17)

joblib_status joblib_pickle__op_none(joblib_pickle__machine *machine, joblib_error *error)
{
    return joblib_pickle__push(machine, joblib_value__none(), error);
}

joblib_status joblib_pickle__op_newtrue(joblib_pickle__machine *machine,
                                        joblib_error *error)
{
    return joblib_pickle__push(machine, joblib_value__bool(true), error);
}

joblib_status joblib_pickle__op_newfalse(joblib_pickle__machine *machine,
                                         joblib_error *error)
{
    return joblib_pickle__push(machine, joblib_value__bool(false), error);
}

/* Integers */

static joblib_status push_int(joblib_pickle__machine *machine, int64_t number,
                              joblib_error *error)
{
    return joblib_pickle__push(machine, joblib_value__new_int(machine->document, number),
                               error);
}

joblib_status joblib_pickle__op_binint(joblib_pickle__machine *machine,
                                       joblib_error *error)
{
    const uint8_t *bytes;
    JOBLIB_TRY(joblib_pickle__take(machine, 4, &bytes, error));
    return push_int(machine, (int32_t)joblib_base__read_le32(bytes), error);
}

joblib_status joblib_pickle__op_binint1(joblib_pickle__machine *machine,
                                        joblib_error *error)
{
    const uint8_t *bytes;
    JOBLIB_TRY(joblib_pickle__take(machine, 1, &bytes, error));
    return push_int(machine, bytes[0], error);
}

joblib_status joblib_pickle__op_binint2(joblib_pickle__machine *machine,
                                        joblib_error *error)
{
    const uint8_t *bytes;
    JOBLIB_TRY(joblib_pickle__take(machine, 2, &bytes, error));
    return push_int(machine, joblib_base__read_le16(bytes), error);
}

/* An integer of the opcodes of longs. */
static joblib_status push_long(joblib_pickle__machine *machine, const uint8_t *bytes,
                               size_t size, joblib_error *error)
{
    joblib_value *value = joblib_value__new_integer(machine->document, bytes, size);
    if (value) value->flags |= JOBLIB_VALUE_LONG;
    return joblib_pickle__push(machine, value, error);
}

joblib_status joblib_pickle__op_long1(joblib_pickle__machine *machine,
                                      joblib_error *error)
{
    const uint8_t *bytes;
    JOBLIB_TRY(joblib_pickle__take(machine, 1, &bytes, error));
    size_t size = bytes[0];
    JOBLIB_TRY(joblib_pickle__take(machine, size, &bytes, error));
    return push_long(machine, bytes, size, error);
}

/* Reads the data behind a size; `out` has room for what is known to come. */
static joblib_status read_new_text(joblib_pickle__machine *machine, joblib_kind kind,
                                   uint64_t size, joblib_value **out,
                                   joblib_error *error);

joblib_status joblib_pickle__op_long4(joblib_pickle__machine *machine,
                                      joblib_error *error)
{
    const uint8_t *bytes;
    JOBLIB_TRY(joblib_pickle__take(machine, 4, &bytes, error));
    int32_t size = (int32_t)joblib_base__read_le32(bytes);
    JOBLIB_REQUIRE(size >= 0, JOBLIB_ERROR_SYNTAX, "an integer of %d bytes", size);
    if ((size_t)size <= JOBLIB_READER_NEED) {
        JOBLIB_TRY(joblib_pickle__take(machine, (size_t)size, &bytes, error));
        return push_long(machine, bytes, (size_t)size, error);
    }
    joblib_value *value;
    JOBLIB_TRY(read_new_text(machine, JOBLIB_KIND_INT, (uint64_t)size, &value, error));
    JOBLIB_REQUIRE((size_t)size <= MAX_INTEGER_BYTES, JOBLIB_ERROR_LIMIT,
                   "an integer of %d bytes, %zu are the most", size, MAX_INTEGER_BYTES);
    return push_long(machine, (const uint8_t *)joblib_value__text(value), (size_t)size,
                     error);
}

joblib_status joblib_pickle__op_binfloat(joblib_pickle__machine *machine,
                                         joblib_error *error)
{
    const uint8_t *bytes;
    JOBLIB_TRY(joblib_pickle__take(machine, 8, &bytes, error));
    double number = joblib_base__bits_to_double(joblib_base__read_be64(bytes));
    return joblib_pickle__push(machine,
                               joblib_value__new_float(machine->document, number), error);
}

/* Text and bytes */

static joblib_status check_size(const joblib_pickle__machine *machine, uint64_t size,
                                joblib_error *error)
{
    uint64_t remaining = joblib_io__remaining(machine->reader);
    JOBLIB_REQUIRE(size <= remaining, JOBLIB_ERROR_TRUNCATED,
                   "%llu bytes of data announced, %llu left", (unsigned long long)size,
                   (unsigned long long)remaining);
    JOBLIB_REQUIRE(size <= machine->limits->max_text, JOBLIB_ERROR_LIMIT,
                   "%llu bytes of data, %llu are the most (max_text)",
                   (unsigned long long)size,
                   (unsigned long long)machine->limits->max_text);
    JOBLIB_REQUIRE(size < SIZE_MAX / 2, JOBLIB_ERROR_LIMIT,
                   "%llu bytes of data do not fit the address space",
                   (unsigned long long)size);
    return JOBLIB_OK;
}

static joblib_status read_new_text(joblib_pickle__machine *machine, joblib_kind kind,
                                   uint64_t size, joblib_value **out, joblib_error *error)
{
    JOBLIB_TRY(check_size(machine, size, error));
    size_t count = (size_t)size;
    bool grows = count > JOBLIB_TRUSTED_SIZE &&
                 joblib_io__remaining(machine->reader) == JOBLIB_UNKNOWN_SIZE;
    if (grows) {
        void *bytes = NULL;
        JOBLIB_TRY(joblib_pickle__read_growing(machine, machine->reader, count, 1, &bytes,
                                               error));
        ((char *)bytes)[count] = '\0';
        *out = joblib_value__new_far_text(machine->document, kind, bytes, count);
        return *out ? JOBLIB_OK : joblib_pickle__exhausted(machine, sizeof **out, error);
    }
    *out = joblib_value__new_text(machine->document, kind, count);
    if (!*out) return joblib_pickle__exhausted(machine, count, error);
    return joblib_io__read(machine->reader, joblib_value__text_room(*out), count, error);
}

static joblib_status require_utf8(const joblib_value *value, joblib_error *error)
{
    size_t size = joblib_value__text_size(value);
    size_t valid = joblib_base__utf8_valid(joblib_value__text(value), size);
    JOBLIB_REQUIRE(valid == size, JOBLIB_ERROR_SYNTAX,
                   "text of %zu bytes is not UTF-8 at byte %zu", size, valid);
    return JOBLIB_OK;
}

/* Pushes text or bytes; `is_ascii` where all are known to be below 0x80. */
static inline joblib_status push_read_text(joblib_pickle__machine *machine,
                                           joblib_value *value, uint8_t flags,
                                           bool is_ascii, joblib_error *error)
{
    value->flags = flags;
    if (flags & JOBLIB_VALUE_PY2) machine->document->python2 = true;
    if (is_ascii && flags & JOBLIB_VALUE_PY2) value->flags |= JOBLIB_VALUE_ASCII;
    if (!is_ascii && value->kind == JOBLIB_KIND_STR)
        JOBLIB_TRY(require_utf8(value, error));
    return joblib_pickle__push(machine, value, error);
}

static joblib_status push_large_text(joblib_pickle__machine *machine, joblib_kind kind,
                                     uint64_t size, uint8_t flags, joblib_error *error)
{
    joblib_value *value;
    JOBLIB_TRY(read_new_text(machine, kind, size, &value, error));
    bool is_ascii = flags & JOBLIB_VALUE_PY2 &&
                    joblib_base__is_ascii(joblib_value__text(value), (size_t)size);
    return push_read_text(machine, value, flags, is_ascii, error);
}

/* Copies the bytes of a text; whether all are known to be below 0x80. */
static inline bool copy_short_text(char *out, const uint8_t *bytes, size_t size,
                                   bool is_text)
{
    if (is_text) return joblib_base__copy_ascii(out, (const char *)bytes, size);
    memcpy(out, bytes, size);
    return false;
}

/* Short texts, which are many, are copied and looked at in one go. */
static inline joblib_status push_text(joblib_pickle__machine *machine, joblib_kind kind,
                                      uint64_t size, uint8_t flags, joblib_error *error)
{
    if (size > JOBLIB_READER_NEED || size > machine->limits->max_text)
        return push_large_text(machine, kind, size, flags, error);
    size_t count = (size_t)size;
    JOBLIB_TRY(joblib_io__need(machine->reader, count, error));
    joblib_value *value = joblib_value__new_text(machine->document, kind, count);
    if (!value) return joblib_pickle__exhausted(machine, count, error);
    bool is_text = kind == JOBLIB_KIND_STR || flags & JOBLIB_VALUE_PY2;
    bool is_ascii = copy_short_text(joblib_value__text_room(value), machine->reader->next,
                                    count, is_text);
    machine->reader->next += count;
    return push_read_text(machine, value, flags, is_ascii, error);
}

/* Sizes in front of data: one, four or eight bytes. */

static joblib_status take_size1(joblib_pickle__machine *machine, uint64_t *out,
                                joblib_error *error)
{
    const uint8_t *bytes;
    JOBLIB_TRY(joblib_pickle__take(machine, 1, &bytes, error));
    *out = bytes[0];
    return JOBLIB_OK;
}

static joblib_status take_size4(joblib_pickle__machine *machine, uint64_t *out,
                                joblib_error *error)
{
    const uint8_t *bytes;
    JOBLIB_TRY(joblib_pickle__take(machine, 4, &bytes, error));
    *out = joblib_base__read_le32(bytes);
    return JOBLIB_OK;
}

static joblib_status take_size8(joblib_pickle__machine *machine, uint64_t *out,
                                joblib_error *error)
{
    const uint8_t *bytes;
    JOBLIB_TRY(joblib_pickle__take(machine, 8, &bytes, error));
    *out = joblib_base__read_le64(bytes);
    return JOBLIB_OK;
}

joblib_status joblib_pickle__op_short_binunicode(joblib_pickle__machine *machine,
                                                 joblib_error *error)
{
    uint64_t size;
    JOBLIB_TRY(take_size1(machine, &size, error));
    return push_text(machine, JOBLIB_KIND_STR, size, 0, error);
}

joblib_status joblib_pickle__op_binunicode(joblib_pickle__machine *machine,
                                           joblib_error *error)
{
    uint64_t size;
    JOBLIB_TRY(take_size4(machine, &size, error));
    return push_text(machine, JOBLIB_KIND_STR, size, 0, error);
}

joblib_status joblib_pickle__op_binunicode8(joblib_pickle__machine *machine,
                                            joblib_error *error)
{
    uint64_t size;
    JOBLIB_TRY(take_size8(machine, &size, error));
    return push_text(machine, JOBLIB_KIND_STR, size, 0, error);
}

joblib_status joblib_pickle__op_short_binbytes(joblib_pickle__machine *machine,
                                               joblib_error *error)
{
    uint64_t size;
    JOBLIB_TRY(take_size1(machine, &size, error));
    return push_text(machine, JOBLIB_KIND_BYTES, size, 0, error);
}

joblib_status joblib_pickle__op_binbytes(joblib_pickle__machine *machine,
                                         joblib_error *error)
{
    uint64_t size;
    JOBLIB_TRY(take_size4(machine, &size, error));
    return push_text(machine, JOBLIB_KIND_BYTES, size, 0, error);
}

joblib_status joblib_pickle__op_binbytes8(joblib_pickle__machine *machine,
                                          joblib_error *error)
{
    uint64_t size;
    JOBLIB_TRY(take_size8(machine, &size, error));
    return push_text(machine, JOBLIB_KIND_BYTES, size, 0, error);
}

joblib_status joblib_pickle__op_bytearray8(joblib_pickle__machine *machine,
                                           joblib_error *error)
{
    uint64_t size;
    JOBLIB_TRY(take_size8(machine, &size, error));
    return push_text(machine, JOBLIB_KIND_BYTEARRAY, size, 0, error);
}

joblib_status joblib_pickle__op_short_binstring(joblib_pickle__machine *machine,
                                                joblib_error *error)
{
    uint64_t size;
    JOBLIB_TRY(take_size1(machine, &size, error));
    return push_text(machine, JOBLIB_KIND_BYTES, size, JOBLIB_VALUE_PY2, error);
}

joblib_status joblib_pickle__op_binstring(joblib_pickle__machine *machine,
                                          joblib_error *error)
{
    uint64_t size;
    JOBLIB_TRY(take_size4(machine, &size, error));
    JOBLIB_REQUIRE(size <= INT32_MAX, JOBLIB_ERROR_SYNTAX, "a string of %d bytes",
                   (int32_t)size);
    return push_text(machine, JOBLIB_KIND_BYTES, size, JOBLIB_VALUE_PY2, error);
}
