#include <stdlib.h>
#include <string.h>

#include "command/failure.h"
#include "command/table/input_table.h"

/*
 * "\x93NUMPY", the version in two bytes, the size of the header in two bytes (version 1)
 * or four, the header: a Python dict as text, such as
 * {'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }
 * then the elements.
 */

/* Sizes below it cannot overflow when they become bytes. */
static const uint64_t most_in_dimension = UINT64_C(1) << 48;

struct npy_header {
    char order; /* '<', '>', '|' or '=' */
    int number; /* a joblib_number */
    size_t itemsize;
    bool fortran;
    uint64_t shape[2];
    size_t ndim;
    bool has_descr, has_order, has_shape;
};

struct npy_reader {
    const char *start, *at, *end; /* of the file, of what is left, of the header */
};

static joblib_status fail_npy(const struct npy_reader *reader, joblib_error *error,
                              joblib_status status, const char *what)
{
    (void)joblib_command__fail(error, status, "%s", what);
    error->offset = error->file_offset = (uint64_t)(reader->at - reader->start);
    return status;
}

static joblib_status bad_npy(const struct npy_reader *reader, joblib_error *error,
                             const char *what)
{
    return fail_npy(reader, error, JOBLIB_ERROR_ARRAY, what);
}

static void skip_npy_blanks(struct npy_reader *reader)
{
    while (reader->at < reader->end && (*reader->at == ' ' || *reader->at == '\n')) {
        reader->at++;
    }
}

/* Steps over `text` and the blanks before it, if it stands there. */
static bool take_word(struct npy_reader *reader, const char *text)
{
    size_t size = strlen(text);
    skip_npy_blanks(reader);
    if ((size_t)(reader->end - reader->at) < size) return false;
    if (memcmp(reader->at, text, size) != 0) return false;
    reader->at += size;
    return true;
}

static const struct {
    char text[3];
    unsigned char size;
    unsigned char number;
} npy_types[] = {
    {"b1", 1, JOBLIB_NUMBER_BOOL},    {"i1", 1, JOBLIB_NUMBER_INT8},
    {"i2", 2, JOBLIB_NUMBER_INT16},   {"i4", 4, JOBLIB_NUMBER_INT32},
    {"i8", 8, JOBLIB_NUMBER_INT64},   {"u1", 1, JOBLIB_NUMBER_UINT8},
    {"u2", 2, JOBLIB_NUMBER_UINT16},  {"u4", 4, JOBLIB_NUMBER_UINT32},
    {"u8", 8, JOBLIB_NUMBER_UINT64},  {"f2", 2, JOBLIB_NUMBER_FLOAT16},
    {"f4", 4, JOBLIB_NUMBER_FLOAT32}, {"f8", 8, JOBLIB_NUMBER_FLOAT64},
};

static joblib_status read_descr(struct npy_reader *reader, struct npy_header *header,
                                joblib_error *error)
{
    skip_npy_blanks(reader);
    size_t left = (size_t)(reader->end - reader->at);
    if (left < 5 || (reader->at[0] != '\'' && reader->at[0] != '"') ||
        reader->at[4] != reader->at[0] || strchr("<>|=", reader->at[1]) == NULL) {
        return bad_npy(reader, error, "the element type is no plain number");
    }
    for (size_t i = 0; i < sizeof npy_types / sizeof *npy_types; i++) {
        if (memcmp(reader->at + 2, npy_types[i].text, 2) == 0) {
            header->order = reader->at[1];
            header->itemsize = npy_types[i].size;
            header->number = npy_types[i].number;
            reader->at += 5;
            return JOBLIB_OK;
        }
    }
    return bad_npy(reader, error, "the element type is no plain number");
}

static joblib_status read_fortran(struct npy_reader *reader, struct npy_header *header,
                                  joblib_error *error)
{
    header->fortran = take_word(reader, "True");
    if (header->fortran || take_word(reader, "False")) return JOBLIB_OK;
    return bad_npy(reader, error, "'fortran_order' is neither True nor False");
}

static bool take_count(struct npy_reader *reader, uint64_t *out)
{
    uint64_t value = 0;
    skip_npy_blanks(reader);
    const char *first = reader->at;
    for (; reader->at < reader->end; reader->at++) {
        unsigned digit = (unsigned)(*reader->at - '0');
        if (digit > 9) break;
        value = value * 10 + digit;
        if (value > most_in_dimension) return false;
    }
    *out = value;
    return reader->at > first;
}

/* Python 2 wrote long integers as 3L. */
static joblib_status read_shape(struct npy_reader *reader, struct npy_header *header,
                                joblib_error *error)
{
    bool open = take_word(reader, "(");
    while (open && !take_word(reader, ")")) {
        if (header->ndim == 2) {
            return bad_npy(reader, error, "more than two dimensions");
        }
        open = take_count(reader, &header->shape[header->ndim++]);
        (void)take_word(reader, "L");
        if (open && !take_word(reader, ",")) {
            open = take_word(reader, ")");
            break;
        }
    }
    return open ? JOBLIB_OK : bad_npy(reader, error, "the shape is no tuple of sizes");
}

