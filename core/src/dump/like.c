/* What a release of joblib on a version of Python writes, from one text for both. */
#include <string.h>

#include "base/try.h"
#include "dump/dump.h"

/* Decimal digits, below 100 as all parts of versions are; false for none. */
static bool take_version_part(const char **text, uint32_t *out)
{
    uint32_t number = 0;
    size_t digits = strspn(*text, "0123456789");
    if (digits == 0 || digits > 2) return false;
    for (size_t i = 0; i < digits; i++)
        number = number * 10 + (uint32_t)((*text)[i] - '0');
    *text += digits;
    *out = number;
    return true;
}

/* `count` parts at most, and two at least; those that are missing are 0. */
static bool take_version(const char **text, uint32_t *parts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && **text != '.') return i >= 2;
        if (i > 0) ++*text;
        if (!take_version_part(text, &parts[i])) return false;
    }
    return true;
}

static bool take_joblib(const char **text, uint32_t *version)
{
    uint32_t parts[3] = {0};
    if (!take_version(text, parts, 3)) return false;
    *version = parts[0] * 10000 + parts[1] * 100 + parts[2];
    return true;
}

static bool take_python(const char **text, uint32_t *version)
{
    uint32_t parts[2] = {0};
    if (strncmp(*text, "py", 2) != 0) return false;
    *text += 2;
    if (!take_version(text, parts, 2)) return false;
    *version = parts[0] * 100 + parts[1];
    return true;
}

/* JOBLIB/pyX.Y, or one of both. */
static bool take_both(const char *text, uint32_t *joblib, uint32_t *python)
{
    bool found = true;
    if (*text != 'p') {
        found = take_joblib(&text, joblib);
        if (!found || *text == '\0') return found;
        if (*text++ != '/') return false;
    }
    return take_python(&text, python) && *text == '\0';
}

/* pickle.DEFAULT_PROTOCOL; of Python 2 what joblib chose there. */
static uint32_t default_protocol(uint32_t python)
{
    static const struct {
        uint32_t from, protocol;
    } changes[] = {{314, 5}, {308, 4}, {300, 3}, {0, 2}};
    size_t i = 0;
    while (python < changes[i].from) i++;
    return changes[i].protocol;
}

joblib_status joblib_dump_options_like(joblib_dump_options *options, const char *text,
                                       joblib_error *error)
{
    uint32_t joblib = 0, python = 0;
    char shown[JOBLIB_ESCAPED_SIZE];
    JOBLIB_REQUIRE(options && text, JOBLIB_ERROR_ARGUMENT, "an argument is NULL");
    JOBLIB_REQUIRE(take_both(text, &joblib, &python), JOBLIB_ERROR_ARGUMENT,
                   "like \"%s\", a text such as \"1.6.0/py3.13\" is expected",
                   joblib_base__escape(shown, text, strlen(text)));
    JOBLIB_TRY(joblib_dump__check_versions(joblib, python, error));
    options->joblib_version = joblib ? joblib : options->joblib_version;
    options->python_version = python ? python : options->python_version;
    if (python != 0 && options->protocol == 0)
        options->protocol = default_protocol(python) + 1;
    return JOBLIB_OK;
}
