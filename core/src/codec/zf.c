/* ZF, the container of joblib before 0.10: the size of the pickle as text, then zlib. */
#include <string.h>

#include "base/hex.h"
#include "base/try.h"
#include "codec/table.h"

/* "ZF", then "0x", digits and spaces. */
#define SIZE_BEGIN 2
#define SIZE_END 21

/* False if the text is not a number of at most 64 bits and spaces behind it. */
static bool read_announced(const uint8_t *bytes, uint64_t *size)
{
    size_t i = SIZE_BEGIN;
    if (memcmp(bytes + i, "0x", 2) != 0) return false;
    size_t first = i += 2;
    for (*size = 0; i < SIZE_END && joblib_base__hex_digit(bytes[i]) >= 0; i++)
        *size = *size << 4 | (unsigned)joblib_base__hex_digit(bytes[i]);
    size_t digits = i - first;
    while (i < SIZE_END && bytes[i] == ' ') i++;
    return digits >= 1 && digits <= 16 && i == SIZE_END;
}

joblib_status joblib_codec__open_zf(joblib_codec__stream *stream, joblib_error *error)
{
    joblib_io__reader *input = &stream->input;
    size_t there;
    JOBLIB_TRY(joblib_io__peek(input, SIZE_END + 1, &there, error));
    JOBLIB_REQUIRE(there > SIZE_END, JOBLIB_ERROR_TRUNCATED,
                   "the file ends after %zu bytes, inside the header of ZF", there);
    JOBLIB_REQUIRE(read_announced(input->next, &stream->announced), JOBLIB_ERROR_CORRUPT,
                   "ZF data: the header tells no size");
    /* joblib 0.8 on Python 2 writes one space more; zlib begins with none. */
    input->next += input->next[SIZE_END] == ' ' ? SIZE_END + 1 : SIZE_END;
    return joblib_codec__open_zlib(stream, error);
}

#undef SIZE_BEGIN
#undef SIZE_END
