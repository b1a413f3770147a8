#include "joblib/npy_text.h"

#include <string.h>

#include "base/try.h"
#include "base/utf8.h"

void joblib_load__npy_skip(struct joblib_load__npy_text *text)
{
    while (text->at < text->end && (*text->at == ' ' || *text->at == '\n')) text->at++;
}

bool joblib_load__npy_take(struct joblib_load__npy_text *text, const char *word)
{
    size_t size = strlen(word);
    joblib_load__npy_skip(text);
    if ((size_t)(text->end - text->at) < size) return false;
    if (memcmp(text->at, word, size) != 0) return false;
    text->at += size;
    return true;
}

joblib_status joblib_load__npy_require(struct joblib_load__npy_text *text,
                                       const char *word, joblib_error *error)
{
    JOBLIB_REQUIRE(joblib_load__npy_take(text, word), JOBLIB_ERROR_ARRAY,
                   "no %s in the header of a npy file", word);
    return JOBLIB_OK;
}

/* The byte that a letter behind a backslash stands for, as far as names need it. */
static bool unescape(char letter, char *out)
{
    *out = letter;
    return letter == '\\' || letter == '\'' || letter == '"';
}

/* Copies up to the closing quote, as UTF-8. */
static joblib_status copy_quoted(struct joblib_load__npy_text *text, char quote,
                                 char *out, size_t *size_out, joblib_error *error)
{
    size_t size = 0;
    while (text->at < text->end && *text->at != quote) {
        char byte = *text->at++;
        if (byte == '\\') {
            bool known = text->at < text->end && unescape(*text->at++, &byte);
            JOBLIB_REQUIRE(known, JOBLIB_ERROR_ARRAY,
                           "an escape in the header of a npy file that is not read");
        }
        if (text->utf8)
            out[size++] = byte;
        else
            size += joblib_base__utf8_encode((uint8_t)byte, out + size);
    }
    JOBLIB_REQUIRE(text->at < text->end, JOBLIB_ERROR_ARRAY,
                   "text without end in the header of a npy file");
    text->at++;
    out[size] = '\0';
    JOBLIB_REQUIRE(joblib_base__utf8_valid(out, size) == size, JOBLIB_ERROR_ARRAY,
                   "the header of a npy file is no UTF-8");
    *size_out = size;
    return JOBLIB_OK;
}

joblib_status joblib_load__npy_quoted(struct joblib_load__npy_text *text,
                                      const char **out, size_t *size_out,
                                      joblib_error *error)
{
    bool is_quoted =
        joblib_load__npy_take(text, "'") || joblib_load__npy_take(text, "\"");
    JOBLIB_REQUIRE(is_quoted, JOBLIB_ERROR_ARRAY,
                   "no text where the header of a npy file needs one");
    char quote = text->at[-1];
    const char *close = memchr(text->at, quote, (size_t)(text->end - text->at));
    while (close && close[-1] == '\\') /* an end too far only costs memory */
        close = memchr(close + 1, quote, (size_t)(text->end - close) - 1);
    size_t room = 2 * (size_t)((close ? close : text->end) - text->at) + 1;
    joblib_base__arena *arena = &text->document->arena;
    char *copy = joblib_base__arena_allocate(arena, room);
    if (!copy) return joblib_base__arena_fail(arena, room, error);
    *out = copy;
    return copy_quoted(text, quote, copy, size_out, error);
}

/* Digits; Python 2 wrote long integers as 3L. */
static joblib_status read_dimension(struct joblib_load__npy_text *text, int64_t *out,
                                    joblib_error *error)
{
    joblib_load__npy_skip(text);
    const char *first = text->at;
    int64_t value = 0;
    bool fits = true;
    for (; text->at < text->end && *text->at >= '0' && *text->at <= '9'; text->at++) {
        int digit = *text->at - '0';
        fits = fits && value <= (INT64_MAX - digit) / 10;
        if (fits) value = value * 10 + digit;
    }
    JOBLIB_REQUIRE(text->at > first && fits, JOBLIB_ERROR_ARRAY,
                   "a dimension in the header of a npy file is no size");
    if (text->at < text->end && *text->at == 'L') text->at++;
    *out = value;
    return JOBLIB_OK;
}

joblib_status joblib_load__npy_shape(struct joblib_load__npy_text *text, bool single,
                                     int64_t *shape, size_t *ndim_out,
                                     joblib_error *error)
{
    size_t ndim = 0;
    bool comma = true;
    *ndim_out = 1;
    if (!joblib_load__npy_take(text, "(")) {
        JOBLIB_REQUIRE(single, JOBLIB_ERROR_ARRAY,
                       "the shape in the header of a npy file is no tuple");
        return read_dimension(text, shape, error);
    }
    while (!joblib_load__npy_take(text, ")")) {
        if (!comma) return joblib_load__npy_require(text, ",", error);
        JOBLIB_REQUIRE(ndim < JOBLIB_MAX_NDIM, JOBLIB_ERROR_LIMIT,
                       "more than %d dimensions in the header of a npy file",
                       JOBLIB_MAX_NDIM);
        JOBLIB_TRY(read_dimension(text, &shape[ndim++], error));
        comma = joblib_load__npy_take(text, ",");
    }
    JOBLIB_REQUIRE(ndim != 1 || comma, JOBLIB_ERROR_ARRAY,
                   "the shape in the header of a npy file is a number in brackets");
    *ndim_out = ndim;
    return JOBLIB_OK;
}
