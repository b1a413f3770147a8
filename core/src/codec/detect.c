#include <string.h>

#include "base/try.h"
#include "codec/table.h"

/*
 * A header is taken for a codec's only where no pickle can begin with it. joblib decides by
 * fewer bytes, and takes some pickles for compressed files; see spec/container.md.
 */

/* Bytes that begin a header and may also begin a pickle: alone they decide nothing. */
static bool may_begin_pickle(uint8_t byte)
{
    return byte == '(' || byte == ']';
}

static joblib_codec__match match_magic(const uint8_t *bytes, size_t size,
                                       const char *magic, size_t magic_size)
{
    size_t common = size < magic_size ? size : magic_size;
    if (size == 0 || memcmp(bytes, magic, common) != 0) return JOBLIB_CODEC__OTHER;
    if (common == magic_size) return JOBLIB_CODEC__SAME;
    if (size == 1 && may_begin_pickle(bytes[0])) return JOBLIB_CODEC__OTHER;
    return JOBLIB_CODEC__CUT;
}

/*
 * CMF and FLG of RFC 1950. No pickle begins with 'x', the CMF that every writer uses; of the
 * others '(' and 'X' begin pickles, and are left to them.
 */
joblib_codec__match joblib_codec__match_zlib(const uint8_t *bytes, size_t size)
{
    if (size == 0) return JOBLIB_CODEC__OTHER;
    if (bytes[0] == 'x') return size < 2 ? JOBLIB_CODEC__CUT : JOBLIB_CODEC__SAME;
    bool header = size >= 2 && (bytes[0] & 15) == 8 && bytes[0] < 'x' &&
                  ((unsigned)bytes[0] << 8 | bytes[1]) % 31 == 0;
    if (!header || bytes[0] == '(' || bytes[0] == 'X') return JOBLIB_CODEC__OTHER;
    return JOBLIB_CODEC__SAME;
}

joblib_codec__match joblib_codec__match_gzip(const uint8_t *bytes, size_t size)
{
    return match_magic(bytes, size, "\x1f\x8b", 2);
}

joblib_codec__match joblib_codec__match_bz2(const uint8_t *bytes, size_t size)
{
    joblib_codec__match match = match_magic(bytes, size, "BZh", 3);
    if (match != JOBLIB_CODEC__SAME) return match;
    if (size == 3) return JOBLIB_CODEC__CUT;
    return bytes[3] >= '1' && bytes[3] <= '9' ? match : JOBLIB_CODEC__OTHER;
}

joblib_codec__match joblib_codec__match_xz(const uint8_t *bytes, size_t size)
{
    return match_magic(bytes, size,
                       "\xfd"
                       "7zXZ\0",
                       6);
}

/*
 * 13 bytes: properties, dictionary size, size of the data. The dictionary has 2^n or
 * 2^n + 2^(n-1) bytes, the data less than 256 GiB or an unknown number.
 */
joblib_codec__match joblib_codec__match_lzma(const uint8_t *bytes, size_t size)
{
    joblib_codec__match match = match_magic(bytes, size, "\x5d\0", 2);
    if (match != JOBLIB_CODEC__SAME) return match;
    if (size < 13) return JOBLIB_CODEC__CUT;
    uint32_t dictionary = 0;
    uint64_t data = 0;
    for (size_t i = 5; i-- > 1;) dictionary = dictionary << 8 | bytes[i];
    for (size_t i = 13; i-- > 5;) data = data << 8 | bytes[i];
    while (dictionary > 3 && (dictionary & 1) == 0) dictionary >>= 1;
    bool plausible = (dictionary == 1 || dictionary == 2 || dictionary == 3) &&
                     (data == UINT64_MAX || data >> 38 == 0);
    return plausible ? match : JOBLIB_CODEC__OTHER;
}

joblib_codec__match joblib_codec__match_lz4(const uint8_t *bytes, size_t size)
{
    return match_magic(bytes, size, "\x04\x22\x4d\x18", 4);
}

joblib_codec__match joblib_codec__match_zstd(const uint8_t *bytes, size_t size)
{
    return match_magic(bytes, size, "\x28\xb5\x2f\xfd", 4);
}

