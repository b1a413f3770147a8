#include "command/table/pickle_text.h"

#include <string.h>

void joblib_command__pickle_put(joblib_command__pickle *pickle, const char *data,
                                size_t size)
{
    if (!joblib_command__write_memory(&pickle->frame, data, size))
        pickle->no_memory = true;
}

void joblib_command__pickle_op(joblib_command__pickle *pickle, char opcode)
{
    joblib_command__pickle_put(pickle, &opcode, 1);
}

void joblib_command__pickle_number(joblib_command__pickle *pickle, char opcode,
                                   uint64_t number, size_t size)
{
    char bytes[9] = {opcode};
    for (size_t i = 0; i < size; i++) bytes[1 + i] = (char)(number >> (8 * i) & 0xff);
    joblib_command__pickle_put(pickle, bytes, 1 + size);
}

uint32_t joblib_command__pickle_memoize(joblib_command__pickle *pickle)
{
    joblib_command__pickle_op(pickle, '\x94');
    return pickle->memo_count++;
}

void joblib_command__pickle_get(joblib_command__pickle *pickle, uint32_t entry)
{
    joblib_command__pickle_number(pickle, entry < 256 ? 'h' : 'j', entry,
                                  entry < 256 ? 1 : 4);
}

/* Two's complement of as few bytes as keep the sign. */
static void put_long(joblib_command__pickle *pickle, int64_t value)
{
    uint64_t bits = (uint64_t)value;
    size_t size = 8;
    while (size > 5) {
        uint64_t sign = value < 0 ? UINT64_MAX : 0;
        size_t kept = 8 * (size - 1) - 1;
        if (bits >> kept != sign >> kept) break;
        size--;
    }
    joblib_command__pickle_number(pickle, '\x8a', size, 1);
    char bytes[8];
    for (size_t i = 0; i < size; i++) bytes[i] = (char)(bits >> (8 * i) & 0xff);
    joblib_command__pickle_put(pickle, bytes, size);
}

void joblib_command__pickle_int(joblib_command__pickle *pickle, int64_t value)
{
    if (value >= 0 && value <= 0xff) {
        joblib_command__pickle_number(pickle, 'K', (uint64_t)value, 1);
    } else if (value >= 0 && value <= 0xffff) {
        joblib_command__pickle_number(pickle, 'M', (uint64_t)value, 2);
    } else if (value >= INT32_MIN && value <= INT32_MAX) {
        joblib_command__pickle_number(pickle, 'J', (uint64_t)value, 4);
    } else {
        put_long(pickle, value);
    }
}

void joblib_command__pickle_float(joblib_command__pickle *pickle, double value)
{
    uint64_t bits;
    char bytes[9] = {'G'};
    memcpy(&bits, &value, sizeof bits);
    for (int i = 0; i < 8; i++) bytes[8 - i] = (char)(bits >> (8 * i) & 0xff);
    joblib_command__pickle_put(pickle, bytes, sizeof bytes);
}

uint32_t joblib_command__pickle_str(joblib_command__pickle *pickle, const char *text,
                                    size_t size)
{
    bool is_short = size < 256;
    joblib_command__pickle_number(pickle, is_short ? '\x8c' : 'X', size,
                                  is_short ? 1 : 4);
    joblib_command__pickle_put(pickle, text, size);
    return joblib_command__pickle_memoize(pickle);
}

uint32_t joblib_command__pickle_text(joblib_command__pickle *pickle, const char *text)
{
    return joblib_command__pickle_str(pickle, text, strlen(text));
}

void joblib_command__pickle_shape(joblib_command__pickle *pickle,
                                  const joblib_array *array)
{
    static const char opcodes[] = ")\x85\x86\x87";
    bool is_long = array->ndim > 3;
    if (is_long) joblib_command__pickle_op(pickle, '(');
    for (size_t i = 0; i < array->ndim; i++) {
        joblib_command__pickle_int(pickle, array->shape[i]);
    }
    joblib_command__pickle_op(pickle, is_long ? 't' : opcodes[array->ndim]);
    if (array->ndim > 0) (void)joblib_command__pickle_memoize(pickle);
}

/* The last numbers of a dtype's state: size, alignment and flags. */
static void put_dtype_sizes(joblib_command__pickle *pickle, const joblib_dtype *dtype)
{
    char kind = joblib_dtype_kind(dtype);
    bool has_size = kind == 'U' || kind == 'S';
    int64_t size = has_size ? (int64_t)joblib_dtype_itemsize(dtype) : -1;
    joblib_command__pickle_int(pickle, size);
    joblib_command__pickle_int(pickle, !has_size ? -1 : kind == 'U' ? 4 : 1);
    joblib_command__pickle_int(pickle, kind == 'O' ? 63 : kind == 'U' ? 8 : 0);
}

uint32_t joblib_command__pickle_dtype(joblib_command__pickle *pickle,
                                      const joblib_dtype *dtype, uint32_t *order)
{
    bool is_object = joblib_dtype_kind(dtype) == 'O';
    const char byteorder[2] = {joblib_dtype_byteorder(dtype), '\0'};
    (void)joblib_command__pickle_text(pickle,
                                      is_object ? "O8" : joblib_dtype_text(dtype) + 1);
    joblib_command__pickle_put(pickle, "\x89\x88\x87", 3); /* False, True, a tuple of 3 */
    (void)joblib_command__pickle_memoize(pickle);
    joblib_command__pickle_op(pickle, 'R');
    uint32_t entry = joblib_command__pickle_memoize(pickle);
    joblib_command__pickle_put(pickle, "(K\x03", 3);
    if (*order == UINT32_MAX) {
        *order = joblib_command__pickle_text(pickle, byteorder);
    } else {
        joblib_command__pickle_get(pickle, *order);
    }
    joblib_command__pickle_put(pickle, "NNN", 3);
    put_dtype_sizes(pickle, dtype);
    joblib_command__pickle_op(pickle, 't');
    (void)joblib_command__pickle_memoize(pickle);
    joblib_command__pickle_op(pickle, 'b');
    return entry;
}

void joblib_command__pickle_end_frame(joblib_command__pickle *pickle)
{
    char head[9] = {'\x95'};
    uint64_t size = pickle->frame.size;
    for (int i = 0; i < 8; i++) head[1 + i] = (char)(size >> (8 * i) & 0xff);
    if (size >= 4) joblib_command__put(pickle->out, head, sizeof head);
    joblib_command__put(pickle->out, pickle->frame.data, pickle->frame.size);
    pickle->frame.size = 0;
}
