#include "command/like.h"

#include <string.h>

#define OLDEST_JOBLIB 1000

/* A number of one or two digits at `*text`, which moves behind it. */
static bool read_part(const char **text, uint32_t *out)
{
    size_t size = strspn(*text, "0123456789");
    if (size == 0 || size > 2) return false;
    *out = 0;
    for (size_t i = 0; i < size; i++) *out = *out * 10 + (uint32_t)((*text)[i] - '0');
    *text += size;
    return true;
}

static bool read_character(const char **text, char wanted)
{
    if (**text != wanted) return false;
    ++*text;
    return true;
}

/* "1.6.0" or "1.6". */
static bool read_joblib(const char **text, uint32_t *out)
{
    uint32_t major, minor, patch = 0;
    if (!read_part(text, &major) || !read_character(text, '.')) return false;
    if (!read_part(text, &minor)) return false;
    if (read_character(text, '.') && !read_part(text, &patch)) return false;
    *out = major * 10000 + minor * 100 + patch;
    return major < 2 && *out >= OLDEST_JOBLIB;
}

/* "py3.13" */
static bool read_python(const char **text, uint32_t *out)
{
    uint32_t major, minor;
    if (!read_character(text, 'p') || !read_character(text, 'y')) return false;
    if (!read_part(text, &major) || !read_character(text, '.')) return false;
    if (!read_part(text, &minor)) return false;
    *out = major * 100 + minor;
    return *out == 207 || (*out >= 304 && *out <= 314);
}

bool joblib_command__parse_like(const char *text, uint32_t *joblib_out,
                                uint32_t *python_out)
{
    *joblib_out = *python_out = 0;
    if (*text != 'p') {
        if (!read_joblib(&text, joblib_out)) return false;
        if (*text == '\0') return true;
        if (!read_character(&text, '/')) return false;
    }
    return read_python(&text, python_out) && *text == '\0';
}

#undef OLDEST_JOBLIB