joblib_codec__match joblib_codec__match_zf(const uint8_t *bytes, size_t size)
{
    return match_magic(bytes, size, "ZF", 2);
}

/* Files that are given to joblib by mistake. None of these bytes begin a pickle. */
struct foreign_row {
    const char *magic;
    size_t size;
    const char *text;
};

static const struct foreign_row foreign_rows[] = {
    {"PK\x03\x04", 4, "a zip archive (npz, pt)"},
    {"PK\x05\x06", 4, "an empty zip archive"},
    {"\x89HDF\r\n\x1a\n", 8, "an HDF5 file (h5, keras)"},
    {"version https://git-lfs", 23, "a Git LFS pointer, not the file itself"},
    {"\x02\x21\x4c\x18", 4, "an lz4 file of the legacy format"},
    {"\x1f\x9d", 2, "a file of Unix compress (Z)"},
    {"\xff\6\0\0sNaPpY", 10, "a snappy stream"},
    {"7z\xbc\xaf\x27\x1c", 6, "a 7z archive"},
    {"{", 1, "JSON text"},
};

/* Web pages and XML: '<' after white space. */
static bool is_markup(const uint8_t *bytes, size_t size)
{
    size_t i = 0;
    while (i < size && memchr(" \t\r\n", bytes[i], 4)) i++;
    return i < size && bytes[i] == '<';
}

/* What a lz4 file may have before its frame. T, U, V and X, among 0x50 to 0x5f, begin pickles
   of text. */
static bool is_skippable_frame(const uint8_t *bytes, size_t size)
{
    return size >= 4 && (bytes[0] & 0xf0) == 0x50 && !memchr("TUVX", bytes[0], 4) &&
           memcmp(bytes + 1, "\x2a\x4d\x18", 3) == 0;
}

/* A size of 64 bits, rounded to 8, and JSON. The bytes that are opcodes are left to pickles. */
static bool is_safetensors(const uint8_t *bytes, size_t size)
{
    if (size < 10 || (bytes[0] & 7) != 0 || memchr("(0PXh\x88\x90\x98", bytes[0], 8))
        return false;
    return memcmp(bytes + 4, "\0\0\0\0{\"", 6) == 0;
}

/* The fields 1 (version) and then another of protobuf. No opcode is 8. */
static bool is_onnx(const uint8_t *bytes, size_t size)
{
    return size >= 3 && bytes[0] == 8 && bytes[1] < 32 &&
           memchr("\x12\x1a\x22\x2a\x3a\x42", bytes[2], 6);
}

static const char *find_foreign(const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < sizeof foreign_rows / sizeof foreign_rows[0]; i++) {
        const struct foreign_row *row = &foreign_rows[i];
        if (size >= row->size && memcmp(bytes, row->magic, row->size) == 0)
            return row->text;
    }
    if (is_markup(bytes, size)) return "HTML or XML text";
    if (is_safetensors(bytes, size)) return "a safetensors file";
    if (is_onnx(bytes, size)) return "an ONNX model";
    if (is_skippable_frame(bytes, size))
        return "an lz4 or zstd file with a skippable frame";
    return NULL;
}

joblib_status joblib_codec__detect(const uint8_t *bytes, size_t size, joblib_codec *out,
                                   joblib_error *error)
{
    *out = JOBLIB_CODEC_RAW;
    const joblib_codec__row *row;
    for (int codec = JOBLIB_CODEC_RAW + 1; (row = joblib_codec__find_row(codec));
         codec++) {
        joblib_codec__match match = row->match(bytes, size);
        if (match == JOBLIB_CODEC__OTHER) continue;
        if (match == JOBLIB_CODEC__CUT) joblib_base__set_offset(error, 0, size);
        JOBLIB_REQUIRE(match == JOBLIB_CODEC__SAME, JOBLIB_ERROR_TRUNCATED,
                       "the file ends after %zu bytes, inside the header of %s", size,
                       row->name);
        *out = (joblib_codec)codec;
        return JOBLIB_OK;
    }
    const char *foreign = find_foreign(bytes, size);
    JOBLIB_REQUIRE(!foreign, JOBLIB_ERROR_UNSUPPORTED, "the file is %s", foreign);
    return JOBLIB_OK;
}