static joblib_status read_entry(struct npy_reader *reader, struct npy_header *header,
                                joblib_error *error)
{
    static const struct {
        const char *key;
        joblib_status (*read)(struct npy_reader *reader, struct npy_header *header,
                              joblib_error *error);
        size_t known; /* where the header notes that it was met */
    } entries[] = {
        {"'descr':", read_descr, offsetof(struct npy_header, has_descr)},
        {"'fortran_order':", read_fortran, offsetof(struct npy_header, has_order)},
        {"'shape':", read_shape, offsetof(struct npy_header, has_shape)},
    };
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        if (!take_word(reader, entries[i].key)) continue;
        bool *known = (bool *)((char *)header + entries[i].known);
        if (*known) return bad_npy(reader, error, "a key of the header comes twice");
        *known = true;
        return entries[i].read(reader, header, error);
    }
    return bad_npy(reader, error, "an unknown key in the header");
}

static joblib_status read_header(struct npy_reader *reader, struct npy_header *header,
                                 joblib_error *error)
{
    if (!take_word(reader, "{")) return bad_npy(reader, error, "the header is no dict");
    while (!take_word(reader, "}")) {
        JOBLIB_COMMAND_TRY(read_entry(reader, header, error));
        if (take_word(reader, ",")) continue;
        if (!take_word(reader, "}"))
            return bad_npy(reader, error, "no end of the header");
        break;
    }
    skip_npy_blanks(reader);
    if (reader->at < reader->end) {
        return bad_npy(reader, error, "the header goes on after its dict");
    }
    if (!header->has_descr || !header->has_order || !header->has_shape) {
        return bad_npy(reader, error, "a key is missing in the header");
    }
    if (header->ndim == 0) return bad_npy(reader, error, "an array without dimensions");
    return JOBLIB_OK;
}

/* Finds where the header ends. */
static joblib_status read_preamble(struct npy_reader *reader, size_t size,
                                   joblib_error *error)
{
    const unsigned char *bytes = (const unsigned char *)reader->start;
    size_t known = size < 6 ? size : 6;
    if (memcmp(bytes, "\x93NUMPY", known) != 0) {
        return bad_npy(reader, error, "the file does not begin as .npy files do");
    }
    reader->at = reader->start + known;
    if (size < 10) return fail_npy(reader, error, JOBLIB_ERROR_TRUNCATED, "no header");
    if (bytes[6] < 1 || bytes[6] > 3 || bytes[7] != 0) {
        return fail_npy(reader, error, JOBLIB_ERROR_UNSUPPORTED,
                        "another version of .npy");
    }
    size_t first = bytes[6] == 1 ? 10 : 12;
    if (size < first) return fail_npy(reader, error, JOBLIB_ERROR_TRUNCATED, "no header");
    size_t header_size = (size_t)bytes[8] | (size_t)bytes[9] << 8;
    if (first == 12) header_size |= (size_t)bytes[10] << 16 | (size_t)bytes[11] << 24;
    reader->at = reader->start + first;
    if (header_size > size - first) {
        return fail_npy(reader, error, JOBLIB_ERROR_TRUNCATED,
                        "the header is longer than the file");
    }
    reader->end = reader->at + header_size;
    return JOBLIB_OK;
}

static joblib_status check_npy_size(struct npy_reader *reader,
                                    const struct npy_header *header, size_t left,
                                    joblib_error *error)
{
    uint64_t rows = header->shape[0], columns = header->shape[1];
    uint64_t room = left / header->itemsize;
    if (columns != 0 && rows > room / columns) {
        return fail_npy(reader, error, JOBLIB_ERROR_TRUNCATED,
                        "fewer elements than the shape has");
    }
    if (rows * columns * header->itemsize != left) {
        return fail_npy(reader, error, JOBLIB_ERROR_TRAILING,
                        "more bytes than the shape has elements");
    }
    return JOBLIB_OK;
}

static void swap_bytes(char *data, size_t size, size_t itemsize)
{
    for (size_t at = 0; at < size; at += itemsize) {
        for (size_t i = 0; i < itemsize / 2; i++) {
            char byte = data[at + i];
            data[at + i] = data[at + itemsize - 1 - i];
            data[at + itemsize - 1 - i] = byte;
        }
    }
}

static bool is_foreign(char order)
{
    const uint16_t one = 1;
    unsigned char first;
    memcpy(&first, &one, 1);
    return order == (first == 1 ? '>' : '<');
}

static void describe_npy(const struct npy_header *header, void *data, joblib_input *input)
{
    size_t rows = (size_t)header->shape[0], columns = (size_t)header->shape[1];
    joblib_input_dense(input, data, header->number, rows, columns);
    if (header->fortran) {
        input->row_stride = (int64_t)header->itemsize;
        input->column_stride = (int64_t)(rows * header->itemsize);
    }
}

joblib_status joblib_command__read_npy(char *data, size_t size,
                                       joblib_command__table *out, joblib_error *error)
{
    struct npy_reader reader = {data, data, data};
    struct npy_header header = {.ndim = 0};
    JOBLIB_COMMAND_TRY(read_preamble(&reader, size, error));
    JOBLIB_COMMAND_TRY(read_header(&reader, &header, error));
    if (header.ndim == 1) {
        header.shape[1] = header.shape[0];
        header.shape[0] = 1;
    }
    size_t left = size - (size_t)(reader.end - reader.start);
    JOBLIB_COMMAND_TRY(check_npy_size(&reader, &header, left, error));
    /* The elements move to the front, where malloc aligns them. */
    memmove(data, reader.end, left);
    if (is_foreign(header.order)) swap_bytes(data, left, header.itemsize);
    out->memory = data;
    describe_npy(&header, data, &out->input);
    return JOBLIB_OK;
}
