#include "model/sklearn_version.h"

#include <stddef.h>

#define VERSION(major, minor) ((joblib_model__version)((major)*1000 + (minor)))

static const joblib_model__version first_versions[JOBLIB_MODEL_RULE_COUNT] = {
#define JOBLIB_X(rule, major, minor) [JOBLIB_MODEL_##rule] = VERSION(major, minor),
#include "model/sklearn_version.def"
#undef JOBLIB_X
};

/* Reads digits; -1 if there are none or more than three. */
static int read_version_digits(const char **text)
{
    int number = 0, count = 0;
    for (; **text >= '0' && **text <= '9'; (*text)++, count++) {
        if (count == 3) return -1;
        number = number * 10 + (**text - '0');
    }
    return count > 0 ? number : -1;
}

joblib_model__version joblib_model__parse_version(const char *text)
{
    if (!text) return 0;
    int major = read_version_digits(&text);
    if (major < 0 || major > 60 || *text++ != '.') return 0;
    int minor = read_version_digits(&text);
    return minor < 0 ? 0 : VERSION(major, minor);
}

bool joblib_model__holds(joblib_model__version version, joblib_model__rule rule)
{
    return version >= first_versions[rule];
}

#undef VERSION
