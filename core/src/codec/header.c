/* What the first bytes of a file tell about the settings that it was compressed with. */
#include "codec/encoder.h"

/* Offsets in the headers. */
#define ZLIB_FLAGS 1
#define GZIP_EXTRA_FLAGS 8
#define BZ2_LEVEL 3
#define XZ_CHECK 7
#define XZ_BLOCK_FLAGS 13
#define XZ_DICTIONARY 16
#define LZMA_DICTIONARY 1

/* FLEVEL of RFC 1950. */
static bool fits_zlib(const joblib_codec__encoding *what, const uint8_t *header)
{
    static const uint8_t words[] = {0, 0, 1, 1, 1, 1, 2, 3, 3, 3};
    return header[ZLIB_FLAGS] >> 6 == words[what->level];
}

/* XFL of RFC 1952: the slowest, the fastest. */
static bool fits_gzip(const joblib_codec__encoding *what, const uint8_t *header)
{
    uint8_t expected = 0;
    if (what->level == 9) expected = 2;
    if (what->level == 1) expected = 4;
    return header[GZIP_EXTRA_FLAGS] == expected;
}

static bool fits_bz2(const joblib_codec__encoding *what, const uint8_t *header)
{
    return header[BZ2_LEVEL] == '0' + what->level;
}

/* The dictionary of a level has 2 to this number of bytes. */
static const uint8_t dictionary_bits[] = {18, 20, 21, 22, 22, 23, 23, 24, 25, 26};

/* Of 2^n bytes in a filter's properties: twice n, from 2^12 on. */
static bool fits_xz(const joblib_codec__encoding *what, const uint8_t *header)
{
    const uint8_t no_check = 0, crc64 = 4;
    unsigned code = (dictionary_bits[what->level] - 12U) * 2;
    return header[XZ_CHECK] == (what->unchecked ? no_check : crc64) &&
           header[XZ_BLOCK_FLAGS] == 0 && header[XZ_DICTIONARY] == code;
}

static bool fits_lzma(const joblib_codec__encoding *what, const uint8_t *header)
{
    uint32_t size = 0;
    for (size_t i = 4; i-- > 0;) size = size << 8 | header[LZMA_DICTIONARY + i];
    return size == (uint32_t)1 << dictionary_bits[what->level];
}

/* A row for each codec whose header tells something. */
struct header_row {
    size_t size; /* bytes that are looked at */
    bool (*fits)(const joblib_codec__encoding *what, const uint8_t *header);
};

static const struct header_row header_rows[] = {
    [JOBLIB_CODEC_ZLIB] = {ZLIB_FLAGS + 1, fits_zlib},
    [JOBLIB_CODEC_GZIP] = {GZIP_EXTRA_FLAGS + 1, fits_gzip},
    [JOBLIB_CODEC_BZ2] = {BZ2_LEVEL + 1, fits_bz2},
    [JOBLIB_CODEC_XZ] = {XZ_DICTIONARY + 1, fits_xz},
    [JOBLIB_CODEC_LZMA] = {LZMA_DICTIONARY + 4, fits_lzma},
};

bool joblib_codec__fits_header(const joblib_codec__encoding *what, const void *data,
                               size_t size)
{
    const size_t count = sizeof header_rows / sizeof header_rows[0];
    bool is_told = what->codec >= 0 && (size_t)what->codec < count;
    const struct header_row *row = is_told ? &header_rows[what->codec] : NULL;
    if (!row || !row->fits) return true;
    return size >= row->size && row->fits(what, data);
}

#undef ZLIB_FLAGS
#undef GZIP_EXTRA_FLAGS
#undef BZ2_LEVEL
#undef XZ_CHECK
#undef XZ_BLOCK_FLAGS
#undef XZ_DICTIONARY
#undef LZMA_DICTIONARY
